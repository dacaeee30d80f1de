#include "core/revenue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum status too_much(struct err *e)
{
	return err_set(e, ST_INVALID, "the ARR of the base adds up to too much");
}

/* ---- the steps of an account ---------------------------------------------------- */

struct step {
	int32_t day;
	int64_t delta;
};

/* The days, and where the steps between them go. */
struct walk {
	const struct part *p;
	const struct rates *r;
	const int32_t *day;
	int days;
	int32_t as_of;
	struct revenue_path *out;
	struct step *step; /* owned */
	uint32_t n, room;
};

/* The period that a day lies in; NULL: none. */
static struct revenue_path *path_on(const struct walk *w, uint32_t at, int32_t day)
{
	if (day <= w->day[0])
		return NULL;
	for (int k = 1; k < w->days; k++)
		if (day <= w->day[k])
			return &w->out[(size_t)(k - 1) * PART_ACCOUNTS + at];
	return NULL;
}

static enum status push(struct walk *w, int32_t day, int64_t delta, struct err *e)
{
	if (w->n == w->room) {
		const uint32_t room = w->room ? 2 * w->room : 64;
		void *grown = realloc(w->step, room * sizeof(*w->step));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the revenue");
		w->step = grown;
		w->room = room;
	}
	w->step[w->n++] = (struct step){ day, delta };
	return ST_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static enum status step_to(
	struct revenue_path *path, int64_t was, int64_t is, struct err *e)
{
	int64_t *sum = is > was ? (was == 0 ? &path->back : &path->up)
				: (is == 0 ? &path->away : &path->down);

	return money_add(*sum, is > was ? is - was : was - is, sum) ? ST_OK : too_much(e);
}

/* What ran day by day; that it came and left are steps as well. */
static enum status walk_contracts(struct walk *w, uint32_t at, struct err *e)
{
	int64_t running = 0, was = 0;
	enum status st = push(w, w->p->contract_start[at], 0, e);

	if (st == ST_OK)
		st = push(w, w->p->churned_on[at], 0, e);
	if (st != ST_OK)
		return st;
	qsort(w->step, w->n, sizeof(*w->step), by_day);
	for (uint32_t k = 0; st == ST_OK && k < w->n;) {
		const int32_t day = w->step[k].day;
		struct revenue_path *path = path_on(w, at, day);
		int64_t is;

		for (; st == ST_OK && k < w->n && w->step[k].day == day; k++)
			if (!money_add(running, w->step[k].delta, &running))
				st = too_much(e);
		is = running > 0 && base_active(w->p, at, day) ? running : 0;
		if (st == ST_OK && path && is != was)
			st = step_to(path, was, is, e);
		was = is;
	}
	return st;
}

/* Contracts lie by account. */
static enum status contract_paths(struct walk *w, struct err *e)
{
	const struct part_contracts *c = &w->p->contracts;
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < c->n;) {
		const uint16_t at = c->at[k];

		w->n = 0;
		for (; st == ST_OK && k < c->n && c->at[k] == at; k++) {
			int64_t arr = c->arr[k];

			if (c->start[k] > w->as_of ||
				(c->end[k] != DAY_NONE && c->end[k] <= c->start[k]))
				continue;
			st = rates_convert(w->r, c->currency[k], &arr, e);
			if (st == ST_OK)
				st = push(w, c->start[k], arr, e);
			if (st == ST_OK && c->end[k] != DAY_NONE)
				st = push(w, c->end[k], -arr, e);
		}
		if (st != ST_OK || w->n == 0)
			continue;
		st = walk_contracts(w, at, e);
	}
	return st;
}

static int64_t *part_of_path(struct revenue_path *path, uint8_t kind)
{
	return kind == MOVE_CHURN         ? &path->away
	       : kind == MOVE_CONTRACTION ? &path->down
	       : kind == MOVE_BACK        ? &path->back
					  : &path->up;
}

static enum status movement_paths(
	const struct walk *w, const uint8_t *contracted, struct err *e)
{
	const struct part_movements *m = &w->p->movements;

	for (uint32_t k = 0; k < m->n; k++) {
		struct revenue_path *path = path_on(w, m->at[k], m->day[k]);
		int64_t delta = m->delta[k], *sum;
		enum status st;

		if (!path || contracted[m->at[k]])
			continue;
		st = rates_convert(w->r, m->currency[k], &delta, e);
		if (st != ST_OK)
			return st;
		sum = part_of_path(path, m->kind[k]);
		if (m->kind[k] == MOVE_CHURN || m->kind[k] == MOVE_CONTRACTION)
			delta = -delta;
		if (!money_add(*sum, delta, sum))
			return too_much(e);
	}
	return ST_OK;
}

enum status revenue_paths(const struct part *p, const struct rates *r, const int32_t *day,
	int days, int32_t as_of, struct revenue_path *out, struct err *e)
{
	uint8_t contracted[PART_ACCOUNTS];
	struct walk w = {
		.p = p, .r = r, .day = day, .days = days, .as_of = as_of, .out = out
	};
	enum status st;

	for (int k = 0; k + 1 < days; k++)
		memset(&out[(size_t)k * PART_ACCOUNTS], 0, p->n * sizeof(*out));
	trend_contracted(p, as_of, contracted);
	st = contract_paths(&w, e);
	if (st == ST_OK)
		st = movement_paths(&w, contracted, e);
	free(w.step);
	return st;
}

/* ---- sums and rates ------------------------------------------------------------- */

static bool add_path(struct revenue_path *to, const struct revenue_path *p)
{
	return money_add(to->up, p->up, &to->up) &&
	       money_add(to->down, p->down, &to->down) &&
	       money_add(to->away, p->away, &to->away) &&
	       money_add(to->back, p->back, &to->back);
}

enum status revenue_add(struct revenue_money *m, int64_t opening, int64_t closing,
	const struct revenue_path *path, struct err *e)
{
	enum status st;

	if (closing < 0)
		closing = 0;
	if (opening <= 0) {
		if (closing == 0)
			return ST_OK;
		m->arrived++;
		return money_add(m->arrived_arr, closing, &m->arrived_arr) ? ST_OK
									   : too_much(e);
	}
	st = trend_cohort_add(&m->cohort, &opening, &closing, NULL, 1, e);
	m->grown += closing > opening;
	m->shrunk += closing > 0 && closing < opening;
	if (st == ST_OK && closing == 0 && !money_add(m->churn, opening, &m->churn))
		st = too_much(e);
	if (st == ST_OK && !add_path(&m->path, path))
		st = too_much(e);
	return st;
}

static double percent(double part, double whole)
{
	return whole > 0 ? 100 * part / whole : (double)NAN;
}

double revenue_nrr_moved(const struct revenue_money *m)
{
	const struct revenue_path *p = &m->path;
	const double s = (double)m->cohort.opening;

	return percent(
		s + (double)p->up + (double)p->back - (double)p->down - (double)p->away,
		s);
}

double revenue_grr_moved(const struct revenue_money *m)
{
	const double s = (double)m->cohort.opening;
	const double kept = percent(s - (double)m->path.down - (double)m->path.away, s);

	return kept > 100 ? 100 : kept;
}

int64_t revenue_lost_apart(const struct revenue_money *m)
{
	return m->path.down + m->path.away - (m->cohort.opening - m->cohort.kept);
}

int64_t revenue_closing_apart(const struct revenue_money *m)
{
	const struct revenue_path *p = &m->path;

	return m->cohort.opening - m->cohort.closing + p->up + p->back - p->down -
	       p->away;
}

double revenue_logos_kept(const struct revenue_money *m)
{
	return percent((double)m->cohort.accounts - m->cohort.lost, m->cohort.accounts);
}

double revenue_expansion_share(const struct revenue_money *m)
{
	const double gained = (double)revenue_expansion(m);

	return percent(gained, gained + (double)m->arrived_arr);
}

double revenue_yearly(double rate, int32_t days)
{
	/* Of a year it is the rate itself: 115 / 100 * 100 is less than 115 here. */
	return days == 365 ? rate : 100 * pow(rate / 100, 365.0 / days);
}
