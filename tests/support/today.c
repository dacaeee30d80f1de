#include "tests/support/today.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/book_live.h"
#include "tests/support/rows_text.h"

struct queue *today_queue(void)
{
	const struct queue_query query = { .scope = QUEUE_OF_ANYBODY };
	struct queue *q = NULL;

	MUST(book_queue(scene_own(), &query, &q, NULL, &e));
	return q;
}

uint32_t today_rows(void)
{
	struct queue *q = today_queue();
	const uint32_t n = q->n;

	queue_free(&q);
	return n;
}

uint32_t today_account_at(uint32_t row)
{
	struct queue *q = today_queue();
	uint32_t account;

	assert_true(row < q->n);
	account = q->row[row].account;
	queue_free(&q);
	return account;
}

uint32_t today_tasks_of(uint32_t account)
{
	struct book_live live;

	MUST(book_live(scene_own(), account, &live, &e));
	return live.tasks;
}

void today_drop_plays(uint32_t account)
{
	struct book_live live;

	MUST(book_live(scene_own(), account, &live, &e));
	while (live.tasks) {
		MUST(book_task_drop(scene_own(), live.task[0].id, "anew", &e));
		MUST(book_live(scene_own(), account, &live, &e));
	}
}
