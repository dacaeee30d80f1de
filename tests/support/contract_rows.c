/* The contract: rows in and out. */
#include "core/alert_life.h"
#include "core/task.h"
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

/* A row of every kind with every field; the account's tier comes back as missing. */
static const struct {
	enum record_kind kind;
	const char *row;
} full[] = {
	{ REC_CSM, "name=Ann|email=ann@x.example|team=North|role=lead|capacity=0.75|"
		   "regions=EU;US|segments=mid|active_from=2020-02-29|"
		   "active_until=2199-12-31\n" },
	{ REC_ACCOUNT,
		"account_id=A1|name=Acme|parent_id=P|segment=mid|industry=steel|region="
		"EU|"
		"csm=Ann|arr=12345678901|currency=EUR|contract_start=1900-01-01|"
		"renewal_date=2026-03-31|auto_renew=1|status=churned|"
		"churned_on=2026-04-01|churn_reason=price|growth=-0.25|reference=0|"
		"marquee=1|advocate=0|parent_expansion=1|complexity=0.1|maturity=99.5|"
		"stakeholders=7|seats_purchased=1000000000|features_available=40|"
		"onboarding_started=2024-01-01|first_value_on=2024-01-03|tags=a;b\n" },
	{ REC_CONTACT,
		"account_id=A1|name=Bo|email=bo@x.example|role=champion|since=2024-01-01|"
		"left_on=2024-06-30\n" },
	{ REC_SIGNAL, "account_id=A1|date=2024-01-31|signal=logins|value=3.5\n" },
	{ REC_TICKET,
		"ticket_id=T1|account_id=A1|opened_on=2024-01-01|closed_on=2024-01-02|"
		"severity=high|root_cause=bug|csat=4\n" },
	{ REC_SURVEY, "account_id=A1|date=2024-01-01|kind=ces|score=6.5|comment=fine, so "
		      "far\n" },
	{ REC_TOUCH, "account_id=A1|date=2024-01-01|kind=call|two_way=1|purpose=review|"
		     "outcome=good|minutes=30|actor=Ann\n" },
	{ REC_CONTRACT,
		"contract_id=C1|account_id=A1|start=2024-01-01|end=2025-01-01|arr=100|"
		"currency=USD|auto_renew=0|status=signed\n" },
	{ REC_MOVEMENT, "account_id=A1|date=2024-01-01|kind=contraction|arr_delta=-100|"
			"currency=GBP\n" },
	{ REC_FIX, "account_id=A1|cause=bug|noticed_on=2024-01-01|text=a patch|"
		   "documented_on=2024-01-02|automated_on=2024-02-01|"
		   "verified_on=2024-03-01|link=release 7|actor=Ann\n" },
	{ REC_LOCK, "account_id=A1|until=2024-12-31|reason=board|actor=Ann|"
		    "since=2024-10-01\n" },
	{ REC_NOTE, "account_id=A1|date=2024-01-01|text=wants more|actor=Ann\n" },
	{ REC_PLAN, "account_id=A1|goal=live in May|next_step=train the team|"
		    "next_due=2024-02-01|decision=two waves\n" },
	{ REC_MILESTONE, "account_id=A1|title=first wave|due=2024-03-01|"
			 "done_on=2024-02-29\n" },
	{ REC_ALERT, "account_id=A1|kind=silent|opened_on=2024-01-01|severity=critical|"
		     "state=closed|x=9|y=0.5|day=2023-12-23|snoozed_until=2024-01-03|"
		     "reason=on leave|ended_on=2024-01-05|outcome=they are back|useful=1|"
		     "escalated_on=2024-01-02|reopened=2|severity_since=2024-01-02\n" },
	{ REC_TASK, "account_id=A1|play=recovery-call|started_on=2024-01-01|"
		    "play_version=3|title=Recovery call|alert=7|csm=Ann|step=2|"
		    "next_step=call them|due=2024-01-04|state=done|ended_on=2024-01-09|"
		    "outcome=saved|reason=they asked for it|actor=Ann\n" },
	{ REC_STEP, "account_id=A1|task=1|step=1|title=call them|done_on=2024-01-04|"
		    "outcome=no answer|actor=Ann\n" },
	{ REC_MESSAGE,
		"account_id=A1|made_on=2024-01-01|kind=customer|"
		"recipient=bo@x.example|subject=Are you well?|body=Hello Bo|"
		"play=win-back|alert=7|sent_on=2024-01-02|tries=1|failure=no route\n" },
	{ REC_REQUEST,
		"account_id=A1|asked_on=2024-01-01|wanted=1|requester=Kim, sales|"
		"reason=they will grow|actor=Ann|state=declined|answered_on=2024-01-05|"
		"answer=no room|answered_by=Bo\n" },
	{ REC_PROPOSAL,
		"name=spring|made_on=2024-01-01|actor=Ann|operation=7|asked=moves 3|"
		"moves=A1 Ann Bo|cost=12.5|bound=12\n" },
};

void contract_all_kinds_in_and_out(void **state)
{
	struct store *s = *state;

	assert_int_equal(sizeof(full) / sizeof(full[0]), REC_COUNT);
	for (size_t i = 0; i < REC_COUNT; i++) {
		/* all fields stand in the row, or the test says less than it seems to */
		uint32_t all = (1u << record_of(full[i].kind)->count) - 1;

		if (full[i].kind == REC_ACCOUNT)
			all &= ~(1u << F_TIER);
		assert_int_equal(row_fields(full[i].kind, full[i].row), all);
		rows_put(s, full[i].kind, full[i].row);
		rows_are(s, full[i].kind, 0, full[i].row);
	}
	for (size_t i = 0; i < REC_COUNT; i++) /* none disturbed another */
		rows_are(s, full[i].kind, 0, full[i].row);
}

void contract_least_rows(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *row;
	} least[] = {
		{ REC_CSM, "name=Ann\n" },
		{ REC_ACCOUNT, "account_id=A1\n" },
		{ REC_CONTACT, "account_id=A1\n" },
		{ REC_TICKET, "ticket_id=T1|account_id=A1|opened_on=2024-01-01\n" },
		{ REC_SURVEY, "account_id=A1|date=2024-01-01|kind=exit\n" },
		{ REC_TOUCH, "account_id=A1|date=2024-01-01\n" },
		{ REC_CONTRACT, "contract_id=C1|account_id=A1|start=2024-01-01|arr=0\n" },
		{ REC_MOVEMENT, "account_id=A1|date=2024-01-01|kind=new|arr_delta=0\n" },
		{ REC_FIX, "account_id=A1|cause=bug|noticed_on=2024-01-01|text=x\n" },
		{ REC_LOCK, "account_id=A1|until=2024-12-31|reason=board\n" },
		{ REC_NOTE, "account_id=A1|date=2024-01-01|text=x\n" },
		{ REC_PLAN, "account_id=A1\n" },
		{ REC_MILESTONE, "account_id=A1|title=x\n" },
		{ REC_ALERT, "account_id=A1|kind=blind|opened_on=2024-01-01|"
			     "severity=info|state=open\n" },
		{ REC_TASK, "account_id=A1|play=p|started_on=2024-01-01|title=P|step=1|"
			    "state=open\n" },
		{ REC_STEP, "account_id=A1|task=1|step=1|done_on=2024-01-04\n" },
		{ REC_MESSAGE,
			"account_id=A1|made_on=2024-01-01|kind=notice|subject=x\n" },
		{ REC_REQUEST, "account_id=A1|asked_on=2024-01-01|wanted=2|requester=x|"
			       "reason=y|state=open\n" },
		{ REC_PROPOSAL,
			"name=x|made_on=2024-01-01|operation=0|cost=0|bound=0\n" },
	};
	struct store *s = *state;

	for (size_t i = 0; i < sizeof(least) / sizeof(least[0]); i++) {
		struct put_counts c = rows_put(s, least[i].kind, least[i].row);

		counts_are(c, 1, 0, 0);
		rows_are(s, least[i].kind, 0, least[i].row);
		/* missing fields of a key are part of it: the row is found again */
		counts_are(rows_put(s, least[i].kind, least[i].row), 0, 0, 1);
	}
}

/* A tier in the file of accounts is for whoever reads the file: it is not a column. */
void contract_apart_fields(void **state)
{
	struct store *s = *state;

	counts_are(rows_put(s, REC_ACCOUNT, "account_id=A1|tier=2\n"), 1, 0, 0);
	rows_are(s, REC_ACCOUNT, 0, "account_id=A1\n");
	counts_are(rows_put(s, REC_ACCOUNT, "account_id=A1|tier=3\n"), 0, 0, 1);
}

/* Keys in byte order, children by account in the order of ids, day and entry. */
void contract_order_of_rows(void **state)
{
	static const char surveys[] = "account_id=b|date=2024-01-02|kind=nps|score=3\n"
				      "account_id=B|date=2024-01-09|kind=nps|score=2\n"
				      "account_id=b|date=2024-01-01|kind=nps|score=9\n"
				      "account_id=b|date=2024-01-02|kind=nps|score=1\n";
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT,
		"account_id=b\naccount_id=a\naccount_id=B\naccount_id=ä\n"
		"account_id=10\naccount_id=9\n");
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=10\naccount_id=9\naccount_id=B\naccount_id=a\n"
		"account_id=b\naccount_id=ä\n");
	rows_put(s, REC_CSM, "name=Zoe\nname=Ann\nname=ann\n");
	rows_are(s, REC_CSM, 0, "name=Ann\nname=Zoe\nname=ann\n");
	rows_put(s, REC_TICKET,
		"ticket_id=2|account_id=a|opened_on=2024-01-01\n"
		"ticket_id=10|account_id=b|opened_on=2024-02-01\n");
	rows_are(s, REC_TICKET, 0,
		"ticket_id=10|account_id=b|opened_on=2024-02-01\n"
		"ticket_id=2|account_id=a|opened_on=2024-01-01\n");
	rows_put(s, REC_SURVEY, surveys);
	rows_are(s, REC_SURVEY, 0,
		"account_id=b|date=2024-01-01|kind=nps|score=9\n"
		"account_id=b|date=2024-01-02|kind=nps|score=3\n"
		"account_id=b|date=2024-01-02|kind=nps|score=1\n"
		"account_id=B|date=2024-01-09|kind=nps|score=2\n");
	rows_put(s, REC_CONTACT,
		"account_id=b|name=N|email=y\naccount_id=b|name=N|email=x\n"
		"account_id=b|name=N\naccount_id=b|email=z\n");
	rows_are(s, REC_CONTACT, 0,
		"account_id=b|email=z\naccount_id=b|name=N\n"
		"account_id=b|name=N|email=x\n"
		"account_id=b|name=N|email=y\n");
	rows_put(s, REC_SIGNAL,
		"account_id=a|date=2024-01-01|signal=own|value=1\n"
		"account_id=b|date=2024-01-02|signal=own|value=2\n"
		"account_id=b|date=2024-01-03|signal=nps|value=3\n"
		"account_id=b|date=2024-01-01|signal=own|value=4\n");
	rows_are(s, REC_SIGNAL, 0,
		"account_id=b|date=2024-01-03|signal=nps|value=3\n"
		"account_id=b|date=2024-01-01|signal=own|value=4\n"
		"account_id=b|date=2024-01-02|signal=own|value=2\n"
		"account_id=a|date=2024-01-01|signal=own|value=1\n");
}

void contract_rows_of_one_account(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *mine, *other;
	} of[] = {
		{ REC_CONTACT, "account_id=A1|name=x\n", "account_id=A2|name=x\n" },
		{ REC_SIGNAL, "account_id=A1|date=2024-01-01|signal=nps|value=1\n",
			"account_id=A2|date=2024-01-01|signal=nps|value=2\n" },
		{ REC_TICKET, "ticket_id=1|account_id=A1|opened_on=2024-01-01\n",
			"ticket_id=2|account_id=A2|opened_on=2024-01-01\n" },
		{ REC_SURVEY, "account_id=A1|date=2024-01-01|kind=nps\n",
			"account_id=A2|date=2024-01-01|kind=nps\n" },
		{ REC_TOUCH, "account_id=A1|date=2024-01-01\n",
			"account_id=A2|date=2024-01-01\n" },
		{ REC_CONTRACT, "contract_id=1|account_id=A1|start=2024-01-01|arr=1\n",
			"contract_id=2|account_id=A2|start=2024-01-01|arr=1\n" },
		{ REC_MOVEMENT, "account_id=A1|date=2024-01-01|kind=new|arr_delta=1\n",
			"account_id=A2|date=2024-01-01|kind=new|arr_delta=1\n" },
		{ REC_LOCK, "account_id=A1|until=2024-01-01|reason=x\n",
			"account_id=A2|until=2024-01-01|reason=x\n" },
	};
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=A1|name=x\naccount_id=A2\naccount_id=A3\n");
	rows_are(s, REC_ACCOUNT, account_of(s, "A1"), "account_id=A1|name=x\n");
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		rows_put(s, of[i].kind, of[i].mine);
		rows_put(s, of[i].kind, of[i].other);
		rows_are(s, of[i].kind, account_of(s, "A1"), of[i].mine);
		rows_are(s, of[i].kind, account_of(s, "A2"), of[i].other);
		rows_are(s, of[i].kind, account_of(s, "A3"), "");
	}
}

static enum status stop_at_second(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	int *calls = arg;

	(void)id;
	(void)cells;
	return ++*calls == 2 ? err_set(e, ST_CANCELLED, "enough") : ST_OK;
}

void contract_callback_ends_reading(void **state)
{
	struct store *s = *state;
	const uint32_t ids[] = { 3, 2, 1 };
	struct err e;
	int calls = 0;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_SIGNAL,
		"account_id=1|date=2024-01-01|signal=nps|value=1\n"
		"account_id=1|date=2024-01-02|signal=nps|value=1\n"
		"account_id=2|date=2024-01-01|signal=nps|value=1\n");
	assert_int_equal(s->ops->rows(s, REC_ACCOUNT, 0, stop_at_second, &calls, &e),
		ST_CANCELLED);
	assert_int_equal(calls, 2);
	assert_string_equal(e.text, "enough"); /* the callback's own words */
	calls = 0;
	assert_int_equal(
		s->ops->rows(s, REC_SIGNAL, 0, stop_at_second, &calls, &e), ST_CANCELLED);
	assert_int_equal(calls, 2);
	calls = 0;
	assert_int_equal(
		s->ops->accounts(s, ids, 3, stop_at_second, &calls, &e), ST_CANCELLED);
	assert_int_equal(calls, 2);
	calls = 0;
	assert_int_equal(
		s->ops->accounts_all(s, stop_at_second, &calls, &e), ST_CANCELLED);
	assert_int_equal(calls, 2);
	rows_put(s, REC_ACCOUNT, "account_id=4\n"); /* and nothing is left open */
}

struct id_rows {
	uint32_t id[16];
	char key[16][8];
	uint32_t n;
};

static enum status keep_id_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct id_rows *r = arg;

	(void)e;
	assert_true(r->n < 16 && cells[F_ACCOUNT_ID].t.n < 8);
	r->id[r->n] = (uint32_t)id;
	memcpy(r->key[r->n++], cells[F_ACCOUNT_ID].t.s, cells[F_ACCOUNT_ID].t.n);
	if (cells[F_CSM].type != CELL_MISSING)
		assert_true(text_eq(cells[F_CSM].t, TEXT("Ann")));
	return ST_OK;
}

void contract_accounts_by_id(void **state)
{
	struct store *s = *state;
	const uint32_t ids[] = { 3, 99, 1, 0, 3, 4 };
	struct id_rows some = { .n = 0 }, all = { .n = 0 }, none = { .n = 0 };

	rows_put(s, REC_ACCOUNT, "account_id=c\naccount_id=b|csm=Ann\naccount_id=a\n");
	MUST(s->ops->accounts(s, ids, 6, keep_id_row, &some, &e));
	assert_int_equal(some.n, 3);
	assert_int_equal(some.id[0], 3);
	assert_string_equal(some.key[0], "a");
	assert_int_equal(some.id[1], 1);
	assert_string_equal(some.key[1], "c");
	assert_int_equal(some.id[2], 3); /* asked for twice */
	MUST(s->ops->accounts_all(s, keep_id_row, &all, &e));
	assert_int_equal(all.n, 3);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(all.id[i], i + 1);
	assert_string_equal(all.key[0], "c");
	assert_string_equal(all.key[2], "a");
	MUST(s->ops->accounts(s, ids, 0, keep_id_row, &none, &e));
	assert_int_equal(none.n, 0);
}

void contract_counts_of_a_batch(void **state)
{
	struct store *s = *state;

	counts_are(
		rows_put(s, REC_ACCOUNT, "account_id=1|arr=5\naccount_id=2\n"), 2, 0, 0);
	counts_are(rows_put(s, REC_ACCOUNT,
			   "account_id=1|arr=5\naccount_id=2|arr=6\naccount_id=3\n"),
		1, 1, 1);
	/* a book that has nothing where nothing is given: no change */
	counts_are(rows_put(s, REC_ACCOUNT, "account_id=3|name=\n"), 0, 0, 1);
	counts_are(rows_put(s, REC_ACCOUNT, "account_id=1|arr=\n"), 0, 1, 0);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &(struct put_batch){ .kind = REC_TOUCH }, &e));
	struct put_counts none = { 7, 7, 7 };
	MUST(s->ops->batch_end(s, &none, &e));
	counts_are(none, 0, 0, 0);
	MUST(s->ops->commit(s, &e));
}

void contract_modes(void **state)
{
	static const struct {
		const char *had;
		enum put_mode mode;
		const char *given, *has;
		bool updated;
	} table[] = {
		{ "arr=1|name=x", PUT_OVERWRITE, "arr=2|name=y", "name=y|arr=2", true },
		{ "arr=1|name=x", PUT_OVERWRITE, "arr=|name=y", "name=y", true },
		{ "arr=1|name=x", PUT_OVERWRITE, "arr=1|name=x", "name=x|arr=1", false },
		{ "arr=1|name=x", PUT_FILL, "arr=2|name=y", "name=x|arr=1", false },
		{ "arr=1", PUT_FILL, "arr=2|name=y", "name=y|arr=1", true },
		{ "arr=0", PUT_FILL, "arr=2", "arr=0",
			false }, /* nought is not nothing */
		{ "arr=1", PUT_FILL, "arr=|name=", "arr=1", false },
		{ "arr=1", PUT_KEEP, "arr=2|name=y", "arr=1", false },
	};
	struct store *s = *state;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		char row[64], has[64];
		struct put_counts c;

		snprintf(row, sizeof(row), "account_id=%zu|%s\n", i, table[i].had);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row), "account_id=%zu|%s\n", i, table[i].given);
		MUST(s->ops->begin(s, &e));
		c = rows_take(
			s, REC_ACCOUNT, table[i].mode, row_fields(REC_ACCOUNT, row), row);
		MUST(s->ops->commit(s, &e));
		counts_are(c, 0, table[i].updated, !table[i].updated);
		snprintf(has, sizeof(has), "account_id=%zu|%s\n", i, table[i].has);
		rows_are(s, REC_ACCOUNT, account_of(s, (char[]){ (char)('0' + i), 0 }),
			has);
	}
	/* whatever the mode, a new row is taken as it is */
	MUST(s->ops->begin(s, &e));
	counts_are(
		rows_take(s, REC_CSM, PUT_KEEP, ALL_FIELDS, "name=A|team=x\n"), 1, 0, 0);
	counts_are(
		rows_take(s, REC_CSM, PUT_FILL, ALL_FIELDS, "name=B|team=x\n"), 1, 0, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_CSM, 0, "name=A|team=x\nname=B|team=x\n");
}

void contract_unmapped_fields_stay(void **state)
{
	struct store *s = *state;
	uint32_t mapped = row_fields(REC_ACCOUNT, "account_id=|arr=\n");

	rows_put(s, REC_ACCOUNT, "account_id=1|name=x|arr=1|tags=t\n");
	MUST(s->ops->begin(s, &e));
	/* cells of fields that are not mapped are not looked at, also of new rows */
	counts_are(rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, mapped,
			   "account_id=1|name=y|arr=2\naccount_id=2|name=z|arr=3\n"),
		1, 1, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=1|name=x|arr=2|tags=t\naccount_id=2|arr=3\n");
}

/* Puts one line; the batch is open. */
static enum status put_line(struct store *s, enum record_kind kind, const char *line)
{
	struct cell cells[RECORD_FIELDS_MAX];
	uint32_t mapped;

	row_parse(s, kind, line, cells, &mapped);
	return s->ops->put(s, cells, 1, NULL, NULL);
}

void contract_repeats_in_a_batch(void **state)
{
	static const struct put_batch batch = { .kind = REC_ACCOUNT,
		.mapped = ALL_FIELDS };
	struct store *s = *state;
	struct put_counts c;

	rows_put(s, REC_ACCOUNT, "account_id=old\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=old|arr=1"), ST_OK);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=new|arr=1"), ST_OK);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=old|arr=2"), ST_DUPLICATE);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=new|arr=2"), ST_DUPLICATE);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=new|arr=1"), ST_DUPLICATE);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=last"), ST_OK);
	MUST(s->ops->batch_end(s, &c, &e));
	counts_are(c, 2, 1, 0);
	/* a batch later the key may come again, in the same transaction too */
	counts_are(rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS,
			   "account_id=old|arr=3\n"),
		0, 1, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=last\naccount_id=new|arr=1\naccount_id=old|arr=3\n");
}

void contract_key_that_fits_two(void **state)
{
	static const char two[] =
		"account_id=1|name=N|email=a\naccount_id=1|name=N|email=b\n";
	struct store *s = *state;
	struct put_batch batch = { .kind = REC_CONTACT,
		.mapped = row_fields(REC_CONTACT, "account_id=|name=|since=") };
	struct put_counts c;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	rows_put(s, REC_CONTACT, two);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	assert_int_equal(put_line(s, REC_CONTACT, "account_id=1|name=N|since=2024-01-01"),
		ST_INVALID);
	assert_int_equal(
		put_line(s, REC_CONTACT, "account_id=1|name=M|since=2024-01-01"), ST_OK);
	MUST(s->ops->batch_end(s, &c, &e));
	counts_are(c, 1, 0, 0);
	/* the fields that are mapped are enough to know M by */
	counts_are(rows_take(s, REC_CONTACT, PUT_OVERWRITE, batch.mapped,
			   "account_id=1|name=M|since=2024-01-02\n"),
		0, 1, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_CONTACT, 0,
		"account_id=1|name=M|since=2024-01-02\n"
		"account_id=1|name=N|email=a\naccount_id=1|name=N|email=b\n");
}

/* A ticket or a contract keeps its number when it goes to another account. */
void contract_children_move(void **state)
{
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_TICKET, "ticket_id=T|account_id=1|opened_on=2024-01-01\n");
	rows_put(s, REC_CONTRACT, "contract_id=C|account_id=1|start=2024-01-01|arr=1\n");
	counts_are(rows_put(s, REC_TICKET,
			   "ticket_id=T|account_id=2|opened_on=2024-01-01\n"),
		0, 1, 0);
	counts_are(rows_put(s, REC_CONTRACT,
			   "contract_id=C|account_id=2|start=2024-01-01|arr=1\n"),
		0, 1, 0);
	rows_are(s, REC_TICKET, account_of(s, "1"), "");
	rows_are(s, REC_TICKET, account_of(s, "2"),
		"ticket_id=T|account_id=2|opened_on=2024-01-01\n");
	rows_are(s, REC_CONTRACT, account_of(s, "1"), "");
	rows_are(s, REC_CONTRACT, account_of(s, "2"),
		"contract_id=C|account_id=2|start=2024-01-01|arr=1\n");
}

void contract_nth_of_equal_rows(void **state)
{
#define X "account_id=1|date=2024-01-01|kind=call|two_way=1\n"
#define Y "account_id=1|date=2024-01-01|kind=call\n"
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	counts_are(rows_put(s, REC_TOUCH, X X Y), 3, 0, 0);
	counts_are(rows_put(s, REC_TOUCH, X Y X), 0, 0, 3);
	counts_are(rows_put(s, REC_TOUCH, X), 0, 0, 1);
	counts_are(rows_put(s, REC_TOUCH, Y Y X X X), 2, 0, 3);
	rows_are(s, REC_TOUCH, 0, X X Y Y X);
#undef X
#undef Y
	/* every field counts, down to the comment */
	counts_are(rows_put(s, REC_SURVEY,
			   "account_id=1|date=2024-01-01|kind=nps|score=9\n"
			   "account_id=1|date=2024-01-01|kind=nps\n"
			   "account_id=1|date=2024-01-01|kind=nps|score=9|"
			   "comment=c\n"),
		3, 0, 0);
	counts_are(rows_put(s, REC_MOVEMENT,
			   "account_id=1|date=2024-01-01|kind=new|arr_delta=5\n"
			   "account_id=1|date=2024-01-01|kind=new|arr_delta=5|"
			   "currency=EUR\n"),
		2, 0, 0);
}

/* What refers to nothing, or lacks what is required, never gets into the book. */
void contract_refused_rows(void **state)
{
	static const struct put_batch tickets = { .kind = REC_TICKET,
		.mapped = ALL_FIELDS };
	static const struct put_batch signals = { .kind = REC_SIGNAL,
		.mapped = ALL_FIELDS };
	struct cell unknown[RECORD_FIELDS_MAX] = { [F_TICKET_ID] =
							   CELL_OF_TEXT(TEXT("T")),
		[F_TICKET_ACCOUNT] = CELL_OF_INT(2),
		[F_TICKET_OPENED] = CELL_OF_INT(1) };
	struct cell lacking[RECORD_FIELDS_MAX] = { [F_TICKET_ID] =
							   CELL_OF_TEXT(TEXT("T")),
		[F_TICKET_ACCOUNT] = CELL_OF_INT(1) };
	struct cell signal[RECORD_FIELDS_MAX] = { CELL_OF_INT(2), CELL_OF_INT(1),
		CELL_OF_INT(1), CELL_OF_NUMBER(1) };
	struct store *s = *state;
	struct put_counts c;
	enum status st;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &tickets, &e));
	assert_int_not_equal(s->ops->put(s, unknown, 1, NULL, NULL), ST_OK);
	s->ops->rollback(s);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &tickets, &e));
	assert_int_not_equal(s->ops->put(s, lacking, 1, NULL, NULL), ST_OK);
	s->ops->rollback(s);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &signals, &e));
	st = s->ops->put(s, signal, 1, NULL, NULL);
	if (st == ST_OK) /* signals are settled in runs */
		st = s->ops->batch_end(s, &c, NULL);
	assert_int_not_equal(st, ST_OK);
	s->ops->rollback(s);
	rows_are(s, REC_TICKET, 0, "");
	rows_are(s, REC_SIGNAL, 0, "");
}

struct unended {
	char text[256];
	size_t n;
};

static enum status take_unended(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct unended *u = arg;

	(void)e;
	u->n += (size_t)snprintf(u->text + u->n, sizeof(u->text) - u->n,
		"%lld:%lld:%.*s ", (long long)id, (long long)cells[F_ALERT_ACCOUNT].i,
		(int)cells[F_ALERT_KIND].t.n, cells[F_ALERT_KIND].t.s);
	return ST_OK;
}

/* The ids found, whatever their order, and texts that are no names. */
struct named {
	unsigned ids;
	int prose;
};

static enum status take_named(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct named *n = arg;

	(void)e;
	n->ids |= 1u << id;
	n->prose += cells[F_TASK_TITLE].type != CELL_MISSING ||
		    cells[F_TASK_NEXT].type != CELL_MISSING ||
		    cells[F_TASK_OUTCOME].type != CELL_MISSING ||
		    cells[F_TASK_REASON].type != CELL_MISSING;
	assert_true(text_eq(cells[F_TASK_PLAY].t, TEXT("p")));
	assert_int_equal(cells[F_TASK_ACTOR].type == CELL_TEXT, id == 2);
	assert_int_equal(cells[F_TASK_ACCOUNT].i, 3 - id % 2);
	assert_true(
		text_eq(cells[F_TASK_STATE].t, id == 1 ? TEXT("open") : TEXT("done")));
	return ST_OK;
}

static void names_are(struct store *s, const char *from, unsigned ids)
{
	struct named n = { 0, 0 };

	MUST(s->ops->unended_names(s, REC_TASK, day_of(from), take_named, &n, &e));
	assert_int_equal(n.ids, ids);
	assert_int_equal(n.prose, 0);
}

void contract_unended_names(void **state)
{
	struct store *s = *state;

	names_are(s, "2024-01-01", 0);
	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_TASK,
		"account_id=2|play=p|started_on=2024-01-01|title=Title|step=1|"
		"next_step=Call|reason=why|state=open\n"
		"account_id=3|play=p|started_on=2024-01-01|title=Title|step=2|state=done|"
		"ended_on=2024-02-02|outcome=well|actor=Ada\n"
		"account_id=2|play=p|started_on=2024-01-01|title=Title|step=2|state=done|"
		"ended_on=2024-02-01|outcome=well\n");
	names_are(s, "2024-02-03", 1u << 1);
	names_are(s, "2024-02-02", 1u << 1 | 1u << 2);
	names_are(s, "2024-02-01", 1u << 1 | 1u << 2 | 1u << 3);
}

/* By account and id; those that ended before the day are out. */
void contract_unended_rows(void **state)
{
	static const struct {
		uint32_t account;
		const char *from, *text;
	} rows[] = {
		{ 0, "2024-02-03", "2:1:silent 3:2:renewal 1:3:blind " },
		{ 0, "2024-02-02", "2:1:silent 4:1:silent 3:2:renewal 1:3:blind " },
		{ 1, "2024-02-03", "2:1:silent " },
		{ 1, "2024-01-01", "2:1:silent 4:1:silent " },
		{ 9, "2024-01-01", "" },
	};
	struct store *s = *state;
	struct book_info info;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_ALERT,
		"account_id=3|kind=blind|opened_on=2024-01-01|severity=info|state=open\n"
		"account_id=1|kind=silent|opened_on=2024-02-01|severity=info|state=open\n"
		"account_id=2|kind=renewal|opened_on=2024-01-01|severity=info|"
		"state=snoozed|snoozed_until=2024-03-01\n"
		"account_id=1|kind=silent|opened_on=2024-01-01|severity=info|"
		"state=closed|ended_on=2024-02-02\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct unended u = { "", 0 };

		MUST(s->ops->unended(s, REC_ALERT, rows[i].account, day_of(rows[i].from),
			take_unended, &u, &e));
		assert_string_equal(u.text, rows[i].text);
	}
	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.alert_day, DAY_NONE);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->alerts_looked(s, day_of("2024-02-03"), day_of("2024-01-01"), &e));
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.alert_day, day_of("2024-02-03"));
}

static void alerts_are(struct store *s, uint32_t part, const char *from, const char *text)
{
	const struct alert *a;
	char told[256] = "";
	size_t used = 0;
	uint32_t n;

	MUST(s->ops->alerts(s, part, day_of(from), &a, &n, &e));
	for (uint32_t i = 0; i < n; i++)
		used += (size_t)snprintf(told + used, sizeof(told) - used,
			"%lld:%u:%s:%s:%.0f ", (long long)a[i].id, a[i].account,
			alert_kinds[a[i].kind].name, alert_state_word[a[i].state],
			a[i].evidence.x);
	assert_string_equal(told, text);
}

static void tasks_are(struct store *s, uint32_t part, const char *text)
{
	const struct task *t;
	struct arena a;
	char told[256] = "";
	size_t used = 0;
	uint32_t n;

	arena_init(&a);
	MUST(s->ops->tasks(s, part, &a, &t, &n, &e));
	for (uint32_t i = 0; i < n; i++)
		used += (size_t)snprintf(told + used, sizeof(told) - used,
			"%lld:%u:%.*s:%.*s:%.*s:%d:%u ", (long long)t[i].id, t[i].account,
			(int)t[i].play.n, t[i].play.s, (int)t[i].title.n, t[i].title.s,
			(int)t[i].next.n, t[i].next.s ? t[i].next.s : "", t[i].step,
			t[i].csm);
	arena_clear(&a);
	assert_string_equal(told, text);
}

/* The same as unended rows, as what they are; changes show at once and after a commit,
 * and are gone with a rollback. */
void contract_work_of_parts(void **state)
{
	struct store *s = *state;
	struct cell cells[ALERT_FIELDS];
	struct arena a;
	bool there;

	alerts_are(s, 0, "2024-01-01", "");
	tasks_are(s, 0, "");
	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_ALERT,
		"account_id=3|kind=blind|opened_on=2024-01-01|severity=info|state=open|x="
		"7\n"
		"account_id=1|kind=silent|opened_on=2024-02-01|severity=info|state=open|"
		"x=1\n"
		"account_id=2|kind=of their own|opened_on=2024-01-01|severity=info|"
		"state=open|x=2\n"
		"account_id=1|kind=silent|opened_on=2024-01-01|severity=info|"
		"state=closed|ended_on=2024-02-02|x=3\n");
	rows_put(s, REC_TASK,
		"account_id=2|play=p|started_on=2024-01-01|title=Title|csm=Ada|step=2|"
		"next_step=call|state=open\n"
		"account_id=1|play=p|started_on=2024-01-01|title=Title|step=1|state="
		"open\n"
		"account_id=1|play=q|started_on=2024-01-01|title=Title|step=1|state=done|"
		"ended_on=2024-02-02\n");
	alerts_are(s, 0, "2024-02-03", "2:1:silent:open:1 1:3:blind:open:7 ");
	alerts_are(s, 0, "2024-02-02",
		"2:1:silent:open:1 4:1:silent:closed:3 1:3:blind:open:7 ");
	alerts_are(s, 1, "2024-01-01", "");
	tasks_are(s, 0, "2:1:p:Title::1:0 1:2:p:Title:call:2:1 ");
	tasks_are(s, 1, "");
	arena_init(&a);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->alerts_looked(s, day_of("2024-03-01"), day_of("2024-02-02"), &e));
	MUST(s->ops->row_read(s, REC_ALERT, 2, &a, cells, &there, &e));
	cells[F_ALERT_ENDED] = CELL_OF_INT(day_of("2024-02-09"));
	cells[F_ALERT_STATE] = CELL_OF_TEXT(TEXT("resolved"));
	MUST(s->ops->row_write(s, REC_ALERT, 2, cells, (1u << ALERT_FIELDS) - 1, &e));
	MUST(s->ops->row_remove(s, REC_TASK, 2, &e));
	alerts_are(s, 0, "2024-02-10", "1:3:blind:open:7 ");
	tasks_are(s, 0, "1:2:p:Title:call:2:1 ");
	s->ops->rollback(s);
	alerts_are(s, 0, "2024-02-10", "2:1:silent:open:1 1:3:blind:open:7 ");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->alerts_looked(s, day_of("2024-03-01"), day_of("2024-02-02"), &e));
	MUST(s->ops->row_write(s, REC_ALERT, 2, cells, (1u << ALERT_FIELDS) - 1, &e));
	MUST(s->ops->row_remove(s, REC_TASK, 2, &e));
	MUST(s->ops->commit(s, &e));
	alerts_are(s, 0, "2024-02-10", "1:3:blind:open:7 ");
	alerts_are(s, 0, "2024-02-03", "2:1:silent:resolved:1 1:3:blind:open:7 ");
	alerts_are(s, 0, "2024-01-01", /* before what is asked for again */
		"2:1:silent:resolved:1 4:1:silent:closed:3 1:3:blind:open:7 ");
	tasks_are(s, 0, "1:2:p:Title:call:2:1 ");
	arena_clear(&a);
}
