/* revenue: what became of the ARR of a period's opening, by which rule, and why. */
#include "cli/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/revenue_exits.h"
#include "cli/revenue_figures.h"
#include "cli/revenue_period.h"
#include "cli/rows.h"
#include "core/csv.h"
#include "core/json.h"

/* The groups to tell, one after the other; NULL behind the last. */
static const struct revenue_group *group_at(const struct revenue *r, uint32_t *k)
{
	if (r->asked.by == REVENUE_BY_ALL)
		return (*k)++ ? NULL : &r->all;
	while (*k < r->groups && revenue_is_empty(r, &r->group[*k]))
		++*k;
	return *k < r->groups ? &r->group[(*k)++] : NULL;
}

/* ---- as JSON -------------------------------------------------------------------- */

struct answer {
	struct book *b;
	const struct revenue *r;
	const struct policy *p;
	struct json *j;
	enum revenue_line kind; /* of the lines that are wanted */
};

static void put_figures(struct answer *x, bool whole, const struct revenue_group *g)
{
	for (int k = 0; k < revenue_figure_count; k++) {
		const struct revenue_figure *f = &revenue_figures[k];

		if (f->whole != whole)
			continue;
		json_key(x->j, f->name);
		json_number(x->j, revenue_figure_value(f, g, x->p),
			revenue_figure_decimals(f, false));
	}
}

static void put_path(struct json *j, const struct revenue_path *p)
{
	static const char *const keys[] = { "expansion_cents", "contraction_cents",
		"churn_cents", "reactivation_cents" };
	const int64_t of[] = { p->up, p->down, p->away, p->back };

	json_key(j, "movements");
	json_object(j);
	for (int k = 0; k < 4; k++) {
		json_key(j, keys[k]);
		json_money(j, of[k]);
	}
	json_end_object(j);
}

static void put_group(struct answer *x, const struct revenue_group *g)
{
	struct json *j = x->j;
	const enum revenue_verdict v = revenue_verdict(x->p, x->r, g);

	json_object(j);
	json_pair(j, "key", g->key);
	put_figures(x, false, g);
	put_path(j, &g->money.path);
	json_key(j, "from");
	json_day(j, g->from);
	json_key(j, "to");
	json_day(j, g->to);
	json_pair(j, "verdict",
		v == VERDICT_NONE ? (struct text){ 0 }
				  : text_of(revenue_verdict_name[v]));
	json_key(j, "observed");
	json_bool(j, observed_from(&x->r->observed, g->from));
	if (!revenue_by_months(x->r->asked.by))
		put_figures(x, true, g);
	json_end_object(j);
}

static void put_line(void *arg, enum revenue_line kind, const char *text)
{
	struct answer *x = arg;

	if (kind == x->kind)
		json_text(x->j, text_of(text));
}

static void put_lines(struct answer *x, const char *key, enum revenue_line kind)
{
	x->kind = kind;
	json_key(x->j, key);
	json_array(x->j);
	revenue_say(x->r, x->p, put_line, x);
	json_end_array(x->j);
}

static void put_causes(struct answer *x)
{
	struct json *j = x->j;

	json_key(j, "churn_causes");
	json_array(j);
	for (int k = 0; k < CHURN_CLASSES; k++) {
		if (!x->r->lost[k])
			continue;
		json_object(j);
		json_pair(j, "class", text_of(churn_classes[k].name));
		json_key(j, "accounts");
		json_int(j, x->r->lost[k]);
		json_key(j, "arr_cents");
		json_money(j, x->r->lost_arr[k]);
		json_key(j, "customer_success_can_act");
		json_bool(j, churn_classes[k].ours);
		json_key(j, "fixes");
		json_int(j, x->r->fixes[k]);
		json_key(j, "fixes_verified");
		json_int(j, x->r->fixes_verified[k]);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "churn_outside_pct");
	json_number(j, revenue_outside(x->r), 4);
}

static void put_early(struct answer *x)
{
	const struct revenue *r = x->r;
	struct json *j = x->j;

	json_pair(j, "early_by", r->early_by_tag ? TEXT("tag") : TEXT("segment"));
	json_key(j, "early");
	json_array(j);
	for (uint32_t k = 0; k < r->earlies; k++) {
		json_object(j);
		json_pair(j, "key", r->early[k].key);
		json_key(j, "accounts");
		json_int(j, r->early[k].lost);
		json_key(j, "arr_cents");
		json_money(j, r->early[k].arr);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "effect_arr_cents"); /* no account is held out */
	json_null(j);
}

static void put_saves(struct answer *x)
{
	const struct revenue_facts *f = &x->r->all.facts;
	struct json *j = x->j;

	json_key(j, "saves");
	json_array(j);
	for (int k = 0; k < ORIGINS; k++) {
		const struct interval w = interval_wilson(f->saved[k], f->flagged[k]);

		json_object(j);
		json_pair(j, "origin", text_of(revenue_origin_name[k]));
		json_key(j, "flagged");
		json_int(j, f->flagged[k]);
		json_key(j, "kept");
		json_int(j, f->saved[k]);
		json_key(j, "low");
		json_number(j, 100 * w.low, 4);
		json_key(j, "high");
		json_number(j, 100 * w.high, 4);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status put_clashes(struct answer *x, struct err *e)
{
	const struct revenue *r = x->r;
	const uint32_t n = r->clashes < REVENUE_CLASHES ? r->clashes : REVENUE_CLASHES;
	struct store *s = book_store(x->b);
	enum status st = ST_OK;

	json_key(x->j, "contradictions");
	json_array(x->j);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		char text[REVENUE_TEXT_MAX];
		struct text id;
		struct arena a;

		arena_init(&a);
		st = s->ops->account_keys(s, &r->clash[k].account, 1, &a, &id, e);
		json_object(x->j);
		json_pair(x->j, "account", st == ST_OK ? id : (struct text){ 0 });
		json_pair(x->j, "kind", text_of(revenue_clash_name[r->clash[k].kind]));
		json_pair(x->j, "text",
			text_of(revenue_clash_text(&r->clash[k], x->p, text)));
		json_end_object(x->j);
		arena_clear(&a);
	}
	json_end_array(x->j);
	json_key(x->j, "contradictions_found");
	json_int(x->j, r->clashes);
	return st;
}

static enum status as_json(struct answer *x, struct err *e)
{
	struct json *j = x->j;
	const struct revenue_group *g;
	uint32_t k = 0;
	enum status st;

	call_json(j);
	json_object(j);
	json_key(j, "from");
	json_day(j, x->r->asked.from);
	json_key(j, "to");
	json_day(j, x->r->asked.to);
	json_pair(j, "method", TEXT("snapshot"));
	json_key(j, "groups");
	json_array(j);
	while ((g = group_at(x->r, &k)))
		put_group(x, g);
	json_end_array(j);
	json_pair(j, "by", text_of(revenue_by_name[x->r->asked.by]));
	json_key(j, "as_of");
	json_day(j, x->r->as_of);
	json_key(j, "kept_since");
	json_day(j, x->r->observed.since);
	if (x->r->asked.by != REVENUE_BY_ALL) {
		json_key(j, "all");
		put_group(x, &x->r->all);
	}
	put_causes(x);
	st = revenue_exits_json(j, x->b, x->r, e);
	put_early(x);
	put_saves(x);
	put_lines(x, "warnings", REVENUE_WARNS);
	put_lines(x, "says", REVENUE_SAYS);
	put_lines(x, "rules", REVENUE_RULE);
	if (st == ST_OK)
		st = put_clashes(x, e);
	json_end_object(j);
	return call_json_end(j, st, e);
}

/* ---- as CSV and as text --------------------------------------------------------- */

/* Of parts of the period not all is known. */
static bool is_told(const struct answer *x, const struct revenue_figure *f)
{
	return !f->whole || !revenue_by_months(x->r->asked.by);
}

static void csv_group(
	const struct answer *x, struct csv_writer *w, const struct revenue_group *g)
{
	char text[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];

	csv_text(w, g->key);
	csv_plain(w, day_format(g->from, day));
	csv_plain(w, day_format(g->to, day));
	for (int k = 0; k < revenue_figure_count; k++) {
		const struct revenue_figure *f = &revenue_figures[k];

		if (is_told(x, f))
			csv_plain(w, number_format(revenue_figure_value(f, g, x->p),
					     revenue_figure_decimals(f, false), text));
	}
	csv_end_row(w);
}

static enum status as_csv(const struct answer *x, struct err *e)
{
	const struct revenue_group *g;
	struct csv_writer *w = malloc(sizeof(*w));
	uint32_t at = 0;
	enum status st;

	if (!w)
		return err_set(e, ST_NOMEM, "not enough memory");
	csv_writer_init(w, call_sink, stdout, false);
	csv_plain(w, "key");
	csv_plain(w, "from");
	csv_plain(w, "to");
	for (int k = 0; k < revenue_figure_count; k++)
		if (is_told(x, &revenue_figures[k]))
			csv_plain(w, revenue_figures[k].name);
	csv_end_row(w);
	while ((g = group_at(x->r, &at)))
		csv_group(x, w, g);
	st = csv_finish(w, e);
	free(w);
	return st;
}

enum { CELL = 64 };

static void person_cell(const struct answer *x, const struct revenue_figure *f,
	const struct revenue_group *g, char out[CELL])
{
	const double v = revenue_figure_value(f, g, x->p);
	char amount[MONEY_TEXT_MAX];

	if (isnan(v))
		snprintf(out, CELL, "--");
	else if (f->unit == REVENUE_CENTS)
		snprintf(out, CELL, "%s", money_said((int64_t)v, x->p->currency, amount));
	else
		snprintf(out, CELL, "%.*f", revenue_figure_decimals(f, true), v);
}

static enum status put_row(const struct answer *x, struct table *t,
	enum revenue_table which, const struct revenue_group *g, struct err *e)
{
	char text[TABLE_COLUMNS_MAX][CELL], name[REVENUE_GROUP_MAX];
	const char *cells[TABLE_COLUMNS_MAX] = { revenue_group_said(x->r, g, name) };
	int n = 1;

	for (int k = 0; k < revenue_figure_count; k++) {
		const struct revenue_figure *f = &revenue_figures[k];

		if (f->table != which || !f->title)
			continue;
		person_cell(x, f, g, text[n]);
		cells[n] = text[n];
		n++;
	}
	if (which == REVENUE_RATES)
		cells[n++] = revenue_verdict_name[revenue_verdict(x->p, x->r, g)];
	return table_row(t, cells, e);
}

static enum status put_table(
	const struct answer *x, enum revenue_table which, struct err *e)
{
	const char *titles[TABLE_COLUMNS_MAX];
	const struct revenue_group *g;
	struct table *t = malloc(sizeof(*t));
	int columns = 0;
	uint32_t at = 0;
	enum status st = ST_OK, ended;

	if (!t)
		return err_set(e, ST_NOMEM, "not enough memory");
	titles[columns++] = revenue_by_said(x->r->asked.by);
	for (int k = 0; k < revenue_figure_count; k++)
		if (revenue_figures[k].table == which && revenue_figures[k].title)
			titles[columns++] = revenue_figures[k].title;
	if (which == REVENUE_RATES)
		titles[columns++] = "a year";
	rows_table(t, columns, titles);
	while (st == ST_OK && (g = group_at(x->r, &at)))
		st = put_row(x, t, which, g, e);
	if (st == ST_OK && x->r->asked.by != REVENUE_BY_ALL)
		st = put_row(x, t, which, &x->r->all, e);
	ended = table_finish(t, st == ST_OK ? e : &(struct err){ .status = ST_OK });
	free(t);
	return st == ST_OK ? ended : st;
}

static void print_line(void *arg, enum revenue_line kind, const char *text)
{
	static const char *const marked[] = { "  ", "! ", "  " };
	struct answer *x = arg;

	if (kind == REVENUE_RULE && x->kind != REVENUE_RULE)
		printf("\nHow it was counted\n");
	x->kind = kind;
	call_line(marked[kind], text_of(text));
}

static void print_causes(const struct answer *x)
{
	char amount[MONEY_TEXT_MAX], fixes[REVENUE_FIXES_MAX];

	if (x->r->all.money.cohort.lost)
		printf("\nWhy they left, by root cause\n");
	for (int k = 0; k < CHURN_CLASSES; k++)
		if (x->r->lost[k])
			printf("  %-13s %8s  %u account%s%s%s%s\n", churn_classes[k].name,
				money_said(x->r->lost_arr[k], x->p->currency, amount),
				x->r->lost[k], TEXT_S(x->r->lost[k]),
				churn_classes[k].ours ? "" : ", outside customer success",
				k == CHURN_UNKNOWN ? "" : "; ",
				revenue_fixes_text(x->r, (enum churn_class)k, fixes));
}

static enum status as_text(struct answer *x, struct err *e)
{
	static const char *const titles[REVENUE_TABLES] = { "", "\n", "\n",
		"\nSatisfaction and activity: no outcome\n" };
	const int tables =
		revenue_by_months(x->r->asked.by) ? REVENUE_VALUE : REVENUE_TABLES;
	enum status st = ST_OK;

	for (int k = 0; st == ST_OK && k < tables; k++) {
		printf("%s", titles[k]);
		st = put_table(x, (enum revenue_table)k, e);
	}
	if (st != ST_OK)
		return st;
	print_causes(x);
	st = revenue_exits_print(x->b, x->r, e);
	printf("\n");
	x->kind = REVENUE_SAYS;
	revenue_say(x->r, x->p, print_line, x);
	return st;
}

/* ---- the verb ------------------------------------------------------------------- */

static enum status read_by(const struct call *c, enum revenue_by *by, struct err *e)
{
	const char *given = c->option[OPT_BY];
	int k = 0;

	while (given && k < REVENUE_BYS && strcmp(given, revenue_by_name[k]) != 0)
		k++;
	*by = (enum revenue_by)k;
	return k < REVENUE_BYS ? ST_OK
			       : err_set(e, ST_USAGE,
					 "--by says tier, csm, segment, region, month, "
					 "quarter or year, not \"%s\"",
					 given);
}

enum status verb_revenue(struct call *c, struct err *e)
{
	enum revenue_by by = REVENUE_BY_ALL;
	struct book_revenue *made = NULL;
	struct json doc;
	struct answer x = { .j = &doc };
	enum status st = call_book(c, false, &x.b, e);

	if (st == ST_OK)
		st = read_by(c, &by, e);
	if (st == ST_OK)
		st = revenue_period(c, x.b, by, &made, e);
	if (st == ST_OK) {
		x.r = book_revenue_known(made);
		x.p = book_policy(x.b);
		st = c->format == FORMAT_JSON  ? as_json(&x, e)
		     : c->format == FORMAT_CSV ? as_csv(&x, e)
					       : as_text(&x, e);
	}
	book_revenue_free(&made);
	book_free(&x.b);
	return st;
}
