/* Rows out, as the catalogue describes them. */
#include "db/sql.h"

/* Hands every row of an open statement (id first) to the callback. */
static enum status hand_out(
	struct stmt *s, const struct record *r, row_fn fn, void *arg, struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX];
	bool row;
	enum status st;
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		for (int i = 0; i < r->count; i++)
			cells[i] = stmt_cell(s, i + 1);
		st = fn(arg, stmt_int(s, 0), cells, e);
		if (st != ST_OK)
			break;
	}
	return st;
}

enum status db_rows(struct store *store, enum record_kind kind, uint32_t account,
	row_fn fn, void *arg, struct err *e)
{
	struct db *d = db_of(store);
	if (kind == REC_SIGNAL)
		return db_signal_rows(d, account, fn, arg, e);
	if (account != 0 && kind != REC_CSM)
		return db_rows_of(store, kind, &account, 1, fn, arg, e);
	struct stmt *s;
	enum status st = sql_open(d, kind, SQL_ALL, &s, e);
	if (st == ST_OK)
		st = hand_out(s, record_of(kind), fn, arg, e);
	stmt_close(s);
	return st;
}

/* Under one lock: else each account would take it anew. */
enum status db_rows_of(struct store *store, enum record_kind kind, const uint32_t *ids,
	uint32_t n, row_fn fn, void *arg, struct err *e)
{
	struct stmt *s;
	enum status st = db_hold(store, e);
	if (st != ST_OK)
		return st;
	st = sql_open(db_of(store), kind, SQL_OF, &s, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		stmt_bind_int(s, 1, ids[i]);
		st = hand_out(s, record_of(kind), fn, arg, e);
	}
	stmt_close(s);
	db_release(store);
	return st;
}

enum status db_unended(struct store *store, enum record_kind kind, uint32_t account,
	int32_t ended_from, row_fn fn, void *arg, struct err *e)
{
	struct stmt *s;
	enum status st = sql_open(
		db_of(store), kind, account == 0 ? SQL_UNENDED : SQL_UNENDED_OF, &s, e);
	if (st == ST_OK && account != 0)
		stmt_bind_int(s, 1, account);
	if (st == ST_OK) {
		stmt_bind_int(s, 2, ended_from);
		st = hand_out(s, record_of(kind), fn, arg, e);
	}
	stmt_close(s);
	return st;
}

enum status db_unended_names(struct store *store, enum record_kind kind,
	int32_t ended_from, row_fn fn, void *arg, struct err *e)
{
	struct stmt *s;
	enum status st = sql_open(db_of(store), kind, SQL_UNENDED_NAMES, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 2, ended_from);
		st = hand_out(s, record_of(kind), fn, arg, e);
	}
	stmt_close(s);
	return st;
}

struct paging {
	row_fn fn;
	void *arg;
	uint32_t n;
	int64_t last;
};

static enum status take_paged(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct paging *p = arg;
	p->n++;
	p->last = id;
	return p->fn(p->arg, id, cells, e);
}

/* By id: then a step reads neighbours in the file, whatever account they are of. */
enum status db_past_names(struct store *store, enum record_kind kind, int64_t after,
	uint32_t n, row_fn fn, void *arg, int64_t *last, struct err *e)
{
	struct paging p = { fn, arg, 0, 0 };
	struct stmt *s;
	enum status st = sql_open(db_of(store), kind, SQL_PAST_NAMES, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, after);
		stmt_bind_int(s, 2, n);
		st = hand_out(s, record_of(kind), take_paged, &p, e);
	}
	stmt_close(s);
	*last = p.n < n ? 0 : p.last;
	return st;
}

enum status db_accounts_all(struct store *store, row_fn fn, void *arg, struct err *e)
{
	struct stmt *s;
	enum status st = sql_open(db_of(store), REC_ACCOUNT, SQL_BY_ID, &s, e);
	if (st == ST_OK)
		st = hand_out(s, record_of(REC_ACCOUNT), fn, arg, e);
	stmt_close(s);
	return st;
}

#define TICKETS "SELECT account, opened_on, root_cause FROM ticket"
#define OPENED " WHERE opened_on BETWEEN ?1 AND ?2"
enum { MANY = 4 }; /* one ticket in so many: they are looked at in their order */

/* Going from the index to a row takes as long as a few rows in their order do. */
static enum status are_many(
	struct db *d, int32_t from, int32_t to, bool *many, struct err *e)
{
	int64_t last = 0;
	struct stmt *s;
	bool row;
	enum status st = stmt_query_int(d, "SELECT max(id) FROM ticket", 0, &last, e);
	if (st == ST_OK)
		st = stmt_open(d, "SELECT count(*) FROM ticket" OPENED, &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, from);
	stmt_bind_int(s, 2, to);
	st = stmt_step(s, &row, e);
	*many = st == ST_OK && row && stmt_int(s, 0) > last / MANY;
	stmt_close(s);
	return st;
}

enum status db_tickets_opened(struct store *store, int32_t from, int32_t to, ticket_fn fn,
	void *arg, struct err *e)
{
	struct stmt *s = NULL;
	bool row, many = false;
	enum status st = are_many(db_of(store), from, to, &many, e);
	if (st == ST_OK)
		st = many ? stmt_open(db_of(store), TICKETS " NOT INDEXED" OPENED, &s, e)
			  : stmt_open(db_of(store), TICKETS OPENED, &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, from);
	stmt_bind_int(s, 2, to);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		st = fn(arg, (uint32_t)stmt_int(s, 0), (int32_t)stmt_int(s, 1),
			stmt_text(s, 2), e);
		if (st != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}
