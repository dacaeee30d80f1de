/* What was kept of the revenue: over time, of the tiers in the last year, and why some of
 * it was lost. */
#include "report/board_internal.h"

#include <math.h>
#include <stdio.h>

/* ---- over time ---- */

enum { MONTH_SERIES = 4 };

static double figure_of(const struct trend_month *m, int series)
{
	switch (series) {
	case 0:
		return trend_nrr(&m->year);
	case 1:
		return trend_grr(&m->year);
	case 2:
		return trend_nrr(&m->month);
	default:
		return trend_grr(&m->month);
	}
}

/* The first month of which anything is known; the number of months: none is. */
static int first_known(const struct trend *t)
{
	int k = t->revenue_first;

	while (k < t->months && isnan(trend_nrr(&t->month[k].month)) &&
		isnan(trend_nrr(&t->month[k].year)))
		k++;
	return k;
}

static struct doc_table *months_table(struct board *x, int first)
{
	static const struct doc_column columns[] = { { "Month", false, false },
		{ "NRR 12 months", true, false }, { "GRR 12 months", true, false },
		{ "NRR of the month", true, false }, { "GRR of the month", true, false },
		{ "Opening ARR", true, false }, { "Closing ARR", true, false },
		{ "Accounts", true, false }, { "Lost", true, false } };
	struct doc_table *t = doc_table(x->d, "", columns, 9);
	char a[DOC_FIGURE_MAX];

	for (int k = first; k < x->trend->months; k++) {
		const struct trend_month *m = &x->trend->month[k];

		doc_cellf(x->d, t, TONE_PLAIN, "%.7s", doc_day(m->first, a));
		for (int s = 0; s < MONTH_SERIES; s++)
			doc_cellf(x->d, t, TONE_PLAIN, "%s",
				doc_percent(figure_of(m, s), a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_money(m->month.opening, x->currency, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_money(m->month.closing, x->currency, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(m->month.accounts, a));
		doc_cellf(x->d, t, m->month.lost ? TONE_STRONG : TONE_PLAIN, "%s",
			doc_count(m->month.lost, a));
	}
	return t;
}

static void put_retention(struct board *x)
{
	static const struct plot_key keys[MONTH_SERIES] = {
		{ "NRR, 12 months", INK_ACCENT, true, false },
		{ "GRR, 12 months", INK_GOOD, true, false },
		{ "NRR, of the month", INK_ACCENT, true, true },
		{ "GRR, of the month", INK_GOOD, true, true },
	};
	const struct trend *t = x->trend;
	const int first = first_known(t), n = t->months - first;
	int32_t *day = arena_alloc(&x->d->arena, ((size_t)n + 1) * sizeof(*day));
	struct plot_time p = { .day = day,
		.n = (uint32_t)n,
		.count = MONTH_SERIES,
		.most = 100,
		.unit = PLOT_PERCENT,
		.title = "% of the opening ARR",
		.height = 180 };

	for (int s = 0; s < MONTH_SERIES; s++) {
		double *y = arena_alloc(&x->d->arena, ((size_t)n + 1) * sizeof(*y));

		x->d->failed |= !y || !day;
		for (int k = 0; y && k < n; k++)
			y[k] = figure_of(&t->month[first + k], s);
		p.series[s] = (struct plot_series){ keys[s], y };
	}
	if (x->d->failed)
		return;
	for (int k = 0; k < n; k++)
		day[k] = day_add_months(t->month[first + k].first, 1) - 1;
	doc_chart(x->d, plot_time(&x->d->arena, &p),
		"Net and gross revenue retention, at the end of each month",
		"Closing ARR of the accounts that had some at the opening, in percent of "
		"it; "
		"gross counts no account for more than it opened with. A month cut out "
		"of a "
		"year says little by itself: read the 12 months.",
		months_table(x, first));
}

/* ---- the last year ---- */

static void put_group(struct board *x, struct doc_table *t, const struct revenue_group *g,
	const char *name)
{
	const struct revenue_money *m = &g->money;
	const enum revenue_verdict v = revenue_verdict(x->policy, x->revenue, g);
	const double rates[] = { trend_nrr(&m->cohort), trend_grr(&m->cohort),
		revenue_nrr_moved(m), revenue_logos_kept(m) };
	const int64_t amounts[] = { m->cohort.opening, revenue_expansion(m),
		revenue_contraction(m), m->churn, m->cohort.closing };
	char a[DOC_FIGURE_MAX], group[REVENUE_GROUP_MAX];

	if (name)
		doc_cellf(x->d, t, TONE_STRONG, "%s", name);
	else
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			revenue_group_said(x->revenue, g, group));
	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(m->cohort.accounts, a));
	for (size_t k = 0; k < sizeof(amounts) / sizeof(*amounts); k++)
		doc_cellf(
			x->d, t, TONE_PLAIN, "%s", doc_money(amounts[k], x->currency, a));
	for (size_t k = 0; k < sizeof(rates) / sizeof(*rates); k++)
		doc_cellf(x->d, t, k == 0 ? TONE_STRONG : TONE_PLAIN, "%s",
			doc_percent(rates[k], a));
	doc_cellf(x->d, t, v == VERDICT_RED ? TONE_ALARM : TONE_PLAIN, "%s",
		revenue_verdict_name[v]);
}

static void put_groups(struct board *x)
{
	static const struct doc_column columns[] = { { "Group", false, false },
		{ "Accounts", true, false }, { "Opening", true, false },
		{ "Grown", true, false }, { "Shrunk", true, false },
		{ "Left", true, false }, { "Closing", true, false },
		{ "NRR", true, false }, { "GRR", true, false },
		{ "NRR, moved", true, false }, { "Logos kept", true, false },
		{ "By the targets", false, false } };
	const struct revenue *r = x->revenue;
	const double *n = x->policy->number;
	char caption[96], from[DOC_FIGURE_MAX], to[DOC_FIGURE_MAX];
	struct doc_table *t;

	snprintf(caption, sizeof(caption), "The year from %s to %s",
		doc_day(r->asked.from, from), doc_day(r->asked.to, to));
	t = doc_table(x->d, caption, columns, 12);
	for (uint32_t k = 0; k < r->groups; k++)
		put_group(x, t, &r->group[k], NULL);
	put_group(x, t, &r->all, "all");
	doc_show(x->d, t);
	doc_say(x->d, TONE_QUIET,
		"Targets of the policy for a year: NRR %g %% in tier 1, %g %% in tier 2, "
		"%g %% in tier 3 and of all; GRR %g %%. Green reaches both; red is a GRR "
		"below %g %%; watch is what lies between. A tier with a higher target "
		"can be "
		"watch with a better NRR than all of them.",
		n[POLICY_REVENUE_NRR_1], n[POLICY_REVENUE_NRR_2], n[POLICY_REVENUE_NRR_3],
		n[POLICY_REVENUE_GRR], n[POLICY_REVENUE_GRR_RED]);
}

static void put_reasons(struct board *x)
{
	static const struct doc_column columns[] = { { "Why", false, false },
		{ "Accounts", true, false }, { "ARR", true, false },
		{ "Of what was lost", true, false }, { "What that is", false, false },
		{ "In our hands", false, false }, { "Done about it", false, false } };
	const struct revenue *r = x->revenue;
	struct doc_table *t = doc_table(x->d, "Why accounts were lost", columns, 7);
	char a[DOC_FIGURE_MAX], fixes[REVENUE_FIXES_MAX];

	for (int k = 0; k < CHURN_CLASSES; k++) {
		if (!r->lost[k])
			continue;
		doc_cellf(x->d, t, TONE_PLAIN, "%s", churn_classes[k].name);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(r->lost[k], a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_money(r->lost_arr[k], x->currency, a));
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			doc_percent(board_share(r->lost_arr[k], r->all.money.churn), a));
		doc_cellf(x->d, t, TONE_QUIET, "%s", churn_classes[k].help);
		doc_cellf(
			x->d, t, TONE_PLAIN, "%s", churn_classes[k].ours ? "yes" : "no");
		doc_cellf(x->d, t, TONE_PLAIN, "%s",
			revenue_fixes_text(r, (enum churn_class)k, fixes));
	}
	if (doc_rows(t))
		doc_show(x->d, t);
}

static void say(void *arg, enum revenue_line kind, const char *text)
{
	struct board *x = arg;

	doc_say(x->d,
		kind == REVENUE_WARNS  ? TONE_ALARM
		: kind == REVENUE_RULE ? TONE_QUIET
				       : TONE_PLAIN,
		"%s", text);
}

void board_retention(struct board *x)
{
	char text[OBSERVED_TEXT_MAX];

	doc_section(x->d, "retention", "Retention");
	if (!revenue_observed(x->revenue)) {
		doc_say(x->d, TONE_ALARM,
			"No retention yet: %s. What is on record is of survivors.",
			observed_text(&x->revenue->observed, x->revenue->asked.to, text));
		return;
	}
	if (!x->trend->revenue || first_known(x->trend) + 2 > x->trend->months) {
		doc_say(x->d, TONE_ASK,
			"The book holds no revenue of two whole months: neither "
			"contracts nor "
			"movements. Import them, and NRR and GRR can be told.");
		return;
	}
	put_retention(x);
	if (!x->revenue->all.money.cohort.accounts)
		return;
	put_groups(x);
	put_reasons(x);
	revenue_say(x->revenue, x->policy, say, x);
}
