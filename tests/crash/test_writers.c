/*
 * Many programs change one book at once, while another imports and another recalculates:
 * what was acknowledged is there in the end and in the history, nothing else, and nobody
 * is turned away. The short form lets 8 make some edits each; `make crash-long` 2, 4, 8
 * and 16 of them 500, on a disk that is waited for, and tells how long they waited.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/db_internal.h"
#include "tests/crash/writing.h"
#include "tests/support/rows_text.h"

enum { EDITS_SHORT = 60 };

/* ---- what is there in the end --------------------------------------------------- */

static int64_t ask(struct book *b, const char *sql, const char *text)
{
	struct stmt *s;
	int64_t value;
	bool row;

	MUST(stmt_open(db_of(book_store(b)), sql, &s, &e));
	if (text)
		stmt_bind_text(s, 1, text_of(text));
	MUST(stmt_step(s, &row, &e));
	assert_true(row);
	value = stmt_int(s, 0);
	stmt_close(s);
	return value;
}

static void take_finding(void *arg, const char *text)
{
	++*(int *)arg;
	printf("  %s\n", text);
}

struct outcome {
	uint32_t edits, lost, failures, stale, over;
	int findings;
};

/* Acknowledged steps that its count lacks, or has too many. */
static uint32_t missing_steps(
	struct book *b, int writers, const int64_t before[WRITING_ACCOUNTS])
{
	uint32_t lost = 0;

	for (int account = 1; account < WRITING_ACCOUNTS; account++) {
		int64_t want = before[account], is;
		char id[16];

		for (int i = 0; i < writers; i++)
			want += writing_shared->writer[i].counted[account];
		snprintf(id, sizeof(id), "%d", account);
		is = ask(b,
			"SELECT coalesce(max(CAST(seats_purchased AS INTEGER)), 0)"
			" FROM account WHERE id = CAST(?1 AS INTEGER)",
			id);
		lost += (uint32_t)llabs(want - is);
	}
	return lost;
}

static struct outcome judge(
	const struct writing_trial *t, const int64_t before[WRITING_ACCOUNTS])
{
	struct book *b = writing_book(t, "judge");
	struct outcome o = { .lost = missing_steps(b, t->writers, before) };
	uint32_t notes = 0;

	for (int i = 0; i < t->writers; i++) {
		const struct writing_writer *w = &writing_shared->writer[i];
		char who[32];

		snprintf(who, sizeof(who), "writer %d", i);
		o.edits += w->operations;
		o.failures += w->failures;
		o.stale += w->stale;
		o.over += w->over;
		notes += w->notes;
		o.lost += (uint32_t)llabs(
			ask(b, "SELECT count(*) FROM operation WHERE actor = ?1", who) -
			w->operations);
		if (w->failures)
			printf("  %s\n", w->failure);
	}
	o.lost += (uint32_t)llabs(ask(b,
					  "SELECT count(DISTINCT text) FROM note"
					  " WHERE text LIKE 'writer %, edit %'",
					  NULL) -
				  notes);
	/* what an alert says is what the last of its entries says */
	o.lost += (uint32_t)ask(b,
		"SELECT count(*) FROM alert AS a WHERE reason LIKE 'writer %' AND"
		" reason <> (SELECT reason FROM operation WHERE id = (SELECT "
		"max(operation)"
		" FROM operation_change WHERE kind = 'alert' AND row = a.id"
		" AND operation IN (SELECT id FROM operation WHERE actor LIKE 'writer "
		"%')))",
		NULL);
	MUST(book_store(b)->ops->verify(book_store(b), take_finding, &o.findings, &e));
	o.failures += writing_shared->beside_failures;
	if (writing_shared->beside_failures)
		printf("  %s\n", writing_shared->beside);
	book_free(&b);
	return o;
}

static int by_size(const void *a, const void *b)
{
	const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* In milliseconds. */
static void print_waits(const struct writing_trial *t)
{
	static const int permille[] = { 500, 950, 990, 999, 1000 };
	static int32_t us[WRITING_MAX * WRITING_EDITS_MAX];
	uint32_t n = 0;

	for (int i = 0; i < t->writers; i++)
		for (uint32_t k = 0; k < writing_shared->writer[i].waits; k++)
			us[n++] = writing_shared->writer[i].wait_us[k];
	qsort(us, n, sizeof(us[0]), by_size);
	for (size_t i = 0; i < sizeof(permille) / sizeof(permille[0]); i++)
		printf(" %7.1f",
			us[(uint64_t)(n - 1) * (uint32_t)permille[i] / 1000] / 1e3);
}

static struct outcome all_write(const struct writing_trial *t)
{
	int64_t before[WRITING_ACCOUNTS] = { 0 };
	struct book *b;
	struct outcome o;

	writing_make();
	b = writing_book(t, "judge");
	for (int i = 1; i < WRITING_ACCOUNTS; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%d", i);
		before[i] = ask(b,
			"SELECT coalesce(max(CAST(seats_purchased AS INTEGER)), 0)"
			" FROM account WHERE id = CAST(?1 AS INTEGER)",
			id);
	}
	book_free(&b);
	writing_run(t);
	o = judge(t, before);
	printf("%7d %7u %5u %8u %6u", t->writers, o.edits, o.lost, o.failures, o.stale);
	print_waits(t);
	printf(" %7u %7u\n", writing_shared->imports, writing_shared->recalcs);
	fflush(stdout);
	return o;
}

static void print_head(void)
{
	printf("%7s %7s %5s %8s %6s %8s %7s %7s %7s %8s %7s %7s\n", "writers", "edits",
		"lost", "failures", "stale", "wait p50", "p95", "p99", "p99.9",
		"worst ms", "imports", "recalcs");
}

static void nothing_is_lost(void **state)
{
	const char *edits = getenv("TIERDESK_EDITS"), *only = getenv("TIERDESK_WRITERS");
	struct writing_trial t = { .edits = edits ? atoi(edits) : EDITS_SHORT,
		.wait_for_disk = edits != NULL };
	const int first = only ? atoi(only) : edits ? 2 : 8;
	const int last = only ? first : edits ? WRITING_MAX : 8;

	(void)state;
	print_head();
	assert_true(t.edits > 0 && t.edits <= WRITING_EDITS_MAX && first > 0 &&
		    last <= WRITING_MAX);
	for (t.writers = first; t.writers <= last; t.writers *= 2) {
		const struct outcome o = all_write(&t);

		assert_int_equal(o.edits + o.over, t.writers * t.edits);
		assert_int_equal(o.lost, 0);
		assert_int_equal(o.failures, 0);
		assert_int_equal(o.findings, 0);
		assert_true(writing_shared->imports > 0 && writing_shared->recalcs > 0);
	}
}

/* ---- what it is for would be seen ----------------------------------------------- */

/* By chance nobody may meet anybody; not so often. */
enum { ROUNDS = 20 };

static void sees_a_lock_taken_too_late(void **state)
{
	const struct writing_trial t = {
		.writers = 8, .edits = 60, .sabotage = WRITING_DEFERRED
	};
	uint32_t failures = 0;

	(void)state;
	print_head();
	for (int i = 0; i < ROUNDS && !failures; i++)
		failures = all_write(&t).failures;
	assert_true(failures > 0);
}

static void sees_blind_writing(void **state)
{
	const struct writing_trial t = {
		.writers = 8, .edits = 60, .sabotage = WRITING_BLIND
	};
	uint32_t lost = 0;

	(void)state;
	print_head();
	for (int i = 0; i < ROUNDS && !lost; i++)
		lost = all_write(&t).lost;
	assert_true(lost > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost),
		cmocka_unit_test(sees_a_lock_taken_too_late),
		cmocka_unit_test(sees_blind_writing),
	};

	return cmocka_run_group_tests(tests, writing_begin, writing_end);
}
