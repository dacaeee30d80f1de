/* Audits of where the accounts stand. */
#include "core/audit_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/capacity_past.h"
#include "core/over_cap.h"
#include "core/review.h"
#include "core/sort.h"

enum {
	REVIEW_DUE_DAYS = 31,
	STEADY = 5,    /* points that health moves in 28 days without meaning */
	PARETO = 60,   /* percent of ARR that tiers 1 and 2 hold at least */
	CREEP_BP = 100 /* a share of tier 1 that grew by so much, of 10000 */
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the audits");
}

/* ---- caps and reviews ---- */

/* Who must go: the weakest of the tier that no lock holds, as a review would. */
static enum status note_weakest(struct audit *a, int tier, uint32_t over, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct sort_item *items = malloc(((size_t)c->n + 1) * sizeof(*items));
	uint32_t n = 0;
	enum status st = ST_OK;

	if (!items)
		return no_memory(e);
	for (uint32_t i = 0; i < c->n; i++)
		if (c->active[i] && c->tier[i] == tier && !(c->marks[i] & BOOK_LOCKED))
			items[n++] = (struct sort_item){
				sort_key_double(figures_score(&c->scores, i)), i
			};
	st = sort_items(items, n, e);
	for (uint32_t k = 0; st == ST_OK && k < n && k < over; k++)
		st = audit_note(a, items[k].index + 1, e);
	free(items);
	return st;
}

enum status audit_over_cap(struct audit *a, struct err *e)
{
	enum status st = ST_OK;
	struct over_caps over;

	over_caps_of(&a->sum, &over);
	for (int i = 0; st == ST_OK && i < over.n; i++) {
		const struct over_cap *x = &over.tier[i];
		const uint32_t n = x->members - x->limit;
		uint32_t held;

		st = note_weakest(a, x->tier, n, e);
		held = n - a->n;
		if (st == ST_OK)
			st = audit_tell(a, e,
				"tier %d holds %u, %u more than its cap of %u (%g %% of "
				"%u rounded down): %u must go down%s",
				x->tier, x->members, n, x->limit,
				a->b->policy.cap_bp[x->tier - 1] / 100.0, a->sum.active,
				a->n, held ? ", and locks hold the others" : "");
	}
	return st;
}

enum status audit_review_due(struct audit *a, struct err *e)
{
	const int32_t last = a->sum.review_day;
	char day[DAY_TEXT_MAX];

	if (a->sum.active == 0 ||
		(last != DAY_NONE && a->b->clock.today - last <= REVIEW_DUE_DAYS))
		return ST_OK;
	if (last == DAY_NONE)
		return audit_tell(a, e, "no review was ever applied");
	return audit_tell(a, e,
		"the last review was on %s, %d days ago, more than %d: tiers no longer "
		"follow the accounts",
		day_format(last, day), a->b->clock.today - last, REVIEW_DUE_DAYS);
}

/* ---- the rank by ARR ---- */

static int64_t arr_of(const struct book_columns *c, uint32_t i)
{
	return amounts_or_none(&c->arr, i);
}

/* Accounts with a tier by ARR, then by value, the highest first. */
static enum status rank_by_arr(
	const struct book_columns *c, uint32_t *ids, uint32_t *out, struct err *e)
{
	struct sort_item *items = malloc(((size_t)c->n + 1) * sizeof(*items));
	uint32_t n = 0;
	enum status st;

	if (!items)
		return no_memory(e);
	for (uint32_t i = 0; i < c->n; i++)
		if (c->active[i] && c->tier[i] != TIER_NONE)
			items[n++] = (struct sort_item){
				~sort_key_int(amounts_at(&c->scores.value, i)), i
			};
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
	       amounts_at(&c->scores.value, a - 1) == amounts_at(&c->scores.value, b - 1);
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
static enum status note_bands(
	struct audit *a, const uint32_t *ids, uint32_t n, struct err *e)
{
	const uint32_t first = a->sum.limit[0], second = first + a->sum.limit[1];
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		const int band = k < first ? 1 : k < second ? 2 : 3;

		if (abs(band - a->b->columns.tier[ids[k] - 1]) > 1)
			st = audit_note(a, ids[k], e);
	}
	return st;
}

enum status audit_arr_rank(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	uint32_t *ids = malloc(((size_t)c->n + 1) * sizeof(*ids));
	uint32_t n = 0;
	enum status st;

	if (!ids)
		return no_memory(e);
	st = rank_by_arr(c, ids, &n, e);
	if (st == ST_OK)
		st = order_ties(a, ids, n, a->sum.limit[0], e);
	if (st == ST_OK)
		st = order_ties(a, ids, n, a->sum.limit[0] + a->sum.limit[1], e);
	if (st == ST_OK)
		st = note_bands(a, ids, n, e);
	free(ids);
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e,
		"%u account%s more than one band away from the rank by ARR", a->n,
		a->n == 1 ? " is" : "s are");
}

/* ---- places ---- */

enum status audit_no_tier(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if (c->active[i] && c->tier[i] == TIER_NONE)
			st = audit_note(a, i + 1, e);
	/* Before the first review nobody is to blame. */
	if (st != ST_OK || a->n == 0 || a->sum.review_day == DAY_NONE)
		return st;
	return audit_tell(a, e, "%u active account%s no tier yet", a->n,
		a->n == 1 ? " has" : "s have");
}

enum status audit_no_owner(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct capacity_band band[TIER_COUNT];
	enum status st = ST_OK;

	capacity_bands(&a->b->policy, band);
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if (c->active[i] && shorts_at(&c->csm, i) < 1 &&
			capacity_owned(band, c->tier[i]))
			st = audit_note(a, i + 1, e);
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e, "%u account%s of tier%s %s no owner", a->n, TEXT_S(a->n),
		capacity_owned(band, 2) ? "s 1 and 2" : " 1", a->n == 1 ? "has" : "have");
}

/* An account that left and an account that pays contradict each other. */
enum status audit_contradictions(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if ((c->flags[i] & ACC_CHURNED) && !c->active[i] &&
			(c->marks[i] & BOOK_CONTRACTED))
			st = audit_note(a, i + 1, e);
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e,
		"%u account%s as churned while contracts of theirs run on the day", a->n,
		a->n == 1 ? " counts" : "s count");
}

/* ---- who has too little, who too much ---- */

/* Was fine 28 days ago and is at risk, where no person looks by the calendar. */
enum status audit_newly_risky(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	const int limit = a->b->policy.watch_from;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		const int is = c->scores.health[i];

		if (c->active[i] && c->tier[i] > 1 && scores_health_known((uint8_t)is) &&
			c->change[i] != CHANGE_NONE && is < limit &&
			is - c->change[i] >= limit)
			st = audit_note(a, i + 1, e);
	}
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e,
		"%u account%s of tiers 2 and 3 fell below %d in the last 28 days", a->n,
		TEXT_S(a->n), limit);
}

/* Healthy, steady, little effort, no renewal near: tier 1 gives it more than it needs. */
enum status audit_stable(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	const struct policy *p = &a->b->policy;
	const int32_t far =
		a->b->clock.today + (int32_t)p->number[POLICY_TRIAGE_FAR_DAYS];
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if (c->active[i] && c->tier[i] == 1 &&
			scores_health_known(c->scores.health[i]) &&
			c->scores.health[i] >= p->healthy_from &&
			c->change[i] != CHANGE_NONE && abs(c->change[i]) <= STEADY &&
			figures_effort(&c->scores, i) < p->line_effort &&
			(shorts_at(&c->renewal, i) == DAY_NONE ||
				shorts_at(&c->renewal, i) > far))
			st = audit_note(a, i + 1, e);
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e,
		"%u account%s of tier 1 %s healthy and steady, with an effort below %g "
		"and no renewal within %g days",
		a->n, TEXT_S(a->n), a->n == 1 ? "is" : "are", p->line_effort,
		p->number[POLICY_TRIAGE_FAR_DAYS]);
}

/* ---- growth of tier 1 ---- */

static double share_of(const struct capacity_past *p)
{
	return p->active ? 1e4 * p->accounts[0] / p->active : 0;
}

static enum status tell_ratio(struct audit *a, const struct capacity_past *p, uint32_t n,
	int tier, struct err *e)
{
	struct capacity_band band[TIER_COUNT];
	const double is = capacity_ratio(&p[n - 1], tier);
	char day[DAY_TEXT_MAX], before[CAPACITY_RATIO_MAX];

	capacity_bands(&a->b->policy, band);
	if (band[tier - 1].pooled || !(is > band[tier - 1].max))
		return ST_OK;
	return audit_tell(a, e,
		"tier %d: %.1f accounts per CSM, above the band of at most %.0f; %s on "
		"%s",
		tier, is, band[tier - 1].max, capacity_ratio_text(&p[0], tier, before),
		day_format(p[0].day, day));
}

enum status audit_inflation(struct audit *a, struct err *e)
{
	struct capacity_past past[CAPACITY_PAST];
	struct capacity_past_said said;
	char day[DAY_TEXT_MAX];
	uint32_t n = 0;
	enum status st = capacity_past(a->b, past, &n, e);

	if (st != ST_OK || n < 2)
		return st;
	if (share_of(&past[n - 1]) - share_of(&past[0]) >= CREEP_BP)
		st = audit_tell(a, e,
			"tier 1 grew from %.1f %% of the base on %s to %.1f %%",
			share_of(&past[0]) / 100, day_format(past[0].day, day),
			share_of(&past[n - 1]) / 100);
	for (int tier = 1; st == ST_OK && tier <= CAPACITY_NAMED; tier++)
		st = tell_ratio(a, past, n, tier, e);
	for (int tier = 1; st == ST_OK && tier <= CAPACITY_NAMED; tier++)
		if (capacity_past_tier(&a->b->policy, past, n, NULL, tier, &said) &&
			said.creeps)
			st = audit_tell(a, e, "%s", said.text);
	return st;
}

/* Few accounts are expected to carry most of the money. */
enum status audit_pareto(struct audit *a, struct err *e)
{
	const int64_t *arr = a->sum.arr_in_tier;
	const double share = a->sum.arr > 0 ? 100.0 * ((double)arr[1] + (double)arr[2]) /
						      (double)a->sum.arr
					    : 100;

	if (a->sum.review_day == DAY_NONE || share >= PARETO)
		return ST_OK;
	return audit_tell(a, e,
		"tiers 1 and 2 hold %.1f %% of ARR: about 80 %% is expected, less than "
		"%d %% is far from it",
		share, PARETO);
}
