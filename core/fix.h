/*
 * Fixes: what is done about a root cause, from the person who found a way for one account
 * to what needs nobody for all of them.
 */
#ifndef CORE_FIX_H
#define CORE_FIX_H

#include "core/record.h"

enum fix_state { FIX_NOTICED, FIX_DOCUMENTED, FIX_AUTOMATED, FIX_VERIFIED, FIX_STATES };
extern const char *const fix_state_word[FIX_STATES];
/* The field with the day of each state. */
extern const int fix_state_field[FIX_STATES];

struct fix {
	int64_t id;          /* of its row */
	struct text account; /* account_id of where it was noticed */
	struct text cause, text, link, actor;
	int32_t day[FIX_STATES]; /* DAY_NONE: not yet, on the as-of day */
	enum fix_state state;    /* the last one whose day has come */
};

/* From a row with its account as text; texts are borrowed. False: on the day it was not
 * noticed yet, or says no cause. */
bool fix_from_row(int64_t id, const struct cell *cells, int32_t as_of, struct fix *out);
/* The state that comes next, by the cells of its row as they are: the first behind all
 * that have a day; FIX_STATES: none is left. */
enum fix_state fix_next(const struct cell *cells);
/* Since when its state is what it is. */
int32_t fix_since(const struct fix *f);
/* The day from which it needs nobody; DAY_NONE: it still does. */
int32_t fix_mended(const struct fix *f);
/* Whether a ticket of its cause, by the day it was opened, should not have come. */
bool fix_failed(const struct fix *f, int32_t opened);
/* Whether, of two fixes of a cause, x is the one that counts: on which something was done
 * last, of equals the one that is further. */
bool fix_counts(const struct fix *x, const struct fix *y);

/* What the tickets say of it. */
enum fix_verdict {
	FIX_NONE,       /* there is no fix */
	FIX_OPEN,       /* nothing is automated yet */
	FIX_YOUNG,      /* automated, and too early to tell */
	FIX_HOLDS,      /* automated, and no ticket for FIX_QUIET days: verify it */
	FIX_BACK,       /* tickets came after it was automated, or verified */
	FIX_ELIMINATED, /* verified, and no ticket since */
	FIX_VERDICTS
};
extern const char *const fix_verdict_word[FIX_VERDICTS];
#define FIX_QUIET 28

/* last: day of the newest ticket of the cause; DAY_NONE: none is known. */
enum fix_verdict fix_judge(const struct fix *f, int32_t last, int32_t as_of);

#endif
