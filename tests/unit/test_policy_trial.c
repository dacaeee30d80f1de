/* Trying a policy gives what applying it, recalculating and reviewing give. */
#include "core/policy_trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/alert_life.h"
#include "core/book_internal.h"
#include "core/demo.h"
#include "core/money.h"
#include "core/policy_effect.h"
#include "core/policy_item.h"
#include "core/triage.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define TODAY "2026-03-31"
enum { ACCOUNTS = 130, DAYS = 400, LIVED = 8, EDITS = 120 };

struct some {
	int64_t id[8];
	uint32_t n, seen;
};

/* Every fifth of the live ones. */
static enum status take_some(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct some *some = arg;
	struct alert a;

	(void)e;
	if (alert_from_row(id, cells, &a) && a.ended == DAY_NONE &&
		some->seen++ % 5 == 0 && some->n < 8)
		some->id[some->n++] = id;
	return ST_OK;
}

static void close_some(struct book *b)
{
	struct store *s = book_store(b);
	struct some some = { .n = 0 };

	MUST(s->ops->unended(s, REC_ALERT, 0, DAY_MAX, take_some, &some, &e));
	assert_true(some.n > 3);
	MUST(book_close(b, some.id, some.n, "it is well", &e));
}

/* Who used few seats, some time ago: how old that may be counts. */
static void put_stale(struct store *s)
{
	char row[200];

	for (int k = 1; k <= 9; k++) {
		snprintf(row, sizeof(row),
			"account_id=Z%d|arr=%d|seats_purchased=100|"
			"renewal_date=2026-05-01\n",
			k, 100000 * k);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row),
			"account_id=Z%d|date=2026-03-0%d|signal=seats_active|value=5\n",
			k, k);
		rows_put(s, REC_SIGNAL, row);
	}
}

/* A book that lived through the last days of a demo, some of its alerts closed by hand.
 */
static struct book *lived(void)
{
	struct store *s = fake_store_new();
	struct demo_request r = { ACCOUNTS, 4, 7, 9, 0, NULL, NULL };
	struct demo_day days[DAYS];
	struct recalc_result done;
	struct book *b;
	uint32_t n;

	assert_true(day_parse(TEXT(TODAY), DAY_ISO, &r.today));
	MUST(demo_fill(s, &r, &e));
	put_stale(s);
	n = demo_days(&r, days, DAYS);
	b = rules_book(s, TODAY, "Dana");
	for (uint32_t k = n > LIVED ? n - LIVED : 0; k < n; k++) {
		struct review v = { 0 };
		char text[DAY_TEXT_MAX];

		rules_day(b, day_format(days[k].day, text));
		MUST(book_recalc(b, &done, &e));
		if (days[k].review && k + 1 < n) /* that of today is still to come */
			MUST(book_review(b, true, &v, &e));
		review_clear(&v);
	}
	close_some(b);
	return b;
}

/* ---- random policies ------------------------------------------------------------- */

/* A tenth of the weight of one component goes to another one. */
static void shift_weight(struct policy *p, uint64_t *seed)
{
	double *weight = p->health[0].weight;
	const uint32_t from = rules_throw(seed, COMP_COUNT);
	const uint32_t to = rules_throw(seed, COMP_COUNT);
	const struct policy before = *p;

	if (weight[from] < 2)
		return;
	weight[from] -= 2;
	weight[to] += 2;
	policy_follow_general(&before, p);
}

static void shift_score(struct policy *p, uint64_t *seed)
{
	const double by = 0.1 * (1 + rules_throw(seed, 9));

	p->score_value_weight = by;
	p->score_effort_weight = 1 - by;
}

static void shift_curve(struct policy *p, uint64_t *seed)
{
	struct curve *c = &p->health[0].curve[rules_throw(seed, COMP_COUNT)];
	const struct policy before = *p;

	c->y[rules_throw(seed, (uint32_t)c->n)] = rules_throw(seed, 101);
	policy_follow_general(&before, p);
}

/* Rules of its own for a tier. */
static void shift_tier(struct policy *p, uint64_t *seed)
{
	struct health_rules *r = &p->health[1 + rules_throw(seed, TIER_COUNT)];

	r->max_age[rules_throw(seed, COMP_COUNT)] = 1 + (int)rules_throw(seed, 60);
}

static void shift_severity(struct policy *p, uint64_t *seed)
{
	const uint32_t k = rules_throw(seed, ALERT_KINDS);
	uint8_t *s = &p->alert_severity[k][rules_throw(seed, TIER_COUNT)];

	static const uint8_t to[] = { SEV_OFF, SEV_WARNING, SEV_CRITICAL };

	if (k != ALERT_EXPANSION)
		*s = to[rules_throw(seed, 3)];
}

static void shift_tiers(struct policy *p, uint64_t *seed)
{
	p->threshold[0] = 45 + rules_throw(seed, 40);
	p->threshold[1] = 20 + rules_throw(seed, 25);
	p->cap_bp[0] = 500 + 100 * rules_throw(seed, 20);
	p->cap_bp[1] = 1500 + 100 * rules_throw(seed, 30);
}

static void shift_review(struct policy *p, uint64_t *seed)
{
	p->min_days = (int)rules_throw(seed, 3) * 30;
	p->down_streak = 1 + (int)rules_throw(seed, 2);
	p->swap_margin = rules_throw(seed, 6);
	p->hysteresis = rules_throw(seed, 4);
}

static void shift_any(struct policy *p, uint64_t *seed)
{
	static const int by[] = { -20, -3, -1, 1, 2, 9 };
	struct policy_item x;

	policy_item((int)rules_throw(seed, (uint32_t)policy_items()), &x);
	(void)policy_item_step(p, &x, by[rules_throw(seed, 6)]);
}

static void edit(struct policy *p, uint64_t *seed)
{
	static void (*const how[])(struct policy *, uint64_t *) = { shift_weight,
		shift_score, shift_tiers, shift_review, shift_curve, shift_tier,
		shift_severity, shift_any, shift_any, shift_any, shift_any };
	const struct policy before = *p;

	for (uint32_t k = 0; k <= rules_throw(seed, 3); k++)
		how[rules_throw(seed, sizeof(how) / sizeof(*how))](p, seed);
	if (policy_check(p, NULL) != ST_OK)
		*p = before;
}

/* ---- what is compared ------------------------------------------------------------ */

static struct scores scores_by(
	struct book *b, const struct policy *p, const uint8_t *tier, struct base *base)
{
	struct scores s;

	*base = rules_base(book_store(b), p, TODAY);
	MUST(scores_init(&s, base->n, &e));
	health_score(p, base, tier, &s);
	axes_score(p, base, &s);
	MUST(axes_value_pct(&s, &e));
	axes_tier_score(p, &s);
	return s;
}

/* Bit for bit what the rules make of the base, one account after the other. */
static void figures_are(struct book *b, const struct policy *p, const uint8_t *tier,
	const struct policy_trial *t)
{
	const struct policy_figures *f = policy_trial_figures(t);
	struct base base;
	struct scores s = scores_by(b, p, tier, &base);

	assert_int_equal(s.n, f->scores.n);
	assert_int_equal(s.active, f->scores.active);
	for (uint32_t i = 0; i < s.n; i++) {
		assert_int_equal(s.health[i], f->scores.health[i]);
		if (s.health[i] == HEALTH_NONE)
			continue;
		assert_true(s.value[i] == amounts_at(&f->value, i));
		rules_same_number(
			s.value_pct[i], axes_pct_of(f->rank[i], f->scores.active));
		rules_same_number(s.effort[i], f->scores.effort[i]);
		rules_same_number(s.score[i], policy_figures_score(p, f, i));
	}
	assert_true(triage_sum(p, &base, s.health) == policy_trial_effect(t)->is.at_risk);
	scores_clear(&s);
	base_clear(&base);
}

/* Who moves had the tier score of the policy in force, to the last digit. */
static void scores_were(
	struct book *b, const uint8_t *tier, const struct policy_effect *x)
{
	struct base base;
	struct scores s = scores_by(b, book_policy(b), tier, &base);

	for (uint32_t k = 0; k < x->moves; k++)
		rules_same_number(s.score[x->move[k].account - 1], x->move[k].score_was);
	scores_clear(&s);
	base_clear(&base);
}

static enum status count_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	uint32_t(*n)[SEVERITIES] = arg;
	struct alert a;

	(void)e;
	if (alert_from_row(id, cells, &a) && a.ended == DAY_NONE)
		n[a.kind][a.severity]++;
	return ST_OK;
}

static void alerts_are(struct book *b, const struct policy_side *side)
{
	uint32_t n[ALERT_KINDS][SEVERITIES] = { { 0 } }, severity[SEVERITIES] = { 0 };
	struct store *s = book_store(b);

	MUST(s->ops->unended(s, REC_ALERT, 0, DAY_MAX, count_alert, n, &e));
	for (int k = 0; k < ALERT_KINDS; k++) {
		uint32_t all = 0;

		for (int v = 0; v < SEVERITIES; v++) {
			all += n[k][v];
			severity[v] += n[k][v];
		}
		if (all != side->alert[k])
			fail_msg("%s: %u, not %u", alert_kinds[k].name, all,
				side->alert[k]);
	}
	for (int v = 0; v < SEVERITIES; v++)
		assert_int_equal(severity[v], side->severity[v]);
}

/* Applies it, recalculates and proposes the review: all of it is as it was tried. */
static void comes_true(
	struct book *b, const struct policy *p, const struct policy_trial *t)
{
	const struct policy_effect *x = policy_trial_effect(t);
	const struct policy_figures *f = policy_trial_figures(t);
	struct recalc_result done;
	struct book_summary sums;
	struct review v;
	struct arena a;
	int32_t version;

	arena_init(&a);
	MUST(book_policy_apply(b, policy_write(p, &a), "p", "why", &version, &e));
	MUST(book_recalc(b, &done, &e));
	alerts_are(b, &x->is);
	MUST(book_summary(b, &sums, &e));
	for (int k = 0; k <= BAND_HEALTHY; k++)
		assert_int_equal(sums.in_band[k], x->is.band[k]);
	MUST(book_review(b, false, &v, &e));
	for (uint32_t i = 0; i < f->scores.n; i++)
		assert_int_equal(v.after.tier[i], f->tier[i]);
	for (int k = 0; k < TIER_COUNT; k++) {
		assert_int_equal(v.cap[k].after, x->is.in_tier[k + 1]);
		assert_int_equal(v.cap[k].limit, x->is.limit[k]);
	}
	assert_int_equal(v.waitlist_n, x->is.waiting);
	review_clear(&v);
	arena_clear(&a);
}

static void moves_add_up(const struct policy_effect *x)
{
	uint32_t up = 0, opens = 0, resolves = 0, was = 0, is = 0;

	for (uint32_t k = 0; k < x->moves; k++) {
		assert_int_not_equal(x->move[k].was, x->move[k].is);
		up += x->move[k].is < x->move[k].was;
	}
	assert_int_equal(x->up + x->down, x->moves);
	assert_true(x->up >= up);
	for (int k = 0; k < ALERT_KINDS; k++) {
		opens += x->opens[k];
		resolves += x->resolves[k];
		was += x->was.alert[k];
		is += x->is.alert[k];
	}
	assert_int_equal(was + opens, is + resolves);
}

/* ---- tests ----------------------------------------------------------------------- */

static void what_is_tried_comes_true(void **state)
{
	struct book *b = lived();
	uint64_t seed = 20260331;
	uint32_t moved = 0, opened = 0;

	(void)state;
	for (int k = 0; k < EDITS; k++) {
		struct policy p = *book_policy(b);
		struct book_figures now;
		struct policy_trial *t;

		MUST(policy_trial_new(b, &t, &e));
		MUST(policy_trial_finish(t, &e));
		if (k > 0) /* before, some were closed since the recalculation */
			alerts_are(b, &policy_trial_effect(t)->was);
		/* On the way other ones are tried, and given up half-way. */
		for (uint32_t way = rules_throw(&seed, 3); way > 0; way--) {
			edit(&p, &seed);
			policy_trial_set(t, &p);
			for (uint32_t step = rules_throw(&seed, 4); step > 0; step--)
				MUST(policy_trial_step(t, &e));
		}
		edit(&p, &seed);
		policy_trial_set(t, &p);
		MUST(policy_trial_finish(t, &e));
		MUST(book_figures(b, &now, &e));
		figures_are(b, &p, now.tier, t);
		moves_add_up(policy_trial_effect(t));
		scores_were(b, now.tier, policy_trial_effect(t));
		moved += policy_trial_effect(t)->moves;
		for (int a = 0; a < ALERT_KINDS; a++)
			opened += policy_trial_effect(t)->opens[a];
		comes_true(b, &p, t);
		policy_trial_free(&t);
	}
	if (!moved || !opened) /* it was about something */
		fail_msg("%u moved, %u alerts opened", moved, opened);
	book_free(&b);
}

/* Back at the policy in force nothing differs, and nothing was written. */
static void what_is_taken_back_is_as_it_was(void **state)
{
	struct book *b = lived();
	const uint64_t digest = fake_digest(book_store(b));
	const struct policy own = *book_policy(b);
	uint64_t seed = 5;
	struct policy_trial *t;

	(void)state;
	MUST(policy_trial_new(b, &t, &e));
	for (int k = 0; k < 40; k++) {
		struct policy p = own;
		const struct policy_effect *x;

		edit(&p, &seed);
		policy_trial_set(t, &p);
		MUST(policy_trial_finish(t, &e));
		policy_trial_set(t, &own);
		MUST(policy_trial_finish(t, &e));
		x = policy_trial_effect(t);
		assert_int_equal(x->moves + x->better + x->worse, 0);
		assert_memory_equal(&x->was, &x->is, sizeof(x->is));
	}
	policy_trial_free(&t);
	assert_true(fake_digest(book_store(b)) == digest);
	book_free(&b);
}

/* What the trial has in common with the lists stays when these let go of it. */
static void what_lists_let_go_of(void **state)
{
	struct book *b = lived();
	struct policy p = *book_policy(b);
	struct book_figures now;
	struct policy_trial *t;
	struct book_summary sums;

	(void)state;
	MUST(book_summary(b, &sums, &e));
	MUST(policy_trial_new(b, &t, &e));
	MUST(policy_trial_finish(t, &e));
	book_forget(b);
	p.threshold[0] -= 5;
	p.flag_weight[0] += 0.25;
	policy_trial_set(t, &p);
	MUST(policy_trial_finish(t, &e));
	MUST(book_figures(b, &now, &e));
	figures_are(b, &p, now.tier, t);
	scores_were(b, now.tier, policy_trial_effect(t));
	policy_trial_free(&t);
	book_free(&b);
}

/* What was given up after some of the parts is begun anew in all of them. */
static void what_is_given_up_between_parts(void **state)
{
	enum { PARTS = 6, MANY = (PARTS - 1) * PART_ACCOUNTS + 1 };
	struct store *s = fake_store_new();
	struct policy_trial *t, *other;
	struct policy p;
	struct book *b;

	(void)state;
	rows_add_accounts(s, MANY);
	b = rules_book(s, TODAY, "Dana");
	p = *book_policy(b);
	MUST(policy_trial_new(b, &t, &e));
	MUST(policy_trial_new(b, &other, &e));
	MUST(policy_trial_finish(t, &e));
	p.effort_assumed = 20;
	policy_trial_set(t, &p);
	MUST(policy_trial_step(t, &e));
	p.effort_assumed = 70;
	policy_trial_set(t, &p);
	MUST(policy_trial_finish(t, &e));
	policy_trial_set(other, &p);
	MUST(policy_trial_finish(other, &e));
	for (uint32_t i = 0; i < MANY; i++)
		rules_same_number(policy_trial_figures(t)->scores.effort[i],
			policy_trial_figures(other)->scores.effort[i]);
	policy_trial_free(&t);
	policy_trial_free(&other);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_tried_comes_true),
		cmocka_unit_test(what_is_taken_back_is_as_it_was),
		cmocka_unit_test(what_lists_let_go_of),
		cmocka_unit_test(what_is_given_up_between_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
