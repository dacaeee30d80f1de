/* Rows coming in: what the rest of db/ may ask about the batch that is open. */
#ifndef DB_PUT_H
#define DB_PUT_H

#include "db/db_internal.h"

/* Kind of the open batch, REC_COUNT when there is none. */
enum record_kind put_kind(const struct db *d);

/* While accounts stream into an empty book their index is not there yet; then, and only
 * then, this answers (true) with the id of the key, or 0. */
bool put_find(struct db *d, struct text key, uint32_t *id);

#endif
