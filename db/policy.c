/* Policy versions: added, read, never changed. The caps of the tiers follow the newest
 * one by a trigger of the schema. */
#include "db/db_internal.h"

static const char *keep(struct arena *a, struct text t, enum status *st, struct err *e)
{
	const char *copy = arena_copy(a, t.s, t.n);
	if (copy == NULL)
		*st = err_set(e, ST_NOMEM, "out of memory");
	return copy;
}

enum status db_policy_load(struct store *store, int32_t version, struct arena *a,
	struct policy_version *out, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(db_of(store),
		"SELECT version, at, author, reason, text FROM policy_version"
		" WHERE version = ?1 OR ?1 = 0 ORDER BY version DESC LIMIT 1",
		&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, version);
		st = stmt_step(s, &row, e);
	}
	if (st == ST_OK && !row && version == 0)
		st = err_set(e, ST_NOTFOUND, "no policy was applied yet");
	else if (st == ST_OK && !row)
		st = err_set(e, ST_NOTFOUND, "no policy version %d", version);
	if (st == ST_OK)
		*out = (struct policy_version){
			.version = (int32_t)stmt_int(s, 0),
			.at = stmt_int(s, 1),
			.author = keep(a, stmt_text(s, 2), &st, e),
			.reason = keep(a, stmt_text(s, 3), &st, e),
			.text = keep(a, stmt_text(s, 4), &st, e),
		};
	stmt_close(s);
	return st;
}

enum status db_policy_save(struct store *store, const struct policy_version *p,
	const uint32_t cap_bp[TIER_COUNT], int32_t *version, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO policy_version(at, author, reason, text, cap1_bp,"
			" cap2_bp) VALUES (?, ?, ?, ?, ?, ?)",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, p->at);
		stmt_bind_text(s, 2, text_of(p->author));
		stmt_bind_text(s, 3, text_of(p->reason));
		stmt_bind_text(s, 4, text_of(p->text));
		stmt_bind_int(s, 5, cap_bp[0]);
		stmt_bind_int(s, 6, cap_bp[1]);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	if (st == ST_OK)
		*version = (int32_t)sqlite3_last_insert_rowid(d->h);
	return st;
}
