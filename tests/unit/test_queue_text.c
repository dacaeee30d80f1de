/* What the rows of a queue say comes next. */
#include "core/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"
#define ALERT(account, kind, severity)                                                 \
	"account_id=" account "|kind=" kind "|opened_on=2026-03-30|severity=" severity \
	"|state=open|x=40\n"

/* Two accounts of Dana, one of the pool; alerts 1..3. */
static struct book *book_with_alerts(void)
{
	struct store *s = fake_store_new();
	struct book *b;
	struct recalc_result r;

	rows_put(s, REC_CSM, "name=Dana\nname=Eli\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|name=Acme|csm=Dana|arr=10000000\n"
		"account_id=B|name=Bolt|csm=Dana|arr=5000000\n"
		"account_id=C|name=Cedar|arr=1000000\n");
	b = rules_book(s, "2026-03-30", "Dana");
	MUST(book_recalc(b, &r, &e));
	rows_put(s, REC_ALERT,
		ALERT("A", "health-red", "critical") ALERT("B", "silent", "warning")
			ALERT("C", "detractor", "info"));
	rules_day(b, DAY);
	return b;
}

static const struct queue_query everybody = { .scope = QUEUE_OF_ANYBODY };

static const struct play *play_called(struct plays *p, const char *name)
{
	plays_init(p);
	MUST(plays_add_shipped(p, &e));
	assert_non_null(plays_find(p, name));
	return plays_find(p, name);
}

/* What comes next of the account in the queue. */
static void next_is(struct book *b, uint32_t account, const char *text)
{
	char said[QUEUE_TEXT_MAX] = "not in the queue";
	struct queue *q;

	MUST(book_queue(b, &everybody, &q, NULL, &e));
	for (uint32_t i = 0; i < q->n; i++)
		if (q->row[i].account == account)
			queue_next(b, &q->row[i], said);
	queue_free(&q);
	assert_string_equal(said, text);
}

/* Nobody is told to start what waits in the outbox, or went out for this alert. */
static void a_mail_that_waits(void **state)
{
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "detractor-reply");
	const int64_t mail = 3;
	struct review review;

	(void)state;
	MUST(book_review(b, true, &review, &e));
	review_clear(&review); /* Cedar in tier 3, where the play only writes */
	rows_put(book_store(b), REC_MESSAGE,
		"account_id=C|made_on=2026-03-29|kind=customer|subject=x|"
		"play=live-clinic\n"
		"account_id=C|made_on=2026-03-30|kind=notice|subject=x|"
		"play=detractor-reply\n");
	next_is(b, 3, "start: Reply to a detractor");
	MUST(book_play_start(b, 3, p, 3, NULL, NULL, &e));
	next_is(b, 3, "mail waits in the outbox since 2026-03-31");
	MUST(book_mark_failed(b, mail, "no route", &e));
	next_is(b, 3, "mail waits in the outbox since 2026-03-31, 1 try failed");
	MUST(book_mark_failed(b, mail, "no route", &e));
	next_is(b, 3, "mail waits in the outbox since 2026-03-31, 2 tries failed");
	rules_day(b, "2026-04-02");
	MUST(book_mark_sent(b, &mail, 1, &e));
	next_is(b, 3, "mail went out on 2026-04-02");
	rules_day(b, "2026-04-01"); /* as it was the day before, and before that */
	next_is(b, 3, "mail waits in the outbox since 2026-03-31, 2 tries failed");
	rules_day(b, "2026-03-30");
	next_is(b, 3, "start: Reply to a detractor");
	plays_clear(&plays);
	book_free(&b);
}

/* A mail of an alert before this one is another matter. */
static void a_mail_of_before(void **state)
{
	struct book *b = book_with_alerts();
	struct review review;

	(void)state;
	MUST(book_review(b, true, &review, &e));
	review_clear(&review);
	rows_put(book_store(b), REC_MESSAGE,
		"account_id=C|made_on=2026-03-01|kind=customer|subject=x|"
		"play=detractor-reply|sent_on=2026-03-29\n");
	next_is(b, 3, "start: Reply to a detractor");
	rows_put(book_store(b), REC_MESSAGE,
		"account_id=C|made_on=2026-03-02|kind=customer|subject=x|"
		"play=detractor-reply|sent_on=2026-03-30\n");
	next_is(b, 3, "mail went out on 2026-03-30");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_that_waits),
		cmocka_unit_test(a_mail_of_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
