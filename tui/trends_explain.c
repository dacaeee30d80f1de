/* How the numbers under the cursor of the Trends screen come about. */
#include "tui/trends.h"

#include <math.h>
#include <stdio.h>

#include "core/book_basis.h"
#include "tui/app.h"
#include "tui/sheet.h"
#include "tui/words.h"

enum { WIDTH = 76, FACTS = 64 };

/* ---- what is said --------------------------------------------------------------- */

static void fact(struct page *p, const char *name, const char *value)
{
	const int width = p->c.columns < FACTS ? p->c.columns : FACTS;
	const int row = page_line(p), used = text_columns(text_of(value));

	canvas_put(&p->c, row, 0, width - used - 1, ROLE_TEXT, text_of(name));
	canvas_put_right(&p->c, row, 0, width, ROLE_STRONG, text_of(value));
}

static void count_fact(struct page *p, const char *name, uint32_t part, uint32_t whole)
{
	char text[96], share[NUMBER_TEXT_MAX];

	snprintf(text, sizeof(text), "%u of %u, %s %%", part, whole,
		words_number(trend_share(part, whole), 1, share));
	fact(p, name, text);
}

static void money_fact(struct app *a, struct page *p, const char *name, int64_t cents)
{
	char money[MONEY_TEXT_MAX];

	fact(p, name, words_money(book_policy(a->book), cents, money));
}

static void number_fact(struct page *p, const char *name, double y, const char *unit)
{
	char number[NUMBER_TEXT_MAX], text[NUMBER_TEXT_MAX + 8];

	snprintf(text, sizeof(text), "%s%s", words_number(y, 1, number),
		isnan(y) ? "" : unit);
	fact(p, name, text);
}

static void say_bands(struct app *a, const struct trend_point *x, struct page *p)
{
	const struct policy *policy = book_policy(a->book);

	for (int b = BAND_HEALTHY; b >= BAND_UNKNOWN; b--)
		count_fact(p, words_band((enum health_band)b), x->in_band[b], x->active);
	page_print(p, 0, ROLE_TEXT,
		"Healthy is health from %d on, at risk below %d, watch between, by the "
		"policy in force now; unknown is too little known to tell.",
		policy->healthy_from, policy->watch_from);
}

static const char *const tier_name[] = { "not placed", "tier 1", "tier 2", "tier 3" };

/* Of which policy the caps are: the one in force then. */
static void say_caps(struct app *a, const struct trend *t, uint32_t i, struct page *p)
{
	const struct trend_caps *caps = &t->caps[i];
	char name[32], text[96], share[NUMBER_TEXT_MAX], since[DAY_TEXT_MAX] = "";
	int32_t day = DAY_NONE;
	struct err ignored;

	if (!caps->known) {
		page_print(p, 0, ROLE_WATCH,
			"The caps of the day are not known: policy version %d can't be "
			"read any more.",
			(int)caps->version);
		return;
	}
	for (int tier = 1; tier <= 2; tier++) {
		snprintf(name, sizeof(name), "cap of tier %d", tier);
		snprintf(text, sizeof(text), "%s %% of the accounts, %u places",
			words_number(caps->bp[tier - 1] / 100.0, 1, share),
			tiers_cap(caps->bp[tier - 1], t->point[i].active));
		fact(p, name, text);
	}
	if (book_basis_policy_day(a->book, caps->version, &day, &ignored) == ST_OK &&
		day != DAY_NONE)
		snprintf(since, sizeof(since), "%s", day_format(day, text));
	page_print(p, 0, ROLE_TEXT,
		"The caps are those in force then, by policy version %d%s%s. Of a part "
		"of the base a tier may hold more.",
		(int)caps->version, since[0] ? ", saved on " : "", since);
}

static void say_tiers(struct app *a, const struct trend *t, uint32_t i, struct page *p)
{
	const struct trend_point *x = &t->point[i];

	for (int tier = 1; tier <= TIER_COUNT; tier++)
		count_fact(p, tier_name[tier], x->in_tier[tier], x->active);
	if (x->in_tier[0])
		count_fact(p, tier_name[0], x->in_tier[0], x->active);
	say_caps(a, t, i, p);
}

static void say_arr(struct app *a, const struct trend *t, uint32_t i, struct page *p)
{
	const struct trend_money *m = &t->money[i];

	for (unsigned k = 1; k <= TIER_COUNT + 1; k++) {
		const unsigned tier = k % (TIER_COUNT + 1); /* those in none last */
		char text[96], share[NUMBER_TEXT_MAX], money[MONEY_TEXT_MAX];

		if (tier == TIER_NONE && m->in_tier[tier] == 0)
			continue;
		snprintf(text, sizeof(text), "%s, %s %%",
			words_money(book_policy(a->book), m->in_tier[tier], money),
			words_number(trend_money_share(m, tier), 1, share));
		fact(p, tier_name[tier], text);
	}
	page_text(p, 0, ROLE_TEXT,
		TEXT("ARR on the day: the contracts that ran; without any, the ARR "
		     "given, less the movements since. Tiers as the snapshot has them. "
		     "Caps are of accounts, and drawn to compare: few accounts may "
		     "have much of the ARR."));
	say_caps(a, t, i, p);
}

static void say_average(const struct trend_point *x, struct page *p)
{
	number_fact(p, "upper quartile", x->quartile[2], "");
	number_fact(p, "median", x->quartile[1], "");
	number_fact(p, "average", x->mean, "");
	number_fact(p, "lower quartile", x->quartile[0], "");
	count_fact(p, "health known", x->active - x->in_band[BAND_UNKNOWN], x->active);
	page_print(p, 0, ROLE_TEXT,
		"Of the accounts whose health is known. A quarter of them lies below the "
		"lower quartile, a quarter above the upper one, half below the median.");
}

static void number_of(struct page *p, const char *name, uint32_t n)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", n);
	fact(p, name, text);
}

/* Since when the alerts of a point are counted as opened or ended. */
static const char *day_before(const struct trend *t, uint32_t i, char out[DAY_TEXT_MAX])
{
	return day_format(i ? t->point[i - 1].at.day : t->point[0].at.day - t->step, out);
}

static void say_alerts(const struct trend *t, uint32_t i, struct page *p)
{
	const struct trend_alerts *x = &t->alert[i];
	char day[DAY_TEXT_MAX], name[64];
	uint32_t open = 0;

	if (!x->known) {
		page_text(p, 0, ROLE_TEXT,
			TEXT("No alert of this book had been opened by that day."));
		return;
	}
	for (int k = SEV_OPPORTUNITY; k < SEVERITIES; k++)
		open += x->open[k];
	for (int k = SEVERITIES - 1; k >= SEV_OPPORTUNITY; k--)
		count_fact(p, alert_severity_word[k], x->open[k], open);
	snprintf(name, sizeof(name), "opened after %s", day_before(t, i, day));
	number_of(p, name, x->opened);
	number_of(p, "closed by somebody in that time", x->closed);
	number_of(p, "resolved by themselves in that time", x->resolved);
	page_text(p, 0, ROLE_TEXT,
		TEXT("Open is what had been opened by the day and had not ended on it, "
		     "snoozed ones too. An alert counts with the last severity it had. "
		     "One that came back within its quiet time is the same alert, and "
		     "counts as open in between."));
}

static void say_marked(const struct trends *s, uint32_t point, struct page *p)
{
	for (int k = 0; k < s->t->lines; k++)
		number_fact(p, s->name[k], s->t->line[k][point], "");
	if (s->made.marked > TREND_LINES)
		page_print(p, 0, ROLE_WATCH,
			"%u accounts are marked: the first %d are shown.", s->made.marked,
			TREND_LINES);
	page_print(p, 0, ROLE_TEXT,
		"The health of each as it was kept that day. Marks are set on the Book "
		"screen, whatever the filter is here.");
}

static void say_revenue(struct app *a, const struct trend *t, const struct trend_month *m,
	bool year, struct page *p)
{
	const struct trend_cohort *c = year ? &m->year : &m->month;
	char why[OBSERVED_TEXT_MAX];

	if (c->survivors)
		page_print(p, 0, ROLE_WATCH, "Not known: %s.",
			observed_text(
				&t->observed, day_add_months(m->first, 1) - 1, why));
	number_fact(p, "NRR", trend_nrr(c), " %");
	number_fact(p, "GRR", trend_grr(c), " %");
	money_fact(a, p, "opening ARR of the cohort", c->opening);
	money_fact(a, p, "its closing ARR", c->closing);
	money_fact(a, p, "of the opening ARR still there", c->kept);
	count_fact(p, "accounts of the cohort that left", c->lost, c->accounts);
	page_print(p, 0, ROLE_TEXT,
		"The cohort is every account with ARR at the end of %s. NRR is what it "
		"pays at the end of this month over what it paid then; GRR counts of "
		"each "
		"account no more than it paid then. New customers never count.",
		year ? "the same month a year before" : "the month before");
	page_text(p, 0, ROLE_TEXT,
		TEXT("ARR on a day: the contracts that run; without any, the ARR given, "
		     "less the movements since. Months that are not over are left out."));
}

static void say_tickets(
	const struct trend *t, const struct trend_month *m, struct page *p)
{
	uint32_t all = 0;

	for (int k = 0; k < TREND_CAUSES; k++)
		all += m->tickets[k];
	for (int k = 0; k < TREND_CAUSES && t->cause[k][0]; k++)
		count_fact(p, t->cause[k], m->tickets[k], all);
	page_text(p, 0, ROLE_TEXT,
		TEXT("Tickets opened in the month, by the root cause they were given; "
		     "the most "
		     "frequent of all the time shown, the rest together. "
		     "Months that are not over are left out."));
}

static void say_point(struct app *a, const struct trends *s, uint32_t i, struct page *p)
{
	const struct trend_point *x = &s->t->point[i];
	char day[DAY_TEXT_MAX];

	if (s->at == TRENDS_BANDS)
		say_bands(a, x, p);
	else if (s->at == TRENDS_TIERS)
		say_tiers(a, s->t, i, p);
	else if (s->at == TRENDS_ARR)
		say_arr(a, s->t, i, p);
	else if (s->at == TRENDS_AVERAGE)
		say_average(x, p);
	else if (s->at == TRENDS_ALERTS || s->at == TRENDS_TURNOVER)
		say_alerts(s->t, i, p);
	else
		say_marked(s, i, p);
	page_line(p);
	page_print(p, 0, ROLE_QUIET,
		"snapshot of %s, computed with policy version %d; %s",
		day_format(x->at.day, day), x->at.policy_version,
		s->t->step == 7 ? "of each week the newest"
				: "of each four weeks the newest");
}

/* How the numbers under the cursor come about. */
static void explain(struct app *a, struct trends *s, struct page *p)
{
	const struct trends_figure *f = trends_figure(a, s, s->at);
	char day[DAY_TEXT_MAX] = "", whom[INPUT_MAX + 160];
	const int at = f->chart.cursor;
	int row;

	if (at >= 0)
		day_format(f->day[at], day);
	if (f->chart.monthly)
		day[sizeof("2026-03") - 1] = '\0';
	row = page_line(p);
	canvas_put(
		&p->c, row, 0, p->c.columns, ROLE_STRONG, text_of(trends_title(s->at)));
	canvas_put_right(&p->c, row, 0, p->c.columns, ROLE_STRONG, text_of(day));
	page_line(p);
	if (f->missing) {
		page_text(p, 0, ROLE_TEXT, text_of(f->missing));
	} else if (s->at == TRENDS_MONTHS || s->at == TRENDS_YEARS) {
		say_revenue(a, s->t, &f->month[at], s->at == TRENDS_YEARS, p);
	} else if (s->at == TRENDS_TICKETS) {
		say_tickets(s->t, &f->month[at], p);
	} else {
		say_point(a, s, (uint32_t)at, p);
	}
	trends_whom(a, whom, sizeof(whom));
	page_print(p, 0, ROLE_QUIET, "counted: %s%s", whom,
		s->made.filter[0] || s->made.whose != WHOSE_ALL
			? ", as they are today; former customers too"
			: ", with those that have left since");
}

/* ---- the popup ------------------------------------------------------------------ */

static void fill(struct app *a, void *state, struct page *p)
{
	(void)state;
	/* The screen below is open as long as this one is. */
	explain(a, a->state[SCREEN_TRENDS], p);
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops trends_explain_screen = SHEET_OPS(open_explain);
