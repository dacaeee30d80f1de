/*
 * The backtest of a book: reads what was known on each month-end of its past from the
 * dated rows, and what became of the accounts, and judges health by it (core/backtest.h).
 *
 * Nothing later leaks in: rows dated after a month-end have no part in its scores. What
 * is not dated counts as it is today, but for the renewal, whose date moves on with every
 * renewal of those who stay: it has no part at all.
 */
#ifndef CORE_BOOK_BACKTEST_H
#define CORE_BOOK_BACKTEST_H

#include "core/backtest.h"
#include "core/book.h"

/* What was known of every account on each month-end, by the policy in force, and what
 * came of it. out is cleared by backtest_data_clear, also on failure. */
enum status book_backtest_read(
	struct book *b, int horizon, struct backtest_data *out, struct err *e) MUST_USE;

/* By the policy in force. Reads the book only. ST_CANCELLED by book_progress. out is
 * cleared by backtest_clear, also on failure. */
enum status book_backtest(
	struct book *b, int horizon, struct backtest *out, struct err *e) MUST_USE;

/* The last one that was made with this book, on its day and by its policy, without the
 * accounts that were green; NULL: none was. Borrowed until the next is made. */
const struct backtest *book_backtest_last(const struct book *b);

/* Makes the last one where there is none. ST_CANCELLED as above. */
enum status book_backtest_need(struct book *b, struct err *e) MUST_USE;

/* That it was made, as an entry of the history. Nothing on a book that is read only. */
enum status book_backtest_record(
	struct book *b, const struct backtest *t, struct err *e) MUST_USE;
/* Its sentence, when it was recorded last; {NULL, 0}: never. Lives in the arena. */
enum status book_backtest_recorded(struct book *b, struct arena *a, struct text *out,
	int64_t *at, struct err *e) MUST_USE;

/* What is proposed as a policy file: what holds is set, what does not stands in a comment
 * with the reason. Returns an arena string, NULL without memory. Nothing is applied. */
const char *book_backtest_policy(const struct backtest *t, struct arena *a);

#endif
