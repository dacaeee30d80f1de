/* Policy: what is edited is tried, kept while other screens are shown, and saved with a
 * reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

/* To the cap of tier 1. */
#define CAP "8 ] ] ] ] ] ] ] ] ] j j j j "

static void ends(struct tui *t)
{
	tui_free(&t);
}

static void a_policy_is_saved_with_a_reason(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ + s");
	const uint32_t cap = book_policy(scene_own())->cap_bp[0];
	const int32_t version = book_policy_version(scene_own());

	(void)state;
	scene_feed(t, "C-s"); /* without one it is not */
	assert_int_equal(book_policy_version(scene_own()), version);
	scene_feed(t, "'we grow' C-s");
	assert_int_equal(book_policy_version(scene_own()), version + 1);
	assert_int_equal(book_policy(scene_own())->cap_bp[0], cap + 200);
	assert_true(scene_shows(t, -1, "as it is in force"));
	ends(t);
}

/* Rates are typed as one value, each of them kept, changed or taken away. */
static void exchange_rates_are_edited(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
		"8 ] Enter C-u 'GBP:1.25 EUR:1.08 CHF:1.12' Enter s 'abroad' C-s");
	const struct policy *p = book_policy(scene_own());

	(void)state;
	assert_int_equal(p->fx_count, 3);
	assert_true(policy_rate(p, "EUR") == 1.08);
	assert_true(scene_shows(t, -1, "CHF:1.12 EUR:1.08 GBP:1.25"));
	scene_feed(t, "Enter C-u 'EUR:1.1 GBP:1.25' Enter");
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	scene_feed(t, "s 'no more francs' C-s");
	p = book_policy(scene_own());
	assert_int_equal(p->fx_count, 2);
	assert_true(policy_rate(p, "EUR") == 1.1);
	assert_true(policy_rate(p, "CHF") == 0);
	scene_feed(t, "V");
	assert_true(scene_shows(t, -1, "[fx] CHF: 1.12 became none"));
	scene_feed(t, "Esc Enter C-u 'EUR' Enter");
	assert_true(scene_shows(t, -1, "EUR is not a rate, like EUR:1.08"));
	scene_feed(t, "C-u 'none' Enter");
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	ends(t);
}

/* By its name, by what it means, by its section; what is not listed is not found. */
static void a_value_is_found(void **state)
{
	static const struct {
		const char *keys, *at;
	} rows[] = { { "'tier1_cap'", "percent of the active base" },
		{ "'TIER1 cap'", "percent of the active base" },
		{ "'red pulse'", "a red pulse holds health" },
		{ "'exchange'", "one unit of each other currency" },
		{ "'quadrants effort'", "high effort from" },
		{ "'grr'", "gross revenue retention to reach" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "8 /");

		scene_feed(t, rows[i].keys);
		scene_feed(t, "Enter");
		if (!scene_shows(t, -1, rows[i].at))
			fail_msg("%s did not go there", rows[i].keys);
		ends(t);
	}
}

static void weights_that_do_not_add_up_are_not_saved(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "8 ] ] j j j j + s");
	const int32_t version = book_policy_version(scene_own());

	(void)state;
	assert_true(scene_shows(t, -1, "1 too many"));
	scene_feed(t, "'why' C-s");
	assert_int_equal(book_policy_version(scene_own()), version);
	ends(t);
}

static void edits_stay_while_another_screen_is_shown(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ 1 2 8");

	(void)state;
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	scene_feed(t, "Del");
	assert_true(scene_shows(t, -1, "as it is in force"));
	ends(t);
}

/* One value is said again; more than one are asked about. */
static void what_is_dropped_is_said(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "R");

	(void)state;
	assert_true(scene_shows(t, 22, "nothing is changed"));
	scene_feed(t, "+ R");
	assert_true(scene_shows(t, 22, "tier1_cap is 10 again, as in force"));
	assert_true(scene_shows(t, -1, "as it is in force"));
	scene_feed(t, "+ j + R");
	assert_true(scene_shows(t, -1, "Drop all 2 changes?"));
	scene_feed(t, "n");
	assert_true(scene_shows(t, -1, "2 values changed, not saved"));
	scene_feed(t, "R y");
	assert_true(scene_shows(t, 22, "2 changes dropped: all is as in force"));
	assert_true(scene_shows(t, -1, "as it is in force"));
	ends(t);
}

/* What somebody else saved meanwhile stays, with the edits on top of it. */
static void two_people_edit_the_policy(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+");
	const uint32_t cap = book_policy(scene_own())->cap_bp[0];
	int32_t version;

	(void)state;
	MUST(book_policy_apply(
		scene_own(), "[tiers]\ntier2_cap = 33\n", "p", "theirs", &version, &e));
	scene_feed(t, "1 8");
	assert_true(scene_shows(t, -1, "your changes are on top of it"));
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	scene_feed(t, "s 'mine' C-s");
	assert_int_equal(book_policy(scene_own())->cap_bp[0], cap + 100);
	assert_int_equal(book_policy(scene_own())->cap_bp[1], 3300);
	ends(t);
}

/* Of the rates, which are one value, each is somebody's own. */
static void two_people_edit_rates(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
		"8 ] Enter C-u 'CHF:1.12 EUR:1.08' Enter s 'abroad' C-s "
		"Enter C-u 'EUR:1.1 SEK:0.1' Enter");
	const struct policy *p;
	int32_t version;

	(void)state;
	MUST(book_policy_apply(scene_own(), "[fx]\nGBP = 1.25\nCHF = 1.13\nSEK = 0.2\n",
		"p", "theirs", &version, &e));
	scene_feed(t, "1 8");
	assert_true(scene_shows(t, -1, "your changes are on top of it"));
	scene_feed(t, "s 'mine' C-s");
	p = book_policy(scene_own());
	assert_true(policy_rate(p, "EUR") == 1.1);
	assert_true(policy_rate(p, "GBP") == 1.25);
	assert_true(policy_rate(p, "SEK") == 0.1);
	assert_true(policy_rate(p, "CHF") == 0);
	ends(t);
}

/* What was found is gone to, though others came before it in the list meanwhile. */
static void a_value_is_found_in_a_list_that_grew(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "8 / 'tolerance'");
	int32_t version;

	(void)state;
	MUST(book_policy_apply(scene_own(),
		"[health.tier1]\nsentiment = 10\nusage = 30\n", "p", "theirs", &version,
		&e));
	scene_own()->data_version--; /* as if another program had saved it */
	tui_tick(t);
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "points away from it that are no matter"));
	ends(t);
}

static void an_older_version_comes_back(void **state)
{
	struct tui *t =
		scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ s 'more' C-s V Down");
	const int32_t version = book_policy_version(scene_own());
	const uint32_t cap = book_policy(scene_own())->cap_bp[0];

	(void)state;
	scene_feed(t, "Enter 'no, less' C-s");
	assert_int_equal(book_policy_version(scene_own()), version + 1);
	assert_int_equal(book_policy(scene_own())->cap_bp[0], cap - 100);
	ends(t);
}

/* However many there are, all of them are in the list. */
static void the_first_version_is_found(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "8");
	char reason[32];

	(void)state;
	for (int i = 0; i < 230; i++) {
		char ini[48];
		int32_t version;

		snprintf(ini, sizeof(ini), "[tiers]\ntier1_cap = %d\n", 10 + i % 2);
		snprintf(reason, sizeof(reason), "reason %d", i);
		MUST(book_policy_apply(scene_own(), ini, "p", reason, &version, &e));
	}
	scene_feed(t, "V");
	assert_true(scene_shows(t, -1, reason));
	assert_true(scene_shows(t, -1, "This is what is in force."));
	scene_feed(t, "End");
	if (!scene_shows(t, -1, "version 1, "))
		fail_msg("%s", scene_dump(t));
	ends(t);
}

static void what_can_not_be_read_is_said_and_not_taken(void **state)
{
	struct tui *t =
		scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "Enter C-u '101' Enter");

	(void)state;
	assert_true(scene_shows(t, -1, "must be from 0 to 100"));
	scene_feed(t, "Esc");
	assert_true(scene_shows(t, -1, "as it is in force"));
	scene_feed(t, "Enter C-u '14.5' Enter");
	assert_true(scene_shows(t, -1, "14.5"));
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	ends(t);
}

/* From who would move to the account, and back to the edits. */
static void who_would_move_is_opened(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ + + + + f");

	(void)state;
	assert_true(scene_shows(t, -1, "Who would end in another tier"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "health"));
	scene_feed(t, "Esc");
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	ends(t);
}

/* Nobody quits, or opens another book, over edits without being asked. */
static void edits_are_not_lost_unasked(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ 1 q");

	(void)state;
	assert_false(tui_done(t));
	assert_true(scene_shows(t, -1, "1 changed value of the policy is not saved"));
	scene_feed(t, "n C-o");
	assert_true(scene_shows(t, -1, "is not saved"));
	scene_feed(t, "n 8");
	assert_true(scene_shows(t, -1, "1 value changed, not saved"));
	scene_feed(t, "q y");
	assert_true(tui_done(t));
	ends(t);
}

static void where_nothing_would_be_lost_nobody_is_asked(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ R q");

	(void)state;
	assert_true(tui_done(t));
	ends(t);
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+");
	tui_resize(t, 5, 20); /* no room to be asked in */
	scene_feed(t, "C-c");
	assert_true(tui_done(t));
	ends(t);
}

static int64_t at(const struct clock *c)
{
	return (int64_t)c->today * DAY_SECONDS;
}

/* Of a day before that of the alerts none are counted, so none are shown as 0. */
static void of_an_earlier_day_alerts_are_not_counted(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "8");
	const struct clock today = { .today = book_as_of(scene_own()), .now = at };
	const struct clock later = { .today = today.today + 3, .now = at };
	struct recalc_result done;

	(void)state;
	assert_true(scene_shows(t, -1, "critical ones"));
	book_set_day(scene_own(), &later);
	MUST(book_recalc(scene_own(), &done, &e));
	book_set_day(scene_own(), &today);
	scene_feed(t, "1 8");
	assert_true(scene_shows(t, -1, "alerts stand at a later day"));
	assert_false(scene_shows(t, -1, "critical ones"));
	ends(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_policy_is_saved_with_a_reason),
		cmocka_unit_test(exchange_rates_are_edited),
		cmocka_unit_test(a_value_is_found),
		cmocka_unit_test(weights_that_do_not_add_up_are_not_saved),
		cmocka_unit_test(edits_stay_while_another_screen_is_shown),
		cmocka_unit_test(what_is_dropped_is_said),
		cmocka_unit_test(two_people_edit_the_policy),
		cmocka_unit_test(edits_are_not_lost_unasked),
		cmocka_unit_test(where_nothing_would_be_lost_nobody_is_asked),
		cmocka_unit_test(two_people_edit_rates),
		cmocka_unit_test(a_value_is_found_in_a_list_that_grew),
		cmocka_unit_test(an_older_version_comes_back),
		cmocka_unit_test(of_an_earlier_day_alerts_are_not_counted),
		cmocka_unit_test(the_first_version_is_found),
		cmocka_unit_test(what_can_not_be_read_is_said_and_not_taken),
		cmocka_unit_test(who_would_move_is_opened),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
