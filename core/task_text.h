/*
 * What is to be written and said for a task: the texts of its play, filled in with what
 * the book says of the account today and with the alert that started it.
 */
#ifndef CORE_TASK_TEXT_H
#define CORE_TASK_TEXT_H

#include "core/book.h"
#include "core/task.h"

/* They live in the arena. */
enum status task_text(struct book *b, const struct task *t, const struct play *p,
	struct arena *a, struct play_said *out, struct err *e) MUST_USE;

/* When the account renews, by its row as it is now; DAY_NONE: not known. */
enum status task_renewal(
	struct book *b, uint32_t account, int32_t *out, struct err *e) MUST_USE;

#endif
