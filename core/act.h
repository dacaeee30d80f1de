/*
 * What people do with alerts and plays. Each call is one operation of the history, made
 * as those of core/change.h and undone like them; a reason or an outcome that is missing
 * where one is wanted is ST_USAGE, what is gone or over ST_NOTFOUND.
 *
 * Alerts and tasks are known by the ids of their rows (struct alert, struct task).
 */
#ifndef CORE_ACT_H
#define CORE_ACT_H

#include "core/alert_life.h"
#include "core/change.h"
#include "core/plays.h"
#include "core/task.h"

/* ---- alerts ---- */

/* Out of sight until a day after today; wants a reason. */
enum status book_snooze(struct book *b, const int64_t *alerts, uint32_t n, int32_t until,
	const char *reason, struct err *e) MUST_USE;
/* Done with an outcome: quiet for a while. The plays that were started for it are
 * done too when they have not begun; those that have go on. Mail that would follow up
 * what went out is dropped. */
enum status book_close(struct book *b, const int64_t *alerts, uint32_t n,
	const char *outcome, struct err *e) MUST_USE;

/* Alerts, and plays that run, as they were shown to whoever acts on them. That one is
 * gone, or is another by now (worse, asleep, a step further), is ST_STALE and says so;
 * nothing is done then. */
struct act_shown {
	const struct alert *alert;
	uint32_t alerts;
	const struct task *task;
	uint32_t tasks;
};
/* Whether closing those alerts leaves the play alone: it was begun, or nothing of them
 * started it. */
bool act_goes_on(const struct act_shown *x, const struct task *t);
/* As book_snooze and book_close, of exactly what was shown. all: the plays end as well,
 * one whose last step comes next as done, the others as dropped. */
enum status book_snooze_shown(struct book *b, const struct act_shown *x, int32_t until,
	const char *reason, struct err *e) MUST_USE;
enum status book_close_shown(struct book *b, const struct act_shown *x, bool all,
	const char *outcome, struct err *e) MUST_USE;

/* Whether it was worth looking at; also of ended ones. */
enum status book_vote(struct book *b, int64_t alert, bool useful, struct err *e) MUST_USE;

/* ---- plays ---- */

/* What speaks against starting a play on an account: the gates of the play that are
 * shut, and guards (a one-to-one play on tier 3 that nothing flagged, or a calendar
 * meeting there; a business review by the calendar on tier 2; a tier it is not made for).
 * One sentence each in out, "" when nothing does; *gates says that a gate is among
 * them. */
#define ACT_AGAINST_MAX 512
enum status book_play_against(struct book *b, uint32_t account, const struct play *p,
	char out[ACT_AGAINST_MAX], bool *gates, struct err *e) MUST_USE;

/* Starts a play; alert 0: by hand. What speaks against it wants a reason; a shut gate
 * is ST_FORBIDDEN without one. A play that already runs there is ST_USAGE. *task (may be
 * NULL): its id. */
enum status book_play_start(struct book *b, uint32_t account, const struct play *p,
	int64_t alert, const char *reason, int64_t *task, struct err *e) MUST_USE;
/* On many, as one operation, each for the worst of its alerts that the play answers. Left
 * out are those where it runs already, and those that something speaks against while
 * there is no reason; when that is all of them, it is what speaks against the last. */
struct act_started {
	uint32_t n, mails; /* mails of these: to customers, in the outbox */
	int64_t task;      /* id of the last of them; 0: none */
	uint32_t left;     /* the first that was left out, and why; 0: none was */
	char why[ACT_AGAINST_MAX];
};
enum status book_play_start_all(struct book *b, const uint32_t *accounts, uint32_t n,
	const struct play *p, const char *reason, struct act_started *out,
	struct err *e) MUST_USE;
/* A step is done; wants an outcome where the play says so. The last one ends the task
 * with it. step: the one the person saw, 1..; ST_STALE when another comes next by now. 0:
 * whichever comes next. */
enum status book_task_tick(struct book *b, int64_t task, int step, const char *outcome,
	struct err *e) MUST_USE;
/* Ends a task before its last step; wants an outcome. */
enum status book_task_drop(
	struct book *b, int64_t task, const char *outcome, struct err *e) MUST_USE;

/* ---- the pool ---- */

/* A claim is a task, not an ownership: those that run on the account are csm's, and where
 * none does, one of its own is made. csm 0: back to the pool. ST_FORBIDDEN, naming whose
 * it is: only accounts of the pool are claimed, and nobody takes work out of another's
 * hands; giving back what a colleague claimed wants a reason. ST_NOTFOUND: nobody claimed
 * what is to be given back. */
enum status book_claim(struct book *b, const uint32_t *accounts, uint32_t n, uint32_t csm,
	const char *reason, struct err *e) MUST_USE;
/* What was dealt: how many accounts, and who got how many of them. */
struct dealt_to {
	struct text csm;
	uint32_t accounts; /* at least 1 */
};
struct dealt {
	uint32_t accounts;
	struct dealt_to
		*to; /* owned, in the order in which the CSMs came into the book */
	uint32_t n;
	struct arena names;
};
/* Deals the first n flagged accounts of the pool (0: all) round robin among the CSMs that
 * are there today and don't soon leave, who have the fewest claims first. dry: only says
 * who would get how many. *out is to be cleared, also when it fails. */
enum status book_deal(
	struct book *b, uint32_t n, bool dry, struct dealt *out, struct err *e) MUST_USE;
void dealt_clear(struct dealt *d);

/* ---- the outbox ---- */

struct message {
	int64_t id; /* never given to another one: receivers know a repeat by it */
	uint32_t account;
	int32_t made, sent; /* days; sent DAY_NONE: not yet */
	struct text account_id, account_name, kind, recipient, subject, body, play;
	int64_t alert; /* 0: none */
	int64_t tries; /* runs of a hook */
	struct text failure;
	struct text sender; /* who is sending it right now; n 0: nobody */
};
typedef enum status (*message_fn)(void *arg, const struct message *m, struct err *e);
/* Those not sent yet, the oldest first; texts are borrowed during the call. */
enum status book_outbox(struct book *b, message_fn fn, void *arg, struct err *e) MUST_USE;
/* Somebody handed them over today by other means; n 0: all that are waiting and that no
 * sender has, *marked (may be NULL) says how many. ST_STALE: one is being sent. */
enum status book_mark_sent(struct book *b, const int64_t *messages, uint32_t n,
	uint32_t *marked, struct err *e) MUST_USE;

/*
 * Sending: take a message, hand it over, say what came of it; settle when all had their
 * turn. Each is a transaction of its own. While one has a message nobody else gets it, so
 * two senders never both send it. Who ends in between without a word loses nothing: after
 * its seconds the message is anybody's again. It may have gone out then, so that it goes
 * out at least once, and with the same id.
 */
/* It is the actor's for so many seconds; fn gets it. ST_NOTFOUND: it does not wait any
 * more, or somebody has it. */
enum status book_take(struct book *b, int64_t message, int seconds, message_fn fn,
	void *arg, struct err *e) MUST_USE;
/* It was handed over today; or it was not, and why. */
enum status book_handed(
	struct book *b, int64_t message, const char *why, struct err *e) MUST_USE;
/* Nothing came of it: it waits again. */
enum status book_let_go(struct book *b, int64_t message, struct err *e) MUST_USE;
/* What the actor handed over, and what senders that came to an end in between left, are
 * told to the rows and the history: one operation for each of them. */
enum status book_settle(struct book *b, struct err *e) MUST_USE;

#endif
