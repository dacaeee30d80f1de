#include "core/task.h"

#include "core/day.h"

const char *const task_state_word[TASK_STATES] = { "open", "done", "dropped" };

static int32_t day_at(const struct cell *c)
{
	return c->type == CELL_INT && c->i >= DAY_MIN && c->i <= DAY_MAX ? (int32_t)c->i
									 : DAY_NONE;
}

static int64_t whole(const struct cell *c)
{
	return c->type == CELL_INT ? c->i : 0;
}

static struct text text_at(const struct cell *c)
{
	return c->type == CELL_TEXT ? c->t : (struct text){ NULL, 0 };
}

bool task_from_row(int64_t id, const struct cell *c, struct task *out)
{
	int state = 0;

	while (state < TASK_STATES &&
		!text_eq(text_at(&c[F_TASK_STATE]), text_of(task_state_word[state])))
		state++;
	if (state == TASK_STATES || c[F_TASK_ACCOUNT].type != CELL_INT)
		return false;
	*out = (struct task){
		.id = id,
		.account = (uint32_t)c[F_TASK_ACCOUNT].i,
		.play = text_at(&c[F_TASK_PLAY]),
		.title = text_at(&c[F_TASK_TITLE]),
		.next = text_at(&c[F_TASK_NEXT]),
		.version = (int32_t)whole(&c[F_TASK_VERSION]),
		.started = day_at(&c[F_TASK_STARTED]),
		.due = day_at(&c[F_TASK_DUE]),
		.step = (int32_t)whole(&c[F_TASK_STEP]),
		.alert = whole(&c[F_TASK_ALERT]),
		.csm = (uint32_t)whole(&c[F_TASK_CSM]),
		.state = (enum task_state)state,
		.ended = day_at(&c[F_TASK_ENDED]),
	};
	return true;
}

void task_set_step(
	const struct play *p, int32_t started, int step, struct cell cells[TASK_FIELDS])
{
	const struct play_step *s = &p->step[step - 1];

	cells[F_TASK_STEP] = CELL_OF_INT(step);
	cells[F_TASK_NEXT] = CELL_OF_TEXT(text_of(s->title));
	cells[F_TASK_DUE] = CELL_OF_INT(started + s->due);
}
