/* The contract: the book as a whole, and its transactions. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/alert_life.h"
#include "core/review.h"
#include "tests/support/rows_text.h"
#include "tests/support/store_text.h"

static const int32_t days[] = { 19000, 19722, 19731, 25000 };

static char *text_of_book(struct store *s)
{
	return store_text(s, days, sizeof(days) / sizeof(days[0]));
}

/* Something of everything; what differs between two rounds differs in `round`. */
static void fill(struct store *s, int round)
{
	static const char *const rows[2][REC_COUNT] = {
		{ "account_id=1|name=x|arr=1|currency=EUR|csm=Ann\naccount_id=2\n",
			"name=Ann|team=N\n", "account_id=1|name=C|role=sponsor\n",
			"account_id=1|date=2024-01-01|signal=nps|value=1\n"
			"account_id=2|date=2024-01-01|signal=own|value=1\n",
			"ticket_id=1|account_id=1|opened_on=2024-01-01\n",
			"account_id=1|date=2024-01-01|kind=nps|score=1\n",
			"account_id=1|date=2024-01-01|two_way=1\n",
			"contract_id=1|account_id=1|start=2024-01-01|arr=1\n",
			"account_id=1|date=2024-01-01|kind=new|arr_delta=1\n",
			"account_id=1|cause=bug|noticed_on=2024-01-01|text=x\n",
			"account_id=1|until=2024-12-31|reason=x\n",
			"account_id=1|date=2024-01-01|text=x\n", "account_id=1|goal=x\n",
			"account_id=1|title=x\n",
			"account_id=1|kind=silent|opened_on=2024-01-01|severity=info|"
			"state=open\n",
			"account_id=1|play=p|started_on=2024-01-01|title=P|step=1|"
			"state=open\n",
			"account_id=1|task=1|step=1|done_on=2024-01-01\n",
			"account_id=1|made_on=2024-01-01|kind=notice|subject=x\n",
			"account_id=1|asked_on=2024-01-01|wanted=1|requester=Kim|reason="
			"x|"
			"state=open\n",
			"name=P|made_on=2024-01-01|operation=1|cost=1|bound=1\n" },
		{ "account_id=1|name=y|currency=SEK|csm=Zoe\naccount_id=3\n",
			"name=Ann|team=S\nname=Bo\n",
			"account_id=1|name=C|role=sponsor|left_on=2024-01-05\n"
			"account_id=2|name=D|role=champion\n",
			"account_id=1|date=2024-01-01|signal=nps|value=5\n"
			"account_id=1|date=2024-01-09|signal=nps|value=6\n"
			"account_id=3|date=2024-01-01|signal=third|value=1\n",
			"ticket_id=1|account_id=2|opened_on=2023-01-01\n"
			"ticket_id=0|account_id=1|opened_on=2022-02-02\n",
			"account_id=1|date=2024-01-01|kind=nps|score=1\n"
			"account_id=1|date=2024-01-01|kind=nps|score=1\n",
			"account_id=3|date=2024-01-01|two_way=1\n",
			"contract_id=1|account_id=3|start=2024-01-01|arr=2|currency="
			"NOK\n",
			"account_id=2|date=2024-01-01|kind=new|arr_delta=1\n",
			"account_id=1|cause=bug|noticed_on=2024-01-01|text=y|"
			"automated_on=2024-02-01\n",
			"account_id=1|until=2025-12-31|reason=y\n"
			"account_id=2|until=2025-12-31|reason=y\n",
			"account_id=2|date=2024-01-01|text=y\n",
			"account_id=1|goal=y\naccount_id=3|goal=z\n",
			"account_id=1|title=y|due=2024-01-01\n",
			"account_id=2|kind=silent|opened_on=2024-01-01|severity=info|"
			"state=closed|ended_on=2024-01-02\n",
			"account_id=2|play=p|started_on=2024-01-01|title=P|step=2|csm=Bo|"
			"state=done|ended_on=2024-01-03\n",
			"account_id=2|task=2|step=1|done_on=2024-01-01\n",
			"account_id=2|made_on=2024-01-01|kind=notice|subject=y|"
			"sent_on=2024-01-02\n",
			"account_id=2|asked_on=2024-01-01|wanted=2|requester=Kim|reason="
			"y|"
			"state=granted|answered_on=2024-01-02\n",
			"name=P|made_on=2024-01-02|actor=Ann|operation=2|cost=2|bound="
			"1\n" },
	};
	static const enum record_kind order[REC_COUNT] = { REC_CSM, REC_ACCOUNT,
		REC_CONTACT, REC_SIGNAL, REC_TICKET, REC_SURVEY, REC_TOUCH, REC_CONTRACT,
		REC_MOVEMENT, REC_FIX, REC_LOCK, REC_NOTE, REC_PLAN, REC_MILESTONE,
		REC_ALERT, REC_TASK, REC_STEP, REC_MESSAGE, REC_REQUEST, REC_PROPOSAL };

	for (int i = 0; i < REC_COUNT; i++)
		rows_take(s, order[i], PUT_OVERWRITE, ALL_FIELDS, rows[round][order[i]]);
}

static void fill_figures(struct store *s, int round)
{
	const uint32_t caps[TIER_COUNT] = { 5000, 5000, 10000 };
	struct policy_version p = {
		.at = 1, .author = "a", .reason = "r", .text = round ? "two" : "one"
	};
	struct tier_move move = { .account = 1, .to = 1, .score = 1, .other = 2 };
	struct review r = { .as_of = 19723,
		.policy_version = 1,
		.active = 2,
		.moves = &move,
		.moves_n = 1 };
	struct scores scores;
	struct tiers t;
	int32_t version;
	int64_t number;

	MUST(s->ops->policy_save(s, &p, caps, &version, &e));
	MUST(scores_init(&scores, 2, &e));
	MUST(tiers_init(&t, 2, &e));
	scores.active = 1;
	scores.health[1] = (uint8_t)(50 + round);
	scores.coverage[1] = scores.effort[1] = scores.score[1] = 0.5;
	scores.value[1] = 7;
	t.review_day = 19723 + round;
	t.tier[round] = 1;
	t.since[round] = 19723;
	t.up[round] = 1;
	MUST(s->ops->tiers_save(s, &t, t.review_day, 2, &e));
	MUST(s->ops->review_save(s, &r, 1, "a", &number, &e));
	for (int32_t day = 19723; day <= 19723 + round; day++)
		MUST(s->ops->snapshot_save(
			s, (struct snapshot_day){ day, version }, &scores, &t, &e));
	scores_clear(&scores);
	tiers_clear(&t);
}

void contract_book_info(void **state)
{
	struct store *s = *state;
	struct book_info info;

	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.last_id, 0);
	assert_int_equal(info.csms, 0);
	assert_true(info.first_ticket == DAY_NONE && info.newest_snapshot == DAY_NONE);
	assert_false(info.read_only);
	assert_non_null(info.path);
	MUST(s->ops->begin(s, &e));
	fill(s, 0);
	fill_figures(s, 0);
	fill(s, 1);
	fill_figures(s, 1);
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.last_id, 3);
	assert_int_equal(info.csms, 3);
	assert_int_equal(info.first_ticket, day_of("2022-02-02"));
	assert_int_equal(info.newest_snapshot, 19724);
}

void contract_rollback_restores(void **state)
{
	struct store *s = *state;
	char *empty = text_of_book(s), *before, *inside, *after;

	MUST(s->ops->begin(s, &e));
	fill(s, 0);
	fill_figures(s, 0);
	s->ops->rollback(s);
	after = text_of_book(s);
	assert_string_equal(after, empty);
	free(after);
	free(empty);

	MUST(s->ops->begin(s, &e));
	fill(s, 0);
	fill_figures(s, 0);
	MUST(s->ops->commit(s, &e));
	before = text_of_book(s);
	MUST(s->ops->begin(s, &e));
	fill(s, 1);
	fill_figures(s, 1);
	inside = text_of_book(s);
	assert_string_not_equal(inside, before);
	s->ops->rollback(s);
	after = text_of_book(s);
	assert_string_equal(after, before);
	free(after);

	/* the same once more, for good: nothing of the first try is in the way */
	MUST(s->ops->begin(s, &e));
	fill(s, 1);
	fill_figures(s, 1);
	MUST(s->ops->commit(s, &e));
	after = text_of_book(s);
	assert_string_equal(after, inside);
	free(after);
	free(before);
	free(inside);
}

/* A caller that fails in the middle of a batch rolls back without ending it. */
void contract_rollback_inside_batch(void **state)
{
	static const enum record_kind kinds[] = { REC_ACCOUNT, REC_SIGNAL };
	struct store *s = *state;
	struct cell account[RECORD_FIELDS_MAX] = { CELL_OF_TEXT(TEXT("new")) };
	struct cell signal[RECORD_FIELDS_MAX] = { CELL_OF_INT(1), CELL_OF_INT(19723),
		CELL_OF_INT(1), CELL_OF_NUMBER(5) };

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	for (int k = 0; k < 2; k++) {
		struct put_batch batch = { .kind = kinds[k], .mapped = ALL_FIELDS };

		MUST(s->ops->begin(s, &e));
		MUST(s->ops->batch_begin(s, &batch, &e));
		MUST(s->ops->put(s, k ? signal : account, 1, NULL, &e));
		s->ops->rollback(s);
	}
	rows_are(s, REC_ACCOUNT, 0, "account_id=1\n");
	rows_are(s, REC_SIGNAL, 0, "");
	s->ops->rollback(s); /* with nothing open: nothing happens */
	rows_put(s, REC_ACCOUNT, "account_id=new\n");
	rows_put(s, REC_SIGNAL, "account_id=new|date=2024-01-01|signal=nps|value=1\n");
	rows_are(s, REC_ACCOUNT, 0, "account_id=1\naccount_id=new\n");
	rows_are(s, REC_SIGNAL, 0, "account_id=new|date=2024-01-01|signal=nps|value=1\n");
}

/* Names are changes as well: their ids are given again. */
void contract_rollback_takes_names(void **state)
{
	struct store *s = *state;
	uint32_t id, again;
	bool added;

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->find_or_add(s, REC_SIGNAL, TEXT("own"), &id, &added, &e));
	MUST(s->ops->find_or_add(s, REC_CSM, TEXT("Ann"), &again, &added, &e));
	s->ops->rollback(s);
	MUST(s->ops->find(s, REC_SIGNAL, TEXT("own"), &again, &e));
	assert_int_equal(again, 0);
	MUST(s->ops->find(s, REC_CSM, TEXT("Ann"), &again, &e));
	assert_int_equal(again, 0);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->find_or_add(s, REC_SIGNAL, TEXT("other"), &again, &added, &e));
	assert_true(added);
	assert_int_equal(again, id);
	MUST(s->ops->commit(s, &e));
}

void contract_commit_keeps(void **state)
{
	struct store *s = *state;
	char *inside, *after;

	MUST(s->ops->begin(s, &e));
	fill(s, 0);
	fill_figures(s, 0);
	inside = text_of_book(s);
	MUST(s->ops->commit(s, &e));
	s->ops->rollback(s); /* too late */
	after = text_of_book(s);
	assert_string_equal(after, inside);
	free(inside);
	free(after);
}

void contract_own_commits_are_no_news(void **state)
{
	struct store *s = *state;
	int64_t before = -1, after = -2;

	MUST(s->ops->data_version(s, &before, &e));
	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	MUST(s->ops->data_version(s, &after, &e));
	assert_true(before == after);
}

static void found(void *arg, const char *text)
{
	(void)arg;
	fail_msg("verify: %s", text);
}

void contract_verify_is_content(void **state)
{
	struct store *s = *state;

	MUST(s->ops->verify(s, found, NULL, &e));
	for (int round = 0; round < 2; round++) {
		MUST(s->ops->begin(s, &e));
		fill(s, round);
		fill_figures(s, round);
		MUST(s->ops->commit(s, &e));
		free(text_of_book(s)); /* reading may leave traces of its own */
		MUST(s->ops->verify(s, found, NULL, &e));
	}
}

static enum status tell_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	char *text = arg;
	const size_t used = strlen(text);
	struct alert a;

	(void)e;
	assert_true(alert_from_row(id, cells, &a));
	assert_int_equal(cells[F_ALERT_OUTCOME].type, CELL_MISSING);
	snprintf(text + used, 256 - used, "%u:%s:%s:%d:%d ", a.account,
		alert_severity_word[a.severity], alert_state_word[a.state],
		a.opened - day_of("2024-01-01"),
		a.ended == DAY_NONE ? -1 : a.ended - a.opened);
	return ST_OK;
}

void contract_alerts_of_all_time(void **state)
{
	struct store *s = *state;
	char text[256];
	int64_t last = 0;

	MUST(s->ops->past_names(s, REC_ALERT, 0, 9, tell_alert, text, &last, &e));
	assert_int_equal(last, 0);
	rows_add_accounts(s, 3);
	rows_put(s, REC_ALERT,
		"account_id=3|kind=blind|opened_on=2024-01-01|severity=info|state=open\n"
		"account_id=1|kind=silent|opened_on=2024-01-05|severity=critical|"
		"state=closed|ended_on=2024-01-06|outcome=well\n"
		"account_id=2|kind=renewal|opened_on=2024-01-02|severity=opportunity|"
		"state=snoozed|snoozed_until=2024-03-01\n"
		"account_id=1|kind=silent|opened_on=2023-12-31|severity=warning|"
		"state=resolved|ended_on=2023-12-31\n");
	text[0] = '\0';
	MUST(s->ops->past_names(s, REC_ALERT, 0, 3, tell_alert, text, &last, &e));
	assert_string_equal(text,
		"3:info:open:0:-1 1:critical:closed:4:1 2:opportunity:snoozed:1:-1 ");
	assert_int_not_equal(last, 0);
	text[0] = '\0';
	MUST(s->ops->past_names(s, REC_ALERT, last, 3, tell_alert, text, &last, &e));
	assert_string_equal(text, "1:warning:resolved:-1:0 ");
	assert_int_equal(last, 0);
	/* As many as were asked for: there may be more. */
	for (uint32_t n = 4; n <= 5; n++) {
		text[0] = '\0';
		MUST(s->ops->past_names(s, REC_ALERT, 0, n, tell_alert, text, &last, &e));
		assert_int_equal(last != 0, n == 4);
	}
}
