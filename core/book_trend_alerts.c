/* The alerts of trends: what was open on the days, and what came and went between them.
 */
#include "core/book_trend_internal.h"

#include <stdlib.h>

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book_trend *t = arg;
	struct alert a;

	(void)e;
	if (!alert_from_row(id, cells, &a))
		return ST_OK;
	if (t->first_alert == DAY_NONE || a.opened < t->first_alert)
		t->first_alert = a.opened;
	if (book_trend_means(t, a.account))
		trend_alerts_add(t->alert, t->day, t->t.points, t->t.step, &a);
	return ST_OK;
}

static enum status begin(struct book_trend *t, struct err *e)
{
	t->alert = calloc(t->t.points + (size_t)1, sizeof(*t->alert));
	t->first_alert = DAY_NONE;
	return t->alert && book_trend_days(t) ? ST_OK : book_trend_no_memory(e);
}

enum status book_trend_alerts_step(struct book_trend *t, struct err *e)
{
	struct store *s = t->book->store;
	enum status st = t->alert ? ST_OK : begin(t, e);

	if (st == ST_OK)
		st = s->ops->past_names(s, REC_ALERT, t->alert_at, TREND_ALERTS,
			take_alert, t, &t->alert_at, e);
	if (st != ST_OK || t->alert_at != 0)
		return st;
	trend_alerts_settle(t->alert, t->day, t->t.points, t->first_alert);
	t->t.alert = t->alert;
	t->t.alerts = true;
	return ST_OK;
}
