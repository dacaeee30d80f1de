/*
 * Recalculations of days that are still to come. Alerts know only how they are now: one
 * that goes on, gets worse or comes back on such a day would be so today as well. So they
 * stay as they are, unless somebody wants them taken along (book_go_ahead); then they are
 * not looked for again until that day is there, and the book from before the first of
 * these is kept: taking that recalculation back puts it there again.
 */
#ifndef CORE_BOOK_AHEAD_H
#define CORE_BOOK_AHEAD_H

#include "core/book_internal.h"

struct ahead {
	struct text backup; /* n 0: it does not go beyond today, or another did before */
	struct arena arena;
};

/* Whether alerts are not to be looked for: nobody asked for those of such a day. */
bool ahead_left(const struct book *b, const struct book_info *info);
/* Inside the transaction of a recalculation that looks for alerts, before it writes; to
 * be cleared, also on failure. */
enum status ahead_begin(struct ahead *a, struct book *b, struct err *e) MUST_USE;
void ahead_clear(struct ahead *a);
/* At its end: what the person is to know of it. */
enum status ahead_tell(const struct ahead *a, struct book *b, struct recalc_result *out,
	struct err *e) MUST_USE;

#endif
