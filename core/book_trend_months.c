/* The months of trends, and the tickets opened in them. */
#include "core/book_trend_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- months --------------------------------------------------------------------- */

/* Whole months since the one that a day lies in, or nearly. */
static int months_since(const struct book_trend *t, int32_t first)
{
	int n = 0;

	for (int32_t day = day_month_start(t->as_of + 1);
		n < TREND_MONTHS_MAX && day_add_months(day, -n - 1) >= first - 15;)
		n++;
	return n < 3 ? 3 : n;
}

/* Contracts, movements and tickets may know of more than the snapshots: where all there
 * is was asked for, all months are read, and shown from the first that has something,
 * or from the first snapshot. */
int book_trend_months_first(
	const struct book_trend *t, bool (*known)(const struct trend_month *m))
{
	int m = 0, most = 0;

	if (t->all)
		most = t->t.months -
		       months_since(t, t->t.points ? t->point[0].at.day : t->as_of - 365);
	while (m < most && !known(&t->month[m]))
		m++;
	return m;
}

void book_trend_months_make(struct book_trend *t, int weeks)
{
	/* The first day of the first month that is not over. */
	const int32_t open = day_month_start(t->as_of + 1);

	t->all = weeks == 0;
	t->t.months =
		weeks ? months_since(t, t->as_of - TREND_WEEK * weeks) : TREND_MONTHS_MAX;
	for (int i = 0; i < t->t.months + TREND_YEAR; i++)
		t->end[i] = day_add_months(open, i - t->t.months - TREND_YEAR + 1) - 1;
	for (int i = 0; i < t->t.months; i++)
		t->month[i].first = day_add_months(open, i - t->t.months);
	t->end[t->t.months + TREND_YEAR] = t->as_of;
	t->week_at = t->t.months ? t->month[0].first : t->as_of;
}

/* ---- tickets -------------------------------------------------------------------- */

static enum status take_ticket(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e)
{
	struct book_trend *t = arg;
	int m = t->t.months - 1;

	if (!book_trend_means(t, account))
		return ST_OK;
	while (m > 0 && t->month[m].first > opened)
		m--;
	cause = text_trim(cause);             /* as the list of causes has it */
	if (cause.n >= sizeof(t->t.cause[0])) /* too long for a name: one of the others */
		cause.n = 0;
	return book_trend_causes_add(t->causes, cause, m) ? ST_OK
							  : book_trend_no_memory(e);
}

struct settling {
	struct book_trend *t;
	int others; /* the place behind those that have one */
};

static void settle_ticket(void *arg, int month, int place)
{
	struct settling *s = arg;
	struct trend *t = &s->t->t;

	if (place < 0) {
		place = s->others;
		memcpy(t->cause[place], "others", sizeof("others"));
	}
	s->t->month[month].tickets[place]++;
}

/* The most frequent causes get a place of their own. */
static void settle_causes(struct book_trend *t)
{
	struct text name[TREND_CAUSES - 1];
	struct settling s = { t,
		book_trend_causes_most(t->causes, TREND_CAUSES - 1, name) };

	for (int k = 0; k < s.others; k++)
		memcpy(t->t.cause[k], name[k].s, name[k].n); /* zeroed behind it */
	book_trend_causes_each(t->causes, settle_ticket, &s);
}

static bool has_tickets(const struct trend_month *m)
{
	for (int k = 0; k < TREND_CAUSES; k++)
		if (m->tickets[k] > 0)
			return true;
	return false;
}

/* Week by week. */
enum status book_trend_months_tickets(struct book_trend *t, struct err *e)
{
	const int32_t end = day_month_start(t->as_of + 1);
	const int32_t upto =
		t->week_at + TREND_WEEK < end ? t->week_at + TREND_WEEK : end;
	struct store *s = t->book->store;
	enum status st = ST_OK;

	if (!t->causes)
		t->causes = book_trend_causes_new();
	if (!t->causes)
		return book_trend_no_memory(e);
	if (t->week_at < end)
		st = s->ops->tickets_opened(s, t->week_at, upto - 1, take_ticket, t, e);
	t->week_at = upto;
	if (st == ST_OK && t->week_at >= end) {
		settle_causes(t);
		t->t.tickets_first = book_trend_months_first(t, has_tickets);
		t->t.tickets = true;
	}
	return st;
}
