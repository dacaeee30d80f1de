/* Plays that write by themselves only once a pilot showed that they work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/book_play_use.h"
#include "core/plays.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define NAME "silent-user-win-back"

/* Ours in the place of the shipped one; arg: what its file says of a pilot. */
static enum status library(void *arg, struct plays *out, struct err *err)
{
	char text[512];
	enum status st = plays_add_shipped(out, err);

	snprintf(text, sizeof(text),
		"[play]\nname = " NAME "\ntitle = T\ntiers = 3\nversion = 9\n"
		"alerts = silent\nstage = risk\ndriver = trust\npurpose = value\n"
		"touch = automated\ntrigger = Now.\n%s"
		"[step.1]\ntitle = a\nowner = automation\nkind = message\ndue = 0\n"
		"[template]\nsubject = Still there?\nline = b\n",
		(const char *)arg);
	return st == ST_OK ? plays_add_own(out, text, strlen(text), "x.ini", err) : st;
}

/* ---- what it showed -------------------------------------------------------------- */

#define TASK "account_id=A|title=T|step=1|play=" NAME "|play_version=9|alert=1|"
#define DONE TASK "started_on=2026-02-01|state=done|ended_on=2026-03-03\n"
#define GONE                                                                          \
	"account_id=A|kind=silent|severity=info|opened_on=2026-02-01|state=resolved|" \
	"ended_on=2026-02-20\n"

static void results(void **state)
{
	static const struct {
		const char *why, *pilot, *account, *tasks, *alerts;
		uint32_t of, gone;
		bool trial;
	} rows[] = {
		{ "nothing yet", "pilot = 2\n", "", "", "", 0, 0, true },
		{ "one of two", "pilot = 2\n", "", DONE, GONE, 1, 1, true },
		{ "two of two", "pilot = 2\n", "", DONE DONE, GONE, 2, 2, false },
		{ "not done long enough", "pilot = 1\n", "",
			TASK "started_on=2026-02-01|state=done|ended_on=2026-03-04\n",
			GONE, 0, 0, true },
		{ "dropped", "pilot = 1\n", "",
			TASK "started_on=2026-02-01|state=dropped|ended_on=2026-02-02\n",
			GONE, 0, 0, true },
		{ "another version", "pilot = 1\n", "",
			"account_id=A|title=T|step=1|play=" NAME
			"|play_version=8|alert=1|started_on=2026-02-01|state=done|"
			"ended_on=2026-02-03\n",
			GONE, 0, 0, true },
		{ "by hand", "pilot = 1\n", "",
			"account_id=A|title=T|step=1|play=" NAME
			"|play_version=9|started_on=2026-02-01|state=done|"
			"ended_on=2026-02-03\n",
			GONE, 0, 0, true },
		{ "half of them gone", "pilot = 2\n", "", DONE DONE,
			GONE "account_id=A|kind=silent|severity=info|"
			     "opened_on=2026-03-01|state=open\n",
			2, 0, true },
		{ "who left", "pilot = 1\n", "|status=churned|churned_on=2026-03-20",
			DONE, GONE, 1, 0, true },
		{ "long ago", "pilot = 1\n", "",
			TASK "started_on=2019-02-01|state=done|ended_on=2019-03-03\n",
			"account_id=A|kind=silent|severity=info|opened_on=2019-02-01|"
			"state=resolved|ended_on=2019-02-20\n",
			1, 1, false },
		{ "none is asked", "pilot = 0\n", "", DONE, GONE, 0, 0, false },
		{ "none is said", "", "", DONE, GONE, 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct store *s = fake_store_new();
		const struct plays *plays;
		const struct play *p;
		struct book *b;
		char account[120];

		snprintf(account, sizeof(account), "account_id=A%s\n", rows[i].account);
		rows_put(s, REC_ACCOUNT, account);
		if (*rows[i].alerts)
			rows_put(s, REC_ALERT, rows[i].alerts);
		if (*rows[i].tasks)
			rows_put(s, REC_TASK, rows[i].tasks);
		b = rules_book(s, "2026-03-31", "Lea");
		book_plays_from(b, library, (void *)(uintptr_t)rows[i].pilot);
		MUST(book_plays(b, &plays, &e));
		p = plays_find(plays, NAME);
		if (p->pilot_alerts != rows[i].of || p->pilot_gone != rows[i].gone ||
			play_on_trial(p) != rows[i].trial)
			fail_msg("%s: %u alerts, %u gone, %s", rows[i].why,
				p->pilot_alerts, p->pilot_gone,
				play_on_trial(p) ? "on trial" : "by itself");
		assert_int_equal(play_is_mail(p, 3), !rows[i].trial);
		assert_int_equal(plays_told(plays) != plays->own, rows[i].trial);
		book_free(&b);
	}
}

static bool always(void *arg)
{
	(void)arg;
	return true;
}

/* Nobody who asks for the plays expects to be told that nobody waits. */
static void nobody_waits(void **state)
{
	struct store *s = fake_store_new();
	const struct plays *plays;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\n");
	rows_put(s, REC_ALERT, GONE);
	rows_put(s, REC_TASK, DONE);
	b = rules_book(s, "2026-03-31", "Lea");
	book_plays_from(b, library, (void *)(uintptr_t) "pilot = 1\n");
	book_patience(b, always, NULL);
	MUST(book_plays(b, &plays, &e));
	assert_int_equal(plays_find(plays, NAME)->pilot_gone, 1);
	book_free(&b);
}

/* ---- what an alert starts -------------------------------------------------------- */

static enum status count_row(void *arg, int64_t id, const struct cell *c, struct err *err)
{
	(void)id;
	(void)c;
	(void)err;
	++*(int *)arg;
	return ST_OK;
}

static int live(struct book *b, enum record_kind kind)
{
	int n = 0;

	MUST(book_store(b)->ops->unended(
		book_store(b), kind, 0, DAY_MAX, count_row, &n, &e));
	return n;
}

static void logs_in(struct book *b, const char *account, const char *day)
{
	char rows[200];

	snprintf(rows, sizeof(rows),
		"account_id=%s|date=%s|signal=active_days|value=20\n"
		"account_id=%s|date=%s|signal=logins|value=9\n",
		account, day, account, day);
	rows_put(book_store(b), REC_SIGNAL, rows);
}

/* People send it until it has shown that it works; then it goes by itself, also where the
 * book was open all along. */
static void starts(void **state)
{
	struct store *s = fake_store_new();
	struct recalc_result done;
	struct review r;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A|arr=1000\naccount_id=B|arr=1000\n");
	b = rules_book(s, "2026-01-01", "Lea");
	book_plays_from(b, library, (void *)(uintptr_t) "pilot = 1\n");
	book_look_for_alerts(b, false); /* of the tier that it is not to be in */
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	MUST(book_set_tier(b, 1, 3, 0, "a small one", &e));
	book_look_for_alerts(b, true);
	logs_in(b, "A", "2026-01-01");
	logs_in(b, "B", "2026-03-20");
	rules_day(b, "2026-01-31");
	MUST(book_recalc(b, &done, &e));
	assert_int_equal(live(b, REC_TASK), 1);
	assert_int_equal(live(b, REC_MESSAGE), 0);
	rows_put(s, REC_ALERT,
		"account_id=B|kind=silent|severity=info|opened_on=2026-01-02|"
		"state=resolved|ended_on=2026-01-20\n");
	rows_put(s, REC_TASK,
		"account_id=B|title=T|step=1|play=" NAME
		"|play_version=9|alert=2|started_on=2026-01-02|state=done|"
		"ended_on=2026-01-20\n");
	rules_day(b, "2026-04-19");
	MUST(book_recalc(b, &done, &e));
	assert_int_equal(live(b, REC_TASK), 1); /* what began stays with people */
	assert_int_equal(live(b, REC_MESSAGE), 1);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results),
		cmocka_unit_test(nobody_waits),
		cmocka_unit_test(starts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
