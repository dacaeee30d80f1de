/*
 * Alerts and tasks as lists: those of a CSM, of the pool or of anybody, on the accounts
 * that a filter lets through or on one account; each with what lists say beside it.
 *
 * An account is in a scope as it is in that queue (core/queue.h): a CSM's own and those
 * it claimed, the pool's less what is claimed.
 */
#ifndef CORE_AGENDA_H
#define CORE_AGENDA_H

#include "core/queue.h"

struct agenda_query {
	enum queue_scope scope;
	uint32_t csm;      /* of QUEUE_OF_CSM */
	struct text where; /* filter text, may be empty */
	uint32_t account;  /* of this one only; 0: of all */
	unsigned kinds;    /* of alerts: bits by enum alert_kind; 0: all */
	unsigned states;   /* of alerts, bits by enum alert_state; 0: as `ended` says */
	bool ended;        /* also those that are over */
	uint32_t limit;    /* at most so many rows */
};

/* Of whose account a row is; missing texts are {NULL, 0}. */
struct agenda_account {
	struct text id, name, csm;
	uint8_t tier;
};

struct agenda_alert {
	struct alert alert;
	struct agenda_account of;
	char why[ALERT_SENTENCE_MAX]; /* as of today, or of the day it ended */
	struct text reason, outcome;
	int useful;       /* 1 or 0; -1: nobody said */
	const char *play; /* that the policy has for the kind in this tier; "" for none */
};

struct agenda_task {
	struct task task;
	struct agenda_account of;
	struct text claimed; /* by whom; {NULL, 0}: nobody, it is the owner's */
	struct text outcome, reason, actor;
};

/* A step of a task that was done. */
struct agenda_step {
	int64_t task;
	int32_t step, done;
	struct text title, outcome, actor;
};

/* Rows are borrowed until fn returns; what it returns beside ST_OK ends the list. */
typedef enum status (*agenda_alert_fn)(
	void *arg, const struct agenda_alert *a, struct err *e);
typedef enum status (*agenda_task_fn)(
	void *arg, const struct agenda_task *t, struct err *e);
typedef enum status (*agenda_step_fn)(
	void *arg, const struct agenda_step *s, struct err *e);

/* Live ones, the worst first and among equals the oldest; then those that ended, the
 * newest first. *n (may be NULL): how many there are, beyond the limit too. */
enum status agenda_alerts(struct book *b, const struct agenda_query *q,
	agenda_alert_fn fn, void *arg, uint32_t *n, struct err *e) MUST_USE;
/* Those that run, by the day they are due; then those that ended, the newest first. */
enum status agenda_tasks(struct book *b, const struct agenda_query *q, agenda_task_fn fn,
	void *arg, uint32_t *n, struct err *e) MUST_USE;
/* The one with this id. ST_NOTFOUND: there is none. */
enum status agenda_task(
	struct book *b, int64_t id, agenda_task_fn fn, void *arg, struct err *e) MUST_USE;
/* Steps that were done on an account, in the order of their days. */
enum status agenda_steps(struct book *b, uint32_t account, agenda_step_fn fn, void *arg,
	struct err *e) MUST_USE;

#endif
