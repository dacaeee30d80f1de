/* The order of the day's queue: sections, the money at risk, and what decides between
 * equals.
 */
#include "core/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/triage.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"
#define ACCOUNT(id, more) "account_id=" id "|arr=10000000" more "\n"
#define ALERT(id, kind, severity, more)                                           \
	"account_id=" id "|kind=" kind "|opened_on=2026-03-30|severity=" severity \
	"|state=open|x=40" more "\n"
#define SILENT(id) ALERT(id, "silent", "warning", "")
#define EXPANSION(id) ALERT(id, "expansion", "opportunity", "")
#define TASK(id, due)                                                            \
	"account_id=" id "|play=p|started_on=2026-03-01|title=P|step=1|due=" due \
	"|state=open\n"

static const struct {
	const char *why, *accounts, *alerts, *tasks;
	const char *queue; /* account_id:section */
} rows[] = {
	{ "more money at risk", "account_id=A|arr=1000\naccount_id=B|arr=2000\n",
		SILENT("A") SILENT("B"), NULL, "B:now A:now" },
	{ "a worse alert", ACCOUNT("A", "") ACCOUNT("B", ""),
		SILENT("A") ALERT("B", "silent", "critical", ""), NULL, "B:now A:now" },
	{ "of two alerts the worse", ACCOUNT("A", "") ACCOUNT("B", "") ACCOUNT("C", ""),
		ALERT("A", "silent", "info", "") ALERT("A", "detractor", "critical", "")
			SILENT("B") ALERT("C", "silent", "info", ""),
		NULL, "A:now B:now C:now" },
	{ "of the same risk the higher value",
		ACCOUNT("A", "") ACCOUNT("B", "|growth=0.2") ACCOUNT("C", "|growth=0.1"),
		SILENT("A") SILENT("B") SILENT("C"), NULL, "B:now C:now A:now" },
	{ "of the same value the smaller id, by bytes",
		ACCOUNT("b", "") ACCOUNT("B2", "") ACCOUNT("B10", ""),
		SILENT("b") SILENT("B2") SILENT("B10"), NULL, "B10:now B2:now b:now" },
	{ "what is not known comes last", "account_id=A\n" ACCOUNT("B", ""),
		SILENT("A") SILENT("B"), NULL, "B:now A:now" },
	{ "something to win comes after the least risk",
		ACCOUNT("A", "") "account_id=B|arr=1\n", EXPANSION("A") SILENT("B"), NULL,
		"B:now A:opportunity" },
	/* B is at less risk, as its renewal is far */
	{ "opportunities go by the ARR",
		ACCOUNT("A", "") "account_id=B|arr=12000000|renewal_date=2027-03-31\n",
		EXPANSION("A") EXPANSION("B"), NULL, "B:opportunity A:opportunity" },
	{ "a step that is late, one of today, one of tomorrow",
		ACCOUNT("A", "") ACCOUNT("B", "") ACCOUNT("C", ""), NULL,
		TASK("A", "2026-04-01") TASK("B", "2026-03-31") TASK("C", "2026-03-30"),
		"C:overdue B:now" },
	{ "late, whatever the risk", "account_id=A|arr=1\n" ACCOUNT("B", ""),
		ALERT("B", "silent", "critical", ""), TASK("A", "2026-03-30"),
		"A:overdue B:now" },
	{ "back today, and one that still sleeps",
		ACCOUNT("A", "") ACCOUNT("B", "") ACCOUNT("C", ""),
		"account_id=A|kind=silent|opened_on=2026-03-01|severity=critical|"
		"state=snoozed|snoozed_until=2026-03-31\n"
		"account_id=B|kind=silent|opened_on=2026-03-01|severity=critical|"
		"state=snoozed|snoozed_until=2026-04-01\n" EXPANSION("C"),
		NULL, "C:opportunity A:back today" },
	{ "who is gone is nobody's work",
		ACCOUNT("A", "|churned_on=2026-03-01|status=churned"), SILENT("A"),
		TASK("A", "2026-03-30"), "" },
};

static struct book *book_of(size_t row)
{
	struct store *s = fake_store_new();
	struct book *b;
	struct recalc_result r;

	rows_put(s, REC_ACCOUNT, rows[row].accounts);
	b = rules_book(s, "2026-03-30", "Dana");
	MUST(book_recalc(b, &r, &e));
	if (rows[row].alerts)
		rows_put(s, REC_ALERT, rows[row].alerts);
	if (rows[row].tasks)
		rows_put(s, REC_TASK, rows[row].tasks);
	rules_day(b, DAY);
	return b;
}

static void orders(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
		struct book *b = book_of(i);
		char found[256] = "";
		struct queue *q;
		struct arena a;
		size_t n = 0;

		arena_init(&a);
		MUST(book_queue(b, &all, &q, NULL, &e));
		for (uint32_t k = 0; k < q->n; k++) {
			struct text id;

			MUST(book_store(b)->ops->account_keys(
				book_store(b), &q->row[k].account, 1, &a, &id, &e));
			n += (size_t)snprintf(found + n, sizeof(found) - n, "%s%.*s:%s",
				k ? " " : "", (int)id.n, id.s,
				queue_section_word[q->row[k].section]);
		}
		if (strcmp(found, rows[i].queue) != 0)
			fail_msg("%s: %s", rows[i].why, found);
		queue_free(&q);
		arena_clear(&a);
		book_free(&b);
	}
}

/* What the sections add up to, and the share of the ARR that there is to win. */
static void sums(void **state)
{
	struct book *b = rules_book(fake_store_new(), "2026-03-30", "Dana");
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
	struct recalc_result r;
	struct queue *q;

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT,
		ACCOUNT("A", "") ACCOUNT("B", "") ACCOUNT("C", "") "account_id=D\n");
	MUST(book_recalc(b, &r, &e));
	rows_put(book_store(b), REC_ALERT,
		SILENT("A") EXPANSION("B") EXPANSION("C") EXPANSION("D"));
	rules_day(b, DAY);
	MUST(book_queue(b, &all, &q, NULL, &e));
	assert_int_equal(q->in[QUEUE_NOW], 1);
	assert_int_equal(q->in[QUEUE_OPPORTUNITY], 3);
	assert_true(q->at_risk[QUEUE_NOW] == 1400000); /* health 50: 0.14 */
	assert_true(q->to_win[QUEUE_OPPORTUNITY] ==
		    2 * triage_opportunity(book_policy(b), 10000000));
	assert_true(q->row[0].rank == 1820000); /* 1.3 times that */
	queue_free(&q);
	book_free(&b);
}

/* What slept until today sums up as its rows have it, each kind by itself; what sleeps on
 * is counted with what it has at risk. */
static void sums_of_snoozes(void **state)
{
#define SNOOZED(id, kind, severity, until)                                        \
	"account_id=" id "|kind=" kind "|opened_on=2026-03-30|severity=" severity \
	"|state=snoozed|snoozed_until=" until "\n"
	struct book *b = rules_book(fake_store_new(), "2026-03-30", "Dana");
	static const char *const filters[] = { "", "name:A,B,C,D,E" };
	struct recalc_result r;
	struct queue *q;

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT,
		ACCOUNT("A", "|name=A") ACCOUNT("B", "|name=B") ACCOUNT(
			"C", "|name=C") "account_id=D|name=D|arr=20000000\n" ACCOUNT("E",
			"|name=E"));
	MUST(book_recalc(b, &r, &e));
	rows_put(book_store(b), REC_ALERT,
		SNOOZED("A", "silent", "warning", DAY)
			SNOOZED("B", "expansion", "opportunity", DAY)
				SNOOZED("C", "silent", "critical", "2026-04-01")
					SNOOZED("D", "silent", "info", "2026-04-09"));
	rules_day(b, DAY);
	for (size_t i = 0; i < 2; i++) {
		const struct queue_query some = { .scope = QUEUE_OF_ANYBODY,
			.where = text_of(filters[i]) };

		MUST(book_queue(b, &some, &q, NULL, &e));
		assert_int_equal(q->in[QUEUE_BACK], 2);
		assert_true(q->at_risk[QUEUE_BACK] == 1400000);
		assert_true(q->to_win[QUEUE_BACK] ==
			    triage_opportunity(book_policy(b), 10000000));
		assert_int_equal(q->asleep, 2);
		assert_true(q->asleep_at_risk == 3 * 1400000);
		assert_int_equal(q->sleeper[0].account, 4);
		assert_int_equal(q->sleeper[1].account, 3);
		assert_int_equal(q->sleeper[1].worst, SEV_CRITICAL);
		assert_int_equal(q->sleeper[1].until, book_as_of(b) + 1);
		queue_free(&q);
	}
	book_free(&b);
#undef SNOOZED
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders),
		cmocka_unit_test(sums),
		cmocka_unit_test(sums_of_snoozes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
