#include "core/amounts.h"

#include <stdlib.h>
#include <string.h>

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the amounts of the accounts");
}

enum status amounts_init(struct amounts *a, uint32_t n, struct err *e)
{
	const size_t size = ((size_t)n + 1) * sizeof(*a->brief);

	*a = (struct amounts){ .n = n, .brief = malloc(size) };
	if (!a->brief)
		return no_memory(e);
	memset(a->brief, UINT8_MAX, size);
	return ST_OK;
}

void amounts_clear(struct amounts *a)
{
	if (a->sharers && *a->sharers > 0) {
		--*a->sharers;
	} else {
		free(a->brief);
		free(a->wide);
		free(a->sharers);
	}
	*a = (struct amounts){ .n = 0 };
}

enum status amounts_share(struct amounts *a, struct amounts *with, struct err *e)
{
	if (!a->sharers && !(a->sharers = calloc(1, sizeof(*a->sharers))))
		return no_memory(e);
	++*a->sharers;
	*with = *a;
	return ST_OK;
}

void amounts_get(const struct amounts *a, uint32_t first, uint32_t n, int64_t *to)
{
	const uint32_t *brief = a->brief + first;

	if (a->wide) {
		memcpy(to, a->wide + first, n * sizeof(*to));
		return;
	}
#pragma omp simd
	for (uint32_t i = 0; i < n; i++)
		to[i] = brief[i] == UINT32_MAX ? MONEY_NONE : (int64_t)brief[i];
}

static bool all_fit(const int64_t *from, uint32_t n)
{
	uint32_t fit = 1;

#pragma omp simd reduction(& : fit)
	for (uint32_t i = 0; i < n; i++)
		fit &= (uint32_t)((from[i] == MONEY_NONE) |
				  ((uint64_t)from[i] < UINT32_MAX));
	return fit;
}

static enum status widen(struct amounts *a, struct err *e)
{
	int64_t *wide = malloc(((size_t)a->n + 1) * sizeof(*wide));

	if (!wide)
		return no_memory(e);
	amounts_get(a, 0, a->n, wide);
	free(a->brief);
	a->brief = NULL;
	a->wide = wide;
	return ST_OK;
}

enum status amounts_put(
	struct amounts *a, uint32_t first, const int64_t *from, uint32_t n, struct err *e)
{
	enum status st = ST_OK;

	if (!a->wide && !all_fit(from, n))
		st = widen(a, e);
	if (st != ST_OK)
		return st;
	if (a->wide) {
		memcpy(a->wide + first, from, n * sizeof(*from));
		return ST_OK;
	}
	for (uint32_t i = 0; i < n; i++)
		a->brief[first + i] =
			from[i] == MONEY_NONE ? UINT32_MAX : (uint32_t)from[i];
	return ST_OK;
}
