/* insights: what product, marketing and sales can learn, as records. */
#include "cli/verbs.h"

#include <math.h>
#include <string.h>

#include "cli/revenue_period.h"
#include "cli/rows.h"
#include "core/insights.h"

static const struct rows_column columns[] = {
	{ "TJC", "for", "for" },
	{ "TJC", "kind", "about" },
	{ "TJC", "subject", "subject" },
	{ "TJC", "accounts", "+accounts" },
	{ "TJC", "arr_cents", "+ARR" },
	{ "TJC", "left", "+left" },
	{ "TJC", "left_arr_cents", "+ARR lost" },
	{ "TJC", "verdict", "verdict" },
	{ "T", "says", "_what" },
	{ "T", "names", "_accounts" },
	{ "JC", "of", NULL },
	{ "JC", "left_pct", NULL },
	{ "JC", "lift_points", NULL },
	{ "JC", "lift_low", NULL },
	{ "JC", "lift_high", NULL },
	{ "JC", "median_days", NULL },
	{ "JC", "median_days_others", NULL },
	{ "JC", "within_7_days_pct", NULL },
	{ "JC", "as_reason", NULL },
	{ "JC", "in_exit_surveys", NULL },
	{ "JC", "at_renewal", NULL },
	{ "JC", "from", NULL },
	{ "JC", "to", NULL },
	{ "C", "account_ids", NULL },
	{ "J", "account_ids", NULL },
	{ NULL, NULL, NULL },
};

struct ids {
	struct text *key; /* owned */
	struct arena arena;
};

static enum status read_ids(
	struct book *b, const struct insight *x, struct ids *out, struct err *e)
{
	struct store *s = book_store(b);

	arena_init(&out->arena);
	out->key =
		arena_alloc(&out->arena, ((size_t)x->accounts + 1) * sizeof(*out->key));
	if (!out->key)
		return err_set(e, ST_NOMEM, "not enough memory");
	return s->ops->account_keys(s, x->account, x->accounts, &out->arena, out->key, e);
}

/* "A-1001;A-1002": {NULL, 0} of none, and without memory. */
static struct text joined(struct ids *ids, uint32_t n)
{
	size_t size = 0, used = 0;
	char *out;

	for (uint32_t i = 0; i < n; i++)
		size += ids->key[i].n + 1;
	out = n ? arena_alloc(&ids->arena, size) : NULL;
	for (uint32_t i = 0; out && i < n; i++) {
		if (i)
			out[used++] = ';';
		memcpy(out + used, ids->key[i].s, ids->key[i].n);
		used += ids->key[i].n;
	}
	return (struct text){ out, used };
}

static void put_figures(struct rows *r, const struct insight *x)
{
	const bool shares = x->of > 0 && !isnan(x->lost.difference);
	const bool words = x->words[0] || x->words[1] || x->words[2];

	rows_count(r, x->of);
	rows_number(r, x->of ? 100.0 * x->accounts / x->of : (double)NAN, 4);
	rows_number(r, shares ? 100 * x->lost.difference : (double)NAN, 4);
	rows_number(r, shares ? 100 * x->lost.range.low : (double)NAN, 4);
	rows_number(r, shares ? 100 * x->lost.range.high : (double)NAN, 4);
	rows_number(r, x->median >= 0 ? x->median : (double)NAN, 0);
	rows_number(r, x->others >= 0 ? x->others : (double)NAN, 0);
	rows_number(r, 100 * x->within, 4);
	for (int k = 0; k < INSIGHT_WORDS; k++)
		rows_number(r, words ? x->words[k] : (double)NAN, 0);
}

/* What has no share in anybody's leaving says nothing of it. */
static void put_left(struct rows *r, const struct insight *x, const char *currency)
{
	const bool tells = x->kind != INSIGHT_VALUE;
	char amount[MONEY_TEXT_MAX];

	rows_number(r, tells ? x->left : (double)NAN, 0);
	rows_cents(r, tells ? x->left_arr : MONEY_NONE,
		tells ? money_said(x->left_arr, currency, amount) : "--");
}

static enum status put(struct rows *r, struct book *b, const struct insights *all,
	const struct insight *x, struct err *e)
{
	const char *currency = book_policy(b)->currency;
	char amount[MONEY_TEXT_MAX], says[INSIGHT_TEXT_MAX], names[INSIGHT_NAMES_MAX];
	struct ids ids;
	struct json *j;
	enum status st = read_ids(b, x, &ids, e);

	if (st == ST_OK)
		st = book_insight_names(b, x, names, e);
	if (st == ST_OK) {
		rows_row(r);
		rows_text(r, text_of(insight_rows[x->kind].whom));
		rows_text(r, text_of(insight_rows[x->kind].name));
		rows_text(r, r->format == FORMAT_TEXT ? insight_subject(x) : x->subject);
		rows_int(r, x->accounts);
		rows_cents(r, x->arr, money_said(x->arr, currency, amount));
		put_left(r, x, currency);
		rows_text(r, *x->verdict ? text_of(x->verdict) : (struct text){ 0 });
		rows_text(r, text_of(insight_text(x, says)));
		rows_text(r, text_of(names));
		put_figures(r, x);
		rows_day(r, all->from);
		rows_day(r, all->to);
		rows_text(r, joined(&ids, x->accounts));
		j = rows_json(r);
		if (j) {
			json_array(j);
			for (uint32_t i = 0; i < x->accounts; i++)
				json_text(j, ids.key[i]);
			json_end_array(j);
		}
		st = rows_end_row(r, e);
	}
	arena_clear(&ids.arena);
	return st;
}

enum status verb_insights(struct call *c, struct err *e)
{
	struct book_revenue *earning = NULL;
	struct insights x = { .n = 0 };
	struct rows *r = NULL;
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = revenue_period(c, b, REVENUE_BY_ALL, &earning, e);
	if (st == ST_OK)
		st = book_insights(b, book_revenue_known(earning), &x, e);
	if (st == ST_OK)
		st = rows_begin(&r, c, columns, e);
	if (st == ST_OK) {
		for (uint32_t k = 0; st == ST_OK && k < x.n; k++)
			st = put(r, b, &x, &x.row[k], e);
		st = rows_end(&r, st, e);
		if (st == ST_OK && !x.n)
			rows_nothing(c, "nobody began, left or talked about a renewal in "
					"this period");
	}
	insights_clear(&x);
	book_revenue_free(&earning);
	book_free(&b);
	return st;
}
