#include "core/simplex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number this small is none; what a bound may be missed by. */
static const double TINY = 1e-9, MISSED = 1e-7;

enum { PIVOTS_FRESH = 400, PIVOTS_ADDED = 40, NOWHERE = UINT32_MAX };

/* A column of the program, as it was given. */
struct entry {
	uint32_t row;
	double is;
};

struct candidate {
	uint32_t at;
	double ratio;
};

struct simplex {
	uint32_t columns, rows;
	double *cost, *given; /* [row * columns + column], until simplex_begin */
	struct entry *entry;  /* of column j: first[j] .. first[j + 1] - 1 */
	uint32_t *first;
	double *low, *high, *value; /* per variable */
	/* The tableau: a basic variable is the sum of its row times those that aren't. */
	double *table;     /* [row * columns + place] */
	double *reduced;   /* per place */
	uint32_t *basic;   /* per row: variable */
	uint32_t *outside; /* per place: variable */
	double *price;     /* per row of the program, of the last solution */
	struct candidate *candidate;
	uint32_t pivots, added_up; /* since the table was made; and when values were */
	bool is_added_up, fresh;   /* fresh: made anew in this solution */
	uint64_t effort;
	double least;
};

struct simplex *simplex_new(uint32_t columns, uint32_t rows)
{
	struct simplex *s = calloc(1, sizeof(*s));
	const size_t n = (size_t)columns + 1, m = (size_t)rows + 1;

	if (!s)
		return NULL;
	s->columns = columns;
	s->rows = rows;
	s->cost = calloc(n, sizeof(*s->cost));
	s->given = calloc(n * m, sizeof(*s->given));
	s->low = calloc(n + m, sizeof(*s->low));
	s->high = calloc(n + m, sizeof(*s->high));
	s->value = calloc(n + m, sizeof(*s->value));
	s->table = calloc(n * m, sizeof(*s->table));
	s->reduced = calloc(n, sizeof(*s->reduced));
	s->first = calloc(n + 1, sizeof(*s->first));
	s->outside = calloc(n, sizeof(*s->outside));
	s->candidate = calloc(n, sizeof(*s->candidate));
	s->basic = calloc(m, sizeof(*s->basic));
	s->price = calloc(m, sizeof(*s->price));
	if (!s->cost || !s->given || !s->low || !s->high || !s->value || !s->table ||
		!s->reduced || !s->first || !s->outside || !s->candidate || !s->basic ||
		!s->price) {
		simplex_free(&s);
		return NULL;
	}
	for (uint32_t v = 0; v < columns + rows; v++) {
		s->low[v] = v < columns ? 0 : -(double)INFINITY;
		s->high[v] = v < columns ? 1 : (double)INFINITY;
	}
	return s;
}

void simplex_free(struct simplex **s)
{
	struct simplex *old = *s;

	*s = NULL;
	if (!old)
		return;
	free(old->cost);
	free(old->given);
	free(old->low);
	free(old->high);
	free(old->value);
	free(old->table);
	free(old->reduced);
	free(old->first);
	free(old->outside);
	free(old->candidate);
	free(old->basic);
	free(old->price);
	free(old->entry);
	free(old);
}

void simplex_cost(struct simplex *s, uint32_t column, double cost)
{
	s->cost[column] = cost;
}

void simplex_put(struct simplex *s, uint32_t row, uint32_t column, double is)
{
	s->given[(size_t)row * s->columns + column] += is;
}

void simplex_bound(struct simplex *s, uint32_t variable, double low, double high)
{
	s->low[variable] = low;
	s->high[variable] = high;
}

double simplex_low(const struct simplex *s, uint32_t variable)
{
	return s->low[variable];
}

double simplex_high(const struct simplex *s, uint32_t variable)
{
	return s->high[variable];
}

double simplex_least(const struct simplex *s)
{
	return s->least;
}

double simplex_value(const struct simplex *s, uint32_t variable)
{
	return s->value[variable];
}

uint64_t simplex_effort(const struct simplex *s)
{
	return s->effort;
}

/* ---- the table ---- */

/* Costs a little off, each differently: ties would make it go round in circles. */
static double unlike(uint32_t column)
{
	return 1e-7 * (1 + (column * 2654435761u >> 16) / 65536.0);
}

static void lay_out(struct simplex *s)
{
	for (uint32_t j = 0; j < s->columns; j++) {
		s->outside[j] = j;
		s->reduced[j] = s->cost[j] + unlike(j);
	}
	memset(s->table, 0, (size_t)s->rows * s->columns * sizeof(*s->table));
	for (uint32_t i = 0; i < s->rows; i++)
		s->basic[i] = s->columns + i;
	for (uint32_t j = 0; j < s->columns; j++)
		for (uint32_t k = s->first[j]; k < s->first[j + 1]; k++)
			s->table[(size_t)s->entry[k].row * s->columns + j] =
				s->entry[k].is;
	s->pivots = 0;
}

bool simplex_begin(struct simplex *s)
{
	uint32_t n = 0;

	for (size_t k = 0; k < (size_t)s->rows * s->columns; k++)
		n += s->given[k] != 0;
	s->entry = calloc((size_t)n + 1, sizeof(*s->entry));
	if (!s->entry)
		return false;
	n = 0;
	for (uint32_t j = 0; j < s->columns; j++) {
		s->first[j] = n;
		for (uint32_t i = 0; i < s->rows; i++)
			if (s->given[(size_t)i * s->columns + j] != 0)
				s->entry[n++] = (struct entry){ i,
					s->given[(size_t)i * s->columns + j] };
	}
	s->first[s->columns] = n;
	free(s->given);
	s->given = NULL;
	lay_out(s);
	return true;
}

static void add_times(
	double *restrict to, const double *restrict from, double times, uint32_t n)
{
#pragma omp simd
	for (uint32_t j = 0; j < n; j++)
		to[j] += times * from[j];
}

/* The variable of row p and the one at place q change sides. */
static void pivot(struct simplex *s, uint32_t p, uint32_t q)
{
	const uint32_t n = s->columns, v = s->basic[p];
	double *row = s->table + (size_t)p * n;
	const double by = 1 / row[q];
	double times;

	for (uint32_t j = 0; j < n; j++)
		row[j] *= -by;
	row[q] = by;
	for (uint32_t i = 0; i < s->rows; i++) {
		double *other = s->table + (size_t)i * n;

		times = other[q];
		if (i == p || fabs(times) < 1e-13) {
			if (i != p)
				other[q] = 0;
			continue;
		}
		other[q] = 0;
		add_times(other, row, times, n);
		s->effort += n;
	}
	times = s->reduced[q];
	s->reduced[q] = 0;
	add_times(s->reduced, row, times, n);
	s->basic[p] = s->outside[q];
	s->outside[q] = v;
	s->pivots++;
}

/* The same basis, from the numbers as given: what rounding made of it is gone. */
static void make_fresh(struct simplex *s)
{
	const uint32_t n = s->columns;
	uint8_t *is_in = calloc((size_t)n + s->rows + 1, 1);

	if (!is_in)
		return; /* it goes on with what it has */
	for (uint32_t i = 0; i < s->rows; i++)
		is_in[s->basic[i]] = 1;
	lay_out(s);
	for (uint32_t j = 0; j < n; j++) {
		uint32_t p = NOWHERE;

		if (!is_in[j])
			continue;
		for (uint32_t i = 0; i < s->rows; i++)
			if (s->basic[i] >= n && !is_in[s->basic[i]] &&
				fabs(s->table[(size_t)i * n + j]) > TINY &&
				(p == NOWHERE ||
					fabs(s->table[(size_t)i * n + j]) >
						fabs(s->table[(size_t)p * n + j])))
				p = i;
		if (p != NOWHERE)
			pivot(s, p, j);
	}
	s->pivots = 0;
	free(is_in);
}

/* ---- values ---- */

/* Where a variable that is not in the basis lies: at the bound that its reduced cost asks
 * for. */
static double settled(struct simplex *s, uint32_t place)
{
	const uint32_t v = s->outside[place];
	const bool high = s->reduced[place] < 0;
	const double first = high ? s->high[v] : s->low[v];

	if (isfinite(first))
		return first;
	s->reduced[place] = 0; /* it is not, but by rounding */
	return high ? s->low[v] : s->high[v];
}

static void shift(struct simplex *s, uint32_t place, double by)
{
	const uint32_t n = s->columns;

	s->value[s->outside[place]] += by;
	for (uint32_t i = 0; i < s->rows; i++)
		s->value[s->basic[i]] += by * s->table[(size_t)i * n + place];
	s->effort += s->rows;
}

/* To where the bounds are now. */
static void move_along(struct simplex *s)
{
	for (uint32_t j = 0; j < s->columns; j++) {
		const uint32_t v = s->outside[j];
		const double to = settled(s, j), by = to - s->value[v];

		if (by != 0 && isfinite(to))
			shift(s, j, by);
		if (isfinite(to))
			s->value[v] = to;
	}
	s->effort += s->columns;
}

static void add_up(struct simplex *s)
{
	for (uint32_t j = 0; j < s->columns; j++) {
		const double to = settled(s, j);

		s->value[s->outside[j]] = isfinite(to) ? to : 0;
	}
	for (uint32_t i = 0; i < s->rows; i++) {
		const double *row = s->table + (size_t)i * s->columns;
		double sum = 0;

		for (uint32_t j = 0; j < s->columns; j++)
			sum += row[j] * s->value[s->outside[j]];
		s->value[s->basic[i]] = sum;
	}
	s->added_up = s->pivots;
	s->is_added_up = true;
	s->effort += 2 * (uint64_t)s->rows * s->columns;
}

/* ---- what is certain ---- */

static double lower_of(double times, double low, double high)
{
	return times > 0 ? times * low : times < 0 ? times * high : 0;
}

/* Of c.x, c being cost less the rows at their prices, and the rows at theirs: the least
 * by bounds alone. */
static double by_bounds(struct simplex *s, const double *cost)
{
	double sum = 0;

	for (uint32_t i = 0; i < s->rows; i++)
		sum += lower_of(
			s->price[i], s->low[s->columns + i], s->high[s->columns + i]);
	for (uint32_t j = 0; j < s->columns; j++) {
		double d = cost ? cost[j] : 0;

		for (uint32_t k = s->first[j]; k < s->first[j + 1]; k++)
			d -= s->price[s->entry[k].row] * s->entry[k].is;
		sum += lower_of(d, s->low[j], s->high[j]);
	}
	s->effort += 2 * (uint64_t)s->first[s->columns];
	return sum;
}

static void set_price(struct simplex *s, uint32_t row, double price)
{
	const uint32_t v = s->columns + row;

	s->price[row] = price;
	if (!isfinite(lower_of(price, s->low[v], s->high[v])))
		s->price[row] = 0;
}

static void find_least(struct simplex *s)
{
	memset(s->price, 0, s->rows * sizeof(*s->price));
	for (uint32_t j = 0; j < s->columns; j++)
		if (s->outside[j] >= s->columns)
			set_price(s, s->outside[j] - s->columns, s->reduced[j]);
	s->least = by_bounds(s, s->cost);
}

/* Row p of the table says what its variable is the sum of; whatever the others are within
 * their bounds, it misses its own (Farkas). */
static bool is_missed(struct simplex *s, uint32_t p, double sign)
{
	const double *row = s->table + (size_t)p * s->columns;

	memset(s->price, 0, s->rows * sizeof(*s->price));
	for (uint32_t j = 0; j < s->columns; j++)
		if (s->outside[j] >= s->columns && fabs(row[j]) > 1e-12)
			set_price(s, s->outside[j] - s->columns, -sign * row[j]);
	if (s->basic[p] >= s->columns)
		set_price(s, s->basic[p] - s->columns, sign);
	return by_bounds(s, NULL) > MISSED / 2;
}

/* ---- the dual simplex ---- */

static double missed_by(const struct simplex *s, uint32_t v)
{
	const double low = s->low[v] - s->value[v], high = s->value[v] - s->high[v];

	return low > high ? low : high;
}

static uint32_t leaving(const struct simplex *s)
{
	double most = MISSED;
	uint32_t p = NOWHERE;

	for (uint32_t i = 0; i < s->rows; i++) {
		const double by = missed_by(s, s->basic[i]);

		if (by > most) {
			most = by;
			p = i;
		}
	}
	return p;
}

static uint32_t find_candidates(struct simplex *s, uint32_t p, double sign)
{
	static const double pivot_least = 1e-7;
	const double *row = s->table + (size_t)p * s->columns;
	uint32_t n = 0;

	for (uint32_t j = 0; j < s->columns; j++) {
		const uint32_t v = s->outside[j];
		const double a = sign * row[j];

		if (fabs(a) < pivot_least || s->low[v] >= s->high[v] ||
			(a > 0 ? s->value[v] >= s->high[v] : s->value[v] <= s->low[v]))
			continue;
		s->candidate[n++] =
			(struct candidate){ j, fabs(s->reduced[j]) / fabs(a) };
	}
	return n;
}

/* The nearest candidate, of equally near ones the steepest, goes to the end. */
static void put_nearest_last(struct simplex *s, const double *row, uint32_t n)
{
	uint32_t best = 0;

	for (uint32_t k = 1; k < n; k++) {
		const struct candidate *x = &s->candidate[k], *y = &s->candidate[best];

		if (x->ratio < y->ratio ||
			(x->ratio <= y->ratio && fabs(row[x->at]) > fabs(row[y->at])))
			best = k;
	}
	{
		const struct candidate x = s->candidate[best];

		s->candidate[best] = s->candidate[n - 1];
		s->candidate[n - 1] = x;
	}
}

/* The place that takes the row's variable; those passed on the way go to their other
 * bound. NOWHERE: even all of them leave something missing. */
static uint32_t entering(struct simplex *s, uint32_t p, double sign)
{
	const double *row = s->table + (size_t)p * s->columns;
	double missing = missed_by(s, s->basic[p]);

	for (uint32_t n = find_candidates(s, p, sign); n > 0; n--) {
		uint32_t v, j;
		double span;

		put_nearest_last(s, row, n);
		j = s->candidate[n - 1].at;
		v = s->outside[j];
		span = s->high[v] - s->low[v];
		missing -= fabs(row[j]) * span;
		if (!(missing > 0))
			return j;
		shift(s, j, s->value[v] > s->low[v] ? -span : span);
	}
	return NOWHERE;
}

static double total(const struct simplex *s)
{
	double sum = 0;

	for (uint32_t j = 0; j < s->columns; j++)
		sum += s->reduced[j] * s->value[s->outside[j]];
	return sum;
}

static bool is_above(struct simplex *s, double cutoff)
{
	if (total(s) <= cutoff)
		return false;
	find_least(s);
	return s->least > cutoff;
}

/* The variable of row p can't get within its bounds, as it seems. Where that is not
 * certain it may be for rounding, and a fresh table knows better; false: it does not
 * either. */
static bool knows_better(
	struct simplex *s, uint32_t p, double sign, enum simplex_end *end)
{
	if (is_missed(s, p, sign)) {
		*end = SIMPLEX_NONE;
		return false;
	}
	if (s->fresh)
		return false;
	make_fresh(s);
	add_up(s);
	s->fresh = true;
	return true;
}

/* One step; false: it has ended. */
static bool go(struct simplex *s, double cutoff, enum simplex_end *end)
{
	const uint32_t p = leaving(s);
	uint32_t v, q;
	double sign;

	if (p == NOWHERE || is_above(s, cutoff)) {
		*end = p == NOWHERE ? SIMPLEX_LEAST : SIMPLEX_ABOVE;
		return false;
	}
	v = s->basic[p];
	sign = s->value[v] < s->low[v] ? 1 : -1;
	q = entering(s, p, sign);
	if (q == NOWHERE)
		return knows_better(s, p, sign, end);
	shift(s, q,
		((sign > 0 ? s->low[v] : s->high[v]) - s->value[v]) /
			s->table[(size_t)p * s->columns + q]);
	s->value[v] = sign > 0 ? s->low[v] : s->high[v];
	pivot(s, p, q);
	return true;
}

enum simplex_end simplex_solve(struct simplex *s, double cutoff, uint32_t pivots)
{
	enum simplex_end end = SIMPLEX_STUCK;

	s->fresh = s->pivots > PIVOTS_FRESH + s->rows;
	if (s->fresh)
		make_fresh(s);
	if (!s->is_added_up || s->fresh || s->pivots - s->added_up > PIVOTS_ADDED)
		add_up(s);
	else
		move_along(s);
	while (pivots-- > 0 && go(s, cutoff, &end))
		;
	if (end != SIMPLEX_ABOVE && end != SIMPLEX_NONE)
		find_least(s);
	return end;
}
