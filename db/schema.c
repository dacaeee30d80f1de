/* Making, upgrading and recognising the schema of a book. */
#include "db/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "db/copy.h"
#include "db/seal.h"

#define SEALED_FROM 6 /* the first version that has seals */

static const struct schema_step steps[] = {
	{ 1, "schema/001-book.sql", NULL },
	{ 2, "schema/002-console.sql", NULL },
	{ 3, "schema/003-work.sql", NULL },
	{ 4, "schema/004-history.sql", NULL },
	{ 5, "schema/005-history.sql", NULL },
	{ 6, "schema/006-seal.sql", NULL },
	{ 7, "schema/007-outbox.sql", NULL },
	{ 8, "schema/008-days.sql", NULL },
	{ 9, "schema/009-manager.sql", NULL },
	{ 10, "schema/010-fixes.sql", NULL },
	{ 11, "schema/011-told.sql", NULL },
	{ 12, "schema/012-languages.sql", NULL },
	{ 13, "schema/013-hand.sql", NULL },
	{ 14, "schema/014-told.sql", NULL },
};

const struct schema schema_current = {
	.steps = steps,
	.n = sizeof(steps) / sizeof(steps[0]),
	.whole = { [SCHEMA_TABLES] = "schema/book-tables.sql",
		[SCHEMA_TRIGGERS] = "schema/book-triggers.sql",
		[SCHEMA_HISTORY] = "schema/book-history.sql" },
};

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

/* Inside the transaction: another process may have been faster, and what it made of the
 * book is not to stand in for what it was. */
static enum status take_missing_steps(
	struct db *d, const struct schema *s, bool keep, struct err *e)
{
	int version;
	enum schema_found found;
	enum status st = schema_identify(d, s, &version, &found, e);
	if (st != ST_OK || found == SCHEMA_CURRENT)
		return st;
	if (found != SCHEMA_NONE && found != SCHEMA_OLDER)
		return err_set(e, ST_UNOPENED, "%s: changed by another program", d->path);
	if (keep && found == SCHEMA_OLDER) {
		char suffix[32];
		snprintf(suffix, sizeof(suffix), ".bak-v%d", version);
		st = copy_committed(d, suffix, e);
	}
	for (size_t i = (size_t)version; st == ST_OK && i < s->n; i++)
		st = take_step(d, &s->steps[i], e);
	return st == ST_OK && s->n >= SEALED_FROM ? seal_upgraded(d, e) : st;
}

enum status schema_upgrade(struct db *d, const struct schema *s, bool keep, struct err *e)
{
	enum status st = stmt_exec(d, "BEGIN IMMEDIATE", e);
	if (st != ST_OK)
		return st;
	st = take_missing_steps(d, s, keep, e);
	if (st == ST_OK)
		st = stmt_exec(d, "COMMIT", e);
	if (st != ST_OK)
		stmt_roll_back(d);
	return st;
}

/* ---- comparing ---- */

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
	const struct difference *to, const struct schema_object *o, const char *what)
{
	char line[ERR_TEXT_MAX];
	snprintf(line, sizeof(line), "schema: %.*s %.*s %s", (int)o->type.n, o->type.s,
		(int)(o->name.n < 200 ? o->name.n : 200), o->name.s, what);
	to->found(to->arg, line);
}

static enum status look_at_objects(struct db *d, struct schema_whole *whole,
	const struct difference *to, struct err *e)
{
	struct schema_object is;
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, "SELECT type, name, sql FROM sqlite_schema", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		if (!schema_whole_row(s, &is))
			continue;
		struct schema_object *must = schema_whole_find(whole, &is);
		if (must == NULL || must->found)
			tell(to, &is, "does not belong to a book");
		else if (!text_eq(is.sql, must->sql) || !text_eq(is.type, must->type))
			tell(to, &is, "was changed");
		if (must != NULL)
			must->found = true;
	}
	stmt_close(s);
	for (size_t i = 0; st == ST_OK && i < whole->n; i++)
		if (!whole->objects[i].found)
			tell(to, &whole->objects[i], "is missing");
	return st;
}

static enum status write_fresh(
	const struct schema *s, char *texts[SCHEMA_PARTS], struct err *e)
{
	struct db fresh;
	enum status st = open_fresh(s, &fresh, e);
	if (st == ST_OK)
		st = schema_whole_write(&fresh, texts, e);
	close_fresh(&fresh);
	return st;
}

/* Making a book to compare with takes longer than all else at opening. */
static enum status find_whole(const struct schema *s, char *made[SCHEMA_PARTS],
	const char *texts[SCHEMA_PARTS], struct err *e)
{
	enum status st = ST_OK;
	if (s->whole[0] == NULL)
		st = write_fresh(s, made, e);
	for (int i = 0; st == ST_OK && i < SCHEMA_PARTS; i++) {
		const char *name = s->whole[i];
		const struct asset *asset = name != NULL ? asset_find(name) : NULL;
		texts[i] = asset != NULL ? asset->text : made[i];
		if (texts[i] == NULL)
			st = err_set(e, ST_IO, "%s is not part of this program", name);
	}
	return st;
}

enum status schema_compare(struct db *d, const struct schema *s,
	void (*found)(void *arg, const char *text), void *arg, struct err *e)
{
	const char *texts[SCHEMA_PARTS];
	char *made[SCHEMA_PARTS] = { NULL };
	struct schema_whole whole = { .objects = NULL };
	enum status st = find_whole(s, made, texts, e);
	if (st == ST_OK)
		st = schema_whole_read(texts, &whole, e);
	if (st == ST_OK)
		st = look_at_objects(d, &whole, &(struct difference){ found, arg }, e);
	free(whole.objects);
	for (int i = 0; i < SCHEMA_PARTS; i++)
		sqlite3_free(made[i]);
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

enum status schema_check(struct db *d, const struct schema *s, struct err *e)
{
	char first[ERR_TEXT_MAX] = "";
	int version;
	enum schema_found found;
	enum status st = schema_identify(d, s, &version, &found, e);
	if (st == ST_OK && found == SCHEMA_NEWER)
		return schema_newer(d, s, version, e);
	if (st == ST_OK)
		st = schema_compare(d, s, keep_first, first, e);
	if (st == ST_OK && first[0] != '\0')
		return err_set(e, ST_UNOPENED,
			"%s: %s: changed by another program; restore a backup", d->path,
			first);
	return st;
}
