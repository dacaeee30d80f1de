/* What is done to alerts and plays as they were shown, and to many at once. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/book_live.h"
#include "core/queue.h"
#include "tests/support/acting.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/rules.h"

static struct err why;

/* What is live of one account, as a screen has it; texts and all stay. */
struct live_copy {
	struct alert alert[4];
	struct task task[4];
	struct act_shown shown;
};

static void copy_live(struct book *b, uint32_t account, struct live_copy *out)
{
	struct book_live x;

	MUST(book_live(b, account, &x, &e));
	assert_true(x.alerts <= 4 && x.tasks <= 4);
	memcpy(out->alert, x.alert, x.alerts * sizeof(*x.alert));
	memcpy(out->task, x.task, x.tasks * sizeof(*x.task));
	for (uint32_t i = 0; i < x.tasks; i++) {
		out->task[i].title = TEXT("The play");
		out->task[i].play = TEXT("recovery-call");
	}
	out->shown = (struct act_shown){ out->alert, x.alerts, out->task, x.tasks };
}

/* Bolt with a play for its alert that was begun, one that was not, one by hand. */
static struct book *book_with_plays(struct plays *plays)
{
	struct book *b = acting_book();
	const struct play *p = acting_play(plays, "recovery-call");

	MUST(book_play_start(b, 2, p, 2, NULL, NULL, &e));
	MUST(book_play_start(b, 2, plays_find(plays, "wake-up"), 2, NULL, NULL, &e));
	MUST(book_play_start(
		b, 2, plays_find(plays, "ticket-review"), 0, NULL, NULL, &e));
	MUST(book_task_tick(b, 1, 0, NULL, &e));
	return b;
}

/* Closing with the plays is one operation, and so comes back. */
static void closing_what_was_shown(void **state)
{
	struct plays plays;
	struct book *b = book_with_plays(&plays);
	struct live_copy x;
	struct book_live now;

	(void)state;
	for (int all = 0; all < 2; all++) {
		copy_live(b, 2, &x);
		assert_int_equal(x.shown.tasks, 3);
		assert_true(act_goes_on(&x.shown, &x.task[0]));  /* begun */
		assert_false(act_goes_on(&x.shown, &x.task[1])); /* not */
		assert_true(act_goes_on(&x.shown, &x.task[2]));  /* of no alert */
		MUST(book_close_shown(b, &x.shown, all, "they are back", &e));
		MUST(book_live(b, 2, &now, &e));
		assert_int_equal(now.alerts, 0);
		assert_int_equal(now.tasks, all ? 0 : 2);
		acting_undo(b);
		MUST(book_live(b, 2, &now, &e));
		assert_int_equal(now.alerts, 1);
		assert_int_equal(now.tasks, 3);
	}
	/* plays alone; at its last step one is done, before it it is dropped */
	copy_live(b, 2, &x);
	x.shown.alerts = 0;
	rows_put(book_store(b), REC_TASK,
		"account_id=A|play=data-repair|started_on=2026-03-30|title=x|step=99|"
		"due=2026-04-05|state=open\n");
	MUST(book_close_shown(b, &x.shown, true, "over", &e));
	copy_live(b, 1, &x);
	x.task[0].play = TEXT("data-repair");
	x.shown.alerts = 0;
	MUST(book_close_shown(b, &x.shown, true, "over", &e));
	rows_are(book_store(b), REC_TASK, 1,
		"account_id=A|play=data-repair|started_on=2026-03-30|title=x|step=99|"
		"due=2026-04-05|state=done|ended_on=2026-03-31|outcome=over\n");
	plays_clear(&plays);
	book_free(&b);
}

static void snooze_bolt(struct book *b)
{
	const int64_t two = 2;

	MUST(book_snooze(b, &two, 1, day_of("2026-04-05"), "on leave", &e));
}

static void close_bolt(struct book *b)
{
	const int64_t two = 2;

	MUST(book_close(b, &two, 1, "done", &e));
}

static void tick_first(struct book *b)
{
	MUST(book_task_tick(b, 1, 0, "they called", &e));
}

static void tick_second(struct book *b)
{
	MUST(book_task_tick(b, 2, 0, "they called", &e));
}

static void drop_first(struct book *b)
{
	MUST(book_task_drop(b, 1, "no need", &e));
}

static void start_another(struct book *b)
{
	struct plays plays;

	MUST(book_play_start(
		b, 2, acting_play(&plays, "growth-audit"), 2, NULL, NULL, &e));
	plays_clear(&plays);
}

static void comes_another(struct book *b)
{
	rows_put(book_store(b), REC_ALERT, ACTING_ALERT("B", "detractor", "info"));
}

/* What became another since it was shown is left alone, with all the rest. */
static void what_changed_meanwhile(void **state)
{
	static const struct {
		void (*meanwhile)(struct book *b);
		const char *closing, *snoozing; /* NULL: it is done all the same */
	} rows[] = {
		{ snooze_bolt, "the alert silent is snoozed by now",
			"the alert silent is snoozed by now" },
		{ close_bolt, "The play is over by now",
			"the alert silent is over by now" },
		{ tick_first, "The play is a step further by now", NULL },
		{ tick_second, "The play is a step further by now", NULL },
		{ drop_first, "The play is over by now", NULL },
		{ start_another, "a play was started for the alert silent meanwhile",
			NULL },
		{ comes_another, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(*rows); i++) {
		const bool snooze = i % 2;
		const char *said = snooze ? rows[i / 2].snoozing : rows[i / 2].closing;
		struct plays plays;
		struct book *b = book_with_plays(&plays);
		struct live_copy x;
		enum status st;

		copy_live(b, 2, &x);
		rows[i / 2].meanwhile(b);
		st = snooze ? book_snooze_shown(
				      b, &x.shown, day_of("2026-04-09"), "waits", &why)
			    : book_close_shown(b, &x.shown, true, "done", &why);
		if (st != (said ? ST_STALE : ST_OK) || (said && !strstr(why.text, said)))
			fail_msg("row %zu: status %d: %s", i / 2, st, why.text);
		plays_clear(&plays);
		book_free(&b);
	}
}

/* It got worse: that is another alert than the one that was looked at. */
static void what_got_worse(void **state)
{
	struct plays plays;
	struct book *b = book_with_plays(&plays);
	struct live_copy x;

	(void)state;
	copy_live(b, 2, &x);
	x.alert[0].severity = SEV_INFO;
	assert_int_equal(book_close_shown(b, &x.shown, false, "done", &why), ST_STALE);
	assert_string_equal(why.text, "the alert silent is warning by now: open this "
				      "anew, and look again");
	plays_clear(&plays);
	book_free(&b);
}

static int64_t operations(struct book *b)
{
	int64_t id = 0;

	MUST(book_store(b)->ops->history_last(book_store(b), &id, &e));
	return id;
}

/* Many at once: one operation, each for its own alert; who has it is left out. */
static void starting_on_many(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "recovery-call");
	const uint32_t all[] = { 1, 2, 3, 9 };
	struct act_started x;
	int64_t before;

	(void)state;
	MUST(book_play_start(b, 1, p, 1, NULL, NULL, &e));
	before = operations(b);
	MUST(book_play_start_all(b, all, 4, p, NULL, &x, &e));
	assert_int_equal(x.n, 2);
	assert_int_equal(x.left, 1); /* and 9, which is not there */
	assert_string_equal(x.why, "Recovery call runs there already");
	assert_int_equal(x.mails, 0);
	assert_int_equal(x.task, 3);
	assert_int_equal(operations(b), before + 1);
	rows_are(book_store(b), REC_TASK, 2,
		"account_id=B|play=recovery-call|started_on=2026-03-31|play_version=1|"
		"title=Recovery call|alert=2|step=1|next_step=Ten minutes: who stopped, "
		"since when, open tickets, last promise we made|due=2026-03-31|"
		"state=open|actor=Dana\n");
	rows_are(book_store(b), REC_TASK, 3, /* its alert is another play's */
		"account_id=C|play=recovery-call|started_on=2026-03-31|play_version=1|"
		"title=Recovery call|step=1|next_step=Ten minutes: who stopped, "
		"since when, open tickets, last promise we made|due=2026-03-31|"
		"state=open|actor=Dana\n");
	/* nobody is left: what speaks against the last, and nothing is told */
	assert_int_equal(book_play_start_all(b, all, 3, p, NULL, &x, &why), ST_USAGE);
	assert_string_equal(why.text, "Recovery call runs there already");
	assert_int_equal(operations(b), before + 1);
	acting_undo(b);
	rows_are(book_store(b), REC_TASK, 2, "");
	rows_are(book_store(b), REC_TASK, 3, "");
	/* a shut gate leaves out whoever there is no reason for */
	p = plays_find(&plays, "expansion-hand-off");
	assert_int_equal(book_play_start_all(b, all, 3, p, NULL, &x, &why), ST_FORBIDDEN);
	assert_null(strstr(x.why, "give a reason"));
	assert_string_not_equal(x.why, "");
	MUST(book_play_start_all(b, all, 3, p, "the board asked", &x, &e));
	assert_int_equal(x.n, 3);
	assert_int_equal(x.left, 0);
	plays_clear(&plays);
	book_free(&b);
}

/* What goes to the outbox is no task, whose script could be asked for. */
static void starting_mail(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "silent-user-win-back");
	const uint32_t mailed = 3;
	struct act_started x;

	(void)state;
	rules_tiers(book_store(b), "333", "2026-03-30", "2026-03-30", 3);
	MUST(book_play_start_all(b, &mailed, 1, p, "they asked", &x, &e));
	assert_int_equal(x.mails, 1);
	assert_int_equal(x.task, 0);
	plays_clear(&plays);
	book_free(&b);
}

/* What somebody writes is kept whole, or refused. */
static void texts_that_are_too_long(void **state)
{
	struct book *b = acting_book();
	const int64_t one = 1;
	char text[4002];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[4001] = '\0';
	assert_int_equal(
		book_snooze(b, &one, 1, day_of("2026-04-05"), text, &why), ST_INVALID);
	assert_int_equal(book_close(b, &one, 1, text, &why), ST_INVALID);
	assert_non_null(strstr(why.text, "longer than 4000 bytes"));
	text[4000] = '\0';
	MUST(book_close(b, &one, 1, text, &e));
	book_free(&b);
}

static const struct store_ops *plain;

/* Another program has written to the customer by the time it is this one's turn. */
static enum status begin_late(struct store *s, struct err *err)
{
	s->ops = plain;
	rows_put(s, REC_MESSAGE,
		"account_id=C|made_on=2026-03-31|kind=customer|subject=x"
		"|play=silent-user-win-back\n");
	return plain->begin(s, err);
}

static void two_start_it_at_once(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "silent-user-win-back");
	struct store *s = book_store(b);
	struct store_ops late = *s->ops;
	struct review review;

	(void)state;
	book_look_for_alerts(b, false);
	MUST(book_review(b, true, &review, &e)); /* Cedar has the least: tier 3 */
	book_look_for_alerts(b, true);
	review_clear(&review);
	plain = s->ops;
	late.begin = begin_late;
	s->ops = &late;
	assert_int_equal(book_play_start(b, 3, p, 3, NULL, NULL, &why), ST_USAGE);
	assert_ptr_equal(s->ops, plain);
	assert_non_null(strstr(why.text, "waits in the outbox"));
	plays_clear(&plays);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_that_are_too_long),
		cmocka_unit_test(closing_what_was_shown),
		cmocka_unit_test(what_changed_meanwhile),
		cmocka_unit_test(what_got_worse),
		cmocka_unit_test(starting_on_many),
		cmocka_unit_test(starting_mail),
		cmocka_unit_test(two_start_it_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
