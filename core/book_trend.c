#include "core/book_trend_internal.h"

#include <stdlib.h>
#include <string.h>

enum status book_trend_no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the trends");
}

const uint8_t *book_trend_chosen(const struct book_trend *t, uint32_t first, uint32_t *n)
{
	static const uint8_t nobody[PART_ACCOUNTS];

	if (!t->in)
		return NULL;
	if (first >= t->in_n)
		return nobody;
	if (*n > t->in_n - first)
		*n = t->in_n - first;
	return t->in + first;
}

bool book_trend_means(const struct book_trend *t, uint32_t account)
{
	return !t->in || (account > 0 && account <= t->in_n && t->in[account - 1]);
}

const int32_t *book_trend_days(struct book_trend *t)
{
	if (!t->day)
		t->day = malloc((t->t.points + (size_t)1) * sizeof(*t->day));
	for (uint32_t i = 0; t->day && i < t->t.points; i++)
		t->day[i] = t->point[i].at.day;
	return t->day;
}

enum status book_trend_new(struct book *b, const struct trend_query *q,
	struct book_trend **out, struct err *e)
{
	struct book_trend *t = calloc(1, sizeof(*t));
	enum status st = ST_OK;

	*out = NULL;
	if (!t)
		return book_trend_no_memory(e);
	t->book = b;
	t->as_of = b->clock.today;
	if (q->in) {
		t->in = malloc(q->in_n + 1u);
		if (t->in)
			memcpy(t->in, q->in, q->in_n);
		else
			st = book_trend_no_memory(e);
		t->in_n = q->in_n;
	}
	if (st == ST_OK)
		st = book_trend_points_load(t, q->weeks, e);
	if (st == ST_OK)
		st = book_trend_points_lines(t, q, e);
	if (st == ST_OK)
		book_trend_months_make(t, q->weeks);
	if (st == ST_OK)
		*out = t;
	else
		book_trend_free(&t);
	return st;
}

void book_trend_free(struct book_trend **t)
{
	if (!*t)
		return;
	free((*t)->point);
	free((*t)->in);
	free((*t)->line);
	free((*t)->health);
	free((*t)->tier);
	free((*t)->caps);
	free((*t)->money);
	free((*t)->day);
	free((*t)->arr);
	free((*t)->part_tier);
	free((*t)->alert);
	part_clear(&(*t)->part);
	book_trend_causes_free(&(*t)->causes);
	free(*t);
	*t = NULL;
}

enum status book_trend_step(struct book_trend *t, struct err *e)
{
	enum status st;

	if (t->t.done)
		return ST_OK;
	if (t->t.counted > 0)
		st = book_trend_points_count(t, e);
	else if (t->lines_read < t->t.lines)
		st = book_trend_points_line(t, t->lines_read++, e);
	else if (!t->t.revenue)
		st = book_trend_money_step(t, e);
	else if (!t->t.tickets)
		st = book_trend_months_tickets(t, e);
	else
		st = book_trend_alerts_step(t, e);
	t->t.done = st != ST_OK || t->t.alerts;
	return st;
}

const struct trend *book_trend_known(const struct book_trend *t)
{
	return &t->t;
}
