/*
 * The seals of the history: a chain in which each is the SHA-256 over the one before and
 * over all that an operation left in the history. And digests of the rows that it tells
 * of, as they stood at that moment. (ARCHITECTURE.md says what this shows and what not.)
 */
#ifndef DB_SEAL_H
#define DB_SEAL_H

#include "db/db_internal.h"

enum seal_how {
	SEAL_COMMIT,  /* in the transaction that wrote the operation */
	SEAL_LATER,   /* of another program */
	SEAL_UPGRADE, /* when the book was brought up to a version with seals */
};

/* Inside a transaction: seals all operations that are not yet, the oldest first. */
enum status seal_history(struct db *d, enum seal_how how, struct err *e) MUST_USE;
/* The same after steps of the schema, which may have changed the columns of rows: all
 * digests are made anew. */
enum status seal_upgraded(struct db *d, struct err *e) MUST_USE;
/* Whether each operation is what was sealed, up to the first that is not. */
enum status seal_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e) MUST_USE;

/* digest.c. Notes the row as it stands, or forgets it when it is gone. */
enum status digest_note(
	struct db *d, struct text table, int64_t row, struct err *e) MUST_USE;
/* For a row that is about to be another one without being told. */
enum status digest_forget(
	struct db *d, enum record_kind kind, int64_t row, struct err *e) MUST_USE;
enum status digest_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e) MUST_USE;

#endif
