/* How a figure of the Revenue screen comes about: its arithmetic with the numbers in it,
 * and the rules that it was counted by. */
#include <math.h>
#include <stdio.h>

#include "core/survival.h"
#include "tui/revenue.h"
#include "tui/sheet.h"

enum { WIDTH = 76 };

struct explaining {
	struct app *a;
	const struct revenue_screen *s;
	const struct revenue_group *g;
	const struct policy *policy;
	struct page *p;
};

/* To the cent: here the numbers are to be checked. */
static const char *arr(int64_t cents, char out[MONEY_TEXT_MAX])
{
	return money_format(cents, out);
}

/* Where the two rules come to different figures, why. */
static void explain_apart(const struct explaining *x)
{
	const int64_t lost = revenue_lost_apart(&x->g->money),
		      closing = revenue_closing_apart(&x->g->money);
	char cents[MONEY_TEXT_MAX];

	if (lost > 0)
		page_print(x->p, 0, ROLE_INFO,
			"By movements %s more is lost: it shrank or left in between, and "
			"was made up for by the close.",
			arr(lost, cents));
	else if (lost < 0)
		page_print(x->p, 0, ROLE_INFO,
			"By movements %s less is lost: no movement tells of it.",
			arr(-lost, cents));
	if (closing)
		page_print(x->p, 0, ROLE_INFO,
			"Movements come to %s %s than there is at the close: some are "
			"missing, or contradict what accounts have.",
			arr(closing < 0 ? -closing : closing, cents),
			closing < 0 ? "less" : "more");
}

static void explain_rates(const struct explaining *x)
{
	const struct revenue_money *m = &x->g->money;
	const struct trend_cohort *c = &m->cohort;
	char s[MONEY_TEXT_MAX], up[MONEY_TEXT_MAX], down[MONEY_TEXT_MAX],
		away[MONEY_TEXT_MAX], back[MONEY_TEXT_MAX], end[MONEY_TEXT_MAX];

	arr(c->opening, s);
	page_print(x->p, 0, ROLE_TEXT,
		"By snapshots, in %s: opening %s + expansion %s - contraction %s - "
		"churned %s = "
		"%s at the close.",
		x->policy->currency, s, arr(revenue_expansion(m), up),
		arr(revenue_contraction(m), down), arr(m->churn, away),
		arr(c->closing, end));
	page_print(x->p, 2, ROLE_TEXT, "NRR = %s / %s = %.2f %%", end, s, trend_nrr(c));
	page_print(x->p, 2, ROLE_TEXT, "GRR = (%s - %s - %s) / %s = %.2f %%", s, down,
		away, s, trend_grr(c));
	page_print(x->p, 0, ROLE_TEXT, "By movements, of the same accounts:");
	arr(m->path.up, up);
	arr(m->path.down, down);
	arr(m->path.away, away);
	page_print(x->p, 2, ROLE_TEXT,
		"NRR = (%s + up %s + back %s - down %s - away %s) / %s = %.2f %%", s, up,
		arr(m->path.back, back), down, away, s, revenue_nrr_moved(m));
	page_print(x->p, 2, ROLE_TEXT,
		"GRR = (%s - down %s - away %s) / %s = %.2f %%, at most 100", s, down,
		away, s, revenue_grr_moved(m));
	explain_apart(x);
}

static void explain_pace(const struct explaining *x)
{
	const int32_t days = x->g->to - x->g->from;
	const double grr = trend_grr(&x->g->money.cohort);

	if (isnan(grr))
		return;
	page_print(x->p, 0, ROLE_TEXT,
		"In a year at this pace: GRR %.2f %% ^ (365 / %d days) = %.1f %%, NRR "
		"%.1f %%. Red is GRR below %g; green is GRR from %g and NRR from %g on.",
		grr, days, revenue_yearly(grr, days),
		revenue_yearly(trend_nrr(&x->g->money.cohort), days),
		x->policy->number[POLICY_REVENUE_GRR_RED],
		x->policy->number[POLICY_REVENUE_GRR],
		revenue_target(x->policy, x->s->r, x->g));
}

static void explain_logos(const struct explaining *x)
{
	const struct trend_cohort *c = &x->g->money.cohort;
	const int32_t days = x->g->to - x->g->from;
	const struct interval w = interval_wilson(c->accounts - c->lost, c->accounts);
	const double lost = c->accounts ? (double)c->lost / c->accounts : 0;

	if (!c->accounts)
		return;
	page_print(x->p, 0, ROLE_TEXT,
		"%u of %u are there at the close: %.1f %%, with 95 %% between %.1f and "
		"%.1f (Wilson).",
		c->accounts - c->lost, c->accounts, revenue_logos_kept(&x->g->money),
		100 * w.low, 100 * w.high);
	if (days < 100)
		page_print(x->p, 0, ROLE_TEXT,
			"%.1f %% lost %s times in a row leave %.1f %% of them lost.",
			100 * lost, days < 40 ? "12" : "4",
			100 * survival_compound(lost, days < 40 ? 12 : 4));
}

static void explain_value(const struct explaining *x)
{
	const struct revenue_facts *f = &x->g->facts;

	page_print(x->p, 0, ROLE_TEXT,
		"%u began in the period and onboarding or first value is known of them; "
		"it came to %u. Who waits, or left waiting, counts as long as it waited "
		"(Kaplan-Meier); half had it by the median.",
		f->began, f->came);
	for (int k = 0; f->began && k < REVENUE_TTV_DAYS; k++)
		if (isnan(f->ttv_within[k]))
			page_print(x->p, 2, ROLE_TEXT,
				"within %d days: nobody was watched so long",
				revenue_ttv_day[k]);
		else
			page_print(x->p, 2, ROLE_TEXT, "within %d days: %.1f %%",
				revenue_ttv_day[k], 100 * f->ttv_within[k]);
}

static void explain_speed(const struct explaining *x)
{
	const struct revenue_facts *f = &x->g->facts;
	const struct interval_pair c =
		interval_compare(f->slow_lost, f->slow, f->quick_lost, f->quick);
	const uint64_t each = interval_group_size(
		(double)f->slow_lost / f->slow, (double)f->quick_lost / f->quick);

	page_print(x->p, 0, ROLE_TEXT,
		"Of the cohort at the opening: first value within %g days %u, of whom %u "
		"are lost; later, or not yet although they were over, %u, of whom %u.",
		x->policy->number[POLICY_TRIAGE_SLOW_DAYS], f->quick, f->quick_lost,
		f->slow, f->slow_lost);
	if (isnan(c.difference))
		return;
	page_print(x->p, 0, ROLE_TEXT,
		"The difference is %+.1f points, with 95 %% between %+.1f and %+.1f "
		"(Newcombe)%s.",
		100 * c.difference, 100 * c.range.low, 100 * c.range.high,
		c.small ? "; fewer than 5 are expected in a cell: too few to tell" : "");
	if (!isnan(c.z))
		page_print(
			x->p, 0, ROLE_TEXT, "Two proportions: z %.3f, p %.4f.", c.z, c.p);
	if (each)
		page_print(x->p, 0, ROLE_TEXT,
			"To find such a difference four times in five, each side needs "
			"%llu accounts.",
			(unsigned long long)each);
}

static void explain_satisfaction(const struct explaining *x)
{
	const struct revenue_answers *n = &x->g->facts.nps, *c = &x->g->facts.csat;
	char text[REVENUE_TEXT_MAX];

	page_print(x->p, 0, ROLE_TEXT,
		"NPS: %u of %u answers are 9 or 10, %u are 0 to 6: %s. The margin is "
		"that "
		"of 95 %%: 1.96 root((p + d - (p - d)^2) / n).",
		n->good, n->n, n->bad, revenue_nps_text(n, x->policy, text));
	page_print(x->p, 0, ROLE_TEXT, "CSAT: %u of %u answers are 4 or 5: %s.", c->good,
		c->n, revenue_csat_text(c, x->policy, text));
	page_print(x->p, 0, ROLE_TEXT,
		"The last answer of each of %u active accounts, not older than %d days; "
		"below %g answers none is shown. A happy answer is no renewal.",
		x->g->facts.active, x->policy->health[0].max_age[COMP_SENTIMENT],
		x->policy->number[POLICY_REVENUE_FEW]);
}

static void explain_activity(const struct explaining *x)
{
	const struct revenue_facts *f = &x->g->facts;
	const double *n = x->policy->number;

	page_print(x->p, 0, ROLE_TEXT,
		"Talks: %u were answered in the period. At its close %u of %u active "
		"accounts of tier 1 and 2 had one within %g and %g days.",
		f->talks, f->in_time, f->talks_due, n[POLICY_ALERT_NO_TOUCH_1],
		n[POLICY_ALERT_NO_TOUCH_2]);
	page_print(x->p, 0, ROLE_TEXT,
		"Alerts opened in it: %u; %u somebody closed, %u resolved by themselves, "
		"%u were open at its close.",
		f->alerts, f->closed, f->resolved, f->open);
	page_print(x->p, 0, ROLE_TEXT,
		"Kept once flagged: of the cohort, by the first warning of the period, "
		"who "
		"has ARR at the close:");
	for (int k = 0; k < ORIGINS; k++) {
		const struct interval w = interval_wilson(f->saved[k], f->flagged[k]);

		if (f->flagged[k])
			page_print(x->p, 2, ROLE_TEXT,
				"%s: %u of %u, %.0f %%, with 95 %% between %.0f and %.0f",
				revenue_origin_name[k], f->saved[k], f->flagged[k],
				100.0 * f->saved[k] / f->flagged[k], 100 * w.low,
				100 * w.high);
	}
	page_print(x->p, 0, ROLE_TEXT,
		"What was done is no outcome: the verdict goes by GRR and NRR alone.");
}

static void explain_causes(const struct explaining *x)
{
	page_print(x->p, 0, ROLE_TEXT,
		"By the reason written down when it left: a class it names, else the "
		"first "
		"known word in it.");
	for (int k = 0; k < CHURN_CLASSES; k++)
		page_print(x->p, 2, ROLE_TEXT, "%s: %s%s", churn_classes[k].name,
			churn_classes[k].help,
			churn_classes[k].ours ? "" : "; outside of customer success");
}

static void explain_figure(const struct explaining *x, int figure)
{
	if (figure == FIGURE_CAUSE || figure == FIGURE_EXIT)
		explain_causes(x);
	else if (figure == FIGURE_LOGOS)
		explain_logos(x);
	else if (figure == FIGURE_TTV)
		explain_value(x);
	else if (figure == FIGURE_SLOW || figure == FIGURE_EARLY)
		explain_speed(x);
	else if (figure >= FIGURE_TALKS)
		explain_activity(x);
	else if (figure >= FIGURE_NPS)
		explain_satisfaction(x);
	else
		explain_rates(x);
	if (figure <= FIGURE_GRR)
		explain_pace(x);
}

static void put_rule(void *arg, enum revenue_line kind, const char *text)
{
	if (kind == REVENUE_RULE)
		page_text(arg, 0, ROLE_QUIET, text_of(text));
}

static void fill(struct app *a, void *state, struct page *p)
{
	/* The screen below is open as long as this one is. */
	const struct revenue_screen *s = a->state[SCREEN_REVENUE];
	const struct revenue_screen_line *line = s ? revenue_line_here(s) : NULL;
	struct explaining x = { a, s, NULL, book_policy(a->book), p };
	char day[DAY_TEXT_MAX], name[REVENUE_GROUP_MAX];

	(void)state;
	if (!line || !s->r || !s->r->outcome) /* lines of before */
		return;
	x.g = revenue_group_here(s);
	if (line->kind == LINE_FEATURE || line->kind == LINE_SESSION) {
		revenue_features_explain(s, p);
		return;
	}
	if (line->kind == LINE_UNCLEAR) {
		page_print(p, 0, ROLE_STRONG, "Said when they left");
		page_text(p, 0, ROLE_TEXT, s->r->unclear[line->at].said);
		page_line(p);
		page_print(p, 0, ROLE_TEXT,
			"An answer to an exit survey in which no word tells the cause: "
			"somebody has to read it. %s opens the account.",
			keys_word(SCOPE_REVENUE, ACT_REVENUE_OPEN));
		page_print(p, 0, ROLE_TEXT, "%s", REVENUE_UNCLEAR_HOW);
		explain_causes(&x);
	} else if (line->kind == LINE_CLASH) {
		page_print(p, 0, ROLE_STRONG, "Contradiction");
		page_print(p, 0, ROLE_TEXT,
			"Status, contracts and movements are what people and systems "
			"entered. Where they disagree the figures keep to the rules "
			"below, "
			"and the account stands in this list until somebody mends it.");
	} else {
		page_print(p, 0, ROLE_STRONG, "%s, %s",
			line->kind == LINE_FIGURE ? revenue_label(line) : "NRR and GRR",
			revenue_group_said(s->r, revenue_group_here(s), name));
		explain_figure(
			&x, (int)(line->kind == LINE_FIGURE ? line->figure : FIGURE_NRR));
	}
	page_line(p);
	page_print(p, 0, ROLE_STRONG, "How it was counted");
	revenue_say(s->r, x.policy, put_rule, p);
	page_print(p, 0, ROLE_QUIET,
		"As of %s; targets: [revenue] of the policy, version %d.",
		day_format(s->r->as_of, day), (int)book_policy_version(a->book));
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops revenue_explain_screen = SHEET_OPS(open_explain);
