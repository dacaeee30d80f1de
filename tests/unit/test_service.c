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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(cadence, setup),
		cmocka_unit_test_setup(talks, setup),
		cmocka_unit_test_setup(mix, setup),
		cmocka_unit_test_setup(counted, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
