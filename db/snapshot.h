/* How snapshots are kept, for the files that read them. */
#ifndef DB_SNAPSHOT_H
#define DB_SNAPSHOT_H

#include "db/db_internal.h"

#define SNAPSHOT_ACCOUNTS 1024u

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

#endif
