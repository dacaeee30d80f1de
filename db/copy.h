/*
 * Copies of a book: by SQLite's backup, into a temporary file beside the target,
 * synced and checked before it takes its name. The target is never half written.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "db/db_internal.h"

/* Copies the book of d beside itself, "<path><suffix>", replacing what is there. */
enum status copy_beside(struct db *d, const char *suffix, struct err *e) MUST_USE;

/* Syncs the folder that holds path, so that a new name in it stays. */
enum status copy_sync_folder(const char *path, struct err *e) MUST_USE;

#endif
