/*
 * Snapshots: the healths of each day beside them (snapshot_health), for what reads many
 * days. Triggers delete a row when the snapshot changes; it is made anew when it is read
 * in a transaction that writes.
 */
#include "db/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Healths of a row of the table, by position. */
struct healths {
	uint32_t n; /* up to the last active account */
	uint8_t of[SNAPSHOT_ACCOUNTS];
};

enum status db_save_healths(struct db *d, int32_t day, uint32_t part,
	const uint8_t *health, uint32_t n, struct err *e)
{
	struct pack blob = { 0 };
	struct stmt *s = NULL;
	while (n > 0 && health[n - 1] == HEALTH_NONE)
		n--;
	pack_begin(&blob, n);
	pack_u8(&blob, health);
	enum status st = pack_end(&blob, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO snapshot_health(part, day, data) VALUES (?1, ?2, ?3)"
			" ON CONFLICT DO UPDATE SET data = excluded.data"
			" WHERE data <> excluded.data",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, part);
		stmt_bind_int(s, 2, day);
		stmt_bind_blob(s, 3, blob.data, blob.n);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	pack_clear(&blob);
	return st;
}

/* Reads the row that was kept; one that makes no sense is none. */
static bool unpack_healths(const void *data, size_t size, struct healths *h)
{
	struct pack_view v;
	struct err ignored;
	bool good = true;
	if (data == NULL || pack_open(&v, data, size, 1, &ignored) != ST_OK ||
		v.rows > SNAPSHOT_ACCOUNTS ||
		pack_get_u8(&v, 0, h->of, &ignored) != ST_OK)
		return false;
	h->n = v.rows;
	for (uint32_t k = 0; k < h->n; k++)
		good &= (h->of[k] <= 100) | (h->of[k] == HEALTH_NONE);
	return good;
}

static void take_healths(void *arg, uint32_t first, const struct snapshot_brief *r)
{
	struct healths *h = arg;
	(void)first;
	h->n = r->n == 0 ? 0 : r->gaps[r->n - 1] + r->n;
	memset(h->of, HEALTH_NONE, h->n);
	for (uint32_t k = 0; k < r->n; k++)
		h->of[r->gaps[k] + k] = r->health[k];
}

/* The healths of a part of a day: those that are kept, or of the snapshot. */
static enum status read_healths(struct db *d, int32_t day, uint32_t part,
	const void *data, size_t size, struct healths *h, struct err *e)
{
	if (unpack_healths(data, size, h))
		return ST_OK;
	h->n = 0;
	enum status st = snapshot_each_brief(d, day, part, part + 1, take_healths, h, e);
	if (st == ST_OK && h->n > 0 && d->writing)
		st = db_save_healths(d, day, part, h->of, h->n, e);
	return st;
}

struct run {
	uint32_t first, n; /* accounts that are asked for */
	healths_fn fn;
	void *arg;
};

static enum status hand_out(const struct run *to, int32_t day, uint32_t part,
	const struct healths *h, struct err *e)
{
	const uint32_t start = part * SNAPSHOT_ACCOUNTS;
	const uint32_t first = to->first > start ? to->first : start;
	const uint32_t end =
		to->first + to->n < start + h->n ? to->first + to->n : start + h->n;
	return first < end ? to->fn(to->arg, day, first, end - first,
				     h->of + (first - start), e)
			   : ST_OK;
}

static enum status healths_of_part(struct db *d, int32_t from, int32_t to, uint32_t part,
	const struct run *run, struct err *e)
{
	struct healths h;
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT d.day, h.data FROM snapshot_day d LEFT JOIN snapshot_health h"
		" ON h.part = ?1 AND h.day = d.day"
		" WHERE d.day BETWEEN ?2 AND ?3 ORDER BY d.day DESC",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, part);
	stmt_bind_int(s, 2, from);
	stmt_bind_int(s, 3, to);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		size_t n;
		const void *data = stmt_blob(s, 1, &n);
		int32_t day = (int32_t)stmt_int(s, 0);
		st = read_healths(d, day, part, data, n, &h, e);
		if (st == ST_OK)
			st = hand_out(run, day, part, &h, e);
		if (st != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}

enum status db_snapshot_healths(struct store *store, int32_t from, int32_t to,
	uint32_t first, uint32_t n, healths_fn fn, void *arg, struct err *e)
{
	const struct run run = { first, n, fn, arg };
	enum status st = db_hold(store, e);
	if (st != ST_OK)
		return st;
	for (uint32_t part = first / SNAPSHOT_ACCOUNTS;
		st == ST_OK && part < snapshot_parts(first + n); part++)
		st = healths_of_part(db_of(store), from, to, part, &run, e);
	db_release(store);
	return st;
}

/* ---- verify ---- */

/* What is kept of the healths is what the snapshots say, where those can be read. */
enum status snapshot_check_healths(struct db *d,
	void (*found)(void *arg, const char *text), void *arg, struct err *e)
{
	struct snapshot_brief *r = malloc(sizeof(*r));
	struct healths kept, whole;
	struct stmt *s = NULL;
	bool row;
	enum status st = r != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = stmt_open(d,
			"SELECT h.day, h.part, h.data, s.data FROM snapshot_health h"
			" LEFT JOIN snapshot s ON s.day = h.day AND s.part = h.part",
			&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct err ignored;
		char day[DAY_TEXT_MAX], line[160];
		size_t n, of_n;
		const void *data = stmt_blob(s, 2, &n), *of = stmt_blob(s, 3, &of_n);
		if (of != NULL && snapshot_read_brief(of, of_n, r, &ignored) != ST_OK)
			continue; /* told already */
		if (of != NULL)
			take_healths(&whole, 0, r);
		if (of != NULL && unpack_healths(data, n, &kept) && kept.n == whole.n &&
			memcmp(kept.of, whole.of, kept.n) == 0)
			continue;
		snprintf(line, sizeof(line),
			"the healths kept of %s, part %lld, differ from the snapshot; "
			"DELETE FROM snapshot_health has all made anew",
			day_format((int32_t)stmt_int(s, 0), day),
			(long long)stmt_int(s, 1));
		found(arg, line);
	}
	stmt_close(s);
	free(r);
	return st;
}
