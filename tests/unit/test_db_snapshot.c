/* Snapshots: several rows of the table, room, replacement, damage. */
#include "tests/unit/test_db_plain.h"

#include <math.h>

enum { N = 2500 }; /* three rows of the table */

/* Figures such as the rules find; one in `gone` accounts is not active. */
static void fill(struct scores *s, struct tiers *t, uint32_t n, uint32_t gone)
{
	static const uint8_t weight[COMP_COUNT] = { 25, 20, 15, 15, 10, 5, 5, 5 };
	MUST(scores_init(s, n, &e));
	MUST(tiers_init(t, n, &e));
	for (uint32_t i = 0; i < n; i++) {
		t->tier[i] = (uint8_t)random_below(TIER_COUNT + 1);
		if (gone != 0 && random_below(gone) == 0)
			continue;
		s->active++;
		s->health[i] = (uint8_t)random_below(101);
		s->coverage[i] = random_below(21) / 20.0;
		for (int c = 0; c < COMP_COUNT; c++)
			s->points[c][i] =
				(uint8_t)(random_below(8) == 0
						  ? POINTS_MISSING
						  : random_below(weight[c] + 1u));
		s->value[i] = random_below(9) == 0 ? MONEY_NONE
						   : (int64_t)random_below(2000000000);
		s->effort[i] = random_below(1000000001) / 1e7;
		s->assumed[i] = random_below(30) == 0;
		s->score[i] = random_below(1000000001) / 1e7;
	}
}

static void save(
	struct book *b, int32_t day, const struct scores *s, const struct tiers *t)
{
	struct snapshot_day at = { day, 1 };
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->snapshot_save(b->s, at, s, t, &e));
	MUST(b->s->ops->commit(b->s, &e));
}

static int64_t one_number(struct book *b, const char *sql)
{
	int64_t n = 0;
	MUST(stmt_query_int(b->d, sql, 0, &n, &e));
	return n;
}

static double rounded(double x)
{
	return floor(x * SCORES_SCALE + 0.5) / SCORES_SCALE;
}

/* got is what saved has, rounded; accounts that saved does not have are not active. */
static void scores_match(const struct scores *got, const struct scores *saved)
{
	for (uint32_t i = 0; i < got->n; i++) {
		if (i >= saved->n || saved->health[i] == HEALTH_NONE) {
			assert_int_equal(got->health[i], HEALTH_NONE);
			assert_true(isnan(got->coverage[i]) && isnan(got->effort[i]) &&
				    isnan(got->score[i]));
			assert_true(got->value[i] == MONEY_NONE);
			continue;
		}
		assert_int_equal(got->health[i], saved->health[i]);
		assert_int_equal(got->assumed[i], saved->assumed[i]);
		assert_true(got->value[i] == saved->value[i]);
		assert_true(got->coverage[i] == rounded(saved->coverage[i]));
		assert_true(got->effort[i] == rounded(saved->effort[i]));
		assert_true(got->score[i] == rounded(saved->score[i]));
		for (int c = 0; c < COMP_COUNT; c++)
			assert_int_equal(got->points[c][i], saved->points[c][i]);
	}
}

static void test_round_trip(void **state)
{
	static const struct {
		uint32_t saved, loaded, gone;
	} rows[] = { { N, N, 20 }, { N, N, 2 }, { N, N, 1 }, { N, N, 0 }, { N, 900, 5 },
		{ 900, N, 5 }, { 1024, 1025, 9 }, { 1025, 1024, 9 }, { 1, 1, 0 },
		{ 0, 5, 0 } };
	struct book *b = *state;
	for (size_t r = 0; r < LENGTH(rows); r++) {
		struct scores saved, got;
		struct tiers t;
		uint8_t *tier = malloc(rows[r].loaded + 1);
		uint32_t active = 0;
		assert_non_null(tier);
		fill(&saved, &t, rows[r].saved, rows[r].gone);
		save(b, 20000, &saved, &t); /* each replaces the one before */
		MUST(scores_init(&got, rows[r].loaded, &e));
		MUST(b->s->ops->snapshot_load(b->s, 20000, 0, &got, tier, &e));
		scores_match(&got, &saved);
		for (uint32_t i = 0; i < got.n; i++) {
			bool here = got.health[i] != HEALTH_NONE;
			assert_int_equal(tier[i], here ? t.tier[i] : TIER_NONE);
			active += here;
		}
		assert_int_equal(got.active, active);
		scores_clear(&got);
		scores_clear(&saved);
		tiers_clear(&t);
		free(tier);
	}
}

static void test_room(void **state)
{
	static const struct {
		uint32_t gone;
		int most; /* bytes for ten accounts */
	} rows[] = { { 0, 180 }, { 20, 185 }, { 1, 1 } };
	struct book *b = *state;
	for (size_t r = 0; r < LENGTH(rows); r++) {
		struct scores s;
		struct tiers t;
		fill(&s, &t, 40000, rows[r].gone);
		save(b, 20000, &s, &t);
		assert_in_range(one_number(b, "SELECT sum(length(data)) FROM snapshot"),
			0, rows[r].most * 4000);
		scores_clear(&s);
		tiers_clear(&t);
	}
}

/* The same figures again change no byte, other ones those of their part, and its healths
 * and what the day adds up to, which are removed and written anew. */
static void test_saved_again(void **state)
{
	struct book *b = *state;
	struct scores s;
	struct tiers t;
	fill(&s, &t, N, 20);
	save(b, 20000, &s, &t);
	int before = sqlite3_total_changes(b->d->h);
	save(b, 20000, &s, &t);
	assert_int_equal(sqlite3_total_changes(b->d->h), before + FLAG_WRITES);
	before = sqlite3_total_changes(b->d->h);
	s.health[1500] = s.health[1500] == 50 ? 51 : 50;
	save(b, 20000, &s, &t);
	assert_int_equal(sqlite3_total_changes(b->d->h), before + 5 + FLAG_WRITES);
	s.n = 1000; /* accounts that are gone leave no rows behind */
	save(b, 20000, &s, &t);
	assert_int_equal(one_number(b, "SELECT count(*) FROM snapshot"), 1);
	scores_clear(&s);
	tiers_clear(&t);
}

/* ---- history ---- */

struct history {
	uint32_t account;
	const struct scores *days; /* of day 20000 + i */
	int32_t next, rows;
};

static enum status on_day(void *arg, const struct snapshot_row *row, struct err *e)
{
	struct history *h = arg;
	const struct scores *s = &h->days[row->at.day - 20000];
	uint32_t i = h->account - 1;
	(void)e;
	assert_true(row->at.day >= h->next);
	assert_int_equal(row->at.policy_version, 1);
	h->next = row->at.day + 1;
	h->rows++;
	assert_int_equal(row->health, s->health[i]);
	assert_true(row->coverage == rounded(s->coverage[i]));
	assert_true(row->effort == rounded(s->effort[i]));
	assert_true(row->score == rounded(s->score[i]));
	assert_true(row->value == s->value[i]);
	for (int c = 0; c < COMP_COUNT; c++)
		assert_int_equal(row->points[c], s->points[c][i]);
	return ST_OK;
}

static void test_history(void **state)
{
	enum { DAYS = 12 };
	static const uint32_t accounts[] = { 1, 1024, 1025, 2048, 2049, N };
	static struct scores days[DAYS];
	struct book *b = *state;
	struct tiers t;
	for (int i = 0; i < DAYS; i++) {
		fill(&days[i], &t, N, 4);
		save(b, 20000 + i, &days[i], &t);
		tiers_clear(&t);
	}
	for (size_t a = 0; a < LENGTH(accounts); a++) {
		struct history h = { .account = accounts[a], .days = days };
		int32_t expected = 0;
		MUST(b->s->ops->snapshot_history(
			b->s, accounts[a], 20002, 20010, on_day, &h, &e));
		for (int i = 2; i <= 10; i++)
			expected += days[i].health[accounts[a] - 1] != HEALTH_NONE;
		assert_int_equal(h.rows, expected);
	}
	for (int i = 0; i < DAYS; i++)
		scores_clear(&days[i]);
}

/* ---- damage ---- */

static void test_damage(void **state)
{
	static const char *const harm[] = {
		"UPDATE snapshot SET data = x'' WHERE day = 20000 AND part = 1",
		"UPDATE snapshot SET data = CAST(substr(data, 1, 99) AS BLOB)"
		" WHERE day = 20000 AND part = 1",
		"UPDATE snapshot SET data = CAST(substr(data, 1, 500) || x'00' ||"
		" substr(data, 502) AS BLOB) WHERE day = 20000 AND part = 1",
	};
	struct book *b = *state;
	struct scores s, got;
	struct tiers t;
	fill(&s, &t, N, 20);
	MUST(scores_init(&got, N, &e));
	for (size_t i = 0; i < LENGTH(harm); i++) {
		struct err error = { .status = ST_OK };
		struct history h = { .account = 1, .days = &s };
		save(b, 20000, &s, &t);
		save(b, 20001, &s, &t);
		assert_int_equal(
			sqlite3_exec(b->d->h, harm[i], NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(
			b->s->ops->snapshot_load(b->s, 20000, 0, &got, NULL, &error),
			ST_CORRUPT);
		assert_non_null(strstr(error.text, "2024-10-04"));
		MUST(b->s->ops->snapshot_load(b->s, 20001, 0, &got, NULL, &e));
		scores_match(&got, &s);
		assert_int_equal(b->s->ops->snapshot_history(
					 b->s, 1025, 0, 30000, on_day, &h, &error),
			ST_CORRUPT);
		MUST(b->s->ops->snapshot_history(b->s, 1, 0, 20000, on_day, &h, &e));
	}
	save(b, 20000, &s, &t); /* what the message says helps */
	MUST(b->s->ops->snapshot_load(b->s, 20000, 0, &got, NULL, &e));
	scores_match(&got, &s);
	scores_clear(&got);
	scores_clear(&s);
	tiers_clear(&t);
}

/* A damaged day is no reason not to save another, also when its sums are not kept. */
static void test_damaged_without_sums(void **state)
{
	struct book *b = *state;
	struct scores s;
	struct tiers t;
	fill(&s, &t, N, 20);
	for (int32_t day = 20000; day < 20003; day++)
		save(b, day, &s, &t);
	assert_int_equal(sqlite3_exec(b->d->h,
				 "UPDATE snapshot SET data = x'00' WHERE day = 20000;"
				 "DELETE FROM snapshot_sum",
				 NULL, NULL, NULL),
		SQLITE_OK);
	save(b, 20003, &s, &t);
	assert_int_equal(one_number(b, "SELECT count(*) FROM snapshot_sum"), 3);
	assert_int_equal(one_number(b, "SELECT min(day) FROM snapshot_sum"), 20001);
	save(b, 20000, &s, &t);
	assert_int_equal(one_number(b, "SELECT count(*) FROM snapshot_sum"), 4);
	scores_clear(&s);
	tiers_clear(&t);
}

static void keep_finding(void *arg, const char *text)
{
	snprintf(arg, ERR_TEXT_MAX, "%s", text);
}

static void save_policy(struct book *b)
{
	const struct policy_version p = {
		.at = 1, .author = "a", .reason = "r", .text = "t"
	};
	const uint32_t caps[TIER_COUNT] = { 1000, 3000, 10000 };
	int32_t version;
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->policy_save(b->s, &p, caps, &version, &e));
	MUST(b->s->ops->commit(b->s, &e));
}

static void test_verify(void **state)
{
	static const struct {
		const char *harm, *says; /* NULL: nothing */
	} rows[] = {
		{ "DELETE FROM snapshot_sum WHERE day = 20000", NULL },
		{ "UPDATE snapshot_sum SET data = x'00' WHERE day = 20001",
			"2024-10-05" },
		{ "UPDATE snapshot_sum SET data = (SELECT data FROM snapshot_sum"
		  " WHERE day = 20002) WHERE day = 20001",
			"DELETE FROM snapshot_sum" },
		{ "UPDATE snapshot SET data = x'00' WHERE day = 20000 AND part = 2",
			"2024-10-04" },
	};
	struct book *b = *state;
	save_policy(b);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char said[ERR_TEXT_MAX] = "";
		for (int32_t day = 20000; day < 20003; day++) {
			struct scores s;
			struct tiers t;
			fill(&s, &t, N, 20);
			save(b, day, &s, &t);
			scores_clear(&s);
			tiers_clear(&t);
		}
		MUST(b->s->ops->verify(b->s, keep_finding, said, &e));
		assert_string_equal(said, "");
		assert_int_equal(
			sqlite3_exec(b->d->h, rows[i].harm, NULL, NULL, NULL), SQLITE_OK);
		MUST(b->s->ops->verify(b->s, keep_finding, said, &e));
		if (rows[i].says == NULL)
			assert_string_equal(said, "");
		else if (strstr(said, rows[i].says) == NULL)
			fail_msg("%s: says \"%s\"", rows[i].harm, said);
	}
}

static void test_outside_a_transaction(void **state)
{
	struct book *b = *state;
	struct scores s;
	struct tiers t;
	struct snapshot_day at = { 20000, 1 };
	fill(&s, &t, 3, 0);
	assert_int_not_equal(b->s->ops->snapshot_save(b->s, at, &s, &t, NULL), ST_OK);
	assert_int_equal(one_number(b, "SELECT count(*) FROM snapshot_day"), 0);
	scores_clear(&s);
	tiers_clear(&t);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, plain_setup, plain_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_round_trip),
		TEST(test_room),
		TEST(test_saved_again),
		TEST(test_history),
		TEST(test_damage),
		TEST(test_damaged_without_sums),
		TEST(test_verify),
		TEST(test_outside_a_transaction),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
