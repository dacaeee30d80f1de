/*
 * Many rows into one table: what would be done row by row is taken out of the schema
 * and put back, word for word, in the same transaction. Triggers on inserts go (the
 * caller answers for what they guard, bulk_end for the mirrors), those of the history,
 * which are for other programs, and the indexes of a table that was empty.
 */
#ifndef DB_BULK_H
#define DB_BULK_H

#include "db/db_internal.h"

struct bulk {
	struct arena memory; /* holds the texts */
	const char **sql;    /* statements that put everything back */
	size_t n;
	bool active;
};

enum status bulk_begin(struct db *d, struct bulk *b, const char *table, bool was_empty,
	struct err *e) MUST_USE;
enum status bulk_end(struct db *d, struct bulk *b, struct err *e) MUST_USE;
void bulk_clear(struct bulk *b); /* memory only */

#endif
