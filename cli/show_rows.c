#include "cli/show_rows.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/rows.h"
#include "core/convert.h"

#define SHOWN_ROWS 5u /* of each kind */
#define CELL_MAX 256

bool show_is_child(const struct account_view *v, int kind)
{
	return v->rows[kind].cells && kind != REC_ALERT && kind != REC_TASK &&
	       kind != REC_STEP && kind != REC_MESSAGE;
}

const char *show_key(const struct field *f, char out[SHOW_KEY_MAX])
{
	if (f->type == FT_ACCOUNT || (f->flags & FIELD_APART))
		return NULL;
	snprintf(out, SHOW_KEY_MAX, "%s%s", f->name, f->type == FT_MONEY ? "_cents" : "");
	return out;
}

static char *cell_text(const struct cell *c, enum field_type type, char out[CELL_MAX])
{
	char text[NUMBER_TEXT_MAX];

	if (c->type == CELL_MISSING)
		snprintf(out, CELL_MAX, "--");
	else if (c->type == CELL_TEXT)
		snprintf(
			out, CELL_MAX, "%.*s", convert_shown(c->t, CELL_MAX - 1), c->t.s);
	else if (c->type == CELL_NUMBER)
		snprintf(out, CELL_MAX, "%s", number_format(c->n, 4, text));
	else if (type == FT_DAY)
		snprintf(out, CELL_MAX, "%s", day_format((int32_t)c->i, text));
	else if (type == FT_MONEY)
		snprintf(out, CELL_MAX, "%s", money_format(c->i, text));
	else if (type == FT_BOOL)
		snprintf(out, CELL_MAX, "%s", c->i ? "yes" : "no");
	else
		snprintf(out, CELL_MAX, "%" PRId64, c->i);
	return out;
}

/* The fields that one of the rows has; "account_id" of all of them is known. */
static int choose_fields(
	const struct record *r, const struct cell *rows, uint32_t n, int *field)
{
	int fields = 0;

	for (int f = 0; f < r->count && fields < TABLE_COLUMNS_MAX; f++) {
		bool any = false;

		for (uint32_t i = 0; i < n; i++)
			any |= rows[(size_t)i * (size_t)r->count + (size_t)f].type !=
			       CELL_MISSING;
		if (any && r->fields[f].type != FT_ACCOUNT)
			field[fields++] = f;
	}
	return fields;
}

static enum status print_rows(
	const struct record *r, const struct cell *rows, uint32_t n, struct err *e)
{
	int field[TABLE_COLUMNS_MAX];
	const int fields = choose_fields(r, rows, n, field);
	char title[TABLE_COLUMNS_MAX][32], text[TABLE_COLUMNS_MAX][CELL_MAX];
	const char *titles[TABLE_COLUMNS_MAX] = { NULL }, *cells[TABLE_COLUMNS_MAX];
	enum status st = ST_OK, ended;
	struct table t;

	if (fields == 0)
		return ST_OK;
	for (int k = 0; k < fields; k++) {
		const struct field *f = &r->fields[field[k]];
		const bool right = f->type == FT_NUMBER || f->type == FT_MONEY;

		snprintf(title[k], sizeof(title[k]), "%s%s", right ? "+" : "", f->name);
		for (char *at = title[k]; *at; at++)
			*at = *at == '_' ? ' ' : *at;
		titles[k] = title[k];
	}
	rows_table(&t, fields, titles);
	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		for (int k = 0; k < fields; k++)
			cells[k] = cell_text(
				&rows[(size_t)i * (size_t)r->count + (size_t)field[k]],
				r->fields[field[k]].type, text[k]);
		st = table_row(&t, cells, e);
	}
	ended = table_finish(&t, st == ST_OK ? e : NULL);
	return st == ST_OK ? ended : st;
}

enum status show_children(const struct account_view *v, struct err *e)
{
	enum status st = ST_OK;

	for (int k = 0; st == ST_OK && k < REC_COUNT; k++) {
		const struct record *r = record_of((enum record_kind)k);
		const uint32_t n = v->rows[k].n;

		if (!show_is_child(v, k) || n == 0)
			continue;
		printf("\n%s: %u%s\n", r->name, n, n > SHOWN_ROWS ? ", the newest" : "");
		st = print_rows(r, v->rows[k].cells, n < SHOWN_ROWS ? n : SHOWN_ROWS, e);
	}
	return st;
}
