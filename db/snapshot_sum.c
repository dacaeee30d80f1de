/*
 * Snapshots: what a day adds up to stands in a row of its own (snapshot_sum), which
 * triggers delete when the snapshot changes. What is missing is counted from the
 * snapshot, and kept when the next one is saved.
 */
#include "db/snapshot.h"

#include <stdio.h>
#include <string.h>

#include "core/trend.h"

enum { SUMS = HEALTH_LEVELS + TIER_COUNT + 1 };

static void add_up(void *arg, uint32_t first, const struct snapshot_brief *r)
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
		st = snapshot_each_brief(d, sums.at.day, 0, UINT32_MAX, add_up, &sums, e);
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
			st = snapshot_each_brief(
				d, sums.at.day, 0, UINT32_MAX, add_up, &sums, e);
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
		st = snapshot_each_brief(d, (int32_t)stmt_int(s, 0), 0, UINT32_MAX,
			add_up, &counted, &why);
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
	return st == ST_OK ? snapshot_check_healths(d, found, arg, e) : st;
}
