/*
 * Which pictures of queues a change by hand is in: those of whoever owns or claimed its
 * accounts, that of everybody, and of the pool. All others hold on. What is not known to
 * be out of them voids them all.
 */
#ifndef CORE_QUEUE_KEEP_H
#define CORE_QUEUE_KEEP_H

#include "core/record.h"

struct work;

enum { QUEUE_SEEN_MAX = 64 };

struct queue_seen {
	bool all; /* or more than there is room for */
	uint32_t account[QUEUE_SEEN_MAX], accounts;
	bool next_only[QUEUE_SEEN_MAX];           /* what comes next may have changed */
	uint32_t number[QUEUE_SEEN_MAX], numbers; /* of pictures that go */
};

/* Takes down a row that is written; before or after NULL: it is added or removed. */
void queue_see(struct queue_seen *s, enum record_kind kind, const struct cell *before,
	const struct cell *after);
/* Keeps the pictures that nothing of it is in, and that of the list; at the end of the
 * transaction. */
enum status queue_keep(struct work *w, struct err *e) MUST_USE;

#endif
