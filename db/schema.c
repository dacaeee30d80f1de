/* Making, upgrading and recognising the schema of a book. */
#include "db/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "db/copy.h"
#include "db/hash.h"
#include "db/seal.h"

#define SEALED_FROM 6 /* the first version that has seals */

static const struct schema_step steps[] = {
	{ 1, "schema/001-book.sql", NULL,
		"f7f2b43bd954294fd11be30dff4a920acf422cc3e6880f8283a258b731fbdc64" },
	{ 2, "schema/002-console.sql", NULL,
		"e6f78e3f12279ad7d79ad661ba78b79d8e58e096dab40fd97bf3a8c9370f8b2e" },
	{ 3, "schema/003-work.sql", NULL,
		"7ccc104ecad45eb7b35fa735fa51891018510214d03459327f5c85fe23036f45" },
	{ 4, "schema/004-history.sql", NULL,
		"18052709a84a58b211d7ddf59b71851d8d39479d320c45287daebbbdf332ce9a" },
	{ 5, "schema/005-history.sql", NULL,
		"8bab599ce8286e630cbd5292be7b69235b75451e29b67ddd98688606d9d83885" },
	{ 6, "schema/006-seal.sql", NULL,
		"9e455e9ff80b09fc2cdb266653fcadbedf8af29c87df01e2ed204b1f7e10fce4" },
	{ 7, "schema/007-outbox.sql", NULL,
		"7e3f9f9f3ce189cac5b64ed4679c2b10e6c84d8e79325a0c4a37bdd3153de437" },
	{ 8, "schema/008-days.sql", NULL,
		"939519a238bf7d4740f235b9be17e7d22e452f051b37aa4dbd4f12b58f97aef0" },
	{ 9, "schema/009-manager.sql", NULL,
		"e76611530dd0b3a799b4012ba64bdd9bbf892ce4a4087471ffa63876e174258f" },
	{ 10, "schema/010-fixes.sql", NULL,
		"1f38784b734a55b163fd202c0047fcc1e7f675387dffca450fd694a2f9e74b1c" },
	{ 11, "schema/011-told.sql", NULL,
		"e2516a17ac8c107faf58ad213645b4d2da76a36c28bd123321beaf5739e6857e" },
	{ 12, "schema/012-languages.sql", NULL,
		"73782307b2107485a698a855f8be856284a8fb1a01c33e99cc4a2fec8daa94a5" },
	{ 13, "schema/013-hand.sql", NULL,
		"af1e25078307592b98c71295893f15a032bfa4921a18b07ea4c4dfb3c88251b6" },
};

const struct schema schema_current = { steps, sizeof(steps) / sizeof(steps[0]) };

/* Runs the statements of a text one after the other. */
static enum status run_text(struct db *d, const char *text, struct err *e)
{
	while (*text != '\0') {
		sqlite3_stmt *h = NULL;
		int code = sqlite3_prepare_v2(d->h, text, -1, &h, &text);
		if (code == SQLITE_OK && h == NULL)
			break; /* only comments were left */
		while (code == SQLITE_OK || code == SQLITE_ROW)
			code = sqlite3_step(h);
		enum status st = ST_OK;
		if (code != SQLITE_DONE)
			st = stmt_fail(d, e);
		sqlite3_finalize(h);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

/* PRAGMA takes no parameters: the number is written into the statement. */
static enum status set_pragma(struct db *d, const char *name, int value, struct err *e)
{
	char sql[64];
	snprintf(sql, sizeof(sql), "PRAGMA %s = %d", name, value);
	return run_text(d, sql, e);
}

static enum status take_step(struct db *d, const struct schema_step *step, struct err *e)
{
	const char *text = step->text;
	if (step->asset != NULL) {
		const struct asset *asset = asset_find(step->asset);
		if (asset == NULL)
			return err_set(
				e, ST_IO, "%s is not part of this program", step->asset);
		text = asset->text;
	}
	enum status st = run_text(d, text, e);
	if (st == ST_OK)
		st = set_pragma(d, "application_id", DB_APPLICATION_ID, e);
	if (st == ST_OK)
		st = set_pragma(d, "user_version", step->version, e);
	return st;
}

enum status schema_identify(struct db *d, const struct schema *s, int *version,
	enum schema_found *out, struct err *e)
{
	int64_t application = 0, user = 0, objects = 0;
	enum status st = stmt_query_int(d, "PRAGMA application_id", 0, &application, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "PRAGMA user_version", 0, &user, e);
	if (st == ST_OK)
		st = stmt_query_int(
			d, "SELECT count(*) FROM sqlite_schema", 0, &objects, e);
	if (st != ST_OK)
		return st;
	*version = (int)user;
	if (application == 0 && user == 0 && objects == 0)
		*out = SCHEMA_NONE;
	else if (application != DB_APPLICATION_ID || user < 1)
		*out = SCHEMA_FOREIGN;
	else if ((size_t)user < s->n)
		*out = SCHEMA_OLDER;
	else
		*out = (size_t)user == s->n ? SCHEMA_CURRENT : SCHEMA_NEWER;
	return ST_OK;
}

/* Inside the transaction: another process may have been faster. */
static enum status take_missing_steps(struct db *d, const struct schema *s, struct err *e)
{
	int version;
	enum schema_found found;
	enum status st = schema_identify(d, s, &version, &found, e);
	if (st != ST_OK || found == SCHEMA_CURRENT)
		return st;
	if (found != SCHEMA_NONE && found != SCHEMA_OLDER)
		return err_set(e, ST_UNOPENED, "%s: changed by another program", d->path);
	for (size_t i = (size_t)version; st == ST_OK && i < s->n; i++)
		st = take_step(d, &s->steps[i], e);
	return st == ST_OK && s->n >= SEALED_FROM ? seal_upgraded(d, e) : st;
}

enum status schema_upgrade(struct db *d, const struct schema *s, struct err *e)
{
	int version;
	enum schema_found found;
	enum status st = schema_identify(d, s, &version, &found, e);
	if (st == ST_OK && found == SCHEMA_OLDER) {
		char suffix[32];
		snprintf(suffix, sizeof(suffix), ".bak-v%d", version);
		st = copy_beside(d, suffix, e);
	}
	return st == ST_OK ? schema_upgrade_copy(d, s, e) : st;
}

enum status schema_upgrade_copy(struct db *d, const struct schema *s, struct err *e)
{
	enum status st = stmt_exec(d, "BEGIN IMMEDIATE", e);
	if (st != ST_OK)
		return st;
	st = take_missing_steps(d, s, e);
	if (st == ST_OK)
		st = stmt_exec(d, "COMMIT", e);
	if (st != ST_OK)
		stmt_roll_back(d);
	return st;
}

/* ---- comparing ---- */

static const char objects_sql[] =
	"SELECT name, type, sql FROM sqlite_schema"
	" WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY name, type";
enum { OBJECT_COLUMNS = 3 };

enum status schema_fingerprint(struct db *d, char out[SHA256_HEX], struct err *e)
{
	struct sha256 h;
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, objects_sql, &s, e);
	sha256_init(&h);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		for (int i = 0; i < OBJECT_COLUMNS; i++)
			hash_text(&h, stmt_text(s, i));
	stmt_close(s);
	sha256_end(&h, out);
	return st;
}

/* A book as the steps make it, in memory. Freed with close_fresh. */
static enum status open_fresh(const struct schema *s, struct db *fresh, struct err *e)
{
	memset(fresh, 0, sizeof(*fresh));
	fresh->path = (char *)":memory:"; /* only read, by messages */
	if (sqlite3_open_v2(":memory:", &fresh->h,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = ST_OK;
	for (size_t i = 0; st == ST_OK && i < s->n; i++)
		st = take_step(fresh, &s->steps[i], e);
	return st;
}

static void close_fresh(struct db *fresh)
{
	stmt_finalize_all(fresh);
	sqlite3_close(fresh->h);
}

struct difference {
	void (*found)(void *arg, const char *text);
	void *arg;
};

static void tell(
	const struct difference *to, struct text type, struct text name, const char *what)
{
	char line[ERR_TEXT_MAX];
	snprintf(line, sizeof(line), "schema: %.*s %.*s %s", (int)type.n, type.s,
		(int)(name.n < 200 ? name.n : 200), name.s, what);
	to->found(to->arg, line);
}

/* Both lists are in byte order of the names: a merge. */
static enum status merge(struct stmt *ours, struct stmt *fresh, bool have, bool want,
	const struct difference *to, struct err *e)
{
	enum status st = ST_OK;
	while (st == ST_OK && (have || want)) {
		int order = !want ? -1 : !have ? 1 : 0;
		if (order == 0)
			order = text_cmp(stmt_text(ours, 0), stmt_text(fresh, 0));
		if (order < 0)
			tell(to, stmt_text(ours, 1), stmt_text(ours, 0),
				"does not belong to a book");
		else if (order > 0)
			tell(to, stmt_text(fresh, 1), stmt_text(fresh, 0), "is missing");
		else if (!text_eq(stmt_text(ours, 2), stmt_text(fresh, 2)) ||
			 !text_eq(stmt_text(ours, 1), stmt_text(fresh, 1)))
			tell(to, stmt_text(ours, 1), stmt_text(ours, 0), "was changed");
		if (order <= 0)
			st = stmt_step(ours, &have, e);
		if (st == ST_OK && order >= 0)
			st = stmt_step(fresh, &want, e);
	}
	return st;
}

enum status schema_compare(struct db *d, const struct schema *s,
	void (*found)(void *arg, const char *text), void *arg, struct err *e)
{
	struct db fresh;
	struct stmt *a = NULL, *b = NULL;
	bool have = false, want = false;
	enum status st = open_fresh(s, &fresh, e);
	if (st == ST_OK)
		st = stmt_open(d, objects_sql, &a, e);
	if (st == ST_OK)
		st = stmt_open(&fresh, objects_sql, &b, e);
	if (st == ST_OK)
		st = stmt_step(a, &have, e);
	if (st == ST_OK)
		st = stmt_step(b, &want, e);
	if (st == ST_OK)
		st = merge(a, b, have, want, &(struct difference){ found, arg }, e);
	stmt_close(a);
	stmt_close(b);
	close_fresh(&fresh);
	return st;
}

static void keep_first(void *arg, const char *text)
{
	char *first = arg;
	if (first[0] == '\0')
		snprintf(first, ERR_TEXT_MAX, "%s", text);
}

enum status schema_newer(struct db *d, const struct schema *s, int version, struct err *e)
{
	return err_set(e, ST_UNOPENED,
		"%s: made by a newer tierdesk (version %d, this one knows %d): update "
		"the "
		"program",
		d->path, version, (int)s->n);
}

/* Making a book to compare with takes longer than all else at opening: it is done where
 * something differs, to say what. */
static enum status is_known(
	struct db *d, const struct schema_step *newest, bool *known, struct err *e)
{
	char hex[SHA256_HEX];
	*known = false;
	if (newest->fingerprint == NULL)
		return ST_OK;
	enum status st = schema_fingerprint(d, hex, e);
	*known = st == ST_OK && strcmp(hex, newest->fingerprint) == 0;
	return st;
}

enum status schema_check(struct db *d, const struct schema *s, struct err *e)
{
	char first[ERR_TEXT_MAX] = "";
	int version;
	bool known;
	enum schema_found found;
	enum status st = schema_identify(d, s, &version, &found, e);
	if (st == ST_OK && found == SCHEMA_NEWER)
		return schema_newer(d, s, version, e);
	if (st == ST_OK)
		st = is_known(d, &s->steps[s->n - 1], &known, e);
	if (st == ST_OK && !known)
		st = schema_compare(d, s, keep_first, first, e);
	if (st == ST_OK && first[0] != '\0')
		return err_set(e, ST_UNOPENED,
			"%s: %s: changed by another program; restore a backup", d->path,
			first);
	return st;
}
