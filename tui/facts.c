#include "core/tier_request.h"
#include "tui/facts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw.h"
#include "tui/words.h"

enum { NAME_WIDTH = 12, BAR_WIDTH = 15, POINTS_WIDTH = 7 };

void facts_value(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	char arr[MONEY_TEXT_MAX], value[MONEY_TEXT_MAX], growth[NUMBER_TEXT_MAX],
		times[NUMBER_TEXT_MAX], rank[NUMBER_TEXT_MAX], right[96];
	double percent = v->value.growth * 100;

	words_number(v->row.value_pct, 1, rank);
	snprintf(right, sizeof(right), "rank %s of 100", rank);
	page_heading(p, "VALUE", right);
	number_format(percent, 2, growth);
	if (!strchr(growth, '.'))
		words_number(percent, 1, growth);
	page_print(p, 1, ROLE_TEXT, "%s = ARR %s x three years of %s%s %% growth x %s",
		words_money(policy, v->value.value, value),
		words_money(policy, v->value.arr, arr), percent < 0 ? "" : "+", growth,
		words_number(v->value.multiplier, 2, times));
	page_print(p, 1, ROLE_QUIET,
		"growth per year, clamped to %s .. %s; the multiplier adds reference, "
		"marquee, advocate and parent expansion, at most %s",
		number_format(policy->growth_min, 2, growth),
		number_format(policy->growth_max, 2, rank),
		number_format(policy->flag_max, 2, times));
}

int facts_effort(struct app *a, struct page *p, const struct account_view *v)
{
	const struct effort_explained *x = &v->effort;
	char number[NUMBER_TEXT_MAX], weight[NUMBER_TEXT_MAX], right[64];
	bool wide = p->c.columns >= 70;
	int first;

	(void)a;
	snprintf(right, sizeof(right), "%s of 100",
		words_number(v->row.effort, 1, number));
	page_heading(p, "EFFORT", right);
	first = p->c.rows;
	if (x->assumed) {
		page_print(p, 1, ROLE_UNKNOWN, "nothing is known: %s is assumed",
			words_number(x->effort, 0, number));
		return first;
	}
	for (int i = 0; i < EFF_COUNT; i++) {
		int row = page_line(p), at = 1 + NAME_WIDTH + 2;
		bool present = !isnan(x->part[i]);

		canvas_put(&p->c, row, 1, NAME_WIDTH + 1, ROLE_TEXT,
			text_of(effort_part_name[i]));
		if (wide) {
			if (present)
				draw_bar(&p->c, row, at, BAR_WIDTH, ROLE_SPARK,
					x->part[i], 100);
			at += BAR_WIDTH + 1;
		}
		canvas_put_right(&p->c, row, at, POINTS_WIDTH,
			present ? ROLE_STRONG : ROLE_UNKNOWN,
			text_of(words_number(x->part[i], 0, number)));
		canvas_print(&p->c, row, at + POINTS_WIDTH + 2, 24, ROLE_QUIET,
			present ? "weight %s" : "weight %s, missing",
			number_format(x->weight[i], 1, weight));
	}
	return first;
}

void facts_score(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	char score[NUMBER_TEXT_MAX], value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX],
		wv[NUMBER_TEXT_MAX], we[NUMBER_TEXT_MAX], right[64];

	snprintf(right, sizeof(right), "%s of 100", words_number(v->row.score, 1, score));
	page_heading(p, "TIER SCORE", right);
	if (isnan(v->row.score)) {
		page_print(p, 1, ROLE_UNKNOWN,
			"not known: %s recalculates, and ranks the active accounts",
			keys_word(SCOPE_SCREEN, ACT_RECALCULATE));
		return;
	}
	page_print(p, 1, ROLE_TEXT, "%s = %s x value rank %s + %s x effort %s", score,
		number_format(policy->score_value_weight, 2, wv),
		words_number(v->row.value_pct, 1, value),
		number_format(policy->score_effort_weight, 2, we),
		words_number(v->row.effort, 1, effort));
	page_print(p, 1, ROLE_QUIET,
		"tier 1 from %s, tier 2 from %s; to move, a score must be %s beyond its "
		"line",
		number_format(policy->threshold[0], 1, wv),
		number_format(policy->threshold[1], 1, we),
		number_format(policy->hysteresis, 1, value));
	if (v->row.quadrant != QUAD_NONE)
		page_print(
			p, 1, ROLE_QUIET, "quadrant: %s", quadrant_name[v->row.quadrant]);
}

/* The one who would have to give up the place. */
static void put_full(struct app *a, struct page *p, const struct book_way_up *way)
{
	char margin[NUMBER_TEXT_MAX], score[NUMBER_TEXT_MAX];
	struct err ignored;
	struct list_row row;
	struct arena arena;

	arena_init(&arena);
	number_format(book_policy(a->book)->swap_margin, 1, margin);
	if (!way->goes)
		page_print(p, 1, ROLE_QUIET,
			"tier %d is full, and nobody in it can give up the place",
			way->to);
	else if (book_rows(a->book, &way->goes, 1, &arena, &row, &ignored) == ST_OK)
		page_print(p, 1, ROLE_QUIET,
			"tier %d is full: it needs %s more than the weakest there, %.*s "
			"with %s",
			way->to, margin, (int)(row.name.n ? row.name.n : row.id.n),
			row.name.n ? row.name.s : row.id.s,
			words_number(way->goes_score, 1, score));
	arena_clear(&arena);
}

/* What a move up takes, in the order of the review: the line, and where the tier is full
 * the place of somebody. */
static void put_way_up(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	const int days = book_as_of(a->book) - v->row.since;
	char score[NUMBER_TEXT_MAX], short_of[NUMBER_TEXT_MAX];
	struct book_way_up way;
	struct err ignored;

	if (book_way_up(a->book, (uint8_t)v->row.tier, &way, &ignored) != ST_OK)
		return;
	words_number(way.need, 1, score);
	if (v->row.score < way.need)
		page_print(p, 1, ROLE_TEXT,
			"up to tier %d: from a tier score of %s, %s more than now",
			way.to, score,
			words_number(way.need - v->row.score, 1, short_of));
	else
		page_print(p, 1, ROLE_TEXT,
			"up to tier %d: the tier score is enough (%s)", way.to, score);
	if (way.full)
		put_full(a, p, &way);
	if (v->row.since != DAY_NONE && days < policy->min_days)
		page_print(p, 1, ROLE_QUIET,
			"it stays in its tier for %d day%s at least, %d more",
			policy->min_days, TEXT_S(policy->min_days),
			policy->min_days - days);
}

static void put_way_down(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	double line = policy->threshold[v->row.tier - 1] - policy->hysteresis;
	char score[NUMBER_TEXT_MAX];

	page_print(p, 1, v->row.score < line ? ROLE_WATCH : ROLE_TEXT,
		"down to tier %d: below %s at %d reviews in a row%s", v->row.tier + 1,
		words_number(line, 1, score), policy->down_streak,
		v->row.score < line ? ", and it is below now" : "");
}

static void put_lock(struct page *p, const struct account_view *v)
{
	const struct account_rows *locks = &v->rows[REC_LOCK];
	const struct cell *cells = locks->cells;
	char day[DAY_TEXT_MAX];

	if (!v->row.locked || locks->n == 0 || cells[F_LOCK_UNTIL].type != CELL_INT)
		return;
	page_print(p, 1, ROLE_TEXT, "locked until %s by %.*s: %.*s",
		day_format((int32_t)cells[F_LOCK_UNTIL].i, day),
		cells[F_LOCK_ACTOR].type == CELL_TEXT ? (int)cells[F_LOCK_ACTOR].t.n : 8,
		cells[F_LOCK_ACTOR].type == CELL_TEXT ? cells[F_LOCK_ACTOR].t.s
						      : "somebody",
		cells[F_LOCK_REASON].type == CELL_TEXT ? (int)cells[F_LOCK_REASON].t.n
						       : 0,
		cells[F_LOCK_REASON].type == CELL_TEXT ? cells[F_LOCK_REASON].t.s : "");
}

static void put_requests(struct page *p, const struct account_view *v)
{
	for (uint32_t i = 0; i < v->rows[REC_REQUEST].n; i++) {
		struct tier_request q;
		char line[700];

		if (!tier_request_from_row(v->rows[REC_REQUEST].id[i],
			    account_view_row(v, REC_REQUEST, i), &q))
			continue;
		tier_request_line(&q, line, sizeof(line));
		page_text(p, 1, q.state == REQUEST_OPEN ? ROLE_INFO : ROLE_TEXT,
			text_of(line));
	}
}

void facts_tier(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	char day[DAY_TEXT_MAX], share[NUMBER_TEXT_MAX], right[64] = "";
	int tier = v->row.tier;

	if (tier != TIER_NONE && v->row.since != DAY_NONE)
		snprintf(right, sizeof(right), "since %s", day_format(v->row.since, day));
	page_heading(p, "TIER", right);
	if (tier == TIER_NONE)
		page_print(
			p, 1, ROLE_UNKNOWN, "not placed yet: a review gives it a tier");
	else
		page_print(p, 1, words_tier_role((unsigned)tier), "tier %d%s", tier,
			v->row.locked ? ", locked by a person" : "");
	if (v->moves_n && v->moves[v->moves_n - 1].cause == CAUSE_MANUAL)
		page_print(p, 1, ROLE_TEXT, "set by a person, %s",
			v->move_reason[v->moves_n - 1]);
	put_lock(p, v);
	put_requests(p, v);
	if (tier > 1 && !isnan(v->row.score))
		put_way_up(a, p, v);
	if (tier != TIER_NONE && tier < TIER_COUNT && !isnan(v->row.score))
		put_way_down(a, p, v);
	for (int t = 0; t < TIER_COUNT - 1; t++)
		page_print(p, 1, ROLE_QUIET,
			"tier %d: %u of %u places taken; the cap is %s %% of %u active "
			"accounts",
			t + 1, a->summary.in_tier[t + 1], a->summary.limit[t],
			number_format(policy->cap_bp[t] / 100.0, 2, share),
			a->summary.active);
}
