#include "tests/crash/writing.h"

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

struct writing_shared *writing_shared;
static char folder[64], path[96];

int writing_begin(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/tierdesk-writers.XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof(path), "%s/book", folder);
	writing_shared = mmap(NULL, sizeof(*writing_shared), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return writing_shared == MAP_FAILED;
}

int writing_end(void **state)
{
	char command[128];

	(void)state;
	munmap(writing_shared, sizeof(*writing_shared));
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

void writing_make(void)
{
	memset(writing_shared, 0, sizeof(*writing_shared));
	remove(path);
	kinds_make(path);
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

struct book *writing_book(const struct writing_trial *t, const char *who)
{
	static struct store_ops deferred;
	struct store *s;

	MUST(db_open(path, NULL, &s, &e));
	if (!t->wait_for_disk)
		MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	deferred = db_ops;
	deferred.begin = begin_deferred;
	if (t->sabotage == WRITING_DEFERRED)
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
static void answered(struct writing_writer *w, int64_t asked_us)
{
	const int32_t us = (int32_t)(now_us() - asked_us);

	if (us > w->wait_us[w->waits])
		w->wait_us[w->waits] = us;
}

/* One more of what is there. Who finds that somebody was faster looks again. */
static enum status count_up(const struct writing_trial *t, struct book *b,
	uint32_t account, struct writing_writer *w, struct err *e)
{
	struct cell seen[RECORD_FIELDS_MAX], cells[RECORD_FIELDS_MAX] = { 0 };
	const struct change c = { .kind = REC_ACCOUNT,
		.row = account,
		.fields = 1u << F_SEATS_PURCHASED,
		.cells = cells,
		.seen = t->sabotage == WRITING_BLIND ? NULL : seen };
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
	struct writing_writer *w, struct err *e)
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
	struct writing_writer *w, struct err *e)
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
static void write_edits(const struct writing_trial *t, int number)
{
	struct writing_writer *w = &writing_shared->writer[number];
	char who[32];
	struct book *b;
	struct kinds_run alerts = { .n = 0 };

	snprintf(who, sizeof(who), "writer %d", number);
	b = writing_book(t, who);
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
	else if (writing_shared->beside_failures++ == 0)
		snprintf(writing_shared->beside, sizeof(writing_shared->beside), "%.150s",
			e->text);
}

/* New accounts, and another region for those that are edited. */
static void import_on(const struct writing_trial *t)
{
	struct book *b = writing_book(t, "importer");

	for (int round = 0; !writing_shared->over; round++) {
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
		keep(&e, book_import(b, &q, &result, &e), &writing_shared->imports);
		import_result_clear(&result);
		usleep(20000);
	}
	book_free(&b);
}

static void recalc_on(const struct writing_trial *t)
{
	struct book *b = writing_book(t, "night");

	while (!writing_shared->over) {
		struct recalc_result done;
		struct err e = { .text = "" };

		keep(&e, book_recalc(b, &done, &e), &writing_shared->recalcs);
		usleep(20000);
	}
	book_free(&b);
}

static pid_t start(const struct writing_trial *t, int writer,
	void (*beside)(const struct writing_trial *))
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

void writing_run(const struct writing_trial *t)
{
	pid_t writer[WRITING_MAX], importer, night;

	importer = start(t, 0, import_on);
	night = start(t, 0, recalc_on);
	for (int i = 0; i < t->writers; i++)
		writer[i] = start(t, i, NULL);
	for (int i = 0; i < t->writers; i++)
		await(writer[i]);
	writing_shared->over = 1;
	await(importer);
	await(night);
}
