#include "core/rebalance_cover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct cover_work {
	double *least;  /* [units * (steps + 1) + step]: of what goes so far */
	uint8_t *took;  /* [core * cells + the same]: the item made it cheaper */
	uint32_t *core; /* those that may go or stay */
	double *rate;   /* of the greedy order */
	uint32_t *order;
};

/* Of a table: what is still to be covered, and how many steps the weight is cut into. */
struct table {
	uint32_t units, steps, cells;
	double step;
	bool down; /* weights are rounded down to steps: what is found will do */
};

enum { FEWEST_STEPS = 16, HALVINGS = 20, TOOK_BYTES = 12 << 20 };

struct cover *cover_new(uint32_t items)
{
	struct cover *c = calloc(1, sizeof(*c));
	struct cover_work *w = calloc(1, sizeof(*w));
	const size_t n = (size_t)items + 1, least = n * COVER_CELLS_LEAST;

	if (!c || !w) {
		free(c);
		free(w);
		return NULL;
	}
	c->work = w;
	c->cells = COVER_CELLS;
	c->item = calloc(n, sizeof(*c->item));
	w->least = malloc(COVER_CELLS * sizeof(*w->least));
	w->took = malloc(least > TOOK_BYTES ? least : TOOK_BYTES);
	w->core = calloc(n, sizeof(*w->core));
	w->rate = calloc(n, sizeof(*w->rate));
	w->order = calloc(n, sizeof(*w->order));
	if (!c->item || !w->least || !w->took || !w->core || !w->rate || !w->order)
		cover_free(&c);
	return c;
}

void cover_free(struct cover **c)
{
	struct cover *old = *c;

	*c = NULL;
	if (!old)
		return;
	free(old->work->least);
	free(old->work->took);
	free(old->work->core);
	free(old->work->rate);
	free(old->work->order);
	free(old->work);
	free(old->item);
	free(old);
}

/* ---- multipliers ---- */

struct demand {
	double units, weight; /* left after what goes anyway */
	double per_unit, per_weight;
};

static double reduced(const struct cover_item *i, const struct demand *d)
{
	return i->cost - d->per_unit * i->units - d->per_weight * i->weight;
}

static double relaxed(const struct cover *c, const struct demand *d)
{
	double sum = d->per_unit * d->units + d->per_weight * d->weight;

	for (uint32_t i = 0; i < c->n; i++) {
		const double r = c->item[i].cost > 0 ? reduced(&c->item[i], d) : 0;

		sum += r < 0 ? r : 0;
	}
	return sum;
}

/* What those that would go at these multipliers leave of the demand. */
static double left(const struct cover *c, const struct demand *d, bool by_weight)
{
	double sum = by_weight ? d->weight : d->units;

	for (uint32_t i = 0; i < c->n; i++) {
		const struct cover_item *it = &c->item[i];

		if (it->cost > 0 && reduced(it, d) < 0)
			sum -= by_weight ? it->weight : it->units;
	}
	return sum;
}

static double highest(const struct cover *c, bool by_weight)
{
	double most = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		const struct cover_item *it = &c->item[i];
		const double size = by_weight ? it->weight : it->units;

		if (it->cost > 0 && size > 0 && it->cost / size > most)
			most = it->cost / size;
	}
	return most;
}

/* The best multipliers, by halving: too few go while one is too low. */
static void balance_weight(const struct cover *c, struct demand *d, double highest)
{
	double low = 0, high = d->weight > 0 ? highest : 0;

	d->per_weight = 0;
	for (int i = 0; i < HALVINGS && high > 0; i++) {
		d->per_weight = (low + high) / 2;
		if (left(c, d, true) > 0)
			low = d->per_weight;
		else
			high = d->per_weight;
	}
}

static void balance(const struct cover *c, struct demand *d)
{
	const double per_weight = highest(c, true);
	double low = 0, high = d->units > 0 ? highest(c, false) : 0;

	d->per_unit = 0;
	if (high <= 0)
		balance_weight(c, d, per_weight);
	for (int i = 0; i < HALVINGS && high > 0; i++) {
		d->per_unit = (low + high) / 2;
		balance_weight(c, d, per_weight);
		if (left(c, d, false) > 0)
			low = d->per_unit;
		else
			high = d->per_unit;
	}
}

/* ---- one set that will do ---- */

static int cheaper_first(const double *rate, uint32_t a, uint32_t b)
{
	if (rate[a] != rate[b])
		return rate[a] < rate[b] ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void sort_by_rate(const double *rate, uint32_t *order, uint32_t n)
{
	for (uint32_t gap = n / 2; gap > 0; gap = gap > 2 ? gap * 5 / 11 : gap / 2)
		for (uint32_t i = gap; i < n; i++) {
			const uint32_t it = order[i];
			uint32_t k = i;

			for (; k >= gap && cheaper_first(rate, it, order[k - gap]) < 0;
				k -= gap)
				order[k] = order[k - gap];
			order[k] = it;
		}
}

static bool needed(const struct demand *d, double units, double weight)
{
	return units < d->units || weight < d->weight;
}

/* What a set costs that takes the best per room first, and then leaves out again, the
 * worst first, what is not needed. INFINITY: not even all will do. */
static double greedy(const struct cover *c, const struct demand *d)
{
	struct cover_work *w = c->work;
	double units = 0, weight = 0, cost = 0;
	uint32_t n = 0, k = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		if (c->item[i].cost <= 0)
			continue;
		w->rate[i] = reduced(&c->item[i], d);
		w->order[n++] = i;
	}
	sort_by_rate(w->rate, w->order, n);
	for (; k < n && needed(d, units, weight); k++) {
		units += c->item[w->order[k]].units;
		weight += c->item[w->order[k]].weight;
		cost += c->item[w->order[k]].cost;
	}
	if (needed(d, units, weight))
		return (double)INFINITY;
	while (k-- > 0) {
		const struct cover_item *it = &c->item[w->order[k]];

		if (needed(d, units - it->units, weight - it->weight))
			continue;
		units -= it->units;
		weight -= it->weight;
		cost -= it->cost;
	}
	return cost;
}

/* ---- the table ---- */

static uint32_t steps_of(const struct table *t, double weight)
{
	const double exactly = t->steps ? weight / t->step : 0;
	const double steps = t->down ? floor(exactly) : ceil(exactly - 1e-9);

	return steps < t->steps ? (uint32_t)steps : t->steps;
}

/* Demands that the table has left; units beyond what it holds are not asked for. */
static struct table lay_out(double units, double weight, uint32_t core, uint32_t cells)
{
	struct table t = { .units = 0 };
	uint32_t most;

	if (cells > TOOK_BYTES / (core + 1))
		cells = TOOK_BYTES / (core + 1);
	if (cells < COVER_CELLS_LEAST)
		cells = COVER_CELLS_LEAST;
	most = cells / (FEWEST_STEPS + 1) - 1;

	t.units = units <= 0 ? 0 : units > most ? most : (uint32_t)units;
	if (weight > 0) {
		t.steps = cells / (t.units + 1) - 1;
		t.step = weight / t.steps;
	}
	t.cells = (t.units + 1) * (t.steps + 1);
	return t;
}

static void add_row(double *restrict at, const double *restrict from,
	uint8_t *restrict took, uint32_t steps, uint32_t shift, double cost)
{
	for (uint32_t y = 0; y < shift; y++) {
		took[y] = from[0] + cost < at[y];
		at[y] = took[y] ? from[0] + cost : at[y];
	}
#pragma omp simd
	for (size_t y = shift; y <= steps; y++) {
		const double x = from[y - shift] + cost, was = at[y];

		took[y] = x < was;
		at[y] = x < was ? x : was;
	}
}

/* The same within a row, from its end, since what it reads is before what it writes. */
static void add_within(
	double *at, uint8_t *took, uint32_t steps, uint32_t shift, double cost)
{
	for (uint32_t y = steps + 1; y-- > 0;) {
		const double x = at[y > shift ? y - shift : 0] + cost;

		took[y] = x < at[y];
		at[y] = x < at[y] ? x : at[y];
	}
}

static void add_item(const struct cover *c, const struct table *t, uint32_t k)
{
	struct cover_work *w = c->work;
	const struct cover_item *it = &c->item[w->core[k]];
	const uint32_t row = t->steps + 1, shift = steps_of(t, it->weight);
	uint8_t *took = w->took + (size_t)k * t->cells;

	for (uint32_t x = t->units + 1; x-- > 0;) {
		const uint32_t from = x > it->units ? x - it->units : 0;

		if (from == x)
			add_within(w->least + x * row, took + x * row, t->steps, shift,
				it->cost);
		else
			add_row(w->least + x * row, w->least + from * row, took + x * row,
				t->steps, shift, it->cost);
	}
}

static double fill(struct cover *c, const struct table *t, uint32_t core)
{
	struct cover_work *w = c->work;
	const uint32_t row = t->steps + 1, last = t->units * row + t->steps;
	uint32_t x = t->units, y = t->steps;

	w->least[0] = 0;
	for (uint32_t i = 1; i <= last; i++)
		w->least[i] = (double)INFINITY;
	for (uint32_t k = 0; k < core; k++)
		add_item(c, t, k);
	for (uint32_t k = core; k-- > 0;) {
		struct cover_item *it = &c->item[w->core[k]];
		const uint32_t shift = steps_of(t, it->weight);

		it->goes = w->took[(size_t)k * t->cells + x * row + y];
		if (!it->goes)
			continue;
		x = x > it->units ? x - it->units : 0;
		y = y > shift ? y - shift : 0;
	}
	return w->least[last];
}

/* ---- together ---- */

/* What goes anyway, and what that leaves to be covered. */
static double take_willing(struct cover *c, struct demand *d)
{
	double sum = 0;

	*d = (struct demand){ .units = c->units, .weight = c->weight };
	for (uint32_t i = 0; i < c->n; i++) {
		struct cover_item *it = &c->item[i];

		it->goes = it->cost <= 0;
		if (it->goes) {
			sum += it->cost;
			d->units -= it->units;
			d->weight -= it->weight;
		}
	}
	return sum;
}

/* Who goes or stays in any set that is cheaper than one of the gap above the relaxation,
 * by their multipliers; those in doubt are the core. Returns what the sure ones cost. */
static double sift(struct cover *c, struct demand *d, double gap, uint32_t *core)
{
	const struct demand at = *d;
	double sum = 0;

	*core = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		struct cover_item *it = &c->item[i];
		const double r = it->cost > 0 ? reduced(it, &at) : 0;

		if (it->cost <= 0)
			continue;
		it->goes = r < -gap;
		if (it->goes) {
			sum += it->cost;
			d->units -= it->units;
			d->weight -= it->weight;
		} else if (r <= gap) {
			c->work->core[(*core)++] = i;
		}
	}
	return sum;
}

static double tabulate(
	struct cover *c, struct demand d, double gap, uint32_t cells, bool down)
{
	uint32_t core;
	const double sum = sift(c, &d, gap, &core);
	struct table t = lay_out(d.units, d.weight, core, cells);

	t.down = down;
	return sum + fill(c, &t, core);
}

/* A small table finds a set that will do, and so shrinks the core of the large one. */
static double solve(struct cover *c, bool down)
{
	static const double rounding = 1e-9;
	struct demand d;
	const double willing = take_willing(c, &d);
	double least, gap, found;

	if (d.units <= 0 && d.weight <= 0)
		return willing;
	balance(c, &d);
	least = relaxed(c, &d);
	gap = greedy(c, &d) - least + rounding;
	found = tabulate(c, d, gap, 2 * COVER_CELLS_LEAST, true);
	if (found - least + rounding < gap)
		gap = found - least + rounding;
	return willing + tabulate(c, d, gap, c->cells, down);
}

double cover_bound(struct cover *c)
{
	return solve(c, false);
}

double cover_find(struct cover *c)
{
	return solve(c, true);
}
