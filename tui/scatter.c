#include "tui/scatter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

enum { SPOTS = 500 }; /* up to so many accounts are drawn larger */

void scatter_init(struct scatter *s)
{
	*s = (struct scatter){ 0 };
	plot_init(&s->plot);
}

void scatter_clear(struct scatter *s)
{
	plot_clear(&s->plot);
	free(s->start);
	free(s->ids);
	free(s->tier);
	scatter_init(s);
}

static int cells(const struct scatter *s)
{
	return s->plot.rows * s->plot.columns;
}

struct scatter_axes scatter_whole(
	const struct list *l, const struct book_figures *f, bool money)
{
	struct scatter_axes axes = { money, 0, 100, 0, 100 };
	int64_t least = INT64_MAX, most = 0;

	for (uint32_t i = 0; money && i < l->n; i++) {
		int64_t v = f->scores->value[l->id[i] - 1];

		least = v > 0 && v < least ? v : least;
		most = v > most ? v : most;
	}
	if (money) {
		axes.value_from = most ? log10((double)least) : 0;
		axes.value_to = most ? log10((double)most) : 1;
		/* Accounts that are worth the same still need a range around them. */
		if (axes.value_to - axes.value_from < 0.5) {
			axes.value_from -= 0.25;
			axes.value_to += 0.25;
		}
	}
	return axes;
}

void scatter_reset(
	struct scatter *s, int rows, int columns, const struct scatter_axes *axes)
{
	size_t n;

	s->axes = *axes;
	plot_reset(&s->plot, rows, columns);
	n = (size_t)cells(s);
	s->start = mem_resize(s->start, n + 1, sizeof(*s->start));
	s->tier = mem_resize(s->tier, n, 1);
	memset(s->start, 0, (n + 1) * sizeof(*s->start));
	memset(s->tier, 0, n);
	s->placed = s->outside = s->unknown = s->most = 0;
}

bool scatter_figures(const struct scatter_axes *axes, const struct book_figures *f,
	uint32_t id, double *effort, double *value)
{
	const struct scores *s = f->scores;

	if (id == 0 || id > s->n || isnan(s->value_pct[id - 1]) ||
		isnan(s->effort[id - 1]))
		return false;
	*effort = s->effort[id - 1];
	*value = s->value_pct[id - 1];
	if (axes->money) {
		*value = s->value[id - 1] > 0 ? log10((double)s->value[id - 1])
					      : axes->value_from;
		if (*value < axes->value_from && s->value[id - 1] <= 0)
			*value = axes->value_from;
	}
	return true;
}

/* Place of v among n between from and to; -1 outside. The upper end belongs to it. */
static int place(double v, double from, double to, int n)
{
	int at;

	if (v < from || v > to || n == 0)
		return -1;
	at = (int)((v - from) * n / (to - from));
	return at < n ? at : n - 1;
}

int scatter_column(const struct scatter *s, double effort)
{
	return place(effort, s->axes.effort_from, s->axes.effort_to, s->plot.columns);
}

/* Counted from above, so that it is rounded to the same side as the dots. */
static int above(const struct scatter_axes *x, double value, int n)
{
	return place(x->value_to + x->value_from - value, x->value_from, x->value_to, n);
}

int scatter_row(const struct scatter *s, double value)
{
	return above(&s->axes, value, s->plot.rows);
}

/* A spot is four dots, which stay inside their cell. */
static void add_dot(struct scatter *s, double effort, double value, bool spot)
{
	int x = place(
		effort, s->axes.effort_from, s->axes.effort_to, 2 * s->plot.columns);
	int y = above(&s->axes, value, 4 * s->plot.rows);

	plot_dot(&s->plot, x, y);
	if (!spot)
		return;
	x &= ~1;
	y = y % 4 == 3 ? y - 1 : y;
	for (int i = 0; i < 4; i++)
		plot_dot(&s->plot, x + i % 2, y + i / 2);
}

/* Cells of the accounts into cell[], -1 for those that have none; counts them. */
static void locate(struct scatter *s, const struct list *l, const struct book_figures *f,
	int32_t *cell, uint32_t *in)
{
	for (uint32_t i = 0; i < l->n; i++) {
		double effort, value;
		int row, column;

		cell[i] = -1;
		if (!scatter_figures(&s->axes, f, l->id[i], &effort, &value)) {
			s->unknown++;
			continue;
		}
		row = scatter_row(s, value);
		column = scatter_column(s, effort);
		if (row < 0 || column < 0) {
			s->outside++;
			continue;
		}
		cell[i] = row * s->plot.columns + column;
		s->start[cell[i] + 1]++;
		in[4 * cell[i] + (f->tier[l->id[i] - 1] & 3)]++;
		add_dot(s, effort, value, l->n <= SPOTS);
	}
}

/* A part of a full picture may have room for larger ones. */
static void enlarge(struct scatter *s, const struct book_figures *f)
{
	double effort, value;

	for (uint32_t i = 0; i < s->placed; i++)
		if (scatter_figures(&s->axes, f, s->ids[i], &effort, &value))
			add_dot(s, effort, value, true);
}

static uint8_t lead_tier(const uint32_t in[TIER_COUNT + 1])
{
	unsigned best = 0;

	for (unsigned t = 1; t <= TIER_COUNT; t++)
		if (in[t] > in[best])
			best = t;
	return (uint8_t)best;
}

void scatter_fill(struct scatter *s, const struct list *l, const struct book_figures *f)
{
	const size_t n = (size_t)cells(s);
	int32_t *cell;
	uint32_t *in, *next;

	if (n == 0)
		return;
	cell = mem_new(l->n, sizeof(*cell));
	in = mem_new(4 * n, sizeof(*in));
	next = mem_new(n, sizeof(*next));
	locate(s, l, f, cell, in);
	for (size_t i = 0; i < n; i++) {
		s->most = s->start[i + 1] > s->most ? s->start[i + 1] : s->most;
		s->start[i + 1] += s->start[i];
		next[i] = s->start[i];
		s->tier[i] = lead_tier(&in[4 * i]);
	}
	s->placed = s->start[n];
	s->ids = mem_resize(s->ids, s->placed, sizeof(*s->ids));
	for (uint32_t i = 0; i < l->n; i++)
		if (cell[i] >= 0)
			s->ids[next[cell[i]]++] = l->id[i];
	free(next);
	free(in);
	free(cell);
	if (l->n > SPOTS && s->placed <= SPOTS)
		enlarge(s, f);
}

uint32_t scatter_first(const struct scatter *s, int cell)
{
	return cells(s) ? s->start[cell] : 0;
}

uint32_t scatter_count(const struct scatter *s, int cell)
{
	return cells(s) ? s->start[cell + 1] - s->start[cell] : 0;
}

bool scatter_find(const struct scatter *s, const struct book_figures *f, uint32_t id,
	int *cell, uint32_t *at)
{
	double effort, value;
	int row, column, c;

	if (cells(s) == 0 || !scatter_figures(&s->axes, f, id, &effort, &value))
		return false;
	row = scatter_row(s, value);
	column = scatter_column(s, effort);
	if (row < 0 || column < 0)
		return false;
	c = row * s->plot.columns + column;
	for (uint32_t i = s->start[c]; i < s->start[c + 1]; i++) {
		if (s->ids[i] == id) {
			*cell = c;
			*at = i - s->start[c];
			return true;
		}
	}
	return false;
}

int scatter_nearest(const struct scatter *s, int row, int column)
{
	int best = -1, least = 0;

	for (int i = 0; i < cells(s); i++) {
		/* A cell is about twice as high as it is wide. */
		int y = 2 * (i / s->plot.columns - row), x = i % s->plot.columns - column;

		if (scatter_count(s, i) && (best < 0 || x * x + y * y < least)) {
			best = i;
			least = x * x + y * y;
		}
	}
	return best;
}

bool scatter_free(const struct scatter *s, int row, int column, int n)
{
	for (int i = 0; i < n; i++)
		if (s->plot.dots[row * s->plot.columns + column + i])
			return false;
	return true;
}
