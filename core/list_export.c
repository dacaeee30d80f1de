#include "core/list_export.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "core/list_html.h"

#define BATCH 500u

/* The key of a field in JSON and CSV. */
static const char *key_of(enum list_field f)
{
	const struct list_field_def *d = list_field_def(f);

	return d->json ? d->json : d->name;
}

const char *list_title(enum list_field f)
{
	return f == LIST_TIER ? "Tier" : list_field_def(f)->title;
}

struct text list_text(const struct list_row *r, enum list_field f)
{
	switch (f) {
	case LIST_ID:
		return r->id;
	case LIST_NAME:
		return r->name;
	case LIST_CSM:
		return r->csm;
	case LIST_TEAM:
		return r->team;
	case LIST_SEGMENT:
		return r->segment;
	case LIST_REGION:
		return r->region;
	case LIST_LANGUAGE:
		return r->language;
	case LIST_STATUS:
		return r->status;
	case LIST_INDUSTRY:
		return r->industry;
	case LIST_PARENT:
		return r->parent;
	case LIST_TAGS:
		return r->tags;
	case LIST_QUADRANT:
		return r->quadrant == QUAD_NONE ? (struct text){ NULL, 0 }
						: text_of(quadrant_name[r->quadrant]);
	default:
		return (struct text){ NULL, 0 };
	}
}

/* NaN: missing. Amounts and days are whole numbers and not asked for here. */
static double number_of_field(const struct list_row *r, enum list_field f)
{
	switch (f) {
	case LIST_TIER:
		return r->tier == TIER_NONE ? NAN : (double)r->tier;
	case LIST_HEALTH:
		return r->health == HEALTH_NONE || r->health == HEALTH_UNKNOWN
			       ? NAN
			       : (double)r->health;
	case LIST_CHANGE:
		return r->change == CHANGE_NONE ? NAN : (double)r->change;
	case LIST_COVERAGE:
		return r->coverage;
	case LIST_VALUE_PCT:
		return r->value_pct;
	case LIST_EFFORT:
		return r->effort;
	case LIST_SCORE:
		return r->score;
	default:
		return NAN;
	}
}

static int64_t money_of_field(const struct list_row *r, enum list_field f)
{
	return f == LIST_ARR ? r->arr : r->value;
}

static int32_t day_of_field(const struct list_row *r, enum list_field f)
{
	return f == LIST_RENEWAL       ? r->renewal
	       : f == LIST_STARTED     ? r->started
	       : f == LIST_FIRST_VALUE ? r->first_value
				       : r->since;
}

void list_json_field(struct json *j, const struct list_row *r, enum list_field f)
{
	json_key(j, key_of(f));
	switch (list_field_def(f)->type) {
	case LT_TEXT:
	case LT_QUADRANT:
		json_text(j, list_text(r, f));
		break;
	case LT_MONEY:
		json_money(j, money_of_field(r, f));
		break;
	case LT_DAY:
		json_day(j, day_of_field(r, f));
		break;
	case LT_COUNT:
	case LT_HEALTH:
	case LT_CHANGE:
		json_number(j, number_of_field(r, f), 0);
		break;
	case LT_SHARE:
	case LT_NUMBER:
		json_number(j, number_of_field(r, f), 4);
		break;
	}
}

static void csv_field(struct csv_writer *w, const struct list_row *r, enum list_field f)
{
	char text[NUMBER_TEXT_MAX];
	int64_t cents;
	double v;

	switch (list_field_def(f)->type) {
	case LT_TEXT:
	case LT_QUADRANT:
		csv_text(w, list_text(r, f));
		break;
	case LT_DAY:
		csv_plain(w, day_format(day_of_field(r, f), text));
		break;
	case LT_MONEY:
		cents = money_of_field(r, f);
		v = cents == MONEY_NONE ? NAN : (double)cents;
		csv_plain(w, number_format(v, 4, text));
		break;
	default:
		csv_plain(w, number_format(number_of_field(r, f), 4, text));
	}
}

static void sheet_field(struct csv_writer *w, const struct list_row *r, enum list_field f)
{
	const bool money = list_field_def(f)->type == LT_MONEY;
	const int64_t cents = money ? money_of_field(r, f) : MONEY_NONE;
	char text[MONEY_TEXT_MAX];

	if (money)
		csv_plain(w, cents == MONEY_NONE ? "" : money_format(cents, text));
	else
		csv_field(w, r, f);
}

enum status list_each_row(struct book *b, const uint32_t *ids, uint32_t n, list_row_fn fn,
	void *arg, struct err *e)
{
	struct list_row *rows = malloc(BATCH * sizeof(*rows));
	enum status st =
		rows ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for the list");

	for (uint32_t at = 0; st == ST_OK && at < n; at += BATCH) {
		const uint32_t k = n - at < BATCH ? n - at : BATCH;
		struct arena a;

		arena_init(&a);
		st = book_rows(b, ids + at, k, &a, rows, e);
		for (uint32_t i = 0; st == ST_OK && i < k; i++)
			st = fn(arg, &rows[i], e);
		arena_clear(&a);
		if (n - at <= BATCH)
			break;
	}
	free(rows);
	return st;
}

/* One of the writers, and what it writes. */
struct exporting {
	const struct list_export *x;
	union {
		struct json json;
		struct csv_writer csv;
		struct list_html html;
	} to;
};

static enum status on_json(void *arg, const struct list_row *r, struct err *e)
{
	struct exporting *w = arg;

	(void)e;
	json_object(&w->to.json);
	for (int k = 0; k < w->x->fields; k++)
		list_json_field(&w->to.json, r, w->x->field[k]);
	json_end_object(&w->to.json);
	return ST_OK;
}

static enum status on_csv(void *arg, const struct list_row *r, struct err *e)
{
	struct exporting *w = arg;

	(void)e;
	for (int k = 0; k < w->x->fields; k++)
		csv_field(&w->to.csv, r, w->x->field[k]);
	csv_end_row(&w->to.csv);
	return ST_OK;
}

static enum status on_sheet(void *arg, const struct list_row *r, struct err *e)
{
	struct exporting *w = arg;

	(void)e;
	for (int k = 0; k < w->x->fields; k++)
		sheet_field(&w->to.csv, r, w->x->field[k]);
	csv_end_row(&w->to.csv);
	return ST_OK;
}

static enum status on_html(void *arg, const struct list_row *r, struct err *e)
{
	struct exporting *w = arg;

	(void)e;
	list_html_row(&w->to.html, r);
	return ST_OK;
}

static enum status each(struct exporting *w, list_row_fn fn, struct err *e)
{
	return list_each_row(w->x->book, w->x->ids, w->x->n, fn, w, e);
}

static enum status as_json(struct exporting *w, out_sink sink, void *arg, struct err *e)
{
	enum status st, ended;

	json_init(&w->to.json, sink, arg);
	json_array(&w->to.json);
	st = each(w, on_json, e);
	json_end_array(&w->to.json);
	ended = json_finish(&w->to.json, st == ST_OK ? e : NULL);
	return st == ST_OK ? ended : st;
}

static enum status as_csv(
	struct exporting *w, bool sheet, out_sink sink, void *arg, struct err *e)
{
	enum status st, ended;

	csv_writer_init(&w->to.csv, sink, arg, false);
	for (int k = 0; k < w->x->fields; k++)
		csv_plain(&w->to.csv, (sheet ? list_title : key_of)(w->x->field[k]));
	csv_end_row(&w->to.csv);
	st = each(w, sheet ? on_sheet : on_csv, e);
	ended = csv_finish(&w->to.csv, st == ST_OK ? e : NULL);
	return st == ST_OK ? ended : st;
}

static enum status as_html(struct exporting *w, out_sink sink, void *arg, struct err *e)
{
	char head[HISTORY_HEAD_MAX];
	enum status st, ended;

	list_html_init(&w->to.html, w->x, sink, arg);
	st = history_head(book_store(w->x->book), head, e);
	if (st == ST_OK)
		st = each(w, on_html, e);
	ended = list_html_finish(&w->to.html, head, st == ST_OK ? e : NULL);
	return st == ST_OK ? ended : st;
}

enum status list_export(const struct list_export *x, enum list_format format,
	out_sink sink, void *arg, struct err *e)
{
	struct exporting *w = malloc(sizeof(*w));
	enum status st = ST_OK;

	if (!w)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	w->x = x;
	switch (format) {
	case LIST_CSV:
	case LIST_SHEET:
		st = as_csv(w, format == LIST_SHEET, sink, arg, e);
		break;
	case LIST_JSON:
		st = as_json(w, sink, arg, e);
		break;
	case LIST_HTML:
		st = as_html(w, sink, arg, e);
		break;
	}
	free(w);
	return st;
}
