/* The pool: who may claim what and give it back, and how it is dealt. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/queue.h"
#include "tests/support/acting.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct err why;

static const struct queue_query everybody = { .scope = QUEUE_OF_ANYBODY };

static void the_pool(void **state)
{
	struct book *b = acting_book();
	const struct queue_query dana = { QUEUE_OF_CSM, 1, { NULL, 0 } };
	const struct queue_query eli = { QUEUE_OF_CSM, 2, { NULL, 0 } };
	const struct queue_query pool = { .scope = QUEUE_OF_POOL };
	const uint32_t cedar = 3;
	struct dealt dealt;

	(void)state;
	acting_queue_is(b, &dana, "A:now B:now");
	acting_queue_is(b, &eli, "");
	acting_queue_is(b, &pool, "C:now");
	MUST(book_claim(b, &cedar, 1, 2, NULL, &e));
	acting_queue_is(b, &pool, "");
	acting_queue_is(b, &eli, "C:now");
	acting_queue_is(b, &dana, "A:now B:now");
	assert_int_equal(book_claim(b, &cedar, 1, 1, NULL, &why), ST_FORBIDDEN);
	acting_queue_is(b, &eli, "C:now");
	MUST(book_claim(b, &cedar, 1, 2, NULL, &e)); /* one's own, again */
	acting_queue_is(b, &eli, "C:now");
	assert_int_equal(book_claim(b, &cedar, 1, 0, NULL, &why), ST_FORBIDDEN);
	assert_string_equal(why.text, "Eli works on Cedar: giving back what a colleague "
				      "claimed wants a reason");
	MUST(book_claim(b, &cedar, 1, 0, "Eli is ill", &e));
	acting_queue_is(b, &pool, "C:now");
	assert_int_equal(book_claim(b, &cedar, 1, 0, "again", &why), ST_NOTFOUND);
	MUST(book_claim(b, &cedar, 1, 1, NULL, &e)); /* Dana has one claim, Eli none */
	rows_put(book_store(b), REC_ACCOUNT, "account_id=D|name=Delta|arr=100\n");
	rows_put(book_store(b), REC_ALERT, ACTING_ALERT("D", "detractor", "info"));
	MUST(book_deal(b, 0, false, &dealt, &e));
	assert_int_equal(dealt.accounts, 1);
	assert_int_equal(dealt.n, 1);
	assert_true(text_eq(dealt.to[0].csm, TEXT("Eli")));
	dealt_clear(&dealt);
	acting_queue_is(b, &dana, "A:now B:now C:now");
	acting_queue_is(b, &eli, "D:now");
	acting_queue_is(b, &pool, "");
	acting_undo(b);
	acting_queue_is(b, &pool, "D:now");
	book_free(&b);
}

static enum status count_claimed(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	(void)id;
	(void)e;
	*(int *)arg += c[F_TASK_CSM].type != CELL_MISSING;
	return ST_OK;
}

/* All that runs on an account is claimed with it. */
static void an_account_with_many_tasks(void **state)
{
	enum { TASKS = 200 };
	struct book *b = acting_book();
	const uint32_t cedar = 3;
	int claimed = 0;

	(void)state;
	for (int i = 0; i < TASKS; i++) {
		char task[160];

		snprintf(task, sizeof(task),
			"account_id=C|play=p%d|started_on=2026-03-30|title=x|next_step=y"
			"|step=1|state=open\n",
			i);
		rows_put(book_store(b), REC_TASK, task);
	}
	MUST(book_claim(b, &cedar, 1, 2, NULL, &e));
	MUST(book_store(b)->ops->rows(
		book_store(b), REC_TASK, 0, count_claimed, &claimed, &e));
	assert_int_equal(claimed, TASKS);
	book_free(&b);
}

/* Who has the fewest claims comes first, and it is said who got how many. */
static void who_got_how_many(void **state)
{
	static const struct {
		uint32_t claims; /* of Dana before */
		uint32_t limit;
		const char *dealt;
	} rows[] = { { 0, 0, "5: Dana 3, Eli 2" }, { 0, 1, "1: Dana 1" },
		{ 2, 0, "3: Dana 1, Eli 2" }, { 2, 2, "2: Eli 2" }, { 5, 0, "0:" },
		{ 1, 99, "4: Dana 2, Eli 2" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const uint32_t mine[] = { 3, 4, 5, 6, 7 };
		struct book *b = acting_book();
		struct dealt dealt;
		char said[128];
		int n;

		rows_put(book_store(b), REC_ACCOUNT,
			"account_id=D|arr=1\naccount_id=E|arr=1\n"
			"account_id=F|arr=1\naccount_id=G|arr=1\n");
		rows_put(book_store(b), REC_ALERT,
			ACTING_ALERT("D", "silent", "info") ACTING_ALERT(
				"E", "silent", "info") ACTING_ALERT("F", "silent", "info")
				ACTING_ALERT("G", "silent", "info"));
		if (rows[i].claims)
			MUST(book_claim(b, mine, rows[i].claims, 1, NULL, &e));
		MUST(book_deal(b, rows[i].limit, false, &dealt, &e));
		n = snprintf(said, sizeof(said), "%u:", dealt.accounts);
		for (uint32_t k = 0; k < dealt.n; k++)
			n += snprintf(said + n, sizeof(said) - (size_t)n, "%s %.*s %u",
				k ? "," : "", (int)dealt.to[k].csm.n, dealt.to[k].csm.s,
				dealt.to[k].accounts);
		assert_string_equal(said, rows[i].dealt);
		dealt_clear(&dealt);
		book_free(&b);
	}
}

/* Who soon leaves would only hand it over again. */
static void who_leaves_is_dealt_nothing(void **state)
{
	static const struct {
		const char *dana, *eli; /* last days */
		const char *to;         /* NULL: nobody is left */
	} rows[] = { { "", "", "Dana" }, { "2026-03-31", "", "Eli" },
		{ "2026-09-27", "", "Eli" }, { "2026-09-28", "", "Dana" },
		{ "2026-09-27", "2026-09-28", "Eli" },
		{ "2026-03-30", "2026-04-30", NULL },
		{ "2026-05-31", "2026-04-30", NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = acting_book();
		struct dealt dealt;
		char csms[128];
		enum status st;

		snprintf(csms, sizeof(csms),
			"name=Dana|active_until=%s\nname=Eli|active_until=%s\n",
			rows[i].dana, rows[i].eli);
		rows_put(book_store(b), REC_CSM, csms);
		st = book_deal(b, 0, false, &dealt, &why);
		assert_int_equal(st, rows[i].to ? ST_OK : ST_USAGE);
		assert_int_equal(dealt.n, rows[i].to ? 1 : 0);
		if (rows[i].to && !text_eq(dealt.to[0].csm, text_of(rows[i].to)))
			fail_msg("%s%s", csms, rows[i].to);
		dealt_clear(&dealt);
		book_free(&b);
	}
}

/* What somebody owns is nobody's to claim, and nobody's to give back. */
static void claims_of_owned_accounts(void **state)
{
	static const struct {
		uint32_t account, to;
		enum status st;
		const char *said;
	} rows[] = {
		{ 1, 2, ST_FORBIDDEN,
			"Acme belongs to Dana: only accounts of the pool are claimed; "
			"assign it, if it shall change hands" },
		{ 1, 1, ST_FORBIDDEN,
			"Acme is Dana's already: what somebody owns needs no claim" },
		{ 1, 0, ST_NOTFOUND,
			"Acme belongs to Dana, and nobody claimed it: nothing to give "
			"back" },
		{ 3, 0, ST_NOTFOUND, "nobody claimed Cedar: nothing to give back" },
		{ 9, 2, ST_NOTFOUND, "there is no such account any more" },
	};
	struct book *b = acting_book();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const uint32_t both[] = { 3, rows[i].account };

		assert_int_equal(
			book_claim(b, &rows[i].account, 1, rows[i].to, "please", &why),
			rows[i].st);
		assert_string_equal(why.text, rows[i].said);
		/* nor does it happen to the other one */
		assert_int_equal(
			book_claim(b, both, 2, rows[i].to, NULL, &why), rows[i].st);
		acting_queue_is(b, &everybody, "A:now B:now C:now");
		rows_are(book_store(b), REC_TASK, 0, "");
	}
	/* one's own claim is given back, also when the account got an owner since */
	rows_put(book_store(b), REC_TASK,
		"account_id=A|play=wake-up|started_on=2026-03-30|title=x|csm=Dana|step=1|"
		"due=2026-04-05|state=open\n");
	MUST(book_claim(b, &rows[0].account, 1, 0, NULL, &e));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pool),
		cmocka_unit_test(an_account_with_many_tasks),
		cmocka_unit_test(claims_of_owned_accounts),
		cmocka_unit_test(who_got_how_many),
		cmocka_unit_test(who_leaves_is_dealt_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
