/*
 * Spool: what a verb writes while it reads the book goes to a file without a name first,
 * and to stdout when the book is let go. A pager that is looked at for an hour would hold
 * the book for as long, and nobody could write. Straight to stdout where that is a file,
 * and where no such file can be made.
 */
#ifndef CLI_SPOOL_H
#define CLI_SPOOL_H

#include "core/err.h"

struct spool {
	int real; /* what stdout was; -1: it is */
};

void spool_begin(struct spool *s);
/* After the book was let go. st is what became of the verb, and comes back: when it
 * failed nothing is written. */
enum status spool_end(struct spool *s, enum status st, struct err *e) MUST_USE;

#endif
