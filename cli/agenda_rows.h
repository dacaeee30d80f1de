/* Alerts and tasks as verbs write them: rows of lists, and objects of `show`. */
#ifndef CLI_AGENDA_ROWS_H
#define CLI_AGENDA_ROWS_H

#include "core/agenda.h"
#include "core/json.h"

/* Writes the arrays "alerts" and "tasks" (with the steps that were done) of an account
 * into an object that is open, those that ended too. */
enum status agenda_rows_json(
	struct json *j, struct book *b, uint32_t account, struct err *e) MUST_USE;
/* The live ones of an account, on stdout. */
enum status agenda_rows_text(struct book *b, uint32_t account, struct err *e) MUST_USE;

/* The columns from a task's id to its outcome as keys of an open object, without the
 * account. */
void agenda_rows_task(struct json *j, const struct agenda_task *t);
/* Steps of one task as an array, in the order they were done. */
enum status agenda_rows_steps(
	struct json *j, struct book *b, const struct task *t, struct err *e) MUST_USE;

#endif
