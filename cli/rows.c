#include "cli/rows.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char form_of[] = {
	[FORMAT_TEXT] = 'T', [FORMAT_JSON] = 'J', [FORMAT_CSV] = 'C'
};

static bool has(const struct rows *r, int column)
{
	return strchr(r->column[column].forms, form_of[r->format]) != NULL;
}

void rows_table(struct table *t, int columns, const char *const *titles)
{
	table_init(t, columns, titles, call_room, call_sink, stdout);
}

enum status rows_end_table(struct table *t, const struct call *c, struct err *e)
{
	const enum status st = table_finish(t, e);
	char titles[256];

	if (st == ST_OK && *table_left_out(t, titles, sizeof(titles)))
		call_note(c, "no room on this terminal for: %s", titles);
	return st;
}

static void begin_table(struct rows *r)
{
	int n = 0;

	for (int i = 0; r->column[i].forms; i++)
		if (has(r, i))
			r->title[n++] = r->column[i].title;
	rows_table(&r->table, n, r->title);
}

static void begin_csv(struct rows *r)
{
	csv_writer_init(&r->csv, call_sink, stdout, false);
	for (int i = 0; r->column[i].forms; i++)
		if (has(r, i))
			csv_plain(&r->csv, r->column[i].key);
	csv_end_row(&r->csv);
}

enum status rows_begin(struct rows **out, const struct call *c,
	const struct rows_column *columns, struct err *e)
{
	struct rows *r = malloc(sizeof(*r));

	*out = r;
	if (!r)
		return err_set(e, ST_NOMEM, "not enough memory");
	r->call = c;
	r->format = c->format;
	r->column = columns;
	r->n = 0;
	if (r->format == FORMAT_TEXT) {
		begin_table(r);
	} else if (r->format == FORMAT_CSV) {
		begin_csv(r);
	} else {
		json_init(&r->json, call_sink, stdout);
		json_array(&r->json);
	}
	return ST_OK;
}

enum status rows_end(struct rows **r, enum status st, struct err *e)
{
	struct rows *x = *r;

	if (!x)
		return st;
	if (st != ST_OK) {
		if (x->format == FORMAT_TEXT)
			arena_clear(&x->table.arena);
	} else if (x->format == FORMAT_TEXT && x->n == 0) {
		arena_clear(&x->table.arena); /* a head alone says nothing */
	} else if (x->format == FORMAT_TEXT) {
		st = rows_end_table(&x->table, x->call, e);
	} else if (x->format == FORMAT_CSV) {
		st = csv_finish(&x->csv, e);
	} else {
		json_end_array(&x->json);
		st = json_finish(&x->json, e);
	}
	free(x);
	*r = NULL;
	return st;
}

void rows_row(struct rows *r)
{
	r->at = 0;
	r->cells = 0;
	r->n++;
	if (r->format == FORMAT_JSON)
		json_object(&r->json);
}

enum status rows_end_row(struct rows *r, struct err *e)
{
	const char *cells[TABLE_COLUMNS_MAX];

	if (r->format == FORMAT_JSON)
		json_end_object(&r->json);
	else if (r->format == FORMAT_CSV)
		csv_end_row(&r->csv);
	if (r->format != FORMAT_TEXT)
		return ST_OK;
	for (int i = 0; i < r->cells; i++)
		cells[i] = r->cell[i];
	return table_row(&r->table, cells, e);
}

/* The next column; false: this form does not have it. In JSON its key is written. */
static bool next(struct rows *r)
{
	const int i = r->at++;

	if (!has(r, i))
		return false;
	if (r->format == FORMAT_JSON)
		json_key(&r->json, r->column[i].key);
	return true;
}

static void put_cell(struct rows *r, const char *text)
{
	snprintf(r->cell[r->cells++], ROWS_CELL_MAX, "%s", text);
}

/* A value that reads the same in a table and in CSV. */
static void put_plain(struct rows *r, const char *text)
{
	if (r->format == FORMAT_CSV)
		csv_plain(&r->csv, text);
	else
		put_cell(r, *text ? text : "--");
}

void rows_text(struct rows *r, struct text t)
{
	if (!next(r))
		return;
	if (r->format == FORMAT_JSON)
		json_text(&r->json, t);
	else if (r->format == FORMAT_CSV)
		csv_text(&r->csv, t.s ? t : TEXT(""));
	else
		snprintf(r->cell[r->cells++], ROWS_CELL_MAX, "%.*s",
			t.s ? (int)(t.n < ROWS_CELL_MAX ? t.n : ROWS_CELL_MAX) : 2,
			t.s ? t.s : "--");
}

static void put_int(struct rows *r, int64_t v, bool missing)
{
	char text[24];

	if (!next(r))
		return;
	snprintf(text, sizeof(text), "%" PRId64, v);
	if (r->format != FORMAT_JSON)
		put_plain(r, missing ? "" : text);
	else if (missing)
		json_null(&r->json);
	else
		json_int(&r->json, v);
}

void rows_int(struct rows *r, int64_t v)
{
	put_int(r, v, false);
}

void rows_count(struct rows *r, int64_t v)
{
	put_int(r, v, v == 0);
}

void rows_number(struct rows *r, double v, int decimals)
{
	char text[NUMBER_TEXT_MAX];

	if (!next(r))
		return;
	if (r->format == FORMAT_JSON)
		json_number(&r->json, v, decimals);
	else
		put_plain(r, number_format(v, decimals, text));
}

void rows_day(struct rows *r, int32_t day)
{
	char text[DAY_TEXT_MAX];

	if (!next(r))
		return;
	if (r->format == FORMAT_JSON)
		json_day(&r->json, day);
	else
		put_plain(r, day_format(day, text));
}

void rows_bool(struct rows *r, int v)
{
	if (!next(r))
		return;
	if (r->format != FORMAT_JSON)
		put_plain(r, v < 0 ? "" : v ? "yes" : "no");
	else if (v < 0)
		json_null(&r->json);
	else
		json_bool(&r->json, v);
}

void rows_cents(struct rows *r, int64_t cents, const char *shown)
{
	if (r->format != FORMAT_TEXT)
		put_int(r, cents, cents == MONEY_NONE);
	else if (next(r))
		put_cell(r, shown);
}

struct json *rows_json(struct rows *r)
{
	return next(r) ? &r->json : NULL;
}

void rows_nothing(const struct call *c, const char *what)
{
	const char *where = c->option[OPT_WHERE];
	const enum list_field f = filter_field_meant(text_of(where));

	if (!where)
		call_note(c, "%s", what);
	else if (f == LIST_FIELDS)
		call_note(c, "nothing matches --where '%s'", where);
	else
		call_note(c,
			"nothing matches --where '%s'; the field %s is written "
			"%s:%s",
			where, list_field_def(f)->name, list_field_def(f)->name,
			filter_example(f));
}
