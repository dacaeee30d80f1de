#include "tui/scatter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

enum { SPOTS = 500 }; /* up to so many accounts are drawn larger */
#define NOWHERE UINT32_MAX

void scatter_init(struct scatter *s)
{
	*s = (struct scatter){ 0 };
	plot_init(&s->plot);
}

void scatter_clear(struct scatter *s)
{
	plot_clear(&s->plot);
	free(s->in);
	free(s->start);
	free(s->ids);
	free(s->tier);
	scatter_init(s);
}

static int cells(const struct scatter *s)
{
	return s->plot.rows * s->plot.columns;
}

void scatter_choose(struct scatter *s, const struct list *l, const struct book_figures *f)
{
	s->in_n = l ? f->n : 0;
	if (!l)
		return;
	s->in = mem_resize(s->in, (size_t)f->n + 1, 1);
	memset(s->in, 0, (size_t)f->n + 1);
	for (uint32_t i = 0; i < l->n; i++)
		if (l->id[i] >= 1 && l->id[i] <= f->n)
			s->in[l->id[i] - 1] = 1;
}

struct scatter_axes scatter_whole(
	const struct scatter *s, const struct book_figures *f, bool money)
{
	struct scatter_axes axes = { money, 0, 100, 0, 100 };
	int64_t least = INT64_MAX, most = 0;

	for (uint32_t i = 0; money && i < s->in_n; i++) {
		const int64_t v = s->in[i] ? amounts_at(&f->scores->value, i) : 0;

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
	const struct figures *s = f->scores;

	if (id == 0 || id > s->n || s->rank[id - 1] == 0 || s->effort_steps[id - 1] < 0)
		return false;
	*effort = figures_effort(s, id - 1);
	*value = figures_value_pct(s, id - 1);
	if (axes->money) {
		const int64_t cents = amounts_at(&s->value, id - 1);

		*value = cents > 0 ? log10((double)cents) : axes->value_from;
		if (*value < axes->value_from && cents <= 0)
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
	/* The least is at the bottom, where rounding might put it below. */
	if (value == x->value_from)
		return n - 1;
	return place(x->value_to + x->value_from - value, x->value_from, x->value_to, n);
}

int scatter_row(const struct scatter *s, double value)
{
	return above(&s->axes, value, s->plot.rows);
}

/* A spot is four dots, which stay inside their cell. */
static void add_spot(struct scatter *s, int x, int y)
{
	x &= ~1;
	y = y % 4 == 3 ? y - 1 : y;
	for (int i = 0; i < 4; i++)
		plot_dot(&s->plot, x + i % 2, y + i / 2);
}

/* The dot of an account; false: it lies outside. A cell is two dots wide and four high,
 * and twice as many places halve exactly: scatter_column and scatter_row say the same. */
static bool dot_of(const struct scatter *s, double effort, double value, int *x, int *y)
{
	*x = place(effort, s->axes.effort_from, s->axes.effort_to, 2 * s->plot.columns);
	*y = above(&s->axes, value, 4 * s->plot.rows);
	return *x >= 0 && *y >= 0;
}

/* Amounts that begin with the same bits lie in the same row of dots, but where one ends
 * among them: this way hardly any needs a logarithm. */
enum { STEP_BITS = 45, STEPS_MAX = (1087 - 1023) << (52 - STEP_BITS) };

struct heights {
	const struct scatter_axes *axes;
	int rows;               /* of dots */
	int16_t row[STEPS_MAX]; /* of the least amount of each step */
};

static int step_of(int64_t cents)
{
	const double v = (double)cents;
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return (int)((bits >> STEP_BITS) - ((uint64_t)1023 << (52 - STEP_BITS)));
}

/* Rows of dots above and below the picture too. */
static int row_of(const struct heights *h, double amount)
{
	const double value = log10(amount);
	const int row = above(h->axes, value, h->rows);

	return row >= 0 ? row : value < h->axes->value_from ? h->rows : -1;
}

static void init_heights(struct heights *h, const struct scatter *s)
{
	h->axes = &s->axes;
	h->rows = 4 * s->plot.rows;
	for (int k = 0; k < STEPS_MAX && s->axes.money; k++) {
		const uint64_t bits = ((uint64_t)k << STEP_BITS) + ((uint64_t)1023 << 52);
		double v;

		memcpy(&v, &bits, sizeof(v));
		h->row[k] = (int16_t)row_of(h, v);
	}
}

static int height_of(const struct heights *h, int64_t cents)
{
	int k;

	if (cents <= 0)
		return h->rows - 1;
	k = step_of(cents);
	return h->row[k] == h->row[k + 1] ? h->row[k] : row_of(h, (double)cents);
}

/* Cells of the accounts into cell[], by id - 1, NOWHERE for those that have none; counts
 * them by tier. */
static void locate(struct scatter *s, const struct book_figures *f,
	const struct heights *h, uint32_t *cell, uint32_t *in)
{
	const struct scatter_axes *a = &s->axes;
	const struct figures *c = f->scores;
	const int columns = 2 * s->plot.columns;

	for (uint32_t i = 0; i < s->in_n; i++) {
		const double pct = figures_value_pct(c, i);
		const double effort = figures_effort(c, i);
		int x, y;

		cell[i] = NOWHERE;
		if (!s->in[i] || isnan(pct) || isnan(effort))
			continue;
		x = place(effort, a->effort_from, a->effort_to, columns);
		y = a->money ? height_of(h, amounts_at(&c->value, i))
			     : above(a, pct, h->rows);
		if (x < 0 || y < 0 || y >= h->rows) {
			s->outside++;
			continue;
		}
		cell[i] = (uint32_t)y / 4 * (uint32_t)s->plot.columns + (uint32_t)x / 2;
		in[4 * (size_t)cell[i] + (f->tier[i] & 3)]++;
		s->plot.dots[cell[i]] |= plot_bit(x, y);
	}
}

/* Few of them, also in a part of a full picture, have room to be larger. */
static void enlarge(struct scatter *s, const struct book_figures *f)
{
	double effort, value;
	int x, y;

	for (uint32_t i = 0; i < s->placed; i++)
		if (scatter_figures(&s->axes, f, s->ids[i], &effort, &value) &&
			dot_of(s, effort, value, &x, &y))
			add_spot(s, x, y);
}

static uint8_t lead_tier(const uint32_t in[TIER_COUNT + 1])
{
	unsigned best = 0;

	for (unsigned t = 1; t <= TIER_COUNT; t++)
		if (in[t] > in[best])
			best = t;
	return (uint8_t)best;
}

/* Counts per cell and tier into where each cell begins. */
static void begin_cells(struct scatter *s, const uint32_t *in, uint32_t *next)
{
	const size_t n = (size_t)cells(s);
	uint32_t at = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t here = 0;

		for (int t = 0; t <= TIER_COUNT; t++)
			here += in[4 * i + (size_t)t];
		s->most = here > s->most ? here : s->most;
		s->tier[i] = lead_tier(&in[4 * i]);
		s->start[i] = next[i] = at;
		at += here;
	}
	s->start[n] = s->placed = at;
}

void scatter_fill(struct scatter *s, const struct list *l, const struct book_figures *f)
{
	const size_t n = (size_t)cells(s);
	struct heights *heights;
	uint32_t *cell, *in, *next;

	if (n == 0)
		return;
	cell = mem_new((size_t)s->in_n + 1, sizeof(*cell));
	in = mem_new(4 * n, sizeof(*in));
	next = mem_new(n, sizeof(*next));
	heights = mem_new(1, sizeof(*heights));
	init_heights(heights, s);
	locate(s, f, heights, cell, in);
	begin_cells(s, in, next);
	s->unknown = l->n - s->placed - s->outside;
	s->ids = mem_resize(s->ids, (size_t)s->placed + 1, sizeof(*s->ids));
	for (uint32_t i = 0; i < l->n; i++) {
		const uint32_t k = l->id[i] - 1;

		if (k < s->in_n && cell[k] != NOWHERE)
			s->ids[next[cell[k]]++] = l->id[i];
	}
	free(heights);
	free(next);
	free(in);
	free(cell);
	if (s->placed <= SPOTS)
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

bool scatter_place(
	const struct scatter *s, const struct book_figures *f, uint32_t id, int *cell)
{
	double effort, value;
	int row, column;

	if (id == 0 || id > s->in_n || !s->in[id - 1] || cells(s) == 0 ||
		!scatter_figures(&s->axes, f, id, &effort, &value))
		return false;
	row = scatter_row(s, value);
	column = scatter_column(s, effort);
	*cell = row * s->plot.columns + column;
	return row >= 0 && column >= 0;
}

bool scatter_find(const struct scatter *s, const struct book_figures *f, uint32_t id,
	int *cell, uint32_t *at)
{
	if (!scatter_place(s, f, id, cell))
		return false;
	for (uint32_t i = s->start[*cell]; i < s->start[*cell + 1]; i++) {
		if (s->ids[i] == id) {
			*at = i - s->start[*cell];
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
