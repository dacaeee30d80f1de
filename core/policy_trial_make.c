/* What a policy makes of the facts that a trial holds. */
#include "core/policy_trial_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/triage.h"

enum { BITE = 4 }; /* parts in a step */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to try a policy");
}

/* ---- account by account ----------------------------------------------------------- */

/* Whether what holds of an account stays quiet because it was closed. */
static bool is_hushed(const struct policy_trial *t, const struct closed *c,
	const struct alert_subject *s, enum severity *severity)
{
	struct alert_found found[ALERT_KINDS];

	alert_find(&t->tried, s, found);
	*severity = found[c->alert.kind].severity;
	return alert_hushed(&t->tried, &c->alert, *severity, t->as_of);
}

/* As alert_life has it: what is live goes on while its condition holds, what was closed
 * keeps quiet, everything else opens. */
static void keep_quiet(struct policy_trial *t, const struct alert_part *p, uint32_t part,
	const struct alert_holds *holds)
{
	for (uint32_t k = t->closed_from[part]; k < t->closed_from[part + 1]; k++) {
		const struct closed *c = &t->closed[k];
		const uint32_t i = c->account - p->base->first_id;
		const enum alert_kind kind = c->alert.kind;
		const struct alert_subject s = alert_subject_of(p, i);
		enum severity severity;

		if (!(t->kinds >> kind & 1) || !(holds->live[i] >> kind & 1) ||
			!is_hushed(t, c, &s, &severity))
			continue;
		holds->live[i] &= (uint16_t) ~(1u << kind);
		t->counts[part].n[kind][severity]--;
	}
}

static void find_alerts(struct policy_trial *t, const struct base *b, uint32_t part)
{
	const uint32_t at = part * PART_ACCOUNTS;
	const struct alert_part p = { b, t->tiers.tier + at, t->is.scores.health + at,
		t->coverage, t->peak + at, t->ago + at };
	const struct alert_holds holds = { t->is.live + at, t->critical + at };

	alert_only(&t->tried, &p, t->kinds, &holds, &t->counts[part]);
	keep_quiet(t, &p, part, &holds);
}

static void count_alerts(struct policy_trial *t)
{
	struct policy_side *side = &t->effect.is;

	memset(side->alert, 0, sizeof(side->alert));
	memset(side->severity, 0, sizeof(side->severity));
	for (uint32_t part = 0; part < t->parts; part++)
		for (int k = 0; k < ALERT_KINDS; k++)
			for (int v = 0; v < SEVERITIES; v++) {
				side->alert[k] += t->counts[part].n[k][v];
				side->severity[v] += t->counts[part].n[k][v];
			}
}

static enum status find_value(struct policy_trial *t, const struct base *b, struct err *e)
{
	const uint32_t first = b->first_id - 1;
	uint8_t *revalued = t->revalued + first;
	int64_t value[PART_ACCOUNTS];
	struct value_explained x;

	amounts_get(&t->is.value, first, b->n, value);
	for (uint32_t i = 0; i < b->n; i++) {
		if (!b->active[i])
			continue;
		axes_value(&t->tried, b, i, &x);
		revalued[i] |= x.value != value[i];
		value[i] = x.value;
	}
	return amounts_put(&t->is.value, first, value, b->n, e);
}

/* was: health as it was when effort was made last by these rules; NULL: by others. */
static void find_effort(struct policy_trial *t, const struct base *b, const uint8_t *was)
{
	const uint8_t *health = t->is.scores.health + b->first_id - 1;
	double *effort = t->is.scores.effort + b->first_id - 1;
	struct effort_explained x;

	for (uint32_t i = 0; i < b->n; i++) {
		if (!b->active[i] ||
			(was && !axes_effort_differs(&t->tried, b, i, was[i], health[i])))
			continue;
		axes_effort(&t->tried, b, i, health[i], &x);
		effort[i] = x.effort;
	}
}

static void find_health(struct policy_trial *t, const struct base *b)
{
	uint8_t was[PART_ACCOUNTS];
	const size_t at = b->first_id - 1;
	uint8_t *health = t->is.scores.health + at;

	memcpy(was, health, b->n);
	health_only(&t->tried, b, t->tiers.tier + at, health, t->coverage);
	if (!(t->todo & TODO_EFFORT))
		find_effort(t, b, was);
}

static enum status make_part(struct policy_trial *t, uint32_t part, struct err *e)
{
	struct base *b = &t->base;
	enum status st = ST_OK;

	base_unpack(&t->pack[part], b);
	amounts_get(&t->arr, b->first_id - 1, b->n, b->arr);
	if (t->todo & TODO_HEALTH)
		find_health(t, b);
	if (t->todo & TODO_VALUE)
		st = find_value(t, b, e);
	if (t->todo & TODO_EFFORT)
		find_effort(t, b, NULL);
	if (t->todo & TODO_ALERTS && t->effect.alerted)
		find_alerts(t, b, part);
	if (t->todo & TODO_RISK)
		(void)money_add(t->effect.is.at_risk,
			triage_sum(&t->tried, b, t->is.scores.health + b->first_id - 1),
			&t->effect.is.at_risk);
	return st;
}

/* What is needed while parts are made. */
static enum status begin_parts(struct policy_trial *t, struct err *e)
{
	enum status st = t->base.memory ? ST_OK : base_init(&t->base, e);

	if (st == ST_OK && t->todo & TODO_VALUE && !t->revalued) {
		t->revalued = calloc((size_t)t->n + 1, 1);
		st = t->revalued ? ST_OK : no_memory(e);
	}
	if (t->part == 0 && t->todo & TODO_RISK)
		t->effect.is.at_risk = 0;
	return st;
}

enum status policy_trial_parts(struct policy_trial *t, struct err *e)
{
	enum status st = begin_parts(t, e);

	for (int k = 0; st == ST_OK && k < BITE && t->part < t->parts; k++)
		st = make_part(t, t->part++, e);
	if (st != ST_OK || t->part < t->parts)
		return st;
	base_clear(&t->base);
	if (t->todo & TODO_ALERTS)
		count_alerts(t);
	t->todo &= ~(unsigned)TODO_PARTS;
	t->kinds = 0;
	t->part = 0;
	return ST_OK;
}

/* ---- all together ----------------------------------------------------------------- */

static void take_review(struct policy_trial *t, const struct review *r)
{
	struct policy_side *side = &t->effect.is;

	memcpy(t->is.tier, r->after.tier, t->n);
	memset(t->is.cause, CAUSE_COUNT, t->n);
	for (uint32_t k = 0; k < r->moves_n; k++)
		t->is.cause[r->moves[k].account - 1] = r->moves[k].cause;
	for (int k = 0; k < TIER_COUNT; k++)
		side->limit[k] = r->cap[k].limit;
	side->waiting = r->waitlist_n;
	side->falling = 0;
	for (uint32_t i = 0; i < t->n; i++)
		side->falling += r->after.down[i] > 0 && t->is.cause[i] == CAUSE_COUNT;
}

/* Where there can be no review everybody stays. */
static void take_tiers(struct policy_trial *t)
{
	struct policy_side *side = &t->effect.is;

	memset(t->is.cause, CAUSE_COUNT, t->n);
	for (uint32_t i = 0; i < t->n; i++)
		t->is.tier[i] = t->is.scores.health[i] == HEALTH_NONE ? TIER_NONE
								      : t->tiers.tier[i];
	for (int k = 0; k < TIER_COUNT; k++)
		side->limit[k] = k == TIER_COUNT - 1 ? t->effect.active
						     : tiers_cap(t->tried.cap_bp[k],
							       t->effect.active);
	side->waiting = side->falling = 0;
}

/* The tier scores, and how many reach which tier by them. They are there for a review
 * alone: made again at each, they cost less than their room. */
static void make_scores(struct policy_trial *t, double *score)
{
	uint32_t *reach = t->effect.is.by_score, top = 0, middle = 0;
	double pct[PART_ACCOUNTS];

	for (uint32_t part = 0; part < t->parts; part++) {
		const uint32_t at = part * PART_ACCOUNTS, left = t->n - at;
		struct scores s = t->is.scores;

		s.n = left < PART_ACCOUNTS ? left : PART_ACCOUNTS;
		for (uint32_t i = 0; i < s.n; i++)
			pct[i] = axes_pct_of(t->is.rank[at + i], s.active);
		s.value_pct = pct;
		s.effort += at;
		s.score = score + at;
		s.health += at;
		axes_tier_score(&t->tried, &s);
#pragma omp simd reduction(+ : top, middle)
		for (uint32_t i = 0; i < s.n; i++) {
			const uint32_t first = s.score[i] >= t->tried.threshold[0];

			top += first;
			middle += !first & (s.score[i] >= t->tried.threshold[1]);
		}
	}
	reach[0] = top;
	reach[1] = middle;
	reach[2] = t->is.scores.active - top - middle;
}

static enum status hold_review(
	struct policy_trial *t, const struct scores *s, struct err *e)
{
	const uint32_t n = t->effect.active;
	uint32_t *order = malloc(2 * ((size_t)n + 1) * sizeof(*order)), concerned;
	struct review r = { 0 };
	enum status st;

	t->tiers.since = malloc(((size_t)t->n + 1) * sizeof(*t->tiers.since));
	if (!order || !t->tiers.since) {
		free(order);
		return no_memory(e);
	}
	shorts_get(&t->since, 0, t->n, t->tiers.since);
	memcpy(order + n, t->by_value, n * sizeof(*order));
	concerned = review_concerned(&t->tried, s, &t->tiers, order + n, n);
	st = review_order_in(s, order + n, concerned, order, e);
	if (st == ST_OK)
		st = review_propose(
			&t->tried, s, &t->tiers, order, concerned, t->as_of, &r, e);
	if (st == ST_OK)
		take_review(t, &r);
	review_clear(&r);
	free(t->tiers.since);
	t->tiers.since = NULL;
	free(order);
	return st;
}

enum status policy_trial_review(struct policy_trial *t, struct err *e)
{
	struct scores s = t->is.scores;
	enum status st = ST_OK;

	s.score = malloc(((size_t)t->n + 1) * sizeof(*s.score));
	if (!s.score)
		return no_memory(e);
	make_scores(t, s.score);
	if (t->effect.reviewed)
		st = hold_review(t, &s, e);
	else
		take_tiers(t);
	free(s.score);
	return st;
}
