/*
 * What is live in the book: open and snoozed alerts, plays that run, and the library of
 * plays. What is live of all accounts is gone through, not kept: a queue keeps that of
 * its accounts, and one account is looked up.
 */
#ifndef CORE_BOOK_WORK_H
#define CORE_BOOK_WORK_H

#include "core/alert_life.h"
#include "core/book_internal.h"
#include "core/book_live.h"
#include "core/plays.h"
#include "core/task.h"

enum { BOOK_WORK_TEXTS = 1024 }; /* there are some hundred steps of plays */

/* All that is live of some accounts on the book's day, by account and id. */
struct book_work {
	struct alert *alert; /* owned, as is task */
	uint32_t alerts, alerts_room;
	struct task *task;
	uint32_t tasks, tasks_room;
	struct arena texts;                 /* of the tasks */
	struct text known[BOOK_WORK_TEXTS]; /* of these, by hash: plays repeat */
	uint32_t holders; /* the book, and queues that were made from it */
};

/* What there is of one account. */
struct flagged {
	uint32_t account;
	const struct alert *alert;
	uint32_t alerts;
	const struct task *task;
	uint32_t tasks;
};
typedef enum status (*flagged_fn)(void *arg, const struct flagged *f, struct err *e);

/* Calls fn for every account that has alerts or tasks, in ascending order; what it gets
 * lives until it returns. The columns are there. */
enum status book_each_flagged(
	struct book *b, flagged_fn fn, void *arg, struct err *e) MUST_USE;
/* The same of what is kept, and of accounts 1..accounts. */
enum status flagged_each(const struct book_work *w, uint32_t accounts, flagged_fn fn,
	void *arg, struct err *e) MUST_USE;
/* Whether the book's day is before the newest that alerts were looked for on. */
enum status book_work_past(struct book *b, bool *past, struct err *e) MUST_USE;
/* The newest day on which alerts were looked for; DAY_NONE: never. */
enum status book_work_day(struct book *b, int32_t *day, struct err *e) MUST_USE;

/* What is live of one account that there is: of the work at hand where that has the
 * account, else read into room, which was 0 at first. */
enum status book_work_of(struct book *b, uint32_t account, struct book_work *room,
	struct book_live *out, struct err *e) MUST_USE;
/* What an account has among the work. */
void book_live_find(const struct book_work *w, uint32_t account, struct book_live *out);

bool book_work_add(struct book_work *w, const struct flagged *f); /* false: no memory */
/* Gives back the memory that adding more would need. */
void book_work_settle(struct book_work *w);
void book_work_clear(struct book_work *w);
/* The one at hand is another one from now on, which is held. */
void book_work_take(struct book *b, struct book_work *w);
void book_forget_work(struct book *b);
void book_work_drop(struct book_work **w);

void book_forget_plays(struct book *b);

#endif
