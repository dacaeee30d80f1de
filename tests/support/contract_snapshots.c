/* The contract: snapshots. */
#include "tests/support/contract_tests.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

/* Scores of n accounts that differ in everything; account 2 is not active, account 3
 * is unknown. */
static struct scores scores_new(uint32_t n, double shift)
{
	struct scores s;

	MUST(scores_init(&s, n, &e));
	for (uint32_t i = 0; i < n; i++) {
		if (i == 1)
			continue;
		s.active++;
		s.health[i] = (uint8_t)(i == 2 ? HEALTH_UNKNOWN : 1 + i * 7 % 100);
		s.coverage[i] = i == 2 ? 0.25 : 0.5 + shift / 4;
		for (int c = 0; c < COMP_COUNT; c++)
			s.points[c][i] = (uint8_t)(c == 3 ? POINTS_MISSING
							  : (i + (uint32_t)c) % 26);
		s.value[i] = (int64_t)i * 100000000000 + 7;
		s.effort[i] = i % 100 + shift;
		s.assumed[i] = i == 3;
		s.score[i] = 100 - i % 100 - shift;
	}
	return s;
}

static void save(struct store *s, const char *day, int32_t version,
	const struct scores *scores, const struct tiers *tiers)
{
	struct snapshot_day at = { day_of(day), version };

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->snapshot_save(s, at, scores, tiers, &e));
	MUST(s->ops->commit(s, &e));
}

static struct tiers tiers_new(uint32_t n)
{
	struct tiers t;

	MUST(tiers_init(&t, n, &e));
	return t;
}

static void scores_equal(const struct scores *a, const struct scores *b)
{
	assert_int_equal(a->active, b->active);
	for (uint32_t i = 0; i < a->n; i++) {
		assert_int_equal(a->health[i], b->health[i]);
		if (a->health[i] == HEALTH_NONE)
			continue;
		assert_true(a->coverage[i] == b->coverage[i]);
		assert_true(a->effort[i] == b->effort[i] && a->score[i] == b->score[i]);
		assert_int_equal(a->value[i], b->value[i]);
		assert_int_equal(a->assumed[i], b->assumed[i]);
		for (int c = 0; c < COMP_COUNT; c++)
			assert_int_equal(a->points[c][i], b->points[c][i]);
	}
}

void contract_snapshot_round_trip(void **state)
{
	struct store *s = *state;
	struct scores saved = scores_new(5, 0.5), got;
	struct tiers t = tiers_new(5);
	uint8_t tier[5] = { 9, 9, 9, 9, 9 };

	rows_add_accounts(s, 5);
	t.tier[0] = 1;
	t.tier[3] = 3;
	save(s, "2024-01-31", 1, &saved, &t);
	MUST(scores_init(&got, 5, &e));
	MUST(s->ops->snapshot_load(s, day_of("2024-01-31"), 0, &got, tier, &e));
	scores_equal(&got, &saved);
	assert_int_equal(tier[0], 1);
	assert_int_equal(tier[2], TIER_NONE);
	assert_int_equal(tier[3], 3);
	for (uint32_t i = 0; i < 5; i++) { /* not kept */
		assert_true(got.arr[i] == MONEY_NONE);
		assert_true(isnan(got.value_pct[i]));
	}
	MUST(s->ops->snapshot_load(s, day_of("2024-01-31"), 0, &got, NULL, &e));
	scores_equal(&got, &saved);
	scores_clear(&got);
	scores_clear(&saved);
	tiers_clear(&t);
}

/* Figures come back with four decimals, half up. */
void contract_snapshot_rounding(void **state)
{
	static const struct {
		double saved, got;
	} table[] = { { 0, 0 }, { 100, 100 }, { 1.0 / 3, 0.3333 }, { 2.0 / 3, 0.6667 },
		{ 50.00004, 50 }, { 50.00006, 50.0001 }, { 0.00003125, 0 },
		{ 0.03125, 0.0313 }, { 99.99999, 100 } };
	enum { N = sizeof(table) / sizeof(table[0]) };
	struct store *s = *state;
	struct scores saved, got;
	struct tiers t = tiers_new(N);

	rows_add_accounts(s, N);
	MUST(scores_init(&saved, N, &e));
	MUST(scores_init(&got, N, &e));
	saved.active = N;
	for (uint32_t i = 0; i < N; i++) {
		saved.health[i] = 50;
		saved.value[i] = 0;
		saved.effort[i] = saved.score[i] = table[i].saved;
		saved.coverage[i] = table[i].saved / 100;
	}
	save(s, "2024-01-31", 1, &saved, &t);
	MUST(s->ops->snapshot_load(s, day_of("2024-01-31"), 0, &got, NULL, &e));
	for (uint32_t i = 0; i < N; i++) {
		assert_true(got.effort[i] == table[i].got);
		assert_true(got.score[i] == table[i].got);
		assert_true(
			got.coverage[i] ==
			floor(table[i].saved / 100 * SCORES_SCALE + 0.5) / SCORES_SCALE);
	}
	scores_clear(&got);
	scores_clear(&saved);
	tiers_clear(&t);
}

void contract_snapshot_replaced(void **state)
{
	struct store *s = *state;
	struct scores first = scores_new(4, 0.25), second = scores_new(4, 0.75), got;
	struct tiers t = tiers_new(4);
	struct snapshot_day at;

	rows_add_accounts(s, 4);
	second.health[0] = HEALTH_NONE; /* it was in the first one */
	second.active--;
	save(s, "2024-01-31", 1, &first, &t);
	save(s, "2024-02-29", 1, &first, &t);
	save(s, "2024-01-31", 2, &second, &t);
	MUST(scores_init(&got, 4, &e));
	MUST(s->ops->snapshot_load(s, day_of("2024-01-31"), 0, &got, NULL, &e));
	scores_equal(&got, &second);
	MUST(s->ops->snapshot_find(s, day_of("2024-01-31"), &at, &e));
	assert_int_equal(at.policy_version, 2);
	MUST(s->ops->snapshot_load(s, day_of("2024-02-29"), 0, &got, NULL, &e));
	scores_equal(&got, &first); /* another day is another snapshot */
	scores_clear(&got);
	scores_clear(&first);
	scores_clear(&second);
	tiers_clear(&t);
}

/* Accounts that came later are not in an older snapshot; what the caller's arrays held
 * before does not shine through. */
void contract_snapshot_of_a_smaller_book(void **state)
{
	struct store *s = *state;
	struct scores saved = scores_new(3, 0), got = scores_new(6, 0.5);
	struct tiers t = tiers_new(3);
	uint8_t tier[6] = { 9, 9, 9, 9, 9, 9 };

	rows_add_accounts(s, 3);
	save(s, "2024-01-31", 1, &saved, &t);
	rows_add_accounts(s, 6);
	MUST(s->ops->snapshot_load(s, day_of("2024-01-31"), 0, &got, tier, &e));
	assert_int_equal(got.n, 6);
	assert_int_equal(got.active, 2);
	assert_int_equal(got.health[0], saved.health[0]);
	assert_int_equal(got.health[1], HEALTH_NONE);
	for (uint32_t i = 3; i < 6; i++) {
		assert_int_equal(got.health[i], HEALTH_NONE);
		assert_int_equal(tier[i], TIER_NONE);
	}
	assert_int_not_equal(
		s->ops->snapshot_load(s, day_of("2024-02-01"), 0, &got, NULL, NULL),
		ST_OK);
	scores_clear(&got);
	scores_clear(&saved);
	tiers_clear(&t);
}

void contract_snapshot_newest(void **state)
{
	static const struct {
		const char *on, *found;
		int32_t version;
	} table[] = { { "2023-12-31", NULL, 0 }, { "2024-01-31", "2024-01-31", 1 },
		{ "2024-02-28", "2024-01-31", 1 }, { "2024-02-29", "2024-02-29", 3 },
		{ "2199-12-31", "2024-02-29", 3 } };
	struct store *s = *state;
	struct scores scores = scores_new(2, 0);
	struct tiers t = tiers_new(2);
	struct snapshot_day at = { 1, 1 };

	MUST(s->ops->snapshot_find(s, DAY_MAX, &at, &e));
	assert_true(at.day == DAY_NONE);
	rows_add_accounts(s, 2);
	save(s, "2024-02-29", 3, &scores, &t);
	save(s, "2024-01-31", 1, &scores, &t);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		MUST(s->ops->snapshot_find(s, day_of(table[i].on), &at, &e));
		if (!table[i].found) {
			assert_true(at.day == DAY_NONE);
			continue;
		}
		assert_int_equal(at.day, day_of(table[i].found));
		assert_int_equal(at.policy_version, table[i].version);
	}
	scores_clear(&scores);
	tiers_clear(&t);
}

struct history {
	struct snapshot_row row[8];
	uint32_t n;
	uint32_t stop_after; /* 0: never */
};

static enum status keep_snapshot(void *arg, const struct snapshot_row *row, struct err *e)
{
	struct history *h = arg;

	(void)e;
	assert_true(h->n < 8);
	h->row[h->n++] = *row;
	return h->n == h->stop_after ? ST_CANCELLED : ST_OK;
}

void contract_snapshot_histories(void **state)
{
	struct store *s = *state;
	struct scores scores = scores_new(4, 0.5);
	struct tiers t = tiers_new(4);
	struct history all = { .n = 0 }, some = { .n = 0 }, none = { .n = 0 };
	struct history stopped = { .stop_after = 1 };

	rows_add_accounts(s, 4);
	t.tier[0] = 2;
	save(s, "2024-03-31", 2, &scores, &t);
	scores.health[0] = 77;
	t.tier[0] = 1;
	save(s, "2024-01-31", 1, &scores, &t);
	scores.health[0] = HEALTH_NONE;
	save(s, "2024-02-29", 1, &scores, &t);

	MUST(s->ops->snapshot_history(s, 1, DAY_MIN, DAY_MAX, keep_snapshot, &all, &e));
	assert_int_equal(all.n, 2); /* not active on the day: not in its history */
	assert_int_equal(all.row[0].at.day, day_of("2024-01-31"));
	assert_int_equal(all.row[0].at.policy_version, 1);
	assert_int_equal(all.row[0].health, 77);
	assert_int_equal(all.row[0].tier, 1);
	assert_int_equal(all.row[1].at.day, day_of("2024-03-31"));
	assert_int_equal(all.row[1].at.policy_version, 2);
	assert_int_equal(all.row[1].health, 1);
	assert_int_equal(all.row[1].tier, 2);
	assert_true(all.row[1].coverage == scores.coverage[0]);
	assert_true(all.row[1].effort == 0.5 && all.row[1].score == 99.5);
	assert_int_equal(all.row[1].value, 7);
	for (int c = 0; c < COMP_COUNT; c++)
		assert_int_equal(all.row[1].points[c], scores.points[c][0]);

	MUST(s->ops->snapshot_history(s, 4, day_of("2024-02-29"), day_of("2024-03-31"),
		keep_snapshot, &some, &e)); /* both ends belong to it */
	assert_int_equal(some.n, 2);
	assert_int_equal(some.row[0].at.day, day_of("2024-02-29"));
	MUST(s->ops->snapshot_history(s, 2, DAY_MIN, DAY_MAX, keep_snapshot, &none, &e));
	MUST(s->ops->snapshot_history(s, 99, DAY_MIN, DAY_MAX, keep_snapshot, &none, &e));
	assert_int_equal(none.n, 0);
	assert_int_equal(s->ops->snapshot_history(
				 s, 4, DAY_MIN, DAY_MAX, keep_snapshot, &stopped, NULL),
		ST_CANCELLED);
	scores_clear(&scores);
	tiers_clear(&t);
}

struct told {
	char text[256];
	size_t n;
};

static enum status tell_healths(void *arg, int32_t day, uint32_t first, uint32_t n,
	const uint8_t *health, struct err *e)
{
	struct told *t = arg;

	(void)e;
	for (uint32_t i = 0; i < n; i++)
		if (health[i] != HEALTH_NONE)
			t->n += (size_t)snprintf(t->text + t->n, sizeof(t->text) - t->n,
				"%d:%u:%u ", day - day_of("2024-01-31"), first + i + 1,
				health[i]);
	return ST_OK;
}

static void healths_are(struct store *s, const char *from, const char *to, uint32_t first,
	uint32_t n, const char *text)
{
	struct told t = { "", 0 };

	MUST(s->ops->snapshot_healths(
		s, day_of(from), day_of(to), first, n, tell_healths, &t, &e));
	assert_string_equal(t.text, text);
}

/* The newest first, of the accounts and days that are asked for. */
void contract_snapshot_healths(void **state)
{
	struct store *s = *state;
	struct scores saved = scores_new(5, 0);
	struct tiers t = tiers_new(5);

	rows_add_accounts(s, 5);
	memcpy(saved.health, (const uint8_t[]){ 50, HEALTH_NONE, HEALTH_UNKNOWN, 70, 80 },
		5);
	save(s, "2024-01-31", 1, &saved, &t);
	saved.health[3] = 71;
	save(s, "2024-02-01", 1, &saved, &t);
	saved.health[3] = 72;
	save(s, "2024-02-03", 1, &saved, &t);
	healths_are(s, "2024-02-01", "2024-02-03", 0, 5,
		"3:1:50 3:3:0 3:4:72 3:5:80 1:1:50 1:3:0 1:4:71 1:5:80 ");
	healths_are(s, "2024-01-01", "2024-02-02", 3, 1, "1:4:71 0:4:70 ");
	healths_are(s, "2024-01-01", "2024-02-02", 4, 9, "1:5:80 0:5:80 ");
	healths_are(s, "2024-02-02", "2024-02-02", 0, 5, "");
	healths_are(s, "2024-01-01", "2024-02-03", 5000, 5, "");
	saved.health[3] = 73;
	save(s, "2024-02-03", 1, &saved, &t);
	healths_are(s, "2024-02-03", "2024-02-03", 3, 1, "3:4:73 ");
	scores_clear(&saved);
	tiers_clear(&t);
}

/* Health and tier alone are those of the whole snapshot. */
void contract_snapshot_briefly(void **state)
{
	struct store *s = *state;
	struct scores saved = scores_new(5, 0);
	struct tiers t = tiers_new(5);
	uint8_t health[7], tier[7];

	rows_add_accounts(s, 5);
	t.tier[0] = 1;
	t.tier[4] = 3;
	save(s, "2024-01-31", 1, &saved, &t);
	memset(health, 9, sizeof(health));
	memset(tier, 9, sizeof(tier));
	MUST(s->ops->snapshot_health(s, day_of("2024-01-31"), 0, 7, health, tier, &e));
	assert_memory_equal(health, saved.health, 5);
	assert_int_equal(health[1], HEALTH_NONE);
	assert_int_equal(health[6], HEALTH_NONE);
	assert_int_equal(tier[0], 1);
	assert_int_equal(tier[2], TIER_NONE);
	assert_int_equal(tier[4], 3);
	assert_int_equal(tier[6], TIER_NONE);
	memset(health, 9, sizeof(health));
	MUST(s->ops->snapshot_health(s, day_of("2024-01-31"), 0, 3, health, tier, &e));
	assert_memory_equal(health, saved.health, 3);
	assert_int_equal(health[3], 9); /* not more than asked for */
	MUST(s->ops->snapshot_health(s, day_of("2024-01-31"), 3, 2, health, tier, &e));
	assert_memory_equal(health, saved.health + 3, 2); /* nor what is before it */
	assert_int_equal(tier[1], 3);
	assert_int_equal(tier[2], TIER_NONE);
	assert_int_not_equal(s->ops->snapshot_health(
				     s, day_of("2024-02-01"), 0, 5, health, tier, NULL),
		ST_OK);
	scores_clear(&saved);
	tiers_clear(&t);
}

struct sums {
	struct snapshot_sums of[4];
	uint32_t n;
	uint32_t stop_after; /* 0: never */
};

static enum status keep_sums(void *arg, const struct snapshot_sums *x, struct err *e)
{
	struct sums *all = arg;

	(void)e;
	assert_true(all->n < 4);
	all->of[all->n++] = *x;
	return all->n == all->stop_after ? ST_CANCELLED : ST_OK;
}

/* They follow a snapshot that is saved again. */
void contract_snapshot_sums(void **state)
{
	struct store *s = *state;
	struct scores scores = scores_new(5, 0);
	struct tiers t = tiers_new(5);
	struct sums all = { .n = 0 }, some = { .n = 0 }, stopped = { .stop_after = 1 };

	rows_add_accounts(s, 5);
	t.tier[0] = 1;
	t.tier[1] = 2; /* is not active, and so counts nowhere */
	t.tier[3] = 3;
	save(s, "2024-02-29", 2, &scores, &t);
	scores.health[4] = scores.health[3];
	save(s, "2024-01-31", 1, &scores, &t);
	save(s, "2024-03-31", 2, &scores, &t);
	scores.health[0] = HEALTH_NONE;
	save(s, "2024-01-31", 3, &scores, &t);
	MUST(s->ops->snapshot_sums(s, DAY_MIN, DAY_MAX, keep_sums, &all, &e));
	assert_int_equal(all.n, 3);
	assert_int_equal(all.of[0].at.day, day_of("2024-01-31"));
	assert_int_equal(all.of[0].at.policy_version, 3);
	assert_int_equal(all.of[0].health[HEALTH_UNKNOWN], 1);
	assert_int_equal(all.of[0].health[22], 2); /* 1 + 3 * 7 */
	assert_int_equal(all.of[0].health[1], 0);
	assert_int_equal(all.of[0].tier[0], 2);
	assert_int_equal(all.of[0].tier[1], 0);
	assert_int_equal(all.of[0].tier[3], 1);
	assert_int_equal(all.of[1].health[1], 1);
	assert_int_equal(all.of[1].health[29], 1); /* 1 + 4 * 7 */
	assert_int_equal(all.of[1].tier[1], 1);
	assert_int_equal(all.of[1].tier[2], 0);
	MUST(s->ops->snapshot_sums(
		s, day_of("2024-02-01"), day_of("2024-02-29"), keep_sums, &some, &e));
	assert_int_equal(some.n, 1);
	assert_memory_equal(&some.of[0], &all.of[1], sizeof(all.of[1]));
	assert_int_equal(
		s->ops->snapshot_sums(s, DAY_MIN, DAY_MAX, keep_sums, &stopped, NULL),
		ST_CANCELLED);
	assert_int_equal(stopped.n, 1);
	scores_clear(&scores);
	tiers_clear(&t);
}

static enum status keep_ticket(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e)
{
	uint32_t *seen = arg; /* a bit for each that has to come */

	(void)e;
	if (account == 1 && opened == day_of("2024-01-31") && text_eq(cause, TEXT("bug")))
		*seen |= 1;
	else if (account == 2 && opened == day_of("2024-02-29") && cause.n == 0)
		*seen |= 2;
	else
		*seen |= 4;
	return ST_OK;
}

void contract_tickets_of_days(void **state)
{
	struct store *s = *state;
	uint32_t seen = 0, none = 0;

	rows_add_accounts(s, 2);
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=1|opened_on=2024-01-30|root_cause=early\n"
		"ticket_id=2|account_id=1|opened_on=2024-01-31|root_cause=bug\n"
		"ticket_id=3|account_id=2|opened_on=2024-02-29\n"
		"ticket_id=4|account_id=2|opened_on=2024-03-01|root_cause=late");
	MUST(s->ops->tickets_opened(
		s, day_of("2024-01-31"), day_of("2024-02-29"), keep_ticket, &seen, &e));
	assert_int_equal(seen, 3);
	MUST(s->ops->tickets_opened(
		s, day_of("2024-02-01"), day_of("2024-02-28"), keep_ticket, &none, &e));
	assert_int_equal(none, 0);
}
