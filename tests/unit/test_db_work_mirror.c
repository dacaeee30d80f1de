/*
 * Mirrors of alerts and tasks, and of healths: whatever changes the rows, recalculations
 * that read the mirrors do what those do that read the rows.
 */
#include "core/alert_life.h"
#include "core/book.h"
#include "core/demo.h"
#include "core/task.h"
#include "tests/unit/test_db_help.h"
#include "tests/support/sanitized.h"

enum { ACCOUNTS = 300, DAYS = 60, TODAY = 20786 };

struct twin {
	const char *name;
	struct book *b;
	sqlite3 *other; /* a plain connection, as another program has one */
};

static int64_t midnight(const struct clock *c)
{
	return (int64_t)c->today * 86400;
}

static void run(struct twin *t, const char *sql)
{
	char *said = NULL;
	if (sqlite3_exec(t->other, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said);
}

static int64_t count(struct twin *t, const char *sql)
{
	return help_int(t->name, sql);
}

static void set_day(struct twin *t, int32_t day)
{
	const struct clock clock = { .today = day, .now = midnight };
	bool changed;
	book_set_day(t->b, &clock);
	MUST(book_refresh(t->b, &changed, &e));
}

static void recalc(struct twin *t, int32_t day)
{
	struct recalc_result done;
	set_day(t, day);
	MUST(book_recalc(t->b, &done, &e));
}

static void twin_open(struct twin *t, const char *name)
{
	const struct demo_request r = {
		.accounts = ACCOUNTS, .csms = 4, .seed = 5, .months = 3, .today = TODAY
	};
	const struct clock clock = { .today = TODAY, .now = midnight };
	struct store *s = help_open(name);
	struct review placed;
	*t = (struct twin){ .name = name };
	assert_int_equal(
		sqlite3_exec(db_of(s)->h, "PRAGMA synchronous = OFF", NULL, NULL, NULL),
		SQLITE_OK);
	MUST(demo_fill(s, &r, &e));
	MUST(book_open(s, &clock, "tester", &t->b, &e));
	assert_int_equal(sqlite3_open(help_path(name), &t->other), SQLITE_OK);
	run(t, "PRAGMA synchronous = OFF");
	book_look_for_alerts(t->b, false);
	MUST(book_review(t->b, true, &placed, &e));
	review_clear(&placed);
	book_look_for_alerts(t->b, true);
}

static void twin_close(struct twin *t)
{
	sqlite3_close(t->other);
	book_free(&t->b);
}

static uint32_t random_state = 2463534242u;

static uint32_t random_below(uint32_t n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % n;
}

/* ---- what people and other programs do ---- */

/* %1$u a number below 40, %2$d the day. */
static const char *const changes[] = {
	"UPDATE alert SET state = 'snoozed', snoozed_until = %2$d + %1$u, reason = "
	"'later'"
	" WHERE ended_on IS NULL AND id %% 41 = %1$u",
	"UPDATE alert SET state = 'closed', ended_on = %2$d, outcome = 'done'"
	" WHERE ended_on IS NULL AND id %% 43 = %1$u",
	"UPDATE alert SET useful = 1 WHERE id %% 40 = %1$u",
	"UPDATE alert SET account = account %% 200 + 1 WHERE id %% 200 = %1$u",
	"UPDATE alert SET id = (SELECT max(id) FROM alert) + 1 WHERE id = %1$u * 3",
	"UPDATE OR REPLACE alert SET id = id + 1 WHERE id = %1$u * 5",
	"UPDATE alert SET ended_on = ended_on - 30 WHERE ended_on IS NOT NULL"
	" AND id %% 50 = %1$u",
	"UPDATE alert SET state = 'open', ended_on = NULL WHERE id %% 90 = %1$u",
	"UPDATE alert SET kind = 'words of their own' WHERE id = %1$u * 7",
	"REPLACE INTO alert(id, account, kind, opened_on, severity, state)"
	" VALUES (%1$u * 2 + 1, %1$u + 1, 'blind', %2$d, 'info', 'open')",
	"DELETE FROM alert WHERE id %% 100 = %1$u",
	"UPDATE task SET csm = %1$u %% 4 + 1 WHERE id %% 40 = %1$u",
	"UPDATE task SET step = 2, due = due + 3, next_step = 'call them'"
	" WHERE id %% 42 = %1$u",
	"UPDATE task SET state = 'done', ended_on = %2$d WHERE id %% 45 = %1$u",
	"UPDATE task SET account = account %% 200 + 1 WHERE id %% 200 = %1$u",
	"UPDATE OR REPLACE task SET id = id + 1 WHERE id = %1$u * 5",
	"DELETE FROM task WHERE id %% 100 = %1$u",
	"UPDATE account SET renewal_date = %2$d + 3 * %1$u WHERE id %% 40 = %1$u",
	"UPDATE account SET status = 'churned', churned_on = %2$d WHERE id = %1$u * 6",
	"UPDATE snapshot SET day = day WHERE day = %2$d - %1$u %% 5",
};

/* Puts a number for %1$u or %d, and the day for %2$d, which the texts above have. */
static const char *filled(const char *how, uint32_t number, int32_t day)
{
	static char sql[512];
	size_t n = 0;
	for (; *how != '\0' && n + 16 < sizeof(sql); how++) {
		if (how[0] != '%') {
			sql[n++] = *how;
		} else if (how[1] == '%') {
			sql[n++] = *how++;
		} else {
			n += (size_t)sprintf(
				sql + n, "%d", how[1] == '2' ? day : (int32_t)number);
			how += how[1] == 'd' ? 1 : 3;
		}
	}
	sql[n] = '\0';
	return sql;
}

/* The same to both. */
static void change(struct twin t[2], int32_t day)
{
	char rows[2048] = "";
	size_t n = 0;
	for (uint32_t i = 0; i < 4; i++) {
		const char *how =
			changes[random_below(sizeof(changes) / sizeof(changes[0]))];
		const char *sql = filled(how, random_below(40), day);
		run(&t[0], sql);
		run(&t[1], sql);
	}
	for (int i = 0; i < 20; i++)
		n += (size_t)snprintf(rows + n, sizeof(rows) - n,
			"UPDATE account SET onboarding_started = %d, complexity = %u,"
			" first_value_on = NULL WHERE id = %u;",
			day - (int32_t)random_below(90), random_below(100),
			1 + random_below(ACCOUNTS));
	run(&t[0], rows);
	run(&t[1], rows);
	for (int i = 0; i < 2; i++) {
		char line[200];
		const uint32_t keep = random_state;
		for (int k = 0; k < 20; k++) {
			struct text key;
			struct arena a;
			arena_init(&a);
			MUST(book_store(t[i].b)->ops->key(book_store(t[i].b), REC_ACCOUNT,
				1 + random_below(ACCOUNTS), &a, &key, &e));
			char date[DAY_TEXT_MAX];
			snprintf(line, sizeof(line),
				"account_id=%.*s|date=%s|signal=active_days_28d|value=%"
				"u\n",
				(int)key.n, key.s, day_format(day, date),
				random_below(28));
			rows_put(book_store(t[i].b), REC_SIGNAL, line);
			arena_clear(&a);
		}
		if (i == 0)
			random_state = keep;
	}
}

/* All rows of a table, one line each. */
static char *dump(struct twin *t, const char *table)
{
	char sql[64];
	sqlite3_stmt *s;
	char *text = NULL;
	size_t n = 0;
	FILE *to = open_memstream(&text, &n);
	snprintf(sql, sizeof(sql), "SELECT * FROM %s ORDER BY id", table);
	assert_int_equal(sqlite3_prepare_v2(t->other, sql, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const char *value = (const char *)sqlite3_column_text(s, i);
			fprintf(to, "%s|", value ? value : "-");
		}
		fputc('\n', to);
	}
	sqlite3_finalize(s);
	fclose(to);
	return text;
}

static void same_rows(struct twin t[2], const char *table)
{
	char *a = dump(&t[0], table), *b = dump(&t[1], table);
	assert_string_equal(a, b);
	free(a);
	free(b);
}

/* Tiers may be over their caps: accounts leave. */
static void is_sound(struct twin *t)
{
	const struct help_findings f = help_verify(book_store(t->b));
	if (strstr(f.text, "mirror") != NULL || strstr(f.text, "healths") != NULL)
		fail_msg("%s", f.text);
}

/* ---- tests ---- */

static void test_days(void **state)
{
	/* as many as a life takes */
	const int32_t days = sanitized() ? DAYS / 2 : DAYS;
	struct twin t[2];
	int32_t version;
	(void)state;
	twin_open(&t[0], "mirrors");
	twin_open(&t[1], "rows");
	for (int32_t day = 0; day < days; day++) {
		change(t, TODAY + day);
		run(&t[1], "DELETE FROM mirror; DELETE FROM snapshot_health");
		if (day % 7 == 3)
			run(&t[0], "DELETE FROM mirror WHERE source = 102");
		if (day == days / 2)
			for (int i = 0; i < 2; i++)
				MUST(book_policy_apply(t[i].b,
					"[alerts]\nexpansion_quiet_days = 200\n", "test",
					"longer", &version, &e));
		recalc(&t[0], TODAY + day);
		recalc(&t[1], TODAY + day);
		same_rows(t, "alert");
		same_rows(t, "task");
		same_rows(t, "message");
		if (day % 10 == 0)
			is_sound(&t[0]);
	}
	/* it was a life */
	assert_true(count(&t[0], "SELECT count(*) FROM task") > 100);
	assert_true(count(&t[0], "SELECT count(*) FROM message") > 0);
	assert_true(
		count(&t[0], "SELECT count(*) FROM alert WHERE state = 'resolved'") > 50);
	assert_true(count(&t[0], "SELECT count(*) FROM alert WHERE reopened > 0") > 0);
	assert_true(count(&t[0], "SELECT count(*) FROM alert"
				 " WHERE kind = 'health-drop'") > 5);
	assert_int_equal(count(&t[0], "SELECT count(*) FROM mirror_stale"), 0);
	twin_close(&t[0]);
	twin_close(&t[1]);
}

struct work {
	struct alert alerts[2000];
	struct task tasks[2000];
	uint32_t alerts_n, tasks_n;
	struct arena a;
};

/* What the store serves; padding does not count. */
static void load(struct twin *t, int32_t ended_from, struct work *out)
{
	struct store *s = book_store(t->b);
	const struct alert *alert;
	const struct task *task;
	memset(out, 0, sizeof(*out));
	arena_init(&out->a);
	MUST(s->ops->alerts(s, 0, ended_from, &alert, &out->alerts_n, &e));
	memcpy(out->alerts, alert, out->alerts_n * sizeof(*alert));
	MUST(s->ops->tasks(s, 0, &out->a, &task, &out->tasks_n, &e));
	memcpy(out->tasks, task, out->tasks_n * sizeof(*task));
}

static void same_number(double x, double y)
{
	assert_memory_equal(&x, &y, sizeof(x));
}

static void same_work(struct work *x, struct work *y)
{
	assert_int_equal(x->alerts_n, y->alerts_n);
	for (uint32_t i = 0; i < x->alerts_n; i++) {
		const struct alert *a = &x->alerts[i], *b = &y->alerts[i];
		assert_int_equal(a->id, b->id);
		assert_int_equal(a->account, b->account);
		assert_int_equal(a->kind, b->kind);
		assert_int_equal(a->severity, b->severity);
		assert_int_equal(a->state, b->state);
		assert_int_equal(a->until, b->until);
		assert_int_equal(a->ended, b->ended);
		assert_int_equal(a->opened, b->opened);
		assert_int_equal(a->severe, b->severe);
		assert_int_equal(a->escalated, b->escalated);
		assert_int_equal(a->reopened, b->reopened);
		assert_int_equal(a->evidence.day, b->evidence.day);
		if (!(a->evidence.x != a->evidence.x && b->evidence.x != b->evidence.x))
			same_number(a->evidence.x, b->evidence.x);
	}
	assert_int_equal(x->tasks_n, y->tasks_n);
	for (uint32_t i = 0; i < x->tasks_n; i++) {
		const struct task *a = &x->tasks[i], *b = &y->tasks[i];
		assert_int_equal(a->id, b->id);
		assert_int_equal(a->account, b->account);
		assert_int_equal(a->csm, b->csm);
		assert_int_equal(a->alert, b->alert);
		assert_int_equal(a->step, b->step);
		assert_int_equal(a->version, b->version);
		assert_int_equal(a->due, b->due);
		assert_int_equal(a->started, b->started);
		assert_int_equal(a->state, b->state);
		assert_true(text_eq(a->play, b->play));
		assert_true(text_eq(a->title, b->title));
		assert_true(text_eq(a->next, b->next));
	}
	arena_clear(&x->a);
	arena_clear(&y->a);
}

/* Served from mirrors and from rows alike, from whatever day on. */
static void serves_rows(struct twin *t)
{
	static struct work now, rows;
	const int32_t from[] = { DAY_MAX, TODAY - 5, TODAY - 400 };
	for (int i = 0; i < 3; i++) {
		load(t, from[i], &now);
		assert_true(now.alerts_n > 50 && now.tasks_n > 20);
		run(t, "CREATE TABLE hidden AS SELECT * FROM mirror; DELETE FROM mirror");
		load(t, from[i], &rows);
		same_work(&now, &rows);
		run(t, "INSERT INTO mirror SELECT * FROM hidden; DROP TABLE hidden");
	}
}

static void test_changed_by_others(void **state)
{
	struct twin t;
	(void)state;
	twin_open(&t, "others");
	recalc(&t, TODAY);
	recalc(&t, TODAY + 1);
	const uint32_t kinds = sizeof(changes) / sizeof(changes[0]);
	for (uint32_t i = 0; i < (sanitized() ? kinds : 3 * kinds); i++) {
		const char *how = changes[i % kinds];
		run(&t, filled(how, random_below(40), TODAY));
		serves_rows(&t);
		is_sound(&t);
	}
	twin_close(&t);
}

/* Another program may write texts that no mirror is to hold: the rows are read then. */
static void test_long_texts(void **state)
{
	static const char mirrored[] = "SELECT count(*) FROM mirror WHERE source = 103";
	struct twin t;
	(void)state;
	twin_open(&t, "long");
	recalc(&t, TODAY);
	const int64_t mirrors = help_int("long", mirrored);
	run(&t, "UPDATE task SET state = 'open', ended_on = NULL,"
		" title = hex(zeroblob(9000000)) WHERE id = (SELECT min(id) FROM task)");
	serves_rows(&t);
	is_sound(&t);
	recalc(&t, TODAY + 1);
	assert_int_equal(help_int("long", mirrored), mirrors - 1);
	serves_rows(&t);
	is_sound(&t);
	run(&t, "UPDATE task SET title = 'short' WHERE length(title) > 1000");
	recalc(&t, TODAY + 2);
	assert_int_equal(help_int("long", mirrored), mirrors);
	serves_rows(&t);
	is_sound(&t);
	twin_close(&t);
}

static void test_damage(void **state)
{
	static const char *const harm[] = {
		"UPDATE mirror SET data = x'' WHERE source = %d",
		"UPDATE mirror SET data = CAST(substr(data, 1, 30) AS BLOB) WHERE source "
		"= %d",
		"UPDATE mirror SET data = CAST(substr(data, 1, 40) || x'55' ||"
		" substr(data, 42) AS BLOB) WHERE source = %d",
		"UPDATE mirror SET data = CAST(x'ffffffffffffffff' || substr(data, 9) AS "
		"BLOB)"
		" WHERE source = %d",
		/* whole, but of the other (which then is right) */
		"UPDATE mirror SET data = (SELECT data FROM mirror m WHERE m.source "
		"BETWEEN 102"
		" AND 103 AND m.source <> mirror.source) WHERE source = %d",
		/* whole, but of yesterday */
		"UPDATE alert SET severity = 'info' WHERE %d; UPDATE task SET due = due "
		"+ 1;"
		"DELETE FROM mirror_stale",
	};
	static struct work sound, served;
	(void)state;
	for (size_t i = 0; i < sizeof(harm) / sizeof(harm[0]); i++) {
		struct twin t;
		char name[20];
		snprintf(name, sizeof(name), "harm%zu", i);
		twin_open(&t, name);
		recalc(&t, TODAY);
		load(&t, TODAY - 20, &sound);
		for (int source = 102; source <= 103; source++)
			run(&t, filled(harm[i], (uint32_t)source, 0));
		if (help_verify(book_store(t.b)).n < (i == 4 ? 1 : 2))
			fail_msg("not found: %s", harm[i]);
		load(&t, TODAY - 20, &served);
		if (i < 5)
			same_work(&sound, &served);
		arena_clear(&sound.a);
		arena_clear(&served.a);
		twin_close(&t);
	}
}

static void test_healths(void **state)
{
	struct twin t;
	(void)state;
	twin_open(&t, "healths");
	recalc(&t, TODAY);
	is_sound(&t);
	run(&t, "UPDATE snapshot_health SET data = x'00'");
	assert_int_equal(help_verify(book_store(t.b)).n, 1);
	recalc(&t, TODAY); /* which mends what it saves */
	is_sound(&t);
	run(&t, "UPDATE snapshot SET part = part + 1");
	assert_int_equal(count(&t, "SELECT count(*) FROM snapshot_health"), 0);
	twin_close(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_changed_by_others),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_healths),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
