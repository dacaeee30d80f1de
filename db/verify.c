/* Verification: everything that a book must keep true, one sentence per finding. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/db_internal.h"
#include "db/schema.h"
#include "db/seal.h"
#include "db/still.h"

#define MOST_PER_CHECK 20 /* sentences: a broken book has thousands of the same kind */

struct findings {
	void (*found)(void *arg, const char *text);
	void *arg;
};

static void say(const struct findings *f, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(const struct findings *f, const char *format, ...)
{
	char line[ERR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	f->found(f->arg, line);
}

static void check_file(struct db *d, const struct findings *f)
{
	struct stat file;
	if (stat(d->path, &file) == 0 && (file.st_mode & (S_IRWXG | S_IRWXO)))
		say(f, "file: others may open it (mode %03o): chmod 600",
			(unsigned)file.st_mode & 0777);
}

static enum status check_pages(struct db *d, const struct findings *f, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, "PRAGMA integrity_check(20)", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct text t = stmt_text(s, 0);
		if (!text_eq(t, TEXT("ok")))
			say(f, "pages: %.*s", (int)(t.n < 400 ? t.n : 400), t.s);
	}
	stmt_close(s);
	return st;
}

static enum status check_references(struct db *d, const struct findings *f, struct err *e)
{
	struct stmt *s;
	bool row;
	int n = 0;
	enum status st = stmt_open(d, "PRAGMA foreign_key_check", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		if (++n > MOST_PER_CHECK)
			break;
		say(f, "references: %.*s %lld refers to a row of %.*s that is not there",
			(int)stmt_text(s, 0).n, stmt_text(s, 0).s,
			(long long)stmt_int(s, 1), (int)stmt_text(s, 2).n,
			stmt_text(s, 2).s);
	}
	stmt_close(s);
	return st;
}

/* What was made by a policy says by which version of it. */
static enum status check_policies(struct db *d, const struct findings *f, struct err *e)
{
	struct stmt *s;
	bool row;
	int n = 0;
	enum status st = stmt_open(d,
		"SELECT * FROM (SELECT 'snapshot_day', day, policy_version AS version"
		"  FROM snapshot_day"
		" UNION ALL SELECT 'review', id, policy_version FROM review)"
		" WHERE version NOT IN (SELECT version FROM policy_version)",
		&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row &&
		n++ < MOST_PER_CHECK)
		say(f, "policy: %.*s %lld was made by version %lld, which is not there",
			(int)stmt_text(s, 0).n, stmt_text(s, 0).s,
			(long long)stmt_int(s, 1), (long long)stmt_int(s, 2));
	stmt_close(s);
	return st;
}

/* ---- tiers ---- */

static enum status check_caps(struct db *d, const struct findings *f, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT r.tier, c.members, c.places, r.ceiling, r.share_bp,"
		" CASE r.tier WHEN 3 THEN 10000 WHEN 1 THEN p.cap1_bp ELSE p.cap2_bp END"
		" FROM tier_roster r JOIN tier_cap c ON c.tier = r.tier"
		" LEFT JOIN policy_version p"
		" ON p.version = (SELECT max(version) FROM policy_version)",
		&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		long long tier = stmt_int(s, 0), members = stmt_int(s, 1);
		long long places = stmt_int(s, 2), ceiling = stmt_int(s, 3);
		if (members > ceiling)
			say(f, "tiers: tier %lld has %lld members, its ceiling is %lld",
				tier, members, ceiling);
		else if (members > places)
			say(f,
				"tiers: tier %lld has %lld members, %lld over its cap: "
				"the "
				"next review mends it",
				tier, members, members - places);
		if (!stmt_is_null(s, 5) && stmt_int(s, 4) != stmt_int(s, 5))
			say(f, "tiers: the share of tier %lld is not that of the policy",
				tier);
	}
	stmt_close(s);
	if (st != ST_OK)
		return st;
	int64_t counted, active;
	st = stmt_query_int(d, "SELECT n_active FROM book", 0, &counted, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "SELECT n FROM active_base", 0, &active, e);
	if (st == ST_OK && counted > 0 && counted > active)
		say(f, "tiers: the caps are counted on %lld accounts, %lld are active",
			(long long)counted, (long long)active);
	return st;
}

/* A bit for every id that can stand in a list of members. */
struct id_set {
	uint8_t *bits; /* owned */
};

static bool has(const struct id_set *set, int64_t id)
{
	return id >= 1 && id <= DB_ACCOUNT_MAX && (set->bits[id / 8] & 1u << id % 8);
}

static void put(struct id_set *set, int64_t id)
{
	if (id >= 1 && id <= DB_ACCOUNT_MAX)
		set->bits[id / 8] |= (uint8_t)(1u << id % 8);
}

static enum status read_accounts(struct db *d, struct id_set *set, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, "SELECT id FROM account", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		put(set, stmt_int(s, 0));
	stmt_close(s);
	return st;
}

static void check_members(struct stmt *s, const struct id_set *accounts,
	struct id_set *placed, int *told, const struct findings *f)
{
	size_t n;
	const unsigned char *bytes = stmt_blob(s, 1, &n);
	for (size_t i = 0; i + DB_MEMBER_BYTES <= n && *told < MOST_PER_CHECK;
		i += DB_MEMBER_BYTES) {
		uint32_t id = db_tier_member(bytes + i);
		if (id == 0)
			say(f, "tiers: tier %lld: entry %zu is no member",
				(long long)stmt_int(s, 0), i / DB_MEMBER_BYTES + 1);
		else if (!has(accounts, id))
			say(f, "tiers: tier %lld has the account %u, which is not there",
				(long long)stmt_int(s, 0), id);
		else if (has(placed, id))
			say(f, "tiers: the account %u stands in tier %lld a second time",
				id, (long long)stmt_int(s, 0));
		else {
			put(placed, id);
			continue;
		}
		++*told;
	}
}

static enum status check_rosters(struct db *d, const struct findings *f, struct err *e)
{
	struct id_set accounts = { calloc(1, DB_ACCOUNT_MAX / 8 + 1) };
	struct id_set placed = { calloc(1, DB_ACCOUNT_MAX / 8 + 1) };
	struct stmt *s = NULL;
	bool row;
	int told = 0;
	enum status st = ST_OK;
	if (accounts.bits == NULL || placed.bits == NULL)
		st = err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = read_accounts(d, &accounts, e);
	if (st == ST_OK)
		st = stmt_open(d, "SELECT tier, members FROM tier_roster", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		check_members(s, &accounts, &placed, &told, f);
	stmt_close(s);
	free(accounts.bits);
	free(placed.bits);
	return st;
}

/* ---- packed figures ---- */

static enum status ignore_move(void *arg, const struct tier_move *m, struct err *e)
{
	(void)arg;
	(void)m;
	(void)e;
	return ST_OK;
}

/* What can't be read is a finding; everything else that fails is a failure. */
static enum status readable(
	enum status st, const struct err *why, const struct findings *f, struct err *e)
{
	if (st == ST_CORRUPT)
		say(f, "%s", why->text);
	else if (st != ST_OK)
		return err_set(e, st, "%s", why->text);
	return ST_OK;
}

static enum status check_packed(struct db *d, const struct findings *f, struct err *e)
{
	struct err why = { .status = ST_OK };
	struct tiers t;
	enum status st = db_tiers_load(&d->base, &t, &why);
	if (st == ST_OK)
		tiers_clear(&t);
	st = readable(st, &why, f, e);
	if (st == ST_OK)
		st = readable(db_moves(&d->base, 0, ignore_move, NULL, &why), &why, f, e);
	if (st == ST_OK)
		st = db_signal_check(d, f->found, f->arg, e);
	if (st == ST_OK)
		st = db_mirror_check(d, f->found, f->arg, e);
	if (st == ST_OK)
		st = db_snapshot_check(d, f->found, f->arg, e);
	return st;
}

/* While nobody writes: a mark that stayed keeps other programs out of the history. */
static enum status check_writer(struct db *d, const struct findings *f, struct err *e)
{
	int64_t own;
	enum status st = stmt_query_int(d, "SELECT own FROM writer", -1, &own, e);
	if (st == ST_OK && own != d->writing)
		say(f, "history: somebody switched off what tells of other programs");
	return st;
}

static enum status check_all(struct db *d, const struct findings *f, struct err *e)
{
	enum status st = check_pages(d, f, e);
	if (st == ST_OK)
		st = schema_compare(d, d->schema, f->found, f->arg, e);
	if (st == ST_OK)
		st = check_references(d, f, e);
	if (st == ST_OK)
		st = check_policies(d, f, e);
	if (st == ST_OK)
		st = check_caps(d, f, e);
	if (st == ST_OK)
		st = check_rosters(d, f, e);
	if (st == ST_OK)
		st = check_packed(d, f, e);
	if (st == ST_OK)
		st = check_writer(d, f, e);
	if (st == ST_OK)
		st = db_history_check(d, f->found, f->arg, e);
	if (st == ST_OK)
		st = seal_check(d, f->found, f->arg, e);
	if (st == ST_OK)
		st = digest_check(d, f->found, f->arg, e);
	return st;
}

/* Of one state of the book: else what somebody writes meanwhile would not fit together.
 * It takes seconds, so writers are not kept waiting for it. */
enum status db_verify(struct store *store, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	const struct findings f = { found, arg };
	struct still now;
	enum status st = still_open(db_of(store), &now, e);
	if (st != ST_OK)
		return st;
	check_file(db_of(store), &f);
	st = check_all(now.book, &f, e);
	still_close(&now);
	return st;
}
