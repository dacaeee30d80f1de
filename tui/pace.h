/*
 * Pace: what a key waits for, and what is owed to the screen behind it.
 *
 * A key is answered with what it needs. What costs more is owed (enum owed): each picture
 * says anew what it lacks, and the pause after it pays, in the order of the set and a
 * bite at a time, until somebody waits again: app_catch_up, which paints once more, then
 * app_look_ahead. Three things decide what a picture owes, all told by whoever runs the
 * console:
 *
 *   hurry   it is painted behind a key: what costs time is left for the pause, in which
 *           the next one is painted without;
 *   walk    keys follow each other so quickly that nobody reads what each one leaves:
 *           what goes along with the cursor is owed until they end, pauses or not;
 *   waits   whether somebody waits, asked in the midst of work, which then gives way:
 *           what was not loaded for it is due again (APP_DATA).
 */
#ifndef TUI_PACE_H
#define TUI_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum owed {
	OWED_PICTURE = 1, /* something was left out, or but the head of a list is there */
	OWED_MARGINS = 2, /* rows next to those that are shown: nobody sees them */
	OWED_BESIDE = 4,  /* what goes along with the cursor, once a walk ends */
	OWED_COLUMNS = 8, /* what lists will ask for: see book_warm */
	OWED_AHEAD = 16,  /* the accounts that a step of the cursor may lead to */
	/* what makes a pause, and what somebody who looks on waits for */
	OWED_PAUSE = OWED_PICTURE | OWED_MARGINS | OWED_COLUMNS,
	OWED_AWAITED = OWED_PICTURE | OWED_COLUMNS
};

struct pace {
	unsigned owed; /* enum owed */
	bool hurry, walk;
	bool unseen;              /* a key comes that was typed before it was shown what
				   * the one before did */
	bool (*waits)(void *arg); /* NULL: nobody ever does */
	void *arg;                /* of it */
	uint64_t columns_of;      /* the generation of the book whose columns are there,
				   * and 1 more */
};

static inline bool pace_waits(const struct pace *p)
{
	return p->waits && p->waits(p->arg);
}

#endif
