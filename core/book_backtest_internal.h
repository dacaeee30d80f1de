/* What the files of a book's backtest share; nobody else includes it. */
#ifndef CORE_BOOK_BACKTEST_INTERNAL_H
#define CORE_BOOK_BACKTEST_INTERNAL_H

#include "core/book_backtest.h"
#include "core/book_internal.h"

struct backtest_reading {
	struct book *book;
	struct backtest_data d;
	struct book_info info;
	struct rates rates;
	struct part part;
	struct base base;
	uint32_t parts;
	uint32_t leaver_room;
	uint8_t *here;          /* by account: it is a customer on the as-of day; owned */
	uint8_t *shrank;        /* by month and account: backtest_row.shrank; owned */
	uint32_t *first;        /* by account: its first leaver; accounts + 1; owned */
	uint8_t *health, *tier; /* of a part, by the snapshot; owned */
	int32_t snapshot;       /* day of it; DAY_NONE: none that is near */
};

/* book_backtest_past.c: who left, what ARR became, who had alerts. */
enum status backtest_read_outcomes(struct backtest_reading *r, struct err *e) MUST_USE;
enum status backtest_read_alerts(struct backtest_reading *r, struct err *e) MUST_USE;
/* Of very many accounts only some are. */
bool backtest_looked_at(const struct backtest_reading *r, uint32_t account);
/* Whether an account was no customer on a day by its movements. */
bool backtest_was_gone(const struct backtest_reading *r, uint32_t account, int32_t day);
/* Days until it leaves; BACKTEST_NEVER. */
uint16_t backtest_leaves_in(
	const struct backtest_reading *r, uint32_t account, int32_t day);
/* book_backtest_try.c: what the proposal would change. */
enum status backtest_try(struct book *b, struct backtest *t, struct err *e) MUST_USE;
enum status backtest_tell(
	const struct backtest_reading *r, const char *what, uint64_t done, struct err *e);

#endif
