/* Value against effort. */
#include "report/board_internal.h"

#include <math.h>

#include "core/money.h"
#include "core/quadrants.h"

/* In the order of the corners of the plot: high value is above, high effort right. */
static const enum quadrant corner[4] = { QUAD_MANAGED, QUAD_ATTENTION, QUAD_TECH,
	QUAD_FIX };

static const struct plot_key band_key[] = {
	[BAND_UNKNOWN] = { "health not known", INK_UNKNOWN, false, false },
	[BAND_AT_RISK] = { "at risk", INK_RISK, false, false },
	[BAND_WATCH] = { "watch", INK_WATCH, false, false },
	[BAND_HEALTHY] = { "healthy", INK_GOOD, false, false },
};

/* Active accounts that have both figures. */
static struct plot_point *points_of(
	struct board *x, const struct book_figures *f, uint32_t *n)
{
	struct plot_point *point =
		arena_alloc(&x->d->arena, ((size_t)f->n + 1) * sizeof(*point));
	int64_t most = 1;

	*n = 0;
	x->d->failed |= !point;
	for (uint32_t i = 0; i < f->n; i++)
		if (f->active[i] && amounts_or_none(f->arr, i) > most)
			most = amounts_at(f->arr, i);
	for (uint32_t i = 0; point && i < f->n; i++) {
		const double pct = figures_value_pct(f->scores, i);
		const double effort = figures_effort(f->scores, i);
		const int64_t arr = amounts_at(f->arr, i);
		const double worth = arr > 0 ? sqrt((double)arr / (double)most) : 0;

		if (f->active[i] && !isnan(pct) && !isnan(effort))
			point[(*n)++] = (struct plot_point){ (float)effort, (float)pct,
				(float)worth,
				(uint8_t)health_band(
					x->policy, f->scores->health[i] == HEALTH_NONE
							   ? HEALTH_UNKNOWN
							   : f->scores->health[i]) };
	}
	return point;
}

static void put_table(struct board *x, const struct quadrants *q)
{
	static const struct doc_column columns[] = { { "Quadrant", false, false },
		{ "Accounts", true, false }, { "ARR", true, false },
		{ "Of ARR", true, false }, { "Tier 1", true, false },
		{ "Tier 2", true, false }, { "Tier 3", true, false } };
	static const enum quadrant order[] = { QUAD_ATTENTION, QUAD_MANAGED, QUAD_FIX,
		QUAD_TECH };
	struct doc_table *t = doc_table(x->d, "", columns, 7);
	char a[DOC_FIGURE_MAX];

	for (int k = 0; k < 4; k++) {
		const struct quadrants_sum *s = &q->of[order[k]];

		doc_cellf(x->d, t, TONE_PLAIN, "%s", quadrant_name[order[k]]);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(s->n, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_money(s->arr, x->currency, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_percent(board_share(s->arr, x->sum.arr), a));
		for (int tier = 1; tier <= TIER_COUNT; tier++)
			doc_cellf(x->d, t, TONE_PLAIN, "%s",
				doc_count(s->in_tier[tier], a));
	}
	doc_show(x->d, t);
}

enum status board_quadrant(struct board *x, struct err *e)
{
	struct plot_scatter p = { .keys = PLOT_PARTS,
		.line_x = x->policy->line_effort,
		.line_y = x->policy->line_value,
		.title_x = "effort, 0 to 100",
		.title_y = "value, percentile rank among the active accounts" };
	struct book_figures f;
	struct quadrants q;
	const enum status st = book_figures(x->b, &f, e);

	if (st != ST_OK)
		return st;
	doc_section(x->d, "quadrant", "Value against effort");
	p.point = points_of(x, &f, &p.n);
	quadrants_count(
		&f, f.active, f.n, &(struct quadrants_lines){ p.line_y, p.line_x }, &q);
	for (int k = 0; k < PLOT_PARTS; k++) {
		char n[DOC_FIGURE_MAX], arr[DOC_FIGURE_MAX];
		const struct quadrants_sum *s = &q.of[corner[k]];

		p.key[k] = band_key[k];
		p.corner[k] = doc_text(x->d, "%s: %s, %s", quadrant_name[corner[k]],
			doc_count(s->n, n), doc_money(s->arr, x->currency, arr));
	}
	if (x->d->failed)
		return ST_OK;
	if (!p.n) {
		doc_say(x->d, TONE_ASK,
			"No active account has a value and an effort yet: run `tierdesk "
			"recalc`.");
		return ST_OK;
	}
	doc_chart(x->d, plot_scatter(&x->d->arena, &p),
		"Every active account by value and effort",
		p.n > PLOT_POINTS_MAX
			? "A field is the larger the more accounts are in it, in the "
			  "colour "
			  "of most of them. The lines are those of the policy."
			: "A dot is the larger the more ARR the account has. The lines "
			  "are "
			  "those of the policy.",
		NULL);
	put_table(x, &q);
	return ST_OK;
}
