#include "core/shorts.h"

#include <stdlib.h>
#include <string.h>

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the facts of the accounts");
}

static uint16_t brief_of(int32_t near, int32_t v)
{
	return v == DAY_NONE ? UINT16_MAX : (uint16_t)(v - near + SHORTS_AROUND);
}

enum status shorts_init(
	struct shorts *s, uint32_t n, int32_t near, int32_t all, struct err *e)
{
	*s = (struct shorts){ .n = n, .near = near };
	s->brief = malloc(((size_t)n + 1) * sizeof(*s->brief));
	if (!s->brief)
		return no_memory(e);
	for (uint32_t i = 0; i < n; i++)
		s->brief[i] = brief_of(near, all);
	return ST_OK;
}

void shorts_clear(struct shorts *s)
{
	free(s->brief);
	free(s->wide);
	*s = (struct shorts){ .n = 0 };
}

void shorts_get(const struct shorts *s, uint32_t first, uint32_t n, int32_t *to)
{
	const int32_t from = s->near - SHORTS_AROUND;
	const uint16_t *brief = s->brief + first;

	if (s->wide) {
		memcpy(to, s->wide + first, n * sizeof(*to));
		return;
	}
#pragma omp simd
	for (uint32_t i = 0; i < n; i++)
		to[i] = brief[i] == UINT16_MAX ? DAY_NONE : from + brief[i];
}

static bool all_fit(int32_t near, const int32_t *v, uint32_t n)
{
	const uint32_t least = (uint32_t)(near - SHORTS_AROUND);
	uint32_t fit = 1;

#pragma omp simd reduction(& : fit)
	for (uint32_t i = 0; i < n; i++)
		fit &= (uint32_t)((v[i] == DAY_NONE) |
				  ((uint32_t)v[i] - least < UINT16_MAX));
	return fit;
}

static enum status widen(struct shorts *s, struct err *e)
{
	int32_t *wide = malloc(((size_t)s->n + 1) * sizeof(*wide));

	if (!wide)
		return no_memory(e);
	shorts_get(s, 0, s->n, wide);
	free(s->brief);
	s->brief = NULL;
	s->wide = wide;
	return ST_OK;
}

enum status shorts_put(
	struct shorts *s, uint32_t first, const int32_t *from, uint32_t n, struct err *e)
{
	const uint32_t least = (uint32_t)(s->near - SHORTS_AROUND);
	enum status st = ST_OK;
	uint16_t *to;

	if (!s->wide && !all_fit(s->near, from, n))
		st = widen(s, e);
	if (st != ST_OK)
		return st;
	if (s->wide) {
		memcpy(s->wide + first, from, n * sizeof(*from));
		return ST_OK;
	}
	to = s->brief + first;
#pragma omp simd
	for (uint32_t i = 0; i < n; i++)
		to[i] = from[i] == DAY_NONE ? UINT16_MAX
					    : (uint16_t)((uint32_t)from[i] - least);
	return ST_OK;
}
