/* The contract: tiers, reviews and policies. */
#include "tests/support/contract_tests.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/review.h"
#include "tests/support/rows_text.h"

/* ---- tiers ------------------------------------------------------------------- */

/* Caps of 10, 30 and 100 % unless a test says otherwise. */
static int32_t policy(struct store *s, uint32_t tier1, uint32_t tier2, const char *text)
{
	struct policy_version p = {
		.at = 1700000000, .author = "ann", .reason = "why not", .text = text
	};
	const uint32_t caps[TIER_COUNT] = { tier1, tier2, 10000 };
	int32_t version = 0;

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->policy_save(s, &p, caps, &version, &e));
	MUST(s->ops->commit(s, &e));
	return version;
}

static enum status try_tiers(struct store *s, const struct tiers *t, uint32_t active)
{
	enum status st;

	MUST(s->ops->begin(s, &e));
	st = s->ops->tiers_save(s, t, t->review_day, active, NULL);
	if (st != ST_OK)
		s->ops->rollback(s);
	else
		MUST(s->ops->commit(s, &e));
	return st;
}

static struct tiers new_tiers(uint32_t n)
{
	struct tiers t;

	MUST(tiers_init(&t, n, &e));
	return t;
}

/* n1 accounts in tier 1, then n2 in tier 2, the rest in tier 3. */
static struct tiers tiers_of(uint32_t n, uint32_t n1, uint32_t n2)
{
	struct tiers t = new_tiers(n);

	t.review_day = day_of("2024-01-31");
	for (uint32_t i = 0; i < n; i++) {
		t.tier[i] = i < n1 ? 1 : i < n1 + n2 ? 2 : 3;
		t.since[i] = t.review_day;
	}
	return t;
}

static enum status try_split(
	struct store *s, uint32_t n, uint32_t n1, uint32_t n2, uint32_t active)
{
	struct tiers t = tiers_of(n, n1, n2);
	enum status st = try_tiers(s, &t, active);

	tiers_clear(&t);
	return st;
}

static void split_is(struct store *s, uint32_t n1, uint32_t n2, uint32_t n3)
{
	struct tiers t = { .n = 0 };
	uint32_t n[TIER_COUNT + 1] = { 0 };

	MUST(s->ops->tiers_load(s, &t, &e));
	for (uint32_t i = 0; i < t.n; i++)
		n[t.tier[i]]++;
	assert_int_equal(n[1], n1);
	assert_int_equal(n[2], n2);
	assert_int_equal(n[3], n3);
	tiers_clear(&t);
}

void contract_no_tiers_yet(void **state)
{
	struct store *s = *state;
	struct tiers t = { .n = 0 };

	rows_add_accounts(s, 2);
	MUST(s->ops->tiers_load(s, &t, &e));
	assert_int_equal(t.n, 2);
	assert_true(t.review_day == DAY_NONE);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(t.tier[i], TIER_NONE);
		assert_true(t.since[i] == DAY_NONE && !tiers_lock_of(&t, i + 1));
		assert_true(!t.up[i] && !t.down[i]);
	}
	tiers_clear(&t);
}

void contract_tiers_round_trip(void **state)
{
	struct store *s = *state;
	struct tiers t = tiers_of(20, 2, 5), got = { .n = 0 };

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 20);
	t.up[3] = 2;
	t.up[4] = 255;
	t.down[0] = 1;
	t.since[0] = day_of("2023-06-30");
	t.tier[19] = TIER_NONE;
	t.since[19] = DAY_NONE;
	assert_int_equal(try_tiers(s, &t, 20), ST_OK);
	MUST(s->ops->tiers_load(s, &got, &e));
	assert_int_equal(got.n, 20);
	assert_int_equal(got.review_day, day_of("2024-01-31"));
	for (uint32_t i = 0; i < 20; i++) {
		assert_int_equal(got.tier[i], t.tier[i]);
		assert_int_equal(got.since[i], t.since[i]);
		assert_int_equal(got.up[i], t.up[i]);
		assert_int_equal(got.down[i], t.down[i]);
	}
	tiers_clear(&got);
	tiers_clear(&t);
}

/* Everything is replaced: who is without a tier in the new ones has none. */
void contract_tiers_replace(void **state)
{
	struct store *s = *state;
	struct tiers t = tiers_of(20, 2, 5);

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 20);
	assert_int_equal(try_tiers(s, &t, 20), ST_OK);
	t.tier[0] = TIER_NONE;
	t.since[0] = DAY_NONE;
	t.tier[1] = 2;
	t.tier[2] = 1;
	t.review_day = day_of("2024-02-29");
	assert_int_equal(try_tiers(s, &t, 20), ST_OK);
	split_is(s, 1, 5, 13);
	tiers_clear(&t);
	MUST(s->ops->tiers_load(s, &t, &e));
	assert_int_equal(t.tier[0], TIER_NONE);
	assert_int_equal(t.review_day, day_of("2024-02-29"));
	tiers_clear(&t);
}

void contract_locks_show_in_tiers(void **state)
{
	struct store *s = *state;
	struct tiers t = tiers_of(3, 1, 0);

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 3);
	rows_put(s, REC_LOCK, "account_id=2|until=2024-12-31|reason=board\n");
	/* Not written with the tiers: */
	MUST(tiers_lock(&t, 1, DAY_NONE, day_of("2030-01-01"), &e));
	assert_int_equal(try_tiers(s, &t, 3), ST_OK);
	tiers_clear(&t);
	MUST(s->ops->tiers_load(s, &t, &e));
	assert_int_equal(t.locks, 1);
	assert_int_equal(tiers_lock_of(&t, 2)->until, day_of("2024-12-31"));
	assert_true(tiers_lock_of(&t, 2)->from == DAY_NONE);
	tiers_clear(&t);
	rows_put(s, REC_LOCK,
		"account_id=2|until=2025-12-31|reason=board|since=2024-10-01\n");
	MUST(s->ops->tiers_load(s, &t, &e));
	assert_int_equal(tiers_lock_of(&t, 2)->until, day_of("2025-12-31"));
	assert_int_equal(tiers_lock_of(&t, 2)->from, day_of("2024-10-01"));
	tiers_clear(&t);
	rows_are(s, REC_LOCK, 0,
		"account_id=2|until=2025-12-31|reason=board|since=2024-10-01\n");
}

void contract_caps(void **state)
{
	struct store *s = *state;

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 99);
	assert_int_equal(try_split(s, 99, 10, 0, 99), ST_FORBIDDEN); /* 10 % of 99 = 9 */
	split_is(s, 0, 0, 0);
	assert_int_equal(try_split(s, 99, 9, 30, 99), ST_FORBIDDEN); /* 30 % = 29 */
	assert_int_equal(try_split(s, 99, 9, 29, 99), ST_OK);
	split_is(s, 9, 29, 61);
	assert_int_equal(try_split(s, 99, 10, 29, 99), ST_FORBIDDEN); /* one too many */
	split_is(s, 9, 29, 61);
	assert_int_equal(try_split(s, 99, 9, 29, 99), ST_OK); /* once more: no change */
	assert_int_equal(try_split(s, 99, 0, 0, 99), ST_OK);
	split_is(s, 0, 0, 99);
}

void contract_cap_of_a_small_base(void **state)
{
	struct store *s = *state;

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 4);
	assert_int_equal(try_split(s, 4, 2, 0, 4), ST_FORBIDDEN);
	assert_int_equal(try_split(s, 4, 1, 2, 4), ST_FORBIDDEN);
	assert_int_equal(try_split(s, 4, 1, 1, 4), ST_OK); /* at least one place each */
	split_is(s, 1, 1, 2);
}

/* 600 accounts at 10 %: 60 places; 590 later: 59, and one over. */
void contract_over_cap_may_shrink(void **state)
{
	struct store *s = *state;

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 60);
	assert_int_equal(try_split(s, 60, 6, 18, 60), ST_OK);
	/* the base has shrunk to 40: caps of 4 and 12 */
	assert_int_equal(try_split(s, 60, 6, 18, 40), ST_OK); /* as many as before */
	assert_int_equal(try_split(s, 60, 7, 11, 40), ST_FORBIDDEN);
	assert_int_equal(try_split(s, 60, 5, 17, 40), ST_OK); /* fewer, if still over */
	assert_int_equal(try_split(s, 60, 6, 17, 40), ST_FORBIDDEN); /* not back up */
	assert_int_equal(try_split(s, 60, 4, 12, 40), ST_OK);
	assert_int_equal(try_split(s, 60, 5, 11, 40), ST_FORBIDDEN);
	split_is(s, 4, 12, 44);
}

/* Two that change places never make it too full, in whichever order they are written. */
void contract_swap_at_the_cap(void **state)
{
	struct store *s = *state;
	struct tiers t = tiers_of(20, 2, 6);

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 20);
	assert_int_equal(try_tiers(s, &t, 20), ST_OK);
	for (uint32_t k = 0; k < 2; k++) { /* up with a smaller id, then with a greater */
		t.tier[0] = k ? 1 : 2;
		t.tier[7] = k ? 2 : 1;
		t.tier[2] = k ? 2 : 3;
		t.tier[19] = k ? 3 : 2;
		assert_int_equal(try_tiers(s, &t, 20), ST_OK);
		split_is(s, 2, 6, 12);
	}
	/* all of tier 1 goes down while as many come up from tier 3 */
	for (uint32_t i = 0; i < 2; i++) {
		t.tier[i] = 3;
		t.tier[18 + i] = 1;
	}
	assert_int_equal(try_tiers(s, &t, 20), ST_OK);
	split_is(s, 2, 6, 12);
	tiers_clear(&t);
}

/* ---- reviews ----------------------------------------------------------------- */

struct kept_moves {
	struct tier_move move[8];
	uint32_t n;
};

static enum status keep_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct kept_moves *k = arg;

	(void)e;
	assert_true(k->n < 8);
	k->move[k->n++] = *m;
	return ST_OK;
}

static void move_is(const struct tier_move *m, const struct tier_move *was,
	int64_t review, const char *day)
{
	assert_int_equal(m->review, review);
	assert_int_equal(m->day, day_of(day));
	assert_int_equal(m->policy_version, review);
	assert_int_equal(m->account, was->account);
	assert_int_equal(m->pair, was->pair);
	assert_int_equal(m->from, was->from);
	assert_int_equal(m->to, was->to);
	assert_int_equal(m->cause, was->cause);
	assert_true(m->score == was->score);
	assert_true(isnan(was->other) ? isnan(m->other) : m->other == was->other);
}

/* A review, a move by hand, another review, its undoing, and one that never was. */
void contract_review_days(void **state)
{
	static const struct {
		const char *as_of, *review; /* NULL: none */
	} rows[] = { { "2024-01-31", "2024-01-31" }, { "2024-02-10", "2024-01-31" },
		{ "2024-02-29", "2024-02-29" }, { "2024-03-05", "2024-01-31" },
		{ "2024-03-20", NULL } };
	static const struct {
		const char *day, *review;
	} found[] = { { "2024-01-30", NULL }, { "2024-01-31", "2024-01-31" },
		{ "2024-02-28", "2024-01-31" }, { "2024-02-29", "2024-02-29" },
		{ "2024-03-04", "2024-02-29" }, { "2024-03-05", "2024-01-31" },
		{ "2024-03-19", "2024-01-31" }, { "2024-03-20", NULL },
		{ "2025-03-20", NULL } };
	struct store *s = *state;
	int32_t day = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct review r = { .as_of = day_of(rows[i].as_of), .policy_version = 1 };
		int64_t number;

		r.after.review_day = rows[i].review ? day_of(rows[i].review) : DAY_NONE;
		MUST(s->ops->begin(s, &e));
		MUST(s->ops->review_save(s, &r, 1706700000, "ann", &number, &e));
		MUST(s->ops->commit(s, &e));
	}
	for (size_t i = 0; i < sizeof(found) / sizeof(*found); i++) {
		MUST(s->ops->review_day(s, day_of(found[i].day), &day, &e));
		assert_int_equal(
			day, found[i].review ? day_of(found[i].review) : DAY_NONE);
	}
}

void contract_reviews_and_moves(void **state)
{
	struct store *s = *state;
	struct tier_move first[] = { { .account = 3,
					     .pair = 1,
					     .from = 2,
					     .to = 1,
					     .cause = CAUSE_SWAP,
					     .score = 81.25,
					     .other = 70.5 },
		{ .account = 1,
			.pair = 3,
			.from = 1,
			.to = 2,
			.cause = CAUSE_SWAP,
			.score = 70.5,
			.other = 81.25 },
		{ .account = 2,
			.from = TIER_NONE,
			.to = 3,
			.cause = CAUSE_PLACEMENT,
			.score = 12.3456,
			.other = (double)NAN } };
	struct tier_move second[] = { { .account = 1,
		.from = 2,
		.to = 3,
		.cause = CAUSE_DEMOTION,
		.score = 1,
		.other = (double)NAN } };
	struct review r = { .as_of = day_of("2024-01-31"),
		.policy_version = 1,
		.active = 3,
		.moves = first,
		.moves_n = 3 };
	struct kept_moves all = { .n = 0 }, one = { .n = 0 };
	int64_t number = 0;

	r.after.review_day = DAY_NONE;
	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 3);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->review_save(s, &r, 1706700000, "ann", &number, &e));
	assert_int_equal(number, 1);
	MUST(s->ops->commit(s, &e));
	r.as_of = day_of("2024-02-29");
	r.policy_version = 2;
	r.moves = second;
	r.moves_n = 1;
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->review_save(s, &r, 1709200000, "bo", &number, &e));
	assert_int_equal(number, 2);
	MUST(s->ops->commit(s, &e));

	MUST(s->ops->moves(s, 0, keep_move, &all, &e));
	assert_int_equal(all.n, 4);
	for (uint32_t i = 0; i < 4; i++) /* oldest first, in the order of the steps */
		move_is(&all.move[i], i < 3 ? &first[i] : second, i < 3 ? 1 : 2,
			i < 3 ? "2024-01-31" : "2024-02-29");
	MUST(s->ops->moves(s, 1, keep_move, &one, &e));
	assert_int_equal(one.n, 2);
	assert_int_equal(one.move[0].to, 2);
	assert_int_equal(one.move[1].to, 3);
}

/* ---- policies ---------------------------------------------------------------- */

void contract_policy_versions(void **state)
{
	struct store *s = *state;
	struct policy_version p;
	struct arena a;
	int32_t first = policy(s, 1000, 3000, "[tiers]\ncap1 = 10 ; ten % of 'it'\n");
	int32_t second = policy(s, 1000, 3000, "");

	assert_int_equal(second, first + 1);
	arena_init(&a);
	MUST(s->ops->policy_load(s, first, &a, &p, &e));
	assert_int_equal(p.version, first);
	assert_int_equal(p.at, 1700000000);
	assert_string_equal(p.author, "ann");
	assert_string_equal(p.reason, "why not");
	assert_string_equal(p.text, "[tiers]\ncap1 = 10 ; ten % of 'it'\n");
	MUST(s->ops->policy_load(s, 0, &a, &p, &e)); /* the newest */
	assert_int_equal(p.version, second);
	assert_string_equal(p.text, "");
	assert_int_equal(s->ops->policy_load(s, second + 1, &a, &p, NULL), ST_NOTFOUND);
	arena_clear(&a);
}

void contract_policy_sets_caps(void **state)
{
	struct store *s = *state;

	policy(s, 1000, 3000, "");
	rows_add_accounts(s, 20);
	assert_int_equal(try_split(s, 20, 3, 0, 20), ST_FORBIDDEN);
	policy(s, 1500, 500, "");
	assert_int_equal(try_split(s, 20, 3, 2, 20), ST_FORBIDDEN);
	assert_int_equal(try_split(s, 20, 3, 1, 20), ST_OK);
	/* narrower caps leave who is in, and let nobody more in */
	policy(s, 500, 500, "");
	assert_int_equal(try_split(s, 20, 3, 1, 20), ST_OK);
	assert_int_equal(try_split(s, 20, 4, 1, 20), ST_FORBIDDEN);
	assert_int_equal(try_split(s, 20, 2, 1, 20), ST_OK);
	split_is(s, 2, 1, 17);
}
