/*
 * What is live in the book: open and snoozed alerts, plays that run, and the library of
 * plays. Loaded once per state of the book.
 */
#ifndef CORE_BOOK_WORK_H
#define CORE_BOOK_WORK_H

#include "core/alert_life.h"
#include "core/book_internal.h"
#include "core/plays.h"
#include "core/task.h"

/* Alerts by account and id, and plays that run by account and id, of the book's day. */
struct book_work {
	struct alert *alert; /* owned, as is task */
	uint32_t alerts, alerts_room;
	struct task *task;
	uint32_t tasks, tasks_room;
	struct arena texts; /* of the tasks */
	uint32_t holders;   /* the book, and queues that were made from it */
};

enum status book_need_work(struct book *b, struct err *e) MUST_USE;
/* Those of an account, of all that are live; NULL where it has none. */
const struct alert *book_work_alerts(
	const struct book_work *w, uint32_t account, uint32_t *n);
/* The same of one part alone, into a work of the caller's that was 0 at first. Only of
 * the newest day that alerts were looked for on, else *past is true and nothing is read.
 */
enum status book_work_part(struct book *b, uint32_t part, struct book_work *w, bool *past,
	struct err *e) MUST_USE;
void book_work_clear(struct book_work *w);
bool book_work_add(struct book_work *w, const struct alert *alerts, uint32_t n,
	const struct task *tasks, uint32_t m); /* false: no memory */
void book_forget_work(struct book *b);
/* What was read stays as long as anybody holds it. */
struct book_work *book_work_hold(struct book_work *w);
void book_work_drop(struct book_work **w);

void book_forget_plays(struct book *b);

#endif
