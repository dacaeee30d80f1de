/*
 * Files that a copy of a book is made in before it has a name: beside the name that it is
 * to get, ".NAME.tierdesk.XXXXXX". Whoever makes one holds it by a lock, which ends with
 * the process however that ends; what nobody holds was left behind by one that was
 * killed, and goes when the next is made.
 */
#ifndef DB_TEMPORARY_H
#define DB_TEMPORARY_H

#include <limits.h>

#include "core/err.h"

struct temporary {
	char path[PATH_MAX]; /* "": there is none, or it has its name */
	int fd;              /* that holds it */
};

/* Removes those that were left for this name, or for others that begin with it and a
 * point: of a book, those for its own copies. */
void temporary_clean(const char *path);

/* An empty file for its owner alone, to stand in for path later. End it in any case. */
enum status temporary_make(
	const char *path, struct temporary *out, struct err *e) MUST_USE;
/* Removes what has got no name, with its journal. */
void temporary_end(struct temporary *t);

/* Gives a file that is whole its name, unless that is taken; 0, or -1 and errno. Also on
 * disks where no file can have two names for a moment. */
int temporary_take_name(const char *made, const char *path);

#endif
