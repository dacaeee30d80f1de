/* What those that left said when they were asked for it: their answers to exit surveys.
 */
#include <stdlib.h>

#include "core/book_revenue_internal.h"

enum { BEFORE_DAYS = 90 };

struct reading {
	struct book_revenue *x;
	bool there;
	enum churn_class said;          /* in the newest answer so far */
	struct revenue_unclear unclear; /* the same, where that is no known cause */
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
	struct text said = text_trim(cell_as_text(&cells[F_SURVEY_COMMENT]));

	(void)id;
	if (!revenue_exit_counts(&r->x->r, cells))
		return ST_OK;
	r->there = true;
	r->said = churn_class_of(said);
	if (r->said == CHURN_UNKNOWN && !arena_keep(&r->x->names, &said))
		return book_revenue_no_memory(e);
	r->unclear.day = cell_day(&cells[F_SURVEY_DATE]);
	r->unclear.said = r->said == CHURN_UNKNOWN ? said : (struct text){ 0 };
	return ST_OK;
}

static enum status note_unclear(
	struct book_revenue *x, const struct revenue_unclear *one, struct err *e)
{
	struct revenue *r = &x->r;

	if (!r->unclear)
		r->unclear = malloc(REVENUE_UNCLEAR * sizeof(*r->unclear));
	if (!r->unclear)
		return book_revenue_no_memory(e);
	if (r->unclears < REVENUE_UNCLEAR)
		r->unclear[r->unclears] = *one;
	r->unclears++;
	return ST_OK;
}

enum status book_revenue_exit(struct book_revenue *x, uint32_t at, struct err *e)
{
	struct store *s = x->book->store;
	struct revenue_exits *out = &x->r.exits;
	struct reading r = {
		.x = x, .said = CHURN_UNKNOWN, .unclear = { .account = at + 1 }
	};
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
		return r.unclear.said.n ? note_unclear(x, &r.unclear, e) : ST_OK;
	out->tells += cause == CHURN_UNKNOWN;
	out->differs += cause != CHURN_UNKNOWN && cause != r.said;
	return ST_OK;
}

/* ---- at the end ---- */

struct ranked {
	bool known; /* a reason is on record */
	int64_t arr;
	struct revenue_unclear of;
};

static int by_need(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->known != y->known)
		return x->known - y->known;
	if (x->arr != y->arr)
		return x->arr < y->arr ? 1 : -1;
	return (x->of.account > y->of.account) - (x->of.account < y->of.account);
}

enum status book_revenue_exit_settle(struct book_revenue *x, struct err *e)
{
	const struct revenue *r = &x->r;
	const uint32_t n = revenue_unclear_held(r);
	struct ranked *all = malloc(((size_t)n + 1) * sizeof(*all));

	if (!all)
		return book_revenue_no_memory(e);
	for (uint32_t k = 0; k < n; k++) {
		const uint32_t at = r->unclear[k].account - 1;

		all[k] = (struct ranked){ r->cause[at] != CHURN_UNKNOWN, r->opening[at],
			r->unclear[k] };
	}
	if (n)
		qsort(all, n, sizeof(*all), by_need);
	for (uint32_t k = 0; k < n; k++)
		r->unclear[k] = all[k].of;
	free(all);
	return ST_OK;
}
