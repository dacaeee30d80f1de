/* 10^5 random small books under random policies: what must hold after any review. */
#include "core/review.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/reviewing.h"
#include "tests/support/rules.h"

enum { BOOKS = 100000, LARGEST = 24 };

static void random_policy(struct policy *p, uint64_t *seed)
{
	static const int days[] = { 0, 30, 60, 90 };

	p->cap_bp[0] = rules_throw(seed, 4) ? 1000 : rules_throw(seed, 4000);
	p->cap_bp[1] = rules_throw(seed, 4) ? 3000 : rules_throw(seed, 6000);
	p->min_days = days[rules_throw(seed, 4)];
	p->up_streak = 1 + (int)rules_throw(seed, 2);
	p->down_streak = 1 + (int)rules_throw(seed, 3);
	if (!rules_throw(seed, 4))
		p->hysteresis = rules_throw(seed, 12);
	if (!rules_throw(seed, 4))
		p->swap_margin = rules_throw(seed, 10);
}

/* Coarse scores and values, so that ties are common. */
static struct reviewing random_book(uint64_t *seed)
{
	const uint32_t n = 1 + rules_throw(seed, LARGEST);
	const bool first = rules_throw(seed, 5) == 0;
	const uint32_t lockers = rules_throw(seed, 3) ? 12 : 3;
	struct reviewing r = reviewing_of(n);

	random_policy(&r.policy, seed);
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t tier = (uint8_t)rules_throw(seed, 4);

		reviewing_stands(&r, i + 1, first ? TIER_NONE : tier,
			rules_throw(seed, 41) * 2.5, (int32_t)rules_throw(seed, 100));
		r.scores.value[i] = rules_throw(seed, 4);
		if (r.tiers.tier[i] != TIER_NONE) {
			r.tiers.up[i] = (uint8_t)rules_throw(seed, 3);
			r.tiers.down[i] = (uint8_t)rules_throw(seed, 3);
		}
		if (rules_throw(seed, lockers) == 0)
			reviewing_lock(&r, i + 1, (int32_t)rules_throw(seed, 3) - 1);
		if (rules_throw(seed, 15) == 0) {
			r.scores.health[i] = HEALTH_NONE;
			r.scores.score[i] = (double)NAN;
			r.scores.active--;
		}
	}
	if (rules_throw(seed, 3))
		r.tiers.review_day = -(int32_t)rules_throw(seed, 40);
	return r;
}

static bool is_locked(const struct reviewing *r, uint32_t i)
{
	return tiers_locked(&r->tiers, i + 1, 0);
}

/* The caps hold, but for locks, and then the review says so. */
static void caps_hold(const struct reviewing *r, const struct review *v)
{
	uint32_t in[TIER_COUNT + 1] = { 0 }, locked[TIER_COUNT + 1] = { 0 };

	for (uint32_t i = 0; i < r->scores.n; i++) {
		if (r->scores.health[i] == HEALTH_NONE) {
			assert_int_equal(v->after.tier[i], TIER_NONE);
			continue;
		}
		assert_in_range(v->after.tier[i], 1, TIER_COUNT);
		in[v->after.tier[i]]++;
		locked[v->after.tier[i]] += is_locked(r, i);
	}
	for (uint8_t t = 1; t < TIER_COUNT; t++) {
		const uint32_t limit = v->cap[t - 1].limit;
		uint32_t told = 0;

		assert_int_equal(limit, tiers_cap(r->policy.cap_bp[t - 1], v->active));
		assert_int_equal(in[t], v->cap[t - 1].after);
		for (uint32_t k = 0; k < v->violations_n; k++)
			if (v->violations[k].tier == t)
				told = v->violations[k].over;
		assert_int_equal(told, in[t] > limit ? in[t] - limit : 0);
		if (in[t] > limit)
			assert_int_equal(in[t], locked[t]);
	}
}

/* Moves start where the account stands, obey locks and dwell, carry their sentence; a
 * swap's two moves carry each other. */
static void moves_are_right(const struct reviewing *r, const struct review *v)
{
	uint8_t tier[LARGEST];
	char text[200];

	memcpy(tier, r->tiers.tier, r->scores.n);
	for (uint32_t k = 0; k < v->moves_n; k++) {
		const struct tier_move *m = &v->moves[k];
		const uint32_t i = m->account - 1;
		const int32_t days = -r->tiers.since[i];

		assert_int_equal(m->from, tier[i]);
		assert_int_not_equal(m->from, m->to);
		tier[i] = m->to;
		assert_true(m->score == r->scores.score[i]);
		assert_true(m->cause == CAUSE_PLACEMENT || !is_locked(r, i));
		assert_int_equal(m->cause == CAUSE_PLACEMENT, m->from == TIER_NONE);
		assert_true(m->to <= m->from + 1 || m->cause == CAUSE_PLACEMENT);
		if (m->cause == CAUSE_PROMOTION ||
			(m->cause == CAUSE_SWAP && m->to < m->from))
			assert_true(m->score >= r->policy.threshold[m->to - 1] +
							r->policy.hysteresis);
		if (m->cause == CAUSE_PROMOTION || m->cause == CAUSE_DEMOTION)
			assert_true(days >= r->policy.min_days);
		if (m->cause == CAUSE_DEMOTION)
			assert_true(m->score < r->policy.threshold[m->from - 1] -
						       r->policy.hysteresis);
		if (m->cause == CAUSE_SWAP) {
			const struct tier_move *other = m->to > m->from ? m + 1 : m - 1;

			assert_int_equal(other->account, m->pair);
			assert_int_equal(other->pair, m->account);
			assert_true(
				fabs(m->score - other->score) >= r->policy.swap_margin);
		} else {
			assert_int_equal(m->pair, 0);
		}
		assert_true(
			review_reason(&r->policy, m, TEXT("A"), text, sizeof(text)) > 10);
	}
	for (uint32_t i = 0; i < r->scores.n; i++)
		if (r->scores.health[i] != HEALTH_NONE)
			assert_int_equal(tier[i], v->after.tier[i]);
}

/* Who waits is above nobody it could have replaced. */
static void waiting_is_justified(const struct reviewing *r, const struct review *v)
{
	for (uint32_t k = 0; k < v->waitlist_n; k++) {
		const struct review_wait *w = &v->waitlist[k];

		assert_true(v->after.tier[w->account - 1] > w->tier);
		assert_true(v->cap[w->tier - 1].after >= v->cap[w->tier - 1].limit);
		assert_true(w->score == r->scores.score[w->account - 1]);
		for (uint32_t i = 0; i < r->scores.n; i++)
			if (v->after.tier[i] == w->tier && !is_locked(r, i) &&
				v->violations_n == 0)
				assert_true(r->scores.score[i] + r->policy.swap_margin >=
					    w->score + (r->policy.swap_margin > 0 ? 1e-9
										  : 0));
	}
}

/* The same book with its accounts in another order; key[] goes with them. */
static struct reviewing shuffled(
	const struct reviewing *r, uint32_t *place, uint32_t *key, uint64_t *seed)
{
	const uint32_t n = r->scores.n;
	struct reviewing s = reviewing_of(n);

	s.policy = r->policy;
	s.scores.active = r->scores.active;
	s.tiers.review_day = r->tiers.review_day;
	s.key = key;
	for (uint32_t i = 0; i < n; i++)
		place[i] = i;
	for (uint32_t i = n; i > 1; i--) {
		const uint32_t other = rules_throw(seed, i), kept = place[i - 1];

		place[i - 1] = place[other];
		place[other] = kept;
	}
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t to = place[i];

		key[to] = i + 1;
		s.scores.health[to] = r->scores.health[i];
		s.scores.score[to] = r->scores.score[i];
		s.scores.value[to] = r->scores.value[i];
		s.tiers.tier[to] = r->tiers.tier[i];
		s.tiers.since[to] = r->tiers.since[i];
		s.tiers.up[to] = r->tiers.up[i];
		s.tiers.down[to] = r->tiers.down[i];
		if (tiers_lock_of(&r->tiers, i + 1))
			reviewing_lock(
				&s, to + 1, tiers_lock_of(&r->tiers, i + 1)->until);
	}
	return s;
}

static void order_does_not_matter(
	const struct reviewing *r, const struct review *v, uint64_t *seed)
{
	uint32_t place[LARGEST], key[LARGEST];
	struct reviewing s = shuffled(r, place, key, seed);
	struct review w = reviewing_propose(&s, 0);

	assert_int_equal(w.moves_n, v->moves_n);
	for (uint32_t k = 0; k < v->moves_n; k++) {
		const struct tier_move *a = &v->moves[k], *b = &w.moves[k];

		assert_int_equal(place[a->account - 1] + 1, b->account);
		assert_int_equal(a->pair ? place[a->pair - 1] + 1 : 0, b->pair);
		assert_true(a->to == b->to && a->cause == b->cause);
	}
	assert_int_equal(w.waitlist_n, v->waitlist_n);
	for (uint32_t k = 0; k < v->waitlist_n; k++)
		assert_int_equal(
			place[v->waitlist[k].account - 1] + 1, w.waitlist[k].account);
	review_clear(&w);
	reviewing_clear(&s);
}

static void random_books(void **state)
{
	uint64_t seed = 31337;
	uint32_t causes[CAUSE_COUNT] = { 0 }, waits = 0, violations = 0;

	(void)state;
	for (int book = 0; book < BOOKS; book++) {
		struct reviewing r = random_book(&seed);
		struct review v = reviewing_propose(&r, 0);

		caps_hold(&r, &v);
		moves_are_right(&r, &v);
		waiting_is_justified(&r, &v);
		order_does_not_matter(&r, &v, &seed);
		for (uint32_t k = 0; k < v.moves_n; k++)
			causes[v.moves[k].cause]++;
		waits += v.waitlist_n;
		violations += v.violations_n;
		reviewing_apply(&r, &v);
		v = reviewing_propose(&r, 0);
		if (v.moves_n || v.changes)
			fail_msg("book %d, applied again: %s", book, reviewing_text(&v));
		review_clear(&v);
		reviewing_clear(&r);
	}
	/* the dice did throw everything */
	for (int c = CAUSE_PLACEMENT; c <= CAUSE_SWAP; c++)
		assert_true(causes[c] > 1000);
	assert_true(waits > 1000 && violations > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_books),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
