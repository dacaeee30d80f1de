/* Distribution and caps; and who moved since the last review. */
#include "report/board_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_moves.h"
#include "core/money.h"

static const struct plot_key tier_key[TIER_COUNT + 1] = {
	{ "tier 1", INK_TIER1, false, false },
	{ "tier 2", INK_TIER2, false, false },
	{ "tier 3", INK_TIER3, false, false },
	{ "not placed", INK_UNKNOWN, false, false },
};

/* Tiers 1 to 3, then those that are not placed. */
static int tier_at(int row)
{
	return row < TIER_COUNT ? row + 1 : 0;
}

static void put_distribution(struct board *x)
{
	static const struct doc_column columns[] = { { "Tier", false, false },
		{ "Accounts", true, false }, { "At most", true, false },
		{ "Of accounts", true, false }, { "Cap", true, false },
		{ "ARR", true, false }, { "Of ARR", true, false },
		{ "Mean ARR", true, false } };
	struct doc_table *t = doc_table(x->d, "", columns, 8);
	char a[DOC_FIGURE_MAX];

	for (int row = 0; row <= TIER_COUNT; row++) {
		const int tier = tier_at(row);
		const uint32_t n = x->sum.in_tier[tier];
		const int64_t arr = x->sum.arr_in_tier[tier];
		const bool over = tier && n > x->sum.limit[tier - 1];

		if (!tier && !n)
			continue;
		if (tier)
			doc_cellf(x->d, t, TONE_PLAIN, "Tier %d", tier);
		else
			doc_cellf(x->d, t, TONE_PLAIN, "not placed");
		doc_cellf(x->d, t, over ? TONE_ALARM : TONE_PLAIN, "%s", doc_count(n, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			tier ? doc_count(x->sum.limit[tier - 1], a) : "");
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_percent(board_share(n, x->sum.active), a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			tier ? doc_percent(x->policy->cap_bp[tier - 1] / 100.0, a) : "");
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_money(arr, x->currency, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_percent(board_share(arr, x->sum.arr), a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_money(n ? arr / n : MONEY_NONE, x->currency, a));
	}
	doc_show(x->d, t);
}

static void put_bars(struct board *x, bool money)
{
	struct plot_bar bar[TIER_COUNT + 1];
	struct plot_bars p = { .bar = bar,
		.parts = PLOT_PARTS,
		.limit = money ? NULL : "at most, by the cap",
		.unit = money ? PLOT_MONEY : PLOT_COUNT,
		.currency = x->currency,
		.title = money ? "ARR, a year" : "active accounts" };
	char a[DOC_FIGURE_MAX], b[DOC_FIGURE_MAX];

	for (int k = 0; k < PLOT_PARTS; k++)
		p.part[k] = (struct plot_key){ NULL, tier_key[k].ink, false, false };
	for (int row = 0; row <= TIER_COUNT; row++) {
		const int tier = tier_at(row);
		struct plot_bar *at = &bar[p.n];

		if (!tier && !x->sum.in_tier[0])
			continue;
		memset(at, 0, sizeof(*at));
		at->label = text_of(tier_key[row].name);
		at->part[row] = money ? (double)x->sum.arr_in_tier[tier]
				      : (double)x->sum.in_tier[tier];
		at->limit = !money && tier && tier < TIER_COUNT
				    ? (double)x->sum.limit[tier - 1]
				    : (double)NAN;
		at->alarm =
			!money && tier && x->sum.in_tier[tier] > x->sum.limit[tier - 1];
		at->value =
			money ? doc_text(x->d, "%s, %s",
					doc_money(
						x->sum.arr_in_tier[tier], x->currency, a),
					doc_percent(board_share(x->sum.arr_in_tier[tier],
							    x->sum.arr),
						b))
			      : doc_text(x->d, "%s, %s",
					doc_count(x->sum.in_tier[tier], a),
					doc_percent(board_share(x->sum.in_tier[tier],
							    x->sum.active),
						b));
		p.n++;
	}
	doc_chart(x->d, plot_bars(&x->d->arena, &p),
		money ? "Where the revenue is" : "Accounts in each tier, and its cap",
		money ? "ARR of the active accounts of each tier."
		      : "Caps are shares of the active accounts, rounded down; tier 3 "
			"has "
			"none.",
		NULL);
}

/* Before anybody was placed there were no tiers. */
static double share(const struct trend_point *p, int tier)
{
	return p->in_tier[TIER_NONE] < p->active
		       ? trend_share(p->in_tier[tier], p->active)
		       : (double)NAN;
}

static double share_1(const struct trend *t, uint32_t k)
{
	return share(&t->point[k], 1);
}

static double share_2(const struct trend *t, uint32_t k)
{
	return share(&t->point[k], 2);
}

static double cap_1(const struct trend *t, uint32_t k)
{
	return t->caps[k].known ? t->caps[k].bp[0] / 100.0 : (double)NAN;
}

static double cap_2(const struct trend *t, uint32_t k)
{
	return t->caps[k].known ? t->caps[k].bp[1] / 100.0 : (double)NAN;
}

static void put_shares(struct board *x)
{
	static const struct doc_column columns[] = { { "Day", false, false },
		{ "Active", true, false }, { "Tier 1", true, false },
		{ "Cap 1", true, false }, { "Tier 2", true, false },
		{ "Cap 2", true, false } };
	struct plot_time p = { .day = x->day,
		.n = x->trend->points,
		.series = { { { "tier 1", INK_TIER1, true, false },
				    board_series(x, share_1) },
			{ { "its cap", INK_TIER1, false, true }, board_series(x, cap_1) },
			{ { "tier 2", INK_TIER2, true, false },
				board_series(x, share_2) },
			{ { "its cap", INK_TIER2, false, true },
				board_series(x, cap_2) } },
		.count = 4,
		.zero = true,
		.most = (double)NAN,
		.unit = PLOT_PERCENT,
		.title = "% of the active accounts",
		.event = x->event,
		.events = x->events,
		.height = 170 };
	struct doc_table *t = doc_table(x->d, "", columns, 6);
	bool any_over = false;
	char a[DOC_FIGURE_MAX];

	if (x->d->failed || !board_has_trend(x, share_1))
		return;
	for (uint32_t k = 0; k < x->trend->points; k++) {
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_day(x->day[k], a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_count(x->trend->point[k].active, a));
		for (int s = 0; s < 4; s++) {
			/* the cap stands beside the share */
			const bool over =
				s % 2 == 0 && p.series[s].y[k] > p.series[s + 1].y[k];

			doc_cellf(x->d, t, over ? TONE_ASK : TONE_PLAIN, "%s",
				doc_percent(p.series[s].y[k], a));
			any_over |= over;
		}
	}
	doc_chart(x->d, plot_time(&x->d->arena, &p), "Shares of the tiers over time",
		"Tiers against the caps in force then; a share falls between reviews "
		"when "
		"new accounts are not placed yet.",
		t);
	if (any_over)
		doc_say(x->d, TONE_QUIET,
			"Where a share is above its cap, accounts left after the review, "
			"or the cap was lowered: the tier had its full number. Nobody "
			"is let in there until the next review has brought it back.");
}

void board_tiers(struct board *x)
{
	doc_section(x->d, "tiers", "Distribution and caps");
	put_distribution(x);
	if (!x->sum.active) {
		doc_say(x->d, TONE_ASK, "The book has no active accounts on this day.");
		return;
	}
	put_bars(x, false);
	if (x->sum.arr > 0)
		put_bars(x, true);
	put_shares(x);
}

/* ---- movements ---- */

struct ranked {
	int64_t arr;
	uint32_t at; /* of the moves */
};

static int by_arr(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->arr != y->arr ? (x->arr < y->arr) - (x->arr > y->arr)
				: (x->at > y->at) - (x->at < y->at);
}

static enum status put_moves(
	struct board *x, const struct book_moves *m, struct doc_table *t, struct err *e)
{
	enum { MOST = 20 };
	struct ranked *order = calloc((size_t)m->n + 1, sizeof(*order));
	struct book_figures f;
	enum status st = order ? book_figures(x->b, &f, e)
			       : err_set(e, ST_NOMEM, "not enough memory for the moves");

	for (uint32_t k = 0; st == ST_OK && k < m->n; k++) {
		order[k].at = k;
		order[k].arr = book_figures_has(&f, m->move[k].account)
				       ? amounts_at(f.arr, m->move[k].account - 1)
				       : MONEY_NONE;
	}
	if (st == ST_OK)
		qsort(order, m->n, sizeof(*order), by_arr);
	for (uint32_t k = 0; st == ST_OK && k < m->n && k < MOST; k++) {
		const struct tier_move *v = &m->move[order[k].at];
		char why[BOOK_MOVES_REASON], a[DOC_FIGURE_MAX];
		struct list_row row;

		st = book_moves_reason(x->b, v, why, e);
		if (st == ST_OK)
			st = book_rows(x->b, &v->account, 1, &x->d->arena, &row, e);
		if (st != ST_OK)
			break;
		doc_cell(x->d, t, TONE_PLAIN, row.name.n ? row.name : row.id);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_money(row.arr, x->currency, a));
		if (v->from)
			doc_cellf(x->d, t, TONE_PLAIN, "%u to %u", v->from, v->to);
		else
			doc_cellf(x->d, t, TONE_PLAIN, "into %u", v->to);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", move_cause_name[v->cause]);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", why);
	}
	free(order);
	return st;
}

static void put_sums(struct board *x, const struct book_moves *m)
{
	uint32_t up = 0, down = 0, placed = 0;
	char a[DOC_FIGURE_MAX];

	for (int from = 0; from <= TIER_COUNT; from++)
		for (int to = 1; to <= TIER_COUNT; to++) {
			if (!from)
				placed += m->count[from][to];
			else if (to < from)
				up += m->count[from][to];
			else
				down += m->count[from][to];
		}
	doc_tile(x->d, TONE_PLAIN, "Into a higher tier", "", "%s", doc_count(up, a));
	doc_tile(x->d, TONE_PLAIN, "Into a lower tier", "", "%s", doc_count(down, a));
	doc_tile(x->d, TONE_PLAIN, "Placed for the first time", "", "%s",
		doc_count(placed, a));
}

enum status board_moves(struct board *x, struct err *e)
{
	static const struct doc_column columns[] = { { "Account", false, true },
		{ "ARR", true, false }, { "Tier", true, false },
		{ "Cause", false, false }, { "Why", false, true } };
	char day[DOC_FIGURE_MAX], n[DOC_FIGURE_MAX], caption[96];
	struct book_moves m;
	enum status st = book_moves_since(x->b, x->sum.review_day, &m, e);

	doc_section(x->d, "movements", "Movements between tiers");
	if (x->sum.review_day == DAY_NONE)
		doc_say(x->d, TONE_ASK, "No review was applied yet.");
	else
		doc_say(x->d, TONE_PLAIN,
			"What the review of %s did, and what was moved since.",
			doc_day(x->sum.review_day, day));
	if (st == ST_OK && m.n == 0)
		doc_say(x->d, TONE_PLAIN, "Nobody moved.");
	if (st == ST_OK && m.n) {
		struct doc_table *t;

		put_sums(x, &m);
		snprintf(caption, sizeof(caption),
			m.n > 20 ? "The 20 largest of %s, by ARR" : "All %s, by ARR",
			doc_count(m.n, n));
		t = doc_table(x->d, caption, columns, 5);
		st = put_moves(x, &m, t, e);
		doc_show(x->d, t);
	}
	book_moves_clear(&m);
	return st;
}
