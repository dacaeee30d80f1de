/* The method: values, bounds that are certain, and steps of the dual simplex. */
#include "core/simplex_table.h"

#include <math.h>
#include <string.h>

/* What a bound may be missed by. */
static const double MISSED = 1e-7;

enum { PIVOTS_FRESH = 400, PIVOTS_ADDED = 40 };

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
	uint32_t p = SIMPLEX_NOWHERE;

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
 * bound. SIMPLEX_NOWHERE: even all of them leave something missing. */
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
	return SIMPLEX_NOWHERE;
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
	simplex_table_renew(s);
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

	if (p == SIMPLEX_NOWHERE || is_above(s, cutoff)) {
		*end = p == SIMPLEX_NOWHERE ? SIMPLEX_LEAST : SIMPLEX_ABOVE;
		return false;
	}
	v = s->basic[p];
	sign = s->value[v] < s->low[v] ? 1 : -1;
	q = entering(s, p, sign);
	if (q == SIMPLEX_NOWHERE)
		return knows_better(s, p, sign, end);
	shift(s, q,
		((sign > 0 ? s->low[v] : s->high[v]) - s->value[v]) /
			s->table[(size_t)p * s->columns + q]);
	s->value[v] = sign > 0 ? s->low[v] : s->high[v];
	simplex_table_pivot(s, p, q);
	return true;
}

enum simplex_end simplex_solve(struct simplex *s, double cutoff, uint32_t pivots)
{
	enum simplex_end end = SIMPLEX_STUCK;

	s->fresh = s->pivots > PIVOTS_FRESH + s->rows;
	if (s->fresh)
		simplex_table_renew(s);
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
