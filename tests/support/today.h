/* For tests of the day's work on the screen: the queue of everybody, of the scene's own
 * book, as the core has it. */
#ifndef TESTS_SUPPORT_TODAY_H
#define TESTS_SUPPORT_TODAY_H

#include "core/queue.h"
#include "tests/support/scene.h"

struct queue *today_queue(void); /* queue_free it */
uint32_t today_rows(void);
uint32_t today_account_at(uint32_t row); /* a row that is there */
/* Plays that have begun for an account. */
uint32_t today_tasks_of(uint32_t account);
/* Nothing runs there any more. */
void today_drop_plays(uint32_t account);

#endif
