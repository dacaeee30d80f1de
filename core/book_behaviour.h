/*
 * Plays that start by what a customer does or leaves undone (play_when.h): looked at
 * while a recalculation has the base of a part at hand, in its transaction. Part of the
 * alerts of a recalculation, which give their starter and say whether the day is looked
 * at.
 */
#ifndef CORE_BOOK_BEHAVIOUR_H
#define CORE_BOOK_BEHAVIOUR_H

#include "core/base.h"
#include "core/plays.h"

struct book_alerts;

struct behaviour_play {
	const struct play *play;
	uint32_t kind; /* of its signal */
};

/* A message of such a play that nobody sent yet. */
struct behaviour_waiting {
	int64_t id;
	uint32_t account;
	uint16_t of; /* index of the play */
};

struct behaviour {
	struct behaviour_play play[PLAYS_MAX];
	uint32_t plays;
	struct behaviour_waiting *waiting; /* owned */
	uint32_t waits, room;
	int32_t *
		day; /* of the play at hand, by position in the part; owned, with value */
	double *value;
};

/* begin: the library is the book's. Always to be cleared. */
enum status behaviour_begin(
	struct behaviour *x, struct book_alerts *a, struct err *e) MUST_USE;
enum status behaviour_part(struct behaviour *x, struct book_alerts *a,
	const struct base *base, const uint8_t *tier, const uint8_t *health,
	struct err *e) MUST_USE;
void behaviour_clear(struct behaviour *x);

#endif
