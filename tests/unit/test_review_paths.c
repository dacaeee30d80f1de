/* Every path of the review with numbers. Ten active accounts: tier 1 has one place,
 * tier 2 three. Those not told of are in tier 3 with a score of 10 and stay there. */
#include "core/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/reviewing.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define ACTIVE 10

/* Where account 1, 2 ... stands before the review. */
struct stand {
	uint8_t tier;
	double score;
	int32_t days; /* in the tier */
	uint8_t up, down;
	bool locked; /* until the day of the review */
};
#define NEW(score)                               \
	{                                        \
		TIER_NONE, score, 0, 0, 0, false \
	}
#define IN(tier, score)                      \
	{                                    \
		tier, score, 60, 0, 0, false \
	}
#define YOUNG(tier, score)                   \
	{                                    \
		tier, score, 59, 0, 0, false \
	}
#define LOCKED(tier, score)                 \
	{                                   \
		tier, score, 60, 0, 0, true \
	}
#define SINKING(tier, score, days)             \
	{                                      \
		tier, score, days, 0, 1, false \
	}

struct path {
	const char *why;
	struct stand at[ACTIVE];
	const char *moves;
};

static void walk(const struct path *paths, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct reviewing r = reviewing_of(ACTIVE);
		struct review v;

		for (uint32_t id = 1; id <= ACTIVE; id++) {
			const struct stand *s = &paths[i].at[id - 1];

			if (s->score == 0) {
				reviewing_stands(&r, id, 3, 10, 500);
				continue;
			}
			reviewing_stands(&r, id, s->tier, s->score, s->days);
			r.tiers.up[id - 1] = s->up;
			r.tiers.down[id - 1] = s->down;
			reviewing_lock(&r, id, s->locked ? 0 : DAY_NONE);
		}
		v = reviewing_propose(&r, 0);
		assert_int_equal(v.cap[0].limit, 1);
		assert_int_equal(v.cap[1].limit, 3);
		assert_int_equal(v.cap[2].limit, ACTIVE);
		if (strcmp(reviewing_text(&v), paths[i].moves) != 0)
			fail_msg("%s: %s\nnot: %s", paths[i].why, reviewing_text(&v),
				paths[i].moves);
		review_clear(&v);
		reviewing_clear(&r);
	}
}

static void placement(void **state)
{
	static const struct path paths[] = {
		{ "the first review walks by score: 1, 3 and 6 places",
			{ NEW(90), NEW(80), NEW(75), NEW(69.9), NEW(45), NEW(41),
				NEW(39.9), NEW(1), NEW(2), NEW(3) },
			"1 placement 0>1; 2 placement 0>2; 3 placement 0>2; "
			"4 placement 0>2; 5 placement 0>3; 6 placement 0>3; "
			"7 placement 0>3; 10 placement 0>3; 9 placement 0>3; "
			"8 placement 0>3" },
		{ "thresholds are reached without hysteresis: 70 and 40 suffice",
			{ NEW(70), NEW(40) }, "1 placement 0>1; 2 placement 0>2" },
		{ "and 69.99 and 39.99 do not", { NEW(69.99), NEW(39.99) },
			"1 placement 0>2; 2 placement 0>3" },
		{ "later, new ones find what room the incumbent leave",
			{ IN(1, 75), NEW(99), NEW(50) },
			"2 placement 0>2; 3 placement 0>2" },
		{ "full tiers push a new one to the bottom",
			{ IN(1, 75), IN(2, 50), IN(2, 51), IN(2, 52), NEW(99) },
			"5 placement 0>3" },
		{ "a place that is freed later in the review comes too late",
			{ SINKING(1, 20, 60), NEW(99) },
			"2 placement 0>2; 1 demotion 1>2" },
		{ "the locked are counted too", { LOCKED(1, 5), NEW(99) },
			"2 placement 0>2" },
	};

	(void)state;
	walk(paths, LENGTH(paths));
}

static void promotion(void **state)
{
	static const struct path paths[] = {
		{ "73 = 70 + 3 with room", { IN(2, 73) }, "1 promotion 2>1" },
		{ "72.99 is not enough", { IN(2, 72.99) }, "" },
		{ "43 = 40 + 3", { IN(3, 43) }, "1 promotion 3>2" },
		{ "42.99 is not enough", { IN(3, 42.99) }, "" },
		{ "60 days are enough, 59 are not", { YOUNG(2, 90) }, "" },
		{ "who is too young does not wait either", { IN(1, 80), YOUNG(2, 99) },
			"" },
		{ "a band may be skipped", { IN(3, 73) }, "1 promotion 3>1" },
		{ "from 72.99 it leads to tier 2", { IN(3, 72.99) }, "1 promotion 3>2" },
		{ "the best first", { IN(2, 80), IN(3, 85) },
			"2 promotion 3>1; wait 1 for 1" },
		{ "who waits for tier 1 takes the room in tier 2",
			{ IN(1, 78), IN(3, 80) }, "2 promotion 3>2; wait 2 for 1" },
		{ "room left by a promotion is taken in the same review",
			{ IN(2, 90), IN(2, 50), IN(2, 50), IN(3, 60) },
			"1 promotion 2>1; 4 promotion 3>2" },
		{ "a locked one stays", { LOCKED(2, 99) }, "" },
	};

	(void)state;
	walk(paths, LENGTH(paths));
}

static void demotion(void **state)
{
	static const struct path paths[] = {
		{ "66.99 < 70 - 3, the second time", { SINKING(1, 66.99, 60) },
			"1 demotion 1>2" },
		{ "67 is within the hysteresis", { SINKING(1, 67, 60) }, "" },
		{ "36.99 < 40 - 3", { SINKING(2, 36.99, 60) }, "1 demotion 2>3" },
		{ "37 stays", { SINKING(2, 37, 60) }, "" },
		{ "the first time is not enough", { IN(1, 20) }, "" },
		{ "59 days in the tier are not enough", { SINKING(1, 20, 59) }, "" },
		{ "one band at a time, however low", { SINKING(1, 1, 900) },
			"1 demotion 1>2" },
		{ "a locked one stays", { { 1, 1, 900, 0, 9, true } }, "" },
		{ "it makes room for a promotion", { SINKING(1, 20, 60), IN(2, 80) },
			"1 demotion 1>2; 2 promotion 2>1" },
		{ "it may push another out of tier 2",
			{ SINKING(1, 60, 60), IN(2, 50), IN(2, 51), IN(2, 52) },
			"1 demotion 1>2; 2 cap 2>3" },
		{ "or fall on at once when it is the weakest there",
			{ SINKING(1, 45, 60), IN(2, 50), IN(2, 51), IN(2, 52) },
			"1 demotion 1>2; 1 cap 2>3" },
	};

	(void)state;
	walk(paths, LENGTH(paths));
}

static void cap(void **state)
{
	static const struct path paths[] = {
		{ "the weakest of two goes, whatever its score", { IN(1, 99), IN(1, 98) },
			"2 cap 1>2" },
		{ "without streak or dwell", { YOUNG(1, 99), YOUNG(1, 98) },
			"2 cap 1>2" },
		{ "equal in all but the key: the larger goes", { IN(1, 80), IN(1, 80) },
			"2 cap 1>2" },
		{ "tier 1 before tier 2",
			{ IN(1, 99), IN(1, 71), IN(2, 50), IN(2, 60), IN(2, 65) },
			"2 cap 1>2; 3 cap 2>3" },
		{ "two over", { IN(2, 50), IN(2, 51), IN(2, 52), IN(2, 53), IN(2, 54) },
			"1 cap 2>3; 2 cap 2>3" },
		{ "the weakest unlocked, not the weakest",
			{ LOCKED(1, 20), IN(1, 90), IN(1, 80) }, "3 cap 1>2; 2 cap 1>2" },
		{ "a new one is a member like the others",
			{ IN(2, 50), IN(2, 51), SINKING(1, 60, 60), NEW(55) },
			"4 placement 0>2; 3 demotion 1>2; 1 cap 2>3" },
	};

	(void)state;
	walk(paths, LENGTH(paths));
}

static void locks_over_the_cap(void **state)
{
	static const struct path paths[] = {
		{ "are a violation", { LOCKED(1, 20), LOCKED(1, 30) }, "over 1: 1" },
		{ "and close the tier",
			{ LOCKED(1, 20), LOCKED(1, 30), IN(2, 99), NEW(98) },
			"4 placement 0>2; wait 3 for 1; over 1: 1" },
		{ "the unlocked leave first", { LOCKED(1, 20), LOCKED(1, 30), IN(1, 99) },
			"3 cap 1>2; over 1: 1" },
		{ "of tier 2",
			{ LOCKED(2, 50), LOCKED(2, 50), LOCKED(2, 50), LOCKED(2, 50),
				LOCKED(2, 50), IN(3, 60) },
			"wait 6 for 2; over 2: 2" },
		{ "of both",
			{ LOCKED(1, 1), LOCKED(1, 1), LOCKED(2, 1), LOCKED(2, 1),
				LOCKED(2, 1), LOCKED(2, 1) },
			"over 1: 1; over 2: 1" },
		{ "a locked place that fits is none", { LOCKED(1, 20) }, "" },
	};

	(void)state;
	walk(paths, LENGTH(paths));
}

static void swap(void **state)
{
	static const struct path paths[] = {
		{ "80 >= 75 + 5", { IN(1, 75), IN(2, 80) },
			"1 swap 1>2 (2); 2 swap 2>1 (1)" },
		{ "79.99 is 4.99 ahead: wait", { IN(1, 75), IN(2, 79.99) },
			"wait 2 for 1" },
		{ "whoever is replaced needs no streak and no dwell",
			{ YOUNG(1, 75), IN(2, 80) }, "1 swap 1>2 (2); 2 swap 2>1 (1)" },
		{ "a locked member keeps its place", { LOCKED(1, 20), IN(2, 99) },
			"wait 2 for 1" },
		{ "the weakest unlocked of tier 2",
			{ LOCKED(2, 41), IN(2, 50), IN(2, 60), IN(3, 55) },
			"2 swap 2>3 (4); 4 swap 3>2 (2)" },
		{ "the second candidate meets the next weakest",
			{ IN(2, 45), IN(2, 48), IN(2, 60), IN(3, 55), IN(3, 54) },
			"1 swap 2>3 (4); 4 swap 3>2 (1); 2 swap 2>3 (5); "
			"5 swap 3>2 (2)" },
		{ "or waits", { IN(2, 45), IN(2, 50), IN(2, 60), IN(3, 55), IN(3, 54) },
			"1 swap 2>3 (4); 4 swap 3>2 (1); wait 5 for 2" },
		{ "from tier 3 the other goes one band down, and tier 2 keeps its cap",
			{ IN(1, 75), IN(2, 50), IN(2, 60), IN(2, 65), IN(3, 80) },
			"1 swap 1>2 (5); 5 swap 3>1 (1); 2 cap 2>3" },
		{ "it may be the weakest in tier 2 itself",
			{ IN(1, 75), YOUNG(2, 76), YOUNG(2, 77), YOUNG(2, 78),
				IN(3, 80) },
			"1 swap 1>2 (5); 5 swap 3>1 (1); 1 cap 2>3" },
		{ "tier 2 with room keeps it",
			{ IN(1, 75), IN(2, 50), IN(2, 60), IN(3, 80) },
			"1 swap 1>2 (4); 4 swap 3>1 (1)" },
		{ "a swap from tier 2 leaves tier 2 as full as it was",
			{ IN(1, 75), IN(2, 50), IN(2, 60), IN(2, 80) },
			"1 swap 1>2 (4); 4 swap 2>1 (1)" },
	};

	(void)state;
	walk(paths, LENGTH(paths));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(placement),
		cmocka_unit_test(promotion),
		cmocka_unit_test(demotion),
		cmocka_unit_test(cap),
		cmocka_unit_test(locks_over_the_cap),
		cmocka_unit_test(swap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
