/* Signals: the newest value of each account, and what follows from it. */
#include "db/signal.h"

#include <math.h>
#include <stdlib.h>

static void latest_reset(struct signal_latest *l)
{
	l->n = 0;
	for (uint32_t i = 0; i < PART_ACCOUNTS; i++) {
		l->day[i] = DAY_NONE;
		l->value[i] = (double)NAN;
	}
}

/* A value that does not count any more gives way to the newest before it. */
static enum status look_further_back(struct db *d, struct signal_place at, uint32_t a,
	struct signal_latest *l, struct err *e)
{
	struct signal_latest *past = malloc(sizeof(*past));
	enum status st = past == NULL ? err_set(e, ST_NOMEM, "out of memory") : ST_OK;
	if (st == ST_OK) {
		past->n = 0;
		for (uint32_t i = 0; i < PART_ACCOUNTS; i++)
			past->day[i] = i == a ? DAY_NONE : DAY_MAX; /* nothing is newer */
		past->value[a] = (double)NAN;
		st = signal_latest_add(d, at, 0, l->day[a] - 1, past, e);
	}
	if (st == ST_OK) {
		l->day[a] = past->day[a];
		l->value[a] = past->value[a];
	}
	free(past);
	return st;
}

/* False: it does not count; the newest of the account may have been withdrawn by it. */
static bool counts(const struct signal_place *at, int32_t day, double value,
	struct signal_latest *l, uint32_t a, bool *withdrawn)
{
	if (known_signal_counts((int64_t)at->kind - 1, value))
		return true;
	if (day == l->day[a]) {
		l->value[a] = 0;
		*withdrawn = true;
	}
	return false;
}

enum status signal_latest_add(struct db *d, struct signal_place at, int64_t from_seq,
	int32_t as_of, struct signal_latest *l, struct err *e)
{
	struct signal_heads heads = { 0 };
	struct signal_values v = { 0 };
	bool withdrawn = false;
	enum status st = signal_heads_read(d, at, from_seq, &heads, e);
	for (uint32_t k = 0; st == ST_OK && k < heads.n; k++) {
		if (heads.head[k].first_day > as_of)
			continue;
		st = signal_block_read(d, at, &heads.head[k], &v, e);
		for (uint32_t i = 0; st == ST_OK && i < v.n; i++) {
			uint16_t a = v.at[i];
			if (v.day[i] > as_of || v.day[i] < l->day[a] ||
				!counts(&at, v.day[i], v.value[i], l, a, &withdrawn))
				continue;
			l->day[a] = v.day[i];
			l->value[a] = v.value[i];
			l->n = a + 1u > l->n ? a + 1u : l->n;
		}
	}
	signal_values_clear(&v);
	free(heads.head);
	for (uint32_t a = 0; withdrawn && st == ST_OK && a < l->n; a++)
		if (l->day[a] != DAY_NONE &&
			!known_signal_counts((int64_t)at.kind - 1, l->value[a]))
			st = look_further_back(d, at, a, l, e);
	return st;
}

/* ST_NOTFOUND: there is none; ST_CORRUPT: it is damaged. */
static enum status read_stored(
	struct db *d, struct signal_place at, struct signal_latest *out, struct err *e)
{
	struct stmt *s;
	struct pack_view v;
	bool row;
	enum status st = stmt_open(
		d, "SELECT data FROM signal_latest WHERE kind = ?1 AND part = ?2", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, at.kind);
	stmt_bind_int(s, 2, at.part);
	st = stmt_step(s, &row, e);
	if (st == ST_OK && !row) {
		stmt_close(s);
		return ST_NOTFOUND;
	}
	if (st == ST_OK) {
		size_t n;
		const void *data = stmt_blob(s, 0, &n);
		st = pack_open(&v, data, n, 2, e);
	}
	if (st == ST_OK && v.rows > PART_ACCOUNTS)
		st = err_set(e, ST_CORRUPT, "more newest signals than accounts");
	if (st == ST_OK)
		st = pack_get_i32(&v, 0, out->day, e);
	if (st == ST_OK) {
		pack_get_f64(&v, 1, out->value);
		out->n = v.rows;
		for (uint32_t i = 0; i < out->n; i++)
			if (out->day[i] != DAY_NONE &&
				(out->day[i] < DAY_MIN || out->day[i] > DAY_MAX))
				st = err_set(e, ST_CORRUPT, "a newest signal has no day");
	}
	stmt_close(s);
	return st;
}

enum status signal_latest_make(
	struct db *d, struct signal_place at, struct signal_latest *out, struct err *e)
{
	latest_reset(out);
	return signal_latest_add(d, at, 0, DAY_MAX, out, e);
}

enum status signal_latest_read(
	struct db *d, struct signal_place at, struct signal_latest *out, struct err *e)
{
	latest_reset(out);
	enum status st = read_stored(d, at, out, e);
	if (st != ST_NOTFOUND && st != ST_CORRUPT)
		return st;
	st = signal_latest_make(d, at, out, e);
	if (st == ST_OK && out->n > 0 && d->writing)
		st = signal_latest_write(d, at, out, e);
	return st;
}

enum status signal_latest_write(struct db *d, struct signal_place at,
	const struct signal_latest *l, struct err *e)
{
	struct stmt *s = NULL;
	struct pack blob = { 0 };
	pack_begin(&blob, l->n);
	pack_i32(&blob, l->day);
	pack_f64(&blob, l->value);
	enum status st = pack_end(&blob, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO signal_latest(kind, part, data) VALUES (?1, ?2, ?3)"
			" ON CONFLICT DO UPDATE SET data = excluded.data",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, at.kind);
		stmt_bind_int(s, 2, at.part);
		stmt_bind_blob(s, 3, blob.data, blob.n);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	pack_clear(&blob);
	return st;
}
