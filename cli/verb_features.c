/* features: which of them, used in the first days, go with staying. */
#include "cli/verbs.h"

#include <math.h>

#include "cli/revenue_period.h"
#include "cli/rows.h"
#include "core/book_features.h"

static double share(uint32_t part, uint32_t of)
{
	return of ? 100.0 * part / of : (double)NAN;
}

/* ---- as a table and as CSV ---- */

static const struct rows_column columns[] = {
	{ "TC", "feature", "feature" },
	{ "TC", "rank", "+best" },
	{ "TC", "with", "+with" },
	{ "C", "with_kept", NULL },
	{ "TC", "kept_with_pct", "+kept %" },
	{ "TC", "without", "+without" },
	{ "C", "without_kept", NULL },
	{ "TC", "kept_without_pct", "+kept %" },
	{ "T", "lift", "lift, points" },
	{ "C", "lift_points", NULL },
	{ "C", "lift_low", NULL },
	{ "C", "lift_high", NULL },
	{ "TC", "phi", "+phi" },
	{ NULL, NULL, NULL },
};

static enum status put_feature(struct rows *r, const struct feature *x, struct err *e)
{
	const bool known = !isnan(x->phi);
	char lift[FEATURES_LIFT_MAX];

	rows_row(r);
	rows_text(r, x->name);
	rows_count(r, x->rank);
	rows_int(r, x->with);
	rows_int(r, x->with_kept);
	rows_number(r, share(x->with_kept, x->with), 1);
	rows_int(r, x->without);
	rows_int(r, x->without_kept);
	rows_number(r, share(x->without_kept, x->without), 1);
	rows_text(r, text_of(features_lift_text(x, lift)));
	rows_number(r, known ? 100 * x->lift.difference : (double)NAN, 4);
	rows_number(r, known ? 100 * x->lift.range.low : (double)NAN, 4);
	rows_number(r, known ? 100 * x->lift.range.high : (double)NAN, 4);
	rows_number(r, x->phi, 3);
	return rows_end_row(r, e);
}

static void print_line(void *arg, enum features_line kind, const char *text)
{
	static const char *const marked[] = { "  ", "! ", "  " };
	enum features_line *last = arg;

	if (kind == FEATURES_RULE && *last != FEATURES_RULE)
		printf("\nHow it was counted\n");
	*last = kind;
	call_line(marked[kind], text_of(text));
}

static void print_rule(void *arg, enum features_line kind, const char *text)
{
	if (kind == FEATURES_RULE)
		print_line(arg, kind, text);
}

static void print_finding(void *arg, enum features_line kind, const char *text)
{
	if (kind != FEATURES_RULE)
		print_line(arg, kind, text);
}

static enum status as_rows(const struct call *c, const struct features *f, struct err *e)
{
	enum features_line last = FEATURES_SAYS;
	struct rows *r = NULL;
	enum status st = rows_begin(&r, c, columns, e);

	if (st != ST_OK)
		return st;
	for (int k = 0; st == ST_OK && k < f->n; k++)
		st = put_feature(r, &f->feature[k], e);
	st = rows_end(&r, st, e);
	if (st == ST_OK && c->format == FORMAT_TEXT) {
		printf("\n");
		features_say(f, print_finding, &last);
		features_say(f, print_rule, &last);
	}
	return st;
}

/* ---- as JSON ---- */

static void put_number(struct json *j, const char *key, double v)
{
	json_key(j, key);
	json_number(j, v, 4);
}

static void put_int(struct json *j, const char *key, uint32_t v)
{
	json_key(j, key);
	json_int(j, v);
}

static void put_object(struct json *j, const struct feature *x)
{
	const bool known = !isnan(x->phi);

	json_object(j);
	json_pair(j, "feature", x->name);
	json_key(j, "rank");
	if (x->rank)
		json_int(j, x->rank);
	else
		json_null(j);
	json_key(j, "since");
	json_day(j, x->since);
	put_int(j, "with", x->with);
	put_int(j, "with_kept", x->with_kept);
	put_number(j, "kept_with_pct", share(x->with_kept, x->with));
	put_int(j, "without", x->without);
	put_int(j, "without_kept", x->without_kept);
	put_number(j, "kept_without_pct", share(x->without_kept, x->without));
	put_number(j, "lift_points", known ? 100 * x->lift.difference : (double)NAN);
	put_number(j, "lift_low", known ? 100 * x->lift.range.low : (double)NAN);
	put_number(j, "lift_high", known ? 100 * x->lift.range.high : (double)NAN);
	put_number(j, "phi", x->phi);
	json_end_object(j);
}

static void put_lacking(struct json *j, const struct features *f, uint32_t at)
{
	const uint64_t lacks = features_best(f) & ~f->used[at];

	json_key(j, "lacks");
	json_array(j);
	for (int k = 0; k < f->tops; k++)
		if (lacks >> f->feature[k].bit & 1)
			json_text(j, f->feature[k].name);
	json_end_array(j);
}

/* Those that began, and what each has not used yet. */
static enum status put_began(
	struct json *j, struct book *b, const struct features *f, struct err *e)
{
	const uint64_t best = features_best(f);
	struct store *s = book_store(b);
	enum status st = ST_OK;

	json_key(j, "began_accounts");
	json_array(j);
	for (uint32_t i = 0; st == ST_OK && best && i < f->accounts; i++) {
		const uint32_t id = i + 1;
		struct arena a;
		struct text key;

		if (f->side[i] != FEATURES_NEW)
			continue;
		arena_init(&a);
		st = s->ops->account_keys(s, &id, 1, &a, &key, e);
		json_object(j);
		json_pair(j, "account", st == ST_OK ? key : (struct text){ 0 });
		json_key(j, "first_session");
		json_bool(j, (f->at_first[i] & best) == best);
		put_lacking(j, f, i);
		json_end_object(j);
		arena_clear(&a);
	}
	json_end_array(j);
	return st;
}

struct lines {
	struct json *j;
	enum features_line kind;
};

static void put_line(void *arg, enum features_line kind, const char *text)
{
	struct lines *x = arg;

	if (kind == x->kind)
		json_text(x->j, text_of(text));
}

static void put_lines(struct json *j, const struct features *f, const char *key,
	enum features_line kind)
{
	struct lines x = { j, kind };

	json_key(j, key);
	json_array(j);
	features_say(f, put_line, &x);
	json_end_array(j);
}

static enum status as_json(struct book *b, const struct features *f, struct err *e)
{
	struct json doc, *j = &doc;
	enum status st;

	call_json(j);
	json_object(j);
	json_key(j, "from");
	json_day(j, f->from);
	json_key(j, "to");
	json_day(j, f->to);
	put_int(j, "days", (uint32_t)f->days);
	json_key(j, "since");
	json_day(j, f->since);
	json_key(j, "compared");
	json_bool(j, f->state == FEATURES_KNOWN);
	put_int(j, "cohort", f->cohort);
	put_int(j, "kept", f->kept);
	put_int(j, "left", f->left);
	put_int(j, "began_before", f->unseen);
	put_int(j, "too_young", f->young);
	put_int(j, "without_start", f->undated);
	json_key(j, "features");
	json_array(j);
	for (int k = 0; k < f->n; k++)
		put_object(j, &f->feature[k]);
	json_end_array(j);
	put_int(j, "began", f->began);
	put_int(j, "all_in_first_session", f->at_once);
	put_number(j, "all_in_first_session_pct",
		f->tops ? share(f->at_once, f->began) : (double)NAN);
	put_int(j, "all_in_first_days", f->in_time);
	put_number(j, "all_in_first_days_pct",
		f->tops ? share(f->in_time, f->began) : (double)NAN);
	st = put_began(j, b, f, e);
	put_lines(j, f, "says", FEATURES_SAYS);
	put_lines(j, f, "warnings", FEATURES_WARNS);
	put_lines(j, f, "rules", FEATURES_RULE);
	json_end_object(j);
	return call_json_end(j, st, e);
}

/* ---- the verb ---- */

enum status verb_features(struct call *c, struct err *e)
{
	struct book_revenue *earning = NULL;
	struct book_features *made = NULL;
	struct book *b = NULL;
	uint64_t days;
	enum status st =
		call_number(c, OPT_DAYS, FEATURES_DAYS, FEATURES_DAYS_MAX, &days, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = revenue_period(c, b, REVENUE_BY_ALL, &earning, e);
	if (st == ST_OK)
		st = book_features_new(
			b, book_revenue_known(earning), (int)days, &made, e);
	if (st == ST_OK)
		st = book_features_all(made, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? as_json(b, book_features_known(made), e)
					      : as_rows(c, book_features_known(made), e);
	book_features_free(&made);
	book_revenue_free(&earning);
	book_free(&b);
	return st;
}
