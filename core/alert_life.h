/*
 * What becomes of alerts at a recalculation, as a pure function from those that are
 * there and the conditions that hold: an account has at most one live alert of a kind,
 * it opens when its condition is entered and resolves by itself when that is gone; a
 * snoozed one comes back on its day; one that somebody closed keeps quiet for a while,
 * unless it got worse; one that resolved and comes back within that time is the same.
 */
#ifndef CORE_ALERT_LIFE_H
#define CORE_ALERT_LIFE_H

#include "core/alert_find.h"
#include "core/policy.h"
#include "core/record.h"

enum alert_state {
	ALERT_OPEN,
	ALERT_SNOOZED,
	ALERT_RESOLVED,
	ALERT_CLOSED,
	ALERT_STATES
};
extern const char *const alert_state_word[ALERT_STATES];

struct alert {
	int64_t id; /* 0: a new one */
	uint32_t account;
	enum alert_kind kind;
	enum severity severity;
	enum alert_state state;
	struct evidence evidence;
	int32_t opened;
	int32_t severe; /* since this day, opened or later, it has its severity */
	int32_t until;  /* back on this day; of an open one: it was; of one that resolved
			   asleep: not before it, should the condition come back */
	int32_t ended;  /* DAY_NONE: it is live */
	int32_t escalated; /* DAY_NONE: not */
	uint32_t reopened;
};

/* From a row as it is stored, and into the cells of one (the texts that people wrote stay
 * as they are in it). False: it is none that this program wrote. */
bool alert_from_row(int64_t id, const struct cell *cells, struct alert *out);
void alert_to_row(const struct alert *a, struct cell *cells);

enum alert_event {
	ALERT_EV_OPENED = 1,   /* a new one, or one that came back after its quiet time */
	ALERT_EV_REOPENED = 2, /* the same came back within it */
	ALERT_EV_RESOLVED = 4, /* its condition is gone */
	ALERT_EV_CHANGED = 8,  /* its severity did */
	ALERT_EV_WOKEN = 16,   /* its snooze is over, or it got worse meanwhile */
	ALERT_EV_ESCALATED = 32 /* the second recipient is to be told */
};

/* Makes it what it was on a day: what ended later was open. False: it was not there yet.
 */
bool alert_on(struct alert *a, int32_t day);

struct alert_step {
	struct alert alert; /* as it is to be */
	unsigned events;    /* enum alert_event */
};

/* Alerts of one account, all kinds in any order: those that are live, and those that
 * ended within alert_quiet_days of the policy. out: at most ALERT_KINDS steps; gives how
 * many. found NULL: the account is not active, nothing holds of it. */
int alert_life(const struct policy *p, uint32_t account, uint8_t tier, int32_t as_of,
	const struct alert *prior, uint32_t n, const struct alert_found *found,
	struct alert_step out[ALERT_KINDS]);

/* The live one of a kind, else the one that ended last; NULL: none. */
const struct alert *alert_newest(
	const struct alert *prior, uint32_t n, enum alert_kind kind);
/* Whether one that somebody closed keeps quiet, though its condition holds so severely.
 */
bool alert_hushed(const struct policy *p, const struct alert *last,
	enum severity severity, int32_t as_of);

/* How long an ended alert of any kind is remembered at most. */
int32_t alert_quiet_days(const struct policy *p);

/* Out of sight until a day after this one. */
static inline bool alert_sleeps(const struct alert *a, int32_t today)
{
	return a->state == ALERT_SNOOZED && a->until > today;
}
/* Which of two is told first: the graver one, else by kind. */
static inline bool alert_worse(const struct alert *a, const struct alert *b)
{
	return a->severity != b->severity ? a->severity > b->severity : a->kind < b->kind;
}

#endif
