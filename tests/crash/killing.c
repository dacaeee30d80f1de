#include "tests/crash/killing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/sha256.h"
#include "db/db.h"
#include "db/temporary.h"
#include "tests/crash/point.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* ---- folders -------------------------------------------------------------------- */

/* In it lie the common book, and for the kind at hand what it begins with (before/) and
 * what becomes of it (now/). */
static char folder[200];

static const char *path_of(const char *where, const char *name, char out[512])
{
	snprintf(out, 512, "%s/%s%s%s", folder, where, name[0] ? "/" : "", name);
	return out;
}

static void copy_file(const char *from, const char *to)
{
	static char bytes[1 << 16];
	int in = open(from, O_RDONLY), out;
	ssize_t n;

	if (in < 0 && errno == ENOENT)
		return;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, bytes, sizeof(bytes))) > 0)
		assert_int_equal(write(out, bytes, (size_t)n), n);
	assert_int_equal(n, 0);
	close(in);
	close(out);
}

/* Empties a folder; makes it when it is not there. Returns how many files there were. */
static int empty(const char *where)
{
	char path[512], file[1024];
	struct dirent *entry;
	DIR *d;
	int n = 0;

	if (mkdir(path_of(where, "", path), 0700) != 0)
		assert_int_equal(errno, EEXIST);
	d = opendir(path);
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
		assert_int_equal(unlink(file), 0);
		n++;
	}
	closedir(d);
	return n;
}

/* The temporary files in now/. */
static int temporaries(void)
{
	char path[512];
	DIR *d = opendir(path_of("now", "", path));
	struct dirent *entry;
	int n = 0;

	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		n += entry->d_name[0] == '.' && entry->d_name[1] != '\0' &&
		     entry->d_name[1] != '.';
	closedir(d);
	return n;
}

static void restart(void)
{
	static const char *const names[] = { "book", "copy" };
	char from[512], to[512];

	empty("now");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		copy_file(
			path_of("before", names[i], from), path_of("now", names[i], to));
}

/* ---- the digest of all rows ----------------------------------------------------- */

static void add_rows(sqlite3 *h, struct sha256 *sum, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(h, sql, -1, &s, NULL);

	while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const int type = sqlite3_column_type(s, i);
			const void *bytes = sqlite3_column_blob(s, i);
			const int n = sqlite3_column_bytes(s, i);

			sha256_add(sum, &type, sizeof(type));
			sha256_add(sum, &n, sizeof(n));
			sha256_add(sum, bytes ? bytes : "", (size_t)n);
		}
		code = SQLITE_OK;
	}
	if (code != SQLITE_DONE) {
		sha256_add(sum, "unreadable", 10);
		sha256_add(sum, &code, sizeof(code));
	}
	sqlite3_finalize(s);
}

/* A picture names the file that it was made for by its inode, those of queues (104)
 * behind the number of the change. */
static char *select_all(const char *table)
{
	if (strcmp(table, "picture") == 0)
		return sqlite3_mprintf("SELECT id, change, accounts, data FROM picture");
	if (strcmp(table, "mirror") == 0)
		return sqlite3_mprintf(
			"SELECT source, part, CASE source WHEN 104 THEN"
			" CAST(hex(substr(data, 1, 8)) || hex(substr(data, 17)) AS BLOB)"
			" ELSE data END FROM mirror");
	return sqlite3_mprintf("SELECT * FROM \"%w\"", table);
}

/* Schema and rows of every table, as any client sees them; "-": there is no file. */
static void digest(const char *where, const char *name, char out[SHA256_HEX])
{
	char path[512];
	struct sha256 sum;
	sqlite3 *h = NULL;
	sqlite3_stmt *tables = NULL;

	snprintf(out, SHA256_HEX, "-");
	if (access(path_of(where, name, path), F_OK) != 0)
		return;
	sha256_init(&sum);
	if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
		add_rows(h, &sum, "PRAGMA user_version");
		add_rows(h, &sum,
			"SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2");
		sqlite3_prepare_v2(h,
			"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1",
			-1, &tables, NULL);
	}
	while (tables && sqlite3_step(tables) == SQLITE_ROW) {
		char *sql = select_all((const char *)sqlite3_column_text(tables, 0));

		assert_non_null(sql);
		add_rows(h, &sum, sql);
		sqlite3_free(sql);
	}
	sqlite3_finalize(tables);
	sqlite3_close(h);
	sha256_end(&sum, out);
}

/* ---- the child ------------------------------------------------------------------ */

struct told {
	char what; /* 'b': it begins, 'a': it is done, 'f': it failed */
	uint64_t points;
	char text[200];
};

static void tell(int to, char what, const char *text)
{
	struct told t = { .what = what, .points = point_count() };

	snprintf(t.text, sizeof(t.text), "%s", text);
	if (write(to, &t, sizeof(t)) != (ssize_t)sizeof(t))
		_exit(3);
}

static void name_run(struct kinds_run *r, const char *where)
{
	*r = (struct kinds_run){ .n = 0 };
	snprintf(r->path, sizeof(r->path), "%s/%s/book", folder, where);
	snprintf(r->copy, sizeof(r->copy), "%s/%s/copy", folder, where);
}

/* By a clock of the child's own: who kills from outside comes too late on a busy machine
 * for what takes less than a millisecond. */
static void kill_after(int64_t wait_ns)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	const struct itimerspec when = { .it_value = { wait_ns / 1000000000,
						 wait_ns % 1000000000 } };
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 ||
		timer_settime(timer, 0, &when, NULL) != 0)
		_exit(1);
}

static void be_killed(const struct kinds_row *k, enum killing_sabotage sabotage,
	uint64_t at, int64_t wait_ns, int to)
{
	struct kinds_run r;
	struct err e = { .text = "" };
	enum status st;

	point_install(sabotage == KILLING_NO_JOURNAL);
	name_run(&r, "now");
	if (!(k->flags & KIND_ITSELF))
		kinds_open(&r);
	if (k->ready)
		k->ready(&r);
	tell(to, 'b', "");
	if (sabotage == KILLING_EARLY)
		tell(to, 'a', "");
	point_arm(at);
	if (wait_ns > 0)
		kill_after(wait_ns);
	st = k->act(&r, &e);
	tell(to, st == ST_OK ? 'a' : 'f', e.text);
	_exit(0);
}

/* ---- one trial ------------------------------------------------------------------ */

struct states {
	char before[SHA256_HEX], after[SHA256_HEX];
	char book[SHA256_HEX]; /* KIND_OF_COPY: which stays */
	uint64_t points;
	int64_t took_ns; /* from its start to its report */
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct trial {
	uint64_t at;     /* the point; 0: not by that */
	int64_t wait_ns; /* the time; 0: not by that */
	/* what came of it */
	bool killed, reported;
	uint64_t points;
	int64_t took_ns;
	char failure[200];
};

static void run_trial(
	const struct kinds_row *k, enum killing_sabotage sabotage, struct trial *t)
{
	struct told told = { .what = 0 };
	int64_t began;
	int ends[2], status;
	pid_t child;

	restart();
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		be_killed(k, sabotage, t->at, t->wait_ns, ends[1]);
	}
	close(ends[1]);
	if (read(ends[0], &told, sizeof(told)) != (ssize_t)sizeof(told) ||
		told.what != 'b')
		fail_msg("%s: the child did not begin", k->name);
	began = now_ns();
	while (read(ends[0], &told, sizeof(told)) == (ssize_t)sizeof(told)) {
		t->reported = t->reported || told.what == 'a';
		t->points = told.points;
		if (told.what == 'f')
			snprintf(t->failure, sizeof(t->failure), "%s", told.text);
	}
	t->took_ns = now_ns() - began;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	t->killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* ---- what is left --------------------------------------------------------------- */

static void violate(struct killing_tally *t, const struct trial *trial, const char *what,
	const char *text)
{
	if (t->violations++ == 0)
		snprintf(t->first, sizeof(t->first), "point %llu, %lld us: %s%s%s",
			(unsigned long long)trial->at, (long long)trial->wait_ns / 1000,
			what, text[0] ? ": " : "", text);
}

static void take_finding(void *arg, const char *text)
{
	char *first = arg;

	if (!first[0])
		snprintf(first, 200, "%s", text);
}

/* As the next start would open it; what is wrong, or "". */
static void open_and_verify(char wrong[200])
{
	struct store *s;
	struct err e = { .text = "" };
	char path[512];

	wrong[0] = '\0';
	if (db_open(path_of("now", "book", path), NULL, &s, &e) != ST_OK) {
		snprintf(wrong, 200, "does not open: %.150s", e.text);
		return;
	}
	if (s->ops->verify(s, take_finding, wrong, &e) != ST_OK)
		snprintf(wrong, 200, "can't be verified: %.150s", e.text);
	s->ops->close(s);
}

static void judge_state(const struct kinds_row *k, const struct states *s,
	const struct trial *trial, struct killing_tally *t)
{
	const char *subject = k->flags & KIND_OF_COPY ? "copy" : "book";
	char is[SHA256_HEX], other[SHA256_HEX];

	digest("now", subject, is);
	if (strcmp(is, s->after) == 0)
		t->after++;
	else if (strcmp(is, s->before) == 0)
		t->before++;
	else
		violate(t, trial, "neither before nor after", "");
	if (trial->reported && strcmp(is, s->after) != 0)
		violate(t, trial, "it was reported, and is not there", "");
	digest("now", k->flags & KIND_OF_COPY ? "book" : "book.before-restore", other);
	if (k->flags & KIND_OF_COPY && strcmp(other, s->book) != 0)
		violate(t, trial, "the book that was copied is another one", "");
	if (k->flags & KIND_RESTORES && strcmp(is, s->after) == 0 &&
		strcmp(other, s->before) != 0)
		violate(t, trial, "the book that was replaced is lost", "");
}

static void judge(const struct kinds_row *k, const struct states *s,
	const struct trial *trial, struct killing_tally *t)
{
	char wrong[200], is[SHA256_HEX], path[512];

	if (trial->failure[0])
		violate(t, trial, "it failed", trial->failure);
	/* Opening would finish it: what the kill left is seen by another client first. */
	if (k->flags & KIND_MIGRATES)
		judge_state(k, s, trial, t);
	open_and_verify(wrong);
	if (wrong[0])
		violate(t, trial, "after it the book", wrong);
	digest("now", "book", is);
	if (k->flags & KIND_MIGRATES && strcmp(is, s->after) != 0)
		violate(t, trial, "the next start did not finish it", "");
	if (!(k->flags & KIND_MIGRATES))
		judge_state(k, s, trial, t);
	t->left += temporaries();
	temporary_clean(path_of("now", "book", path)); /* as the next copy does */
	temporary_clean(path_of("now", "copy", path));
	if (temporaries() > 0)
		violate(t, trial, "a temporary file stays", "");
	t->kills += trial->killed;
	t->in_flight += trial->killed && !trial->reported;
}

/* ---- a kind --------------------------------------------------------------------- */

static void make_before(const struct kinds_row *k)
{
	struct kinds_run r;
	char common[512];

	empty("before");
	name_run(&r, "before");
	copy_file(path_of(".", "common", common), r.path);
	if (!k->make)
		return;
	if (!(k->flags & KIND_ITSELF))
		kinds_open(&r);
	k->make(&r);
	kinds_close(&r);
}

/* Undisturbed: what it makes of the book, and how long it takes. */
static void measure(const struct kinds_row *k, struct states *s)
{
	const char *subject = k->flags & KIND_OF_COPY ? "copy" : "book";

	digest("before", subject, s->before);
	digest("before", "book", s->book);
	for (int i = 0; i < 3; i++) {
		struct trial t = { .at = 0 };
		char after[SHA256_HEX], wrong[200];

		run_trial(k, KILLING_SOUND, &t);
		if (!t.reported)
			fail_msg("%s: %s", k->name, t.failure);
		open_and_verify(wrong);
		assert_string_equal(wrong, "");
		digest("now", subject, after);
		assert_string_not_equal(after, s->before);
		if (i > 0)
			assert_string_equal(after, s->after); /* or nothing can be told */
		memcpy(s->after, after, sizeof(after));
		s->points = t.points;
		if (i == 0 || t.took_ns < s->took_ns)
			s->took_ns = t.took_ns;
	}
}

/* Only who was killed in flight counts; five times as often it is tried at most. */
static void kill_at_random(const struct kinds_row *k, const struct killing *how,
	const struct states *s, struct killing_tally *tally)
{
	const int enough = tally->in_flight + how->random;
	uint64_t seed = how->seed;

	for (int i = 0; i < how->random * 5 && tally->in_flight < enough; i++) {
		struct trial t = { .wait_ns = 1 + s->took_ns / 1000 *
							  rules_throw(&seed, 1000) };

		run_trial(k, how->sabotage, &t);
		judge(k, s, &t, tally);
	}
}

struct killing_tally killing_run(const struct kinds_row *k, const struct killing *how)
{
	struct killing_tally tally = { .points = 0 };
	uint64_t step = 1;
	struct states s;

	make_before(k);
	measure(k, &s);
	tally.points = (int)s.points;
	if (how->most && s.points > (uint64_t)how->most)
		step = (s.points + (uint64_t)how->most - 1) / (uint64_t)how->most;
	for (uint64_t at = 1; at <= s.points; at += step) {
		struct trial t = { .at = at };

		run_trial(k, how->sabotage, &t);
		judge(k, &s, &t, &tally);
	}
	kill_at_random(k, how, &s, &tally);
	return tally;
}

void killing_begin(const char *where)
{
	char path[512];

	snprintf(folder, sizeof(folder), "%s", where);
	kinds_make(path_of(".", "common", path));
}
