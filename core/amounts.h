/*
 * Amounts: money of every account, in cents, by id - 1. In four bytes each as long as all
 * of them fit (0 to 42,949,672.94), which is half of what they else take.
 */
#ifndef CORE_AMOUNTS_H
#define CORE_AMOUNTS_H

#include "core/err.h"
#include "core/money.h"

struct amounts {
	uint32_t n;
	uint32_t *brief; /* owned; UINT32_MAX: MONEY_NONE; NULL: they are in wide */
	int64_t *wide;   /* owned */
	uint32_t *
		sharers; /* owned by all of them: how many others there are; NULL: none */
};

/* All MONEY_NONE. */
enum status amounts_init(struct amounts *a, uint32_t n, struct err *e) MUST_USE;
void amounts_clear(struct amounts *a);
/* The same ones, held by both; from then on they are only read. */
enum status amounts_share(
	struct amounts *a, struct amounts *with, struct err *e) MUST_USE;

static inline int64_t amounts_at(const struct amounts *a, uint32_t i)
{
	if (a->wide)
		return a->wide[i];
	return a->brief[i] == UINT32_MAX ? MONEY_NONE : (int64_t)a->brief[i];
}

/* What is not known counts as nothing. */
static inline int64_t amounts_or_none(const struct amounts *a, uint32_t i)
{
	const int64_t x = amounts_at(a, i);

	return x == MONEY_NONE ? 0 : x;
}

/* Sets n of them, and reads as many, from `first` on. */
enum status amounts_put(struct amounts *a, uint32_t first, const int64_t *from,
	uint32_t n, struct err *e) MUST_USE;
void amounts_get(const struct amounts *a, uint32_t first, uint32_t n, int64_t *to);

#endif
