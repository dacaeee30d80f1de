/*
 * Messages that senders have. What became of one is never taken back: where the book goes
 * back to a copy, it is carried along.
 */
#include "db/copy.h"
#include "db/db_internal.h"
#include "db/mirror.h"

static enum status give(struct stmt *s, delivery_fn fn, void *arg, struct err *e)
{
	const struct delivery d = {
		.message = stmt_int(s, 0),
		.actor = stmt_text(s, 1),
		.until = stmt_int(s, 2),
		.sent = stmt_is_null(s, 3) ? DAY_NONE : mirror_day(stmt_int(s, 3)),
		.failure =
			stmt_is_null(s, 4) ? (struct text){ NULL, 0 } : stmt_text(s, 4),
	};
	return fn(arg, &d, e);
}

enum status db_deliveries(
	struct store *store, int64_t message, delivery_fn fn, void *arg, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(db_of(store),
		"SELECT d.message, d.actor, d.until, d.sent_on, d.failure FROM delivery d"
		" JOIN message m ON m.id = d.message WHERE m.sent_on IS NULL"
		" AND (?1 = 0 OR d.message = ?1) ORDER BY d.message",
		&s, e);
	if (st == ST_OK)
		stmt_bind_int(s, 1, message);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		st = give(s, fn, arg, e);
	stmt_close(s);
	return st;
}

enum status db_delivery_save(struct store *store, const struct delivery *x, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?)", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, x->message);
		stmt_bind_text(s, 2, x->actor);
		stmt_bind_int(s, 3, x->until);
		if (x->sent != DAY_NONE)
			stmt_bind_int(s, 4, x->sent);
		if (x->failure.s != NULL)
			stmt_bind_text(s, 5, x->failure);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status db_delivery_drop(struct store *store, int64_t message, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = stmt_open(d, "DELETE FROM delivery WHERE message = ?", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, message);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status db_last_message(struct db *d, int64_t *out, struct err *e)
{
	return stmt_query_int(d, "SELECT last_message FROM book", 0, out, e);
}

/* ---- the way back to a copy ---- */

/* Messages of which somebody heard. */
#define OUT                                                                             \
	" WHERE sent_on IS NOT NULL OR tries IS NOT NULL OR id IN (SELECT message FROM" \
	" delivery)"
static const char out_sql[] =
	"SELECT id, account, made_on, kind, recipient, subject,"
	" body, play, alert, sent_on, tries, failure, actor FROM message" OUT;
/* Numbers are not given twice: the same one is the same message. What was written to an
 * account that the copy does not have is told by the history alone. */
static const char put_sql[] =
	"INSERT OR REPLACE INTO message(id, account, made_on, kind, recipient, subject,"
	" body, play, alert, sent_on, tries, failure, actor)"
	" SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13"
	" WHERE EXISTS (SELECT 1 FROM account WHERE id = ?2)";
static const char delivery_sql[] =
	"SELECT message, actor, until, sent_on, failure FROM delivery";
static const char delivered_sql[] =
	"INSERT OR REPLACE INTO delivery SELECT ?1, ?2, ?3, ?4, ?5"
	" WHERE EXISTS (SELECT 1 FROM message WHERE id = ?1)";

static enum status carry_last(struct db *from, struct db *to, struct err *e)
{
	struct stmt *s = NULL;
	int64_t last;
	enum status st = stmt_query_int(from,
		"SELECT max(last_message, ifnull((SELECT max(id) FROM message), 0))"
		" FROM book",
		0, &last, e);
	if (st == ST_OK)
		st = stmt_open(to, "UPDATE book SET last_message = ?", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, last);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status db_delivery_carry(struct db *from, struct db *to, struct err *e)
{
	enum status st = copy_rows(from, out_sql, to, put_sql, 0, e);
	if (st == ST_OK)
		st = copy_rows(from, delivery_sql, to, delivered_sql, 0, e);
	return st == ST_OK ? carry_last(from, to, e) : st;
}
