/* trend: what an account, or the base, was on the days of the past. */
#include "cli/verbs.h"

#include <math.h>
#include <stdlib.h>

#include "cli/rows.h"
#include "core/book_trend.h"
#include "core/csv.h"
#include "core/json.h"

enum { WEEK = 7, WEEKS = 52, WEEKS_MAX = 5200, COLUMNS_MAX = 24 };

/* A column of figures, in all three forms. */
struct column {
	const char *name, *title;
	int decimals;
};
/* Of decimals; money is cents for programs, and as amounts for people. */
enum { AS_DAY = -1, AS_MONTH = -2, AS_MONEY = -3 };

#define ALERT_COLUMNS                                                                 \
	{ "alerts_critical", "+critical", 0 }, { "alerts_warning", "+warning", 0 },   \
		{ "alerts_info", "+info", 0 },                                        \
		{ "alerts_opportunity", "+opportunity", 0 },                          \
		{ "alerts_opened", "+opened", 0 }, { "alerts_closed", "+closed", 0 }, \
	{                                                                             \
		"alerts_resolved", "+resolved", 0                                     \
	}

static const struct column base_columns[] = {
	{ "day", "day", AS_DAY },
	{ "policy_version", "+policy", 0 },
	{ "active", "+active", 0 },
	{ "healthy", "+healthy", 0 },
	{ "watch", "+watch", 0 },
	{ "at_risk", "+at risk", 0 },
	{ "unknown", "+unknown", 0 },
	{ "mean", "+average", 2 },
	{ "q1", "+q1", 2 },
	{ "median", "+median", 2 },
	{ "q3", "+q3", 2 },
	{ "tier1", "+tier 1", 0 },
	{ "tier2", "+tier 2", 0 },
	{ "tier3", "+tier 3", 0 },
	{ "unplaced", "+none", 0 },
	{ "tier1_pct", "+tier 1 %", 2 },
	{ "tier2_pct", "+tier 2 %", 2 },
	ALERT_COLUMNS,
};
/* Open on the day, and since the day before: for people, a table of its own. */
static const struct column alert_columns[] = { { "day", "alerts on", AS_DAY },
	ALERT_COLUMNS };
static const struct column month_columns[] = {
	{ "month", "month", AS_MONTH },
	{ "nrr", "+NRR %", 2 },
	{ "grr", "+GRR %", 2 },
	{ "nrr_12m", "+NRR 12 m", 2 },
	{ "grr_12m", "+GRR 12 m", 2 },
	{ "accounts", "+accounts", 0 },
	{ "lost", "+lost", 0 },
	{ "opening_cents", "+opening ARR", AS_MONEY },
	{ "closing_cents", "+closing ARR", AS_MONEY },
	{ "kept_cents", "+of it kept", AS_MONEY },
	{ "tickets", "+tickets", 0 },
};
static const struct column account_columns[] = {
	{ "day", "day", AS_DAY },
	{ "policy_version", "+policy", 0 },
	{ "health", "+health", 0 },
	{ "tier", "+tier", 0 },
	{ "coverage", "+coverage", 4 },
	{ "usage", "+usage", 0 },
	{ "adoption", "+adoption", 0 },
	{ "support", "+support", 0 },
	{ "sentiment", "+sentiment", 0 },
	{ "utilisation", "+utilis.", 0 },
	{ "engagement", "+engagem.", 0 },
	{ "stakeholder", "+stakeh.", 0 },
	{ "renewal", "+renewal", 0 },
	{ "value_cents", "+value", AS_MONEY },
	{ "effort", "+effort", 4 },
	{ "tier_score", "+score", 4 },
};
#define COUNT(x) ((int)(sizeof(x) / sizeof(*(x))))

/* Rows of columns, written in the form that was asked for. */
struct sheet {
	enum format format;
	const char *currency; /* borrowed */
	const struct column *columns;
	int n;
	struct json json;
	struct csv_writer csv;
	struct table table;
};

/* currency: of amounts for a person; NULL: of a file, whole cents. */
static const char *cell_text(
	const struct column *c, double v, const char *currency, char out[NUMBER_TEXT_MAX])
{
	if (isnan(v)) {
		out[0] = '\0';
	} else if (c->decimals == AS_MONEY) {
		if (currency)
			money_said((int64_t)v, currency, out);
		else
			number_format(v, 0, out);
	} else if (c->decimals >= 0) {
		number_format(v, c->decimals, out);
	} else {
		day_format((int32_t)v, out);
		if (c->decimals == AS_MONTH)
			out[sizeof("2026-03") - 1] = '\0';
	}
	return out;
}

static void sheet_begin(struct sheet *s, const struct column *columns, int n)
{
	const char *titles[COLUMNS_MAX];

	s->columns = columns;
	s->n = n;
	for (int i = 0; i < n; i++)
		titles[i] = columns[i].title;
	if (s->format == FORMAT_JSON) {
		json_array(&s->json);
	} else if (s->format == FORMAT_CSV) {
		csv_writer_init(&s->csv, call_sink, stdout, true);
		for (int i = 0; i < n; i++)
			csv_plain(&s->csv, columns[i].name);
		csv_end_row(&s->csv);
	} else {
		rows_table(&s->table, n, titles);
	}
}

static void json_cell(struct json *j, const struct column *c, double v)
{
	char text[NUMBER_TEXT_MAX];

	json_key(j, c->name);
	if (c->decimals == AS_DAY || c->decimals == AS_MONTH)
		json_text(j, text_of(cell_text(c, v, NULL, text)));
	else
		json_number(j, v, c->decimals == AS_MONEY ? 0 : c->decimals);
}

static enum status sheet_row(struct sheet *s, const double *values, struct err *e)
{
	char text[COLUMNS_MAX][NUMBER_TEXT_MAX];
	const char *cells[COLUMNS_MAX];

	if (s->format == FORMAT_JSON) {
		json_object(&s->json);
		for (int i = 0; i < s->n; i++)
			json_cell(&s->json, &s->columns[i], values[i]);
		return ST_OK; /* the caller may add to it, and ends it */
	}
	for (int i = 0; i < s->n; i++)
		cells[i] = cell_text(&s->columns[i], values[i],
			s->format == FORMAT_TEXT ? s->currency : NULL, text[i]);
	if (s->format == FORMAT_CSV) {
		for (int i = 0; i < s->n; i++)
			csv_plain(&s->csv, cells[i]);
		csv_end_row(&s->csv);
		return ST_OK;
	}
	for (int i = 0; i < s->n; i++)
		if (!cells[i][0])
			cells[i] = "--";
	return table_row(&s->table, cells, e);
}

static enum status sheet_end(struct sheet *s, struct err *e)
{
	if (s->format == FORMAT_CSV)
		return csv_finish(&s->csv, e);
	if (s->format == FORMAT_TEXT)
		return table_finish(&s->table, e);
	json_end_array(&s->json);
	return ST_OK;
}

/* ---- one account ---------------------------------------------------------------- */

static enum status take_day(void *arg, const struct snapshot_row *row, struct err *e)
{
	struct sheet *s = arg;
	double v[COLUMNS_MAX];
	int n = 0;
	enum status st;

	v[n++] = row->at.day;
	v[n++] = row->at.policy_version;
	v[n++] = row->health == HEALTH_UNKNOWN ? (double)NAN : row->health;
	v[n++] = row->tier == TIER_NONE ? (double)NAN : row->tier;
	v[n++] = row->coverage;
	for (int c = 0; c < COMP_COUNT; c++)
		v[n++] = row->points[c] == POINTS_MISSING ? (double)NAN : row->points[c];
	v[n++] = row->value == MONEY_NONE ? (double)NAN : (double)row->value;
	v[n++] = row->effort;
	v[n++] = row->score;
	st = sheet_row(s, v, e);
	if (s->format == FORMAT_JSON)
		json_end_object(&s->json);
	return st;
}

static enum status of_account(
	struct call *c, struct book *b, int32_t from, struct sheet *s, struct err *e)
{
	struct store *store = book_store(b);
	struct text key;
	struct arena a;
	uint32_t id;
	enum status st = book_find(b, text_of(c->arg[0]), &id, e), ended;

	if (st != ST_OK)
		return st;
	arena_init(&a);
	st = store->ops->account_keys(store, &id, 1, &a, &key, e);
	if (st == ST_OK && s->format == FORMAT_JSON) {
		json_pair(&s->json, "id", key);
		json_key(&s->json, "points");
	}
	arena_clear(&a);
	if (st != ST_OK)
		return st;
	sheet_begin(s, account_columns, COUNT(account_columns));
	st = store->ops->snapshot_history(store, id, from, book_as_of(b), take_day, s, e);
	ended = sheet_end(s, st == ST_OK ? e : &(struct err){ .text = "" });
	return st == ST_OK ? ended : st;
}

/* ---- the base ------------------------------------------------------------------- */

/* Missing before the first alert of the book. */
static int alert_values(const struct trend_alerts *a, double *v)
{
	int n = 0;

	v[n++] = a->open[SEV_CRITICAL];
	v[n++] = a->open[SEV_WARNING];
	v[n++] = a->open[SEV_INFO];
	v[n++] = a->open[SEV_OPPORTUNITY];
	v[n++] = a->opened;
	v[n++] = a->closed;
	v[n++] = a->resolved;
	for (int k = 0; k < n && !a->known; k++)
		v[k] = NAN;
	return n;
}

static enum status put_alerts(struct sheet *s, const struct trend *t, struct err *e)
{
	enum status st = ST_OK;

	sheet_begin(s, alert_columns, COUNT(alert_columns));
	for (uint32_t i = 0; st == ST_OK && i < t->points; i++) {
		double v[COLUMNS_MAX] = { t->point[i].at.day };

		alert_values(&t->alert[i], v + 1);
		st = sheet_row(s, v, e);
	}
	return st == ST_OK ? sheet_end(s, e) : st;
}

static enum status put_point(
	struct sheet *s, const struct trend *t, uint32_t i, struct err *e)
{
	const struct trend_point *p = &t->point[i];
	double v[COLUMNS_MAX];
	int n = 0;
	enum status st;

	v[n++] = p->at.day;
	v[n++] = p->at.policy_version;
	v[n++] = p->active;
	for (int b = BAND_HEALTHY; b >= BAND_UNKNOWN; b--)
		v[n++] = p->in_band[b];
	v[n++] = p->mean;
	for (int q = 0; q < 3; q++)
		v[n++] = p->quartile[q];
	for (int k = 1; k <= TIER_COUNT; k++)
		v[n++] = p->in_tier[k];
	v[n++] = p->in_tier[TIER_NONE];
	for (int k = 1; k <= 2; k++)
		v[n++] = trend_share(p->in_tier[k], p->active);
	alert_values(&t->alert[i], v + n);
	st = sheet_row(s, v, e);
	if (s->format == FORMAT_JSON)
		json_end_object(&s->json);
	return st;
}

static enum status put_month(struct sheet *s, const struct trend *t,
	const struct trend_month *m, struct err *e)
{
	const struct trend_cohort *c = &m->month;
	double tickets = 0;
	enum status st;

	for (int k = 0; k < TREND_CAUSES; k++)
		tickets += m->tickets[k];
	st = sheet_row(s,
		(double[]){ m->first, trend_nrr(c), trend_grr(c), trend_nrr(&m->year),
			trend_grr(&m->year), c->accounts, c->lost, (double)c->opening,
			(double)c->closing, (double)c->kept, tickets },
		e);
	if (st != ST_OK || s->format != FORMAT_JSON)
		return st;
	json_key(&s->json, "causes");
	json_array(&s->json);
	for (int k = 0; k < TREND_CAUSES && t->cause[k][0]; k++) {
		json_object(&s->json);
		json_pair(&s->json, "cause", text_of(t->cause[k]));
		json_key(&s->json, "tickets");
		json_int(&s->json, m->tickets[k]);
		json_end_object(&s->json);
	}
	json_end_array(&s->json);
	json_end_object(&s->json);
	return ST_OK;
}

/* Why the first rates are missing. */
static void say_survivors(const struct trend *t, int first)
{
	char why[OBSERVED_TEXT_MAX];

	if (first < t->months && t->month[first].year.survivors)
		printf("\nNRR and GRR: %s.\n",
			observed_text(&t->observed, t->month[first].first - 1, why));
}

/* CSV is one table: the days. */
static enum status put_base(struct sheet *s, const struct trend *t, struct err *e)
{
	const int first =
		t->revenue_first < t->tickets_first ? t->revenue_first : t->tickets_first;
	enum status st = ST_OK;

	if (s->format == FORMAT_JSON)
		json_key(&s->json, "points");
	sheet_begin(s, base_columns,
		COUNT(base_columns) -
			(s->format == FORMAT_TEXT ? COUNT(alert_columns) - 1 : 0));
	for (uint32_t i = 0; st == ST_OK && i < t->points; i++)
		st = put_point(s, t, i, e);
	if (st == ST_OK)
		st = sheet_end(s, e);
	if (st != ST_OK || s->format == FORMAT_CSV)
		return st;
	if (s->format == FORMAT_JSON) {
		json_key(&s->json, "months");
	} else {
		printf("\n");
		st = put_alerts(s, t, e);
		printf("\n");
	}
	sheet_begin(s, month_columns, COUNT(month_columns));
	for (int m = first; st == ST_OK && m < t->months; m++)
		st = put_month(s, t, &t->month[m], e);
	if (st == ST_OK)
		st = sheet_end(s, e);
	if (st == ST_OK && s->format == FORMAT_TEXT)
		say_survivors(t, first);
	return st;
}

static enum status of_base(struct book *b, int weeks, struct sheet *s, struct err *e)
{
	const struct trend_query q = { .weeks = weeks };
	struct book_trend *t = NULL;
	enum status st = book_trend_new(b, &q, &t, e);

	while (st == ST_OK && !book_trend_known(t)->done)
		st = book_trend_step(t, e);
	if (st == ST_OK && s->format == FORMAT_JSON) {
		json_key(&s->json, "caps");
		json_array(&s->json);
		for (int k = 0; k < TIER_COUNT - 1; k++) {
			json_object(&s->json);
			json_key(&s->json, "tier");
			json_int(&s->json, k + 1);
			json_key(&s->json, "pct");
			json_number(&s->json, book_policy(b)->cap_bp[k] / 100.0, 2);
			json_end_object(&s->json);
		}
		json_end_array(&s->json);
	}
	if (st == ST_OK)
		st = put_base(s, book_trend_known(t), e);
	book_trend_free(&t);
	return st;
}

/* ---- the verb ------------------------------------------------------------------- */

static enum status write_trend(
	struct call *c, struct book *b, int weeks, struct sheet *s, struct err *e)
{
	const int32_t today = book_as_of(b);
	const int32_t from = weeks ? today - WEEK * weeks + 1 : DAY_MIN;
	enum status st;

	if (s->format == FORMAT_JSON) {
		call_json(&s->json);
		json_object(&s->json);
		json_key(&s->json, "as_of");
		json_day(&s->json, today);
		json_key(&s->json, "weeks");
		json_int(&s->json, weeks);
	}
	st = c->args ? of_account(c, b, from, s, e) : of_base(b, weeks, s, e);
	if (s->format != FORMAT_JSON || st != ST_OK)
		return st;
	json_end_object(&s->json);
	return call_json_end(&s->json, st, e);
}

enum status verb_trend(struct call *c, struct err *e)
{
	struct sheet *s = calloc(1, sizeof(*s));
	struct book *b = NULL;
	uint64_t weeks;
	enum status st = call_number(c, OPT_WEEKS, WEEKS, WEEKS_MAX, &weeks, e);

	if (!s)
		st = err_set(e, ST_NOMEM, "not enough memory");
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK) {
		s->format = c->format;
		s->currency = book_policy(b)->currency;
		st = write_trend(c, b, (int)weeks, s, e);
	}
	book_free(&b);
	free(s);
	return st;
}
