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
};

enum status book_need_work(struct book *b, struct err *e) MUST_USE;
/* Those of an account, of all that are live; NULL where it has none. */
const struct alert *book_work_alerts(
	const struct book_work *w, uint32_t account, uint32_t *n);
void book_forget_work(struct book *b);

void book_forget_plays(struct book *b);

#endif
