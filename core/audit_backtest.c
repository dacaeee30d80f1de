/* The audit of the score itself: whether anybody ever held it against who left. */
#include "core/audit_internal.h"
#include "core/book_backtest.h"

/* Nothing where too few left to tell, or where it is held against them at this moment: a
 * board book that shows how well health tells can't say that nobody knows. */
enum status audit_backtest(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct text last;
	struct arena arena;
	uint32_t gone = 0;
	int64_t at;
	enum status st;

	for (uint32_t i = 0; i < c->n; i++)
		gone += (c->flags[i] & ACC_CHURNED) && !c->active[i];
	if (gone < BACKTEST_EVENTS_MIN || c->day.day == DAY_NONE ||
		book_backtest_last(a->b))
		return ST_OK;
	arena_init(&arena);
	st = book_backtest_recorded(a->b, &arena, &last, &at, e);
	arena_clear(&arena);
	if (st != ST_OK || last.s)
		return st;
	return audit_tell(a, e,
		"health was never held against who left, of whom there are %u", gone);
}
