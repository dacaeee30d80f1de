#include "tui/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "tui/chart_layout.h"
#include "tui/words.h"

enum { LEAST_ROWS = 6, LEAST_COLUMNS = 20, BELOW = 2, VALUE_MAX = NUMBER_TEXT_MAX + 16 };

/* ---- layout --------------------------------------------------------------------- */

static double stack_height(const struct chart *chart, int point)
{
	double sum = 0;

	for (int s = 0; s < chart->series_n; s++)
		if (!isnan(chart->series[s].y[point]))
			sum += chart->series[s].y[point];
	return sum;
}

static void widen(double y, double *low, double *high)
{
	if (isnan(y))
		return;
	if (isnan(*low) || y < *low)
		*low = y;
	if (isnan(*high) || y > *high)
		*high = y;
}

static struct chart_scale scale_of(const struct chart *chart, int labels)
{
	double low = NAN, high = NAN;

	if (chart->low < chart->high)
		return chart_scale_within(chart->low, chart->high, labels);
	for (int i = 0; i < chart->n; i++) {
		if (chart->kind == CHART_STACK)
			widen(stack_height(chart, i), &low, &high);
		for (int s = 0; chart->kind == CHART_LINES && s < chart->series_n; s++)
			widen(chart->series[s].y[i], &low, &high);
	}
	for (int i = 0; i < chart->level_n; i++) {
		const struct chart_level *x = &chart->level[i];

		for (int k = 0; k < (x->at ? chart->n : 1); k++)
			widen(x->at ? x->at[k] : x->y, &low, &high);
	}
	if (chart->kind == CHART_STACK)
		low = 0;
	return chart_scale(low, high, labels);
}

/* The number as the axis has it, the topmost with the unit. */
static int label_text(const struct chart *chart, const struct chart_scale *scale,
	double y, bool top, char *out, size_t size)
{
	char number[NUMBER_TEXT_MAX];

	number_format(y, scale->decimals, number);
	return snprintf(out, size, "%s%s", number,
		top && strcmp(chart->unit, "%") == 0 ? " %" : "");
}

static double top_label(const struct chart_scale *s)
{
	return s->low + floor((s->high - s->low) / s->step + 1e-6) * s->step;
}

static char *value_text(const struct chart *chart, double y, char out[VALUE_MAX])
{
	const bool unit = chart->unit[0] && !isnan(y);
	char number[NUMBER_TEXT_MAX];

	words_number(y, chart->decimals, number);
	snprintf(out, VALUE_MAX, "%s%s%s", number, unit ? " " : "",
		unit ? chart->unit : "");
	return out;
}

/* The version whose first point is the one at the cursor; NULL: none begins there. */
static const struct chart_version *version_here(const struct chart *chart)
{
	int i = chart->cursor;

	for (int k = 0; i >= 0 && k < chart->version_n; k++)
		if (chart->version[k].day <= chart->day[i] &&
			(i == 0 || chart->version[k].day > chart->day[i - 1]))
			return &chart->version[k];
	return NULL;
}

/* ---- the legend ----------------------------------------------------------------- */

/* Goes through the legend, onto the canvas when there is one; returns the rows it
 * takes. */
struct legend {
	struct canvas *c;
	struct rect r;
	int row, column;
};

static void legend_put(struct legend *l, enum role role, struct text t)
{
	if (l->c && l->row < l->r.rows)
		canvas_put(l->c, l->r.row + l->row, l->r.column + l->column,
			l->r.columns - l->column, role, t);
	l->column += text_columns(t);
}

/* Room for an item of so many columns: on this row or the next. */
static void legend_room(struct legend *l, int columns)
{
	if (l->column == 0)
		return;
	if (l->column + 2 + columns > l->r.columns) {
		l->row++;
		l->column = 0;
	} else {
		l->column += 2;
	}
}

static struct text sign_of(
	const struct chart *chart, int series, const struct canvas *c, char letter[2])
{
	letter[0] = chart->series[series].letter;
	letter[1] = '\0';
	if (chart->kind == CHART_STACK && c && !chart_by_letter(chart, c))
		return text_of(canvas_glyph_text(c, chart_density(series)));
	return text_of(letter);
}

static int legend_walk(struct canvas *c, struct rect r, const struct chart *chart)
{
	struct legend l = { c, r, 0, 0 };
	const struct chart_version *v = version_here(chart);
	char text[VALUE_MAX + DAY_TEXT_MAX], letter[2];

	if (chart->cursor >= 0) {
		day_format(chart->day[chart->cursor], text);
		if (chart->monthly)
			text[strlen("2026-03")] = '\0';
		legend_put(&l, ROLE_STRONG, text_of(text));
	}
	/* Of stacks the topmost first, as they lie. */
	for (int k = 0; k < chart->series_n; k++) {
		int i = chart->kind == CHART_STACK ? chart->series_n - 1 - k : k;
		const struct chart_series *s = &chart->series[i];
		struct text sign = sign_of(chart, i, c, letter);

		if (chart->cursor >= 0)
			value_text(chart, s->y[chart->cursor], text);
		else
			text[0] = '\0';
		legend_room(&l, 2 + text_columns(text_of(s->name)) + 1 +
					text_columns(text_of(text)));
		if (s->letter) {
			legend_put(&l, s->role, sign);
			l.column++;
		}
		legend_put(&l, ROLE_TEXT, text_of(s->name));
		if (text[0]) {
			l.column++;
			legend_put(&l, ROLE_STRONG, text_of(text));
		}
	}
	if (v) {
		char day[DAY_TEXT_MAX];

		snprintf(text, sizeof(text), "v%d from %s", (int)v->version,
			day_format(v->day, day));
		legend_room(&l, text_columns(text_of(text)));
		legend_put(&l, ROLE_MARK, text_of(text));
	}
	return l.row + 1;
}

/* ---- layout, continued ------------------------------------------------------------ */

static bool lay_out(const struct chart *chart, struct rect r, struct chart_layout *l)
{
	char text[VALUE_MAX];
	int width, low_width, most = r.rows / 3, margin;

	if (r.rows < LEAST_ROWS || r.columns < LEAST_COLUMNS || chart->n == 0)
		return false;
	l->legend_rows = legend_walk(NULL, r, chart);
	if (l->legend_rows > most)
		l->legend_rows = most;
	l->plot.rows = r.rows - l->legend_rows - BELOW;
	l->scale = scale_of(chart, l->plot.rows / 2 < 11 ? l->plot.rows / 2 : 11);
	width = label_text(
		chart, &l->scale, top_label(&l->scale), true, text, sizeof(text));
	low_width = label_text(chart, &l->scale, l->scale.low, false, text, sizeof(text));
	if (low_width > width)
		width = low_width;
	margin = chart->kind == CHART_LINES && chart->series_n > 1 ? 2 : 0;
	l->plot.row = r.row;
	l->plot.column = r.column + width + 1;
	l->plot.columns = r.columns - width - 1 - margin;
	l->from = chart->from < chart->to ? chart->from : chart->day[0];
	l->to = chart->from < chart->to ? chart->to : chart->day[chart->n - 1];
	return l->plot.columns > 0;
}

int chart_at(const struct chart *chart, struct rect r, int column)
{
	struct chart_layout l;

	if (!lay_out(chart, r, &l) || column < l.plot.column ||
		column >= l.plot.column + l.plot.columns)
		return -1;
	return chart_nearest(chart, &l, column - l.plot.column);
}

int chart_column(const struct chart *chart, struct rect r, int point)
{
	struct chart_layout l;

	if (point < 0 || !lay_out(chart, r, &l))
		return r.column;
	return l.plot.column + chart_place(&l, chart->day[point]);
}

/* ---- axes ----------------------------------------------------------------------- */

static void paint_numbers(struct canvas *c, const struct chart *chart,
	const struct chart_layout *l, int left)
{
	struct rect p = l->plot;
	int steps = (int)floor((l->scale.high - l->scale.low) / l->scale.step + 1e-6);

	draw_vertical(c, p.row, p.column - 1, p.rows);
	for (int i = 0; i <= steps; i++) {
		double y = l->scale.low + i * l->scale.step;
		int row = p.row + chart_dot(l, y) / 4;
		char text[VALUE_MAX];

		label_text(chart, &l->scale, y, i == steps, text, sizeof(text));
		canvas_put_right(
			c, row, left, p.column - 1 - left, ROLE_QUIET, text_of(text));
		canvas_glyph(c, row, p.column - 1, ROLE_LINE, GLYPH_TICK_LEFT);
	}
}

static void paint_days(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l)
{
	struct chart_tick tick[CHART_TICKS_MAX];
	struct rect p = l->plot;
	int row = p.row + p.rows;
	int n = chart->monthly ? chart_month_ticks(l->from, l->to, p.columns, tick)
			       : chart_day_ticks(l->from, l->to, p.columns, tick);

	canvas_glyph(c, row, p.column - 1, ROLE_LINE, GLYPH_BOTTOM_LEFT);
	for (int i = 0; i < p.columns; i++)
		canvas_glyph(c, row, p.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	for (int i = 0; i < n; i++) {
		canvas_glyph(
			c, row, p.column + tick[i].column, ROLE_LINE, GLYPH_TICK_BELOW);
		canvas_put(c, row + 1, p.column + tick[i].column,
			p.columns - tick[i].column, ROLE_QUIET, text_of(tick[i].text));
	}
	for (int i = 0; i < chart->version_n; i++) {
		const struct chart_version *v = &chart->version[i];
		int column;

		if (v->day < l->from || v->day > l->to)
			continue;
		column = chart_place(l, v->day);
		canvas_glyph(c, row, p.column + column, ROLE_MARK, GLYPH_MARK);
		canvas_print(c, row, p.column + column + 1, p.columns - column - 1,
			ROLE_MARK, "v%d", (int)v->version);
	}
}

/* ---- all of it ------------------------------------------------------------------ */

static void paint_cursor(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l)
{
	struct rect p = l->plot;
	int column = p.column + chart_place(l, chart->day[chart->cursor]);

	canvas_focus(c, (struct rect){ p.row, column, p.rows, 1 });
	canvas_glyph(c, p.row + p.rows, column, ROLE_KEY, GLYPH_UP);
	/* Which line is which, where it is being read. */
	for (int s = chart->series_n - 1;
		chart->kind == CHART_LINES && chart->series_n > 1 && s >= 0; s--) {
		const struct chart_series *x = &chart->series[s];

		if (!isnan(x->y[chart->cursor]))
			chart_letter(c, p.row + chart_dot(l, x->y[chart->cursor]) / 4,
				column, x);
	}
}

void chart_paint(struct canvas *c, struct rect r, const struct chart *chart)
{
	struct chart_layout l;
	struct rect legend;

	if (!lay_out(chart, r, &l))
		return;
	paint_numbers(c, chart, &l, r.column);
	paint_days(c, chart, &l);
	if (chart->kind == CHART_STACK)
		chart_stack(c, chart, &l);
	else
		chart_lines(c, chart, &l);
	if (chart->cursor >= 0)
		paint_cursor(c, chart, &l);
	legend = (struct rect){ r.row + r.rows - l.legend_rows, r.column, l.legend_rows,
		r.columns };
	legend_walk(c, legend, chart);
}
