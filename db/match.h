/*
 * The batch of rows that is open, and which row of the book a row of the file is.
 * For put.c and match.c alone.
 */
#ifndef DB_MATCH_H
#define DB_MATCH_H

#include "db/bulk.h"
#include "db/keymap.h"
#include "db/sql.h"

#define BATCH_PARTS (DB_ACCOUNT_MAX / PART_ACCOUNTS + 1)

struct db_batch {
	struct put_batch given;
	const struct record *r;
	int account_field;
	uint32_t keys;     /* the fields a row is known by: its keys that are given */
	uint32_t required; /* keys and given fields that may not be missing */
	bool was_empty;    /* the table, when the batch began */
	bool complete;     /* the map knows every row of the table */
	uint32_t next_id, taken;
	uint32_t asked;    /* rows that the index of the table was asked for */
	struct keymap map; /* seen: the row stood in this batch */
	struct put_counts counts;
	struct bulk bulk;
	/* Parts that got rows while triggers are out, one bit each. */
	uint8_t touched[BATCH_PARTS / 8 + 1];
	struct mirror_feed *feed; /* owned; of new accounts */
	struct stmt *insert, *update, *update_light, *stored, *find;
	uint32_t stored_at; /* id of the row on which stored stands, 0: on none */
};

struct match {
	uint32_t id;                /* 0: a new row */
	bool twice;                 /* it stood in this batch before */
	bool many;                  /* several rows have these keys */
	bool only;                  /* there can't be several */
	struct keymap_entry *entry; /* of the map, until something is added to it */
	uint32_t read;              /* id of the row in stored, 0: none */
	struct cell stored[RECORD_FIELDS_MAX];
};

/* Hash of the fields that a row of this batch is known by. */
uint32_t match_hash(const struct db_batch *b, const struct cell *cells);

/* Finds the row that these cells name, among those of this batch and those of the
 * book. m is zeroed. */
enum status match_row(struct db *d, const struct cell *cells, uint32_t hash,
	struct match *m, struct err *e) MUST_USE;
/* The row with this id; *there: it exists. Texts are borrowed until the next call. */
enum status match_read(struct db_batch *b, uint32_t id, struct cell *out, bool *there,
	struct err *e) MUST_USE;

#endif
