/*
 * What a customer does, or does not, that starts a play by itself: the newest value of a
 * signal, so many days after the onboarding began.
 *
 *   when = invited_users = 0 after 3 to 60 days
 */
#ifndef CORE_PLAY_WHEN_H
#define CORE_PLAY_WHEN_H

#include "core/arena.h"
#include "core/err.h"
#include "core/text.h"

#define PLAY_WHEN_DAYS 3650 /* at most */

enum play_compare {
	PLAY_EQUAL,
	PLAY_UNEQUAL,
	PLAY_LESS,
	PLAY_AT_MOST,
	PLAY_MORE,
	PLAY_AT_LEAST,
	PLAY_COMPARES
};

struct play_when {
	const char *signal; /* NULL: nothing starts it */
	enum play_compare compare;
	double value;
	int from, to; /* days since the onboarding began, both included */
};

/* ST_INVALID says what is wrong; the name is in the arena. */
enum status play_when_read(
	struct text t, struct arena *a, struct play_when *out, struct err *e) MUST_USE;

enum play_answer {
	PLAY_NOT_KNOWN, /* nothing measured, or nothing since it began, or too long ago */
	PLAY_NOT_NOW,   /* it would hold, but not on this day */
	PLAY_HOLDS,
	PLAY_GONE /* it is known not to hold: the customer did it */
};
/* As of a day: the onboarding began on one (DAY_NONE: not), the value is of another; it
 * counts for so many days. */
enum play_answer play_when_answer(const struct play_when *w, int32_t as_of, int32_t begun,
	int32_t measured, double value, int32_t counts_for);

/* "invited_users = 0 after 3 to 60 days", as it may stand in a file. Returns out. */
#define PLAY_WHEN_TEXT_MAX 256
char *play_when_text(const struct play_when *w, char out[PLAY_WHEN_TEXT_MAX]);

#endif
