/* What a backtest makes of arrays: verdicts, windows, who was red, who was green, leaks.
 */
#include "core/backtest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/backtest_text.h"
#include "core/dice.h"
#include "tests/support/rows_text.h"

enum { ACCOUNTS = 200, MONTHS = 15 };
#define AS_OF "2026-03-31"

static struct policy policy;

/* Everybody on every month-end, with scores that say nothing; nobody leaves. */
static struct backtest_data book_of(uint64_t seed)
{
	struct dice dice = dice_of(seed, 1, 2);
	struct backtest_data d = { .as_of = day_of(AS_OF),
		.horizon = 90,
		.months = MONTHS,
		.accounts = ACCOUNTS,
		.every = 1 };

	d.row = calloc(ACCOUNTS * MONTHS, sizeof(*d.row));
	d.leaver = calloc(ACCOUNTS, sizeof(*d.leaver));
	for (int m = 0; m < MONTHS; m++) {
		d.month[m].day = day_add_months(day_of("2026-04-01"), -m) - 1;
		for (uint32_t a = 0; a < ACCOUNTS; a++) {
			struct backtest_row *r = &d.row[d.rows++];

			*r = (struct backtest_row){ .account = a,
				.month = (uint8_t)m,
				.leaves = BACKTEST_NEVER,
				.health = (uint8_t)dice_range(&dice, 20, 100),
				.p = 0.1F,
				.nps = BACKTEST_NO_ANSWER };
			for (int c = 0; c < COMP_COUNT; c++)
				r->score[c] = (uint16_t)dice_range(&dice, 0, 10000);
		}
	}
	backtest_choose_months(&d);
	return d;
}

/* It leaves on a day: later rows of it are gone. */
static void leaves(struct backtest_data *d, uint32_t account, int32_t day)
{
	uint32_t n = 0, at = d->leavers++;

	while (at > 0 && d->leaver[at - 1].account > account) {
		d->leaver[at] = d->leaver[at - 1];
		at--;
	}
	d->leaver[at] =
		(struct backtest_leaver){ account, day, INT32_MAX, DAY_NONE, false };
	for (uint32_t i = 0; i < d->rows; i++) {
		struct backtest_row r = d->row[i];
		const int32_t on = d->month[r.month].day;

		if (r.account == account && on >= day)
			continue;
		if (r.account == account)
			r.leaves = (uint16_t)(day - on);
		d->row[n++] = r;
	}
	d->rows = n;
}

/* n accounts leave, one every few weeks. */
static void some_leave(struct backtest_data *d, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++)
		leaves(d, k * 7 % ACCOUNTS,
			day_of("2025-03-10") + (int32_t)(k * 20 % 280));
}

static struct backtest judged(struct backtest_data *d)
{
	struct backtest t;

	MUST(backtest_judge(d, &policy, NULL, &t, &e));
	backtest_data_clear(d);
	return t;
}

static void ten_are_needed(void **state)
{
	char text[BACKTEST_TEXT_MAX];
	struct backtest_data d = book_of(1);
	struct backtest t;

	(void)state;
	some_leave(&d, 9);
	t = judged(&d);
	assert_int_equal(t.left, 9);
	assert_int_equal(t.verdict, BACKTEST_TOO_FEW);
	assert_false(t.proposal.made);
	assert_non_null(
		strstr(backtest_verdict_text(&t, text), "no verdict: 9 accounts"));
	backtest_clear(&t);
	d = book_of(1);
	some_leave(&d, 10);
	t = judged(&d);
	assert_int_equal(t.left, 10);
	assert_int_not_equal(t.verdict, BACKTEST_TOO_FEW);
	assert_true(t.proposal.made);
	backtest_clear(&t);
}

static void noise_is_chance(void **state)
{
	char text[BACKTEST_TEXT_MAX];
	int chance = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct backtest_data d = book_of(seed);
		struct backtest t;

		some_leave(&d, 14);
		t = judged(&d);
		chance += t.verdict == BACKTEST_CHANCE;
		assert_int_equal(t.leaks, 0);
		assert_false(t.proposal.better && t.proposal.gain.low <= 0);
		if (t.verdict == BACKTEST_CHANCE)
			assert_non_null(strstr(backtest_verdict_text(&t, text),
				"no better than chance"));
		backtest_clear(&t);
	}
	assert_in_range(chance, 35, 40);
}

/* Those on the way out are lower, by usage; upside is the other way round. */
static void planted(struct backtest_data *d, bool upside)
{
	for (uint32_t i = 0; i < d->rows; i++) {
		struct backtest_row *r = &d->row[i];

		if (r->leaves > d->horizon)
			continue;
		r->health = (uint8_t)(upside ? 95 - r->health / 10 : 20 + r->health / 8);
		r->score[COMP_USAGE] /= 3;
	}
}

static void what_is_planted_is_found(void **state)
{
	struct backtest_data d = book_of(3);
	struct backtest t;

	(void)state;
	some_leave(&d, 30);
	planted(&d, false);
	t = judged(&d);
	assert_int_equal(t.verdict, BACKTEST_TELLS);
	assert_true(t.auc.low > 0.6);
	assert_true(t.lift.lift > 1.5);
	assert_true(t.input[COMP_USAGE].auc.low > 0.5);
	assert_true(backtest_auc_is_chance(&t.input[COMP_SUPPORT].auc));
	assert_true(t.proposal.then[COMP_USAGE] > t.proposal.now[COMP_USAGE] + 10);
	assert_true(t.proposal.better);
	assert_int_equal(t.proposal.then[COMP_RENEWAL], 5);
	assert_true(t.proposal.held[COMP_RENEWAL]);
	int sum = 0;
	for (int c = 0; c < COMP_COUNT; c++)
		sum += t.proposal.then[c];
	assert_int_equal(sum, 100);
	backtest_clear(&t);
	d = book_of(3);
	some_leave(&d, 30);
	planted(&d, true);
	t = judged(&d);
	assert_int_equal(t.verdict, BACKTEST_UPSIDE);
	backtest_clear(&t);
}

/* ---- leaks ---------------------------------------------------------------------------
 */

static bool finds(const struct backtest *t, enum backtest_leak_kind kind, int input)
{
	for (int k = 0; k < t->leaks; k++)
		if (t->leak[k].kind == kind && t->leak[k].input == input)
			return true;
	return false;
}

/* Written when it was known who leaves, and dated back. */
static void a_column_that_was_dated_back(void **state)
{
	char text[BACKTEST_TEXT_MAX];
	struct backtest_data d = book_of(4);
	struct backtest t;

	(void)state;
	some_leave(&d, 20);
	for (uint32_t i = 0; i < d.rows; i++)
		if (d.row[i].leaves <= d.horizon)
			d.row[i].score[COMP_SENTIMENT] = 0;
		else if (d.row[i].score[COMP_SENTIMENT] < 500)
			d.row[i].score[COMP_SENTIMENT] = 500;
	t = judged(&d);
	assert_true(finds(&t, BACKTEST_LEAK_INPUT, COMP_SENTIMENT));
	assert_int_equal(t.leaks, 1);
	assert_true(t.input[COMP_SENTIMENT].leaks);
	assert_true(t.proposal.held[COMP_SENTIMENT]); /* and no weight rests on it */
	assert_int_equal(t.proposal.then[COMP_SENTIMENT], t.proposal.now[COMP_SENTIMENT]);
	assert_non_null(strstr(backtest_leak_text(&t, &t.leak[0], text), "sentiment"));
	backtest_clear(&t);
}

/* It is there for those who leave and hardly for others, whatever it says. */
static void a_column_that_only_leavers_have(void **state)
{
	for (int gone = 0; gone < 2; gone++) {
		struct backtest_data d = book_of(5);
		struct backtest t;

		some_leave(&d, 20);
		for (uint32_t i = 0; i < d.rows; i++)
			if ((d.row[i].leaves <= d.horizon) == gone && i % 3)
				d.row[i].score[COMP_ADOPTION] = BACKTEST_MISSING;
		t = judged(&d);
		assert_true(finds(&t, gone ? BACKTEST_LEAK_MISSING : BACKTEST_LEAK_ONLY,
			COMP_ADOPTION));
		assert_int_equal(t.leaks, 1);
		backtest_clear(&t);
	}
	(void)state;
}

static void health_that_is_too_good(void **state)
{
	struct backtest_data d = book_of(6);
	struct backtest t;

	(void)state;
	some_leave(&d, 20);
	for (uint32_t i = 0; i < d.rows; i++)
		d.row[i].health = d.row[i].leaves <= d.horizon ? 10 : 90;
	d.leaver[3].after = true;
	t = judged(&d);
	assert_true(finds(&t, BACKTEST_LEAK_SCORE, -1));
	assert_true(finds(&t, BACKTEST_LEAK_AFTER, -1));
	assert_int_equal(t.verdict, BACKTEST_TELLS);
	assert_true(isnan(t.auc.low));
	backtest_clear(&t);
}

/* The renewal's date moves on for those who stay: however well it tells, it has no part,
 * and nobody is warned of what is left out anyway. */
static void the_renewal_has_no_part(void **state)
{
	struct backtest_data d = book_of(7);
	struct backtest t;

	(void)state;
	some_leave(&d, 20);
	for (uint32_t i = 0; i < d.rows; i++)
		d.row[i].score[COMP_RENEWAL] = d.row[i].leaves <= d.horizon ? 0 : 10000;
	t = judged(&d);
	assert_true(t.input[COMP_RENEWAL].undated);
	assert_int_equal(t.leaks, 0);
	backtest_clear(&t);
}

/* ---- windows -------------------------------------------------------------------------
 */

static void windows_do_not_overlap(void **state)
{
	struct backtest_data d = book_of(8);
	struct backtest t;
	uint32_t left = 0, all = 0;

	(void)state;
	assert_false(d.month[2].whole); /* 2026-01-31 and 90 days is not over */
	assert_true(d.month[3].whole && d.month[3].alone);
	for (int m = 0, last = -1; m < MONTHS; m++)
		if (d.month[m].alone) {
			if (last >= 0)
				assert_true(d.month[last].day - d.month[m].day >= 90);
			last = m;
		}
	some_leave(&d, 25);
	t = judged(&d);
	for (int b = 0; b < 4; b++) {
		left += t.band[b].left.hits;
		all += t.band[b].left.n;
	}
	assert_in_range(left, 1, 25); /* nobody twice */
	assert_int_equal(t.brier.n, all);
	assert_int_equal(t.last, day_of("2025-12-31"));
	assert_int_equal(t.first, day_of("2025-01-31"));
	assert_int_equal(t.months, 12);
	backtest_clear(&t);
}

/* S4-09: who gave a 9 may leave half a year later. */
static void answers(void **state)
{
	struct backtest_data d = book_of(9);
	struct backtest t;
	uint32_t n = 0;

	(void)state;
	leaves(&d, 5, day_of("2026-03-01"));
	for (uint32_t i = 0; i < d.rows; i++)
		d.row[i].nps = d.row[i].account == 5   ? 9
			       : d.row[i].account == 6 ? 6
						       : BACKTEST_NO_ANSWER;
	for (int m = 0; m < MONTHS; m++)
		n += d.month[m].long_alone;
	t = judged(&d);
	assert_int_equal(t.nps[0].hits, 1);
	assert_int_equal(t.nps[0].n, n);
	assert_int_equal(t.nps[2].hits, 0);
	assert_int_equal(t.nps[2].n, n);
	assert_int_equal(t.nps[1].n, 0);
	backtest_clear(&t);
}

/* ---- those who left ------------------------------------------------------------------
 */

static void set_health(
	struct backtest_data *d, uint32_t account, const char *day, uint8_t health)
{
	for (uint32_t i = 0; i < d->rows; i++)
		if (d->row[i].account == account &&
			d->month[d->row[i].month].day == day_of(day))
			d->row[i].health = health;
}

/* Red 90 days before is red at the last month-end by then, not later. */
static void red_before(void **state)
{
	struct backtest_data d = book_of(10);
	struct backtest t;

	(void)state;
	leaves(&d, 0, day_of("2025-12-30")); /* 90 days: 10-01, so 09-30 */
	set_health(&d, 0, "2025-09-30", 49);
	set_health(&d, 0, "2025-10-31", 50); /* 60 days: 10-31 */
	set_health(&d, 0, "2025-11-30", 75); /* 30 days */
	leaves(&d, 1, day_of("2025-12-29")); /* 90 days: 09-30 itself */
	set_health(&d, 1, "2025-09-30", 20);
	set_health(&d, 1, "2025-10-31", 0); /* 59 days before: not by then */
	set_health(&d, 1, "2025-11-30", 0); /* not known: in no figure */
	t = judged(&d);
	assert_int_equal(t.warning[0].recall.n, 2);
	assert_int_equal(t.warning[0].recall.hits, 2);
	assert_int_equal(t.warning[1].recall.n, 2);
	assert_int_equal(t.warning[1].recall.hits, 1);
	assert_int_equal(t.warning[2].recall.n, 1);
	assert_int_equal(t.warning[2].recall.hits, 0);
	assert_int_equal(t.gone, 1);
	assert_int_equal(t.greens, 1);
	assert_int_equal(t.green[0].account, 1);
	assert_int_equal(t.green[0].health, 75);
	assert_int_equal(t.green[0].before, 49);
	assert_int_equal(t.green[0].day, day_of("2025-11-30"));
	backtest_clear(&t);
}

/* Of how many that were red left is counted as long as it is known by the end: the last
 * month-end of a warning is that many days before it. */
static void known_by_the_end(void **state)
{
	static const struct {
		const char *red;
		uint32_t n[BACKTEST_WARNINGS]; /* 90, 60 and 30 days before */
	} rows[] = {
		{ "2025-11-30", { 1, 1, 1 } },
		{ "2025-12-31", { 1, 1, 1 } }, /* 90 days to 2026-03-31 */
		{ "2026-01-31", { 0, 0, 1 } }, /* 59 */
		{ "2026-02-28", { 0, 0, 1 } }, /* 31 */
		{ "2026-03-31", { 0, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct backtest_data d = book_of(12);
		struct backtest t;

		some_leave(&d, 12);
		for (uint32_t k = 0; k < d.rows; k++)
			d.row[k].health = 100;
		set_health(&d, 150, rows[i].red, 20);
		t = judged(&d);
		for (int k = 0; k < BACKTEST_WARNINGS; k++)
			if (t.warning[k].precision.n != rows[i].n[k])
				fail_msg("%s: %u of warning %d", rows[i].red,
					t.warning[k].precision.n, k);
		backtest_clear(&t);
	}
}

static void lead_time(void **state)
{
	static const int days[] = { 10, 20, 30, 40 };
	struct backtest_data d = book_of(11);
	struct backtest t;

	(void)state;
	for (uint32_t k = 0; k < 5; k++)
		leaves(&d, k, day_of("2025-12-15"));
	for (uint32_t k = 0; k < 4; k++)
		d.leaver[k].alert = day_of("2025-12-15") - days[k];
	d.quiet_n = 10;
	d.quiet_alerted = 4;
	t = judged(&d);
	assert_int_equal(t.lead.n, 5);
	assert_int_equal(t.lead.alerted, 4);
	assert_true(fabs(t.lead.quartile[1] - 25) < 1e-9);
	assert_true(fabs(t.lead.quartile[0] - 17.5) < 1e-9);
	assert_true(fabs(t.lead.stayed - .4) < 1e-9);
	backtest_clear(&t);
}

static void nothing_at_all(void **state)
{
	struct backtest_data d = { .as_of = day_of(AS_OF), .horizon = 90, .every = 1 };
	char text[BACKTEST_TEXT_MAX];
	struct backtest t;

	(void)state;
	t = judged(&d);
	assert_int_equal(t.verdict, BACKTEST_TOO_FEW);
	assert_int_equal(t.months, 0);
	assert_non_null(backtest_verdict_text(&t, text));
	assert_non_null(backtest_title(&t, text));
	backtest_clear(&t);
}

static bool stop(void *arg, const char *what, uint64_t done, uint64_t total)
{
	(void)arg;
	(void)what;
	(void)done;
	(void)total;
	return false;
}

static void it_can_be_stopped(void **state)
{
	const struct progress p = { stop, NULL };
	struct backtest_data d = book_of(12);
	struct backtest t;

	(void)state;
	some_leave(&d, 20);
	assert_int_equal(backtest_judge(&d, &policy, &p, &t, NULL), ST_CANCELLED);
	backtest_clear(&t);
	backtest_data_clear(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_are_needed),
		cmocka_unit_test(noise_is_chance),
		cmocka_unit_test(what_is_planted_is_found),
		cmocka_unit_test(a_column_that_was_dated_back),
		cmocka_unit_test(a_column_that_only_leavers_have),
		cmocka_unit_test(health_that_is_too_good),
		cmocka_unit_test(the_renewal_has_no_part),
		cmocka_unit_test(windows_do_not_overlap),
		cmocka_unit_test(answers),
		cmocka_unit_test(red_before),
		cmocka_unit_test(known_by_the_end),
		cmocka_unit_test(lead_time),
		cmocka_unit_test(nothing_at_all),
		cmocka_unit_test(it_can_be_stopped),
	};
	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
