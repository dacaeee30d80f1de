/* What those that left said when they were asked for it: their answers to exit surveys.
 */
#include "core/book_revenue_internal.h"

enum { BEFORE_DAYS = 90 };

struct reading {
	const struct book_revenue *x;
	bool there;
	enum churn_class said; /* in the newest answer so far */
};

/* Who left and came back may have said something years ago. */
bool revenue_exit_counts(const struct revenue *r, const struct cell *cells)
{
	const int32_t day = cell_day(&cells[F_SURVEY_DATE]);

	return text_eq(cell_as_text(&cells[F_SURVEY_KIND]), TEXT("exit")) &&
	       day <= r->as_of && day > r->asked.from - BEFORE_DAYS;
}

static enum status take_answer(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct reading *r = arg; /* rows come by day */

	(void)id;
	(void)e;
	if (!revenue_exit_counts(&r->x->r, cells))
		return ST_OK;
	r->there = true;
	r->said = churn_class_of(cell_as_text(&cells[F_SURVEY_COMMENT]));
	return ST_OK;
}

enum status book_revenue_exit(struct book_revenue *x, uint32_t at, struct err *e)
{
	struct store *s = x->book->store;
	struct revenue_exits *out = &x->r.exits;
	struct reading r = { x, false, CHURN_UNKNOWN };
	const enum churn_class cause = (enum churn_class)x->r.cause[at];
	enum status st = s->ops->rows(s, REC_SURVEY, at + 1, take_answer, &r, e);

	if (st != ST_OK || !r.there)
		return st;
	x->r.exit[at] = (uint8_t)(1 + r.said);
	out->answered++;
	out->said[r.said]++;
	if (!money_add(out->said_arr[r.said], x->r.opening[at], &out->said_arr[r.said]))
		return err_set(e, ST_INVALID, "the ARR lost adds up to too much");
	if (r.said == CHURN_UNKNOWN)
		return ST_OK;
	out->tells += cause == CHURN_UNKNOWN;
	out->differs += cause != CHURN_UNKNOWN && cause != r.said;
	return ST_OK;
}
