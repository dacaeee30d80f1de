/* One task with everything: its steps, what is to be written and what to say. */
#ifndef CLI_TASK_PAGE_H
#define CLI_TASK_PAGE_H

#include "cli/call.h"

/* On stdout, as text or JSON. ST_NOTFOUND: there is no such task. */
enum status task_page(struct call *c, struct book *b, int64_t id, struct err *e) MUST_USE;

#endif
