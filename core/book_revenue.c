#include "core/book_revenue_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/rates.h"

const char *const revenue_by_name[REVENUE_BYS] = { "all", "tier", "csm", "segment",
	"region", "month", "quarter", "year" };
const int revenue_ttv_day[REVENUE_TTV_DAYS] = { 2, 7, 30 };

int revenue_by_months(enum revenue_by by)
{
	return by == REVENUE_BY_MONTH     ? 1
	       : by == REVENUE_BY_QUARTER ? 3
	       : by == REVENUE_BY_YEAR    ? 12
					  : 0;
}

enum status book_revenue_no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the revenue");
}

/* ---- days ----------------------------------------------------------------------- */

static int32_t months_after(int32_t day, int months)
{
	/* The last of a month goes with the last of every month. */
	if (day_month_start(day + 1) == day + 1)
		return day_add_months(day + 1, months) - 1;
	return day_add_months(day, months);
}

int32_t revenue_opening(int32_t to, int months)
{
	return months_after(to, -months);
}

int32_t revenue_last(enum revenue_by by, int32_t as_of)
{
	const int months = revenue_by_months(by);
	const int32_t first = day_month_start(as_of + 1);

	if (!months)
		return as_of;
	return day_add_months(first, -((day_civil(first).month - 1) % months)) - 1;
}

static enum status cut_up(struct book_revenue *x, struct err *e)
{
	const struct revenue_query *q = &x->r.asked;
	const int months = revenue_by_months(q->by);

	x->cut[x->cuts++] = q->from;
	for (int k = 1; months && months_after(q->from, k * months) < q->to; k++) {
		if (x->cuts >= REVENUE_PERIODS_MAX)
			return err_set(e, ST_USAGE,
				"that is more than %d periods: take longer ones",
				REVENUE_PERIODS_MAX);
		x->cut[x->cuts++] = months_after(q->from, k * months);
	}
	x->cut[x->cuts++] = q->to;
	return ST_OK;
}

static enum status check_days(const struct revenue_query *q, int32_t as_of, struct err *e)
{
	char to[DAY_TEXT_MAX], today[DAY_TEXT_MAX];

	if (q->to <= q->from)
		return err_set(e, ST_USAGE, "a period ends after the day it begins with");
	if (q->to <= as_of)
		return ST_OK;
	return err_set(e, ST_USAGE,
		"nothing is known of %s yet: the figures are as of %s, end the period "
		"by then",
		day_format(q->to, to), day_format(as_of, today));
}

/* ---- making --------------------------------------------------------------------- */

static enum status allocate(struct book_revenue *x, struct err *e)
{
	const size_t n = (size_t)x->r.n + 1, days = (size_t)x->cuts + 2;

	x->r.opening = calloc(n, sizeof(*x->r.opening));
	x->r.closing = calloc(n, sizeof(*x->r.closing));
	x->r.marks = calloc(n, sizeof(*x->r.marks));
	x->r.group_of = malloc(n * sizeof(*x->r.group_of));
	x->r.cause = calloc(n, 1);
	x->r.exit = calloc(n, 1);
	x->arr = malloc(days * PART_ACCOUNTS * sizeof(*x->arr));
	x->path = malloc(days * PART_ACCOUNTS * sizeof(*x->path));
	x->was = malloc(4 * PART_ACCOUNTS);
	if (!x->r.opening || !x->r.closing || !x->r.marks || !x->r.group_of ||
		!x->r.cause || !x->r.exit || !x->arr || !x->path || !x->was)
		return book_revenue_no_memory(e);
	x->is = x->was + 2 * PART_ACCOUNTS;
	memset(x->r.group_of, 0xff, n * sizeof(*x->r.group_of));
	return ST_OK;
}

/* A book gets its first tiers with a review that may come after the opening. */
static enum status take_placed(void *arg, const struct snapshot_sums *sums, struct err *e)
{
	struct revenue *r = arg;
	uint32_t placed = 0;

	(void)e;
	for (int t = 1; t <= TIER_COUNT; t++)
		placed += sums->tier[t];
	if (placed && r->placed_figures == DAY_NONE)
		r->placed_figures = sums->at.day;
	return ST_OK;
}

static enum status find_figures(struct book_revenue *x, struct err *e)
{
	struct store *s = x->book->store;
	struct snapshot_day at;
	enum status st = s->ops->snapshot_find(s, x->r.asked.from, &at, e);

	x->r.opening_figures = at.day;
	if (st == ST_OK)
		st = s->ops->snapshot_find(s, x->r.asked.to, &at, e);
	x->r.closing_figures = at.day;
	x->r.placed_figures = DAY_NONE;
	if (st == ST_OK && x->r.asked.by == REVENUE_BY_TIER)
		st = s->ops->snapshot_sums(s,
			x->r.opening_figures == DAY_NONE ? x->r.asked.from
							 : x->r.opening_figures,
			x->r.asked.to, take_placed, &x->r, e);
	if (x->r.placed_figures == x->r.opening_figures)
		x->r.placed_figures = DAY_NONE;
	return st;
}

static enum status begin(struct book_revenue *x, struct err *e)
{
	struct book_info info;
	enum status st = book_need_columns(x->book, e);

	if (st == ST_OK)
		st = x->book->store->ops->info(x->book->store, &info, e);
	if (st == ST_OK)
		st = cut_up(x, e);
	if (st != ST_OK)
		return st;
	x->policy = x->book->policy;
	x->r.n = x->book->columns.n;
	x->r.parts = (x->r.n + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	st = allocate(x, e);
	if (st == ST_OK)
		st = part_init(&x->part, e);
	if (st == ST_OK)
		st = base_init(&x->base, e);
	if (st == ST_OK)
		st = find_figures(x, e);
	if (st == ST_OK)
		st = observed_begin(x->book->store, x->r.as_of, &x->r.observed, e);
	if (st == ST_OK)
		st = book_revenue_groups(x, e);
	return st;
}

enum status book_revenue_new(struct book *b, const struct revenue_query *q,
	struct book_revenue **out, struct err *e)
{
	struct book_revenue *x;
	enum status st = check_days(q, b->clock.today, e);

	*out = NULL;
	if (st != ST_OK)
		return st;
	x = calloc(1, sizeof(*x));
	if (!x)
		return book_revenue_no_memory(e);
	arena_init(&x->names);
	word_set_init(&x->by_tag.words);
	word_set_init(&x->by_segment.words);
	x->book = b;
	x->r.asked = *q;
	x->r.as_of = b->clock.today;
	if (q->in) {
		x->r.asked.in = x->in = malloc((size_t)q->in_n + 1);
		if (x->in)
			memcpy(x->in, q->in, q->in_n);
		else
			st = book_revenue_no_memory(e);
	}
	if (st == ST_OK)
		st = begin(x, e);
	if (st == ST_OK)
		*out = x;
	else
		book_revenue_free(&x);
	return st;
}

/* What only making it needs. */
static void forget_making(struct book_revenue *x)
{
	part_clear(&x->part);
	base_clear(&x->base);
	free(x->arr);
	free(x->path);
	free(x->was);
	free(x->lost);
	x->arr = NULL;
	x->path = NULL;
	x->was = x->is = NULL;
	x->lost = NULL;
}

void book_revenue_free(struct book_revenue **r)
{
	struct book_revenue *x = *r;

	*r = NULL;
	if (!x)
		return;
	free(x->r.group);
	free(x->r.opening);
	free(x->r.closing);
	free(x->r.marks);
	free(x->r.group_of);
	free(x->r.cause);
	free(x->r.exit);
	free(x->r.wait);
	free(x->r.clash);
	free(x->r.unclear);
	free(x->in);
	free(x->owner);
	forget_making(x);
	book_revenue_why_clear(x);
	arena_clear(&x->names);
	free(x);
}

const struct revenue *book_revenue_known(const struct book_revenue *r)
{
	return &r->r;
}

/* ---- money ---------------------------------------------------------------------- */

static unsigned marks_of(int64_t opening, int64_t closing, const struct revenue_path *p)
{
	if (opening <= 0)
		return closing > 0 ? REVENUE_ARRIVED : 0;
	return REVENUE_COHORT | (closing <= 0 ? REVENUE_LOST : 0u) |
	       (closing > opening ? REVENUE_GROWN : 0u) |
	       (closing > 0 && closing < opening ? REVENUE_SHRUNK : 0u) |
	       (closing > 0 && p->back > 0 ? REVENUE_BACK : 0u);
}

/* Each part of the period for itself. */
static enum status add_periods(struct book_revenue *x, struct err *e)
{
	const int64_t *arr = x->arr + 2 * (size_t)PART_ACCOUNTS;
	const struct revenue_path *path = x->path + PART_ACCOUNTS;
	enum status st = ST_OK;

	for (int k = 0; st == ST_OK && k + 1 < x->cuts; k++) {
		const size_t at = (size_t)k * PART_ACCOUNTS;

		for (uint32_t i = 0; st == ST_OK && i < x->part.n; i++)
			st = revenue_add(&x->r.group[k].money, arr[at + i],
				arr[at + PART_ACCOUNTS + i], &path[at + i], e);
	}
	return st;
}

static enum status note_lost(struct book_revenue *x, uint32_t id, struct err *e)
{
	if (x->lost_n == x->lost_room) {
		const uint32_t room = x->lost_room ? 2 * x->lost_room : 256;
		void *grown = realloc(x->lost, room * sizeof(*x->lost));

		if (!grown)
			return book_revenue_no_memory(e);
		x->lost = grown;
		x->lost_room = room;
	}
	x->lost[x->lost_n++] = id;
	return ST_OK;
}

static enum status add_accounts(struct book_revenue *x, struct err *e)
{
	const uint32_t first = x->part.first_id - 1;
	const int64_t *opening = x->arr, *closing = x->arr + PART_ACCOUNTS;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < x->part.n; i++) {
		const uint32_t at = first + i, group = x->r.group_of[at];
		const unsigned marks = marks_of(opening[i], closing[i], &x->path[i]);

		x->r.opening[at] = opening[i];
		x->r.closing[at] = closing[i];
		x->r.marks[at] = (uint16_t)marks;
		if (marks & REVENUE_LOST)
			st = note_lost(x, at + 1, e);
		if (st == ST_OK)
			st = revenue_add(
				&x->r.all.money, opening[i], closing[i], &x->path[i], e);
		if (st == ST_OK && group < x->r.groups)
			st = revenue_add(&x->r.group[group].money, opening[i], closing[i],
				&x->path[i], e);
	}
	return st;
}

static enum status take_clash(void *arg, const struct revenue_clash *c, struct err *e)
{
	struct book_revenue *x = arg;
	struct revenue *r = &x->r;

	if (!r->clash) {
		r->clash = malloc(REVENUE_CLASHES * sizeof(*r->clash));
		if (!r->clash)
			return book_revenue_no_memory(e);
	}
	if (r->clashes < REVENUE_CLASHES)
		r->clash[r->clashes] = *c;
	r->clashes++;
	r->clash_count[c->kind]++;
	return ST_OK;
}

/* ---- a part --------------------------------------------------------------------- */

/* Who is there, and in which tier, on the days of the two snapshots. */
static enum status read_figures(struct book_revenue *x, struct err *e)
{
	struct store *s = x->book->store;
	const uint32_t first = x->part.first_id - 1, n = x->part.n;
	enum status st = ST_OK;

	memset(x->was, HEALTH_NONE, PART_ACCOUNTS);
	memset(x->was + PART_ACCOUNTS, TIER_NONE, PART_ACCOUNTS);
	memcpy(x->is, x->was, 2 * PART_ACCOUNTS);
	if (x->r.opening_figures != DAY_NONE)
		st = s->ops->snapshot_health(s, x->r.opening_figures, first, n, x->was,
			x->was + PART_ACCOUNTS, e);
	if (st == ST_OK && x->r.placed_figures != DAY_NONE)
		st = s->ops->snapshot_health(s, x->r.placed_figures, first, n, x->is,
			x->was + PART_ACCOUNTS, e);
	if (st == ST_OK && x->r.closing_figures != DAY_NONE)
		st = s->ops->snapshot_health(s, x->r.closing_figures, first, n, x->is,
			x->is + PART_ACCOUNTS, e);
	return st;
}

static enum status read_money(
	struct book_revenue *x, const struct rates *rates, struct err *e)
{
	const int32_t both[2] = { x->r.asked.from, x->r.asked.to };
	enum status st = trend_arr(&x->part, rates, both, 2, x->r.as_of, x->arr, e);

	if (st == ST_OK)
		st = revenue_paths(&x->part, rates, both, 2, x->r.as_of, x->path, e);
	if (st != ST_OK || !revenue_by_months(x->r.asked.by))
		return st;
	st = trend_arr(&x->part, rates, x->cut, x->cuts, x->r.as_of,
		x->arr + 2 * (size_t)PART_ACCOUNTS, e);
	if (st == ST_OK)
		st = revenue_paths(&x->part, rates, x->cut, x->cuts, x->r.as_of,
			x->path + PART_ACCOUNTS, e);
	return st;
}

/* Who isn't meant has nothing, and nothing is said of it. */
static void leave_out(struct book_revenue *x)
{
	const int days = 2 + (revenue_by_months(x->r.asked.by) ? x->cuts : 0);

	for (uint32_t i = 0; x->in && i < x->part.n; i++) {
		if (book_revenue_meant(x, x->part.first_id - 1 + i))
			continue;
		x->part.flags[i] = 0;
		for (int d = 0; d < days; d++)
			x->arr[(size_t)d * PART_ACCOUNTS + i] = 0;
	}
}

static enum status read_part(struct book_revenue *x, struct err *e)
{
	struct store *s = x->book->store;
	const struct revenue_query *q = &x->r.asked;
	struct rates rates;
	enum status st = rates_of(&rates, &x->book->policy, s, e);

	if (st == ST_OK)
		st = s->ops->part(s, x->r.part_at, q->to, &x->part, e);
	/* Another program may have added accounts meanwhile. */
	if (st == ST_OK && x->part.n > x->r.n - x->r.part_at * PART_ACCOUNTS)
		x->part.n = x->r.n - x->r.part_at * PART_ACCOUNTS;
	if (st == ST_OK)
		st = read_figures(x, e);
	if (st == ST_OK)
		st = read_money(x, &rates, e);
	if (st == ST_OK)
		st = base_from_part(&x->base, &x->part, &rates, q->to, false, e);
	if (st != ST_OK)
		return st;
	observed_add(&x->r.observed, &x->part, x->arr + PART_ACCOUNTS, q->to);
	leave_out(x);
	book_revenue_place(x);
	st = add_accounts(x, e);
	if (st == ST_OK && revenue_by_months(q->by))
		st = add_periods(x, e);
	if (st == ST_OK)
		st = revenue_clashes(&x->part, &rates, q->from, q->to, x->r.as_of, x->arr,
			x->arr + PART_ACCOUNTS, take_clash, x, e);
	if (st == ST_OK)
		st = book_revenue_facts(x, e);
	return st;
}

/* ---- step by step ----------------------------------------------------------------- */

enum status book_revenue_step(struct book_revenue *r, struct err *e)
{
	struct store *s = r->book->store;
	enum status st;

	if (r->r.done)
		return ST_OK;
	st = s->ops->hold(s, e);
	if (st != ST_OK)
		return st;
	if (r->r.part_at < r->r.parts) {
		st = read_part(r, e);
		r->r.part_at++;
	} else if (r->lost_at < r->lost_n) {
		st = book_revenue_why(r, e);
	} else if (!r->r.outcome) {
		st = book_revenue_why_settle(r, e);
		if (st == ST_OK)
			book_revenue_settle(r);
		r->r.outcome = st == ST_OK;
	} else if (r->alerts_at < r->r.parts) {
		st = book_revenue_alerts(r, e);
		r->alerts_at++;
	} else {
		forget_making(r);
		r->r.done = true;
	}
	s->ops->release(s);
	return st;
}

enum status book_revenue_all(struct book_revenue *r, struct err *e)
{
	enum status st = ST_OK;

	while (st == ST_OK && !r->r.done) {
		st = book_wait(r->book, e);
		if (st == ST_OK)
			st = book_revenue_step(r, e);
	}
	return st;
}
