#include "tests/support/alerting.h"

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

struct book *alerting_book(const char *account)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_CSM,
		"name=Dana|email=dana@us.example|team=North\n"
		"name=Lee|email=lee@us.example|team=North|role=team lead\n"
		"name=Max|role=executive\n");
	rows_put(s, REC_ACCOUNT, account);
	return rules_book(s, "2026-01-01", "Dana");
}

void alerting_measure(struct book *b, const char *day, int active_days, int features)
{
	char rows[256];

	snprintf(rows, sizeof(rows),
		"account_id=A|date=%s|signal=active_days|value=%d\n"
		"account_id=A|date=%s|signal=features_used|value=%d\n"
		"account_id=A|date=%s|signal=logins|value=9\n",
		day, active_days, day, features, day);
	rows_put(book_store(b), REC_SIGNAL, rows);
}

void alerting_recalc_is(
	struct book *b, const char *day, uint32_t opened, uint32_t resolved)
{
	struct recalc_result r;

	rules_day(b, day);
	MUST(book_recalc(b, &r, &e));
	if (r.alerts_opened != opened || r.alerts_resolved != resolved)
		fail_msg("%s: %u opened, %u resolved", day, r.alerts_opened,
			r.alerts_resolved);
}

void alerting_nps(struct book *b, const char *day, int score)
{
	char row[128];

	snprintf(
		row, sizeof(row), "account_id=A|date=%s|kind=nps|score=%d\n", day, score);
	rows_put(book_store(b), REC_SURVEY, row);
}

struct counted {
	int ended_field;
	uint32_t live, ended;
};

static enum status count_row(void *arg, int64_t id, const struct cell *c, struct err *err)
{
	struct counted *x = arg;

	(void)id;
	(void)err;
	if (c[x->ended_field].type == CELL_MISSING)
		x->live++;
	else
		x->ended++;
	return ST_OK;
}

void alerting_ended_are(struct book *b, enum record_kind kind, int ended_field,
	const char *why, uint32_t live, uint32_t ended)
{
	struct counted x = { ended_field, 0, 0 };

	MUST(book_store(b)->ops->unended(book_store(b), kind, 0, 0, count_row, &x, &e));
	if (x.live != live || x.ended != ended)
		fail_msg("%s: %u live, %u ended", why, x.live, x.ended);
}

void alerting_place_in_3(struct book *b)
{
	struct review r;

	book_look_for_alerts(b, false);
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	MUST(book_set_tier(b, 1, 3, 0, "a small one", &e));
	book_look_for_alerts(b, true);
}
