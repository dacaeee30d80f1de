/* Alerts, tasks and messages that other programs wrote as no program should: they neither
 * break what reads them nor hide what is sound. */
#include "tests/unit/test_db_help.h"

#include "core/act.h"
#include "core/alert_life.h"
#include "core/book_trend.h"
#include "core/queue.h"
#include "tests/support/rules.h"

static struct book *open_book(const char *name)
{
	struct book *b = help_book(name);

	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A|name=Acme|arr=1000000\n"
		"account_id=B|name=Bolt|arr=500000\n");
	return b;
}

static void sql(const char *name, const char *text)
{
	assert_int_equal(help_sql(name, text), SQLITE_OK);
}

static struct recalc_result recalculated(struct book *b)
{
	struct recalc_result r;
	bool changed;

	MUST(book_refresh(b, &changed, &e));
	MUST(book_recalc(b, &r, &e));
	return r;
}

static uint32_t rows_in_queue(struct book *b)
{
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
	struct queue *q;
	bool changed;
	uint32_t n;

	MUST(book_refresh(b, &changed, &e));
	MUST(book_queue(b, &all, &q, NULL, &e));
	n = q->n;
	queue_free(&q);
	return n;
}

#define ALERT(account, state, ended)                                                    \
	"INSERT INTO alert(account, kind, opened_on, severity, state, ended_on) VALUES" \
	" (" account ", 'detractor', 20000, 'info', '" state "', " ended ");"

/* An alert of nobody stands before all others. */
static void alerts_of_nobody(void **state)
{
	struct book *b = open_book("nobody.db");

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-03-30|kind=nps|score=3\n");
	assert_int_equal(recalculated(b).alerts_opened, 1);
	sql("nobody.db", ALERT("0", "open", "NULL") ALERT("-7", "open", "NULL")
				 ALERT("4294967297", "open", "NULL"));
	assert_int_equal(recalculated(b).alerts_opened, 0);
	assert_int_equal(rows_in_queue(b), 1);
	book_free(&b);
}

/* Over, but not since any day, and the other way round. */
static void alerts_that_contradict_themselves(void **state)
{
	struct book *b = open_book("odd.db");

	(void)state;
	sql("odd.db", ALERT("1", "closed", "NULL")
			      ALERT("2", "resolved", "9223372036854775807"));
	assert_int_equal(rows_in_queue(b), 0);
	assert_int_equal(recalculated(b).alerts_resolved, 0);
	book_free(&b);
}

/* It would be the day from which on alerts are looked for again. */
static void a_day_that_never_comes(void **state)
{
	struct book *b = open_book("never.db");

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-03-30|kind=nps|score=3\n");
	sql("never.db", "UPDATE alert_day SET day = 2147483647");
	assert_int_equal(recalculated(b).alerts_opened, 1);
	book_free(&b);
}

static void tasks(void **state)
{
	struct book *b = open_book("tasks.db");

	(void)state;
	sql("tasks.db",
		"INSERT INTO task(account, play, started_on, title, step, state, due)"
		" VALUES (1, 'rescue-plan', 20000, 'x', -7, 'open', 20000),"
		" (2, 'y', -9e15, x'' || 'z', 9223372036854775807, 'open', 9e18),"
		" (0, 'y', 20000, 'z', 1, 'open', 20000),"
		" (1, 'y', 20000, 'z', 1, 'done', NULL)");
	assert_int_equal(rows_in_queue(b), 1);
	MUST(book_task_tick(b, 1, 0, "done", &e));
	assert_int_equal(book_task_tick(b, 2, 0, "done", NULL), ST_NOTFOUND);
	MUST(book_task_drop(b, 2, "nobody has its play", &e));
	assert_int_equal(help_int("tasks.db", "SELECT step FROM task WHERE id = 1"), 2);
	book_free(&b);
}

static enum status count(void *arg, const struct message *m, struct err *err)
{
	(void)m;
	(void)err;
	++*(int *)arg;
	return ST_OK;
}

static void messages(void **state)
{
	struct book *b = open_book("messages.db");
	int n = 0;

	(void)state;
	sql("messages.db",
		"INSERT INTO message(account, made_on, kind, subject, tries, sent_on)"
		" VALUES (1, 20000, 'notice', 'x', 9223372036854775807, NULL),"
		" (1, 20000, 'notice', 'y', NULL, 9223372036854775807),"
		" (1, -9223372036854775807, 'notice', 'z', -1, NULL)");
	MUST(book_take(b, 1, 9, count, &n, &e));
	MUST(book_handed(b, 1, "no route", &e));
	MUST(book_settle(b, &e));
	n = 0;
	assert_int_equal(
		help_int("messages.db", "SELECT tries FROM message WHERE id = 1"), 1);
	MUST(book_outbox(b, count, &n, &e));
	assert_int_equal(n, 2);
	MUST(book_mark_sent(b, NULL, 0, NULL, &e));
	n = 0;
	MUST(book_outbox(b, count, &n, &e));
	assert_int_equal(n, 0);
	book_free(&b);
}

/* What another program claimed after the queue was looked at. */
static void dealing(void **state)
{
	struct book *b = open_book("deal.db");
	struct dealt dealt;

	(void)state;
	rows_put(book_store(b), REC_CSM, "name=Dana\n");
	sql("deal.db", ALERT("1", "open", "NULL") ALERT("2", "open", "NULL"));
	assert_int_equal(rows_in_queue(b), 2);
	sql("deal.db",
		"INSERT INTO task(account, play, started_on, title, step, state, csm)"
		" VALUES (1, 'claim', 20000, 'x', 1, 'open', 1)");
	MUST(book_deal(b, 0, false, &dealt, &e));
	assert_int_equal(dealt.accounts, 1);
	dealt_clear(&dealt);
	MUST(book_deal(b, 0, false, &dealt, &e));
	assert_int_equal(dealt.accounts, 0);
	dealt_clear(&dealt);
	book_free(&b);
}

/* Trends count the alerts that everything else counts: neither what ended on no day of
 * the calendar, nor what is of no kind or of nobody. */
static void alerts_of_no_day(void **state)
{
	struct book *b = open_book("past.db");
	const struct trend_query q = { .weeks = 13 };
	const struct trend *known;
	struct book_trend *t;
	uint32_t open = 0;
	bool changed;

	(void)state;
	sql("past.db", ALERT("1", "open", "NULL") ALERT("1", "closed",
			       "9999999999") "INSERT INTO alert(account, kind, "
					     "opened_on, severity, state) VALUES"
					     " (1, 'no such', -9999999999, 'info', "
					     "'open'), (-7, 'silent', 20000,"
					     " 'critical', 'open');");
	MUST(book_refresh(b, &changed, &e));
	(void)recalculated(b);
	t = rules_trend(b, &q);
	known = book_trend_known(t);
	assert_true(known->alerts);
	for (int k = 0; k < SEVERITIES; k++)
		open += known->alert[known->points - 1].open[k];
	assert_int_equal(open, help_int("past.db", "SELECT count(*) FROM alert WHERE"
						   " ended_on IS NULL AND account > 0"
						   " AND kind <> 'no such'"));
	book_trend_free(&t);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alerts_of_nobody),
		cmocka_unit_test(alerts_that_contradict_themselves),
		cmocka_unit_test(a_day_that_never_comes),
		cmocka_unit_test(tasks),
		cmocka_unit_test(messages),
		cmocka_unit_test(dealing),
		cmocka_unit_test(alerts_of_no_day),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
