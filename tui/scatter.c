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

void scatter_reset(struct scatter *s, int rows, int columns)
{
	size_t n;

	plot_reset(&s->plot, rows, columns);
	n = (size_t)cells(s);
	s->start = mem_resize(s->start, n + 1, sizeof(*s->start));
	s->tier = mem_resize(s->tier, n, 1);
	memset(s->start, 0, (n + 1) * sizeof(*s->start));
	memset(s->tier, 0, n);
	s->placed = 0;
}

/* A share of 100 as one of n places. */
static int place(double share, int n)
{
	int at = (int)(share * n / 100);

	return at < 0 ? 0 : at < n ? at : n - 1;
}

static int cell_of(const struct scatter *s, double value_pct, double effort)
{
	return place(100 - value_pct, s->plot.rows) * s->plot.columns +
	       place(effort, s->plot.columns);
}

/* A spot is four dots, which stay inside their cell. */
static void add_dot(struct scatter *s, double value_pct, double effort, bool spot)
{
	int x = place(effort, 2 * s->plot.columns);
	int y = place(100 - value_pct, 4 * s->plot.rows);

	plot_dot(&s->plot, x, y);
	if (!spot)
		return;
	x &= ~1;
	y = y % 4 == 3 ? y - 1 : y;
	for (int i = 0; i < 4; i++)
		plot_dot(&s->plot, x + i % 2, y + i / 2);
}

static bool has_figures(const struct book_figures *f, uint32_t id)
{
	return id > 0 && id <= f->scores->n && !isnan(f->scores->value_pct[id - 1]) &&
	       !isnan(f->scores->effort[id - 1]);
}

static void lead_tier(struct scatter *s, const struct book_figures *f, int cell)
{
	uint32_t in[TIER_COUNT + 1] = { 0 };
	unsigned best = 0;

	for (uint32_t j = s->start[cell]; j < s->start[cell + 1]; j++)
		in[f->tier[s->ids[j] - 1] & 3]++;
	for (unsigned t = 1; t <= TIER_COUNT; t++)
		if (in[t] > in[best])
			best = t;
	s->tier[cell] = (uint8_t)best;
}

void scatter_fill(struct scatter *s, const struct list *l, const struct book_figures *f)
{
	const double *value = f->scores->value_pct, *effort = f->scores->effort;
	uint32_t *next;

	if (cells(s) == 0)
		return;
	for (uint32_t i = 0; i < l->n; i++) {
		uint32_t k = l->id[i] - 1;

		if (!has_figures(f, l->id[i]))
			continue;
		s->start[cell_of(s, value[k], effort[k]) + 1]++;
		add_dot(s, value[k], effort[k], l->n <= SPOTS);
	}
	next = mem_new((size_t)cells(s), sizeof(*next));
	for (int i = 0; i < cells(s); i++) {
		s->start[i + 1] += s->start[i];
		next[i] = s->start[i];
	}
	s->placed = s->start[cells(s)];
	s->ids = mem_resize(s->ids, s->placed, sizeof(*s->ids));
	for (uint32_t i = 0; i < l->n; i++) {
		uint32_t k = l->id[i] - 1;

		if (has_figures(f, l->id[i]))
			s->ids[next[cell_of(s, value[k], effort[k])]++] = l->id[i];
	}
	free(next);
	for (int i = 0; i < cells(s); i++)
		lead_tier(s, f, i);
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
	int c;

	if (!has_figures(f, id) || cells(s) == 0)
		return false;
	c = cell_of(s, f->scores->value_pct[id - 1], f->scores->effort[id - 1]);
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
