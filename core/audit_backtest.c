#include "core/audit_backtest.h"

#include <stdio.h>

#include "core/book_backtest.h"
#include "core/book_internal.h"

enum status audit_backtest(struct book *b, audit_fn fn, void *arg, struct err *e)
{
	const struct book_columns *c = &b->columns;
	struct audit_finding f = { .check = "never-backtested" };
	struct text last;
	struct arena a;
	uint32_t gone = 0;
	int64_t at;
	enum status st;

	for (uint32_t i = 0; i < c->n; i++)
		gone += c->churned[i] && !c->active[i];
	if (gone < BACKTEST_EVENTS_MIN || c->day.day == DAY_NONE)
		return ST_OK;
	arena_init(&a);
	st = book_backtest_recorded(b, &a, &last, &at, e);
	arena_clear(&a);
	if (st != ST_OK || last.s)
		return st;
	snprintf(f.text, sizeof(f.text),
		"health was never held against who left, of whom there are %u: `tierdesk "
		"backtest` says whether it tells",
		gone);
	return fn(arg, &f, e);
}
