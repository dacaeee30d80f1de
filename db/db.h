/*
 * The book on disk: SQLite behind core's port to storage (core/store.h). A store
 * from here belongs to one thread; several processes may share one file.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <signal.h>
#include <stdbool.h>

#include "core/progress.h"
#include "core/store.h"

enum db_changed {
	DB_UNCHANGED,
	DB_CHANGING, /* the commit is under way: it may be either */
	DB_UNSURE,   /* the disk failed at its end: it may still be either */
	DB_CHANGED,
};

#define DB_BUSY_MS 15000

struct db_options {
	bool create;    /* make the book when there is no file (or an empty one) */
	bool make_dirs; /* make missing folders too, 0700: for the default path only */
	bool read_only; /* refuse every change even where the file allows it */
	int busy_ms;    /* how long to wait for another writer; 0: DB_BUSY_MS */
	/* Looked at while SQL runs and while waiting: non-zero ends the call with
	 * ST_CANCELLED. May be NULL; must outlive the store. */
	const volatile sig_atomic_t *cancel;
	/* An enum db_changed, set when something is committed that the history tells of:
	 * who would say that nothing was changed asks it. May be NULL; must outlive the
	 * store. */
	volatile sig_atomic_t *changed;
	/* Given up, the call fails as after busy_ms. May be NULL, may be filled in later;
	 * must outlive the store. */
	const struct lock_wait *waiting;
};

/* Opens the book; *out is owned by the caller and closed with ops->close. A file that
 * can't be written is opened for reading (book_info.read_only).
 * ST_NOTFOUND: no such file; ST_UNOPENED: not a book, of a newer version, in use, or
 * its schema was changed; ST_CORRUPT: damaged; ST_IO. */
enum status db_open(const char *path, const struct db_options *options,
	struct store **out, struct err *e) MUST_USE;

/* Puts the book of the backup `from` in the place of `to`: verifies it, copies it
 * beside `to` and swaps under an exclusive lock. `to` need not exist; when it does, it
 * is kept as "<to>.before-restore". entry: what its history tells of that, id aside;
 * NULL: nothing. ST_UNOPENED: `to` is in use; nothing changed then. */
enum status db_restore(const char *from, const char *to, const struct db_options *options,
	struct operation *entry, struct err *e) MUST_USE;

#endif
