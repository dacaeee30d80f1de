/*
 * The stories that accounts of the demo live through: how much a customer uses the
 * product before and after a turn, and what comes with it.
 */
#ifndef CORE_DEMO_STORY_H
#define CORE_DEMO_STORY_H

#include <stdint.h>

#include "core/dice.h"

enum demo_size { SIZE_ENTERPRISE, SIZE_MIDDLE, SIZE_SMALL, SIZE_COUNT };

enum demo_tale {
	TALE_STEADY,
	TALE_MIDDLING,      /* never got far, never complained */
	TALE_GROWING,       /* an adopter, month by month */
	TALE_CHAMPION_LEFT, /* and the slide after it */
	TALE_TICKET_BURST,  /* and the recovery */
	TALE_FADING,        /* quiet: usage ebbs away and nobody says a word */
	TALE_EXPANSION,     /* at the limit of its seats */
	TALE_IDLE,          /* likes it, hardly uses it */
	TALE_OVERSERVED,    /* small, with more calls than it pays for */
	TALE_CHOSEN,        /* the tales below follow from other facts */
	TALE_GIANT = TALE_CHOSEN,
	TALE_SEASONAL, /* shops and travel: one season carries the year */
	TALE_NEW,      /* onboarding now */
	TALE_FAILED_START,
	TALE_COUNT
};

#define STORY_POINTS 5

struct demo_story {
	int share[SIZE_COUNT];     /* of 1000 accounts of a size */
	int level_low, level_high; /* usage at its best, permille of the possible */
	int turn_low, turn_high;   /* days from the turn to the end of the story */
	struct {
		int weeks, percent;    /* of that level, weeks after the turn */
	} curve[STORY_POINTS];         /* ascending; flat beyond both ends */
	int seats_low, seats_high;     /* percent of the seats in use at full level */
	int answer;                    /* added to survey answers, 0..10 */
	int tickets;                   /* percent of what is usual */
	int touches;                   /* percent of the usual gap between two touches */
	int renewal_low, renewal_high; /* percent of ARR at renewals after the turn */
	int growth_chance;             /* permille: expansion within a term, by ... */
	int growth_low, growth_high;   /* ... percent */
};

const struct demo_story *demo_story_of(enum demo_tale tale);
enum demo_tale demo_story_draw(struct dice *d, enum demo_size size);
/* Percent of its level that an account uses so many days after the turn. */
int demo_story_curve(enum demo_tale tale, int32_t days);

#endif
