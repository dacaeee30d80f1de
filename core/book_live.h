/*
 * What is live of one account: alerts that are open or snoozed, plays that run, and how
 * the money at risk comes about. Screens ask for one account at a time; the queue of all
 * is core/queue.h.
 */
#ifndef CORE_BOOK_LIVE_H
#define CORE_BOOK_LIVE_H

#include "core/alert_life.h"
#include "core/book.h"
#include "core/task.h"
#include "core/triage.h"

struct book_live {
	const struct alert *alert; /* by id */
	uint32_t alerts;
	const struct task *task; /* by id */
	uint32_t tasks;
};

/* Borrowed until the next call of a book function that is not const. */
enum status book_live(
	struct book *b, uint32_t account, struct book_live *out, struct err *e) MUST_USE;
/* As the queue has it: by the health of the figures, the facts as of the day. Of an
 * account that is not active nothing is at risk: ST_NOTFOUND. */
enum status book_live_triage(struct book *b, uint32_t account,
	struct triage_explained *out, struct err *e) MUST_USE;

/* A play sleeps with the alert that started it, and with no other. */
bool book_live_sleeps(const struct book_live *x, const struct task *t, int32_t today);
/* Whether it would, were that alert snoozed; 0: all of them. */
bool book_live_would_sleep(
	const struct book_live *x, const struct task *t, int64_t alert, int32_t today);
/* The play whose step is due first, one that is awake before one that sleeps. NULL: none
 * runs. */
const struct task *book_live_first(const struct book_live *x, int32_t today);

/* "Save call goes on, which is not made for tier 3": what would be left of the plays of
 * an account that is moved there by hand, mail that waits to be sent too; "": nothing. */
enum { BOOK_LIVE_LEFT_MAX = 200 };
enum status book_live_left(struct book *b, uint32_t account, uint8_t tier,
	char out[BOOK_LIVE_LEFT_MAX], struct err *e) MUST_USE;

/* The one of that number; NULL: it does not run there. */
const struct task *book_live_task(const struct book_live *x, int64_t id);

#endif
