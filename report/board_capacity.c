/* Who looks after how much, against the bands of the policy. */
#include "report/board_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/capacity_past.h"

enum { MOST_ROWS = 24 };

static int by_load(const void *a, const void *b)
{
	const struct capacity_row *x = *(const struct capacity_row *const *)a,
				  *y = *(const struct capacity_row *const *)b;
	const double p = capacity_fills(&x->load), q = capacity_fills(&y->load);

	return p < q ? 1 : p > q ? -1 : (x > y) - (x < y);
}

static struct text label_of(struct board *x, const struct capacity_row *r)
{
	return r->name.n ? r->name : doc_text(x->d, "CSM %u", r->csm);
}

static enum tone tone_of(const struct capacity_row *r)
{
	return r->load.state == CAPACITY_OVER || r->load.state == CAPACITY_AWAY
		       ? TONE_ALARM
		       : TONE_PLAIN;
}

static void put_loads(struct board *x, const struct capacity_row *const *row, uint32_t n)
{
	struct plot_bar *bar = arena_alloc(&x->d->arena, ((size_t)n + 1) * sizeof(*bar));
	struct plot_bars p = { .bar = bar,
		.n = n,
		.part = { { "load, the larger of accounts and ARR", INK_ACCENT, false,
			false } },
		.parts = 1,
		.limit = "what this CSM takes",
		.most = 100,
		.unit = PLOT_PERCENT,
		.title = "% of a whole book at its upper limit" };

	x->d->failed |= !bar;
	for (uint32_t k = 0; bar && k < n; k++) {
		const struct capacity_row *r = row[k];
		const double fills = capacity_percent(capacity_fills(&r->load));
		const bool fine = r->load.state == CAPACITY_OK && !r->leaves;

		bar[k] = (struct plot_bar){ .label = label_of(x, r),
			.part = { fills },
			.limit = 100 * r->share,
			.alarm = tone_of(r) == TONE_ALARM,
			.value = doc_text(x->d, "%.0f %%%s%s", fills, fine ? "" : ", ",
				fine ? "" : capacity_state_text(r)) };
	}
	if (bar)
		doc_chart(x->d, plot_bars(&x->d->arena, &p), "How full the books are",
			"Each tier counts by the share that it takes of a full book; "
			"tier 3 "
			"is pooled and fills none.",
			NULL);
}

static void put_row(
	struct board *x, struct doc_table *t, const struct capacity_row *r, bool pool)
{
	char a[DOC_FIGURE_MAX];

	doc_cell(x->d, t, TONE_PLAIN, pool ? TEXT("the pool, nobody's") : label_of(x, r));
	for (int tier = 0; tier < TIER_COUNT; tier++) {
		doc_cellf(
			x->d, t, TONE_PLAIN, "%s", doc_count(r->book.accounts[tier], a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_money(r->book.arr[tier], x->currency, a));
	}
	if (pool)
		doc_cellf(x->d, t, TONE_PLAIN, "%s", "");
	else
		doc_cellf(x->d, t, tone_of(r), "%.0f %%",
			capacity_percent(capacity_fills(&r->load)));
	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_money(r->at_risk, x->currency, a));
	doc_cellf(x->d, t, tone_of(r), "%s%s%s", pool ? "" : capacity_state_text(r),
		*capacity_marks(r) ? ", " : "", capacity_marks(r));
}

static void put_books(struct board *x, const struct capacity_row *const *row, uint32_t n)
{
	static const struct doc_column columns[] = { { "CSM", false, true },
		{ "Tier 1", true, false }, { "ARR", true, false },
		{ "Tier 2", true, false }, { "ARR", true, false },
		{ "Tier 3", true, false }, { "ARR", true, false },
		{ "Load", true, false }, { "At risk", true, false },
		{ "State", false, false } };
	const uint32_t all = x->capacity->rows;
	struct doc_table *t;
	char caption[96];

	snprintf(caption, sizeof(caption),
		n < all ? "The %u fullest of %u books" : "All books", n, all);
	t = doc_table(x->d, caption, columns, 10);
	for (uint32_t k = 0; k < n; k++)
		put_row(x, t, row[k], false);
	put_row(x, t, &x->capacity->pool, true);
	doc_show(x->d, t);
}

static void put_heads(struct board *x)
{
	static const struct doc_column columns[] = { { "Tier", false, false },
		{ "Accounts", true, false }, { "ARR", true, false },
		{ "CSMs at least", true, false }, { "best", true, false },
		{ "at most", true, false }, { "In conflict", false, false } };
	struct doc_table *t = doc_table(x->d, "How many CSMs it takes", columns, 7);
	char a[DOC_FIGURE_MAX], why[CAPACITY_TEXT_MAX];

	for (int tier = 1; tier <= TIER_COUNT; tier++) {
		const struct capacity_heads *h = &x->capacity->heads[tier - 1];

		doc_cellf(x->d, t, TONE_PLAIN, "Tier %d", tier);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(h->accounts, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_money(h->arr, x->currency, a));
		if (h->pooled) {
			doc_cellf(x->d, t, TONE_QUIET, "pooled");
			doc_cellf(x->d, t, TONE_QUIET, "%s", "");
			doc_cellf(x->d, t, TONE_QUIET, "%s", "");
		} else {
			doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(h->min, a));
			doc_cellf(x->d, t, TONE_STRONG, "%s", doc_count(h->target, a));
			doc_cellf(x->d, t, TONE_PLAIN, "%s",
				h->max == CAPACITY_ANY ? "any" : doc_count(h->max, a));
		}
		doc_cellf(x->d, t, TONE_ALARM, "%s",
			capacity_conflict(x->capacity, tier, why));
	}
	doc_show(x->d, t);
}

/* ---- the last year ---- */

struct ratios {
	const struct capacity_past *past;
	uint32_t n;
	int32_t day[CAPACITY_PAST];
	double ratio[CAPACITY_PAST], most[CAPACITY_PAST], least[CAPACITY_PAST];
};

/* A line needs two points. */
static bool fill_ratios(struct ratios *r, const struct capacity_band *b, int tier)
{
	uint32_t known = 0;

	for (uint32_t k = 0; k < r->n; k++) {
		r->day[k] = r->past[k].day;
		r->ratio[k] = capacity_ratio(&r->past[k], tier);
		r->most[k] = b->max;
		r->least[k] = b->min;
		known += r->ratio[k] >= 0;
	}
	return known > 1;
}

static struct doc_table *list_ratios(struct board *x, const struct ratios *r, int tier)
{
	static const struct doc_column columns[] = { { "Day", false, false },
		{ "Accounts", true, false }, { "CSMs", true, false },
		{ "Accounts per CSM", true, false } };
	struct doc_table *t = doc_table(x->d, "", columns, 4);
	char a[DOC_FIGURE_MAX];

	for (uint32_t k = 0; k < r->n; k++) {
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_day(r->day[k], a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_count(r->past[k].accounts[tier - 1], a));
		doc_cellf(x->d, t, TONE_PLAIN, "%.1f", r->past[k].csms);
		doc_cellf(x->d, t, r->ratio[k] > r->most[k] ? TONE_ALARM : TONE_PLAIN,
			"%s", capacity_ratio_text(&r->past[k], tier, a));
	}
	return t;
}

/* With the limits of the band, as the Capacity screen draws them. */
static void put_ratio(struct board *x, struct ratios *r, int tier)
{
	static const char *const title[CAPACITY_NAMED] = { "Accounts per CSM, tier 1",
		"Accounts per CSM, tier 2" };
	const struct capacity_band *b = &x->capacity->band[tier - 1];
	const struct plot_time p = { .day = r->day,
		.n = r->n,
		.series = { { { "accounts per CSM", tier == 1 ? INK_TIER1 : INK_TIER2,
				      true, false },
				    r->ratio },
			{ { "at most, by the band", INK_RISK, false, true }, r->most },
			{ { "at least", INK_WATCH, false, true }, r->least } },
		.count = b->min > 0 ? 3 : 2,
		.zero = true,
		.most = (double)NAN,
		.title = "accounts per CSM",
		.height = 120 };

	if (!b->pooled && fill_ratios(r, b, tier))
		doc_chart(x->d, plot_time(&x->d->arena, &p), title[tier - 1],
			"CSMs are those who were there on the day, in whole books; all "
			"of "
			"them count for each tier.",
			list_ratios(x, r, tier));
}

static void put_ratios(struct board *x, const struct capacity_past *past, uint32_t n)
{
	struct ratios r = { .past = past, .n = n };

	for (int tier = 1; tier <= CAPACITY_NAMED; tier++)
		put_ratio(x, &r, tier);
}

static void say(void *arg, enum capacity_line kind, const char *text)
{
	struct board *x = arg;

	doc_say(x->d,
		kind == CAPACITY_WARNS  ? TONE_ALARM
		: kind == CAPACITY_ASKS ? TONE_ASK
					: TONE_PLAIN,
		"%s", text);
}

enum status board_capacity(struct board *x, struct err *e)
{
	const struct capacity *c = x->capacity;
	const struct capacity_row **row = calloc((size_t)c->rows + 1, sizeof(*row));
	const uint32_t n = c->rows < MOST_ROWS ? c->rows : MOST_ROWS;
	struct capacity_past past[CAPACITY_PAST];
	uint32_t past_n;
	enum status st;

	if (!row)
		return err_set(e, ST_NOMEM, "not enough memory for the books");
	for (uint32_t k = 0; k < c->rows; k++)
		row[k] = &c->row[k];
	qsort((void *)row, c->rows, sizeof(*row), by_load);
	doc_section(x->d, "capacity", "Capacity");
	capacity_say(c, say, x);
	st = capacity_past(x->b, past, &past_n, e);
	if (st == ST_OK)
		capacity_past_say(&c->policy, past, past_n, NULL, say, x);
	if (!c->rows)
		doc_say(x->d, TONE_ASK, "The book has no CSMs yet.");
	else
		put_loads(x, row, n);
	put_books(x, row, n);
	put_heads(x);
	if (st == ST_OK)
		put_ratios(x, past, past_n);
	free((void *)row);
	return st;
}
