/* causes: why tickets come, the most frequent first, what of it comes again, and what is
 * done about it. */
#include "cli/verbs.h"

#include <math.h>

#include "cli/rows.h"
#include "core/causes.h"

static const struct rows_column columns[] = {
	{ "TJC", "cause", "cause" },
	{ "TJC", "tickets", "+tickets" },
	{ "TJC", "before", "+before" },
	{ "TJC", "accounts", "+accounts" },
	{ "TJC", "repeated", "+again" },
	{ "TJC", "fix", "fix" },
	{ "TJC", "fix_days", "+days" },
	{ "TJC", "since", "+since" },
	{ "TJC", "verdict", "verdict" },
	{ "JC", "fix_account", NULL },
	{ "JC", "fix_link", NULL },
	{ "J", "suggested", NULL },
	{ NULL, NULL, NULL },
};

static enum status put(
	struct rows *r, const struct causes *c, const struct cause_row *x, struct err *e)
{
	const struct fix *f = x->fix;
	const struct text none = { NULL, 0 };

	rows_row(r);
	rows_text(r, x->name);
	rows_int(r, x->tickets);
	rows_int(r, x->before);
	rows_int(r, x->accounts);
	rows_int(r, x->repeated);
	rows_text(r, f ? text_of(fix_state_word[f->state]) : none);
	rows_number(r, f ? c->as_of - fix_since(f) : (double)NAN, 0);
	rows_number(r, f && fix_mended(f) != DAY_NONE ? x->since : (double)NAN, 0);
	rows_text(r, f ? text_of(fix_verdict_word[x->verdict]) : none);
	rows_text(r, f ? f->account : none);
	rows_text(r, f ? f->link : none);
	rows_bool(r, x == c->suggested);
	return rows_end_row(r, e);
}

static void print_gone(const struct causes *c)
{
	for (uint32_t i = 0; i < c->n; i++) {
		const struct cause_row *x = &c->row[i];

		if (x->tickets || !x->before || x->fix)
			continue;
		printf("  gone: ");
		call_put(x->name, 60);
		printf(", %u before\n", x->before);
	}
}

static void print_lines(const struct causes *c)
{
	char line[TEXT_SAID_MAX];

	printf("\n");
	for (int k = 0; k < CAUSES_LINES; k++) {
		if (!*causes_text(c, (enum causes_line)k, line))
			continue;
		call_line(causes_warns((enum causes_line)k) ? "! " : "  ", text_of(line));
	}
	print_gone(c);
}

/* For people what has neither tickets nor a fix is among the sentences. */
static bool is_told(const struct call *c, const struct cause_row *x)
{
	return x->tickets || x->fix || c->format != FORMAT_TEXT;
}

enum status verb_causes(struct call *c, struct err *e)
{
	struct causes causes = { .n = 0 };
	struct rows *r = NULL;
	struct book *b = NULL;
	int32_t weeks;
	enum status st = call_weeks(c, CAUSES_DAYS, &weeks, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = causes_of(b, 7 * weeks, &causes, e);
	if (st == ST_OK)
		st = rows_begin(&r, c, columns, e);
	if (st == ST_OK) {
		for (uint32_t i = 0; st == ST_OK && i < causes.n; i++)
			if (is_told(c, &causes.row[i]))
				st = put(r, &causes, &causes.row[i], e);
		st = rows_end(&r, st, e);
	}
	if (st == ST_OK && c->format == FORMAT_TEXT)
		print_lines(&causes);
	causes_clear(&causes);
	book_free(&b);
	return st;
}
