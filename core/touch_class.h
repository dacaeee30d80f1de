/*
 * What a touch is for, by the words of its purpose, and how long it took. Purposes are
 * free text: the words stand in a table (touch_class.c), what none of them meets is work
 * on the customer's outcome, and what says no purpose is counted apart instead of
 * guessed.
 */
#ifndef CORE_TOUCH_CLASS_H
#define CORE_TOUCH_CLASS_H

#include "core/record.h"

enum touch_class {
	TOUCH_VALUE,      /* the customer's own outcome: reviews, plans, briefings */
	TOUCH_COMMERCIAL, /* what sells: renewals, prices, upsells, whatever it is called
			   */
	TOUCH_TEACHING,   /* onboarding, training: what a clinic or a course could do */
	TOUCH_SUPPORT,    /* tickets, how-to questions: what a help desk could do */
	TOUCH_UNSAID,     /* no purpose given */
	TOUCH_CLASSES
};
extern const char *const touch_class_name[TOUCH_CLASSES];

enum touch_class touch_class_of(const struct cell *purpose);

/* How long one took; false: it says nothing, and counts as `unsaid`. */
bool touch_class_minutes(const struct cell *minutes, double unsaid, double *out);

/* What could be done once for many, or by somebody else than a CSM. */
static inline bool touch_class_systemisable(enum touch_class c)
{
	return c == TOUCH_TEACHING || c == TOUCH_SUPPORT;
}

#endif
