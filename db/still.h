/*
 * A still of a book: what stands in the file now, to be read for as long as it takes
 * while others go on writing. It is a copy of the file's bytes beside the book, made
 * under the lock of a reader in the time that reading the file once takes; where none can
 * be made (the folder can't be written, the disk has no room for it twice, the disk
 * fails) it is the book itself, and writers wait.
 */
#ifndef DB_STILL_H
#define DB_STILL_H

#include "db/db_internal.h"
#include "db/temporary.h"

struct still {
	struct db *book; /* to be read; its messages name the book that it is of */
	struct temporary made;
	bool held; /* it is the book itself */
};

/* Fails when the book can't be read at all, or when it was cancelled; else close it. */
enum status still_open(struct db *d, struct still *out, struct err *e) MUST_USE;
void still_close(struct still *s);

#endif
