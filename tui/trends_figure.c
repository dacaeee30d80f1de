/* The pictures of the Trends screen as data. */
#include "tui/trends.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/mem.h"
#include "tui/words.h"

static const struct {
	const char *title, *brief;
} pictures[TRENDS_PICTURES] = {
	[TRENDS_BANDS] = { "Health: shares of the bands", "Health" },
	[TRENDS_TIERS] = { "Shares of tier 1 and 2 against their caps", "Tiers" },
	[TRENDS_ARR] = { "Shares of the tiers in ARR", "ARR" },
	[TRENDS_AVERAGE] = { "Average health and quartiles", "Average" },
	[TRENDS_MONTHS] = { "NRR and GRR, month by month", "NRR 1m" },
	[TRENDS_YEARS] = { "NRR and GRR over the twelve months before", "NRR 12m" },
	[TRENDS_TICKETS] = { "Tickets opened, by root cause", "Tickets" },
	[TRENDS_ALERTS] = { "Open alerts, by severity", "Alerts" },
	[TRENDS_TURNOVER] = { "Alerts opened and ended, point by point", "Opened" },
	[TRENDS_MARKED] = { "Health of the marked accounts", "Marked" },
};

const char *trends_title(enum trends_picture p)
{
	return pictures[p].title;
}

const char *trends_short(enum trends_picture p)
{
	return pictures[p].brief;
}

static struct chart_series *add(struct trends_figure *f, const char *name, enum role role,
	char letter, double **y)
{
	struct chart_series *s = &f->series[f->chart.series_n];

	*y = f->y + (size_t)f->chart.series_n * (size_t)f->chart.n;
	*s = (struct chart_series){ name, role, letter, *y };
	f->chart.series_n++;
	return s;
}

static void add_level(struct trends_figure *f, double y, const char *name, int number)
{
	char *text = f->level_name[f->chart.level_n];

	if (name[0])
		snprintf(text, sizeof(f->level_name[0]), "%s %d", name, number);
	f->level[f->chart.level_n++] = (struct chart_level){ y, text, NULL };
}

/* Room for the points of the figure, and their days. */
static void make_room(struct trends_figure *f, int n)
{
	f->chart.n = n;
	f->y = mem_new((size_t)n * (TREND_LINES + 2) + 1, sizeof(*f->y));
	f->day = mem_new((size_t)n + 1, sizeof(*f->day));
	f->chart.day = f->day;
	f->chart.series = f->series;
	f->chart.level = f->level;
	f->chart.version = f->version;
}

/* ---- day by day ----------------------------------------------------------------- */

static void take_days(const struct trend *t, struct trends_figure *f)
{
	make_room(f, (int)t->points);
	for (uint32_t i = 0; i < t->points; i++) {
		const struct snapshot_day *at = &t->point[i].at;

		f->day[i] = at->day;
		if (i > 0 && at->policy_version != t->point[i - 1].at.policy_version &&
			f->chart.version_n < 16)
			f->version[f->chart.version_n++] =
				(struct chart_version){ at->day, at->policy_version };
	}
}

static void figure_bands(const struct trend *t, struct trends_figure *f)
{
	static const struct {
		enum health_band band;
		char letter;
	} bands[] = { { BAND_AT_RISK, 'r' }, { BAND_WATCH, 'w' }, { BAND_HEALTHY, 'h' },
		{ BAND_UNKNOWN, 'u' } };

	f->chart.kind = CHART_STACK;
	f->chart.high = 100;
	for (int k = 0; k < 4; k++) {
		double *y;

		add(f, words_band(bands[k].band), words_band_role(bands[k].band),
			bands[k].letter, &y);
		for (uint32_t i = 0; i < t->points; i++)
			y[i] = i < t->counted
				       ? (double)NAN
				       : trend_share(t->point[i].in_band[bands[k].band],
						 t->point[i].active);
	}
}

/* The caps as they were on each day; their lines are named by the newest. */
static void add_caps(const struct trend *t, struct trends_figure *f, const char *of)
{
	for (int tier = 1; tier <= 2; tier++) {
		struct chart_level *level = &f->level[f->chart.level_n];
		double *y = f->y + (size_t)(TREND_LINES + tier - 1) * (size_t)f->chart.n;

		snprintf(f->level_name[tier - 1], sizeof(f->level_name[0]),
			"cap of tier %d%s", tier, of);
		*level = (struct chart_level){ NAN, f->level_name[tier - 1], y };
		f->chart.level_n++;
		for (uint32_t i = 0; i < t->points; i++)
			y[i] = t->caps[i].known ? t->caps[i].bp[tier - 1] / 100.0
						: (double)NAN;
	}
}

static void figure_tiers(const struct trend *t, struct trends_figure *f)
{
	static const char *const name[] = { "tier 1", "tier 2" };

	for (int tier = 1; tier <= 2; tier++) {
		double *y;

		add(f, name[tier - 1], words_tier_role((unsigned)tier),
			(char)('0' + tier), &y);
		for (uint32_t i = 0; i < t->points; i++)
			y[i] = i < t->counted ? (double)NAN
					      : trend_share(t->point[i].in_tier[tier],
							t->point[i].active);
	}
	add_caps(t, f, "");
}

static void figure_arr(const struct trend *t, struct trends_figure *f)
{
	static const char *const name[] = { "tier 1", "tier 2", "tier 3" };
	bool any = false;

	for (unsigned tier = 1; tier <= TIER_COUNT; tier++) {
		double *y;

		add(f, name[tier - 1], words_tier_role(tier), (char)('0' + tier), &y);
		for (uint32_t i = 0; i < t->points; i++) {
			y[i] = t->revenue ? trend_money_share(&t->money[i], tier)
					  : (double)NAN;
			any |= !isnan(y[i]);
		}
	}
	add_caps(t, f, ", accounts");
	f->chart.low = 0;
	f->chart.high = 100;
	if (!t->revenue)
		f->missing =
			t->done ? "The ARR of the past can't be told." : "Counting ...";
	else if (!any)
		f->missing = "No ARR on record on these days.";
}

static void figure_average(
	const struct policy *policy, const struct trend *t, struct trends_figure *f)
{
	static const struct {
		const char *name;
		enum role role;
		char letter;
	} lines[] = { { "average", ROLE_STRONG, 'A' }, { "median", ROLE_SPARK, 'M' },
		{ "upper quartile", ROLE_GOOD, 'U' },
		{ "lower quartile", ROLE_BAD, 'L' } };
	double *y[4];

	f->chart.unit = "";
	f->chart.high = 100;
	for (int k = 0; k < 4; k++)
		add(f, lines[k].name, lines[k].role, lines[k].letter, &y[k]);
	for (uint32_t i = 0; i < t->points; i++) {
		const struct trend_point *p = &t->point[i];
		const bool there = i >= t->counted;

		y[0][i] = there ? p->mean : (double)NAN;
		y[1][i] = there ? p->quartile[1] : (double)NAN;
		y[2][i] = there ? p->quartile[2] : (double)NAN;
		y[3][i] = there ? p->quartile[0] : (double)NAN;
	}
	add_level(f, policy->healthy_from, "healthy from", policy->healthy_from);
	add_level(f, policy->watch_from, "at risk below", policy->watch_from);
}

static void figure_marked(
	const struct trends *s, const struct policy *policy, struct trends_figure *f)
{
	static const enum role roles[] = { ROLE_GOOD, ROLE_WATCH, ROLE_BAD, ROLE_SPARK,
		ROLE_TIER1, ROLE_TIER2, ROLE_STRONG, ROLE_QUIET };

	f->chart.unit = "";
	f->chart.decimals = 0;
	f->chart.high = 100;
	for (int k = 0; k < s->t->lines; k++) {
		double *y;

		add(f, s->name[k], roles[k], (char)('a' + k), &y);
		for (uint32_t i = 0; i < s->t->points; i++)
			y[i] = s->t->line[k][i];
	}
	add_level(f, policy->healthy_from, "healthy from", policy->healthy_from);
	add_level(f, policy->watch_from, "at risk below", policy->watch_from);
	if (s->t->lines == 0)
		f->missing =
			"Mark up to 8 accounts on the Book screen to see their lines "
			"together.";
}

/* The worst at the bottom, where the bands stand on. */
static void figure_alerts(const struct trend *t, struct trends_figure *f)
{
	static const struct {
		enum severity severity;
		enum role role;
		char letter;
	} bands[] = { { SEV_CRITICAL, ROLE_BAD, 'c' }, { SEV_WARNING, ROLE_WATCH, 'w' },
		{ SEV_INFO, ROLE_UNKNOWN, 'i' }, { SEV_OPPORTUNITY, ROLE_GOOD, 'o' } };

	f->chart.kind = CHART_STACK;
	for (int k = 0; k < 4; k++) {
		double *y;

		add(f, alert_severity_word[bands[k].severity], bands[k].role,
			bands[k].letter, &y);
		for (uint32_t i = 0; i < t->points; i++)
			y[i] = t->alerts && t->alert[i].known
				       ? t->alert[i].open[bands[k].severity]
				       : (double)NAN;
	}
}

static void figure_turnover(const struct trend *t, struct trends_figure *f)
{
	static const struct {
		const char *name;
		enum role role;
		char letter;
	} lines[] = { { "opened", ROLE_WATCH, 'O' }, { "closed", ROLE_GOOD, 'C' },
		{ "resolved", ROLE_SPARK, 'R' } };

	for (int k = 0; k < 3; k++) {
		double *y;

		add(f, lines[k].name, lines[k].role, lines[k].letter, &y);
		for (uint32_t i = 0; i < t->points; i++) {
			const struct trend_alerts *x = t->alerts ? &t->alert[i] : NULL;

			y[i] = !x || !x->known ? (double)NAN
			       : k == 0        ? x->opened
			       : k == 1        ? x->closed
					       : x->resolved;
		}
	}
}

/* Counts; and why there are none. */
static void figure_of_alerts(
	const struct trend *t, enum trends_picture p, struct trends_figure *f)
{
	f->chart.unit = "";
	f->chart.decimals = 0;
	if (p == TRENDS_ALERTS)
		figure_alerts(t, f);
	else
		figure_turnover(t, f);
	if (!t->alerts)
		f->missing = t->done ? "The alerts can't be told." : "Counting ...";
	else if (t->points > 0 && !t->alert[t->points - 1].known)
		f->missing = "No alert was opened by then.";
}

/* ---- month by month ------------------------------------------------------------- */

static void take_months(const struct trend *t, int first, struct trends_figure *f)
{
	f->chart.monthly = true;
	f->month = &t->month[first];
	make_room(f, t->months - first);
	for (int m = 0; m < f->chart.n; m++)
		f->day[m] = f->month[m].first;
}

static void figure_revenue(const struct trend *t, bool year, struct trends_figure *f)
{
	double *nrr, *grr;
	bool any = false, survivors = false;

	add(f, "NRR", ROLE_GOOD, 'N', &nrr);
	add(f, "GRR", ROLE_WATCH, 'G', &grr);
	for (int m = 0; m < f->chart.n; m++) {
		const struct trend_cohort *c =
			year ? &f->month[m].year : &f->month[m].month;

		nrr[m] = t->revenue ? trend_nrr(c) : (double)NAN;
		grr[m] = t->revenue ? trend_grr(c) : (double)NAN;
		any |= !isnan(nrr[m]);
		survivors |= c->survivors && c->accounts;
	}
	add_level(f, 100, "", 0);
	if (!t->revenue)
		f->missing =
			t->done ? "The ARR of the past can't be told." : "Counting ...";
	else if (!any && survivors)
		f->missing = "Not known: of those who left by then, none is on record.";
	else if (!any)
		f->missing = "No ARR on record in these months: import contracts or "
			     "movements.";
}

static void figure_tickets(const struct trend *t, struct trends_figure *f)
{
	static const enum role roles[TREND_CAUSES] = { ROLE_BAD, ROLE_WATCH, ROLE_SPARK,
		ROLE_GOOD, ROLE_UNKNOWN };

	f->chart.kind = CHART_STACK;
	f->chart.unit = "";
	f->chart.decimals = 0;
	for (int k = 0; k < TREND_CAUSES && t->cause[k][0]; k++) {
		double *y;

		add(f, t->cause[k], roles[k], (char)('a' + k), &y);
		for (int m = 0; m < f->chart.n; m++)
			y[m] = f->month[m].tickets[k];
	}
	if (!t->tickets)
		f->missing = t->done ? "The tickets can't be told." : "Counting ...";
	else if (f->chart.series_n == 0)
		f->missing = "No ticket was opened in these months.";
}

/* Whether nobody was counted on any day that is known by now. */
static bool nobody(const struct trend *t)
{
	for (uint32_t i = t->counted; i < t->points; i++)
		if (t->point[i].active > 0)
			return false;
	return t->counted == 0;
}

/* ---- all of them ---------------------------------------------------------------- */

static int nearest(const struct trends_figure *f, int32_t day)
{
	int at = f->chart.n - 1;

	if (day == DAY_NONE)
		return at;
	/* A month holds all of its days. */
	while (at > 0 && f->day[at] > day)
		at--;
	if (!f->chart.monthly && at + 1 < f->chart.n &&
		f->day[at + 1] - day < day - f->day[at])
		at++;
	return at;
}

static void make(struct app *a, const struct trends *s, enum trends_picture p,
	struct trends_figure *out)
{
	const struct policy *policy = book_policy(a->book);
	const struct trend *t = s->t;
	const bool months =
		p == TRENDS_MONTHS || p == TRENDS_YEARS || p == TRENDS_TICKETS;

	if (months)
		take_months(t, p == TRENDS_TICKETS ? t->tickets_first : t->revenue_first,
			out);
	else
		take_days(t, out);
	if (p == TRENDS_BANDS)
		figure_bands(t, out);
	else if (p == TRENDS_TIERS)
		figure_tiers(t, out);
	else if (p == TRENDS_ARR)
		figure_arr(t, out);
	else if (p == TRENDS_AVERAGE)
		figure_average(policy, t, out);
	else if (p == TRENDS_ALERTS || p == TRENDS_TURNOVER)
		figure_of_alerts(t, p, out);
	else if (p == TRENDS_MARKED)
		figure_marked(s, policy, out);
	else if (p == TRENDS_TICKETS)
		figure_tickets(t, out);
	else
		figure_revenue(t, p == TRENDS_YEARS, out);
	if (!months && p != TRENDS_MARKED && nobody(t))
		out->missing = "None of these accounts was a customer in this time.";
	if (!months && t->points == 0)
		out->missing = "No snapshot in this time: look further back, or "
			       "recalculate.";
}

const struct trends_figure *trends_figure(
	struct app *a, struct trends *s, enum trends_picture p)
{
	struct trends_figure *f = &s->figure[p];

	if (!f->made) {
		*f = (struct trends_figure){
			.made = true,
			.chart = { .kind = CHART_LINES, .unit = "%", .decimals = 1 },
		};
		if (s->t)
			make(a, s, p, f);
		else
			f->missing = "The trends can't be told.";
	}
	f->chart.cursor = f->missing ? -1 : nearest(f, s->day);
	return f;
}

void trends_figures_forget(struct trends *s)
{
	for (int p = 0; p < TRENDS_PICTURES; p++) {
		struct trends_figure *f = &s->figure[p];

		if (!f->made)
			continue;
		free(f->y);
		free(f->day);
		*f = (struct trends_figure){ 0 };
	}
}
