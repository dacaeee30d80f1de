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

/* ---- what was withdrawn ---- */

/* Accounts first..last of a place, and whose newest value does not count any more. */
struct withdrawn {
	struct signal_place at;
	uint32_t first, last;
	const bool *gone; /* by position */
};

/* Leaves those of accounts that lost their newest value, from before it. */
static void keep_older(
	struct signal_values *v, const struct withdrawn *w, const struct signal_latest *l)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n; i++) {
		const uint16_t a = v->at[i];
		if (a < w->first || a > w->last || !w->gone[a] || v->day[i] >= l->day[a])
			continue;
		v->at[n] = a;
		v->day[n] = v->day[i];
		v->value[n++] = v->value[i];
	}
	v->n = n;
}

static void take_newest(
	const struct signal_values *v, const struct withdrawn *w, struct signal_latest *l)
{
	for (uint32_t a = w->first; a <= w->last; a++) {
		if (!w->gone[a])
			continue;
		l->day[a] = DAY_NONE;
		l->value[a] = (double)NAN;
	}
	for (uint32_t i = 0; i < v->n; i++) {
		if (!known_signal_counts((int64_t)w->at.kind - 1, v->value[i]))
			continue;
		l->day[v->at[i]] = v->day[i];
		l->value[v->at[i]] = v->value[i];
	}
}

/* From the newest block to the oldest: so what is merged again and again is small. */
static enum status look_back_in(struct db *d, const struct signal_heads *heads,
	const struct withdrawn *w, struct signal_latest *l, struct err *e)
{
	struct signal_values older = { 0 }, newer = { 0 }, both = { 0 };
	enum status st = ST_OK;
	for (uint32_t k = heads->n; st == ST_OK && k-- > 0;) {
		st = signal_block_read(d, w->at, &heads->head[k], &older, e);
		if (st != ST_OK)
			break;
		keep_older(&older, w, l);
		st = signal_values_merge(&older, &newer, &both, e);
		struct signal_values swap = newer;
		newer = both;
		both = swap;
	}
	if (st == ST_OK)
		take_newest(&newer, w, l);
	signal_values_clear(&older);
	signal_values_clear(&newer);
	signal_values_clear(&both);
	return st;
}

/* A value that does not count any more gives way to the newest before it that does. */
static enum status look_back(struct db *d, struct signal_place at,
	const bool gone[PART_ACCOUNTS], struct signal_latest *l, struct err *e)
{
	struct signal_heads heads = { 0 };
	enum status st = signal_heads_read(d, at, 0, &heads, e);
	const uint32_t step = signal_accounts_at_once(signal_heads_values(&heads));
	for (uint32_t first = 0; st == ST_OK && first < PART_ACCOUNTS; first += step) {
		uint32_t end =
			first + step < PART_ACCOUNTS ? first + step : PART_ACCOUNTS;
		const struct withdrawn w = { at, first, end - 1, gone };
		st = look_back_in(d, &heads, &w, l, e);
	}
	free(heads.head);
	return st;
}

/* ---- the newest ---- */

/* Takes over what is as new as what is there. Among those, a value that does not count
 * takes it away. */
static void take(struct signal_place at, const struct signal_values *v, int32_t as_of,
	struct signal_latest *l, bool gone[PART_ACCOUNTS])
{
	for (uint32_t i = 0; i < v->n; i++) {
		const uint16_t a = v->at[i];
		const bool counts =
			known_signal_counts((int64_t)at.kind - 1, v->value[i]);
		if (v->day[i] > as_of || v->day[i] < l->day[a])
			continue;
		if (!counts) {
			gone[a] |= v->day[i] == l->day[a];
			continue;
		}
		gone[a] = false;
		l->day[a] = v->day[i];
		l->value[a] = v->value[i];
		l->n = a + 1u > l->n ? a + 1u : l->n;
	}
}

enum status signal_latest_add(struct db *d, struct signal_place at, int64_t from_seq,
	int32_t as_of, struct signal_latest *l, struct err *e)
{
	struct signal_heads heads = { 0 };
	struct signal_values v = { 0 };
	bool gone[PART_ACCOUNTS] = { false }, any = false;
	enum status st = signal_heads_read(d, at, from_seq, &heads, e);
	for (uint32_t k = 0; st == ST_OK && k < heads.n; k++) {
		if (heads.head[k].first_day > as_of)
			continue;
		st = signal_block_read(d, at, &heads.head[k], &v, e);
		if (st == ST_OK)
			take(at, &v, as_of, l, gone);
	}
	signal_values_clear(&v);
	free(heads.head);
	for (uint32_t a = 0; a < PART_ACCOUNTS; a++)
		any |= gone[a];
	return st == ST_OK && any ? look_back(d, at, gone, l, e) : st;
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
