/*
 * rebalance [ACCOUNTS CSMS REGIONS [SEED]]: books that are too full by chance, a quarter
 * of the accounts in tier 1, one in eight fixed, rebalanced; without arguments the sizes
 * that the goals are about. Prints processor seconds, the cost, the bound and the gap
 * between them, and what a tenth of that time is good for.
 *
 * rebalance --lp ACCOUNTS CSMS REGIONS [SEED]: the same problem as an integer program in
 * CPLEX's LP format, for `cbc FILE solve` or `glpsol --lp FILE`. Where all bands can be
 * kept: they are hard in it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "core/dice.h"
#include "core/rebalance.h"

struct made {
	struct rebalance_problem p;
	struct rebalance_item *item;
	double *share;
	uint8_t *reaches;
};

static double unit(struct dice *d)
{
	return (dice_below(d, 1u << 30) + 0.5) / (1u << 30);
}

static double bell(struct dice *d)
{
	return sqrt(-2 * log(unit(d))) * cos(6.283185307179586 * unit(d));
}

/* Some CSMs draw more accounts than others. */
static int32_t draw_owner(
	struct dice *d, const struct made *m, const double *pull, uint32_t region)
{
	for (;;) {
		const uint32_t j = dice_below(d, m->p.csms);

		if (m->reaches[region * m->p.csms + j] && unit(d) < pull[j])
			return (int32_t)j;
	}
}

static void make_item(struct dice *d, struct made *m, const double *pull, uint32_t i)
{
	const int tier = dice_chance(d, 250) ? 0 : 1;
	const double arr =
		tier ? 5e6 * exp(0.6 * bell(d) - 0.18) : 2e7 * exp(0.5 * bell(d) - 0.125);
	struct rebalance_item *it = &m->item[i];

	*it = (struct rebalance_item){ .pin = REBALANCE_FREE };
	it->n[tier] = 1;
	it->arr[tier] = (int64_t)arr;
	it->reach = (uint16_t)dice_below(d, m->p.reaches_n);
	it->owner = draw_owner(d, m, pull, it->reach);
}

static void price_item(struct dice *d, struct rebalance_item *it, double total)
{
	double cost = 5 * it->n[0] + 2 * it->n[1] +
		      100 * (double)(it->arr[0] + it->arr[1]) / total;

	cost *= dice_chance(d, 200) ? 2 : 1;
	it->cost = (int64_t)(cost * REBALANCE_UNIT + 0.5);
	if (dice_chance(d, 120))
		it->pin = it->owner;
}

/* Bands that all books together fill to 0.88. */
static void make_bands(struct made *m, double share)
{
	double count = 0, arr = 0, most;

	for (uint32_t i = 0; i < m->p.items; i++) {
		const struct rebalance_item *it = &m->item[i];

		count += it->n[0] + it->n[1] / 4.0;
		arr += (double)it->arr[0] + (double)it->arr[1] * 0.8;
	}
	most = ceil(count / share / 0.88);
	arr /= share * 0.88;
	m->p.band[0] = (struct capacity_band){ floor(most * 0.32), most / 2, most,
		arr * 0.375, arr, false };
	m->p.band[1] = (struct capacity_band){ floor(most * 1.6), most * 3, most * 4,
		arr * 0.5, arr * 1.25, false };
}

static void make(
	struct made *m, uint32_t items, uint32_t csms, uint32_t regions, uint32_t seed)
{
	struct dice d = dice_of(seed, items, csms);
	double *pull = calloc(csms + 1, sizeof(*pull));
	double share = 0, total = 0;

	*m = (struct made){ .item = calloc(items + 1, sizeof(*m->item)),
		.share = calloc(csms + 1, sizeof(*m->share)),
		.reaches = calloc((size_t)regions * csms + 1, 1) };
	if (!pull || !m->item || !m->share || !m->reaches)
		exit(6);
	m->p = (struct rebalance_problem){ .item = m->item,
		.items = items,
		.share = m->share,
		.csms = csms,
		.reaches = m->reaches,
		.reaches_n = regions };
	for (uint32_t j = 0; j < csms; j++) {
		m->share[j] = dice_chance(&d, 100) ? 0.8 : 1;
		share += m->share[j];
		m->reaches[j % regions * csms + j] = 1;
		pull[j] = (0.6 + 0.8 * unit(&d)) / 1.4;
	}
	for (uint32_t i = 0; i < items; i++)
		make_item(&d, m, pull, i);
	for (uint32_t i = 0; i < items; i++)
		total += (double)(m->item[i].arr[0] + m->item[i].arr[1]);
	for (uint32_t i = 0; i < items; i++)
		price_item(&d, &m->item[i], total);
	make_bands(m, share);
	free(pull);
}

static void clear(struct made *m)
{
	free(m->item);
	free(m->share);
	free(m->reaches);
}

/* ---- measuring ---- */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool until(void *arg, const char *what, uint64_t done, uint64_t total)
{
	(void)what;
	(void)done;
	(void)total;
	return now() < *(const double *)arg;
}

static double solve(const struct made *m, double seconds, struct rebalance_result *r)
{
	double begin = now(), end = begin + seconds;
	const struct progress p = { until, &end };
	struct err e;

	if (rebalance_solve(&m->p, &p, r, &e) != ST_OK) {
		fprintf(stderr, "rebalance: %s\n", e.text);
		exit(1);
	}
	return now() - begin;
}

static void measure(uint32_t items, uint32_t csms, uint32_t regions, uint32_t seed)
{
	struct made m;
	struct rebalance_result r, early;
	struct rusage used;
	double seconds, tenth;

	make(&m, items, csms, regions, seed);
	seconds = solve(&m, 1e6, &r);
	getrusage(RUSAGE_SELF, &used);
	tenth = solve(&m, seconds / 10, &early);
	printf("%6u x %-3u %u region%s  %6.2f s  too much %3d -> %d  cost %9.3f  "
	       "bound %9.3f  gap %.3f %%%s  peak %.1f MiB  after %.2f s: too much %d, "
	       "cost "
	       "+%.1f %%\n",
		items, csms, regions, regions > 1 ? "s" : " ", seconds,
		(int)r.before.over, (int)r.after.over,
		(double)r.after.cost / REBALANCE_UNIT, (double)r.bound / REBALANCE_UNIT,
		100 - 100 * (double)r.bound / (double)r.after.cost,
		r.optimal ? ", optimal" : "", (double)used.ru_maxrss / 1024, tenth,
		(int)early.after.over,
		100 * (double)early.after.cost / (double)r.after.cost - 100);
	fflush(stdout);
	rebalance_result_clear(&r);
	rebalance_result_clear(&early);
	clear(&m);
}

/* ---- for others ---- */

static bool may(const struct made *m, uint32_t i, uint32_t j)
{
	const struct rebalance_item *it = &m->item[i];

	return it->pin == REBALANCE_FREE &&
	       ((int32_t)j == it->owner || m->reaches[it->reach * m->p.csms + j]);
}

/* What an item takes of a band: accounts and ARR at most, then at least. */
static double takes(const struct made *m, uint32_t i, int band)
{
	const struct rebalance_item *it = &m->item[i];
	const int tier = it->n[0] ? 0 : 1;
	const struct capacity_band *b = &m->p.band[tier];
	const double of[] = { 1 / b->max, (double)it->arr[tier] / b->arr_max, 1 / b->min,
		(double)it->arr[tier] / b->arr_min };

	return of[band];
}

static void print_band(const struct made *m, uint32_t j, int band)
{
	const double slack = band < 2 ? 1e-9 : -1e-9;
	double limit = m->share[j] + slack;

	for (uint32_t i = 0; i < m->p.items; i++) {
		if (may(m, i, j))
			printf(" + %.12f x%u_%u\n", takes(m, i, band), i, j);
		else if (m->item[i].pin == (int32_t)j)
			limit -= takes(m, i, band);
	}
	printf(" %s %.12f\n", band < 2 ? "<=" : ">=", limit);
}

static void print_program(const struct made *m)
{
	printf("Minimize\n cost:");
	for (uint32_t i = 0; i < m->p.items; i++)
		for (uint32_t j = 0; j < m->p.csms; j++)
			if (may(m, i, j) && (int32_t)j != m->item[i].owner)
				printf(" + %.6f x%u_%u\n",
					(double)m->item[i].cost / REBALANCE_UNIT, i, j);
	printf("Subject To\n");
	for (uint32_t i = 0; i < m->p.items; i++) {
		for (uint32_t j = 0; j < m->p.csms; j++)
			if (may(m, i, j))
				printf(" + x%u_%u", i, j);
		if (m->item[i].pin == REBALANCE_FREE)
			printf(" = 1\n");
	}
	for (uint32_t j = 0; j < m->p.csms; j++)
		for (int band = 0; band < 4; band++)
			print_band(m, j, band);
	printf("Binary\n");
	for (uint32_t i = 0; i < m->p.items; i++)
		for (uint32_t j = 0; j < m->p.csms; j++)
			if (may(m, i, j))
				printf(" x%u_%u\n", i, j);
	printf("End\n");
}

static uint32_t number(int argc, char **argv, int at, uint32_t otherwise)
{
	return at < argc ? (uint32_t)strtoul(argv[at], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
	static const uint32_t goal[][4] = { { 600, 6, 1, 1 }, { 600, 6, 1, 2 },
		{ 600, 6, 1, 3 }, { 5000, 40, 1, 1 }, { 5000, 40, 4, 1 },
		{ 20000, 100, 1, 1 }, { 20000, 100, 4, 1 } };
	const bool lp = argc > 1 && strcmp(argv[1], "--lp") == 0;
	const int at = lp ? 2 : 1;

	if (argc > 1) {
		const uint32_t n = number(argc, argv, at, 0);
		const uint32_t csms = number(argc, argv, at + 1, 0);
		const uint32_t regions = number(argc, argv, at + 2, 0);
		const uint32_t seed = number(argc, argv, at + 3, 1);
		struct made m;

		if (!n || !csms || !regions || regions > csms) {
			fprintf(stderr, "usage: rebalance [[--lp] ACCOUNTS CSMS REGIONS "
					"[SEED]]\n");
			return 2;
		}
		if (!lp) {
			measure(n, csms, regions, seed);
			return 0;
		}
		make(&m, n, csms, regions, seed);
		print_program(&m);
		clear(&m);
		return 0;
	}
	for (size_t i = 0; i < sizeof(goal) / sizeof(*goal); i++)
		measure(goal[i][0], goal[i][1], goal[i][2], goal[i][3]);
	return 0;
}
