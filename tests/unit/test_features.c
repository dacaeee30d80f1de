/* Features of the first days against staying: counted by hand. */
#include "core/book_features.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define OPENING "2025-12-31"
#define DAY "2026-12-31"
enum { TEXT_MAX = 1 << 16 };

static char accounts[TEXT_MAX], signals[TEXT_MAX];
static int made;

static void begin(void)
{
	*accounts = *signals = '\0';
	made = 0;
}

__attribute__((format(printf, 2, 3))) static void add(
	char out[TEXT_MAX], const char *format, ...)
{
	const size_t n = strlen(out);
	va_list ap;

	va_start(ap, format);
	vsnprintf(out + n, TEXT_MAX - n, format, ap);
	va_end(ap);
	assert_true(strlen(out) + 1 < TEXT_MAX);
}

static void use(int account, const char *day, const char *feature, int value)
{
	add(signals, "account_id=%d|date=%s|signal=feature:%s|value=%d\n", account, day,
		feature, value);
}

/* n of them, which began on a day and left in the year of the test, or did not; they used
 * these features ("a b") on a day (NULL: none). Returns the first. */
static int customers(
	int n, const char *start, bool left, const char *features, const char *day)
{
	const int first = made + 1;
	char name[16];

	for (int k = 0; k < n; k++) {
		add(accounts, "account_id=%d|arr=100|contract_start=%s%s\n", ++made,
			start, left ? "|churned_on=2026-06-01" : "");
		for (const char *f = features; f && *f; f += *f == ' ') {
			int used = 0;

			assert_int_equal(sscanf(f, "%15s%n", name, &used), 1);
			use(made, day, name, 1);
			f += used;
		}
	}
	return first;
}

struct made {
	struct book *b;
	struct book_revenue *earning;
	struct book_features *features;
	const struct features *f;
};

static struct made count(int days)
{
	struct store *s = fake_store_new();
	struct made m;

	rows_put(s, REC_ACCOUNT, accounts);
	if (*signals)
		rows_put(s, REC_SIGNAL, signals);
	m.b = rules_book(s, DAY, "Lea");
	m.earning = rules_revenue(m.b, OPENING, DAY, REVENUE_BY_ALL);
	MUST(book_features_new(
		m.b, book_revenue_known(m.earning), days, &m.features, &e));
	assert_null(book_features_known(m.features));
	MUST(book_features_all(m.features, &e));
	m.f = book_features_known(m.features);
	return m;
}

static void forget(struct made *m)
{
	book_features_free(&m->features);
	book_revenue_free(&m->earning);
	book_free(&m->b);
}

static bool near(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) < 0.00005;
}

/* "a 19/20 11/20" of each, in their order. */
static void counts_of(const struct features *f, const char *expected)
{
	char said[1000] = "";
	size_t n = 0;

	for (int k = 0; k < f->n; k++) {
		const struct feature *x = &f->feature[k];

		n += (size_t)snprintf(said + n, sizeof(said) - n, "%.*s %u/%u %u/%u %d\n",
			(int)x->name.n, x->name.s, x->with_kept, x->with, x->without_kept,
			x->without, x->rank);
	}
	assert_string_equal(said, expected);
}

struct lines {
	char text[8][FEATURES_TEXT_MAX];
	int n;
};

static void take(void *arg, enum features_line kind, const char *text)
{
	struct lines *l = arg;

	if (kind != FEATURES_RULE && l->n < 8)
		snprintf(l->text[l->n++], FEATURES_TEXT_MAX, "%s", text);
}

/* 30 of 40 stay. a: 19 of 20 with it, 11 of 20 without; b the other way round; c as a, of
 * others; d by all but one. */
static void by_hand(void **state)
{
	struct made m;

	(void)state;
	begin();
	customers(10, "2025-03-01", false, "a c d", "2025-03-01");
	customers(9, "2025-03-01", false, "a b d", "2025-03-01");
	customers(1, "2025-03-01", true, "a c d", "2025-03-01");
	customers(9, "2025-03-01", false, "c d", "2025-03-01");
	customers(2, "2025-03-01", false, "b d", "2025-03-01");
	customers(8, "2025-03-01", true, "b d", "2025-03-01");
	customers(1, "2025-03-01", true, "b", "2025-03-01");
	m = count(7);
	assert_int_equal(m.f->state, FEATURES_KNOWN);
	assert_int_equal(m.f->kept, 30);
	assert_int_equal(m.f->left, 10);
	counts_of(m.f, "a 19/20 11/20 1\nc 19/20 11/20 2\nb 11/20 19/20 0\n"
		       "d 30/39 0/1 0\n");
	/* (19 * 9 - 1 * 11) / root(20 * 20 * 30 * 10) */
	assert_true(near(m.f->feature[0].phi, 160 / sqrt(120000)));
	assert_true(near(m.f->feature[2].phi, -160 / sqrt(120000)));
	assert_true(isnan(m.f->feature[3].phi));
	/* Wilson: 19 of 20 is 0.76387..0.99113, 11 of 20 0.34209..0.74180 */
	assert_true(near(m.f->feature[0].lift.difference, 0.4));
	assert_true(near(m.f->feature[0].lift.range.low,
		0.4 - hypot(0.95 - 0.763869, 0.741802 - 0.55)));
	assert_true(near(m.f->feature[0].lift.range.high,
		0.4 + hypot(0.991119 - 0.95, 0.55 - 0.342085)));
	assert_int_equal(m.f->tops, 2);
	assert_int_equal(m.f->compared, 3);
	forget(&m);
}

/* Of equal correlation the one that more have goes before, then the name; no more than
 * three are the best. */
static void ties(void **state)
{
	struct made m;

	(void)state;
	begin();
	customers(15, "2025-03-01", false, "d c b a", "2025-03-01");
	customers(15, "2025-03-01", false, "e", "2025-03-01");
	customers(10, "2025-03-01", true, "e", "2025-03-01");
	m = count(7);
	counts_of(m.f, "a 15/15 15/25 1\nb 15/15 15/25 2\nc 15/15 15/25 3\n"
		       "d 15/15 15/25 0\ne 15/25 15/15 0\n");
	forget(&m);
}

/* Only the first days count, and only what is known by the close. */
static void no_leak(void **state)
{
	static const struct {
		const char *what, *start, *day;
		int days;
		bool used;
	} cases[] = {
		{ "the first day", "2025-03-01", "2025-03-01", 7, true },
		{ "the last of them", "2025-03-01", "2025-03-07", 7, true },
		{ "the day after", "2025-03-01", "2025-03-08", 7, false },
		{ "of more days", "2025-03-01", "2025-03-08", 8, true },
		{ "of one day", "2025-03-01", "2025-03-02", 1, false },
		{ "before it began", "2025-03-01", "2025-02-28", 7, false },
		{ "in the period", "2025-03-01", "2026-03-01", 7, false },
		{ "after the close", "2025-03-01", "2027-01-01", 7, false },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(cases) / sizeof(*cases); k++) {
		struct made m;
		int first;

		begin();
		customers(12, "2025-02-01", false, "x", "2025-02-01");
		customers(12, "2025-02-01", true, NULL, NULL);
		first = customers(1, cases[k].start, false, "x", cases[k].day);
		use(first, "2025-03-03", "x", 0); /* is no use */
		m = count(cases[k].days);
		if (m.f->feature[0].with != 12u + cases[k].used)
			fail_msg("%s: %u", cases[k].what, m.f->feature[0].with);
		assert_int_equal(m.f->kept, 13);
		forget(&m);
	}
}

/* Who is compared: of the cohort, since features are on record, the first days over. */
static void cohort(void **state)
{
	struct made m;
	char said[FEATURES_LACK_MAX];

	(void)state;
	begin();
	customers(11, "2025-02-01", false, "x y", "2025-02-01");
	customers(11, "2025-02-01", true, "y", "2025-02-03");
	customers(2, "2025-01-31", false, NULL, NULL); /* the day before any */
	customers(3, "2025-12-25", true, "x",
		"2025-12-26"); /* the last day is the opening */
	customers(4, "2025-12-26", true, "x", "2025-12-26"); /* one is over too late */
	add(accounts, "account_id=%d|arr=100\n", ++made);    /* nobody knows */
	customers(5, "2026-02-01", false, "x", "2026-02-03");
	customers(1, "2026-02-01", true, NULL, NULL);
	customers(2, "2026-12-25", false, "y", "2026-12-25");
	customers(1, "2026-12-26", false, "y", "2026-12-26"); /* still in them */
	customers(1, "2026-12-31", false, "x", "2026-12-31");
	m = count(7);
	assert_int_equal(m.f->cohort, 11 + 11 + 2 + 3 + 4 + 1);
	assert_int_equal(m.f->unseen, 2);
	assert_int_equal(m.f->young, 4);
	assert_int_equal(m.f->undated, 1);
	assert_int_equal(m.f->kept, 11);
	assert_int_equal(m.f->left, 14);
	/* y began to be on record on the same day; with it no more is kept */
	counts_of(m.f, "x 11/14 0/11 1\ny 11/22 0/3 0\n");
	assert_int_equal(m.f->began, 8);
	assert_int_equal(m.f->at_once, 5);
	assert_int_equal(m.f->in_time, 5);
	assert_string_equal(features_lack_text(m.f, 32, said), "");
	assert_string_equal(features_lack_text(m.f, 38, said), "x");
	forget(&m);
}

/* A feature that came later is not held against those who could not use it. */
static void later_feature(void **state)
{
	struct made m;

	(void)state;
	begin();
	customers(12, "2025-01-01", true, "old", "2025-01-01");
	customers(15, "2025-06-01", false, "new", "2025-06-01");
	customers(12, "2025-06-01", false, NULL, NULL);
	m = count(7);
	counts_of(m.f, "old 0/12 27/27 0\nnew 15/15 12/12 0\n");
	forget(&m);
}

/* The first session is the first day of any feature, also of one that is none of the
 * best. */
static void sessions(void **state)
{
	char said[FEATURES_LACK_MAX];
	struct made m;
	int first;

	(void)state;
	begin();
	customers(12, "2025-02-01", false, "x y z", "2025-02-01");
	customers(12, "2025-02-01", true, "other", "2025-02-01");
	first = customers(5, "2026-02-01", false, NULL, NULL);
	for (int k = 0; k < 3; k++) {
		static const char *const best[] = { "x", "y", "z" };

		use(first, "2026-02-03", best[k], 2);     /* in one day, the third */
		use(first + 1, "2026-02-03", best[k], 2); /* the day after the first */
		use(first + 2, k ? "2026-02-01" : "2026-02-07", best[k], 2);
		use(first + 3, k ? "2026-02-01" : "2026-02-08", best[k], 2);
	}
	use(first + 1, "2026-02-02", "other", 1);
	use(first, "2026-02-04", "other", 1);
	m = count(7);
	assert_int_equal(m.f->tops, 3);
	assert_int_equal(m.f->began, 5);
	assert_int_equal(m.f->at_once, 1);
	assert_int_equal(m.f->in_time, 3);
	assert_string_equal(features_lack_text(m.f, (uint32_t)first + 2, said), "x");
	assert_string_equal(features_lack_text(m.f, (uint32_t)first + 3, said), "all 3");
	forget(&m);
}

static void refused(void **state)
{
	static const struct {
		int with, without, left_with, left_without;
		enum features_state expected;
		const char *says;
	} cases[] = {
		{ 0, 20, 0, 10, FEATURES_NONE, "no signal named feature:NAME" },
		{ 12, 8, 0, 9, FEATURES_TOO_FEW,
			"of the 29 that can be compared 9 left and "
			"20 stayed" },
		{ 5, 4, 5, 5, FEATURES_TOO_FEW,
			"of the 19 that can be compared 10 left and "
			"9 stayed" },
		{ 9, 11, 0, 10, FEATURES_TOO_FEW, "no feature was used by 10 accounts" },
		{ 11, 0, 1, 9, FEATURES_TOO_FEW, "no feature was used by 10 accounts" },
		{ 10, 0, 0, 10, FEATURES_KNOWN, "x goes most with staying" },
		{ 0, 10, 10, 0, FEATURES_KNOWN, "None of the 1 features" },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(cases) / sizeof(*cases); k++) {
		struct lines l = { .n = 0 };
		struct made m;

		begin();
		customers(cases[k].with, "2025-03-01", false, "x", "2025-03-02");
		customers(cases[k].without, "2025-03-02", false, NULL, NULL);
		customers(cases[k].left_with, "2025-03-01", true, "x", "2025-03-02");
		customers(cases[k].left_without, "2025-03-02", true, NULL, NULL);
		/* so that it is on record by then */
		if (cases[k].expected != FEATURES_NONE)
			use(1, "2025-02-28", "x", 0);
		m = count(7);
		assert_int_equal(m.f->state, cases[k].expected);
		features_say(m.f, take, &l);
		if (!l.n || !strstr(l.text[0], cases[k].says))
			fail_msg("case %zu: %s", k, l.text[0]);
		forget(&m);
	}
}

/* Those that are named alike in other letters, or not at all, are no features. */
static void names(void **state)
{
	struct made m;

	(void)state;
	begin();
	add(accounts, "account_id=1|arr=100|contract_start=2025-01-01\n");
	add(signals, "account_id=1|date=2025-01-01|signal=Feature: b|value=1\n"
		     "account_id=1|date=2025-01-01|signal=feature:|value=1\n"
		     "account_id=1|date=2025-01-01|signal=feature:a:2|value=1\n"
		     "account_id=1|date=2025-01-01|signal=features|value=1\n");
	m = count(7);
	counts_of(m.f, "a:2 1/1 0/0 0\nb 1/1 0/0 0\n");
	forget(&m);
}

/* More than there is room for: the first by name stay, whatever came first. */
static void many(void **state)
{
	struct made m;

	(void)state;
	begin();
	add(accounts, "account_id=1|arr=100|contract_start=2025-01-01\n");
	for (int k = 69; k >= 0; k--) {
		char name[16];

		snprintf(name, sizeof(name), "f%02d", k * 3 % 70);
		use(1, "2025-01-01", name, 1);
	}
	m = count(7);
	assert_int_equal(m.f->n, FEATURES_MAX);
	assert_int_equal(m.f->more, 6);
	for (int k = 0; k < FEATURES_MAX; k++) {
		char name[16];

		snprintf(name, sizeof(name), "f%02d", k);
		assert_true(text_eq(m.f->feature[k].name, text_of(name)));
		assert_int_equal(m.f->feature[k].with, 1);
	}
	forget(&m);
}

static void wrong_days(void **state)
{
	static const int days[] = { 0, -1, FEATURES_DAYS_MAX + 1 };
	struct made m;

	(void)state;
	begin();
	customers(1, "2025-01-01", false, NULL, NULL);
	m = count(FEATURES_DAYS_MAX);
	for (size_t k = 0; k < sizeof(days) / sizeof(*days); k++) {
		struct err e = { .status = ST_OK };
		struct book_features *x;

		assert_int_equal(book_features_new(m.b, book_revenue_known(m.earning),
					 days[k], &x, &e),
			ST_USAGE);
		assert_null(x);
	}
	forget(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(ties),
		cmocka_unit_test(no_leak),
		cmocka_unit_test(cohort),
		cmocka_unit_test(later_feature),
		cmocka_unit_test(sessions),
		cmocka_unit_test(refused),
		cmocka_unit_test(names),
		cmocka_unit_test(many),
		cmocka_unit_test(wrong_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
