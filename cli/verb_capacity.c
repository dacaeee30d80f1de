/* capacity: bands, load, heads needed, and the same if something were otherwise. */
#include "cli/verbs.h"

#include <stdlib.h>

#include "cli/capacity_out.h"
#include "cli/rows.h"
#include "cli/what_if.h"
#include "core/capacity_past.h"
#include "core/capacity_text.h"
#include "core/convert.h"

/* ---- as JSON ---- */

static void put_heads(struct json *j, const struct capacity *c, int tier)
{
	const struct capacity_heads *h = &c->heads[tier - 1];
	char conflict[CAPACITY_TEXT_MAX];

	json_object(j);
	json_key(j, "tier");
	json_int(j, tier);
	json_key(j, "accounts");
	json_int(j, h->accounts);
	json_key(j, "arr_cents");
	json_money(j, h->arr);
	json_key(j, "min");
	json_int(j, h->min);
	json_key(j, "target");
	json_int(j, h->target);
	json_key(j, "max");
	if (h->max == CAPACITY_ANY)
		json_null(j);
	else
		json_int(j, h->max);
	json_key(j, "feasible");
	json_bool(j, h->feasible);
	json_key(j, "conflict");
	if (h->feasible)
		json_null(j);
	else
		json_text(j, text_of(capacity_conflict(c, tier, conflict)));
	json_key(j, "pooled");
	json_bool(j, h->pooled);
	json_end_object(j);
}

static void put_line(void *arg, enum capacity_line kind, const char *text)
{
	static const char *const names[] = { "says", "asks", "warns" };
	struct json *j = arg;

	json_object(j);
	json_pair(j, "kind", text_of(names[kind]));
	json_pair(j, "text", text_of(text));
	json_end_object(j);
}

struct answer {
	struct capacity *c; /* owned */
	struct capacity_past past[CAPACITY_PAST];
	uint32_t past_n;
	const struct capacity *asked; /* the same as c when it is one of a what-if */
};

static void put_past(struct json *j, const struct answer *x)
{
	json_key(j, "past");
	json_array(j);
	for (uint32_t k = 0; k < x->past_n; k++) {
		json_object(j);
		json_key(j, "day");
		json_day(j, x->past[k].day);
		json_key(j, "csms");
		json_number(j, x->past[k].csms, 2);
		for (int t = 1; t <= CAPACITY_NAMED; t++) {
			json_key(j, t == 1 ? "tier1_per_csm" : "tier2_per_csm");
			json_number(j, capacity_ratio(&x->past[k], t), 2);
		}
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status as_json(const struct answer *x, struct err *e)
{
	const struct capacity *c = x->c;
	struct json doc, *j = &doc;

	call_json(j);
	json_object(j);
	json_key(j, "csms");
	json_array(j);
	for (uint32_t k = 0; k < c->rows; k++)
		capacity_out_row(j, &c->row[k]);
	json_end_array(j);
	json_key(j, "pool");
	capacity_out_row(j, &c->pool);
	json_key(j, "heads");
	json_array(j);
	for (int tier = 1; tier <= TIER_COUNT; tier++)
		put_heads(j, c, tier);
	json_end_array(j);
	json_key(j, "heads_needed");
	json_int(j, c->heads_needed);
	json_key(j, "heads_present");
	json_number(j, c->heads_present, 2);
	json_key(j, "as_of");
	json_day(j, c->as_of);
	json_key(j, "lines");
	json_array(j);
	capacity_say(c, put_line, j);
	capacity_past_say(&c->policy, x->past, x->past_n, x->asked, put_line, j);
	json_end_array(j);
	put_past(j, x);
	json_end_object(j);
	return call_json_end(j, ST_OK, e);
}

/* ---- as text ---- */

enum { COLUMNS = 13, CELL_MAX = 96 };

static enum status put_row(struct table *t, const struct capacity *c,
	const struct capacity_row *r, struct err *e)
{
	char cell[COLUMNS][CELL_MAX], money[MONEY_TEXT_MAX];
	const char *cells[COLUMNS];
	const double load = capacity_fills(&r->load);
	int k = 0;

	snprintf(cell[k++], CELL_MAX, "%.*s", convert_shown(r->name, CELL_MAX - 1),
		r->name.s);
	capacity_figure(r->share, cell[k++]);
	for (int tier = 0; tier < TIER_COUNT; tier++) {
		snprintf(cell[k++], CELL_MAX, "%u", r->book.accounts[tier]);
		snprintf(cell[k++], CELL_MAX, "%s",
			money_said(r->book.arr[tier], c->policy.currency, money));
	}
	snprintf(cell[k++], CELL_MAX, "%.0f %%", capacity_percent(load));
	capacity_figure(r->hours, cell[k++]);
	snprintf(cell[k++], CELL_MAX, "%s",
		money_said(r->at_risk, c->policy.currency, money));
	snprintf(cell[k++], CELL_MAX, "%u", r->renewals);
	snprintf(cell[k++], CELL_MAX, "%s%s%s",
		r == &c->pool ? "" : capacity_state_text(r),
		*capacity_marks(r) ? ", " : "", capacity_marks(r));
	if (r == &c->pool)
		for (k = 8; k < 10; k++)
			cell[k][0] = '\0';
	if (r == &c->pool)
		cell[1][0] = '\0';
	for (k = 0; k < COLUMNS; k++)
		cells[k] = cell[k];
	return table_row(t, cells, e);
}

static void print_line(void *arg, enum capacity_line kind, const char *text)
{
	static const char *const marked[] = { "  ", "? ", "! " };

	(void)arg;
	call_line(marked[kind], text_of(text));
}

static enum status as_text(const struct answer *x, struct err *e)
{
	static const char *const titles[COLUMNS] = { "csm", "+share", "+tier 1", "+ARR",
		"+tier 2", "+ARR", "+tier 3", "+ARR", "+load", "+h/week", "+at risk",
		"+renew", "state" };
	const struct capacity *c = x->c;
	struct table t;
	enum status st = ST_OK, ended;

	rows_table(&t, COLUMNS, titles);
	for (uint32_t k = 0; st == ST_OK && k < c->rows; k++)
		st = put_row(&t, c, &c->row[k], e);
	if (st == ST_OK)
		st = put_row(&t, c, &c->pool, e);
	ended = table_finish(&t, st == ST_OK ? e : NULL);
	if (st != ST_OK || ended != ST_OK)
		return st != ST_OK ? st : ended;
	printf("\n");
	capacity_say(c, print_line, NULL);
	capacity_past_say(&c->policy, x->past, x->past_n, x->asked, print_line, NULL);
	return ST_OK;
}

enum status verb_capacity(struct call *c, struct err *e)
{
	struct what_if *q = calloc(1, sizeof(*q));
	struct answer x = { .c = NULL };
	struct book *b = NULL;
	enum status st = q ? call_book(c, false, &b, e)
			   : err_set(e, ST_NOMEM, "not enough memory");

	if (st == ST_OK)
		st = what_if_read(c, b, q, e);
	if (st == ST_OK)
		st = book_capacity(b, &q->what, &x.c, e);
	if (st == ST_OK && what_if_is_set(&q->what))
		x.asked = x.c;
	if (st == ST_OK)
		st = capacity_past(b, x.past, &x.past_n, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? as_json(&x, e) : as_text(&x, e);
	capacity_free(&x.c);
	book_free(&b);
	free(q);
	return st;
}
