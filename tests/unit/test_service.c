/* The service level of an account: cadence of talks, share of people. */
#include "core/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 60, TODAY = 20000 };

static struct account_view v;
static struct cell touch[MOST][TOUCH_FIELDS], message[MOST][MESSAGE_FIELDS];
static struct policy policy;

static int setup(void **state)
{
	(void)state;
	memset(&v, 0, sizeof(v));
	memset(touch, 0, sizeof(touch));
	memset(message, 0, sizeof(message));
	v.rows[REC_TOUCH].cells = touch[0];
	v.rows[REC_MESSAGE].cells = message[0];
	policy_default(&policy);
	return 0;
}

/* answered -1: not said */
static void add_touch(int32_t day, int answered)
{
	struct cell *c = touch[v.rows[REC_TOUCH].n++];

	c[F_TOUCH_DATE] = CELL_OF_INT(day);
	if (answered >= 0)
		c[F_TOUCH_TWO_WAY] = CELL_OF_INT(answered);
}

/* sent DAY_NONE: it waits */
static void add_message(const char *kind, int32_t sent)
{
	struct cell *c = message[v.rows[REC_MESSAGE].n++];

	c[F_MESSAGE_KIND] = CELL_OF_TEXT(text_of(kind));
	c[F_MESSAGE_MADE] = CELL_OF_INT(TODAY - 200);
	if (sent != DAY_NONE)
		c[F_MESSAGE_SENT] = CELL_OF_INT(sent);
}

static struct service of(int tier)
{
	struct service s;

	service_of(&policy, &v, tier, TODAY, &s);
	return s;
}

/* The last day that keeps the cadence, and the first that does not. */
static void cadence(void **state)
{
	static const struct {
		int tier, ago;
		bool late;
	} rows[] = { { 1, 30, false }, { 1, 31, true }, { 2, 90, false }, { 2, 91, true },
		{ 3, 5000, false }, { 0, 5000, false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		setup(state);
		add_touch(TODAY - rows[i].ago, 1);
		if (of(rows[i].tier).late != rows[i].late)
			fail_msg("tier %d, %d d ago", rows[i].tier, rows[i].ago);
		assert_int_equal(of(rows[i].tier).last, TODAY - rows[i].ago);
	}
}

/* Only what was answered is a talk; what lies ahead is not known yet. */
static void talks(void **state)
{
	(void)state;
	assert_int_equal(of(1).last, DAY_NONE);
	assert_true(of(1).late && !of(3).late);
	add_touch(TODAY - 3, 0);
	add_touch(TODAY - 2, -1);
	add_touch(TODAY + 1, 1);
	assert_int_equal(of(1).last, DAY_NONE);
	add_touch(TODAY - 40, 1);
	add_touch(TODAY - 50, 1);
	assert_int_equal(of(1).last, TODAY - 40);
	assert_int_equal(of(1).human, 4);
}

/* 50 of which 15 are by people: 30 % against 20 %, at the tolerance and beyond it. */
static void mix(void **state)
{
	struct service s;

	(void)state;
	for (int i = 0; i < 35; i++)
		add_message("customer", TODAY - 1);
	for (int i = 0; i < 15; i++)
		add_touch(TODAY - 1, 1);
	s = of(2);
	assert_int_equal(s.human, 15);
	assert_int_equal(s.digital, 35);
	assert_int_equal(s.share, 30);
	assert_int_equal(s.target, 20);
	assert_false(s.off);
	/* a clinic is one hour of a person for many; who answered was talked to */
	add_touch(TODAY, 1);
	touch[v.rows[REC_TOUCH].n - 1][F_TOUCH_KIND] = CELL_OF_TEXT(TEXT("clinic"));
	touch[v.rows[REC_TOUCH].n - 1][F_TOUCH_PURPOSE] = CELL_OF_TEXT(TEXT("renewal"));
	assert_int_equal(of(2).human, 15);
	assert_int_equal(of(2).digital, 36);
	assert_int_equal(of(2).commercial, 0);
	assert_int_equal(of(2).last, TODAY);
	v.rows[REC_TOUCH].n--;
	policy.number[POLICY_SERVICE_TOLERANCE] = 9;
	assert_true(of(2).off);
	assert_int_equal(of(1).target, 100);
	assert_int_equal(of(3).target, 0);
	policy.number[POLICY_SERVICE_HUMAN_3] = 7;
	assert_int_equal(of(0).target, 7);
}

/* What was not sent, is for colleagues, or is older than the window counts nowhere. */
static void counted(void **state)
{
	(void)state;
	assert_int_equal(of(2).share, -1);
	assert_false(of(2).off);
	add_message("customer", DAY_NONE);
	add_message("notice", TODAY);
	add_message("escalation", TODAY);
	add_message("customer", TODAY - 90);
	add_touch(TODAY - 90, 1);
	assert_int_equal(of(2).share, -1);
	add_message("customer", TODAY - 89);
	assert_int_equal(of(2).share, 0);
	add_touch(TODAY - 89, 0);
	assert_int_equal(of(2).share, 50);
}

static void add_review(
	const char *kind, const char *purpose, int32_t day, const char *outcome)
{
	struct cell *c = touch[v.rows[REC_TOUCH].n];

	add_touch(day, 1);
	c[F_TOUCH_KIND] = CELL_OF_TEXT(text_of(kind));
	if (purpose)
		c[F_TOUCH_PURPOSE] = CELL_OF_TEXT(text_of(purpose));
	if (outcome)
		c[F_TOUCH_OUTCOME] = CELL_OF_TEXT(text_of(outcome));
}

/* Three touches that sell and none of value in a quarter are too many; as many of value
 * make up for them. */
static void selling(void **state)
{
	char text[SERVICE_TEXT_MAX];
	struct service s;

	(void)state;
	add_review("call", "Renewal talk", TODAY, NULL);
	add_review("call", "upsell", TODAY - 89, NULL);
	add_review("call", "pricing", TODAY - 90, NULL);
	s = of(1);
	assert_int_equal(s.commercial, 2);
	assert_false(service_missed(&s, SERVICE_SELLING));
	assert_string_equal(service_text(&s, 1, TODAY, SERVICE_SELLING, text), "");
	add_review("call", "quote", TODAY - 1, NULL);
	s = of(1);
	assert_true(service_missed(&s, SERVICE_SELLING));
	assert_string_equal(service_text(&s, 1, TODAY, SERVICE_SELLING, text),
		"selling: 3 touches that sell in 90 d, 0 of value: value comes first");
	add_review("call", "training", TODAY - 1, NULL);
	add_review("call", NULL, TODAY - 1, NULL);
	assert_true(of(1).oversold);
	add_review("call", "check-in", TODAY - 1, NULL);
	assert_false(of(1).oversold);
}

/* A business review without an outcome, or that nothing follows, is none. */
static void reviews(void **state)
{
	static struct cell plan[PLAN_FIELDS];
	static const struct {
		const char *why, *kind, *purpose;
		int ago;
		const char *outcome, *next;
		bool counts;
		uint32_t rituals;
		bool late;
	} rows[] = {
		{ "counts", "meeting", "Business review Q1", 91, "two goals", "a pilot",
			true, 0, false },
		{ "by its kind", "QBR", NULL, 10, "two goals", "a pilot", true, 0,
			false },
		{ "older than a quarter", "QBR", NULL, 92, "two goals", "a pilot", true,
			0, true },
		{ "no outcome", "QBR", NULL, 10, NULL, "a pilot", false, 1, true },
		{ "no next step", "QBR", NULL, 10, "two goals", NULL, false, 1, true },
		{ "an old ritual", "QBR", NULL, 92, NULL, "a pilot", false, 0, true },
		{ "still to come", "QBR", NULL, -1, "two goals", "a pilot", false, 0,
			true },
		{ "a meeting", "meeting", "renewal", 10, "two goals", "a pilot", false, 0,
			true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct service s;

		setup(state);
		v.rows[REC_PLAN].cells = plan;
		v.rows[REC_PLAN].n = 1;
		plan[F_PLAN_NEXT_STEP] = rows[i].next
						 ? CELL_OF_TEXT(text_of(rows[i].next))
						 : (struct cell){ .type = CELL_MISSING };
		add_review(rows[i].kind, rows[i].purpose, TODAY - rows[i].ago,
			rows[i].outcome);
		s = of(1);
		if ((s.review == TODAY - rows[i].ago) != rows[i].counts ||
			s.rituals != rows[i].rituals || s.review_late != rows[i].late)
			fail_msg("%s: day %d, %u rituals, %s", rows[i].why, s.review,
				s.rituals, s.review_late ? "late" : "kept");
		assert_false(of(2).reviews || of(2).review_late);
	}
}

/* As many a year as the policy says of the tier. */
static void reviews_a_year(void **state)
{
	static const struct {
		int reviews, ago;
		bool late;
	} rows[] = { { 0, 5000, false }, { 1, 365, false }, { 1, 366, true },
		{ 2, 182, false }, { 2, 183, true }, { 12, 30, false }, { 12, 31, true },
		{ 365, 1, false }, { 365, 2, true } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		static struct cell plan[PLAN_FIELDS];

		setup(state);
		v.rows[REC_PLAN].cells = plan;
		v.rows[REC_PLAN].n = 1;
		plan[F_PLAN_NEXT_STEP] = CELL_OF_TEXT(TEXT("a pilot"));
		policy.number[POLICY_SERVICE_REVIEWS_2] = rows[i].reviews;
		add_review("QBR", NULL, TODAY - rows[i].ago, "two goals");
		if (of(2).review_late != rows[i].late)
			fail_msg("%d a year, %d d ago", rows[i].reviews, rows[i].ago);
	}
}

/* The play, whose last steps want an outcome, counts when it was done. */
static void reviews_that_were_played(void **state)
{
	static struct cell task[TASK_FIELDS];

	(void)state;
	v.rows[REC_TASK].cells = task;
	v.rows[REC_TASK].n = 1;
	task[F_TASK_ACCOUNT] = CELL_OF_INT(1);
	task[F_TASK_PLAY] = CELL_OF_TEXT(TEXT("strategic-business-review"));
	task[F_TASK_STARTED] = CELL_OF_INT(TODAY - 30);
	task[F_TASK_ENDED] = CELL_OF_INT(TODAY - 5);
	task[F_TASK_STATE] = CELL_OF_TEXT(TEXT("dropped"));
	assert_int_equal(of(1).review, DAY_NONE);
	task[F_TASK_STATE] = CELL_OF_TEXT(TEXT("done"));
	assert_int_equal(of(1).review, TODAY - 5);
	assert_false(of(1).review_late);
	task[F_TASK_ACCOUNT] = CELL_OF_TEXT(TEXT("A-1")); /* as an account has its rows */
	assert_int_equal(of(1).review, TODAY - 5);
	task[F_TASK_ACCOUNT].type = CELL_MISSING;
	assert_int_equal(of(1).review, DAY_NONE);
}

static void line_is(int tier, enum service_line line, bool missed, const char *text)
{
	const struct service s = of(tier);
	char said[SERVICE_TEXT_MAX];

	assert_string_equal(service_text(&s, tier, TODAY, line, said), text);
	assert_int_equal(service_missed(&s, line), missed);
}

static void in_words(void **state)
{
	(void)state;
	line_is(2, SERVICE_REVIEWS, false, "");
	line_is(3, SERVICE_TALKS, false,
		"talks: none by the calendar; the last is not on record");
	line_is(1, SERVICE_REVIEWS, true,
		"business reviews: 4 a year, one every 91 d; the last is not on record: "
		"overdue");
	line_is(0, SERVICE_LEVEL, false,
		"tier 3: messages by what the product shows, people only "
		"when flagged");
	add_review("QBR", NULL, TODAY, NULL);
	line_is(1, SERVICE_TALKS, false,
		"talks: one that is answered every 30 d; the last today: kept");
	line_is(1, SERVICE_REVIEWS, true,
		"business reviews: 4 a year, one every 91 d; the last is not on record: "
		"overdue; "
		"1 without an outcome or a next step: not counted");
	line_is(2, SERVICE_MIX, true,
		"by people: 100 % of 1 touch and message in 90 d; 20 % wanted: off");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(cadence, setup),
		cmocka_unit_test_setup(talks, setup),
		cmocka_unit_test_setup(mix, setup),
		cmocka_unit_test_setup(counted, setup),
		cmocka_unit_test_setup(selling, setup),
		cmocka_unit_test_setup(reviews, setup),
		cmocka_unit_test_setup(reviews_a_year, setup),
		cmocka_unit_test_setup(reviews_that_were_played, setup),
		cmocka_unit_test_setup(in_words, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
