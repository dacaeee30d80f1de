#include "tests/support/reviewing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

struct reviewing reviewing_of(uint32_t n)
{
	struct reviewing r = { .key = NULL };

	policy_default(&r.policy);
	MUST(scores_init(&r.scores, n, &e));
	MUST(tiers_init(&r.tiers, n, &e));
	r.scores.active = n;
	for (uint32_t i = 0; i < n; i++) {
		r.scores.health[i] = 50;
		r.scores.score[i] = 0;
		r.scores.value[i] = 0;
	}
	return r;
}

void reviewing_clear(struct reviewing *r)
{
	scores_clear(&r->scores);
	tiers_clear(&r->tiers);
}

void reviewing_stands(
	struct reviewing *r, uint32_t id, uint8_t tier, double score, int32_t days)
{
	r->scores.score[id - 1] = score;
	r->tiers.tier[id - 1] = tier;
	r->tiers.since[id - 1] = tier == TIER_NONE ? DAY_NONE : -days;
}

void reviewing_lock(struct reviewing *r, uint32_t id, int32_t until)
{
	MUST(tiers_lock(&r->tiers, id, DAY_NONE, until, &e));
}

/* A store that knows nothing but the keys of the accounts. */
struct key_store {
	struct store store; /* first */
	const uint32_t *key;
};

static enum status account_keys(struct store *s, const uint32_t *ids, uint32_t n,
	struct arena *a, struct text *out, struct err *e)
{
	const uint32_t *key = ((struct key_store *)s)->key;
	char name[16];

	(void)e;
	for (uint32_t i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "%04u", key ? key[ids[i] - 1] : ids[i]);
		out[i] = text_of(arena_strdup(a, name));
	}
	return ST_OK;
}

static const struct store_ops key_ops = { .account_keys = account_keys };

/* Those who are not concerned may be in the order or not, and the order may be made from
 * one by value: nothing of the review is another. */
static void same_of_concerned(struct reviewing *r, int32_t day, const uint32_t *order,
	uint32_t n, const struct review *v)
{
	uint32_t *ids = calloc(2 * (size_t)n + 1, sizeof(*ids));
	struct review w;
	uint32_t k = 0, i;

	assert_non_null(ids);
	/* Equal scores are by value and key already: an order of those alone will do. */
	for (i = 0; i < n; i++)
		ids[i] = order[i];
	for (i = 1; i < n; i++)
		for (k = i; k > 0; k--) {
			const uint32_t a = ids[k - 1], b = ids[k];

			if (r->scores.value[a - 1] >= r->scores.value[b - 1])
				break;
			ids[k - 1] = b;
			ids[k] = a;
		}
	k = review_concerned(&r->policy, &r->scores, &r->tiers, ids, n);
	MUST(review_order_in(&r->scores, ids, k, ids + n, &e));
	MUST(review_propose(&r->policy, &r->scores, &r->tiers, ids + n, k, day, &w, &e));
	assert_int_equal(w.moves_n, v->moves_n);
	for (i = 0; i < w.moves_n; i++) {
		assert_int_equal(w.moves[i].account, v->moves[i].account);
		assert_int_equal(w.moves[i].to, v->moves[i].to);
		assert_int_equal(w.moves[i].cause, v->moves[i].cause);
		assert_int_equal(w.moves[i].pair, v->moves[i].pair);
	}
	assert_int_equal(w.waitlist_n, v->waitlist_n);
	for (i = 0; i < w.waitlist_n; i++)
		assert_int_equal(w.waitlist[i].account, v->waitlist[i].account);
	assert_int_equal(w.violations_n, v->violations_n);
	assert_int_equal(w.changes, v->changes);
	assert_memory_equal(w.after.tier, v->after.tier, w.after.n);
	assert_memory_equal(w.after.up, v->after.up, w.after.n);
	assert_memory_equal(w.after.down, v->after.down, w.after.n);
	review_clear(&w);
	free(ids);
}

struct store *reviewing_store(const struct reviewing *r)
{
	static struct key_store keys;

	keys = (struct key_store){ { &key_ops }, r->key };
	return &keys.store;
}

struct review reviewing_propose(struct reviewing *r, int32_t day)
{
	uint32_t *order = calloc((size_t)r->scores.n + 1, sizeof(*order));
	struct review v;
	uint32_t n = 0;

	assert_non_null(order);
	n = review_active(&r->scores, order);
	MUST(review_order(&r->scores, reviewing_store(r), order, n, &e));
	assert_int_equal(n, r->scores.active);
	MUST(review_propose(&r->policy, &r->scores, &r->tiers, order, n, day, &v, &e));
	same_of_concerned(r, day, order, n, &v);
	free(order);
	return v;
}

void reviewing_apply(struct reviewing *r, struct review *v)
{
	tiers_clear(&r->tiers);
	r->tiers = v->after;
	v->after = (struct tiers){ .review_day = DAY_NONE };
	review_clear(v);
}

const char *reviewing_text(const struct review *v)
{
	static char text[16384];
	size_t used = 0;

	*text = '\0';
#define ADD(...)                                                                  \
	(used += (size_t)snprintf(text + used, sizeof(text) - used, __VA_ARGS__), \
		assert_true(used < sizeof(text)))
	for (uint32_t i = 0; i < v->moves_n; i++) {
		const struct tier_move *m = &v->moves[i];

		ADD("%s%u %s %u>%u", used ? "; " : "", m->account,
			move_cause_name[m->cause], m->from, m->to);
		if (m->pair)
			ADD(" (%u)", m->pair);
	}
	for (uint32_t i = 0; i < v->waitlist_n; i++)
		ADD("%swait %u for %u", used ? "; " : "", v->waitlist[i].account,
			v->waitlist[i].tier);
	for (uint32_t i = 0; i < v->violations_n; i++)
		ADD("%sover %u: %u", used ? "; " : "", v->violations[i].tier,
			v->violations[i].over);
#undef ADD
	return text;
}
