/* How healthy the base was, over time. */
#include "report/board_internal.h"

#include <math.h>

static double healthy(const struct trend *t, uint32_t k)
{
	return t->point[k].in_band[BAND_HEALTHY];
}

static double watch(const struct trend *t, uint32_t k)
{
	return t->point[k].in_band[BAND_WATCH];
}

static double at_risk(const struct trend *t, uint32_t k)
{
	return t->point[k].in_band[BAND_AT_RISK];
}

static double unknown(const struct trend *t, uint32_t k)
{
	return t->point[k].in_band[BAND_UNKNOWN];
}

static double lower(const struct trend *t, uint32_t k)
{
	return t->point[k].quartile[0];
}

static double median(const struct trend *t, uint32_t k)
{
	return t->point[k].quartile[1];
}

static double upper(const struct trend *t, uint32_t k)
{
	return t->point[k].quartile[2];
}

static struct doc_table *weeks_table(struct board *x)
{
	static const struct doc_column columns[] = { { "Day", false, false },
		{ "Policy", true, false }, { "Active", true, false },
		{ "Healthy", true, false }, { "Watch", true, false },
		{ "At risk", true, false }, { "Unknown", true, false },
		{ "Lower quartile", true, false }, { "Median", true, false },
		{ "Upper quartile", true, false } };
	struct doc_table *t = doc_table(x->d, "", columns, 10);
	char a[DOC_FIGURE_MAX];

	for (uint32_t k = 0; k < x->trend->points; k++) {
		const struct trend_point *p = &x->trend->point[k];
		const uint32_t counts[] = { p->active, p->in_band[BAND_HEALTHY],
			p->in_band[BAND_WATCH], p->in_band[BAND_AT_RISK],
			p->in_band[BAND_UNKNOWN] };

		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_day(p->at.day, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%d", (int)p->at.policy_version);
		for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++)
			doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(counts[c], a));
		for (int q = 0; q < 3; q++) {
			char number[PLOT_NUMBER_MAX];

			doc_cellf(x->d, t, TONE_PLAIN, "%s",
				isnan(p->quartile[q])
					? "--"
					: plot_number(p->quartile[q], PLOT_POINTS, NULL,
						  number));
		}
	}
	return t;
}

static void put_bands(struct board *x)
{
	struct plot_time p = { .day = x->day,
		.n = x->trend->points,
		.series = { { { "healthy", INK_GOOD, false, false },
				    board_series(x, healthy) },
			{ { "watch", INK_WATCH, false, false }, board_series(x, watch) },
			{ { "at risk", INK_RISK, false, false },
				board_series(x, at_risk) },
			{ { "not known", INK_UNKNOWN, false, false },
				board_series(x, unknown) } },
		.count = 4,
		.stacked = true,
		.most = (double)NAN,
		.unit = PLOT_COUNT,
		.title = "active accounts",
		.event = x->event,
		.events = x->events,
		.height = 190 };

	if (x->d->failed)
		return;
	doc_chart(x->d, plot_time(&x->d->arena, &p), "Accounts by health, week by week",
		x->events ? "Bands are those of the policy in force now. A dashed line "
			    "marks "
			    "the day another policy came in force: what changes there "
			    "may be "
			    "the rules, not the accounts."
			  : "Bands are those of the policy in force. The policy did not "
			    "change in this time.",
		weeks_table(x));
}

static void put_quartiles(struct board *x)
{
	struct plot_time p = { .day = x->day,
		.n = x->trend->points,
		.series = { { { "upper quartile", INK_GOOD, true, false },
				    board_series(x, upper) },
			{ { "median", INK_ACCENT, true, false },
				board_series(x, median) },
			{ { "lower quartile", INK_RISK, true, false },
				board_series(x, lower) } },
		.count = 3,
		.zero = true,
		.most = 100,
		.unit = PLOT_POINTS,
		.title = "health, 1 to 100",
		.event = x->event,
		.events = x->events,
		.height = 140 };

	if (x->d->failed)
		return;
	doc_chart(x->d, plot_time(&x->d->arena, &p), "How healthy the base is",
		"Half of the accounts whose health is known lie between the quartiles.",
		NULL);
}

void board_health(struct board *x)
{
	char a[DOC_FIGURE_MAX];

	doc_section(x->d, "health", "Health");
	if (!x->trend->points) {
		doc_say(x->d, TONE_ASK, "No snapshot yet: run `tierdesk recalc`.");
		return;
	}
	doc_tile(x->d, TONE_PLAIN, "Healthy", "", "%s",
		doc_count(x->sum.in_band[BAND_HEALTHY], a));
	doc_tile(x->d, TONE_PLAIN, "Watch", "", "%s",
		doc_count(x->sum.in_band[BAND_WATCH], a));
	doc_tile(x->d, TONE_PLAIN, "At risk", "", "%s",
		doc_count(x->sum.in_band[BAND_AT_RISK], a));
	doc_tile(x->d, TONE_PLAIN, "Not known", "", "%s", doc_count(x->sum.unknown, a));
	if (!board_has_trend(x, healthy)) {
		doc_say(x->d, TONE_ASK,
			"Only one snapshot so far: how health goes shows from the second "
			"on. "
			"Run `tierdesk recalc` every week or day.");
		return;
	}
	put_bands(x);
	if (board_has_trend(x, median))
		put_quartiles(x);
}
