/* list: the Book screen as rows. */
#include "cli/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/rows.h"
#include "cli/table.h"
#include "core/csv.h"
#include "core/json.h"

#define BATCH 500u

struct listing {
	struct call *c;
	struct book *b;
	enum list_field field[LIST_FIELDS];
	int fields;
};

/* "id,arr": each a field, at most as many as there are. */
static enum status take_columns(struct listing *l, struct text given, struct err *e)
{
	enum status st = ST_OK;
	bool more = true;

	while (st == ST_OK && more) {
		const char *comma = memchr(given.s, ',', given.n);
		const size_t n = comma ? (size_t)(comma - given.s) : given.n;

		more = comma != NULL;
		if (l->fields == LIST_FIELDS)
			return err_set(
				e, ST_USAGE, "--columns: at most %d fields", LIST_FIELDS);
		st = list_field_parse(
			(struct text){ given.s, n }, &l->field[l->fields++], e);
		given = (struct text){ given.s + n + more, given.n - n - more };
	}
	if (st != ST_OK)
		(void)err_prefix(e, "--columns");
	return st;
}

static enum status choose_columns(struct listing *l, struct err *e)
{
	static const enum list_field usual[] = { LIST_TIER, LIST_NAME, LIST_CSM, LIST_ARR,
		LIST_HEALTH, LIST_CHANGE, LIST_VALUE_PCT, LIST_EFFORT, LIST_SCORE,
		LIST_RENEWAL, LIST_ID };
	const char *given = l->c->option[OPT_COLUMNS];

	if (given)
		return take_columns(l, text_of(given), e);
	for (int f = 0; f < LIST_FIELDS; f++)
		if (l->c->format != FORMAT_TEXT &&
			list_field_def((enum list_field)f)->json)
			l->field[l->fields++] = (enum list_field)f;
	for (size_t i = 0;
		l->c->format == FORMAT_TEXT && i < sizeof(usual) / sizeof(*usual); i++)
		l->field[l->fields++] = usual[i];
	return ST_OK;
}

/* The key of a field in JSON and CSV. */
static const char *key_of(enum list_field f)
{
	const struct list_field_def *d = list_field_def(f);

	return d->json ? d->json : d->name;
}

/* The whole text of a field that is one; {NULL, 0}: missing. */
static struct text text_of_field(const struct list_row *r, enum list_field f)
{
	switch (f) {
	case LIST_ID:
		return r->id;
	case LIST_NAME:
		return r->name;
	case LIST_CSM:
		return r->csm;
	case LIST_SEGMENT:
		return r->segment;
	case LIST_REGION:
		return r->region;
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

void rows_json_field(struct json *j, const struct list_row *r, enum list_field f)
{
	const bool known = r->health != HEALTH_NONE && r->health != HEALTH_UNKNOWN;

	json_key(j, key_of(f));
	switch (f) {
	case LIST_ID:
	case LIST_NAME:
	case LIST_CSM:
	case LIST_SEGMENT:
	case LIST_REGION:
	case LIST_STATUS:
	case LIST_INDUSTRY:
	case LIST_PARENT:
	case LIST_TAGS:
	case LIST_QUADRANT:
		json_text(j, text_of_field(r, f));
		break;
	case LIST_TIER:
		json_number(j, r->tier == TIER_NONE ? NAN : (double)r->tier, 0);
		break;
	case LIST_HEALTH:
		json_number(j, known ? (double)r->health : NAN, 0);
		break;
	case LIST_CHANGE:
		json_number(j, r->change == CHANGE_NONE ? NAN : (double)r->change, 0);
		break;
	case LIST_ARR:
		json_money(j, r->arr);
		break;
	case LIST_VALUE:
		json_money(j, r->value);
		break;
	case LIST_COVERAGE:
		json_number(j, r->coverage, 4);
		break;
	case LIST_VALUE_PCT:
		json_number(j, r->value_pct, 4);
		break;
	case LIST_EFFORT:
		json_number(j, r->effort, 4);
		break;
	case LIST_SCORE:
		json_number(j, r->score, 4);
		break;
	case LIST_RENEWAL:
		json_day(j, r->renewal);
		break;
	case LIST_SINCE:
		json_day(j, r->since);
		break;
	case LIST_FIELDS:
		break;
	}
}

static void csv_field(struct csv_writer *w, const struct list_row *r, enum list_field f)
{
	char text[NUMBER_TEXT_MAX];
	double v = NAN;

	switch (list_field_def(f)->type) {
	case LT_TEXT:
	case LT_QUADRANT:
		csv_text(w, text_of_field(r, f));
		return;
	case LT_DAY:
		csv_plain(w, day_format(f == LIST_RENEWAL ? r->renewal : r->since, text));
		return;
	case LT_MONEY:
		v = (double)(f == LIST_ARR ? r->arr : r->value);
		v = v < -1e18 ? NAN : v;
		break;
	case LT_COUNT:
		v = r->tier ? (double)r->tier : NAN;
		break;
	case LT_HEALTH:
		v = r->health == HEALTH_NONE || r->health == HEALTH_UNKNOWN
			    ? NAN
			    : (double)r->health;
		break;
	case LT_CHANGE:
		v = r->change == CHANGE_NONE ? NAN : (double)r->change;
		break;
	case LT_SHARE:
	case LT_NUMBER:
		v = f == LIST_COVERAGE    ? r->coverage
		    : f == LIST_VALUE_PCT ? r->value_pct
		    : f == LIST_EFFORT    ? r->effort
					  : r->score;
		break;
	}
	csv_plain(w, number_format(v, 4, text));
}

/* Calls fn for every row of the list up to n, fetched in batches. */
typedef enum status (*row_writer)(
	struct listing *l, void *writer, const struct list_row *r, struct err *e);

static enum status each_row(struct listing *l, const struct list *list, uint64_t n,
	row_writer write, void *writer, struct err *e)
{
	struct list_row *rows = malloc(BATCH * sizeof(*rows));
	enum status st =
		rows ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for the list");

	for (uint64_t at = 0; st == ST_OK && at < n; at += BATCH) {
		const uint32_t k = n - at < BATCH ? (uint32_t)(n - at) : BATCH;
		struct arena a;

		arena_init(&a);
		st = book_rows(l->b, list->id + at, k, &a, rows, e);
		for (uint32_t i = 0; st == ST_OK && i < k; i++)
			st = write(l, writer, &rows[i], e);
		arena_clear(&a);
	}
	free(rows);
	return st;
}

static enum status write_json(
	struct listing *l, void *writer, const struct list_row *r, struct err *e)
{
	struct json *j = writer;

	(void)e;
	json_object(j);
	for (int k = 0; k < l->fields; k++)
		rows_json_field(j, r, l->field[k]);
	json_end_object(j);
	return ST_OK;
}

static enum status write_csv(
	struct listing *l, void *writer, const struct list_row *r, struct err *e)
{
	(void)e;
	for (int k = 0; k < l->fields; k++)
		csv_field(writer, r, l->field[k]);
	csv_end_row(writer);
	return ST_OK;
}

static enum status write_text(
	struct listing *l, void *writer, const struct list_row *r, struct err *e)
{
	char text[LIST_FIELDS][256];
	const char *cells[LIST_FIELDS];

	for (int k = 0; k < l->fields; k++) {
		list_row_text(l->b, r, l->field[k], text[k], sizeof(text[k]));
		cells[k] = text[k];
	}
	return table_row(writer, cells, e);
}

static enum status as_json(
	struct listing *l, const struct list *list, uint64_t n, struct err *e)
{
	struct json *j = malloc(sizeof(*j));
	enum status st, ended;

	if (!j)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	json_init(j, call_sink, stdout);
	json_array(j);
	st = each_row(l, list, n, write_json, j, e);
	json_end_array(j);
	ended = json_finish(j, st == ST_OK ? e : NULL);
	free(j);
	return st == ST_OK ? ended : st;
}

static enum status as_csv(
	struct listing *l, const struct list *list, uint64_t n, struct err *e)
{
	struct csv_writer *w = malloc(sizeof(*w));
	enum status st, ended;

	if (!w)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	csv_writer_init(w, call_sink, stdout, false);
	for (int k = 0; k < l->fields; k++)
		csv_plain(w, key_of(l->field[k]));
	csv_end_row(w);
	st = each_row(l, list, n, write_csv, w, e);
	ended = csv_finish(w, st == ST_OK ? e : NULL);
	free(w);
	return st == ST_OK ? ended : st;
}

static enum status as_text(
	struct listing *l, const struct list *list, uint64_t n, struct err *e)
{
	char titles[LIST_FIELDS][24];
	const char *title[LIST_FIELDS];
	struct table *t = malloc(sizeof(*t));
	enum status st, ended;

	if (!t)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	for (int k = 0; k < l->fields; k++) {
		const struct list_field_def *d = list_field_def(l->field[k]);
		const bool left =
			d->type == LT_TEXT || d->type == LT_QUADRANT || d->type == LT_DAY;

		snprintf(titles[k], sizeof(titles[k]), "%s%s", left ? "" : "+", d->title);
		title[k] = titles[k];
	}
	table_init(t, l->fields, title, call_sink, stdout);
	st = each_row(l, list, n, write_text, t, e);
	ended = table_finish(t, st == ST_OK ? e : NULL);
	free(t);
	return st == ST_OK ? ended : st;
}

static enum status write_list(
	struct listing *l, const struct list *list, uint64_t n, struct err *e)
{
	char day[DAY_TEXT_MAX];

	if (list->figures_day == DAY_NONE && list->n > 0)
		call_note(l->c, "no figures yet: run `tierdesk recalc`");
	else if (list->figures_day != DAY_NONE && list->figures_day != l->c->clock.today)
		call_note(l->c,
			"figures of %s, the newest recalculation on or before the day",
			day_format(list->figures_day, day));
	switch (l->c->format) {
	case FORMAT_JSON:
		return as_json(l, list, n, e);
	case FORMAT_CSV:
		return as_csv(l, list, n, e);
	case FORMAT_TEXT:
		break;
	}
	return as_text(l, list, n, e);
}

enum status verb_list(struct call *c, struct err *e)
{
	struct listing l = { .c = c };
	struct list_query q = { .where = text_of(c->option[OPT_WHERE]),
		.all = c->option[OPT_ALL] != NULL };
	struct list *list = NULL;
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, UINT32_MAX, UINT32_MAX, &limit, e);

	if (st == ST_OK)
		st = choose_columns(&l, e);
	if (st == ST_OK && c->option[OPT_SORT])
		st = list_sort_parse(text_of(c->option[OPT_SORT]), &q.sort, e);
	if (st == ST_OK)
		st = call_book(c, false, &l.b, e);
	if (st == ST_OK)
		st = book_list(l.b, &q, &list, NULL, e);
	if (st == ST_OK)
		st = write_list(&l, list, list->n < limit ? list->n : limit, e);
	list_free(&list);
	book_free(&l.b);
	return st;
}
