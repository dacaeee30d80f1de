/* For tests of what people do with alerts and plays: a small book, and what became of it.
 */
#ifndef TESTS_SUPPORT_ACTING_H
#define TESTS_SUPPORT_ACTING_H

#include "core/act.h"
#include "core/queue.h"

#define ACTING_DAY "2026-03-31"
/* A line of REC_ALERT, opened the day before. */
#define ACTING_ALERT(account, kind, severity)                                          \
	"account_id=" account "|kind=" kind "|opened_on=2026-03-30|severity=" severity \
	"|state=open|x=40\n"

/* Acme (A) and Bolt (B) of Dana, Cedar (C) of the pool; Eli works here too. One alert
 * each: 1 health-red, critical; 2 silent, warning; 3 detractor, info. Dana is at the
 * keyboard. */
struct book *acting_book(void);

/* The queue as "A:now B:now", by account_id. */
void acting_queue_is(struct book *b, const struct queue_query *q, const char *text);

/* Takes back what was done last, which must be possible. */
void acting_undo(struct book *b);

/* A play that came with the program; plays_clear them. */
const struct play *acting_play(struct plays *p, const char *name);

#endif
