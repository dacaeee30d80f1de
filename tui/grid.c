#include "tui/grid.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/draw.h"
#include "tui/words.h"

enum {
	GUTTER = 2,
	USUAL_MOST = 100,
	NEEDED = 99,
	RANK_MOST = USUAL_MOST + COLUMNS,
	NAME_MOST = 60,
	OWNER_MOST = 30
};

/* The arrow of a column that sorts, and which key it is where there are several. */
static void sort_mark(const struct app *a, enum list_field field, char out[16])
{
	bool descending;
	int rank = view_sort_rank(&a->view, field, &descending);
	const char *arrow = canvas_glyph_text(
		&a->canvas, descending ? GLYPH_DESCENDING : GLYPH_ASCENDING);

	out[0] = '\0';
	if (rank && a->view.sort.n > 1)
		snprintf(out, 16, "%s%d", arrow, rank);
	else if (rank)
		snprintf(out, 16, "%s", arrow);
}

/* Up to so many columns of what is left. */
static void widen(int *width, int most, int *left)
{
	int more = most - *width < *left ? most - *width : *left;

	if (more <= 0)
		return;
	*width += more;
	*left -= more;
}

/* The name has its place whatever was chosen; what was chosen by hand comes before the
 * rest, and of that the first before the last. */
static int rank_of(const struct list_columns *c, uint32_t needed, int i)
{
	const struct list_column *x = &c->of[i];
	const int rank = column_def(x->field)->rank;

	return x->field == LIST_NAME                     ? RANK_MOST
	       : x->shown == COLUMN_WANTED               ? RANK_MOST - 1 - i
	       : x->shown == COLUMN_HIDDEN               ? 0
	       : needed >> x->field & 1 && rank < NEEDED ? NEEDED
							 : rank;
}

/* Of a column that sorts title and mark have room, unless its width is set. */
static int least_of(const struct app *a, const struct list_column *x)
{
	const int min = column_def(x->field)->min;
	char mark[16] = "";
	int title;

	if (x->width)
		return x->width;
	if (x->field >= LIST_FIELDS)
		return min;
	sort_mark(a, (enum list_field)x->field, mark);
	title = text_columns(text_of(list_field_def((enum list_field)x->field)->title)) +
		text_columns(text_of(mark));
	return mark[0] && title > min ? title : min;
}

/* Widths of the columns by the rank of their wishes; 0: left out. */
static void share_out(struct app *a, int left)
{
	const uint32_t needed = view_fields(&a->view, a->book);
	struct list_columns *c = &a->columns;
	bool full = false;

	for (int i = 0; i < COLUMNS; i++)
		c->of[i].now = 0;
	for (int rank = RANK_MOST; rank > 0; rank--) {
		if (rank == USUAL_MOST)
			full = false;
		for (int i = 0; i < COLUMNS; i++) {
			struct list_column *x = &c->of[i];
			const struct column_def *d = column_def(x->field);

			if (rank_of(c, needed, i) == rank) {
				int min = least_of(a, x);

				if (x->field == LIST_NAME && min + 1 > left)
					min = left - 1;
				full |= min + 1 > left;
				x->now = full ? 0 : min;
				left -= full ? 0 : min + 1;
			} else if (d->wider == rank && x->now > 0 && !x->width) {
				widen(&x->now, d->ideal, &left);
			}
		}
	}
	for (int i = 0; i < COLUMNS; i++)
		if (c->of[i].field == LIST_NAME && c->of[i].now > 0 && !c->of[i].width)
			widen(&c->of[i].now, NAME_MOST, &left);
	for (int i = 0; i < COLUMNS; i++)
		if (c->of[i].field == LIST_CSM && c->of[i].now > 0 && !c->of[i].width)
			widen(&c->of[i].now, OWNER_MOST, &left);
}

void grid_layout(struct grid *t, struct app *a, int width)
{
	int at = GUTTER;

	share_out(a, width - GUTTER);
	t->n = 0;
	for (int i = 0; i < COLUMNS; i++) {
		const struct list_column *x = &a->columns.of[i];

		if (x->now == 0)
			continue;
		t->column[t->n++] =
			(struct grid_column){ (enum list_field)x->field, at, x->now };
		at += x->now + 1;
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
	enum list_type type =
		(int)field >= LIST_FIELDS ? LT_TEXT : list_field_def(field)->type;

	return type != LT_TEXT && type != LT_QUADRANT && field != LIST_TIER;
}

/* Where title and mark do not fit together, the end of the title gives way. */
static void put_title(struct canvas *c, struct rect p, enum role role, struct text title,
	struct text mark, bool right)
{
	int marks = text_columns(mark), room = p.columns - marks, used;

	canvas_blank(c, p, role);
	while (title.n > 0 && text_columns(title) > room)
		title.n--;
	used = text_columns(title) + marks;
	if (right && used < p.columns)
		p.column += p.columns - used;
	p.column += canvas_put(c, p.row, p.column, p.columns, role, title);
	canvas_put(c, p.row, p.column, marks, role, mark);
}

void grid_header(const struct grid *t, struct app *a, struct rect r, int here)
{
	for (int i = 0; i < t->n; i++) {
		const struct grid_column *col = &t->column[i];
		struct rect place = { r.row, r.column + col->at, 1, col->width };
		char weeks[16], mark[16];

		snprintf(weeks, sizeof(weeks), "%d weeks", col->width);
		sort_mark(a, col->field, mark);
		put_title(&a->canvas, place, i == here ? ROLE_HEADER_HERE : ROLE_HEADER,
			text_of((int)col->field == GRID_SPARK ? weeks
				: (int)col->field == GRID_NEXT
					? column_title(GRID_NEXT)
					: list_field_def(col->field)->title),
			text_of(mark), right_aligned(col->field));
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

	if (scores_health_known(row->health))
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
		case GRID_NEXT:
			canvas_put(c, p.row, p.column, p.columns, ROLE_QUIET, row->next);
			break;
		default:
			paint_field(a, p, row, col->field);
		}
	}
}
