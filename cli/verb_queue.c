/* queue: whom to look at today, why, and what comes next. */
#include "cli/verbs.h"

#include <math.h>
#include <stdio.h>

#include "cli/rows.h"
#include "cli/whose.h"
#include "core/queue.h"

#define WINDOW 256u

static const struct rows_column columns[] = {
	{ "TJC", "rank", "+#" },
	{ "TJC", "section", "section" },
	{ "TJC", "id", "id" },
	{ "TJC", "name", "account" },
	{ "JC", "csm", NULL },
	{ "T", NULL, "who" }, /* the owner, or who claimed it */
	{ "TJC", "tier", "+tier" },
	{ "TJC", "health", "+health" },
	{ "TJC", "at_risk_cents", "+at risk" },
	{ "JC", "weight", NULL },
	{ "JC", "rank_cents", NULL },
	{ "JC", "why", NULL },
	{ "TJC", "next", "_next" },
	{ "TJC", "renewal_days", "-+renewal" },
	{ "JC", "claimed_by", NULL },
	{ "TC", "alert_ids", "-alerts" }, /* "3 17": as close and snooze take them */
	{ "TC", "task_id", "-+task" },
	{ "T", NULL, "_why" }, /* the last one is never cut */
	{ "J", "alerts", NULL },
	{ "J", "task", NULL },
	{ NULL, NULL, NULL },
};

struct listing {
	struct book *b;
	struct rows *rows;
	const struct queue *queue;
};

static void put_alerts(struct json *j, const struct book *b, const struct queue_row *r)
{
	char why[ALERT_SENTENCE_MAX];

	json_array(j);
	for (int i = 0; i < r->alerts; i++) {
		const struct alert *a = r->alert[i];

		json_object(j);
		json_key(j, "id");
		json_int(j, a->id);
		json_pair(j, "kind", text_of(alert_kinds[a->kind].name));
		json_pair(j, "severity", text_of(alert_severity_word[a->severity]));
		json_pair(j, "state", text_of(alert_state_word[a->state]));
		json_key(j, "since");
		json_day(j, a->opened);
		json_pair(j, "why", text_of(queue_reason(b, a, NULL, why)));
		json_end_object(j);
	}
	json_end_array(j);
}

static void put_ids(struct rows *x, const struct queue_row *r)
{
	char ids[ALERT_KINDS * 24] = "";
	size_t n = 0;

	for (int i = 0; i < r->alerts; i++)
		n += (size_t)snprintf(ids + n, sizeof(ids) - n, "%s%lld", i ? " " : "",
			(long long)r->alert[i]->id);
	rows_text(x, n ? text_of(ids) : (struct text){ NULL, 0 });
	rows_count(x, r->task ? r->task->id : 0);
}

static void put_task(struct json *j, const struct task *t)
{
	if (!t) {
		json_null(j);
		return;
	}
	json_object(j);
	json_key(j, "id");
	json_int(j, t->id);
	json_pair(j, "play", t->play);
	json_key(j, "step");
	json_int(j, t->step);
	json_key(j, "due");
	json_day(j, t->due);
	json_end_object(j);
}

/* An amount as lists show them. */
static const char *amount(
	const struct book *b, struct list_row r, int64_t cents, char out[64])
{
	r.arr = cents;
	list_row_text(b, &r, LIST_ARR, out, 64);
	return out;
}

static enum status put_row(struct listing *l, uint32_t rank, const struct queue_row *q,
	const struct list_row *r, struct err *e)
{
	struct rows *x = l->rows;
	char why[QUEUE_TEXT_MAX], next[QUEUE_TEXT_MAX], risk[64];
	const bool known = scores_health_known(r->health);
	const bool ends = r->renewal != DAY_NONE;
	const struct text who = queue_who(l->b, q);
	struct json *j;

	queue_why(l->b, q, why);
	queue_next(l->b, q, next);
	rows_row(x);
	rows_int(x, (int64_t)rank + 1);
	rows_text(x, text_of(queue_section_word[q->section]));
	rows_text(x, r->id);
	rows_text(x, r->name);
	rows_text(x, r->csm);
	rows_text(x, who);
	rows_count(x, r->tier);
	rows_number(x, known ? (double)r->health : NAN, 0);
	rows_cents(x, q->at_risk, amount(l->b, *r, q->at_risk, risk));
	rows_number(x, q->weight, 4);
	rows_cents(x, q->rank, "");
	rows_text(x, text_of(why));
	rows_text(x, *next ? text_of(next) : (struct text){ NULL, 0 });
	rows_number(x, ends ? (double)(r->renewal - book_as_of(l->b)) : NAN, 0);
	rows_text(x, queue_claimer(l->b, q));
	put_ids(x, q);
	rows_text(x, text_of(why));
	j = rows_json(x);
	if (j)
		put_alerts(j, l->b, q);
	j = rows_json(x);
	if (j)
		put_task(j, q->task);
	return rows_end_row(x, e);
}

static enum status put_window(struct listing *l, uint32_t from, uint32_t n, struct err *e)
{
	struct list_row row[WINDOW];
	uint32_t id[WINDOW];
	struct arena a;
	enum status st;

	for (uint32_t i = 0; i < n; i++)
		id[i] = l->queue->row[from + i].account;
	arena_init(&a);
	st = book_rows(l->b, id, n, &a, row, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		st = put_row(l, from + i, &l->queue->row[from + i], &row[i], e);
	arena_clear(&a);
	return st;
}

static enum status put_queue(struct call *c, struct listing *l, uint32_t n, struct err *e)
{
	const uint32_t asleep = l->queue->asleep;
	enum status st = rows_begin(&l->rows, c, columns, e);

	for (uint32_t from = 0; st == ST_OK && from < n; from += WINDOW)
		st = put_window(l, from, n - from < WINDOW ? n - from : WINDOW, e);
	st = rows_end(&l->rows, st, e);
	if (st != ST_OK)
		return st;
	if (l->queue->n == 0)
		rows_nothing(c, "nothing to do today");
	if (c->format != FORMAT_TEXT)
		return st;
	if (n < l->queue->n)
		call_note(c, "%u more", l->queue->n - n);
	if (asleep)
		call_note(c, "%u snoozed", asleep);
	return st;
}

enum status verb_queue(struct call *c, struct err *e)
{
	struct listing l = { 0 };
	struct queue_query q = { .where = text_of(c->option[OPT_WHERE]) };
	struct queue *queue = NULL;
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, UINT32_MAX, UINT32_MAX, &limit, e);

	if (st == ST_OK)
		st = call_book(c, false, &l.b, e);
	if (st == ST_OK)
		st = whose(c, l.b, &q.scope, &q.csm, e);
	if (st == ST_OK)
		st = book_queue(l.b, &q, &queue, NULL, e);
	if (st == ST_OK)
		whose_day(c, l.b);
	l.queue = queue;
	if (st == ST_OK)
		st = put_queue(c, &l, queue->n < limit ? queue->n : (uint32_t)limit, e);
	queue_free(&queue);
	book_free(&l.b);
	return st;
}
