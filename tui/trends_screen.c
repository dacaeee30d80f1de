/* The Trends screen: pictures of what the accounts shown were on the days of the past,
 * with one reading cursor for all of them. */
#include "tui/screen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/nothing.h"
#include "tui/page.h"
#include "tui/trends.h"
#include "tui/words.h"

enum { ACROSS = 3, DOWN = 4, GRID_ROWS = 48, GRID_COLUMNS = 150 };
enum { LIST_COLUMNS = 100, LIST_WIDTH = 27, PAGE = 4 };
enum { STRIP_COLUMNS = 80 };

/* The trends first: the explanation reads them. */
struct state {
	struct trends trends;
	struct rect chart[TRENDS_PICTURES]; /* no rows: not shown */
	struct rect title[TRENDS_PICTURES]; /* in the strip, the list or the grid */
	struct rect head;                   /* title and whose accounts */
};

static void open_trends(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	s->trends.range = 2;
	s->trends.day = DAY_NONE;
}

static void close_trends(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	trends_figures_forget(&s->trends);
	book_trend_free(&s->trends.job);
}

static void data_changed(struct app *a, void *state)
{
	struct state *s = state;

	trends_make(a, &s->trends);
}

/* ---- layout --------------------------------------------------------------------- */

static int short_columns(int picture)
{
	return (int)strlen(trends_short((enum trends_picture)picture));
}

/* The first name of the strip: where not all have room, the one that is shown is the
 * last at most. */
static int strip_first(const struct state *s, int columns, int apart)
{
	int first = (int)s->trends.at, used = short_columns(first);

	for (int i = first + 1; i < TRENDS_PICTURES; i++)
		used += apart + short_columns(i);
	if (used > columns)
		used = short_columns(first);
	while (first > 0 && used + apart + short_columns(first - 1) <= columns)
		used += apart + short_columns(--first);
	return first;
}

static void lay_strip(struct state *s, struct rect body)
{
	const int apart = body.columns < STRIP_COLUMNS ? 1 : 2;
	const int end = body.column + body.columns;
	int column = body.column + 2;

	for (int i = strip_first(s, body.columns - 2, apart); i < TRENDS_PICTURES; i++) {
		const int width = short_columns(i);

		if (column + width > end)
			break;
		s->title[i] = (struct rect){ body.row, column, 1, width };
		column += width + apart;
	}
	s->head = (struct rect){ body.row + 1, body.column + 1, 1, body.columns - 2 };
	s->chart[s->trends.at] = (struct rect){ body.row + 2, body.column + 1,
		body.rows - 2, body.columns - 2 };
}

static void lay_list(struct state *s, struct rect body)
{
	int left = body.column + LIST_WIDTH + 2;

	s->head = (struct rect){ body.row, left, 1, body.columns - left - 1 };
	s->chart[s->trends.at] = (struct rect){ body.row + 1, left, body.rows - 1,
		body.columns - left - 1 };
}

static void lay_grid(struct state *s, struct rect body)
{
	int rows = (body.rows - 1) / DOWN, columns = (body.columns - 1) / ACROSS;

	s->head = (struct rect){ body.row, body.column + 1, 1, body.columns - 2 };
	for (int i = 0; i < TRENDS_PICTURES; i++) {
		int row = body.row + 1 + i / ACROSS * rows;
		int column = body.column + 1 + i % ACROSS * columns;

		/* What would be left beside the last one is its own. */
		if (i == TRENDS_PICTURES - 1)
			columns = body.column + body.columns - 1 - column;
		s->title[i] = (struct rect){ row, column, 1, columns - 2 };
		s->chart[i] = (struct rect){ row + 1, column, rows - 2, columns - 2 };
	}
}

static bool is_grid(const struct state *s, struct rect body)
{
	return !s->trends.alone && body.rows >= GRID_ROWS && body.columns >= GRID_COLUMNS;
}

static bool is_list(const struct state *s, struct rect body)
{
	return !s->trends.alone && !is_grid(s, body) && body.columns >= LIST_COLUMNS &&
	       body.rows >= TRENDS_PICTURES;
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	memset(s->chart, 0, sizeof(s->chart));
	memset(s->title, 0, sizeof(s->title));
	if (s->trends.alone) {
		s->head = (struct rect){ body.row, body.column + 1, 1, body.columns - 2 };
		s->chart[s->trends.at] = (struct rect){ body.row + 1, body.column + 1,
			body.rows - 1, body.columns - 2 };
	} else if (is_grid(s, body)) {
		lay_grid(s, body);
	} else if (is_list(s, body)) {
		lay_list(s, body);
	} else {
		lay_strip(s, body);
	}
}

/* ---- painting ------------------------------------------------------------------- */

static void put_title(
	struct canvas *c, const struct state *s, enum trends_picture p, struct text title)
{
	bool here = p == s->trends.at;
	struct rect r = s->title[p];

	if (here)
		canvas_glyph(c, r.row, r.column - 1, ROLE_KEY, GLYPH_HERE);
	canvas_put(c, r.row, r.column, r.columns, here ? ROLE_TAB_HERE : ROLE_TAB, title);
}

/* "52 weeks", "all since 2024-03"; of a picture that begins later than asked for, since
 * when. NULL: of all pictures. */
static void say_range(const struct trends *s, const struct trends_figure *f, char out[48])
{
	const int weeks = trends_weeks(s);
	char since[DAY_TEXT_MAX] = "";

	if (f && !f->missing && f->chart.n > 0) {
		day_format(f->day[0], since);
		if (f->chart.monthly)
			since[strlen("2024-03")] = '\0';
	}
	if (weeks == 0)
		snprintf(out, 48, since[0] ? "all since %s" : "all there is", since);
	else if (since[0] && !f->chart.monthly &&
		 f->day[f->chart.n - 1] - f->day[0] < 7 * (weeks - 2))
		snprintf(out, 48, "%d week%s, known since %s", weeks, TEXT_S(weeks),
			since);
	else
		snprintf(out, 48, "%d week%s", weeks, TEXT_S(weeks));
}

/* "52 weeks, all accounts", and how far the counting is; where there is no room for whose
 * they are, which the frame says too, only the weeks. */
static void paint_head(struct app *a, struct state *s, struct canvas *c, bool grid)
{
	const struct trend *t = s->trends.t;
	char whom[INPUT_MAX + 160], text[INPUT_MAX + 256], weeks[48];
	struct rect r = s->head;
	int used = 0;

	trends_whom(a, whom, sizeof(whom));
	say_range(&s->trends, grid ? NULL : trends_figure(a, &s->trends, s->trends.at),
		weeks);
	if (!grid)
		used = canvas_put(c, r.row, r.column, r.columns, ROLE_STRONG,
			       text_of(trends_title(s->trends.at))) +
		       2;
	if (t && t->counted > 0)
		snprintf(text, sizeof(text), "%s, %s, counting %u of %u", weeks, whom,
			t->points - t->counted, t->points);
	else
		snprintf(text, sizeof(text), "%s, %s", weeks, whom);
	if (used + text_columns(text_of(text)) > r.columns && !(t && t->counted > 0))
		snprintf(text, sizeof(text), "%s", weeks);
	if (grid)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET, text_of(text));
	else
		canvas_put_right(c, r.row, r.column + used, r.columns - used, ROLE_QUIET,
			text_of(text));
}

static void paint_picture(
	struct app *a, struct state *s, struct canvas *c, enum trends_picture p)
{
	const struct trends_figure *f = trends_figure(a, &s->trends, p);
	struct rect r = s->chart[p];

	if (f->missing) {
		struct rect at = { r.row + 1, r.column + 1, r.rows - 1, r.columns - 2 };

		page_put(c, &at, ROLE_QUIET, "%s", f->missing);
	} else {
		chart_paint(c, r, &f->chart);
		if (p == s->trends.at)
			canvas_cursor(
				c, r.row, chart_column(&f->chart, r, f->chart.cursor));
	}
}

/* Of each picture in the list: its name, and what stands at the cursor. Returns the row
 * below. */
static int list_entry(struct app *a, struct state *s, struct canvas *c,
	enum trends_picture p, int row, int lines)
{
	const struct trends_figure *f = trends_figure(a, &s->trends, p);
	int column = 2;

	s->title[p] = (struct rect){ row++, column, 1, LIST_WIDTH - column };
	put_title(c, s, p, text_of(trends_short(p)));
	for (int k = 0; k < f->chart.series_n && k < lines && !f->missing; k++, row++) {
		const struct chart_series *x = &f->chart.series[k];
		char number[NUMBER_TEXT_MAX], text[NUMBER_TEXT_MAX + 4];

		snprintf(text, sizeof(text), "%s%s",
			words_number(x->y[f->chart.cursor], f->chart.decimals, number),
			f->chart.unit[0] && !isnan(x->y[f->chart.cursor]) ? " %" : "");
		canvas_put(c, row, column + 1, LIST_WIDTH - column - 10, x->role,
			text_of(x->name));
		canvas_put_right(
			c, row, column, LIST_WIDTH - column, ROLE_TEXT, text_of(text));
	}
	return row;
}

/* The most lines that each picture may have so that all of them have room: what one
 * leaves the others can use. */
static int list_lines(struct app *a, struct state *s, int room)
{
	for (int lines = 1; lines <= TREND_LINES; lines++) {
		int used = 0;

		for (int p = 0; p < TRENDS_PICTURES; p++) {
			const struct trends_figure *f =
				trends_figure(a, &s->trends, (enum trends_picture)p);
			const int has = f->missing ? 0 : f->chart.series_n;

			used += has < lines ? has : lines;
		}
		if (used > room)
			return lines - 1;
	}
	return TREND_LINES;
}

static void paint_list(struct app *a, struct state *s, struct canvas *c, struct rect body)
{
	/* A line for each name; one between two of them where there is room to waste. */
	const int spread = list_lines(a, s, body.rows - 2 * TRENDS_PICTURES + 1);
	const int lines =
		spread > 1 ? spread : list_lines(a, s, body.rows - TRENDS_PICTURES);
	int row = body.row;

	for (int p = 0; p < TRENDS_PICTURES; p++) {
		row = list_entry(a, s, c, (enum trends_picture)p, row, lines);
		row += spread > 1;
	}
	draw_vertical(c, body.row, body.column + LIST_WIDTH, body.rows);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	bool grid = is_grid(s, body), list = is_list(s, body);

	if (nothing_paint(a, c, body, SCOPE_TRENDS))
		return;
	trends_make(a, &s->trends);
	/* What follows the cursor comes first; the rest is done when no key waits. */
	if ((a->pace.hurry || !trends_work(a, &s->trends)) && s->trends.t &&
		!s->trends.t->done)
		a->pace.owed |= OWED_PICTURE;
	paint_head(a, s, c, grid);
	if (list)
		paint_list(a, s, c, body);
	for (int p = 0; p < TRENDS_PICTURES; p++) {
		if (s->title[p].rows && !list)
			put_title(c, s, (enum trends_picture)p,
				text_of(grid ? trends_title((enum trends_picture)p)
					     : trends_short((enum trends_picture)p)));
		if (s->chart[p].rows)
			paint_picture(a, s, c, (enum trends_picture)p);
	}
}

/* ---- acting --------------------------------------------------------------------- */

static void go_to(struct app *a, struct state *s, int picture)
{
	if (picture < 0 || picture >= TRENDS_PICTURES)
		return;
	s->trends.at = (enum trends_picture)picture;
	a->dirty |= APP_LAYOUT;
}

/* The cursor by so many points; beyond an end, to it. */
static void read_at(struct app *a, struct state *s, int by)
{
	const struct trends_figure *f = trends_figure(a, &s->trends, s->trends.at);
	int at = f->chart.cursor + by;

	if (f->missing || f->chart.n == 0)
		return;
	if (by < 0 && f->chart.cursor == 0)
		app_say_offers(a,
			&(struct app_offer){
				SCOPE_TRENDS, ACT_TRENDS_LONGER, "shows more time" },
			1, "this is the first point shown: ");
	else if (by > 0 && f->chart.cursor == f->chart.n - 1)
		app_say(a, "this is the last point");
	at = at < 0 ? 0 : at >= f->chart.n ? f->chart.n - 1 : at;
	s->trends.day = f->day[at];
}

static void change_range(struct app *a, struct state *s, int by)
{
	if (!trends_range(&s->trends, by)) {
		app_say(a, by < 0 ? "this is the shortest time"
				  : "this is all the time there is");
		return;
	}
	trends_make(a, &s->trends);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	switch (action) {
	case ACT_TRENDS_PREVIOUS:
	case ACT_MOVE_UP: /* of the wheel */
		go_to(a, s, (int)s->trends.at - 1);
		break;
	case ACT_TRENDS_NEXT:
	case ACT_MOVE_DOWN:
		go_to(a, s, (int)s->trends.at + 1);
		break;
	case ACT_TRENDS_EARLIER:
		read_at(a, s, -1);
		break;
	case ACT_TRENDS_LATER:
		read_at(a, s, 1);
		break;
	case ACT_PAGE_UP:
		read_at(a, s, -PAGE);
		break;
	case ACT_PAGE_DOWN:
		read_at(a, s, PAGE);
		break;
	case ACT_MOVE_FIRST:
		read_at(a, s, -100000);
		break;
	case ACT_MOVE_LAST:
		s->trends.day = DAY_NONE;
		break;
	case ACT_TRENDS_SHORTER:
		change_range(a, s, -1);
		break;
	case ACT_TRENDS_LONGER:
		change_range(a, s, 1);
		break;
	case ACT_TRENDS_ALONE:
		s->trends.alone = !s->trends.alone;
		a->dirty |= APP_LAYOUT;
		break;
	case ACT_EXPLAIN:
		app_push(a, SCREEN_TRENDS_EXPLAIN);
		break;
	case ACT_BACK:
		if (!s->trends.alone)
			return false;
		s->trends.alone = false;
		a->dirty |= APP_LAYOUT;
		break;
	default:
		return false;
	}
	return true;
}

static void click_chart(struct app *a, struct state *s, enum trends_picture p, int column)
{
	const struct trends_figure *f = trends_figure(a, &s->trends, p);
	const int at = f->missing ? -1 : chart_at(&f->chart, s->chart[p], column);

	if (at >= 0)
		s->trends.day = f->day[at];
	go_to(a, s, (int)p);
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	for (int p = 0; p < TRENDS_PICTURES; p++) {
		if (canvas_hit(s->title[p], row, column))
			go_to(a, s, p);
		else if (canvas_hit(s->chart[p], row, column))
			click_chart(a, s, (enum trends_picture)p, column);
	}
}

/* Its numbers are of no single account: the screen explains them itself. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	const struct state *s = state;

	(void)a;
	(void)out;
	return s->trends.t != NULL;
}

const struct screen_ops trends_screen = {
	.size = sizeof(struct state),
	.open = open_trends,
	.close = close_trends,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
};
