#include "tui/facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/draw.h"
#include "tui/words.h"

static enum health_band band_of(struct app *a, int health)
{
	return health == HEALTH_NONE ? BAND_UNKNOWN
				     : health_band(book_policy(a->book), health);
}

static bool known(uint8_t health)
{
	return health != HEALTH_NONE && health != HEALTH_UNKNOWN;
}

/* "▲ 3" against the right end of the width; 0 is quiet. */
static void put_change(struct canvas *c, int row, int column, int width, int change)
{
	char number[16];
	enum role role = change > 0 ? ROLE_GOOD : ROLE_BAD;

	snprintf(number, sizeof(number), "%d", abs(change));
	canvas_put_right(
		c, row, column, width, change ? role : ROLE_QUIET, text_of(number));
	if (change)
		canvas_glyph(c, row, column + width - 4, role,
			change > 0 ? GLYPH_UP : GLYPH_DOWN);
}

int facts_health_line(struct app *a, struct canvas *c, int row, int column, int width,
	const struct account_view *v)
{
	int health = v->row.health;
	enum health_band band = band_of(a, health);
	enum role role = words_band_role(band);
	int at = column;

	canvas_glyph(c, row, at, role, words_band_glyph(band));
	at += 2;
	if (known(v->row.health))
		at += canvas_print(
			c, row, at, width, role, "%d %s", health, words_band(band));
	else
		at += canvas_print(c, row, at, width, role, "-- %s", words_band(band));
	if (v->row.change != CHANGE_NONE) {
		put_change(c, row, at + 1, 5, v->row.change);
		at += 6;
		at += canvas_put(
			c, row, at, width - (at - column), ROLE_QUIET, TEXT(" in 28 d"));
	}
	return at - column;
}

/* ---- health --------------------------------------------------------------------- */

enum {
	NAME_WIDTH = 12,
	BAR_WIDTH = 15,
	POINTS_WIDTH = 7,
	CHANGE_WIDTH = 5,
	AGE_WIDTH = 10
};

/* Points each component can have at most: its share of 100 among those that are known,
 * and its weight when too little is known for a health. Rounding may give a component a
 * point more than its share of 100: then one with room to spare gives it up. */
static void most_points(const struct health_explained *h, int most[COMP_COUNT])
{
	double share[COMP_COUNT];

	for (int i = 0; i < COMP_COUNT; i++) {
		const struct component_explained *x = &h->component[i];

		share[i] = x->state == COMP_PRESENT || h->unheld == 0 ? x->weight : 0;
	}
	health_split(share, COMP_COUNT, 100, most);
	for (int i = 0; i < COMP_COUNT; i++) {
		while (most[i] < h->component[i].points) {
			int from = 0;

			for (int k = 1; k < COMP_COUNT; k++)
				if (most[k] - h->component[k].points >
					most[from] - h->component[from].points)
					from = k;
			most[from]--;
			most[i]++;
		}
	}
}

static void put_component(struct app *a, struct page *p, const struct account_view *v,
	enum component comp, int most)
{
	const struct component_explained *x = &v->health.component[comp];
	struct canvas *c = &p->c;
	int row = page_line(p), width = c->columns, at = 1 + NAME_WIDTH;
	bool wide = width >= 70, present = x->state == COMP_PRESENT;
	char points[32], text[WORDS_MAX], age[WORDS_MAX];
	int points_width = wide ? POINTS_WIDTH : POINTS_WIDTH - 1;
	enum role role =
		present ? words_band_role(band_of(a, x->score < 1 ? 1 : (int)x->score))
			: ROLE_UNKNOWN;

	canvas_put(c, row, 1, NAME_WIDTH - 1, ROLE_TEXT, text_of(component_name[comp]));
	if (wide) {
		if (present)
			draw_bar(c, row, at, BAR_WIDTH, role, x->score, 100);
		at += BAR_WIDTH + 1;
	}
	if (!present)
		snprintf(points, sizeof(points), "--");
	else if (v->health.unheld == 0)
		snprintf(points, sizeof(points), "--/%d", most);
	else
		snprintf(points, sizeof(points), "%d/%d", x->points, most);
	canvas_put_right(c, row, at, points_width, present ? ROLE_STRONG : ROLE_UNKNOWN,
		text_of(points));
	at += points_width;
	if (v->has_before)
		put_change(c, row, at, CHANGE_WIDTH, v->points_change[comp]);
	at += CHANGE_WIDTH + (wide ? 2 : 1);
	words_age(x->day, book_as_of(a->book), age);
	canvas_put(c, row, at, width - at - (wide ? AGE_WIDTH + 1 : 0),
		present ? ROLE_TEXT : ROLE_UNKNOWN, text_of(words_input(comp, x, text)));
	if (wide)
		canvas_put_right(c, row, width - AGE_WIDTH - 1, AGE_WIDTH, ROLE_QUIET,
			text_of(age));
}

void facts_components(struct app *a, struct page *p, const struct account_view *v)
{
	int32_t figures = a->summary.figures_day;
	int most[COMP_COUNT];

	most_points(&v->health, most);
	for (int i = 0; i < COMP_COUNT; i++)
		put_component(a, p, v, (enum component)i, most[i]);
	if (figures != DAY_NONE && figures != book_as_of(a->book)) {
		char age[WORDS_MAX];

		page_print(p, 1, ROLE_QUIET,
			"days to renewal and since a talk as they were when "
			"recalculated, "
			"%s",
			words_age(figures, book_as_of(a->book), age));
	}
	if (v->health.held_by_pulse) {
		char age[WORDS_MAX];

		page_print(p, 1, ROLE_BAD,
			"pulse       red, %s: holds health at %d instead of %d",
			words_age(v->health.pulse_day, book_as_of(a->book), age),
			v->health.health, v->health.unheld);
	} else if (v->health.pulse) {
		static const char *const colour[] = { "", "red", "yellow", "green" };
		char age[WORDS_MAX];

		page_print(p, 1, ROLE_QUIET, "pulse       %s, %s: changes nothing",
			colour[v->health.pulse],
			words_age(v->health.pulse_day, book_as_of(a->book), age));
	}
}

void facts_health(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	char right[64];

	snprintf(right, sizeof(right), "%d %% of the weights known",
		(int)(v->health.coverage * 100 + 0.5));
	page_heading(p, "HEALTH", right);
	facts_health_line(a, &p->c, page_line(p), 1, p->c.columns - 2, v);
	page_line(p);
	facts_components(a, p, v);
	if (v->health.health == 0)
		page_print(p, 1, ROLE_UNKNOWN,
			"unknown: less than %d %% of the weights have an input",
			(int)(policy->min_coverage * 100 + 0.5));
	else if (known(v->row.health) && v->health.health != v->row.health)
		page_print(p, 1, ROLE_WATCH,
			"the data changed since the recalculation: it would be %d now",
			v->health.health);
}

/* What a component lost in 28 days or, when none did, what it costs most now. */
static int loss_of(const struct account_view *v, enum component comp, bool change)
{
	const struct component_explained *x = &v->health.component[comp];

	if (x->state != COMP_PRESENT)
		return 0;
	return change ? -v->points_change[comp] : (int)(x->weight * (100 - x->score));
}

void facts_curve(struct app *a, struct page *p, const struct account_view *v)
{
	const struct component_explained *x = v->health.component;
	bool change = false;
	int worst = 0;
	const struct curve *curve;
	char text[WORDS_MAX], score[NUMBER_TEXT_MAX], points[256] = "";
	size_t n = 0;

	for (int i = 0; i < COMP_COUNT; i++)
		change |= v->has_before && loss_of(v, (enum component)i, true) > 0;
	for (int i = 1; i < COMP_COUNT; i++)
		if (loss_of(v, (enum component)i, change) >
			loss_of(v, (enum component)worst, change))
			worst = i;
	if (loss_of(v, (enum component)worst, change) <= 0)
		return;
	curve = &book_policy(a->book)->health[v->row.tier].curve[worst];
	for (int i = 0; i < curve->n && n < sizeof(points); i++) {
		char at[NUMBER_TEXT_MAX], y[NUMBER_TEXT_MAX];

		n += (size_t)snprintf(points + n, sizeof(points) - n, " %s:%s",
			number_format(curve->x[i], 2, at),
			number_format(curve->y[i], 2, y));
	}
	page_print(p, 1, ROLE_QUIET, "%s %s: %s score %s by the curve%s",
		component_name[worst], change ? "lost most" : "costs most",
		words_input((enum component)worst, &x[worst], text),
		number_format(x[worst].score, 1, score), points);
}

/* ---- the axes ------------------------------------------------------------------- */

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
	page_print(p, 1, ROLE_TEXT, "%s = ARR %s x (1 %s%s %% growth)^3 x %s",
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

void facts_effort(struct app *a, struct page *p, const struct account_view *v)
{
	const struct effort_explained *x = &v->effort;
	char number[NUMBER_TEXT_MAX], weight[NUMBER_TEXT_MAX], right[64];
	bool wide = p->c.columns >= 70;

	(void)a;
	snprintf(right, sizeof(right), "%s of 100",
		words_number(v->row.effort, 1, number));
	page_heading(p, "EFFORT", right);
	if (x->assumed) {
		page_print(p, 1, ROLE_UNKNOWN, "nothing is known: %s is assumed",
			words_number(x->effort, 0, number));
		return;
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
}

void facts_score(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	char score[NUMBER_TEXT_MAX], value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX],
		wv[NUMBER_TEXT_MAX], we[NUMBER_TEXT_MAX], right[64];

	snprintf(right, sizeof(right), "%s of 100", words_number(v->row.score, 1, score));
	page_heading(p, "TIER SCORE", right);
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

void facts_tier(struct app *a, struct page *p, const struct account_view *v)
{
	const struct policy *policy = book_policy(a->book);
	char day[DAY_TEXT_MAX], share[NUMBER_TEXT_MAX], right[64] = "";

	if (v->row.tier != TIER_NONE && v->row.since != DAY_NONE)
		snprintf(right, sizeof(right), "since %s", day_format(v->row.since, day));
	page_heading(p, "TIER", right);
	if (v->row.tier == TIER_NONE)
		page_print(
			p, 1, ROLE_UNKNOWN, "not placed yet: a review gives it a tier");
	else
		page_print(p, 1, words_tier_role(v->row.tier), "tier %d%s", v->row.tier,
			v->row.locked ? ", locked by a person" : "");
	for (int t = 0; t < TIER_COUNT - 1; t++)
		page_print(p, 1, ROLE_QUIET,
			"tier %d: %u of %u places taken; the cap is %s %% of %u active "
			"accounts",
			t + 1, a->summary.in_tier[t + 1], a->summary.limit[t],
			number_format(policy->cap_bp[t] / 100.0, 2, share),
			a->summary.active);
}

/* ---- the trend ------------------------------------------------------------------ */

enum { TREND_WEEKS = 78, TREND_ROWS = 8, AXIS = 5 };

/* x of a day in dots. */
static int trend_x(int32_t day, int32_t last, int dots)
{
	return dots - 1 - (int)((int64_t)(last - day) * (dots - 1) / (TREND_WEEKS * 7));
}

static int trend_y(int health)
{
	return (100 - health) * (TREND_ROWS * 4 - 1) / 100;
}

/* Months under the axis, each where its first day lies. */
static void put_months(struct page *p, int row, int32_t last, int width)
{
	int32_t day = day_month_start(last);
	int step = width >= 180 ? 1 : width >= 60 ? 3 : 6;

	for (; day > last - TREND_WEEKS * 7; day = day_add_months(day, -1)) {
		int x = AXIS + trend_x(day, last, width * 2) / 2;
		struct civil civil = day_civil(day);

		if ((civil.month - 1) % step || x + 7 > p->c.columns)
			continue;
		canvas_glyph(&p->c, row - 1, x, ROLE_LINE, GLYPH_TICK_BELOW);
		canvas_print(&p->c, row, x, 7, ROLE_QUIET, "%04d-%02d", civil.year,
			civil.month);
	}
}

static void put_axis(const struct policy *policy, struct page *p, int top, int width)
{
	int value[] = { 100, policy->healthy_from, policy->watch_from, 0 };

	for (int i = 0; i < TREND_ROWS; i++)
		canvas_glyph(&p->c, top + i, AXIS - 1, ROLE_LINE, GLYPH_VERTICAL);
	for (int i = 0; i < 4; i++) {
		int row = top + trend_y(value[i]) / 4;
		char number[16];

		snprintf(number, sizeof(number), "%d", value[i]);
		canvas_put_right(&p->c, row, 0, AXIS - 1, ROLE_QUIET, text_of(number));
		canvas_glyph(&p->c, row, AXIS - 1, ROLE_LINE, GLYPH_TICK_LEFT);
		for (int x = 0; (i == 1 || i == 2) && x < width; x += 2)
			canvas_glyph(&p->c, row, AXIS + x, ROLE_TRACK, GLYPH_DOT);
	}
	for (int i = 0; i < width; i++)
		canvas_glyph(
			&p->c, top + TREND_ROWS, AXIS + i, ROLE_LINE, GLYPH_HORIZONTAL);
	canvas_glyph(&p->c, top + TREND_ROWS, AXIS - 1, ROLE_LINE, GLYPH_BOTTOM_LEFT);
}

/* Each new policy version is a "v2" above the line, so that nobody takes a changed
 * formula for a changed customer. */
static void put_versions(
	struct page *p, const struct account_view *v, int row, int32_t last, int width)
{
	for (uint32_t i = 1; i < v->trend_n; i++) {
		const struct snapshot_day *at = &v->trend[i].at;
		int x = AXIS + trend_x(at->day, last, width * 2) / 2;

		if (at->policy_version != v->trend[i - 1].at.policy_version && x >= AXIS)
			canvas_print(
				&p->c, row, x, 5, ROLE_MARK, "v%d", at->policy_version);
	}
}

void facts_trend(struct app *a, struct page *p, const struct account_view *v)
{
	int width = p->c.columns - AXIS - 1, top, previous_x = -1, previous_y = 0;
	int32_t last = a->summary.figures_day;
	struct plot plot;
	char right[64];

	snprintf(right, sizeof(right), "%u snapshots, %d weeks", v->trend_n, TREND_WEEKS);
	page_heading(p, "TREND", right);
	if (v->trend_n == 0 || last == DAY_NONE || width < 10) {
		page_print(p, 1, ROLE_QUIET, "no snapshot yet");
		return;
	}
	top = page_lines(p, TREND_ROWS + 3) + 1;
	put_axis(book_policy(a->book), p, top, width);
	put_months(p, top + TREND_ROWS + 1, last, width);
	put_versions(p, v, top - 1, last, width);
	plot_init(&plot);
	plot_reset(&plot, TREND_ROWS, width);
	for (uint32_t i = 0; i < v->trend_n; i++) {
		const struct snapshot_row *s = &v->trend[i];
		int x = trend_x(s->at.day, last, width * 2), y = trend_y(s->health);

		if (!known(s->health) || x < 0) {
			previous_x = -1;
			continue;
		}
		if (previous_x >= 0)
			plot_line(&plot, previous_x, previous_y, x, y);
		plot_dot(&plot, x, y);
		previous_x = x;
		previous_y = y;
	}
	for (int i = 0; i < TREND_ROWS * width; i++)
		if (plot.dots[i])
			canvas_dots(&p->c, top + i / width, AXIS + i % width, ROLE_SPARK,
				plot.dots[i]);
	plot_clear(&plot);
}
