/*
 * Tasks: plays that run on an account, as rows of REC_TASK. The step that comes next,
 * what it is and when it is due stand in the row, so that nobody needs the play to say
 * so.
 */
#ifndef CORE_TASK_H
#define CORE_TASK_H

#include "core/play.h"
#include "core/record.h"

enum task_state { TASK_OPEN, TASK_DONE, TASK_DROPPED, TASK_STATES };
extern const char *const task_state_word[TASK_STATES];

/* What a claim of the pool has in the place of a play. */
extern const struct text task_claim;

/* Outcomes of plays that nobody began, which the program took back: the alert was over,
 * or the account went to another tier, which has another play. */
extern const struct text task_let_go, task_exchanged;
/* Whether it is one of these: nobody did anything about it. */
bool task_taken_back(struct text outcome);

struct task {
	int64_t id;
	uint32_t account;
	struct text play, title, next; /* name; title; the next step */
	int32_t version, started, due; /* due: DAY_NONE when it has no day */
	int32_t step;                  /* from 1 */
	int64_t alert;                 /* that started it; 0: none */
	uint32_t csm;                  /* who claimed it; 0: the owner of the account */
	enum task_state state;
	int32_t ended; /* DAY_NONE: it runs */
};

/* From a row as it is stored, or as an account has it (then account is 0); its texts are
 * borrowed. False: it is none. */
bool task_from_row(int64_t id, const struct cell *cells, struct task *out);

/* Somebody did a step of it. */
static inline bool task_begun(const struct task *t)
{
	return t->step > 1;
}

/* Somebody works on it: a step was done, or it was claimed. */
static inline bool task_taken_up(const struct task *t)
{
	return task_begun(t) || t->csm;
}

/* As with alert_on; the step stays the one that comes next by now. */
bool task_on(struct task *t, int32_t day);

/* Puts the step that follows one (0: the first) of a play that started on a day, of an
 * account that renews on another (DAY_NONE: not known), into the cells of a row: its
 * number, what it is and when it is due. False: none follows. */
bool task_set_next(const struct play *p, int32_t started, int32_t renewal, int step,
	struct cell cells[TASK_FIELDS]);

/* For orders: who has no day comes last. */
static inline int32_t task_due(const struct task *t)
{
	return t->due == DAY_NONE ? INT32_MAX : t->due;
}

#endif
