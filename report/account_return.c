/* The return of an account over a year: what was paid and used at the end of each
 * quarter, and the business reviews held in between. */
#include "report/sheets.h"

#include <math.h>

#include "core/book_return.h"
#include "core/service.h"

enum { COLUMNS = 7 };

/* After one day and up to another. */
static unsigned reviews(const struct account_view *v, int32_t after, int32_t to)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < v->rows[REC_TOUCH].n; i++) {
		const struct cell *c = account_view_row(v, REC_TOUCH, i);
		const int32_t day = cell_day(&c[F_TOUCH_DATE]);

		n += day > after && day <= to && service_is_review(c);
	}
	return n;
}

static void put_point(struct doc *d, struct doc_table *t, const struct return_point *p,
	unsigned held, const char *currency)
{
	char a[DOC_FIGURE_MAX];

	doc_cellf(d, t, TONE_PLAIN, "%s", doc_day(p->day, a));
	doc_cellf(d, t, TONE_PLAIN, "%s",
		doc_money(p->arr > 0 ? p->arr : MONEY_NONE, currency, a));
	doc_cellf(d, t, TONE_PLAIN, "%s", doc_percent(p->seats, a));
	doc_cellf(d, t, TONE_STRONG, "%s", doc_money(return_used(p), currency, a));
	doc_cellf(d, t, TONE_PLAIN, "%s", doc_percent(p->features, a));
	doc_cellf(d, t, TONE_PLAIN, "%s",
		doc_whole(!isnan(p->active),
			isnan(p->active) ? 0 : (int)(p->active + 0.5), a));
	doc_cellf(d, t, TONE_PLAIN, "%u", held);
}

enum status account_return(struct book *b, uint32_t account, const struct account_view *v,
	struct doc *d, struct err *e)
{
	static const struct doc_column columns[COLUMNS] = { { "On", false, false },
		{ "Subscription", true, false }, { "Seats in use", true, false },
		{ "Subscription in use", true, false },
		{ "Features in use", true, false }, { "Active days of 28", true, false },
		{ "Reviews since", true, false } };
	struct return_point point[RETURN_POINTS];
	const enum status st = book_return(b, account, point, e);
	struct doc_table *t;

	if (st != ST_OK)
		return st;
	t = doc_table(d, "The same over a year", columns, COLUMNS);
	for (int k = 0; k < RETURN_POINTS; k++)
		if (point[k].arr > 0 || !isnan(point[k].seats) ||
			!isnan(point[k].active) || k == RETURN_POINTS - 1)
			put_point(d, t, &point[k],
				reviews(v, point[k].since, point[k].day),
				book_policy(b)->currency);
	doc_show(d, t);
	doc_say(d, TONE_QUIET,
		"At the end of each quarter, of the seats and features that there are "
		"today; reviews are the business reviews held since the day above.");
	return ST_OK;
}
