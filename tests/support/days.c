#include "tests/support/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* What happens, happens at midnight of its day. */
static int64_t midnight(const struct clock *c)
{
	return (int64_t)c->today * 86400;
}

void days_go_to(struct book *b, const char *day)
{
	const struct clock clock = { .today = day_of(day), .now = midnight };

	book_set_day(b, &clock);
}

struct book *days_book(const char *day)
{
	struct store *s = fake_store_new();
	struct book *b;
	char row[200];

	rows_put(s, REC_CSM, "name=Dana");
	for (int i = 1; i <= 10; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%02d|name=N%d|arr=%d|complexity=%d|csm=Dana"
			"|contract_start=2025-01-01",
			i, i, i * 1000000, i * 10);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row),
			"account_id=A%02d|date=2026-03-25|signal=active_days|value=%d\n"
			"account_id=A%02d|date=2026-03-25|signal=nps|value=%d",
			i, i, i, 10 - i / 2);
		rows_put(s, REC_SIGNAL, row);
	}
	b = rules_book(s, day, "Dana");
	days_go_to(b, day);
	return b;
}

void days_recalc(struct book *b, const char *day)
{
	struct recalc_result r;

	days_go_to(b, day);
	MUST(book_recalc(b, &r, &e));
}

uint32_t days_review(struct book *b, const char *day)
{
	struct review r;
	uint32_t moves;

	days_go_to(b, day);
	MUST(book_review(b, true, &r, &e));
	moves = r.moves_n;
	review_clear(&r);
	return moves;
}

void days_policy(struct book *b, const char *day, const char *text)
{
	int32_t version;

	days_go_to(b, day);
	MUST(book_policy_apply(b, text, "p.ini", "a test", &version, &e));
}

void days_tiers_are(struct book *b, const char *wanted)
{
	struct book_figures f;
	char got[11] = "";

	MUST(book_figures(b, &f, &e));
	for (int i = 0; i < 10; i++)
		got[i] = f.tier[i] == TIER_NONE ? '-' : (char)('0' + f.tier[i]);
	assert_string_equal(got, wanted);
}
