/*
 * Mirrors: the columns of the plain tables that the rules read, packed per part, so
 * that a recalculation does not step through a million rows. The rows are the truth;
 * triggers delete the mirror of what changes, and here it is made anew.
 *
 * A source is a kind of record: REC_ACCOUNT, REC_CONTACT (champions and sponsors),
 * REC_TICKET, REC_SURVEY (nps and csat with a score), REC_TOUCH (two-way ones),
 * REC_CONTRACT, REC_MOVEMENT. What no rule could use (days outside of the calendar,
 * amounts beyond MONEY_MAX, figures that are not finite) counts as missing; a dated row
 * without its day or amount is left out.
 */
#ifndef DB_MIRROR_H
#define DB_MIRROR_H

#include "core/money.h"
#include "db/db_internal.h"
#include "db/pack.h"

#define MIRROR_SOURCES 7
/* Beside the kinds of record: the texts of accounts that lists search and sort. */
enum {
	MIRROR_NAMES = 100,
	MIRROR_WORDS = 101,
	MIRROR_ALERTS = 102, /* and of alerts and tasks what mirror_work.c says */
	MIRROR_TASKS = 103,
	MIRROR_PICTURES = 104 /* of queues: the part is its number; picture.c */
};

/* mirror.c: makes and stores every mirror that is missing; inside a transaction, best at
 * its end: then only what other programs changed is ever stale. */
enum status mirror_refresh(struct db *d, struct err *e) MUST_USE;
/* Stores a source of p; blob is room to work in. */
enum status mirror_store(struct db *d, enum record_kind source, const struct part *p,
	struct pack *blob, struct err *e) MUST_USE;

enum status mirror_store_blob(struct db *d, int source, uint32_t part,
	const struct pack *blob, struct err *e) MUST_USE;
/* What is stored, in the row of *s, which the caller closes; ST_NOTFOUND: none, and
 * nothing to close. */
enum status mirror_load_blob(struct db *d, int source, uint32_t part, struct stmt **s,
	const void **data, size_t *n, struct err *e) MUST_USE;
/* How many accounts of a part can exist. */
enum status mirror_positions(
	struct db *d, uint32_t part, uint32_t *n, struct err *e) MUST_USE;

/* mirror_texts.c: stores both mirrors of the texts of a part; those that are missing;
 * makes one from the rows. blob is room to work in. */
enum status mirror_store_texts(struct db *d, uint32_t part, const struct part_texts *p,
	struct pack *blob, struct err *e) MUST_USE;
enum status mirror_refresh_texts(struct db *d, uint32_t parts, struct err *e) MUST_USE;
enum status mirror_make_texts(struct db *d, int source, uint32_t part, struct pack *blob,
	struct err *e) MUST_USE;
void mirror_seal_texts(struct pack *blob); /* writes the checksum of what it holds */

/* mirror_work.c: puts what changed into the mirrors of alerts and tasks, and makes those
 * that are missing; whether what is read by one is what the rows say. */
enum status mirror_refresh_work(struct db *d, uint32_t parts, struct err *e) MUST_USE;
enum status mirror_check_work(
	struct db *d, int source, uint32_t part, bool *same, struct err *e) MUST_USE;

/* mirror_feed.c: an account that was inserted under the next id, with the fields that
 * are mapped. *fed: its mirror is taken care of; else the one that is there is stale. No
 * such account may change before the end, which stores the last part and frees. */
struct mirror_feed;
enum status mirror_feed_account(struct db *d, struct mirror_feed **feed, uint32_t id,
	uint32_t mapped, const struct cell *cells, bool *fed, struct err *e) MUST_USE;
enum status mirror_feed_end(
	struct db *d, struct mirror_feed **feed, struct err *e) MUST_USE;
void mirror_feed_free(struct mirror_feed **feed); /* what was begun is given up */

/* What the rules can use of a figure as it is stored. */
static inline int32_t mirror_day(int64_t day)
{
	return day < DAY_MIN || day > DAY_MAX ? DAY_NONE : (int32_t)day;
}

static inline int64_t mirror_money(int64_t cents)
{
	return cents < -MONEY_MAX || cents > MONEY_MAX ? MONEY_NONE : cents;
}

static inline int32_t mirror_csm(int64_t id)
{
	return id < 0 || id > INT32_MAX ? 0 : (int32_t)id;
}

/* Gives numbers to the currencies of all rows whose mirror is missing. */
enum status mirror_number_currencies(struct db *d, struct err *e) MUST_USE;

/* mirror_currency.c: the number of a currency's code, given when it has none: for good
 * inside a transaction, else for this connection and from the other end of the range. */
enum status mirror_currency(
	struct db *d, struct text code, currency_id *out, struct err *e) MUST_USE;
/* Whether a number from a mirror stands for a code; reads new ones. */
enum status mirror_currency_known(
	struct db *d, currency_id id, bool *known, struct err *e) MUST_USE;

/* A dated row on its way from its table into a part. */
struct mirror_row {
	uint32_t account;
	int32_t day;   /* opened, since, start ... */
	int32_t until; /* left, end */
	uint8_t kind;  /* is_csat, is_sponsor, enum movement_kind */
	uint8_t currency;
	union {
		int64_t amount;
		double score;
	};
};
struct mirror_rows {
	struct mirror_row *rows; /* owned */
	struct sort_item *order; /* owned; ascending by account and day once sorted */
	uint32_t n, capacity;
};

/* mirror_rows.c: reads the rows of accounts first..last of a dated source and sorts
 * them. wide: steps through the whole table instead of looking up the accounts. */
enum status mirror_read(struct db *d, enum record_kind source, uint32_t first,
	uint32_t last, bool wide, struct mirror_rows *out, struct err *e) MUST_USE;
/* Puts n sorted rows from position `at` of the order, all of this part's accounts, into
 * the list of the part. */
enum status mirror_fill(enum record_kind source, const struct mirror_rows *rows,
	uint32_t at, uint32_t n, struct part *p, struct err *e) MUST_USE;
void mirror_rows_clear(struct mirror_rows *rows);
/* Fills a source of a part that was reset: all of it, accounts too, from the rows. */
enum status mirror_read_rows(
	struct db *d, enum record_kind source, struct part *p, struct err *e) MUST_USE;

/* Which positions of a part hold an account: from its mirror, or else from the rows. */
enum status mirror_present(struct db *d, uint32_t part, uint8_t present[PART_ACCOUNTS],
	struct err *e) MUST_USE;

/* mirror_blob.c: makes room for n rows in the list of a dated source and sets its n. */
enum status mirror_room(
	enum record_kind source, struct part *p, uint32_t n, struct err *e) MUST_USE;
/* A source of a part as a blob (in *out, borrowed from it) and back into
 * a part that was reset; ST_CORRUPT when the blob is damaged or holds what can't be. */
enum status mirror_encode(enum record_kind source, const struct part *p, struct pack *out,
	struct err *e) MUST_USE;
enum status mirror_decode(enum record_kind source, const void *data, size_t n,
	struct part *p, struct err *e) MUST_USE;

#endif
