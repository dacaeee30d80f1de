/*
 * What the people of the demo do with the alerts and plays of a day that is over: steps
 * are ticked a little late or, by one of them, much too late; plays end with an outcome,
 * their alerts are closed and voted on; messages are sent. Rows alone: the history of
 * what was done by hand begins with whoever looks at the demo.
 */
#ifndef CORE_DEMO_WORK_H
#define CORE_DEMO_WORK_H

#include "core/book.h"
#include "core/demo.h"

/* Through the day, in one transaction of its own. */
enum status demo_work(struct book *b, const struct demo_request *r, int32_t day,
	struct err *e) MUST_USE;

#endif
