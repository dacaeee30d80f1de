/* How snapshots are kept, for the files that read them. */
#ifndef DB_SNAPSHOT_H
#define DB_SNAPSHOT_H

#include "db/db_internal.h"
#include "db/pack.h"

enum { /* of a row of the table */
	COLUMN_GAPS,
	COLUMN_HEALTH,
	COLUMN_TIER,
	COLUMN_ASSUMED,
	COLUMN_COVERAGE,
	COLUMN_EFFORT,
	COLUMN_SCORE,
	COLUMN_VALUE,
	COLUMN_POINTS, /* COMP_COUNT of them */
	COLUMNS = COLUMN_POINTS + COMP_COUNT
};

uint32_t snapshot_parts(uint32_t accounts); /* rows of so many accounts */
/* ST_NOTFOUND when the day has none. */
enum status snapshot_need(struct db *d, int32_t day, struct err *e) MUST_USE;
/* ST_CORRUPT gets a sentence that tells what to do; all else stays. */
enum status snapshot_damaged(
	enum status st, const struct db *d, int32_t day, struct err *e) MUST_USE;

/* snapshot_brief.c: of the active accounts of one row of the table what most ask for. */
struct snapshot_brief {
	uint32_t n;
	uint16_t gaps[SNAPSHOT_ACCOUNTS];
	uint8_t health[SNAPSHOT_ACCOUNTS], tier[SNAPSHOT_ACCOUNTS];
};
typedef void (*snapshot_brief_fn)(
	void *arg, uint32_t first, const struct snapshot_brief *r);
/* Opens a row and reads that much of it; ST_CORRUPT when it holds what can't be. */
enum status snapshot_open_row(const void *data, size_t size, struct pack_view *v,
	struct snapshot_brief *r, struct err *e) MUST_USE;
enum status snapshot_read_brief(
	const void *data, size_t size, struct snapshot_brief *r, struct err *e) MUST_USE;
/* Calls fn for the rows first..end-1 of a day. */
enum status snapshot_each_brief(struct db *d, int32_t day, uint32_t first, uint32_t end,
	snapshot_brief_fn fn, void *arg, struct err *e) MUST_USE;

/* snapshot_health.c: what is kept of the healths is what the snapshots say, where those
 * can be read. */
enum status snapshot_check_healths(struct db *d,
	void (*found)(void *arg, const char *text), void *arg, struct err *e) MUST_USE;

#endif
