/* causes: why tickets come, the most frequent first, and what of it comes again. */
#include "cli/verbs.h"

#include "cli/rows.h"
#include "core/causes.h"
#include "core/convert.h"

enum { WEEK = 7, WEEKS = 13, WEEKS_MAX = 520 };

static const struct rows_column columns[] = {
	{ "TJC", "cause", "cause" },
	{ "TJC", "tickets", "+tickets" },
	{ "TJC", "before", "+before" },
	{ "TJC", "accounts", "+accounts" },
	{ "TJC", "repeated", "+again" },
	{ NULL, NULL, NULL },
};

static enum status put(struct rows *r, const struct cause_row *x, struct err *e)
{
	rows_row(r);
	rows_text(r, x->name);
	rows_int(r, x->tickets);
	rows_int(r, x->before);
	rows_int(r, x->accounts);
	rows_int(r, x->repeated);
	return rows_end_row(r, e);
}

static unsigned share(uint32_t part, uint32_t of)
{
	return of ? (unsigned)((100 * (uint64_t)part + of / 2) / of) : 0;
}

static void print_gone(const struct causes *c)
{
	char safe[256];

	for (uint32_t i = 0; i < c->n; i++) {
		const struct cause_row *x = &c->row[i];

		if (x->tickets)
			continue;
		text_sanitise(
			(struct text){ x->name.s, (size_t)convert_shown(x->name, 60) },
			safe, sizeof(safe), 60, false);
		printf("  gone: %s, %u before\n", safe, x->before);
	}
}

static void print_sums(const struct causes *c)
{
	printf("\n  %u ticket%s in %d d, %u in the %d d before\n", c->tickets,
		TEXT_S(c->tickets), (int)c->days, c->before, (int)c->days);
	if (c->repeated)
		printf("! %u of them, %u %%, are of a cause that the account had "
		       "before\n",
			c->repeated, share(c->repeated, c->tickets));
	if (c->nameless)
		printf("! %u of them, %u %%, have no root cause\n", c->nameless,
			share(c->nameless, c->tickets));
	print_gone(c);
}

enum status verb_causes(struct call *c, struct err *e)
{
	struct causes causes = { .n = 0 };
	struct rows *r = NULL;
	struct book *b = NULL;
	uint64_t weeks;
	enum status st = call_number(c, OPT_WEEKS, WEEKS, WEEKS_MAX, &weeks, e);

	if (st == ST_OK && weeks == 0)
		st = err_set(e, ST_USAGE, "causes: --weeks is at least 1");
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = causes_of(b, (int32_t)weeks * WEEK, &causes, e);
	if (st == ST_OK)
		st = rows_begin(&r, c, columns, e);
	if (st == ST_OK) {
		for (uint32_t i = 0; st == ST_OK && i < causes.n; i++)
			if (causes.row[i].tickets || c->format != FORMAT_TEXT)
				st = put(r, &causes.row[i], e);
		st = rows_end(&r, st, e);
	}
	if (st == ST_OK && c->format == FORMAT_TEXT)
		print_sums(&causes);
	causes_clear(&causes);
	book_free(&b);
	return st;
}
