/* The health of an account over time, as a picture on a page. */
#include "tui/facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tui/chart.h"
#include "tui/mem.h"

enum { TREND_WEEKS = 78, TREND_ROWS = 11, VERSIONS_MAX = 32 };

/* A changed formula is marked, so that nobody takes it for a changed customer. */
static int versions_of(const struct account_view *v, struct chart_version *out)
{
	int n = 0;

	for (uint32_t i = 1; i < v->trend_n && n < VERSIONS_MAX; i++) {
		const struct snapshot_day *at = &v->trend[i].at;

		if (at->policy_version != v->trend[i - 1].at.policy_version)
			out[n++] = (struct chart_version){ at->day, at->policy_version };
	}
	return n;
}

static void paint_trend(struct app *a, struct page *p, const struct account_view *v,
	struct rect r, int reading)
{
	const struct policy *policy = book_policy(a->book);
	const struct chart_level levels[] = { { policy->healthy_from, "healthy", NULL },
		{ policy->watch_from, "watch", NULL } };
	struct chart_version versions[VERSIONS_MAX];
	double *health = mem_new(v->trend_n, sizeof(*health));
	int32_t *day = mem_new(v->trend_n, sizeof(*day)), last = a->summary.figures_day;
	struct chart_series series = { "health", ROLE_SPARK, 'h', health };
	struct chart chart = { .kind = CHART_LINES,
		.unit = "",
		.n = (int)v->trend_n,
		.day = day,
		.from = last - TREND_WEEKS * 7,
		.to = last,
		.series = &series,
		.series_n = 1,
		.low = 0,
		.high = 100,
		.level = levels,
		.level_n = 2,
		.version = versions,
		.version_n = versions_of(v, versions),
		.cursor = reading };

	for (uint32_t i = 0; i < v->trend_n; i++) {
		uint8_t h = v->trend[i].health;

		day[i] = v->trend[i].at.day;
		health[i] = h == HEALTH_UNKNOWN || h == HEALTH_NONE ? NAN : h;
	}
	chart_paint(&p->c, r, &chart);
	free(health);
	free(day);
}

int facts_trend(struct app *a, struct page *p, const struct account_view *v, int reading)
{
	char right[64] = "none", day[DAY_TEXT_MAX];
	int row;

	if (v->trend_n)
		snprintf(right, sizeof(right), "%u snapshot%s since %s", v->trend_n,
			TEXT_S(v->trend_n), day_format(v->trend[0].at.day, day));
	page_heading(p, "TREND", right);
	if (v->trend_n == 0 || a->summary.figures_day == DAY_NONE) {
		page_print(p, 1, ROLE_QUIET, "no figures yet: %s recalculates",
			keys_word(SCOPE_SCREEN, ACT_RECALCULATE));
		return 0;
	}
	row = page_lines(p, TREND_ROWS);
	paint_trend(
		a, p, v, (struct rect){ row, 0, TREND_ROWS, p->c.columns - 1 }, reading);
	return TREND_ROWS;
}
