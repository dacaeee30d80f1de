#include "core/owner_change.h"

#include <stdlib.h>

#include "core/act_internal.h"
#include "core/play_start.h"

#define HAND_OVER "hand-over" /* the play that a new owner begins with */

/* ---- what runs on it goes along ---- */

static struct cell owner(uint32_t csm)
{
	return csm ? CELL_OF_INT(csm) : (struct cell){ .type = CELL_MISSING };
}

/* Tasks that somebody claimed. */
struct claimed {
	struct act_rows task;
	uint32_t csm;
};

static enum status take_task(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct claimed *all = arg;

	if (c[F_TASK_CSM].type != CELL_INT || c[F_TASK_CSM].i != all->csm)
		return ST_OK;
	return act_take_row(&all->task, id, e);
}

enum status owner_claimed(struct store *s, uint32_t csm, uint32_t *n, struct err *e)
{
	struct claimed all = { .csm = csm };
	const enum status st =
		s->ops->unended(s, REC_TASK, 0, INT32_MAX, take_task, &all, e);

	*n = all.task.n;
	free(all.task.id);
	return st;
}

enum status owner_carry_tasks(
	struct work *w, uint32_t account, uint32_t from, struct err *e)
{
	struct claimed all = { .csm = from };
	const struct cell cells[TASK_FIELDS] = { { .type = CELL_MISSING } };
	enum status st = w->store->ops->unended(
		w->store, REC_TASK, account, INT32_MAX, take_task, &all, e);

	for (uint32_t k = 0; st == ST_OK && k < all.task.n; k++)
		st = work_change(w,
			&(struct change){ .kind = REC_TASK,
				.row = all.task.id[k],
				.fields = 1u << F_TASK_CSM,
				.cells = cells },
			e);
	free(all.task.id);
	return st;
}

enum status owner_change(
	struct work *w, uint32_t account, uint32_t from, uint32_t to, struct err *e)
{
	const struct cell before[ACCOUNT_FIELDS] = { [F_CSM] = owner(from) };
	const struct cell after[ACCOUNT_FIELDS] = { [F_CSM] = owner(to) };
	const enum status st = work_change(w,
		&(struct change){ .kind = REC_ACCOUNT,
			.row = account,
			.fields = 1u << F_CSM,
			.cells = after,
			.seen = before },
		e);

	return st == ST_OK && from ? owner_carry_tasks(w, account, from, e) : st;
}

/* ---- what the new owner begins with ---- */

static int by_id(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static enum status begin(struct work *w, const struct play *play, const uint32_t *id,
	uint32_t n, const char *reason, uint32_t *tasks, struct err *e)
{
	struct start_reader reader = { .n = 0 };
	struct starter s;
	enum status st = ST_OK;

	starter_init(&s, w->b, act_add_row, w);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		struct start_facts facts;
		int64_t task = 0;

		st = start_reader_facts(&reader, w->b, id[k], &facts, e);
		if (st == ST_OK && !play_is_mail(play, facts.tier))
			st = start_play(&s,
				&(struct start){ id[k], play, 0, "", w->b->me, reason,
					&facts, false },
				&task, e);
		*tasks += task != 0;
	}
	starter_clear(&s);
	start_reader_clear(&reader);
	return st;
}

enum status owner_hand_over(struct work *w, uint32_t *id, uint32_t n, const char *reason,
	uint32_t *tasks, struct err *e)
{
	const struct plays *plays;
	const struct play *play;
	const enum status st = book_plays(w->b, &plays, e);

	*tasks = 0;
	if (st != ST_OK || n == 0 || (play = plays_find(plays, HAND_OVER)) == NULL)
		return st;
	qsort(id, n, sizeof(*id), by_id);
	return begin(w, play, id, n, reason, tasks, e);
}

enum status book_hands_over(struct book *b, bool *out, struct err *e)
{
	const struct plays *plays;
	const enum status st = book_plays(b, &plays, e);

	*out = st == ST_OK && plays_find(plays, HAND_OVER) != NULL;
	return st;
}
