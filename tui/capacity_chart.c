/* Accounts per CSM over the last year, a picture for each tier with named owners, with
 * the limits of its band: a ratio that creeps up shows before it is above one. */
#include "tui/capacity.h"
#include "tui/chart.h"

#include <stdio.h>

enum { CHART_ROWS = 11, SIDE_BY_SIDE = 100, GAP = 2 };

static void paint_tier(
	const struct capacity_screen *s, struct canvas *c, struct rect r, int tier)
{
	const struct capacity_band *b = &s->found->band[tier];
	char name[48], most[32], least[32];
	const struct chart_level levels[] = { { b->max, most, NULL },
		{ b->min, least, NULL } };
	double ratio[CAPACITY_PAST];
	int32_t day[CAPACITY_PAST];
	const struct chart_series series = { name, ROLE_SPARK, '*', ratio };
	const struct chart chart = { .kind = CHART_LINES,
		.unit = "",
		.decimals = 1,
		.n = (int)s->past_n,
		.day = day,
		.series = &series,
		.series_n = 1,
		.level = levels,
		.level_n = b->min > 0 ? 2 : 1,
		.cursor = -1 };

	snprintf(name, sizeof(name), "accounts per CSM, tier %d", tier + 1);
	snprintf(most, sizeof(most), "at most %g", b->max);
	snprintf(least, sizeof(least), "at least %g", b->min);
	for (uint32_t k = 0; k < s->past_n; k++) {
		ratio[k] = capacity_ratio(&s->past[k], tier + 1);
		day[k] = s->past[k].day;
	}
	chart_paint(c, r, &chart);
}

/* Below what is said; nothing where there is no past yet. */
void capacity_charts(const struct capacity_screen *s, struct page *p)
{
	const bool beside = p->c.columns >= SIDE_BY_SIDE;
	const int width = beside ? (p->c.columns - GAP) / 2 : p->c.columns;
	int named = 0, row = 0;

	for (int t = 0; t < CAPACITY_NAMED && s->past_n > 1; t++) {
		const int column = beside && named % 2 ? width + GAP : 0;

		if (s->found->band[t].pooled)
			continue;
		if (!column)
			row = page_lines(p, CHART_ROWS + 1) + 1;
		paint_tier(s, &p->c, (struct rect){ row, column, CHART_ROWS, width }, t);
		named++;
	}
}
