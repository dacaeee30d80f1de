/*
 * The first picture: what the first screen of the console shows, in one piece, so that it
 * stands before the columns of the book are read. Saved with what it was made from; the
 * store gives it back only while nothing was committed since. The book itself has one of
 * the list that the console shows first; one of the list that was shown last is kept by
 * whoever showed it.
 */
#ifndef CORE_PICTURE_H
#define CORE_PICTURE_H

#include "core/book.h"

enum { PICTURE_ROWS = 320, PICTURE_WEEKS = 12 };

struct picture {
	struct text state;   /* of the book, as the store names it; empty: of a book that
			      * keeps it itself */
	struct text list;    /* which one, as book_picture.c names it */
	int32_t from, until; /* days on which it holds: from .. until - 1 */
	int32_t policy_version;
	struct book_summary sums; /* without path and read_only */
	uint32_t listed;
	int64_t arr;
	uint32_t n; /* the first of them */
	struct list_row row[PICTURE_ROWS];
	uint8_t spark[PICTURE_ROWS][PICTURE_WEEKS];
	struct arena arena; /* owns the texts of the rows, unless they are borrowed */
};

void picture_clear(struct picture *p);
/* The same on every machine; bytes live in the arena, {NULL, 0}: no memory. */
struct text picture_write(struct picture *p, struct arena *a);
/* p is to be cleared, also on failure. ST_INVALID: made by another version, or damaged.
 */
enum status picture_read(struct text bytes, struct picture *p, struct err *e) MUST_USE;

#endif
