/* Single rows of the book; the operations are those of the port. */
#ifndef DB_ROW_H
#define DB_ROW_H

#include "db/db_internal.h"

/* The highest id that a row of the kind has, or had: 0 when there never was one. */
enum status row_last_id(
	struct db *d, enum record_kind kind, int64_t *last, struct err *e) MUST_USE;

/* What row_add knows of ids, since rows may come another way. */
void row_forget_ids(struct db *d);

#endif
