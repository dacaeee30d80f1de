/*
 * compute ACCOUNTS: the arithmetic of a recalculation and a review on made-up figures
 * in memory, without a store. Prints nanoseconds of processor time per account:
 * scoring, then the review.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/axes.h"
#include "core/base.h"
#include "core/health.h"
#include "core/review.h"

#define AS_OF 20016

static unsigned below(unsigned n)
{
	static uint32_t state = 1;

	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

static void fill(struct part *p, uint32_t first_id, uint32_t n)
{
	part_reset(p, first_id, n);
	for (uint32_t i = 0; i < n; i++) {
		p->flags[i] =
			(uint8_t)(ACC_PRESENT | (below(20) == 0 ? ACC_REFERENCE : 0));
		p->arr[i] = 100000 + (int64_t)below(16777216) * 37;
		p->contract_start[i] = AS_OF - 200 - (int32_t)below(1000);
		p->renewal[i] = AS_OF + (int32_t)below(600);
		p->onboarding[i] = p->contract_start[i];
		p->first_value[i] = p->onboarding[i] + (int32_t)below(40);
		p->growth[i] = below(60) / 100.0;
		p->complexity[i] = below(101);
		p->maturity[i] = below(101);
		p->stakeholders[i] = 1 + below(12);
		p->seats_purchased[i] = 5 + below(400);
		p->features_available[i] = 20 + below(30);
		for (int k = 0; k <= SIG_TICKETS_90D; k++) {
			p->signal_day[k][i] = AS_OF - (int32_t)below(7);
			p->signal_value[k][i] = below(20);
		}
	}
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Scores n accounts part by part; filling the parts is not counted. */
static enum status score(const struct policy *policy, struct scores *s, uint32_t n,
	double *spent, struct err *e)
{
	static const struct rates rates = { .rate = { 1 }, .n = 1 };
	struct part part = { 0 };
	struct base base = { 0 };
	enum status st = part_init(&part, e);

	if (st == ST_OK)
		st = base_init(&base, e);
	for (uint32_t at = 0; st == ST_OK && at < n; at += PART_ACCOUNTS) {
		double begun;

		fill(&part, at + 1, n - at < PART_ACCOUNTS ? n - at : PART_ACCOUNTS);
		begun = now();
		st = base_from_part(&base, &part, &rates, AS_OF, false, e);
		if (st == ST_OK) {
			health_score(policy, &base, NULL, s);
			axes_score(policy, &base, s);
		}
		*spent += now() - begun;
	}
	*spent -= now();
	if (st == ST_OK)
		st = axes_value_pct(s, e);
	if (st == ST_OK)
		axes_tier_score(policy, s);
	*spent += now();
	base_clear(&base);
	part_clear(&part);
	return st;
}

/* Accounts that tie are asked for by their keys; all keys are alike here. */
static enum status no_keys(struct store *s, const uint32_t *ids, uint32_t n,
	struct arena *a, struct text *out, struct err *e)
{
	(void)s;
	(void)ids;
	(void)a;
	(void)e;
	memset(out, 0, n * sizeof(*out));
	return ST_OK;
}

static enum status propose(const struct policy *policy, struct scores *s, uint32_t n,
	double *spent, struct err *e)
{
	static const struct store_ops ops = { .account_keys = no_keys };
	struct store store = { &ops };
	struct tiers before = { 0 };
	struct review review = { 0 };
	uint32_t *order = malloc(n * sizeof(*order)), active = 0;
	const double begun = now();
	enum status st = order ? tiers_init(&before, n, e) : ST_NOMEM;

	if (st == ST_OK) {
		active = review_active(s, order);
		st = review_order(s, &store, order, active, e);
	}
	if (st == ST_OK)
		st = review_propose(policy, s, &before, order, active, AS_OF, &review, e);
	*spent = now() - begun;
	review_clear(&review);
	tiers_clear(&before);
	free(order);
	return st;
}

int main(int argc, char **argv)
{
	const uint32_t n = argc == 2 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
	double scoring = 0, reviewing = 0;
	struct scores scores = { 0 };
	static struct policy policy;
	struct err e = { 0 };
	enum status st;

	if (n == 0)
		return 2;
	policy_default(&policy);
	st = scores_init(&scores, n, &e);
	if (st == ST_OK)
		st = score(&policy, &scores, n, &scoring, &e);
	if (st == ST_OK)
		st = propose(&policy, &scores, n, &reviewing, &e);
	scores_clear(&scores);
	if (st != ST_OK) {
		fprintf(stderr, "compute: %s\n", e.text);
		return 1;
	}
	printf("%.1f %.1f\n", scoring / n, reviewing / n);
	return 0;
}
