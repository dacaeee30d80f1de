/* How plays are used: counted, looked at again, and compared between CSMs. */
#include "core/book_play_use.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31" /* 26 weeks of it begin on 2025-10-01 */

/* Alerts, hand and mail, messages; those that run and are overdue; done and in time,
 * dropped; looked at again: left, alerts gone of all, health up and down of known. */
static const char *figures(const struct play_use *u)
{
	static char out[200];

	snprintf(out, sizeof(out),
		"%u/%u/%u %u run %u/%u done %u/%u drop %u again %u "
		"left %u gone %u/%u health +%u-%u/%u",
		u->by_alert, u->by_hand, u->by_mail, u->sent, u->running, u->overdue,
		u->done, u->in_time, u->dropped, u->judged, u->left, u->gone, u->alerts,
		u->up, u->down, u->healths);
	return out;
}

#define TASK "account_id=A|title=T|step=1|play=ticket-review|play_version=1|"
#define DONE TASK "started_on=2026-02-01|state=done|ended_on=2026-02-03"
#define MAIL "account_id=A|subject=s|kind=customer|play=ticket-review|"
#define SPIKE "account_id=A|kind=ticket-spike|severity=info|"

/* One account; what the one play comes to. */
static const struct story {
	const char *account, *tasks, *alerts, *messages;
	const char *snapshot[3];
	uint8_t health[3];
	const char *expected;
} stories[] = {
	/* the span has a first and a last day */
	{ "",
		TASK "started_on=2025-09-30|state=open\n" TASK
		     "started_on=2025-10-01|state=open\n" TASK
		     "started_on=2026-03-31|state=open|actor=Ada\n" TASK
		     "started_on=2026-04-01|state=open\n",
		.expected = "1/1/0 0 run 2/0 done 0/0 drop 0 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* due today is not overdue; ended later is running on the day */
	{ "",
		TASK "started_on=2026-03-01|state=open|due=2026-03-31\n" TASK
		     "started_on=2026-03-01|state=open|due=2026-03-30\n" TASK
		     "started_on=2026-03-01|state=done|ended_on=2026-04-01|due="
		     "2026-03-30\n",
		.expected = "3/0/0 0 run 3/2 done 0/0 drop 0 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* version 1 has 21 days; of another one its own last day counts */
	{ "",
		TASK "started_on=2026-03-01|state=done|ended_on=2026-03-22|due="
		     "2026-03-01\n" TASK
		     "started_on=2026-03-01|state=done|ended_on=2026-03-23|due="
		     "2026-03-22\n"
		     "account_id=A|title=T|step=1|play=ticket-review|play_version="
		     "9|started_on=2026-03-01|state=done|ended_on=2026-03-22|due="
		     "2026-03-21\n" TASK
		     "started_on=2026-03-01|state=dropped|ended_on=2026-03-02\n",
		.expected = "4/0/0 0 run 0/0 done 3/1 drop 1 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* a claim is no play; a play that sleeps with its alert is not overdue */
	{ "",
		"account_id=A|title=T|step=1|play=claim|started_on=2026-03-01|"
		"state=open\n" TASK
		"started_on=2026-03-01|state=open|due=2026-03-02|alert=1\n" TASK
		"started_on=2026-03-01|state=open|due=2026-03-02|alert=2\n",
		SPIKE "opened_on=2026-03-01|state=snoozed|snoozed_until=2026-04-"
		      "01\n" SPIKE
		      "opened_on=2026-03-01|state=snoozed|snoozed_until=2026-03-"
		      "31\n",
		.expected = "2/0/0 0 run 2/1 done 0/0 drop 0 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* 28 days are over on the day, and not a day before */
	{ "",
		TASK "started_on=2026-03-01|state=done|ended_on=2026-03-03|alert=1"
		     "\n" TASK
		     "started_on=2026-03-01|state=done|ended_on=2026-03-04|alert=1"
		     "\n",
		SPIKE "opened_on=2026-03-01|state=resolved|ended_on=2026-03-31\n",
		.expected = "2/0/0 0 run 0/0 done 2/2 drop 0 again 1 left 0 "
			    "gone 1/1 health +0-0/0" },
	/* there still; again; of another kind; no such alert */
	{ "", DONE "|alert=1\n",
		SPIKE "opened_on=2026-02-01|state=resolved|ended_on=2026-03-04\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/1 health +0-0/0" },
	{ "", DONE "|alert=1\n",
		SPIKE "opened_on=2026-02-01|state=closed|ended_on=2026-02-03\n" SPIKE
		      "opened_on=2026-03-03|state=open\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/1 health +0-0/0" },
	{ "", DONE "|alert=1\n",
		SPIKE "opened_on=2026-02-01|state=closed|ended_on=2026-02-03\n" SPIKE
		      "opened_on=2026-03-04|state=open\n"
		      "account_id=A|kind=silent|severity=info|opened_on=2026-03-"
		      "01|state=open\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 1/1 health +0-0/0" },
	{ "", DONE "|alert=7\n", SPIKE "opened_on=2026-02-01|state=open\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* who left within the days: its alert is not gone because of the play */
	{ "|status=churned|churned_on=2026-03-03", DONE "|alert=1\n",
		SPIKE "opened_on=2026-02-01|state=resolved|ended_on=2026-02-03\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 1 "
			    "gone 0/1 health +0-0/0" },
	{ "|status=churned|churned_on=2026-03-04", DONE "|alert=1\n",
		SPIKE "opened_on=2026-02-01|state=resolved|ended_on=2026-02-03\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 1/1 health +0-0/0" },
	/* it had left before the play was done; nobody knows when */
	{ "|status=churned|churned_on=2026-02-03", DONE "\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
	{ "|status=churned", DONE "\n",
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* health of the end and of 28 days after; five points are a change */
	{ "", DONE "\n", .snapshot = { "2026-02-03", "2026-03-03" }, .health = { 50, 55 },
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +1-0/1" },
	{ "", DONE "\n", .snapshot = { "2026-01-07", "2026-02-18", "2026-03-04" },
		.health = { 50, 45, 99 },
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-1/1" },
	{ "", DONE "\n", .snapshot = { "2026-02-01", "2026-03-01" }, .health = { 50, 54 },
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-0/1" },
	/* too old, or nobody knew it */
	{ "", DONE "\n", .snapshot = { "2026-01-06", "2026-03-03" }, .health = { 50, 90 },
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-0/0" },
	{ "", DONE "\n", .snapshot = { "2026-02-03", "2026-02-17" }, .health = { 50, 90 },
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-0/0" },
	{ "", DONE "\n", .snapshot = { "2026-02-03", "2026-03-03" },
		.health = { 50, HEALTH_UNKNOWN },
		.expected = "1/0/0 0 run 0/0 done 1/1 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* messages about one alert are one use, which ends with the last */
	{ "",
		.messages = MAIL "made_on=2026-02-01|sent_on=2026-02-02|alert=1\n" MAIL
				 "made_on=2026-02-20|sent_on=2026-02-20|alert=1\n",
		.alerts = SPIKE "opened_on=2026-02-01|state=resolved|ended_on="
				"2026-03-10\n",
		.expected = "0/0/1 2 run 0/0 done 0/0 drop 0 again 1 left 0 "
			    "gone 1/1 health +0-0/0" },
	{ "",
		.messages = MAIL "made_on=2026-02-20|sent_on=2026-02-20|alert=1\n" MAIL
				 "made_on=2026-02-01|sent_on=2026-02-02|alert=1\n",
		.alerts = SPIKE "opened_on=2026-02-01|state=resolved|ended_on="
				"2026-03-10\n",
		.expected = "0/0/1 2 run 0/0 done 0/0 drop 0 again 1 left 0 "
			    "gone 1/1 health +0-0/0" },
	{ "",
		.messages = MAIL "made_on=2026-02-01|sent_on=2026-02-02|alert=1\n" MAIL
				 "made_on=2026-02-20|alert=1\n" MAIL
				 "made_on=2026-02-20|sent_on=2026-02-20|alert=2\n",
		.expected = "0/0/2 2 run 0/0 done 0/0 drop 0 again 1 left 0 "
			    "gone 0/0 health +0-0/0" },
	/* what began before the span was sent in it, and is no use of it; what
	 * tells the owner is none; what is to come is not there */
	{ "",
		.messages = MAIL "made_on=2025-10-10|sent_on=2025-10-11|alert=1\n" MAIL
				 "made_on=2025-09-30|sent_on=2025-09-30|alert=1\n"
				 "account_id=A|subject=s|kind=notice|play=ticket-"
				 "review|made_on=2026-02-01|sent_on=2026-02-01\n" MAIL
				 "made_on=2026-04-01|alert=9\n",
		.expected = "0/0/0 1 run 0/0 done 0/0 drop 0 again 0 left 0 "
			    "gone 0/0 health +0-0/0" },
};

static void tell(const struct story *x)
{
	struct store *s = fake_store_new();
	const struct play_use_row *r;
	char account[120];
	struct play_uses u;
	struct book *b;

	snprintf(account, sizeof(account), "account_id=A%s\n", x->account);
	rows_put(s, REC_ACCOUNT, account);
	if (x->alerts)
		rows_put(s, REC_ALERT, x->alerts);
	if (x->tasks)
		rows_put(s, REC_TASK, x->tasks);
	if (x->messages)
		rows_put(s, REC_MESSAGE, x->messages);
	for (int k = 0; k < 3 && x->snapshot[k]; k++)
		rules_healths(s, x->snapshot[k], &x->health[k], 1);
	b = rules_book(s, DAY, "Lea");
	MUST(play_uses_of(b, PLAY_USE_WEEKS, &u, &e));
	r = play_uses_find(&u, TEXT("ticket-review"));
	if (strcmp(figures(&r->use), x->expected) != 0)
		fail_msg("row %td: %s\nnot: %s", x - stories, figures(&r->use),
			x->expected);
	assert_null(play_uses_find(&u, TEXT("claim")));
	play_uses_clear(&u);
	book_free(&b);
}

static void one_account(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(stories) / sizeof(*stories); i++)
		tell(&stories[i]);
}

/* ---- CSMs ----------------------------------------------------------------------- */

static void spreads(void **state)
{
	static const struct {
		struct {
			uint32_t csm, in_time, done, overdue;
		} of[4];
		uint32_t n;
		const char *expected;
	} rows[] = {
		{ { { 0, 0, 0, 0 } }, 0, "0 -" },
		{ { { 1, 10, 20, 0 } }, 1, "1 -" },
		/* nine are no share, nobody's are nobody's; overdue ones count */
		{ { { 1, 0, 9, 0 }, { 2, 10, 10, 0 }, { 0, 0, 50, 0 } }, 3, "1 -" },
		{ { { 1, 0, 9, 1 }, { 2, 10, 10, 0 } }, 2, "2 50 low 1 high 2 100 sure" },
		/* an expected cell below 5 */
		{ { { 1, 9, 10, 0 }, { 2, 10, 10, 0 } }, 2, "2 5 -" },
		/* the widest is too small, the next is not */
		{ { { 1, 16, 40, 0 }, { 2, 10, 10, 0 }, { 3, 38, 40, 0 } }, 3,
			"3 27 low 1 high 3 55 sure" },
		{ { { 1, 10, 20, 0 }, { 2, 12, 20, 0 } }, 2,
			"2 5 low 1 high 2 10 chance" },
		/* p 0.026 of one pair, of three that may be chance */
		{ { { 1, 7, 20, 0 }, { 2, 14, 20, 0 } }, 2, "2 18 low 1 high 2 35 sure" },
		{ { { 1, 7, 20, 0 }, { 2, 14, 20, 0 }, { 3, 10, 20, 0 } }, 3,
			"3 14 low 1 high 2 35 chance" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct play_use_part part[4] = { { .play = 0 } };
		struct play_spread x;
		char said[120];
		int n;

		for (uint32_t k = 0; k < rows[i].n; k++) {
			part[k].csm = rows[i].of[k].csm;
			part[k].use.in_time = rows[i].of[k].in_time;
			part[k].use.done = rows[i].of[k].done;
			part[k].use.overdue = rows[i].of[k].overdue;
		}
		play_use_spread(part, rows[i].n, &x);
		n = snprintf(said, sizeof(said), "%u ", x.csms);
		assert_int_equal(isnan(x.deviation), x.csms < 2);
		if (x.csms > 1)
			n += snprintf(
				said + n, sizeof(said) - (size_t)n, "%.0f ", x.deviation);
		if (x.told)
			snprintf(said + n, sizeof(said) - (size_t)n,
				"low %u high %u %.0f %s", part[x.low].csm,
				part[x.high].csm, 100 * x.gap.difference,
				x.sure ? "sure" : "chance");
		else
			snprintf(said + n, sizeof(said) - (size_t)n, "-");
		assert_string_equal(said, rows[i].expected);
	}
}

static void in_vain(void **state)
{
	static const struct {
		uint32_t gone, alerts;
		bool expected;
	} rows[] = { { 0, 0, false }, { 0, 9, false }, { 0, 10, true }, { 1, 10, true },
		{ 2, 10, false }, { 40, 100, true }, { 41, 100, false },
		{ 60, 100, false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(
			play_use_in_vain(&(struct play_use){
				.gone = rows[i].gone, .alerts = rows[i].alerts }),
			rows[i].expected);
}

/* ---- a book --------------------------------------------------------------------- */

static void says(const struct play_uses *u, const char *play, const char *expected)
{
	char all[4096] = "", line[TEXT_SAID_MAX];
	const struct play_use_row *r = play_uses_find(u, text_of(play));
	size_t n = 0;

	assert_non_null(r);
	for (int k = 0; k < PLAY_USE_LINES; k++)
		if (*play_use_text(u, r, (enum play_use_line)k, line))
			n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s\n",
				play_use_warns(r, (enum play_use_line)k) ? "! " : "",
				line);
	assert_string_equal(all, expected);
}

/* Ana does ten of them in time and Ben none; ten alerts of Ben's are there still. The
 * last is Ana's, who claimed it of Ben. */
static void put_work(struct store *s)
{
	char row[400];

	for (int i = 1; i <= 21; i++) {
		const bool ana = i <= 10;

		snprintf(row, sizeof(row), "account_id=A%02d|csm=%s\n", i,
			ana       ? "Ana"
			: i == 21 ? ""
				  : "Ben");
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row),
			"account_id=A%02d|kind=ticket-spike|severity=info|opened_on=2026-"
			"01-01|state=%s\n",
			i, ana ? "closed|ended_on=2026-01-20" : "open");
		rows_put(s, REC_ALERT, row);
		snprintf(row, sizeof(row),
			"account_id=A%02d|title=T|step=5|play=ticket-review|play_version="
			"%d|started_on=2026-01-01|due=2026-01-22|alert=%d|state=done|"
			"ended_on=2026-01-%d|csm=%s\n",
			i, i == 1 ? 2 : 1, i, ana ? 22 : 30, i == 20 ? "Ana" : "");
		rows_put(s, REC_TASK, row);
	}
	rows_put(s, REC_TASK,
		"account_id=A01|title=Old|step=1|play=of-old|started_on=2026-03-01|"
		"state=open|due=2026-03-02|actor=Ana\n");
}

/* Two more of each. */
static void put_more(struct store *s)
{
	for (int i = 2; i <= 3; i++) {
		char row[400];

		snprintf(row, sizeof(row),
			"account_id=A0%d|title=T|step=5|play=ticket-review|play_version="
			"1|"
			"started_on=2026-03-01|state=done|ended_on=2026-03-09\n"
			"account_id=A1%d|title=T|step=5|play=ticket-review|play_version="
			"1|"
			"started_on=2026-02-01|due=2026-02-22|state=open\n",
			i, i);
		rows_put(s, REC_TASK, row);
	}
}

static void a_book(void **state)
{
	struct store *s = fake_store_new();
	const struct play_use_row *r;
	char line[TEXT_SAID_MAX];
	struct play_uses u;
	struct book *b;

	(void)state;
	put_work(s);
	b = rules_book(s, DAY, "Lea");
	MUST(play_uses_of(b, PLAY_USE_WEEKS, &u, &e));
	says(&u, "ticket-review",
		"used 21 times in 26 weeks, 10 of 21 ended in time\n"
		"21 started by alerts, 0 by hand: 0 run (0 overdue), 21 done, 0 dropped\n"
		"10 of 21 in time (those done, and those overdue by now); half are done "
		"within 29 days\n"
		"28 d after the end the alert was gone at 10 of 21, 48 % (28 to 68): "
		"what "
		"was seen, no proof that the play did it\n"
		"of 21 that ended 28 d ago or earlier 0 left within these days\n"
		"too few cases to compare CSMs\n"
		"version 2: 1 in time of 1, alert gone at 1 of 1; version 1: 9 in time "
		"of "
		"20, alert gone at 9 of 20\n");
	says(&u, "of-old",
		"used 1 time in 26 weeks\n"
		"0 started by alerts, 1 by hand: 1 runs (1 overdue), 0 done, 0 dropped\n"
		"0 of 1 in time (those done, and those overdue by now)\n");
	says(&u, "seat-review", "not used in 26 weeks\n");
	r = &u.row[0]; /* the one used most comes first */
	assert_true(text_eq(r->play, TEXT("ticket-review")));
	assert_true(text_eq(u.row[1].play, TEXT("of-old")) && !u.row[1].title.s);
	assert_true(text_eq(u.row[2].play, TEXT("champion-rebuild"))); /* by name */
	assert_int_equal(r->versions, 2);
	assert_int_equal(r->version[0].version, 2);
	assert_int_equal(r->csms, 3);
	assert_true(text_eq(r->csm[0].name, TEXT("Ana")));
	assert_int_equal(play_use_cases(&r->csm[0].use), 11);
	assert_int_equal(play_use_cases(&r->csm[1].use), 9);
	assert_int_equal(r->csm[2].csm, 0);
	play_uses_clear(&u);
	/* They can be compared; a week has none of them. */
	put_more(s);
	MUST(play_uses_of(b, PLAY_USE_WEEKS, &u, &e));
	r = play_uses_find(&u, TEXT("ticket-review"));
	assert_true(r->spread.sure && play_use_warns(r, PLAY_USE_SPREAD));
	assert_string_equal(play_use_text(&u, r, PLAY_USE_SPREAD, line),
		"CSMs differ by up to 92 points in time: Ana 12 of 13, Ben 0 of 11 (56 "
		"to "
		"99); more than chance; standard deviation of 2 CSMs 46 points");
	play_uses_clear(&u);
	MUST(play_uses_of(b, 1, &u, &e));
	says(&u, "ticket-review", "not used in 1 week\n");
	play_uses_clear(&u);
	book_free(&b);
}

/* Nothing but the library. */
static void an_empty_book(void **state)
{
	struct book *b = rules_book(fake_store_new(), DAY, "Lea");
	struct play_uses u;

	(void)state;
	MUST(play_uses_of(b, PLAY_USE_WEEKS, &u, &e));
	assert_true(u.n > 20);
	for (uint32_t i = 0; i < u.n; i++)
		assert_true(play_use_started(&u.row[i].use) == 0 && u.row[i].title.n > 0);
	assert_null(play_uses_find(&u, TEXT("no-such")));
	play_uses_clear(&u);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_account),
		cmocka_unit_test(spreads),
		cmocka_unit_test(in_vain),
		cmocka_unit_test(a_book),
		cmocka_unit_test(an_empty_book),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
