/* The audit of revenue that holds while health does not, at its edges. */
#include "core/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/health.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { N = 4 };
#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"
#define QUARTER "2025-12-31"
#define YEAR "2025-03-31"
#define NONE HEALTH_NONE
#define UNKNOWN HEALTH_UNKNOWN

struct heard {
	char list[64], text[AUDIT_TEXT_MAX];
};

static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	struct heard *h = arg;
	size_t n = 0;

	(void)e;
	if (strcmp(f->check->name, "health-diverges") != 0)
		return ST_OK;
	assert_string_equal(h->list, ""); /* told once */
	assert_true(strlen(f->text) < sizeof(f->text) - 1);
	n = (size_t)snprintf(h->list, sizeof(h->list), "%u:", f->count);
	for (uint32_t i = 0; i < f->count; i++)
		n += (size_t)snprintf(
			h->list + n, sizeof(h->list) - n, " %u", f->account[i]);
	snprintf(h->text, sizeof(h->text), "%s", f->text);
	return ST_OK;
}

/* Four accounts of 100 each; D came in March. */
static struct book *book_with(const char *movements)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_ACCOUNT,
		"account_id=A|arr=10000\naccount_id=B|arr=10000\naccount_id=C|arr=10000\n"
		"account_id=D|arr=10000|contract_start=2026-03-02");
	if (*movements)
		rows_put(s, REC_MOVEMENT, movements);
	return rules_book(s, DAY, "");
}

static struct heard heard_of(struct book *b)
{
	struct heard h = { "", "" };

	MUST(audit_run(b, hear, &h, &e));
	return h;
}

static void edges(void **state)
{
	static const struct {
		uint8_t year[N], quarter[N], now[N];
		const char *list; /* "": nothing is told */
	} rows[] = {
		/* of a year: exactly as much as is told, and a little less */
		{ { 80, 80, 80, NONE }, { 0 }, { 75, 75, 75, 20 }, "3: 1 2 3" },
		{ { 80, 80, 80, NONE }, { 0 }, { 75, 75, 76, 20 }, "" },
		/* the deepest fall first, and who fell by less is not meant */
		{ { 80, 80, 80, NONE }, { 0 }, { 76, 70, 60, 90 }, "2: 3 2" },
		{ { 90, 80, 70, NONE }, { 0 }, { 70, 80, 70, 90 }, "1: 1" },
		/* who is not known, or was no customer, is no fall */
		{ { 80, UNKNOWN, NONE, NONE }, { 0 }, { 74, 20, 20, 20 }, "1: 1" },
		{ { 80, 80, 80, NONE }, { 0 }, { 76, 76, UNKNOWN, 20 }, "" },
		/* D was healthy before it paid: it is not of the cohort */
		{ { 80, 80, 80, 99 }, { 0 }, { 77, 77, 77, 9 }, "" },
		{ { 80, 80, 80, 99 }, { 0 }, { 74, 74, 74, 99 }, "3: 1 2 3" },
		{ { 80, 80, 80, 99 }, { 0 }, { 74, 74, 74, 20 }, "3: 1 2 3" },
		/* of the quarter, where the year does not */
		{ { 70, 70, 70, NONE }, { 80, 80, 80, NONE }, { 70, 70, 70, 70 },
			"3: 1 2 3" },
		{ { 0 }, { 80, 80, 80, NONE }, { 75, 75, 75, 70 }, "3: 1 2 3" },
		{ { 0 }, { 80, 80, 80, NONE }, { 76, 75, 75, 70 }, "" },
		/* nothing is known of then */
		{ { 0 }, { 0 }, { 10, 10, 10, 10 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = book_with("");
		struct heard h;

		if (rows[i].year[0])
			rules_healths(book_store(b), YEAR, rows[i].year, N);
		if (rows[i].quarter[0])
			rules_healths(book_store(b), QUARTER, rows[i].quarter, N);
		rules_healths(book_store(b), DAY, rows[i].now, N);
		h = heard_of(b);
		if (strcmp(h.list, rows[i].list) != 0)
			fail_msg("row %zu: \"%s\", not \"%s\": %s", i, h.list,
				rows[i].list, h.text);
		book_free(&b);
	}
}

/* Figures of the opening, or of a month before, but no older ones. */
static void old_figures(void **state)
{
	static const uint8_t was[N] = { 80, 80, 80, NONE }, is[N] = { 70, 70, 70, 70 };
	static const struct {
		const char *day, *list;
	} rows[] = { { YEAR, "3: 1 2 3" }, { "2025-02-28", "3: 1 2 3" },
		{ "2025-02-27", "" }, { "2025-04-01", "" }, { "2025-11-30", "3: 1 2 3" },
		{ "2025-11-29", "" }, { "2026-01-01", "" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = book_with("");

		rules_healths(book_store(b), rows[i].day, was, N);
		rules_healths(book_store(b), DAY, is, N);
		if (strcmp(heard_of(b).list, rows[i].list) != 0)
			fail_msg("%s: not \"%s\"", rows[i].day, rows[i].list);
		book_free(&b);
	}
}

static void what_it_says(void **state)
{
	static const uint8_t was[N] = { 80, 80, 80, NONE }, is[N] = { 70, 75, 78, 20 };
	struct book *b = book_with("");
	int32_t version;

	(void)state;
	rules_healths(book_store(b), YEAR, was, N);
	rules_healths(book_store(b), DAY, is, N);
	assert_string_equal(heard_of(b).text,
		"revenue holds since 2025-03-31 (GRR 100.0 %, NRR 100.0 %), health does "
		"not: in the mean of 3 accounts that stayed it went from 80.0 to 74.3");
	/* The policy says how much is told. */
	MUST(book_policy_apply(b, "[revenue]\ndiverges = 6\n", "p", "", &version, &e));
	assert_string_equal(heard_of(b).list, "");
	book_free(&b);
}

/* Where revenue is red that is what is to be looked at. */
static void revenue_that_does_not_hold(void **state)
{
	static const uint8_t was[N] = { 80, 80, 80, NONE }, is[N] = { 60, 60, 60, 60 };
	struct book *b = book_with(
		"account_id=A|date=2025-06-01|kind=contraction|arr_delta=-90000");

	(void)state;
	rules_healths(book_store(b), YEAR, was, N);
	rules_healths(book_store(b), DAY, is, N);
	assert_string_equal(heard_of(b).list, "");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(old_figures),
		cmocka_unit_test(what_it_says),
		cmocka_unit_test(revenue_that_does_not_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
