#include "tui/grid.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/draw.h"
#include "tui/words.h"

enum {
	LIST_SPARK = GRID_SPARK,
	GUTTER = 2,
	RANK_MOST = 100,
	NAME_MOST = 60,
	OWNER_MOST = 30
};

static const struct {
	int field; /* enum list_field or GRID_SPARK */
	int min, ideal, rank, wider;
} columns[] = {
#define COLUMN(field, min, ideal, rank, wider) { LIST_##field, min, ideal, rank, wider },
#include "tui/columns.def"
};

enum { COLUMNS = sizeof(columns) / sizeof(*columns) };

/* Up to so many columns of what is left. */
static void widen(int *width, int most, int *left)
{
	int more = most - *width < *left ? most - *width : *left;

	if (more <= 0)
		return;
	*width += more;
	*left -= more;
}

/* Widths of the columns by the rank of their wishes; 0: left out. */
static void share_out(int width[COLUMNS], int left)
{
	bool full = false;

	for (int rank = RANK_MOST; rank > 0; rank--) {
		for (int i = 0; i < COLUMNS; i++) {
			if (columns[i].rank == rank) {
				full |= columns[i].min + 1 > left;
				width[i] = full ? 0 : columns[i].min;
				left -= full ? 0 : columns[i].min + 1;
			} else if (columns[i].wider == rank && width[i] > 0) {
				widen(&width[i], columns[i].ideal, &left);
			}
		}
	}
	for (int i = 0; i < COLUMNS; i++)
		if (columns[i].field == LIST_NAME && width[i] > 0)
			widen(&width[i], NAME_MOST, &left);
	for (int i = 0; i < COLUMNS; i++)
		if (columns[i].field == LIST_CSM && width[i] > 0)
			widen(&width[i], OWNER_MOST, &left);
}

void grid_layout(struct grid *t, int width)
{
	int widths[COLUMNS] = { 0 }, at = GUTTER;

	share_out(widths, width - GUTTER);
	t->n = 0;
	for (int i = 0; i < COLUMNS; i++) {
		if (widths[i] == 0)
			continue;
		t->column[t->n++] =
			(struct grid_column){ (enum list_field)columns[i].field, at,
				widths[i] };
		at += widths[i] + 1;
	}
}

int grid_find(const struct grid *t, enum list_field field)
{
	for (int i = 0; i < t->n; i++)
		if (t->column[i].field == field)
			return i;
	return -1;
}

static bool right_aligned(enum list_field field)
{
	return field != GRID_SPARK && list_field_def(field)->type != LT_TEXT &&
	       field != LIST_TIER;
}

void grid_header(const struct grid *t, struct app *a, struct rect r, int here)
{
	struct canvas *c = &a->canvas;

	for (int i = 0; i < t->n; i++) {
		const struct grid_column *col = &t->column[i];
		enum role role = i == here ? ROLE_HEADER_HERE : ROLE_HEADER;
		struct rect place = { r.row, r.column + col->at, 1, col->width };
		bool descending,
			sorted = view_sorted_by(&a->view, col->field, &descending);
		char title[64], weeks[16];

		snprintf(weeks, sizeof(weeks), "%d weeks", col->width);
		snprintf(title, sizeof(title), "%s%s",
			col->field == GRID_SPARK ? weeks
						 : list_field_def(col->field)->title,
			!sorted      ? ""
			: descending ? canvas_glyph_text(c, GLYPH_DESCENDING)
				     : canvas_glyph_text(c, GLYPH_ASCENDING));
		canvas_blank(c, place, role);
		if (right_aligned(col->field))
			canvas_put_right(c, place.row, place.column, place.columns, role,
				text_of(title));
		else
			canvas_put(c, place.row, place.column, place.columns, role,
				text_of(title));
	}
}

/* Blanks between what belongs together get its colour too, which spares the terminal
 * two changes of it. */
static void one_colour(struct canvas *c, struct rect p, int n, enum role role)
{
	canvas_role(c, (struct rect){ p.row, p.column + p.columns - n, 1, n }, role);
}

static void paint_health(struct app *a, struct rect p, const struct list_row *row)
{
	enum health_band band = row->health == HEALTH_NONE
					? BAND_UNKNOWN
					: health_band(book_policy(a->book), row->health);
	char number[8] = "--";

	if (row->health != HEALTH_NONE && row->health != HEALTH_UNKNOWN)
		snprintf(number, sizeof(number), "%d", row->health);
	canvas_glyph(&a->canvas, p.row, p.column + p.columns - 5, words_band_role(band),
		words_band_glyph(band));
	canvas_put_right(&a->canvas, p.row, p.column, p.columns, words_band_role(band),
		text_of(number));
	one_colour(&a->canvas, p, 5, words_band_role(band));
}

static void paint_change(struct app *a, struct rect p, const struct list_row *row)
{
	struct canvas *c = &a->canvas;
	enum role role = row->change > 0 ? ROLE_GOOD : ROLE_BAD;
	char number[16];

	if (row->change == CHANGE_NONE || row->change == 0) {
		canvas_put_right(c, p.row, p.column, p.columns, ROLE_QUIET,
			text_of(row->change == 0 ? "0" : "--"));
		return;
	}
	canvas_glyph(c, p.row, p.column + p.columns - 4, role,
		row->change > 0 ? GLYPH_UP : GLYPH_DOWN);
	snprintf(number, sizeof(number), "%d", abs(row->change));
	canvas_put_right(c, p.row, p.column, p.columns, role, text_of(number));
	one_colour(c, p, 4, role);
}

static void paint_tier(struct app *a, struct rect p, const struct list_row *row)
{
	if (row->tier == TIER_NONE)
		canvas_put(
			&a->canvas, p.row, p.column, p.columns, ROLE_UNKNOWN, TEXT("--"));
	else
		canvas_print(&a->canvas, p.row, p.column, p.columns,
			words_tier_role(row->tier), "T%d", row->tier);
	if (row->locked)
		canvas_glyph(
			&a->canvas, p.row, p.column + p.columns, ROLE_MARK, GLYPH_LOCK);
}

static void paint_renewal(struct app *a, struct rect p, const struct list_row *row)
{
	char text[WORDS_MAX];
	int32_t as_of = book_as_of(a->book);
	enum role role = row->renewal == DAY_NONE || row->renewal > as_of + 90 ? ROLE_TEXT
			 : row->renewal > as_of + 30 ? ROLE_WATCH
						     : ROLE_BAD;

	canvas_put_right(&a->canvas, p.row, p.column, p.columns,
		row->renewal == DAY_NONE ? ROLE_QUIET : role,
		text_of(words_ahead(row->renewal, as_of, text)));
}

/* Scores with one decimal each, so that the points stand below each other. */
static void field_text(struct app *a, const struct list_row *row, enum list_field field,
	char *out, size_t size)
{
	char number[NUMBER_TEXT_MAX];

	if (field == LIST_SCORE || field == LIST_EFFORT || field == LIST_VALUE_PCT)
		snprintf(out, size, "%s",
			words_number(field == LIST_SCORE    ? row->score
				     : field == LIST_EFFORT ? row->effort
							    : row->value_pct,
				1, number));
	else
		list_row_text(a->book, row, field, out, size);
}

static void paint_field(
	struct app *a, struct rect p, const struct list_row *row, enum list_field field)
{
	char text[512];

	field_text(a, row, field, text, sizeof(text));
	if (right_aligned(field))
		canvas_put_right(
			&a->canvas, p.row, p.column, p.columns, ROLE_TEXT, text_of(text));
	else
		canvas_put(&a->canvas, p.row, p.column, p.columns,
			field == LIST_NAME ? ROLE_TEXT : ROLE_QUIET, text_of(text));
}

void grid_row(const struct grid *t, struct app *a, struct rect r,
	const struct list_row *row, const uint8_t *spark)
{
	struct canvas *c = &a->canvas;

	if (row->account == a->focus)
		canvas_glyph(c, r.row, r.column, ROLE_KEY, GLYPH_HERE);
	if (marks_has(&a->marks, row->account))
		canvas_glyph(c, r.row, r.column + 1, ROLE_MARK, GLYPH_MARK);
	for (int i = 0; i < t->n; i++) {
		const struct grid_column *col = &t->column[i];
		struct rect p = { r.row, r.column + col->at, 1, col->width };

		switch ((int)col->field) {
		case LIST_TIER:
			paint_tier(a, p, row);
			break;
		case LIST_HEALTH:
			paint_health(a, p, row);
			break;
		case LIST_CHANGE:
			paint_change(a, p, row);
			break;
		case LIST_RENEWAL:
			paint_renewal(a, p, row);
			break;
		case GRID_SPARK:
			draw_spark(c, p.row, p.column, ROLE_SPARK,
				spark + WINDOW_SPARK - p.columns, p.columns);
			break;
		default:
			paint_field(a, p, row, col->field);
		}
	}
}
