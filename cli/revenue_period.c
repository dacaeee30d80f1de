#include "cli/revenue_period.h"

static enum status read_day(
	const struct call *c, enum option o, int32_t initial, int32_t *out, struct err *e)
{
	*out = initial;
	if (c->option[o] && !day_parse(text_of(c->option[o]), DAY_ISO, out))
		return err_set(e, ST_USAGE,
			"\"%s\" is no day: write YYYY-MM-DD, like 2026-03-31",
			c->option[o]);
	return ST_OK;
}

enum status revenue_period(const struct call *c, struct book *b, enum revenue_by by,
	struct book_revenue **out, struct err *e)
{
	const int32_t today = book_as_of(b);
	struct revenue_query q = { .by = by };
	enum status st = read_day(c, OPT_TO,
		c->option[OPT_FROM] ? today : revenue_last(by, today), &q.to, e);

	if (st == ST_OK)
		st = read_day(c, OPT_FROM, revenue_opening(q.to, 12), &q.from, e);
	if (st == ST_OK)
		st = book_revenue_new(b, &q, out, e);
	return st == ST_OK ? book_revenue_all(*out, e) : st;
}
