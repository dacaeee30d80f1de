/*
 * The first picture: what the first screen of the console shows, in one piece, so that it
 * stands before the columns of the book are read. Saved with what it was made from; the
 * store gives it back only while nothing was committed since. The book itself has one of
 * the list that the console shows first, and of the queue of every CSM, of the pool and
 * of everybody; one of what was shown last is kept by whoever showed it.
 */
#ifndef CORE_PICTURE_H
#define CORE_PICTURE_H

#include "core/queue.h"

/* Rows of a list, and of a queue: more than a terminal shows, also a large one. */
enum { PICTURE_ROWS = 320, PICTURE_QUEUE_ROWS = 120, PICTURE_WEEKS = 12 };

/* What a row of the queue has beside that of a list. */
struct picture_work {
	enum queue_section section;
	enum severity worst;
	double weight;
	int64_t at_risk, rank;
	struct text why, next, who;
	uint32_t alerts, tasks; /* that are live of the account, also asleep */
	const struct alert *alert;
	const struct task *task;
};

struct picture {
	struct text state;   /* of the book, as the store names it; empty: of a book that
			      * keeps it itself */
	struct text list;    /* which one, as book_picture.c names it */
	int32_t from, until; /* days on which it holds: from .. until - 1 */
	int32_t policy_version;
	struct book_summary sums; /* without read_only */
	uint32_t listed;
	int64_t arr;
	uint32_t n; /* the first of them */
	struct list_row row[PICTURE_ROWS];
	uint8_t spark[PICTURE_ROWS][PICTURE_WEEKS];
	bool is_queue;      /* then the rows are those of the queue, and listed and arr of
			     * all accounts of whose queue it is */
	struct queue queue; /* what it adds up to; without rows */
	struct picture_work work[PICTURE_QUEUE_ROWS];
	struct arena arena; /* owns what rows and work point to, unless it is borrowed */
	uint32_t holders;   /* of one that was read: the book, and queues made from it */
};

void picture_clear(struct picture *p);
/* The same on every machine; bytes live in the arena, {NULL, 0}: no memory. */
struct text picture_write(struct picture *p, struct arena *a);
/* p is to be cleared, also on failure. ST_INVALID: made by another version, or damaged.
 */
enum status picture_read(struct text bytes, struct picture *p, struct err *e) MUST_USE;

#endif
