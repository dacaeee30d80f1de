/*
 * What trends read: of a snapshot health and tier alone, what it adds up to, and the
 * causes of tickets.
 *
 * The sums of a day stand in a row of their own, which triggers delete when the
 * snapshot changes. What is missing is counted from the snapshot, and kept when the
 * next one is saved.
 */
#include "db/db_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/trend.h"
#include "db/pack.h"
#include "db/snapshot.h"

enum { SUMS = HEALTH_LEVELS + TIER_COUNT + 1 };

/* ---- health and tier ---- */

/* The active accounts of one row of the table. */
struct brief {
	uint32_t n;
	uint16_t gaps[SNAPSHOT_ACCOUNTS];
	uint8_t health[SNAPSHOT_ACCOUNTS], tier[SNAPSHOT_ACCOUNTS];
};

static enum status decode(const void *data, size_t size, struct brief *r, struct err *e)
{
	struct pack_view v;
	enum status st = pack_open(&v, data, size, COLUMNS, e);
	if (st == ST_OK && v.rows > SNAPSHOT_ACCOUNTS)
		st = err_set(e, ST_CORRUPT, "more rows than a part has");
	if (st == ST_OK)
		st = pack_get_u16(&v, COLUMN_GAPS, r->gaps, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, COLUMN_HEALTH, r->health, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, COLUMN_TIER, r->tier, e);
	if (st != ST_OK)
		return st;
	bool good = true;
	r->n = v.rows;
	for (uint32_t k = 0; k < r->n; k++)
		good &= r->gaps[k] + k < SNAPSHOT_ACCOUNTS && r->tier[k] <= TIER_COUNT &&
			r->health[k] <= 100 && (k == 0 || r->gaps[k] >= r->gaps[k - 1]);
	return good ? ST_OK : err_set(e, ST_CORRUPT, "figures that can't be");
}

typedef void (*brief_fn)(void *arg, uint32_t first, const struct brief *r);

/* Calls fn for the rows first..end-1 of a day. */
static enum status each_brief(struct db *d, int32_t day, uint32_t first, uint32_t end,
	brief_fn fn, void *arg, struct err *e)
{
	struct stmt *s = NULL;
	bool row;
	struct brief *r = malloc(sizeof(*r));
	if (r == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = stmt_open(d,
		"SELECT part, data FROM snapshot WHERE day = ?1 AND part >= ?2"
		" AND part < ?3 ORDER BY part",
		&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, day);
		stmt_bind_int(s, 2, first);
		stmt_bind_int(s, 3, end);
	}
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		size_t n;
		const void *data = stmt_blob(s, 1, &n);
		st = snapshot_damaged(decode(data, n, r, e), d, day, e);
		if (st == ST_OK)
			fn(arg, (uint32_t)stmt_int(s, 0) * SNAPSHOT_ACCOUNTS, r);
	}
	stmt_close(s);
	free(r);
	return st;
}

struct spread {
	uint32_t first, n;
	uint8_t *health, *tier;
};

static void spread(void *arg, uint32_t first, const struct brief *r)
{
	const struct spread *to = arg;
	for (uint32_t k = 0; k < r->n; k++) {
		uint32_t i =
			first + r->gaps[k] + k - to->first; /* before it: very large */
		if (i >= to->n)
			continue;
		to->health[i] = r->health[k];
		to->tier[i] = r->tier[k];
	}
}

enum status db_snapshot_health(struct store *store, int32_t day, uint32_t first,
	uint32_t n, uint8_t *health, uint8_t *tier, struct err *e)
{
	struct db *d = db_of(store);
	struct spread to = { first, n, health, tier };
	enum status st = snapshot_need(d, day, e);
	if (st != ST_OK)
		return st;
	memset(health, HEALTH_NONE, n);
	memset(tier, TIER_NONE, n);
	return each_brief(d, day, first / SNAPSHOT_ACCOUNTS, snapshot_parts(first + n),
		spread, &to, e);
}

/* ---- health alone ---- */

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

static void take_healths(void *arg, uint32_t first, const struct brief *r)
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
	enum status st = each_brief(d, day, part, part + 1, take_healths, h, e);
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

/* ---- sums ---- */

static void add_up(void *arg, uint32_t first, const struct brief *r)
{
	(void)first;
	trend_count(arg, r->health, r->tier, NULL, r->n);
}

/* Reads the row that was kept; one that makes no sense is none. */
static bool unpack(const void *data, size_t size, struct snapshot_sums *out)
{
	struct pack_view v;
	int32_t x[SUMS];
	struct err ignored;
	if (data == NULL || pack_open(&v, data, size, 1, &ignored) != ST_OK ||
		v.rows != SUMS || pack_get_i32(&v, 0, x, &ignored) != ST_OK)
		return false;
	for (int i = 0; i < SUMS; i++)
		if (x[i] < 0)
			return false;
	for (int h = 0; h < HEALTH_LEVELS; h++)
		out->health[h] = (uint32_t)x[h];
	for (int t = 0; t <= TIER_COUNT; t++)
		out->tier[t] = (uint32_t)x[HEALTH_LEVELS + t];
	return true;
}

static enum status keep(struct db *d, const struct snapshot_sums *sums, struct err *e)
{
	int32_t x[SUMS];
	struct pack blob = { 0 };
	struct stmt *s = NULL;
	for (int h = 0; h < HEALTH_LEVELS; h++)
		x[h] = (int32_t)sums->health[h];
	for (int t = 0; t <= TIER_COUNT; t++)
		x[HEALTH_LEVELS + t] = (int32_t)sums->tier[t];
	pack_begin(&blob, SUMS);
	pack_i32(&blob, x);
	enum status st = pack_end(&blob, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO snapshot_sum(day, data) VALUES (?1, ?2)"
			" ON CONFLICT DO UPDATE SET data = excluded.data"
			" WHERE data <> excluded.data",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, sums->at.day);
		stmt_bind_blob(s, 2, blob.data, blob.n);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	pack_clear(&blob);
	return st;
}

/* All days that have no row yet get one. A damaged one is left out: what is wrong with a
 * day of the past is no reason not to save today. */
static enum status fill_up(struct db *d, struct err *e)
{
	struct stmt *s;
	bool row;
	int64_t after = INT64_MIN;
	enum status st = stmt_open(d,
		"SELECT day, policy_version FROM snapshot_day"
		" WHERE day > ?1 AND day NOT IN (SELECT day FROM snapshot_sum)"
		" ORDER BY day LIMIT 1",
		&s, e);
	if (st != ST_OK)
		return st;
	for (;;) {
		stmt_bind_int(s, 1, after);
		st = stmt_step(s, &row, e);
		if (st != ST_OK || !row)
			break;
		after = stmt_int(s, 0);
		struct snapshot_sums sums = {
			.at = { (int32_t)after, (int32_t)stmt_int(s, 1) },
		};
		stmt_reset(s); /* it must not look at what is changed under it */
		st = each_brief(d, sums.at.day, 0, UINT32_MAX, add_up, &sums, e);
		if (st == ST_OK)
			st = keep(d, &sums, e);
		if (st != ST_OK && st != ST_CORRUPT)
			break;
	}
	stmt_close(s);
	return st;
}

enum status db_save_sums(struct db *d, struct snapshot_day day,
	const struct scores *scores, const struct tiers *tiers, struct err *e)
{
	struct snapshot_sums sums = { .at = day };
	uint32_t n = tiers->n < scores->n ? tiers->n : scores->n;
	trend_count(&sums, scores->health, tiers->tier, NULL, n);
	for (uint32_t i = n; i < scores->n; i++)
		trend_count(&sums, &scores->health[i], &(uint8_t){ TIER_NONE }, NULL, 1);
	enum status st = keep(d, &sums, e);
	return st == ST_OK ? fill_up(d, e) : st;
}

enum status db_snapshot_sums(struct store *store, int32_t from, int32_t to, sums_fn fn,
	void *arg, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT d.day, d.policy_version, s.data FROM snapshot_day d"
		" LEFT JOIN snapshot_sum s ON s.day = d.day"
		" WHERE d.day BETWEEN ?1 AND ?2 ORDER BY d.day",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, from);
	stmt_bind_int(s, 2, to);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct snapshot_sums sums = {
			.at = { (int32_t)stmt_int(s, 0), (int32_t)stmt_int(s, 1) },
		};
		size_t n;
		const void *data = stmt_blob(s, 2, &n);
		if (!unpack(data, n, &sums))
			st = each_brief(d, sums.at.day, 0, UINT32_MAX, add_up, &sums, e);
		if (st == ST_OK)
			st = fn(arg, &sums, e);
		if (st != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}

/* ---- verify ---- */

static bool same_sums(const struct snapshot_sums *a, const struct snapshot_sums *b)
{
	return memcmp(a->health, b->health, sizeof(a->health)) == 0 &&
	       memcmp(a->tier, b->tier, sizeof(a->tier)) == 0;
}

/* What is kept of the healths is what the snapshots say, where those can be read. */
static enum status check_healths(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct brief *r = malloc(sizeof(*r));
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
		if (of != NULL && decode(of, of_n, r, &ignored) != ST_OK)
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

static enum status check_sums(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT d.day, s.data FROM snapshot_day d LEFT JOIN snapshot_sum s"
		" ON s.day = d.day ORDER BY d.day",
		&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct snapshot_sums counted = { .at = { 0 } }, kept = { .at = { 0 } };
		struct err why = { .status = ST_OK };
		char day[DAY_TEXT_MAX], line[160];
		size_t n;
		const void *data = stmt_blob(s, 1, &n);
		st = each_brief(d, (int32_t)stmt_int(s, 0), 0, UINT32_MAX, add_up,
			&counted, &why);
		if (st == ST_CORRUPT) {
			found(arg, why.text);
			st = ST_OK;
		} else if (st != ST_OK) {
			st = err_set(e, st, "%s", why.text);
		} else if (data != NULL &&
			   (!unpack(data, n, &kept) || !same_sums(&kept, &counted))) {
			snprintf(line, sizeof(line),
				"the snapshot of %s doesn't add up to what is kept; "
				"DELETE FROM snapshot_sum has all sums made anew",
				day_format((int32_t)stmt_int(s, 0), day));
			found(arg, line);
		}
	}
	stmt_close(s);
	return st;
}

enum status db_snapshot_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	enum status st = check_sums(d, found, arg, e);
	return st == ST_OK ? check_healths(d, found, arg, e) : st;
}

/* ---- tickets ---- */

enum status db_tickets_opened(struct store *store, int32_t from, int32_t to, ticket_fn fn,
	void *arg, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(db_of(store),
		"SELECT account, opened_on, root_cause FROM ticket"
		" WHERE opened_on BETWEEN ?1 AND ?2",
		&s, e);
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
