/*
 * Figures: the scores of one day as a snapshot keeps them, of every account, for lists
 * and pictures. In steps of 1/SCORES_SCALE where struct scores has fractions: the same
 * numbers in half the memory. One array per figure, indexed by id - 1.
 */
#ifndef CORE_FIGURES_H
#define CORE_FIGURES_H

#include "core/amounts.h"
#include "core/axes.h"
#include "core/scores.h"

enum figures_mark {
	FIGURES_ASSUMED = 1, /* effort is assumed, nothing was present */
	FIGURES_USAGE = 2    /* health has points of usage */
};

struct figures {
	uint32_t n;      /* ids 1..n */
	uint32_t active; /* that have a rank */
	uint8_t *health; /* 1..100, HEALTH_UNKNOWN, HEALTH_NONE */
	uint8_t *marks;  /* enum figures_mark */
	int16_t *coverage_steps;
	int32_t *effort_steps, *score_steps; /* as of scores_steps */
	uint32_t *rank;                      /* by value, as of axes_rank; 0: has none */
	struct amounts value;
	void *memory; /* owned */
};

/* All missing. */
enum status figures_init(struct figures *f, uint32_t n, struct err *e) MUST_USE;
void figures_clear(struct figures *f);
/* Takes over the figures of accounts first + 1.. that scores has; ranks alone where
 * scores has percentile ranks, among so many active. */
enum status figures_take(struct figures *f, uint32_t first, const struct scores *s,
	struct err *e) MUST_USE;
/* Ranks the values of all that have a health, and counts them. */
enum status figures_rank(struct figures *f, struct err *e) MUST_USE;

/* 0..1, and 0..100; NaN: missing. */
static inline double figures_coverage(const struct figures *f, uint32_t i)
{
	return f->coverage_steps[i] < 0 ? (double)NAN
					: (double)f->coverage_steps[i] / SCORES_SCALE;
}

static inline double figures_effort(const struct figures *f, uint32_t i)
{
	return scores_from_steps(f->effort_steps[i]);
}

static inline double figures_score(const struct figures *f, uint32_t i)
{
	return scores_from_steps(f->score_steps[i]);
}

/* The least rank, and the least steps, that are at or above a line of the shares; whoever
 * has less of it, or none, is below. */
uint32_t figures_rank_from(const struct figures *f, double value_pct);
int32_t figures_steps_from(double line);

static inline double figures_value_pct(const struct figures *f, uint32_t i)
{
	return axes_pct_of(f->rank[i], f->active);
}

#endif
