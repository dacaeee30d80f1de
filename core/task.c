#include "core/task.h"

const char *const task_state_word[TASK_STATES] = { "open", "done", "dropped" };

const struct text task_claim = { "claim", sizeof("claim") - 1 };

#define LET_GO "its alert resolved by itself"
#define EXCHANGED "its account is in another tier now"
const struct text task_let_go = { LET_GO, sizeof(LET_GO) - 1 };
const struct text task_exchanged = { EXCHANGED, sizeof(EXCHANGED) - 1 };

bool task_taken_back(struct text outcome)
{
	return text_eq(outcome, task_let_go) || text_eq(outcome, task_exchanged);
}

static int64_t whole(const struct cell *c)
{
	return c->type == CELL_INT ? c->i : 0;
}

/* Steps are counted from 1, and nobody has more than INT32_MAX of them. */
static int32_t step_at(const struct cell *c)
{
	const int64_t step = whole(c);

	return step < 1 ? 1 : step > INT32_MAX ? INT32_MAX : (int32_t)step;
}

bool task_from_row(int64_t id, const struct cell *c, struct task *out)
{
	const int32_t ended = cell_day(&c[F_TASK_ENDED]);
	int state = 0;

	while (state < TASK_STATES &&
		!text_eq(cell_as_text(&c[F_TASK_STATE]), text_of(task_state_word[state])))
		state++;
	if (state == TASK_STATES ||
		(!cell_id(&c[F_TASK_ACCOUNT]) && c[F_TASK_ACCOUNT].type != CELL_TEXT) ||
		(state == TASK_OPEN) != (ended == DAY_NONE))
		return false;
	*out = (struct task){
		.id = id,
		.account = cell_id(&c[F_TASK_ACCOUNT]),
		.play = cell_as_text(&c[F_TASK_PLAY]),
		.title = cell_as_text(&c[F_TASK_TITLE]),
		.next = cell_as_text(&c[F_TASK_NEXT]),
		.version = cell_count(&c[F_TASK_VERSION]),
		.started = cell_day(&c[F_TASK_STARTED]),
		.due = cell_day(&c[F_TASK_DUE]),
		.step = step_at(&c[F_TASK_STEP]),
		.alert = whole(&c[F_TASK_ALERT]),
		.csm = (uint32_t)cell_count(&c[F_TASK_CSM]),
		.state = (enum task_state)state,
		.ended = ended,
	};
	return true;
}

bool task_on(struct task *t, int32_t day)
{
	if (t->ended != DAY_NONE && t->ended > day) {
		t->ended = DAY_NONE;
		t->state = TASK_OPEN;
	}
	return t->started <= day;
}

bool task_set_next(const struct play *p, int32_t started, int32_t renewal, int step,
	struct cell cells[TASK_FIELDS])
{
	const int next = play_step_after(p, step, started, renewal);

	if (!next)
		return false;
	cells[F_TASK_STEP] = CELL_OF_INT(next);
	cells[F_TASK_NEXT] = CELL_OF_TEXT(text_of(p->step[next - 1].title));
	cells[F_TASK_DUE] = CELL_OF_INT(play_step_day(p, next, started, renewal));
	return true;
}
