#include "core/audit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit_backtest.h"
#include "core/audit_work.h"
#include "core/book_internal.h"
#include "core/over_cap.h"
#include "core/review.h"
#include "core/sort.h"

#define REVIEW_DUE_DAYS 31

struct audit {
	struct book *b;
	struct book_summary sum;
	audit_fn fn;
	void *arg;
};

static void note(struct audit_finding *f, uint32_t id)
{
	if (f->count < AUDIT_EXAMPLES)
		f->example[f->count] = id;
	f->count++;
}

static enum status report(struct audit *a, const struct audit_finding *f, struct err *e)
{
	return a->fn(a->arg, f, e);
}

static enum status check_caps(struct audit *a, struct err *e)
{
	enum status st = ST_OK;
	struct over_caps over;

	over_caps_of(&a->sum, &over);
	for (int i = 0; st == ST_OK && i < over.n; i++) {
		const struct over_cap *x = &over.tier[i];
		struct audit_finding f = { .check = "over-cap" };

		f.count = x->members - x->limit;
		snprintf(f.text, sizeof(f.text),
			"tier %d holds %u, %u more than its cap of %u (%g %% of %u): the "
			"next review "
			"moves the weakest down",
			x->tier, x->members, f.count, x->limit,
			a->b->policy.cap_bp[x->tier - 1] / 100.0, a->sum.active);
		st = report(a, &f, e);
	}
	return st;
}

static enum status check_review(struct audit *a, struct err *e)
{
	struct audit_finding f = { .check = "review-due" };
	const int32_t last = a->sum.review_day;
	char day[DAY_TEXT_MAX];

	if (a->sum.active == 0 ||
		(last != DAY_NONE && a->b->clock.today - last <= REVIEW_DUE_DAYS))
		return ST_OK;
	if (last == DAY_NONE)
		snprintf(f.text, sizeof(f.text),
			"no review was ever applied: `tierdesk review --apply` places "
			"the accounts");
	else
		snprintf(f.text, sizeof(f.text),
			"the last review was on %s, more than %d days ago: tiers no "
			"longer follow the "
			"accounts",
			day_format(last, day), REVIEW_DUE_DAYS);
	return report(a, &f, e);
}

/* ---- the rank by ARR ---- */

static int64_t arr_of(const struct book_columns *c, uint32_t i)
{
	return c->arr[i] == MONEY_NONE ? 0 : c->arr[i];
}

/* Accounts with a tier by ARR, then by value, the highest first. */
static enum status rank_by_arr(
	const struct book_columns *c, uint32_t *ids, uint32_t *out, struct err *e)
{
	struct sort_item *items = malloc(((size_t)c->n + 1) * sizeof(*items));
	uint32_t n = 0;
	enum status st;

	if (!items)
		return err_set(e, ST_NOMEM, "not enough memory for the audits");
	for (uint32_t i = 0; i < c->n; i++)
		if (c->active[i] && c->tier[i] != TIER_NONE)
			items[n++] =
				(struct sort_item){ ~sort_key_int(c->scores.value[i]),
					i };
	st = sort_items(items, n, e);
	for (uint32_t k = 0; k < n; k++)
		items[k].key = ~sort_key_int(arr_of(c, items[k].index));
	if (st == ST_OK)
		st = sort_items(items, n, e);
	for (uint32_t k = 0; k < n; k++)
		ids[k] = items[k].index + 1;
	free(items);
	*out = n;
	return st;
}

static bool is_tie(const struct book_columns *c, uint32_t a, uint32_t b)
{
	return arr_of(c, a - 1) == arr_of(c, b - 1) &&
	       c->scores.value[a - 1] == c->scores.value[b - 1];
}

/* Who ties across the end of a band: the smaller ids are in it. */
static enum status order_ties(
	struct audit *a, uint32_t *ids, uint32_t n, uint32_t end, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	uint32_t from = end, to = end;

	if (end == 0 || end >= n || !is_tie(c, ids[end - 1], ids[end]))
		return ST_OK;
	while (from > 0 && is_tie(c, ids[from - 1], ids[end]))
		from--;
	while (to < n && is_tie(c, ids[to], ids[end]))
		to++;
	return review_order_ids(a->b->store, ids + from, to - from, e);
}

/* ARR band 1 = the first cap_1 accounts by ARR, band 2 the next cap_2, band 3 the rest.
 */
static void count_bands(
	const struct audit *a, const uint32_t *ids, uint32_t n, struct audit_finding *f)
{
	const uint32_t first = a->sum.limit[0], second = first + a->sum.limit[1];

	for (uint32_t k = 0; k < n; k++) {
		const int band = k < first ? 1 : k < second ? 2 : 3;

		if (abs(band - a->b->columns.tier[ids[k] - 1]) > 1)
			note(f, ids[k]);
	}
}

static enum status check_arr_rank(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	uint32_t *ids = malloc(((size_t)c->n + 1) * sizeof(*ids));
	struct audit_finding f = { .check = "tier-against-arr" };
	uint32_t n = 0;
	enum status st;

	if (!ids)
		return err_set(e, ST_NOMEM, "not enough memory for the audits");
	st = rank_by_arr(c, ids, &n, e);
	if (st == ST_OK)
		st = order_ties(a, ids, n, a->sum.limit[0], e);
	if (st == ST_OK)
		st = order_ties(a, ids, n, a->sum.limit[0] + a->sum.limit[1], e);
	if (st == ST_OK)
		count_bands(a, ids, n, &f);
	free(ids);
	if (st != ST_OK || f.count == 0)
		return st;
	snprintf(f.text, sizeof(f.text),
		"%u accounts are more than one band away from their rank by ARR: look at "
		"them one by one",
		f.count);
	return report(a, &f, e);
}

/* ---- the others ---- */

static enum status check_places(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct audit_finding unplaced = { .check = "no-tier" },
			     orphans = { .check = "no-owner" };
	enum status st = ST_OK;

	for (uint32_t i = 0; i < c->n; i++) {
		if (!c->active[i])
			continue;
		if (c->tier[i] == TIER_NONE)
			note(&unplaced, i + 1);
		else if (c->tier[i] < TIER_COUNT && c->csm[i] < 1)
			note(&orphans, i + 1);
	}
	if (unplaced.count && a->sum.review_day != DAY_NONE) {
		snprintf(unplaced.text, sizeof(unplaced.text),
			"%u active accounts have no tier yet: the next review places "
			"them",
			unplaced.count);
		st = report(a, &unplaced, e);
	}
	if (st == ST_OK && orphans.count) {
		snprintf(orphans.text, sizeof(orphans.text),
			"%u accounts of tiers 1 and 2 have no owner: they need a name",
			orphans.count);
		st = report(a, &orphans, e);
	}
	return st;
}

/* Health that rests on one component says little. */
static enum status check_single(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct audit_finding f = { .check = "single-component" };
	struct store *store = a->b->store;
	struct scores scores; /* with the points, which lists do without */
	enum status st = scores_init(&scores, c->n, e);

	if (st == ST_OK && c->day.day != DAY_NONE)
		st = store->ops->snapshot_load(store, c->day.day, &scores, NULL, e);
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		int present = 0;

		if (!c->active[i] || c->scores.health[i] == HEALTH_NONE ||
			c->scores.health[i] == HEALTH_UNKNOWN)
			continue;
		for (int k = 0; k < COMP_COUNT; k++)
			present += scores.points[k][i] != POINTS_MISSING;
		if (present == 1)
			note(&f, i + 1);
	}
	scores_clear(&scores);
	if (st != ST_OK || f.count == 0)
		return st;
	snprintf(f.text, sizeof(f.text),
		"the health of %u accounts rests on a single component: bring in more "
		"signals",
		f.count);
	return report(a, &f, e);
}

/* An account that left and an account that pays contradict each other. */
static enum status check_contradictions(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct audit_finding f = { .check = "churned-but-paying" };

	for (uint32_t i = 0; i < c->n; i++)
		if (c->churned[i] && !c->active[i] && c->contracted[i])
			note(&f, i + 1);
	if (f.count == 0)
		return ST_OK;
	snprintf(f.text, sizeof(f.text),
		"%u accounts count as churned while contracts of theirs run on the day: "
		"one of the "
		"two is wrong",
		f.count);
	return report(a, &f, e);
}

enum status audit_run(struct book *b, audit_fn fn, void *arg, struct err *e)
{
	static enum status (*const checks[])(
		struct audit * a, struct err * e) = { check_caps, check_review,
		check_arr_rank, check_places, check_single, check_contradictions };
	struct audit a = { .b = b, .fn = fn, .arg = arg };
	enum status st = book_summary(b, &a.sum, e);

	/* Sums may be known without the columns, which most checks read. */
	if (st == ST_OK)
		st = book_need_columns(b, e);
	for (size_t k = 0; st == ST_OK && k < sizeof(checks) / sizeof(*checks); k++)
		st = checks[k](&a, e);
	if (st == ST_OK)
		st = audit_work(b, fn, arg, e);
	return st == ST_OK ? audit_backtest(b, fn, arg, e) : st;
}
