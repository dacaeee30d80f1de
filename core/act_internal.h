/* What the files behind core/act.h share; nobody else includes it. */
#ifndef CORE_ACT_INTERNAL_H
#define CORE_ACT_INTERNAL_H

#include "core/act.h"
#include "core/alert_life.h"
#include "core/change_work.h"
#include "core/task.h"

/* A text, trimmed and cut to what a field takes; missing: what to say when it is not
 * there (ST_USAGE), NULL: it need not be. */
enum status act_text(
	const char *text, const char *missing, struct text *out, struct err *e) MUST_USE;

/* Ends a task inside an operation that is under way. */
enum status act_end_task(struct work *w, int64_t task, enum task_state how,
	struct text outcome, struct err *e) MUST_USE;

#endif
