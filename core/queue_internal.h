/* What the files of the queue share; nobody else includes it. */
#ifndef CORE_QUEUE_INTERNAL_H
#define CORE_QUEUE_INTERNAL_H

#include "core/book_live.h"
#include "core/book_work.h"
#include "core/queue.h"

/* Whether somebody claimed it: this CSM, 0: anybody. */
bool flagged_is_claimed(const struct flagged *f);
bool flagged_in_scope(
	const struct flagged *f, const struct book *b, const struct queue_query *q);

enum flagged_state {
	FLAGGED_IDLE,   /* nothing is to be done today */
	FLAGGED_ASLEEP, /* nothing but what is snoozed beyond today */
	FLAGGED_DUE
};
/* Its row, when it is due; the columns are there. alerts: room for ALERT_KINDS, of which
 * the row takes the first and points to them. */
enum flagged_state flagged_row(const struct flagged *f, const struct book *b,
	const struct alert **alerts, struct queue_row *out);
/* The alerts and the task of a row alone. */
void flagged_take(const struct flagged *f, int32_t today, const struct alert **alerts,
	struct queue_row *out);

enum { QUEUE_PICTURE_CSMS = 1000 }; /* whose queues are kept */
/* queue_picture.c: fills in what there is of the accounts of p->row, which are known to
 * be in the queue; the columns and the work are there. */
enum status queue_picture_work(struct book *b, struct picture *p, struct err *e) MUST_USE;
/* From the picture that stands in for the columns; false: it is of a
 * list, or the account is not in it. */
bool book_picture_live(struct book *b, uint32_t account, struct book_live *out);

/* What queues share: they outlive what they were made from. */
struct queue_memory {
	uint32_t holders;
	struct book_work *work;       /* NULL: of a picture */
	struct picture *picture;      /* NULL: of work */
	struct queue_row *row;        /* of the whole queue; owned */
	const struct alert **alert;   /* of these rows, one behind the other; owned */
	struct queue_sleeper *asleep; /* accounts that are snoozed beyond today; owned */
	uint32_t rows, room, alerts, alerts_room, sleepers, sleepers_room;
};
/* Room for one row more and its alerts; false: no memory. */
bool queue_room(struct queue_memory *m);
/* Points the rows to their alerts, once these stay where they are. */
void queue_point(struct queue_memory *m);
/* Its rows are those of the memory, of which it becomes a holder; NULL: no memory. */
struct queue *queue_new(struct queue_memory *m);
void queue_drop(struct queue_memory **m);

/* Counts a row among the sums of its section. */
void queue_count(struct queue *q, const struct queue_row *r);
/* One that sleeps, and its money among the sums. */
void queue_sleeper(
	const struct flagged *f, const struct book *b, struct queue_sleeper *out);
void queue_add_asleep(struct queue *q, const struct queue_sleeper *x);
/* By section and rank; 0: value and account_id decide. */
int queue_compare(const struct queue_row *a, const struct queue_row *b);

/* queue_text.c: queue_who of an account with this owner. */
struct text queue_who_of(
	const struct book *b, const struct queue_row *r, struct text owner);

#endif
