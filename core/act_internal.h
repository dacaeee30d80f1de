/* What the files behind core/act.h share; nobody else includes it. */
#ifndef CORE_ACT_INTERNAL_H
#define CORE_ACT_INTERNAL_H

#include "core/act.h"
#include "core/alert_life.h"
#include "core/change_work.h"
#include "core/task.h"

/* A text, trimmed; missing: what to say when it is not there (ST_USAGE), NULL: it need
 * not be. ST_INVALID: no field takes it. */
enum status act_text(
	const char *text, const char *missing, struct text *out, struct err *e) MUST_USE;

/* Rows that are read before any of them is changed. */
struct act_rows {
	int64_t *id; /* owned */
	uint32_t n, room;
};
enum status act_take_row(struct act_rows *all, int64_t id, struct err *e) MUST_USE;

/* For a starter whose arg is the work under way: the row goes through the history. */
enum status act_add_row(void *work, enum record_kind kind, const struct cell *cells,
	int64_t *id, struct err *e) MUST_USE;

/* Ends a task inside an operation that is under way. */
enum status act_end_task(struct work *w, int64_t task, enum task_state how,
	struct text outcome, struct err *e) MUST_USE;

/* Ends it as it was shown, by its last step when that comes next; ST_STALE. */
enum status act_end_shown(struct work *w, const struct task *shown,
	const struct plays *plays, struct text outcome, struct err *e) MUST_USE;
/* ST_STALE: it is over, or another step comes next than was shown. */
enum status act_check_step(
	struct work *w, const struct task *shown, struct err *e) MUST_USE;

/* The message when it waits and its day has come: ST_NOTFOUND, and says so. */
enum status act_give_message(
	struct book *b, int64_t id, message_fn fn, void *arg, struct err *e) MUST_USE;
/* A hook was run for the message; why {NULL, 0}: it took it. */
void act_count_try(struct cell c[MESSAGE_FIELDS], struct text why);

bool act_is_taken(const struct book *b, const struct delivery *d);
/* ST_STALE when the message is taken. */
enum status act_check_taken(
	struct book *b, int64_t message, struct arena *a, struct err *e) MUST_USE;

#endif
