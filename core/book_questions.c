#include "core/book_questions.h"

#include <stdlib.h>

#include "core/book_backtest.h"
#include "core/book_internal.h"

/* Of tickets: days at a time; the first one may be so late for all to be on record. */
enum { MONTHS = 12, SLICE = 7, LATE = 31 };

/* What is done, in this order. */
enum stage {
	STAGE_REVENUE,
	STAGE_TIME,
	STAGE_CAUSES,
	STAGE_BEFORE, /* the revenue of the year before */
	STAGE_TICKETS,
	STAGES
};

struct book_questions {
	struct book *book; /* borrowed */
	struct questions q;
	enum stage stage;
	struct book_revenue *earning; /* owned; of one of the years */
	struct question_year now, before;
	int32_t day; /* of tickets, the next to be read */
};

/* ---- the stages ----------------------------------------------------------------- */

/* The revenue of the year that ends with a day; *out NULL: there is more to do. */
static enum status earn(
	struct book_questions *q, int32_t to, const struct revenue **out, struct err *e)
{
	const struct revenue_query asked = { .from = revenue_opening(to, MONTHS),
		.to = to };
	enum status st = ST_OK;

	if (!q->earning)
		st = book_revenue_new(q->book, &asked, &q->earning, e);
	if (st == ST_OK)
		st = book_revenue_step(q->earning, e);
	*out = NULL;
	if (st == ST_OK && book_revenue_known(q->earning)->done)
		*out = book_revenue_known(q->earning);
	return st;
}

static enum status look_at_revenue(struct book_questions *q, struct err *e)
{
	const struct revenue *r;
	const enum status st = earn(q, q->q.as_of, &r, e);

	if (!r)
		return st;
	q->now = question_year_of(r);
	question_value(r, &q->q.answer[QUESTION_VALUE]);
	book_revenue_free(&q->earning);
	q->stage++;
	return st;
}

static enum status find_tickets(struct book_questions *q, struct err *e)
{
	struct book_info info;
	const enum status st = q->book->store->ops->info(q->book->store, &info, e);

	if (st != ST_OK || info.first_ticket == DAY_NONE)
		return st;
	q->now.ticketed = info.first_ticket <= q->now.from + LATE;
	q->before.ticketed = info.first_ticket <= q->before.from + LATE;
	return ST_OK;
}

static enum status look_before(struct book_questions *q, struct err *e)
{
	const struct revenue *r;
	const enum status st = earn(q, q->now.from, &r, e);

	if (!r)
		return st;
	q->before = question_year_of(r);
	book_revenue_free(&q->earning);
	q->day = q->before.from + 1;
	q->stage++;
	return find_tickets(q, e);
}

static enum status look_at_time(struct book_questions *q, struct err *e)
{
	struct book_time *t = NULL;
	const enum status st = book_time(q->book, TIME_DAYS, &t, e);

	if (st == ST_OK)
		question_time(q->book, t, &q->q.answer[QUESTION_TIME]);
	book_time_free(&t);
	q->stage++;
	return st;
}

static enum status look_at_causes(struct book_questions *q, struct err *e)
{
	struct causes c;
	const enum status st = causes_of(q->book, CAUSES_DAYS, &c, e);

	if (st == ST_OK)
		question_issue(&c, &q->q.answer[QUESTION_ISSUE]);
	causes_clear(&c);
	q->stage++;
	return st;
}

static enum status take_ticket(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e)
{
	struct book_questions *q = arg;

	(void)account;
	(void)cause;
	(void)e;
	if (opened > q->now.from)
		q->now.tickets++;
	else
		q->before.tickets++;
	return ST_OK;
}

static enum status look_at_tickets(struct book_questions *q, struct err *e)
{
	struct store *s = q->book->store;
	const int32_t last = q->day + SLICE - 1;
	const int32_t to = last < q->now.to ? last : q->now.to;
	const enum status st = s->ops->tickets_opened(s, q->day, to, take_ticket, q, e);

	q->day = to + 1;
	if (st == ST_OK && to == q->now.to) {
		question_retention(&q->now, &q->before, &q->q.answer[QUESTION_RETENTION]);
		q->stage++;
	}
	return st;
}

/* ---- all of it ------------------------------------------------------------------ */

enum status book_questions_new(struct book *b, struct book_questions **out, struct err *e)
{
	struct book_questions *q = calloc(1, sizeof(*q));

	*out = q;
	if (!q)
		return err_set(e, ST_NOMEM, "not enough memory for the questions");
	q->book = b;
	q->q.as_of = b->clock.today;
	question_churn(book_backtest_last(b), &q->q.answer[QUESTION_CHURN]);
	return ST_OK;
}

void book_questions_free(struct book_questions **q)
{
	if (!*q)
		return;
	book_revenue_free(&(*q)->earning);
	free(*q);
	*q = NULL;
}

enum status book_questions_step(struct book_questions *q, struct err *e)
{
	static enum status (*const stages[STAGES])(
		struct book_questions * q, struct err * e) = {
		[STAGE_REVENUE] = look_at_revenue,
		[STAGE_TIME] = look_at_time,
		[STAGE_CAUSES] = look_at_causes,
		[STAGE_BEFORE] = look_before,
		[STAGE_TICKETS] = look_at_tickets,
	};
	const enum status st = q->q.done ? ST_OK : stages[q->stage](q, e);

	q->q.done = st != ST_OK || q->stage == STAGES;
	return st;
}

enum status book_questions_all(struct book_questions *q, struct err *e)
{
	enum status st = ST_OK;

	while (st == ST_OK && !q->q.done)
		st = book_questions_step(q, e);
	return st;
}

const struct questions *book_questions_known(const struct book_questions *q)
{
	return &q->q;
}
