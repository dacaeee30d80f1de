/*
 * What the tests of the seals share: a book whose commits need not survive, its head, and
 * SQL as somebody has it who took the triggers out.
 */
#ifndef TESTS_UNIT_TEST_DB_SEALED_H
#define TESTS_UNIT_TEST_DB_SEALED_H

#include "tests/unit/test_db_help.h"

#include "core/change.h"
#include "db/seal.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

static inline struct book *sealed_book(const char *name)
{
	struct db_options options = { .create = true };
	struct store *s;

	MUST(db_open(help_path(name), &options, &s, &e));
	MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	return rules_book(s, "2026-03-31", "Ann");
}

static inline struct history_seal sealed_head(struct book *b)
{
	struct history_seal head;

	MUST(book_store(b)->ops->sealed(book_store(b), 0, &head, &e));
	return head;
}

static inline void sealed_anchor(struct book *b, char out[120])
{
	const struct history_seal head = sealed_head(b);

	snprintf(out, 120, "%lld:%.*s", (long long)head.operation, HISTORY_SEAL_SHORT,
		head.hex);
}

static inline bool sealed_holds(struct book *b, const char *anchor)
{
	struct help_findings f = { .n = 0 };

	MUST(history_anchor(book_store(b), text_of(anchor), help_found, &f, &e));
	return f.n == 0;
}

static inline void sealed_run(struct db *d, const char *sql)
{
	if (sqlite3_exec(d->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(d->h));
}

/* As somebody who took the triggers out and put them back; changed: rows. */
static inline struct help_findings sealed_after(
	struct db *d, const char *sql, int *changed)
{
	struct help_findings f = { .n = 0 };
	const int before = sqlite3_total_changes(d->h);

	sealed_run(d, "SAVEPOINT tampering");
	sealed_run(d, sql);
	*changed = sqlite3_total_changes(d->h) - before;
	MUST(seal_check(d, help_found, &f, &e));
	sealed_run(d, "ROLLBACK TO tampering; RELEASE tampering");
	return f;
}

static inline void sealed_without_triggers(struct db *d)
{
	int on;

	sqlite3_db_config(d->h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &on);
	sqlite3_db_config(d->h, SQLITE_DBCONFIG_ENABLE_FKEY, 0, &on);
	sealed_run(d, "PRAGMA ignore_check_constraints = ON");
}

#endif
