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
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/book_import.h"
#include "db/db_internal.h"
#include "tests/crash/kinds.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { WRITERS = 16, ACCOUNTS = 64, EDITS_SHORT = 60, EDITS_MAX = 500 };

enum sabotage {
	SOUND,
	DEFERRED, /* who begins to write holds no lock yet */
	BLIND,    /* what others wrote since it was read does not matter */
};

/* What a writer was told, in memory that all share. */
struct writer {
	uint32_t counted[ACCOUNTS]; /* by account id: acknowledged steps of its count */
	uint32_t notes, snoozes, operations;
	uint32_t stale; /* somebody was faster: read again */
	uint32_t over;  /* the recalculation had resolved the alert */
	uint32_t failures;
	uint32_t waits;             /* how many of them follow */
	int32_t wait_us[EDITS_MAX]; /* of each edit: the longest for an answer */
	char failure[200];          /* the first */
};
struct shared {
	struct writer writer[WRITERS];
	volatile int over; /* the writers are done */
	uint32_t imports, recalcs, beside_failures;
	char beside[200];
};

struct trial {
	int writers, edits;
	enum sabotage sabotage;
	bool wait_for_disk;
};

static char folder[64], path[96];
static struct shared *shared;

static int begin(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/tierdesk-writers.XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof(path), "%s/book", folder);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return shared == MAP_FAILED;
}

static int end(void **state)
{
	char command[128];

	(void)state;
	munmap(shared, sizeof(*shared));
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

/* ---- one of the programs -------------------------------------------------------- */

/* As BEGIN without IMMEDIATE would be. */
static enum status begin_deferred(struct store *s, struct err *e)
{
	enum status st = db_ops.begin(s, e);

	if (st == ST_OK)
		st = stmt_exec(db_of(s), "COMMIT", e);
	return st == ST_OK ? stmt_exec(db_of(s), "BEGIN", e) : st;
}

static struct book *open_book_as(const struct trial *t, const char *who)
{
	static struct store_ops deferred;
	struct store *s;

	MUST(db_open(path, NULL, &s, &e));
	if (!t->wait_for_disk)
		MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	deferred = db_ops;
	deferred.begin = begin_deferred;
	if (t->sabotage == DEFERRED)
		s->ops = &deferred;
	return rules_book(s, KINDS_DAY, who);
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- a writer ------------------------------------------------------------------- */

/* That somebody was faster is an answer too. */
static void answered(struct writer *w, int64_t asked_us)
{
	const int32_t us = (int32_t)(now_us() - asked_us);

	if (us > w->wait_us[w->waits])
		w->wait_us[w->waits] = us;
}

/* One more of what is there. Who finds that somebody was faster looks again. */
static enum status count_up(const struct trial *t, struct book *b, uint32_t account,
	struct writer *w, struct err *e)
{
	struct cell seen[RECORD_FIELDS_MAX], cells[RECORD_FIELDS_MAX] = { 0 };
	const struct change c = { .kind = REC_ACCOUNT,
		.row = account,
		.fields = 1u << F_SEATS_PURCHASED,
		.cells = cells,
		.seen = t->sabotage == BLIND ? NULL : seen };
	struct arena a;
	enum status st;
	bool there;

	arena_init(&a);
	for (;;) {
		const struct cell *count = &seen[F_SEATS_PURCHASED];
		const int64_t asked = now_us();

		st = book_store(b)->ops->row_read(
			book_store(b), REC_ACCOUNT, account, &a, seen, &there, e);
		if (st != ST_OK)
			break;
		cells[F_SEATS_PURCHASED] =
			CELL_OF_NUMBER((count->type == CELL_NUMBER ? count->n : 0) + 1);
		st = book_change(b, &c, 1, "edit seats", NULL, e);
		answered(w, asked);
		if (st != ST_STALE)
			break;
		w->stale++;
	}
	arena_clear(&a);
	w->counted[account] += st == ST_OK;
	return st;
}

static enum status write_down(struct book *b, uint32_t account, int writer, int edit,
	struct writer *w, struct err *e)
{
	char text[64];
	struct cell cells[NOTE_FIELDS] = { [F_NOTE_ACCOUNT] = CELL_OF_INT(account),
		[F_NOTE_DATE] = CELL_OF_INT(book_as_of(b)) };
	const struct change c = { .kind = REC_NOTE,
		.fields = 1u << F_NOTE_ACCOUNT | 1u << F_NOTE_DATE | 1u << F_NOTE_TEXT,
		.cells = cells };
	const int64_t asked = now_us();
	enum status st;

	snprintf(text, sizeof(text), "writer %d, edit %d", writer, edit);
	cells[F_NOTE_TEXT] = CELL_OF_TEXT(text_of(text));
	st = book_change(b, &c, 1, "write a note", NULL, e);
	answered(w, asked);
	w->notes += st == ST_OK;
	return st;
}

static enum status put_off(struct book *b, int64_t alert, int writer, int edit,
	struct writer *w, struct err *e)
{
	const int64_t asked = now_us();
	char why[64];
	enum status st;

	snprintf(why, sizeof(why), "writer %d, edit %d", writer, edit);
	st = book_snooze(b, &alert, 1, book_as_of(b) + 1 + edit % 300, why, e);
	answered(w, asked);
	w->snoozes += st == ST_OK;
	return st;
}

/* Half of the edits are of what everybody edits. */
static void write_edits(const struct trial *t, int number)
{
	struct writer *w = &shared->writer[number];
	char who[32];
	struct book *b;
	struct kinds_run alerts = { .n = 0 };

	snprintf(who, sizeof(who), "writer %d", number);
	b = open_book_as(t, who);
	alerts.book = b;
	kinds_find(&alerts, "SELECT id FROM alert WHERE state = 'open' ORDER BY id");
	for (int i = 0; i < t->edits; i++) {
		const bool everybodys = i / 3 % 2;
		const uint32_t account = everybodys ? 1 : 2 + (uint32_t)number;
		const int64_t alert =
			alerts.id[everybodys ? 0 : 1 + (uint32_t)number % (alerts.n - 1)];
		struct err e = { .text = "" };
		const enum status st = i % 3 == 0 ? count_up(t, b, account, w, &e)
				       : i % 3 == 1
					       ? write_down(b, account, number, i, w, &e)
					       : put_off(b, alert, number, i, w, &e);

		w->waits++;
		w->operations += st == ST_OK;
		w->over += st == ST_NOTFOUND && i % 3 == 2;
		if (st != ST_OK && !(st == ST_NOTFOUND && i % 3 == 2) &&
			w->failures++ == 0)
			snprintf(w->failure, sizeof(w->failure), "%.150s", e.text);
	}
	book_free(&b);
}

/* ---- beside them ---------------------------------------------------------------- */

static void keep(struct err *e, enum status st, uint32_t *done)
{
	if (st == ST_OK)
		++*done;
	else if (shared->beside_failures++ == 0)
		snprintf(shared->beside, sizeof(shared->beside), "%.150s", e->text);
}

/* New accounts, and another region for those that are edited. */
static void import_on(const struct trial *t)
{
	struct book *b = open_book_as(t, "importer");

	for (int round = 0; !shared->over; round++) {
		char csv[8192], codes[FX_MAX + 1][4];
		size_t n = (size_t)snprintf(csv, sizeof(csv), "account_id,region\n");
		struct import_request q = { .kind = REC_ACCOUNT,
			.name = "f.csv",
			.bytes = csv,
			.as_of = book_as_of(b) };
		struct import_result result;
		struct err e = { .text = "" };

		for (int i = 0; i < 100; i++)
			n += (size_t)snprintf(csv + n, sizeof(csv) - n, "IMP-%d,R%d\n",
				round % 20 * 100 + i, round);
		q.size = n;
		import_under(&q, book_policy(b), codes);
		keep(&e, book_import(b, &q, &result, &e), &shared->imports);
		import_result_clear(&result);
		usleep(20000);
	}
	book_free(&b);
}

static void recalc_on(const struct trial *t)
{
	struct book *b = open_book_as(t, "night");

	while (!shared->over) {
		struct recalc_result done;
		struct err e = { .text = "" };

		keep(&e, book_recalc(b, &done, &e), &shared->recalcs);
		usleep(20000);
	}
	book_free(&b);
}

static pid_t start(
	const struct trial *t, int writer, void (*beside)(const struct trial *))
{
	pid_t child;

	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child > 0)
		return child;
	if (beside)
		beside(t);
	else
		write_edits(t, writer);
	_exit(0);
}

static void await(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* ---- all of them ---------------------------------------------------------------- */

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
static uint32_t missing_steps(struct book *b, int writers, const int64_t before[ACCOUNTS])
{
	uint32_t lost = 0;

	for (int account = 1; account < ACCOUNTS; account++) {
		int64_t want = before[account], is;
		char id[16];

		for (int i = 0; i < writers; i++)
			want += shared->writer[i].counted[account];
		snprintf(id, sizeof(id), "%d", account);
		is = ask(b,
			"SELECT coalesce(max(CAST(seats_purchased AS INTEGER)), 0)"
			" FROM account WHERE id = CAST(?1 AS INTEGER)",
			id);
		lost += (uint32_t)llabs(want - is);
	}
	return lost;
}

static struct outcome judge(const struct trial *t, const int64_t before[ACCOUNTS])
{
	struct book *b = open_book_as(t, "judge");
	struct outcome o = { .lost = missing_steps(b, t->writers, before) };
	uint32_t notes = 0;

	for (int i = 0; i < t->writers; i++) {
		const struct writer *w = &shared->writer[i];
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
	o.failures += shared->beside_failures;
	if (shared->beside_failures)
		printf("  %s\n", shared->beside);
	book_free(&b);
	return o;
}

static int by_size(const void *a, const void *b)
{
	const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* In milliseconds. */
static void print_waits(const struct trial *t)
{
	static const int permille[] = { 500, 950, 990, 999, 1000 };
	static int32_t us[WRITERS * EDITS_MAX];
	uint32_t n = 0;

	for (int i = 0; i < t->writers; i++)
		for (uint32_t k = 0; k < shared->writer[i].waits; k++)
			us[n++] = shared->writer[i].wait_us[k];
	qsort(us, n, sizeof(us[0]), by_size);
	for (size_t i = 0; i < sizeof(permille) / sizeof(permille[0]); i++)
		printf(" %7.1f",
			us[(uint64_t)(n - 1) * (uint32_t)permille[i] / 1000] / 1e3);
}

static struct outcome all_write(const struct trial *t)
{
	int64_t before[ACCOUNTS] = { 0 };
	pid_t writer[WRITERS], importer, night;
	struct book *b;
	struct outcome o;

	memset(shared, 0, sizeof(*shared));
	remove(path);
	kinds_make(path);
	b = open_book_as(t, "judge");
	for (int i = 1; i < ACCOUNTS; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%d", i);
		before[i] = ask(b,
			"SELECT coalesce(max(CAST(seats_purchased AS INTEGER)), 0)"
			" FROM account WHERE id = CAST(?1 AS INTEGER)",
			id);
	}
	book_free(&b);
	importer = start(t, 0, import_on);
	night = start(t, 0, recalc_on);
	for (int i = 0; i < t->writers; i++)
		writer[i] = start(t, i, NULL);
	for (int i = 0; i < t->writers; i++)
		await(writer[i]);
	shared->over = 1;
	await(importer);
	await(night);
	o = judge(t, before);
	printf("%7d %7u %5u %8u %6u", t->writers, o.edits, o.lost, o.failures, o.stale);
	print_waits(t);
	printf(" %7u %7u\n", shared->imports, shared->recalcs);
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
	struct trial t = { .edits = edits ? atoi(edits) : EDITS_SHORT,
		.wait_for_disk = edits != NULL };
	const int first = only ? atoi(only) : edits ? 2 : 8;
	const int last = only ? first : edits ? WRITERS : 8;

	(void)state;
	print_head();
	assert_true(t.edits > 0 && t.edits <= EDITS_MAX && first > 0 && last <= WRITERS);
	for (t.writers = first; t.writers <= last; t.writers *= 2) {
		const struct outcome o = all_write(&t);

		assert_int_equal(o.edits + o.over, t.writers * t.edits);
		assert_int_equal(o.lost, 0);
		assert_int_equal(o.failures, 0);
		assert_int_equal(o.findings, 0);
		assert_true(shared->imports > 0 && shared->recalcs > 0);
	}
}

/* ---- what it is for would be seen ----------------------------------------------- */

/* By chance nobody may meet anybody; not so often. */
enum { ROUNDS = 20 };

static void sees_a_lock_taken_too_late(void **state)
{
	const struct trial t = { .writers = 8, .edits = 60, .sabotage = DEFERRED };
	uint32_t failures = 0;

	(void)state;
	print_head();
	for (int i = 0; i < ROUNDS && !failures; i++)
		failures = all_write(&t).failures;
	assert_true(failures > 0);
}

static void sees_blind_writing(void **state)
{
	const struct trial t = { .writers = 8, .edits = 60, .sabotage = BLIND };
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

	return cmocka_run_group_tests(tests, begin, end);
}
