#include "tui/rows.h"

#include "tui/app.h"

enum { PREVIEW_FROM = 110, PREVIEW_MIN = 38, PREVIEW_MAX = 60 };

/* ---- any list ------------------------------------------------------------------- */

bool rows_step(enum action action, int page, int n, int *at)
{
	int64_t to = *at;

	switch (action) {
	case ACT_MOVE_UP:
		to--;
		break;
	case ACT_MOVE_DOWN:
		to++;
		break;
	case ACT_PAGE_UP:
		to -= page;
		break;
	case ACT_PAGE_DOWN:
		to += page;
		break;
	case ACT_MOVE_FIRST:
		to = 0;
		break;
	case ACT_MOVE_LAST:
		to = n;
		break;
	default:
		return false;
	}
	if (to >= n)
		to = n - 1;
	*at = to > 0 ? (int)to : 0;
	return true;
}

bool rows_point(
	struct app *a, struct rect place, int top, int n, int row, int column, int *at)
{
	const int to = top + row - place.row;

	if (!canvas_hit(place, row, column) || to >= n)
		return false;
	if (to != *at)
		*at = to;
	else
		app_act(a, ACT_OPEN);
	return true;
}

void rows_show(int at, int height, int *top)
{
	if (*top > at)
		*top = at;
	if (*top <= at - height)
		*top = at - height + 1;
}

/* ---- lines ---------------------------------------------------------------------- */

uint32_t rows_lines(const struct rows *r)
{
	return r->n + (uint32_t)r->headings + r->tail;
}

/* Headings down to this row, its own among them. */
static int headings_to(const struct rows *r, uint32_t row)
{
	int i = 0;

	while (i < r->headings && r->heading[i] <= row)
		i++;
	return i;
}

bool rows_on_line(const struct rows *r, uint32_t line, uint32_t *row)
{
	int i = 0;

	while (i < r->headings && r->heading[i] + (uint32_t)i < line)
		i++;
	*row = line - (uint32_t)i;
	if (i < r->headings && r->heading[i] + (uint32_t)i == line)
		return false;
	return *row < r->n;
}

/* ---- the window ----------------------------------------------------------------- */

void rows_layout(struct rows *r, struct rect body)
{
	int width = body.columns * 3 / 10;

	r->place = body;
	r->preview = (struct rect){ body.row, body.column + body.columns, body.rows, 0 };
	if (body.columns >= PREVIEW_FROM) {
		width = width < PREVIEW_MIN   ? PREVIEW_MIN
			: width > PREVIEW_MAX ? PREVIEW_MAX
					      : width;
		r->place.columns -= width + 2;
		r->preview.columns = width;
		r->preview.column = body.column + r->place.columns + 2;
	}
	r->place.row++;
	r->place.rows--;
}

void rows_find(struct rows *r, uint32_t row)
{
	r->at = row;
	r->found = true;
}

/* Not while steps follow each other quickly: it would be more bytes at each of them. */
void rows_tell(struct app *a, const struct rows *r)
{
	const bool longer = r->place.rows > 0 && rows_lines(r) > (uint32_t)r->place.rows;

	if (longer && a->pace.walk)
		a->pace.owed |= OWED_BESIDE;
	else if (longer)
		a->place = (struct app_place){ r->at + 1, r->n };
}

void rows_follow(struct app *a, struct rows *r)
{
	const struct list *l = app_list(a);
	const uint32_t height = (uint32_t)r->place.rows;
	const bool full = r->preview.columns && !a->pace.walk;
	uint32_t line, first, row, lines;

	r->n = l ? l->n : 0;
	if (r->at >= r->n)
		r->at = r->n ? r->n - 1 : 0;
	a->focus = r->n ? l->id[r->at] : 0;
	a->near =
		(struct app_near){ a->focus, { r->at + 1 < r->n ? l->id[r->at + 1] : 0,
						     r->at > 0 ? l->id[r->at - 1] : 0 } };
	if (r->place.rows <= 0) /* of a screen that is only opening */
		return;
	line = r->at + (uint32_t)headings_to(r, r->at);
	/* A heading comes into sight with its first row. */
	first = line && !rows_on_line(r, line - 1, &row) ? line - 1 : line;
	if (r->found && (first < r->top || line >= r->top + height))
		r->top = first > height / 2 ? first - height / 2 : 0;
	r->found = false;
	/* A terminal scrolls whole rows: a full preview beside the list would go along
	 * and be painted anew at every step, so there the list moves on by half a page.
	 * While steps follow each other quickly nothing stands there, and it scrolls by
	 * one. */
	if (full && first + 1 == r->top)
		r->top = first > height / 2 ? first - height / 2 : 0;
	else if (full && line == r->top + height)
		r->top = line - height / 2;
	if (r->at + 1 == r->n && line + r->tail >= r->top + height)
		r->top = line + r->tail - height + 1;
	if (r->top > first)
		r->top = first;
	if (line >= r->top + height)
		r->top = line - height + 1;
	lines = rows_lines(r);
	if (r->top > lines - (lines < height ? lines : height))
		r->top = lines - (lines < height ? lines : height);
}

/* ---- moving --------------------------------------------------------------------- */

void rows_go(struct app *a, struct rows *r, int64_t to)
{
	const int64_t last = (int64_t)r->n - 1;

	if (to > last)
		to = last;
	r->at = to < 0 ? 0 : (uint32_t)to;
	rows_follow(a, r);
}

/* To the row below the next heading, or below this one and then the one before. */
static void go_to_heading(struct app *a, struct rows *r, int step)
{
	const int here = headings_to(r, r->at) - 1;
	const bool begun = here >= 0 && r->at > r->heading[here];
	const int to = here + step + (step < 0 && begun);

	if (to >= 0 && to < r->headings)
		rows_go(a, r, r->heading[to]);
}

bool rows_act(struct app *a, struct rows *r, enum action action)
{
	const int page = r->place.rows > 1 ? r->place.rows - 1 : 1;
	int at = (int)r->at;

	switch (action) {
	case ACT_MARK: /* and on to the next, so that neighbours are marked in a row */
		app_mark(a);
		action = ACT_MOVE_DOWN;
		break;
	case ACT_ACCOUNT_NEXT:
		action = ACT_MOVE_DOWN;
		break;
	case ACT_ACCOUNT_PREVIOUS:
		action = ACT_MOVE_UP;
		break;
	case ACT_PAGE_UP:
		r->top -= r->top > (uint32_t)page ? (uint32_t)page : r->top;
		break;
	case ACT_PAGE_DOWN:
		r->top += (uint32_t)page;
		break;
	case ACT_SECTION_NEXT:
	case ACT_SECTION_PREVIOUS:
		go_to_heading(a, r, action == ACT_SECTION_NEXT ? 1 : -1);
		return true;
	default:
		break;
	}
	if (!rows_step(action, page, (int)r->n, &at))
		return false;
	rows_go(a, r, at);
	return true;
}

bool rows_click(struct app *a, struct rows *r, int row, int column)
{
	const struct rect p = r->place;
	uint32_t to;

	if (!canvas_hit(p, row, column) ||
		!rows_on_line(r, r->top + (uint32_t)(row - p.row), &to))
		return false;
	if (to == r->at) {
		app_act(a, ACT_OPEN);
		return false;
	}
	rows_go(a, r, to);
	return true;
}
