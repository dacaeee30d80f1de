/* What is said of capacity: of tiers, of books, of its past; and its figures. */
#include "core/capacity_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/capacity_past.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct policy policy;

static void figures(void **state)
{
	static const struct {
		double v;
		const char *want;
	} rows[] = { { 0, "0" }, { 0.25, "0.25" }, { 12.34, "12.3" }, { 22.5, "22.5" },
		{ 999.4, "999" }, { 999.7, "1000" }, { 1500, "1500" },
		{ 1234567, "1234567" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[NUMBER_TEXT_MAX];

		assert_string_equal(capacity_figure(rows[i].v, text), rows[i].want);
	}
}

struct heard {
	char text[4096];
};

static void hear(void *arg, enum capacity_line kind, const char *text)
{
	struct heard *h = arg;
	const size_t n = strlen(h->text);

	snprintf(h->text + n, sizeof(h->text) - n, "%c %s\n", "-?!"[kind], text);
}

static void says(void **state)
{
	static const struct {
		const char *why;
		uint32_t n1, n2, n3;
		double m1, m2, m3, present;
		const char *set; /* a line of [capacity] */
		const char *has[4], *has_not;
	} rows[] = {
		{ "a small company", 1, 10, 23, 1, 1.58, 1, 1, "",
			{ "- tier 1: 1 account, $ 1.0M: fewer than one full book\n",
				"- tier 2: 10 accounts, $ 1.6M: fewer than one full "
				"book\n" },
			"contradict" },
		{ "and no book of its accounts could be too much", 1, 10, 23, 1, 1.58, 1,
			1, "", { "" }, "wrong" },
		{ "the worked example", 60, 180, 360, 12, 9, 3, 6, "",
			{ "- tier 1: 60 accounts, $ 12.0M: 3 to 7 CSMs, target 6 with 10 "
			  "and $ 2.0M each\n",
				"! books of the target size need 9 CSMs, 6 are there: 3 "
				"are missing; with books as full as the limits allow, 6 "
				"would do\n",
				"? tier 2 with named owners needs 3 more CSMs ($ 360k a "
				"year); pooled, by tech touch, the 6 there are enough, "
				"and about $ 450k a year (5 % of $ 9.0M) may be lost\n",
				"- tier 3: 360 accounts, $ 3.0M: pooled, no CSMs of its "
				"own\n" },
			"wrong" },
		{ "540 accounts", 60, 540, 0, 12, 12, 0, 6, "",
			{ "! tier 2: 540 accounts, $ 12.0M: the limits of a book "
			  "contradict each other: at most 80 accounts per CSM asks for 7 "
			  "or more, at least $ 2.0M ARR for 6 or fewer\n" },
			NULL },
		{ "few, dear ones", 20, 0, 0, 60, 0, 0, 1, "",
			{ "! books of the target size need 2 CSMs, 1 is there: 1 is "
			  "missing\n" },
			"would do" },
		{ "tier 2 pooled", 60, 180, 360, 12, 9, 3, 6, "tier2_pooled = 1",
			{ "- 6 CSMs are needed, 6 there\n",
				"- tier 2: 180 accounts, $ 9.0M: pooled, no CSMs of its "
				"own\n" },
			"missing" },
		{ "20 of $450k in one book", 40, 0, 0, 18, 0, 0, 6, "tier1_target = 20",
			{ "! tier 1: 20 accounts per CSM at $ 450k each are $ 9.0M in "
			  "one book: wrong, at most $ 4.0M can be looked after\n" },
			NULL },
		{ "exactly at the most", 40, 0, 0, 8, 0, 0, 6, "tier1_target = 20",
			{ "- tier 1: 40 accounts, $ 8.0M: 2 to 5 CSMs, target 2 with 20 "
			  "and $ 4.0M each\n" },
			"wrong" },
		{ "too little in a book", 80, 0, 0, 10, 0, 0, 8, "",
			{ "! tier 1: 10 accounts per CSM are $ 1.3M in one book, and $ "
			  "1.5M should be: 6 CSMs are the most\n" },
			NULL },
		{ "too little for two", 15, 0, 0, 2, 0, 0, 2, "",
			{ "and $ 1.5M should be: 1 CSM is the most\n" }, NULL },
		{ "small accounts", 0, 120, 0, 0, 2.3, 0, 2, "",
			{ "! tier 2: an account has $ 19.2k on average: the bands are "
			  "made for $ 20.0k or more\n" },
			NULL },
		{ "one is enough", 10, 0, 0, 2, 0, 0, 1, "",
			{ "- 1 CSM is needed, 1 there\n",
				"- tier 1: 10 accounts, $ 2.0M: 1 CSM, target 1 with 10 "
				"and $ 2.0M each\n" },
			"missing" },
		{ "not by pooling alone", 60, 180, 0, 12, 9, 0, 4, "",
			{ "? with tier 2 in the pool 2 CSMs more are needed all the "
			  "same: tier 1 alone takes 6\n" },
			NULL },
		{ "one more", 60, 180, 0, 12, 9, 0, 5, "",
			{ "? with tier 2 in the pool 1 CSM more is needed all the same: "
			  "tier 1 alone takes 6\n" },
			NULL },
		{ "a part of one", 60, 180, 0, 12, 9, 0, 5.8, "",
			{ "? with tier 2 in the pool 0.2 CSMs more are needed all the "
			  "same: tier 1 alone takes 6\n" },
			NULL },
		{ "what it costs", 60, 0, 0, 12, 0, 0, 6, "",
			{ "- tier 1: the talks planned, 69.2 hours a week, cost $ 369k a "
			  "year, 3.1 % of its ARR\n" },
			NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const uint32_t n[TIER_COUNT] = { rows[i].n1, rows[i].n2, rows[i].n3 };
		const double m[TIER_COUNT] = { rows[i].m1, rows[i].m2, rows[i].m3 };
		struct capacity c = { .heads_present = rows[i].present };
		struct heard heard = { "" };
		char ini[64];
		struct err e;

		snprintf(ini, sizeof(ini), "[capacity]\n%s\n", rows[i].set);
		assert_int_equal(
			policy_merge(&policy, ini, "set", &c.policy, NULL, &e), ST_OK);
		capacity_bands(&c.policy, c.band);
		for (int t = 0; t < TIER_COUNT; t++) {
			capacity_heads(
				&c.band[t], n[t], (int64_t)(m[t] * 1e8), &c.heads[t]);
			c.heads_needed += c.heads[t].target;
		}
		capacity_say(&c, hear, &heard);
		for (size_t k = 0; k < LENGTH(rows[i].has) && rows[i].has[k]; k++)
			if (!strstr(heard.text, rows[i].has[k]))
				fail_msg("%s: \"%s\" is not in\n%s", rows[i].why,
					rows[i].has[k], heard.text);
		if (rows[i].has_not && strstr(heard.text, rows[i].has_not))
			fail_msg("%s: \"%s\" is in\n%s", rows[i].why, rows[i].has_not,
				heard.text);
	}
}

/* One word for whoever has a last day, whatever is asked about them. */
static void states(void **state)
{
	static const struct {
		struct capacity_row row;
		const char *text, *marks;
	} rows[] = {
		{ { .share = 1, .noted = 1, .until = DAY_NONE }, "ok", "" },
		{ { .share = 1,
			  .noted = 1,
			  .until = 20549,
			  .leaves = true,
			  .mixed = true },
			"leaves", "mixed" },
		{ { .noted = 1, .until = 20549, .load = { .state = CAPACITY_AWAY } },
			"leaves", "" }, /* what if handed over */
		{ { .noted = 1, .until = DAY_NONE, .load = { .state = CAPACITY_AWAY } },
			"away", "" },
		{ { .until = 20500, .load = { .state = CAPACITY_AWAY } }, "away", "" },
		{ { .share = 1,
			  .noted = 1,
			  .until = 30000,
			  .load = { .state = CAPACITY_OVER } },
			"over", "" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		assert_string_equal(capacity_state_text(&rows[i].row), rows[i].text);
		assert_string_equal(capacity_marks(&rows[i].row), rows[i].marks);
	}
}

/* Each thing that stands out in a book. */
static void says_of_books(void **state)
{
	static const struct {
		struct capacity_row row;
		const char *has; /* NULL: nothing is said of it */
	} rows[] = {
		{ { .share = 1, .book = { { 10, 0, 0 }, { 0 } }, .hours = 20 }, NULL },
		{ { .share = 1, .leaves = true, .until = 20544 },
			"- Ana leaves, the last day is 2026-04-01, and has no "
			"accounts\n" },
		{ { .share = 1,
			  .leaves = true,
			  .until = 20544,
			  .book = { { 1, 0, 0 }, { 0 } } },
			"! Ana leaves, the last day is 2026-04-01: 1 account to hand "
			"over\n" },
		{ { .share = 0, .until = 20542, .book = { { 2, 0, 0 }, { 0 } } },
			"! Ana left on 2026-03-30 and has 2 accounts\n" },
		{ { .share = 0, .until = 20543, .book = { { 2, 0, 0 }, { 0 } } },
			"! Ana is not there and has 2 accounts\n" },
		{ { .share = 1 }, "! Ana is there and has no accounts\n" },
		{ { .share = 0 }, NULL },
		{ { .share = 0, .book = { { 1, 0, 0 }, { 0 } } },
			"! Ana is not there and has 1 account\n" },
		{ { .share = 1, .book = { { 0, 0, 150 }, { 0 } }, .crowded = true },
			"! Ana has 150 accounts: so many can only be answered, not "
			"looked after\n" },
		{ { .share = 1, .book = { { 10, 0, 0 }, { 0 } }, .hours = 23 }, NULL },
		{ { .share = 1, .book = { { 10, 0, 0 }, { 0 } }, .hours = 23.1 },
			"! Ana: the talks of this book take 23.1 hours a week, 22.5 are "
			"there\n" },
		{ { .share = 0.5, .book = { { 10, 0, 0 }, { 0 } }, .hours = 20 },
			"! Ana: the talks of this book take 20 hours a week, 11.2 are "
			"there\n" },
		{ { .share = 1, .book = { { 10, 0, 0 }, { 0 } }, .mixed = true },
			"! 1 book holds much of tier 1 and of tier 2: two jobs for one "
			"person\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct capacity_row row = rows[i].row;
		struct capacity c = {
			.policy = policy, .row = &row, .rows = 1, .heads_present = 1
		};
		struct heard heard = { "" };

		row.name = TEXT("Ana");
		row.until = row.until ? row.until : DAY_NONE;
		c.as_of = 20543; /* 2026-03-31 */
		capacity_say(&c, hear, &heard);
		if (rows[i].has ? !strstr(heard.text, rows[i].has)
				: strstr(heard.text, "Ana") != NULL)
			fail_msg("%zu: %s", i, heard.text);
	}
}

/* However long a name is, what is said of it stands behind it. */
static void says_of_long_names(void **state)
{
	enum { BYTES = 301 };
	char name[BYTES];
	struct capacity_row row = { .until = DAY_NONE,
		.share = 1,
		.book = { { 0, 0, 150 }, { 0 } },
		.crowded = true,
		.hours = 40 };
	struct capacity c = {
		.policy = policy, .row = &row, .rows = 1, .heads_present = 1
	};
	struct heard heard = { "" };

	(void)state;
	name[0] = 'x'; /* the letters of two bytes begin at odd places */
	for (int i = 1; i < BYTES; i++)
		name[i] = "\u00E4"[(i + 1) % 2];
	row.name = (struct text){ name, BYTES };
	capacity_say(&c, hear, &heard);
	assert_non_null(strstr(heard.text, "\u00E4 has 150 accounts: so many can only be "
					   "answered, not looked after\n"));
	assert_non_null(strstr(heard.text,
		"\u00E4: the talks of this book take 40 hours a week, 22.5 are there\n"));
	assert_int_equal(text_invalid_at(text_of(heard.text)), strlen(heard.text));
}

/* Of many how many, and the worst by what each has. */
static void says_of_hours(void **state)
{
	struct capacity_row row[5];
	struct capacity c = {
		.policy = policy, .row = row, .rows = 5, .heads_present = 5
	};
	struct heard heard = { "" };

	(void)state;
	for (int k = 0; k < 5; k++)
		row[k] =
			(struct capacity_row){ .name = k == 2 ? TEXT("Ben") : TEXT("Ana"),
				.share = k == 2 ? 0.5 : 1,
				.book = { { 10, 0, 0 }, { 0 } },
				.hours = k == 4 ? 20 : 24 };
	capacity_say(&c, hear, &heard);
	assert_non_null(strstr(heard.text, "! the talks of 4 books take more hours than "
					   "are there; most: Ben, 24 of 11.2 a week\n"));
	assert_null(strstr(heard.text, "this book"));
}

/* From a year ago, half a year ago, and now. */
static void creep(void **state)
{
	static const struct {
		const char *why;
		uint32_t was, half, is; /* of tier 1, for two CSMs */
		const char *says;       /* NULL: nothing */
	} rows[] = {
		{ "steady", 18, 18, 18,
			"- tier 1: 9.0 accounts per CSM on 2025-04-01, 9.0 on "
			"2025-09-30, 9.0 now; the target is 10\n" },
		{ "up, below the target", 10, 15, 20,
			"- tier 1: 5.0 accounts per CSM on 2025-04-01, 7.5 on "
			"2025-09-30, 10.0 now; the target is 10\n" },
		{ "creeping", 20, 21, 22,
			"! tier 1: 10.0 accounts per CSM on 2025-04-01, 10.5 on "
			"2025-09-30, 11.0 now; the target is 10\n" },
		{ "above, and steady", 30, 30, 30,
			"- tier 1: 15.0 accounts per CSM on 2025-04-01, 15.0 on "
			"2025-09-30, 15.0 now; the target is 10\n" },
		{ "the most, and steady", 40, 40, 40, "20.0 now; the target is 10\n" },
		{ "too many, and steady", 42, 42, 42,
			"! tier 1: 21.0 accounts per CSM on 2025-04-01, 21.0 on "
			"2025-09-30, 21.0 now; the target is 10, at most 20\n" },
		{ "the least", 16, 16, 16, "- tier 1: 8.0 " },
		{ "too few", 16, 16, 15,
			"! tier 1: 8.0 accounts per CSM on 2025-04-01, 8.0 on "
			"2025-09-30, 7.5 now; the target is 10, at least 8\n" },
		{ "none any more", 16, 16, 0, "0.0 now; the target is 10\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct capacity_past past[] = {
			{ .day = 20179, .csms = 2, .accounts = { rows[i].was, 0 } },
			{ .day = 20361, .csms = 2, .accounts = { rows[i].half, 0 } },
			{ .day = 20543, .csms = 2, .accounts = { rows[i].is, 0 } },
		};
		struct heard heard = { "" };

		capacity_past_say(&policy, past, 3, NULL, hear, &heard);
		if (!strstr(heard.text, rows[i].says))
			fail_msg("%s: %s", rows[i].why, heard.text);
		heard.text[0] = '\0';
		capacity_past_say(&policy, past, 1, NULL, hear, &heard);
		assert_string_equal(heard.text, "");
	}
}

/* Where nobody is there, no number is. */
static void accounts_per_csm(void **state)
{
	static const struct {
		struct capacity_past past;
		int tier;
		const char *text;
	} rows[] = {
		{ { .csms = 5.8, .accounts = { 60, 180 } }, 1, "10.3" },
		{ { .csms = 5.8, .accounts = { 60, 180 } }, 2, "31.0" },
		{ { .csms = 1, .accounts = { 0, 3 } }, 1, "0.0" },
		{ { .csms = 0, .accounts = { 11, 150 } }, 1, "--" },
		{ { .csms = 0, .accounts = { 0, 0 } }, 2, "--" },
	};
	char text[CAPACITY_RATIO_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(
			capacity_ratio_text(&rows[i].past, rows[i].tier, text),
			rows[i].text);
}

static void whole_percents(void **state)
{
	static const struct {
		double share, percent;
	} rows[] = { { 0, 0 }, { 0.725, 73 }, { 0.825, 83 }, { 1.125, 113 },
		{ 9.0 / 20 + 30.0 / 80, 83 }, { 0.8249, 82 }, { 0.995, 100 },
		{ 1, 1e2 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (fabs(capacity_percent(rows[i].share) - rows[i].percent) > 0)
			fail_msg(
				"%g: %g", rows[i].share, capacity_percent(rows[i].share));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts_per_csm),
		cmocka_unit_test(figures),
		cmocka_unit_test(says),
		cmocka_unit_test(says_of_books),
		cmocka_unit_test(states),
		cmocka_unit_test(says_of_long_names),
		cmocka_unit_test(says_of_hours),
		cmocka_unit_test(whole_percents),
		cmocka_unit_test(creep),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
