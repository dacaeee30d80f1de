/* Which pictures of queues a change by hand is not in, so that they hold on. */
#include "core/queue_keep.h"

#include "core/book_work.h"
#include "core/change_work.h"
#include "core/queue_internal.h"

/* Kinds of rows that are in a queue, and those that are in it only where it tells what
 * speaks against a play, or of a mail: that is where an alert is live and no play runs.
 */
#define QUEUED (1u << REC_ALERT | 1u << REC_TASK)
#define QUEUED_NEXT \
	(1u << REC_CONTACT | 1u << REC_TICKET | 1u << REC_TOUCH | 1u << REC_MESSAGE)
/* Neither are these; all other kinds may be anywhere. */
#define NOT_QUEUED                                                            \
	(1u << REC_SURVEY | 1u << REC_FIX | 1u << REC_NOTE | 1u << REC_PLAN | \
		1u << REC_MILESTONE | 1u << REC_STEP | 1u << REC_PROPOSAL)

static void see_account(struct queue_seen *s, int64_t account, bool next)
{
	uint32_t i = 0;

	while (i < s->accounts && s->account[i] != account)
		i++;
	if (i == QUEUE_SEEN_MAX || account < 1 || account > UINT32_MAX) {
		s->all = true;
		return;
	}
	if (i == s->accounts) {
		s->account[s->accounts++] = (uint32_t)account;
		s->next_only[i] = true;
	}
	s->next_only[i] &= next;
}

static void see_number(struct queue_seen *s, uint32_t number)
{
	uint32_t i = 0;

	while (i < s->numbers && s->number[i] != number)
		i++;
	if (i == QUEUE_SEEN_MAX)
		s->all = true;
	else if (i == s->numbers)
		s->number[s->numbers++] = number;
}

static void see_csm(struct queue_seen *s, int64_t csm)
{
	if (csm > 0)
		see_number(s, queue_picture_number(QUEUE_OF_CSM, (uint32_t)csm));
}

static void see_row(struct queue_seen *s, enum record_kind kind, const struct cell *cells)
{
	const int account = record_account_field(record_of(kind));

	if (account < 0 || cells[account].type != CELL_INT) {
		s->all = true;
		return;
	}
	see_account(s, cells[account].i, (uint64_t)QUEUED_NEXT >> kind & 1);
	if (kind == REC_TASK && cells[F_TASK_CSM].type == CELL_INT)
		see_csm(s, cells[F_TASK_CSM].i);
}

void queue_see(struct queue_seen *s, enum record_kind kind, const struct cell *before,
	const struct cell *after)
{
	if ((uint64_t)NOT_QUEUED >> kind & 1)
		return;
	if (!((uint64_t)(QUEUED | QUEUED_NEXT) >> kind & 1)) {
		s->all = true;
		return;
	}
	if (before)
		see_row(s, kind, before);
	if (after)
		see_row(s, kind, after);
}

/* The queues that an account is in, by its owner and by claims as they are now. */
static enum status see_queues(
	struct work *w, uint32_t account, const struct book_live *live, struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX];
	enum status st = work_read(w, REC_ACCOUNT, account, cells, e);

	if (st != ST_OK)
		return st;
	see_number(&w->seen, PICTURE_OF_ANYBODY);
	if (cells[F_CSM].type == CELL_INT && cells[F_CSM].i > 0)
		see_csm(&w->seen, cells[F_CSM].i);
	else
		see_number(&w->seen, PICTURE_OF_POOL);
	for (uint32_t k = 0; k < live->tasks; k++)
		see_csm(&w->seen, live->task[k].csm);
	return ST_OK;
}

enum status queue_keep(struct work *w, struct err *e)
{
	struct queue_seen *s = &w->seen;
	struct book_work room = { .alert = NULL };
	struct book_info info = { .alert_day = DAY_NONE };
	enum status st;

	book_forget_work(w->b); /* it is from before the change */
	st = w->store->ops->info(w->store, &info, e);
	/* What is live on another day says nothing of the day of the pictures. */
	s->all |= info.alert_day != w->b->clock.today;
	for (uint32_t i = 0; st == ST_OK && !s->all && i < s->accounts; i++) {
		struct book_live live;

		st = book_work_of(w->b, s->account[i], &room, &live, e);
		if (st == ST_OK && (!s->next_only[i] || (live.alerts && !live.tasks)))
			st = see_queues(w, s->account[i], &live, e);
	}
	book_work_clear(&room);
	if (st != ST_OK)
		return st;
	return w->store->ops->picture_keep(
		w->store, s->all ? NULL : s->number, s->all ? 0 : s->numbers, e);
}
