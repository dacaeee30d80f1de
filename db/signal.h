/*
 * Signals: measurements of a kind on a day, kept in packed blocks per kind and part.
 *
 * A block holds values in the order of account and day. What comes later goes into a
 * block of its own with a higher seq, whose values win over those of the same account
 * and day before it; neighbouring blocks are merged so that each holds at least twice
 * as many values as the one after it. So the order of rows in a file does not matter,
 * and a day's worth of values costs by its own size and not by the history.
 *
 * Beside the blocks stands the newest value of each account (table signal_latest),
 * which is all that a recalculation reads.
 */
#ifndef DB_SIGNAL_H
#define DB_SIGNAL_H

#include "db/db_internal.h"
#include "db/pack.h"

/* signal_read.c: the known signals of the accounts of a part that was reset, as of a day;
 * they may be some of the part's. */
enum status signal_part(
	struct db *d, int32_t as_of, struct part *p, struct err *e) MUST_USE;

/* ---- blocks: signal_block.c ---- */

#define SIGNAL_BLOCK_MAX (1u << 20) /* values of a block: it must fit in a row */

/* Values of a kind and part, strictly ascending by at and day. */
struct signal_values {
	uint16_t *at; /* position in the part */
	int32_t *day;
	double *value;
	uint32_t n, capacity;
	void *memory; /* owned; holds the arrays */
};
/* Orders values by account and day. */
static inline uint64_t signal_values_key(const struct signal_values *v, uint32_t i)
{
	return (uint64_t)v->at[i] << 32 | ((uint32_t)v->day[i] ^ UINT32_C(0x80000000));
}
enum status signal_values_room(
	struct signal_values *v, uint32_t n, struct err *e) MUST_USE;
void signal_values_clear(struct signal_values *v);
/* out = both, newer winning where they meet. */
enum status signal_values_merge(const struct signal_values *older,
	const struct signal_values *newer, struct signal_values *out,
	struct err *e) MUST_USE;

struct signal_place {
	uint32_t kind, part;
};
struct signal_head {
	int64_t seq;
	int32_t first_day, last_day;
	uint32_t n;
};
struct signal_heads {
	struct signal_head *head; /* owned; ascending by seq */
	uint32_t n, capacity;
};
uint64_t signal_heads_values(const struct signal_heads *heads); /* of all blocks */
/* How many accounts of a part to read at a time, so that of its values no more than some
 * millions are in memory: at least 1. */
uint32_t signal_accounts_at_once(uint64_t values);
/* Lists the blocks of a place from a seq on. */
enum status signal_heads_read(struct db *d, struct signal_place at, int64_t from_seq,
	struct signal_heads *out, struct err *e) MUST_USE;

/* ST_CORRUPT when the block is damaged; v keeps its memory from one to the next. */
enum status signal_block_read(struct db *d, struct signal_place at,
	const struct signal_head *head, struct signal_values *v, struct err *e) MUST_USE;
/* v must not be empty. */
enum status signal_block_write(struct db *d, struct signal_place at, int64_t seq,
	const struct signal_values *v, struct err *e) MUST_USE;
/* Merges neighbours until every block is at least twice as large as the next. */
enum status signal_block_compact(
	struct db *d, struct signal_place at, struct err *e) MUST_USE;

/* ---- the newest value per account: signal_latest.c ---- */

struct signal_latest {
	uint32_t n;                 /* positions in use */
	int32_t day[PART_ACCOUNTS]; /* DAY_NONE: no value */
	double value[PART_ACCOUNTS];
};
/* Of all history; made anew from the blocks when it is missing or damaged. */
enum status signal_latest_read(struct db *d, struct signal_place at,
	struct signal_latest *out, struct err *e) MUST_USE;
/* The same, always from the blocks. */
enum status signal_latest_make(struct db *d, struct signal_place at,
	struct signal_latest *out, struct err *e) MUST_USE;
enum status signal_latest_write(struct db *d, struct signal_place at,
	const struct signal_latest *l, struct err *e) MUST_USE;
/* Takes over what is newer, or as new, in the blocks from a seq on; of those, what is
 * dated after as_of does not count. */
enum status signal_latest_add(struct db *d, struct signal_place at, int64_t from_seq,
	int32_t as_of, struct signal_latest *l, struct err *e) MUST_USE;

#endif
