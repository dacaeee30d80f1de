/* Snapshots: health and tier alone, which most of what reads them asks for. */
#include "db/snapshot.h"

#include <stdlib.h>
#include <string.h>

enum status snapshot_open_row(const void *data, size_t size, struct pack_view *v,
	struct snapshot_brief *r, struct err *e)
{
	enum status st = pack_open(v, data, size, COLUMNS, e);
	if (st == ST_OK && v->rows > SNAPSHOT_ACCOUNTS)
		st = err_set(e, ST_CORRUPT, "more rows than a part has");
	if (st == ST_OK)
		st = pack_get_u16(v, COLUMN_GAPS, r->gaps, e);
	if (st == ST_OK)
		st = pack_get_u8(v, COLUMN_HEALTH, r->health, e);
	if (st == ST_OK)
		st = pack_get_u8(v, COLUMN_TIER, r->tier, e);
	if (st != ST_OK)
		return st;
	bool good = true;
	r->n = v->rows;
	for (uint32_t k = 0; k < r->n; k++)
		good &= r->gaps[k] + k < SNAPSHOT_ACCOUNTS && r->tier[k] <= TIER_COUNT &&
			r->health[k] <= 100 && (k == 0 || r->gaps[k] >= r->gaps[k - 1]);
	return good ? ST_OK : err_set(e, ST_CORRUPT, "figures that can't be");
}

enum status snapshot_read_brief(
	const void *data, size_t size, struct snapshot_brief *r, struct err *e)
{
	struct pack_view v;
	return snapshot_open_row(data, size, &v, r, e);
}

enum status snapshot_each_brief(struct db *d, int32_t day, uint32_t first, uint32_t end,
	snapshot_brief_fn fn, void *arg, struct err *e)
{
	struct stmt *s = NULL;
	bool row;
	struct snapshot_brief *r = malloc(sizeof(*r));
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
		st = snapshot_damaged(snapshot_read_brief(data, n, r, e), d, day, e);
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

static void spread(void *arg, uint32_t first, const struct snapshot_brief *r)
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
	return snapshot_each_brief(d, day, first / SNAPSHOT_ACCOUNTS,
		snapshot_parts(first + n), spread, &to, e);
}
