#include "core/task_text.h"

#include "core/queue.h"
#include "core/play_start.h"

/* The alert as a sentence; "" without one. */
static enum status say_why(struct book *b, int64_t alert, struct arena *a,
	char why[ALERT_SENTENCE_MAX], struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct alert x;
	bool there = false;
	enum status st = ST_OK;

	why[0] = '\0';
	if (alert)
		st = b->store->ops->row_read(
			b->store, REC_ALERT, alert, a, cells, &there, e);
	if (st == ST_OK && there && alert_from_row(alert, cells, &x))
		queue_reason(b, &x, NULL, why);
	return st;
}

static bool keep(struct arena *a, const char **text)
{
	if (*text)
		*text = arena_strdup(a, *text);
	return *text;
}

/* Out of what the starter holds. False: no memory. */
static bool keep_all(struct arena *a, struct play_said *said)
{
	return (!said->subject || (keep(a, &said->subject) && keep(a, &said->body))) &&
	       (!said->script || keep(a, &said->script));
}

enum status task_text(struct book *b, const struct task *t, const struct play *p,
	struct arena *a, struct play_said *out, struct err *e)
{
	char why[ALERT_SENTENCE_MAX];
	struct start_facts facts;
	const struct start x = { .account = t->account,
		.play = p,
		.alert = t->alert,
		.why = why,
		.facts = &facts };
	struct start_reader reader = { .n = 0 };
	struct starter s;
	enum status st;

	*out = (struct play_said){ NULL, NULL, NULL };
	starter_init(&s, b, NULL, NULL);
	st = say_why(b, t->alert, a, why, e);
	if (st == ST_OK)
		st = start_reader_facts(&reader, b, t->account, &facts, e);
	if (st == ST_OK)
		st = start_text(&s, &x, t->step, out, e);
	if (st == ST_OK && !keep_all(a, out))
		st = err_set(e, ST_NOMEM, "not enough memory for the text");
	starter_clear(&s);
	start_reader_clear(&reader);
	return st;
}

static enum status take_renewal(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	(void)id;
	(void)e;
	*(int32_t *)arg = cell_day(&cells[F_RENEWAL_DATE]);
	return ST_OK;
}

enum status task_renewal(struct book *b, uint32_t account, int32_t *out, struct err *e)
{
	*out = DAY_NONE;
	return b->store->ops->rows_of(
		b->store, REC_ACCOUNT, &account, 1, take_renewal, out, e);
}
