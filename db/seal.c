/*
 * The chain. What is hashed for one operation, in this order: a word that names this
 * form, the seal before (64 zeros before the first), how it was sealed, its row of
 * `operation`, its rows of `operation_change` by seq, and that of `operation_tiers`; of
 * each row a letter and the columns in the order of the statements here.
 */
#include "db/seal.h"

#include <stdio.h>
#include <string.h>

#include "db/hash.h"

static const char *const how_name[] = { "commit", "later", "upgrade" };

struct link {
	int64_t operation;
	char seal[SHA256_HEX];
};

/* ---- what is hashed ---- */

static const char operation_sql[] =
	"SELECT id, at, actor, step, title, reason, reverses, account, changes, kind,"
	" subject, backup FROM operation WHERE id = ?";
static const char changes_sql[] =
	"SELECT operation, seq, kind, row, account, before, after"
	" FROM operation_change WHERE operation = ? ORDER BY seq";
/* A BLOB is no cell: it is last, and hashed as a text. */
static const char tiers_sql[] = "SELECT operation, review_before, review_after, data"
				" FROM operation_tiers WHERE operation = ?";

struct source {
	const char *sql;
	char letter;
	int cells;
	bool blob;
};
static const struct source sources[] = {
	{ operation_sql, 'o', 12, false },
	{ changes_sql, 'c', 7, false },
	{ tiers_sql, 't', 3, true },
};
enum { SOURCES = sizeof(sources) / sizeof(sources[0]) };

static void hash_row(struct sha256 *h, const struct source *p, struct stmt *s)
{
	sha256_add(h, &p->letter, 1);
	for (int i = 0; i < p->cells; i++) {
		const struct cell c = stmt_cell(s, i);
		hash_cell(h, &c);
	}
	if (p->blob) {
		size_t n;
		const char *bytes = stmt_blob(s, p->cells, &n);
		hash_text(h, (struct text){ bytes, n });
	}
}

static enum status hash_rows(struct db *d, struct sha256 *h, const struct source *p,
	int64_t operation, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, p->sql, &s, e);
	if (st == ST_OK)
		stmt_bind_int(s, 1, operation);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		hash_row(h, p, s);
	stmt_close(s);
	return st;
}

/* Makes the next link out of the one before. */
static enum status make_seal(
	struct db *d, struct link *l, int64_t operation, struct text how, struct err *e)
{
	struct sha256 h;
	enum status st = ST_OK;
	sha256_init(&h);
	hash_text(&h, TEXT("tierdesk history 1"));
	hash_text(&h, text_of(l->seal));
	hash_text(&h, how);
	for (int i = 0; st == ST_OK && i < SOURCES; i++)
		st = hash_rows(d, &h, &sources[i], operation, e);
	sha256_end(&h, l->seal);
	l->operation = operation;
	return st;
}

static void before_the_first(struct link *l)
{
	l->operation = 0;
	memset(l->seal, '0', sizeof(l->seal) - 1);
	l->seal[sizeof(l->seal) - 1] = '\0';
}

/* A seal as it is stored; false: it is none. */
static bool take_seal(struct text t, char out[SHA256_HEX])
{
	if (t.n != SHA256_HEX - 1)
		return false;
	memcpy(out, t.s, t.n);
	out[t.n] = '\0';
	return true;
}

/* ---- sealing ---- */

static enum status newest_link(struct db *d, struct link *l, struct err *e)
{
	struct stmt *s;
	bool row = false;
	before_the_first(l);
	enum status st = stmt_open(d,
		"SELECT operation, seal FROM operation_seal ORDER BY operation DESC "
		"LIMIT 1",
		&s, e);
	if (st == ST_OK)
		st = stmt_step(s, &row, e);
	if (st == ST_OK && row) {
		l->operation = stmt_int(s, 0);
		/* A broken one gives a chain that says so. */
		(void)take_seal(stmt_text(s, 1), l->seal);
	}
	stmt_close(s);
	return st;
}

static enum status note_rows(struct db *d, int64_t operation, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT DISTINCT kind, row FROM operation_change WHERE operation = ?", &s,
		e);
	if (st == ST_OK)
		stmt_bind_int(s, 1, operation);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		st = digest_note(d, stmt_text(s, 0), stmt_int(s, 1), e);
	stmt_close(s);
	return st;
}

static enum status save_link(
	struct db *d, const struct link *l, struct text how, struct err *e)
{
	struct stmt *s;
	enum status st =
		stmt_open(d, "INSERT INTO operation_seal VALUES (?, ?, ?)", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, l->operation);
		stmt_bind_text(s, 2, how);
		stmt_bind_text(s, 3, text_of(l->seal));
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status seal_history(struct db *d, enum seal_how how, struct err *e)
{
	const struct text word = text_of(how_name[how]);
	struct stmt *s = NULL;
	struct link l;
	bool row;
	enum status st = newest_link(d, &l, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "SELECT id FROM operation WHERE id > ? ORDER BY id", &s, e);
	if (st == ST_OK)
		stmt_bind_int(s, 1, l.operation);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		st = make_seal(d, &l, stmt_int(s, 0), word, e);
		if (st == ST_OK)
			st = save_link(d, &l, word, e);
		if (st == ST_OK && how != SEAL_UPGRADE)
			st = note_rows(d, l.operation, e);
	}
	stmt_close(s);
	return st;
}

enum status seal_upgraded(struct db *d, struct err *e)
{
	struct stmt *s = NULL;
	bool row;
	enum status st = seal_history(d, SEAL_UPGRADE, e);
	if (st == ST_OK)
		st = stmt_exec(d, "DELETE FROM row_digest", e);
	if (st == ST_OK)
		st = stmt_open(
			d, "SELECT DISTINCT kind, row FROM operation_change", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		st = digest_note(d, stmt_text(s, 0), stmt_int(s, 1), e);
	stmt_close(s);
	return st;
}

/* ---- asking for one ---- */

enum status db_sealed(
	struct store *store, int64_t operation, struct history_seal *out, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s;
	bool row = false;
	*out = (struct history_seal){ .operation = 0 };
	enum status st = stmt_open(d,
		"SELECT operation, seal, (SELECT count(*) FROM operation o"
		"  WHERE o.id > s.operation), (SELECT max(operation)"
		"  FROM operation_seal WHERE how = 'upgrade')"
		" FROM operation_seal s WHERE ?1 IN (0, operation)"
		" ORDER BY operation DESC LIMIT 1",
		&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, operation);
		st = stmt_step(s, &row, e);
	}
	if (st == ST_OK && row && take_seal(stmt_text(s, 1), out->hex)) {
		out->operation = stmt_int(s, 0);
		out->after = (uint32_t)stmt_int(s, 2);
		out->upgraded = stmt_int(s, 3);
	}
	stmt_close(s);
	return st;
}

/* ---- verify ---- */

/* Of all operations that are there or were sealed, ascending: whether it is there, how it
 * was sealed, its seal, and whether it is tierdesk's own. (Entries of an operation that
 * is not there are told among the references.) */
static const char chain_sql[] =
	"SELECT i.id, o.id, s.how, s.seal, o.kind <> 'sql' AND o.actor <> 'sql'"
	" FROM (SELECT id FROM operation UNION SELECT operation FROM operation_seal) i"
	" LEFT JOIN operation o ON o.id = i.id"
	" LEFT JOIN operation_seal s ON s.operation = i.id ORDER BY i.id";

/* What is wrong with the operation of the row; NULL: nothing. */
static enum status judge(struct db *d, struct stmt *s, struct link *l, int64_t newest,
	const char **out, struct err *e)
{
	const int64_t id = stmt_int(s, 0);
	const bool own = stmt_int(s, 4) != 0;
	char stored[SHA256_HEX];
	enum status st = ST_OK;
	*out = NULL;
	if (stmt_is_null(s, 1))
		*out = "is gone";
	else if (stmt_is_null(s, 3) && id < newest)
		*out = "has no seal, later ones have";
	else if (stmt_is_null(s, 3) && own && !d->writing)
		*out = "was not sealed when it was written";
	if (*out != NULL || stmt_is_null(s, 3))
		return ST_OK;
	st = make_seal(d, l, id, stmt_text(s, 2), e);
	if (!take_seal(stmt_text(s, 3), stored) || strcmp(stored, l->seal) != 0)
		*out = "is not what was sealed, or an earlier one is gone";
	else if (own && text_eq(stmt_text(s, 2), text_of(how_name[SEAL_LATER])))
		*out = "was sealed a second time: its first seal was removed";
	return st;
}

enum status seal_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct stmt *s = NULL;
	struct link l;
	const char *what = NULL;
	int64_t newest;
	bool row;
	enum status st = stmt_query_int(
		d, "SELECT max(operation) FROM operation_seal", INT64_MIN, &newest, e);
	before_the_first(&l);
	if (st == ST_OK)
		st = stmt_open(d, chain_sql, &s, e);
	while (st == ST_OK && what == NULL && (st = stmt_step(s, &row, e)) == ST_OK &&
		row) {
		const int64_t sound = l.operation;
		st = judge(d, s, &l, newest, &what, e);
		if (st == ST_OK && what != NULL) {
			char line[200];
			snprintf(line, sizeof(line),
				"history: sound up to operation %lld: operation %lld %s",
				(long long)sound, (long long)stmt_int(s, 0), what);
			found(arg, line);
		}
	}
	stmt_close(s);
	return st;
}
