/* The program as it is given, and its tableau. */
#include "core/simplex_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- the tableau ---- */

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

void simplex_table_pivot(struct simplex *s, uint32_t p, uint32_t q)
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

void simplex_table_renew(struct simplex *s)
{
	const uint32_t n = s->columns;
	uint8_t *is_in = calloc((size_t)n + s->rows + 1, 1);

	if (!is_in)
		return; /* it goes on with what it has */
	for (uint32_t i = 0; i < s->rows; i++)
		is_in[s->basic[i]] = 1;
	lay_out(s);
	for (uint32_t j = 0; j < n; j++) {
		uint32_t p = SIMPLEX_NOWHERE;

		if (!is_in[j])
			continue;
		for (uint32_t i = 0; i < s->rows; i++)
			if (s->basic[i] >= n && !is_in[s->basic[i]] &&
				fabs(s->table[(size_t)i * n + j]) > SIMPLEX_TINY &&
				(p == SIMPLEX_NOWHERE ||
					fabs(s->table[(size_t)i * n + j]) >
						fabs(s->table[(size_t)p * n + j])))
				p = i;
		if (p != SIMPLEX_NOWHERE)
			simplex_table_pivot(s, p, j);
	}
	s->pivots = 0;
	free(is_in);
}
