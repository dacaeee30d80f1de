/* The set-up worksheet: what counts as done, and what is said of the rest. */
#include "core/setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct setup read_book(struct book *b, bool policy_kept)
{
	struct setup s;
	struct err e = { .status = ST_OK };

	if (setup_read(b, policy_kept, &s, &e) != ST_OK)
		fail_msg("%s", e.text);
	return s;
}

static void says(const struct setup *s, enum setup_step step, bool done, const char *text)
{
	char out[SETUP_TEXT_MAX];

	assert_string_equal(setup_state(s, step, out), text);
	assert_int_equal(s->done[step], done);
}

static void an_empty_book_waits(void **state)
{
	struct book *b = fixture_book(FIXTURE_EMPTY);
	const struct setup s = read_book(b, false);

	(void)state;
	assert_int_equal(s.steps_done, 0);
	says(&s, SETUP_ACCOUNTS, false, "no active accounts yet");
	for (int i = SETUP_OWNERS; i < SETUP_POLICY; i++)
		says(&s, (enum setup_step)i, false, "waits for the accounts");
	says(&s, SETUP_POLICY, false, "the shipped one, nobody looked at it yet");
	book_free(&b);
}

static void before_the_first_recalculation(void **state)
{
	struct book *b = fixture_book(FIXTURE_RAW);
	struct setup s = read_book(b, true);

	(void)state;
	assert_true(s.done[SETUP_ACCOUNTS]);
	says(&s, SETUP_USAGE, false, "counted by the first recalculation");
	says(&s, SETUP_REVIEW, false, "never recalculated");
	says(&s, SETUP_POLICY, true, "the shipped one, kept on purpose");
	assert_int_equal(s.in_care, s.accounts); /* nobody is in a tier yet */
	book_free(&b);
}

static void a_review_places_them(void **state)
{
	struct book *b = fixture_book(FIXTURE_RAW);
	struct recalc_result done;
	struct review r;
	struct setup s;
	struct err e = { .status = ST_OK };

	(void)state;
	assert_int_equal(book_recalc(b, &done, &e), ST_OK);
	s = read_book(b, false);
	says(&s, SETUP_REVIEW, false,
		"recalculated as of 2026-03-31; no account is in a tier yet");
	assert_int_equal(book_review(b, true, &r, &e), ST_OK);
	review_clear(&r);
	s = read_book(b, false);
	assert_true(s.done[SETUP_REVIEW]);
	assert_int_equal(s.placed, s.accounts);
	assert_true(s.in_care < s.accounts);
	assert_true(s.with_usage > 0 && s.with_usage <= s.accounts);
	assert_true(s.coverage > 0 && s.coverage <= 1);
	book_free(&b);
}

/* Usage without anything else can leave health unknown: the step isn't done then. */
static void usage_is_to_make_health_known(void **state)
{
	static const char *const more[] = { "",
		"account_id=A1|date=2026-03-30|signal=features_used|value=5\n"
		"account_id=A1|date=2026-03-30|signal=seats_active|value=5" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct store *s = fake_store_new();
		struct recalc_result done;
		struct setup now;
		struct book *b;

		rows_put(s, REC_ACCOUNT,
			"account_id=A1|arr=100|features_available=10|seats_purchased=10");
		rows_put(s, REC_SIGNAL,
			"account_id=A1|date=2026-03-30|signal=active_days|value=20");
		if (i)
			rows_put(s, REC_SIGNAL, more[i]);
		b = rules_book(s, "2026-03-31", "Dana");
		MUST(book_recalc(b, &done, &e));
		now = read_book(b, false);
		assert_int_equal(now.with_usage, 1);
		assert_int_equal(now.unknown, i == 0);
		assert_int_equal(now.done[SETUP_USAGE], i == 1);
		book_free(&b);
	}
}

/* Each account has to have an owner, half of them a renewal date. */
static void what_is_enough(void **state)
{
	static const struct {
		const char *csms, *accounts;
		bool owners, renewals;
	} rows[] = {
#define OWNED(id) "account_id=" id "|csm=Ann\n"
#define DATED(id) "account_id=" id "|renewal_date=2026-12-31\n"
		{ NULL, "account_id=A\n", false, false },
		{ "name=Ann\n", "account_id=A\n", false, false },
		{ "name=Ann\n", OWNED("A"), true, false },
		{ "name=Ann\n", OWNED("A") OWNED("B"), true, false },
		{ "name=Ann\n", OWNED("A") DATED("B"), false, true },
		{ NULL, DATED("A") "account_id=B\naccount_id=C\n", false, false },
		{ NULL, DATED("A") DATED("B") "account_id=C\naccount_id=D\n", false,
			true },
#undef OWNED
#undef DATED
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct store *s = fake_store_new();
		struct setup now;
		struct book *b;

		if (rows[i].csms)
			rows_put(s, REC_CSM, rows[i].csms);
		rows_put(s, REC_ACCOUNT, rows[i].accounts);
		b = rules_book(s, "2026-03-31", "Dana");
		now = read_book(b, false);
		if (now.done[SETUP_OWNERS] != rows[i].owners ||
			now.done[SETUP_RENEWALS] != rows[i].renewals)
			fail_msg("row %zu: owners %d, renewals %d", i,
				now.done[SETUP_OWNERS], now.done[SETUP_RENEWALS]);
		book_free(&b);
	}
}

/* Steps are counted, and their sentences add up, for any numbers. */
static void sentences(void **state)
{
	struct setup s = { .accounts = 600,
		.csms = 1,
		.placed = 600,
		.in_care = 180,
		.owned = 175,
		.scored = true,
		.with_usage = 299,
		.with_renewal = 300,
		.coverage = 0.625,
		.figures_day = 20543,
		.review_day = DAY_NONE,
		.policy_version = 3 };

	(void)state;
	says(&s, SETUP_ACCOUNTS, false, "600 active accounts");
	says(&s, SETUP_OWNERS, false,
		"1 CSM; without an owner: 5 of 180 accounts of tiers 1 and 2");
	says(&s, SETUP_USAGE, false,
		"299 of 600 accounts have fresh usage (49 %); health rests on 63 % of "
		"its weight");
	s.with_usage = 600;
	s.unknown = 580;
	s.coverage = 0.35;
	says(&s, SETUP_USAGE, false,
		"600 of 600 accounts have fresh usage, but the health of 580 is unknown: "
		"it rests on 35 % of its weight. More signals, features_available, "
		"seats_purchased or contacts help");
	says(&s, SETUP_RENEWALS, false, "300 of 600 accounts have a renewal date (50 %)");
	says(&s, SETUP_REVIEW, false,
		"recalculated as of 2026-03-31; 600 accounts came with their tier");
	says(&s, SETUP_POLICY, false, "your own, version 3");
	s.owned = 180;
	says(&s, SETUP_OWNERS, false,
		"1 CSM; every account of tiers 1 and 2 has an owner");
	s.csms = 0;
	says(&s, SETUP_OWNERS, false, "no CSMs yet");
}

static void what_some_accounts_lack_is_a_filter(void **state)
{
	static const struct {
		struct setup s;
		enum setup_step step;
		const char *filter;
	} cases[] = {
		{ { .csms = 0, .in_care = 5 }, SETUP_OWNERS, NULL },
		{ { .csms = 2, .in_care = 5, .owned = 5 }, SETUP_OWNERS, NULL },
		{ { .csms = 2, .in_care = 5, .owned = 4 }, SETUP_OWNERS, "csm:none" },
		{ { .csms = 2, .in_care = 5, .owned = 4, .placed = 9 }, SETUP_OWNERS,
			"tier:1,2 csm:none" },
		/* as long as most of them lack it, it is a file that is missing */
		{ { .accounts = 9, .unknown = 6 }, SETUP_USAGE, NULL },
		{ { .accounts = 9, .unknown = 1, .done = { [SETUP_USAGE] = true } },
			SETUP_USAGE, "health:none" },
		{ { .accounts = 9, .done = { [SETUP_USAGE] = true } }, SETUP_USAGE,
			NULL },
		{ { .accounts = 9, .with_renewal = 1 }, SETUP_RENEWALS, NULL },
		{ { .accounts = 9,
			  .with_renewal = 8,
			  .done = { [SETUP_RENEWALS] = true } },
			SETUP_RENEWALS, "renewal:none" },
		{ { .accounts = 9,
			  .with_renewal = 9,
			  .done = { [SETUP_RENEWALS] = true } },
			SETUP_RENEWALS, NULL },
		{ { .csms = 2, .in_care = 5, .owned = 4 }, SETUP_ACCOUNTS, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *filter = setup_missing(&cases[i].s, cases[i].step);

		if (!cases[i].filter)
			assert_null(filter);
		else
			assert_string_equal(filter, cases[i].filter);
	}
}

static void the_worksheet_as_text(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	const struct setup s = read_book(b, false);
	struct arena a;
	const char *text;

	(void)state;
	arena_init(&a);
	text = setup_write(&s, "/home/dana/book.db", &a);
	assert_non_null(text);
	assert_non_null(strstr(text, "Set-up of /home/dana/book.db: "));
	for (int i = 0; i < SETUP_STEPS; i++) {
		char state_text[SETUP_TEXT_MAX];

		assert_non_null(strstr(text, setup_title((enum setup_step)i)));
		assert_non_null(
			strstr(text, setup_state(&s, (enum setup_step)i, state_text)));
		assert_non_null(strstr(text, setup_help((enum setup_step)i)));
	}
	assert_non_null(strstr(text, "[x] 1 Accounts"));
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_book_waits),
		cmocka_unit_test(before_the_first_recalculation),
		cmocka_unit_test(a_review_places_them),
		cmocka_unit_test(usage_is_to_make_health_known),
		cmocka_unit_test(what_is_enough),
		cmocka_unit_test(sentences),
		cmocka_unit_test(what_some_accounts_lack_is_a_filter),
		cmocka_unit_test(the_worksheet_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
