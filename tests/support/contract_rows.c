/* The contract: rows in and out. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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
		   "active_until=2199-12-31|languages=German;English\n" },
	{ REC_ACCOUNT,
		"account_id=A1|name=Acme|parent_id=P|segment=mid|industry=steel|region="
		"EU|"
		"csm=Ann|arr=12345678901|currency=EUR|contract_start=1900-01-01|"
		"renewal_date=2026-03-31|auto_renew=1|status=churned|"
		"churned_on=2026-04-01|churn_reason=price|growth=-0.25|reference=0|"
		"marquee=1|advocate=0|parent_expansion=1|complexity=0.1|maturity=99.5|"
		"stakeholders=7|seats_purchased=1000000000|features_available=40|"
		"onboarding_started=2024-01-01|first_value_on=2024-01-03|tags=a;b|"
		"language=German\n" },
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
		"play=win-back|alert=7|sent_on=2024-01-02|tries=1|failure=no route|"
		"actor=Ann\n" },
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
		s->ops->rows_of(s, REC_ACCOUNT, ids, 3, stop_at_second, &calls, &e),
		ST_CANCELLED);
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

static enum status keep_touch(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct id_rows *r = arg;

	(void)id;
	(void)e;
	assert_true(r->n < 16 && cells[F_TOUCH_ACCOUNT].t.n < 8);
	r->id[r->n] = (uint32_t)cells[F_TOUCH_DATE].i;
	memcpy(r->key[r->n++], cells[F_TOUCH_ACCOUNT].t.s, cells[F_TOUCH_ACCOUNT].t.n);
	return ST_OK;
}

void contract_rows_of_accounts(void **state)
{
	static const struct {
		const char *key;
		const char *day;
	} want[] = { { "a", "2025-02-01" }, { "c", "2025-01-01" }, { "c", "2025-03-01" },
		{ "a", "2025-02-01" } };
	const uint32_t ids[] = { 3, 99, 1, 0, 2, 3 };
	struct store *s = *state;
	struct id_rows got = { .n = 0 };
	char day[DAY_TEXT_MAX];

	rows_put(s, REC_ACCOUNT, "account_id=c\naccount_id=b\naccount_id=a\n");
	rows_put(s, REC_TOUCH,
		"account_id=c|date=2025-03-01|kind=call\n"
		"account_id=a|date=2025-02-01|kind=call\n"
		"account_id=c|date=2025-01-01|kind=call\n");
	MUST(s->ops->rows_of(s, REC_TOUCH, ids, 6, keep_touch, &got, &e));
	assert_int_equal(got.n, sizeof(want) / sizeof(*want));
	for (uint32_t i = 0; i < got.n; i++) {
		assert_string_equal(got.key[i], want[i].key);
		assert_string_equal(day_format((int32_t)got.id[i], day), want[i].day);
	}
}

void contract_accounts_by_id(void **state)
{
	struct store *s = *state;
	const uint32_t ids[] = { 3, 99, 1, 0, 3, 4 };
	struct id_rows some = { .n = 0 }, all = { .n = 0 }, none = { .n = 0 };

	rows_put(s, REC_ACCOUNT, "account_id=c\naccount_id=b|csm=Ann\naccount_id=a\n");
	MUST(s->ops->rows_of(s, REC_ACCOUNT, ids, 6, keep_id_row, &some, &e));
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
	MUST(s->ops->rows_of(s, REC_ACCOUNT, ids, 0, keep_id_row, &none, &e));
	assert_int_equal(none.n, 0);
}
