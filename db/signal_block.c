/* Signals: blocks of packed values, and how they are merged. */
#include "db/signal.h"

#include <stdlib.h>
#include <string.h>

enum status signal_values_room(struct signal_values *v, uint32_t n, struct err *e)
{
	if (n <= v->capacity)
		return ST_OK;
	/* What was in it need not survive. */
	free(v->memory);
	*v = (struct signal_values){ 0 };
	v->memory =
		malloc((size_t)n * (sizeof(double) + sizeof(int32_t) + sizeof(uint16_t)));
	if (v->memory == NULL)
		return err_set(e, ST_NOMEM, "out of memory for %u signals", n);
	v->value = v->memory;
	v->day = (int32_t *)(v->value + n);
	v->at = (uint16_t *)(v->day + n);
	v->capacity = n;
	return ST_OK;
}

void signal_values_clear(struct signal_values *v)
{
	free(v->memory);
	*v = (struct signal_values){ 0 };
}

static void copy_values(struct signal_values *to, const struct signal_values *from,
	uint32_t at, uint32_t n)
{
	if (n == 0)
		return; /* an empty list may have no memory at all */
	memcpy(to->at + to->n, from->at + at, n * sizeof(*to->at));
	memcpy(to->day + to->n, from->day + at, n * sizeof(*to->day));
	memcpy(to->value + to->n, from->value + at, n * sizeof(*to->value));
	to->n += n;
}

enum status signal_values_merge(const struct signal_values *older,
	const struct signal_values *newer, struct signal_values *out, struct err *e)
{
	enum status st = signal_values_room(out, older->n + newer->n, e);
	if (st != ST_OK)
		return st;
	out->n = 0;
	uint32_t i = 0, j = 0;
	while (i < older->n && j < newer->n) {
		uint64_t a = signal_values_key(older, i), b = signal_values_key(newer, j);
		const struct signal_values *from = a < b ? older : newer;
		uint32_t at = a < b ? i : j;
		out->at[out->n] = from->at[at];
		out->day[out->n] = from->day[at];
		out->value[out->n] = from->value[at];
		out->n++;
		i += a <= b;
		j += b <= a;
	}
	copy_values(out, older, i, older->n - i);
	copy_values(out, newer, j, newer->n - j);
	return ST_OK;
}

/* ---- in the book ---- */

enum status signal_heads_read(struct db *d, struct signal_place at, int64_t from_seq,
	struct signal_heads *out, struct err *e)
{
	struct stmt *s;
	bool row;
	out->n = 0;
	enum status st = stmt_open(d,
		"SELECT seq, first_day, last_day, n FROM signal_block"
		" WHERE kind = ?1 AND part = ?2 AND seq >= ?3 ORDER BY seq",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, at.kind);
	stmt_bind_int(s, 2, at.part);
	stmt_bind_int(s, 3, from_seq);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		if (out->n == out->capacity) {
			uint32_t capacity = out->capacity * 2 + 16;
			void *more = realloc(out->head, capacity * sizeof(*out->head));
			if (more == NULL) {
				st = err_set(e, ST_NOMEM, "out of memory");
				break;
			}
			out->head = more;
			out->capacity = capacity;
		}
		out->head[out->n++] = (struct signal_head){
			.seq = stmt_int(s, 0),
			.first_day = (int32_t)stmt_int(s, 1),
			.last_day = (int32_t)stmt_int(s, 2),
			.n = (uint32_t)stmt_int(s, 3),
		};
	}
	stmt_close(s);
	return st;
}

uint64_t signal_heads_values(const struct signal_heads *heads)
{
	uint64_t n = 0;
	for (uint32_t k = 0; k < heads->n; k++)
		n += heads->head[k].n;
	return n;
}

uint32_t signal_accounts_at_once(uint64_t values)
{
	enum { VALUES_AT_ONCE = 4000000 };
	const uint64_t pieces = values / VALUES_AT_ONCE + 1;
	return pieces >= PART_ACCOUNTS ? 1 : (uint32_t)(PART_ACCOUNTS / pieces);
}

static bool well_ordered(const struct signal_values *v, const struct signal_head *head)
{
	bool good = v->n == 0 || v->at[v->n - 1] < PART_ACCOUNTS;
	for (uint32_t i = 0; i < v->n; i++)
		good &= (v->day[i] >= head->first_day) & (v->day[i] <= head->last_day);
	for (uint32_t i = 1; i < v->n; i++)
		good &= signal_values_key(v, i - 1) < signal_values_key(v, i);
	return good && head->first_day >= DAY_MIN && head->last_day <= DAY_MAX;
}

static enum status decode_block(const void *data, size_t size,
	const struct signal_head *head, struct signal_values *v, struct err *e)
{
	struct pack_view view;
	enum status st = pack_open(&view, data, size, 3, e);
	if (st == ST_OK && (view.rows != head->n || head->n > SIGNAL_BLOCK_MAX))
		st = err_set(e, ST_CORRUPT, "not as many values as there should be");
	if (st == ST_OK)
		st = signal_values_room(v, view.rows, e);
	if (st != ST_OK)
		return st;
	v->n = view.rows;
	st = pack_get_u16(&view, 0, v->at, e);
	if (st == ST_OK)
		st = pack_get_i32(&view, 1, v->day, e);
	if (st == ST_OK)
		pack_get_f64(&view, 2, v->value);
	if (st == ST_OK && !well_ordered(v, head))
		st = err_set(e, ST_CORRUPT, "values out of order");
	return st;
}

enum status signal_block_read(struct db *d, struct signal_place at,
	const struct signal_head *head, struct signal_values *v, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT data FROM signal_block WHERE kind = ?1 AND part = ?2 AND seq = "
		"?3",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, at.kind);
	stmt_bind_int(s, 2, at.part);
	stmt_bind_int(s, 3, head->seq);
	st = stmt_step(s, &row, e);
	if (st == ST_OK) {
		size_t size = 0;
		const void *data = row ? stmt_blob(s, 0, &size) : NULL;
		st = decode_block(data, size, head, v, e);
	}
	stmt_close(s);
	if (st == ST_CORRUPT)
		return err_set(e, st,
			"%s: signals of kind %u are damaged: restore a backup", d->path,
			at.kind);
	return st;
}

enum status signal_block_write(struct db *d, struct signal_place at, int64_t seq,
	const struct signal_values *v, struct err *e)
{
	struct stmt *s = NULL;
	struct pack blob = { 0 };
	int32_t first = v->day[0], last = v->day[0];
	for (uint32_t i = 1; i < v->n; i++) {
		first = v->day[i] < first ? v->day[i] : first;
		last = v->day[i] > last ? v->day[i] : last;
	}
	pack_begin(&blob, v->n);
	pack_u16(&blob, v->at);
	pack_i32(&blob, v->day);
	pack_f64(&blob, v->value);
	enum status st = pack_end(&blob, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO signal_block(kind, part, seq, first_day, last_day,"
			" n, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
			" ON CONFLICT DO UPDATE SET first_day = excluded.first_day,"
			" last_day = excluded.last_day, n = excluded.n,"
			" data = excluded.data",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, at.kind);
		stmt_bind_int(s, 2, at.part);
		stmt_bind_int(s, 3, seq);
		stmt_bind_int(s, 4, first);
		stmt_bind_int(s, 5, last);
		stmt_bind_int(s, 6, v->n);
		stmt_bind_blob(s, 7, blob.data, blob.n);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	pack_clear(&blob);
	return st;
}

static enum status delete_block(
	struct db *d, struct signal_place at, int64_t seq, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_open(d,
		"DELETE FROM signal_block WHERE kind = ?1 AND part = ?2 AND seq = ?3", &s,
		e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, at.kind);
	stmt_bind_int(s, 2, at.part);
	stmt_bind_int(s, 3, seq);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

/* The first block that is less than twice as large as the next, or heads->n. */
static uint32_t small_one(const struct signal_heads *heads)
{
	uint32_t i = 0;
	for (; i + 1 < heads->n; i++) {
		uint64_t n = heads->head[i].n, next = heads->head[i + 1].n;
		if (n < 2 * next && n + next <= SIGNAL_BLOCK_MAX)
			return i;
	}
	return heads->n;
}

enum status signal_block_compact(struct db *d, struct signal_place at, struct err *e)
{
	struct signal_heads heads = { 0 };
	struct signal_values older = { 0 }, newer = { 0 }, both = { 0 };
	enum status st = signal_heads_read(d, at, 0, &heads, e);
	uint32_t i;
	while (st == ST_OK && (i = small_one(&heads)) < heads.n) {
		struct signal_head *a = &heads.head[i], *b = &heads.head[i + 1];
		st = signal_block_read(d, at, a, &older, e);
		if (st == ST_OK)
			st = signal_block_read(d, at, b, &newer, e);
		if (st == ST_OK)
			st = signal_values_merge(&older, &newer, &both, e);
		if (st == ST_OK)
			st = delete_block(d, at, a->seq, e);
		if (st == ST_OK)
			st = signal_block_write(d, at, b->seq, &both, e);
		b->n = both.n;
		b->first_day = a->first_day < b->first_day ? a->first_day : b->first_day;
		b->last_day = a->last_day > b->last_day ? a->last_day : b->last_day;
		heads.n--;
		memmove(a, b, (heads.n - i) * sizeof(*a));
	}
	signal_values_clear(&older);
	signal_values_clear(&newer);
	signal_values_clear(&both);
	free(heads.head);
	return st;
}
