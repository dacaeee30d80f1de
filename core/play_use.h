/*
 * How plays are used: of the starts of the last weeks how often each began, by what, how
 * it went on, what became of the accounts since, and whether the CSMs do it alike
 * (RULES.md, plays in use). Counted from arrays; core/book_play_use.h reads them.
 */
#ifndef CORE_PLAY_USE_H
#define CORE_PLAY_USE_H

#include <math.h>

#include "core/interval.h"
#include "core/survival.h"
#include "core/task.h"

enum {
	PLAY_USE_WEEKS = 26, /* unless somebody asks for another span */
	PLAY_USE_AFTER = 28, /* so many days after the end it is looked again */
	PLAY_USE_MOVED = 5,  /* points of health that are a change */
	PLAY_USE_FEW = 10    /* fewer cases say nothing */
};

/* What is known of the alert that started a play, when it is looked again. */
enum play_alert {
	PLAY_ALERT_NONE,  /* by hand, or there is no such row any more */
	PLAY_ALERT_GONE,  /* no alert of its kind is live on the account */
	PLAY_ALERT_THERE, /* still, or again */
};

/* One use of a play: a task, or the messages about one alert. There is one for every
 * second account: they are kept small. */
struct play_case {
	int64_t alert_id;       /* 0: none */
	uint32_t play, account; /* play: which, from 0 */
	int32_t version;
	uint32_t csm; /* who claimed it, else who owns the account; 0: nobody */
	int32_t started;
	int32_t last; /* day of its last step; DAY_NONE: not known */
	int32_t ended;
	uint32_t sent; /* messages */
	uint8_t state; /* enum task_state */
	/* Of one that was done, when it is looked again: */
	uint8_t alert;         /* enum play_alert */
	uint8_t before, after; /* health at the end and then; 0: not known */
	bool left : 1;         /* the account left since the end */
	bool lost : 1;         /* it is no customer any more, since nobody knows when */
	/* In any state: */
	bool by_hand : 1; /* of mail: all of it */
	bool overdue : 1; /* it runs, is awake, and the next step should be done by now */
	bool by_mail : 1; /* done with the last message that was sent, it has no time
			     limit */
	/* Of mail that a signal started: it went out; the customer did it later, within
	 * the days of the play; these days go on. */
	bool asked : 1, came : 1, waits : 1;
	bool earlier : 1; /* of mail that began before the span only what was sent counts
			   */
};

/* What many starts add up to. */
struct play_use {
	uint32_t by_alert, by_hand, by_mail; /* by_mail: the play was a message */
	uint32_t sent;                       /* messages of it that went out */
	uint32_t running, overdue;
	uint32_t done, in_time, dropped;
	/* Of those done, mail too: the days after are over, and what there was then. */
	uint32_t judged, left, healths, up, down;
	uint32_t alerts, gone; /* of those judged that an alert started */
	/* Of mail that a signal started and that went out: what became of it. */
	uint32_t asked, came, waits; /* waits: it may come still */
};

/* How far the shares in time of the CSMs lie apart. */
struct play_spread {
	uint32_t csms;            /* with enough cases to have a share */
	double deviation;         /* points; NaN: of fewer than two */
	bool told;                /* two of them can be compared: */
	uint32_t low, high;       /* which of the parts */
	struct interval_pair gap; /* high less low */
	bool sure;                /* more than chance, for so many pairs */
};

/* Of a play in one version, or with one CSM. */
struct play_use_part {
	uint32_t play;
	int32_t version;
	uint32_t csm;
	struct text name; /* of the CSM; {NULL, 0}: nobody */
	struct play_use use;
	int32_t median; /* days until half are done; -1: not known */
};

static inline uint32_t play_use_started(const struct play_use *u)
{
	return u->by_alert + u->by_hand + u->by_mail;
}

/* Those of which is known whether they were in time: done, or overdue by now. */
static inline uint32_t play_use_cases(const struct play_use *u)
{
	return u->done + u->overdue;
}

/* 0..1; NaN: there are no cases. */
static inline double play_use_in_time(const struct play_use *u)
{
	return play_use_cases(u) ? (double)u->in_time / play_use_cases(u) : (double)NAN;
}

/* Whether it can be looked again, the days after its end being over. */
static inline bool play_case_judged(const struct play_case *c, int32_t as_of)
{
	return c->state == TASK_DONE && !c->lost && !c->earlier &&
	       c->ended + PLAY_USE_AFTER <= as_of;
}

/* Adds one to what there is, and to how long it takes. */
void play_use_add(
	struct play_use *u, struct survival *s, const struct play_case *c, int32_t as_of);
/* Of one that is judged: what became of the account, alone. */
void play_use_judge(struct play_use *u, const struct play_case *c);
/* The parts are CSMs; nobody's has no part in it. */
void play_use_spread(
	const struct play_use_part *csm, uint32_t n, struct play_spread *out);
/* Of at least PLAY_USE_FEW alerts more than half were there again, beyond chance. */
bool play_use_in_vain(const struct play_use *u);

#endif
