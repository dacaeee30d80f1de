#include "core/revenue_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/convert.h"

struct saying {
	const struct revenue *r;
	const struct policy *p;
	revenue_line_fn fn;
	void *arg;
};

const char *const revenue_verdict_name[] = { "", "red", "watch", "green" };
const char *const revenue_origin_name[ORIGINS] = { "alert", "customer", "renewal" };

const char *revenue_by_said(enum revenue_by by)
{
	return by == REVENUE_BY_CSM ? "owner" : revenue_by_name[by];
}

char *revenue_group_said(const struct revenue *r, const struct revenue_group *g,
	char out[REVENUE_GROUP_MAX])
{
	const enum revenue_by by = r->asked.by;
	const bool none = g != &r->all && g == r->group;

	if (by == REVENUE_BY_TIER && none)
		snprintf(out, REVENUE_GROUP_MAX, "not placed");
	else if (none && (by == REVENUE_BY_SEGMENT || by == REVENUE_BY_REGION))
		snprintf(out, REVENUE_GROUP_MAX, "no %s", revenue_by_name[by]);
	else
		snprintf(out, REVENUE_GROUP_MAX, "%s%.*s",
			by == REVENUE_BY_TIER && g != &r->all ? "tier " : "",
			convert_shown(g->key, REVENUE_GROUP_MAX - 8), g->key.s);
	return out;
}

static void say(const struct saying *s, enum revenue_line kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void say(const struct saying *s, enum revenue_line kind, const char *format, ...)
{
	char line[REVENUE_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	s->fn(s->arg, kind, line);
}

static char *amount(const struct policy *p, int64_t cents, char out[MONEY_TEXT_MAX])
{
	return money_said(cents, p->currency, out);
}

/* ---- verdicts ------------------------------------------------------------------- */

double revenue_target(
	const struct policy *p, const struct revenue *r, const struct revenue_group *g)
{
	int tier = TIER_COUNT;

	if (r->asked.by == REVENUE_BY_TIER && g != &r->all && g != r->group)
		tier = (int)(g - r->group);
	return p->number[POLICY_REVENUE_NRR_1 + tier - 1];
}

enum revenue_verdict revenue_verdict(
	const struct policy *p, const struct revenue *r, const struct revenue_group *g)
{
	const int32_t days = g->to - g->from;
	const double grr = revenue_yearly(trend_grr(&g->money.cohort), days);
	const double nrr = revenue_yearly(trend_nrr(&g->money.cohort), days);

	if (isnan(grr))
		return VERDICT_NONE;
	if (grr < p->number[POLICY_REVENUE_GRR_RED])
		return VERDICT_RED;
	/* With those who left it could only be less. */
	if (!observed_from(&r->observed, g->from))
		return VERDICT_NONE;
	return grr >= p->number[POLICY_REVENUE_GRR] && nrr >= revenue_target(p, r, g)
		       ? VERDICT_GREEN
		       : VERDICT_WATCH;
}

static void say_verdict(const struct saying *s)
{
	const struct revenue_group *g = &s->r->all;
	const struct revenue_facts *f = &g->facts;
	const int32_t days = g->to - g->from;
	const double grr = trend_grr(&g->money.cohort);
	const double kept =
		f->talks_due ? 100.0 * f->in_time / f->talks_due : (double)NAN;
	char pace[80] = "";

	if (revenue_verdict(s->p, s->r, g) != VERDICT_RED)
		return;
	if (days < 360 || days > 370)
		snprintf(pace, sizeof(pace), ", %.1f %% in a year at this pace",
			revenue_yearly(grr, days));
	if (kept >= 90)
		say(s, REVENUE_WARNS,
			"Red: GRR is %.1f %%%s, below %g %%, although %.0f %% of the "
			"talks are in time. What was done is no outcome.",
			grr, pace, s->p->number[POLICY_REVENUE_GRR_RED], kept);
	else
		say(s, REVENUE_WARNS, "Red: GRR is %.1f %%%s, below %g %%.", grr, pace,
			s->p->number[POLICY_REVENUE_GRR_RED]);
}

bool revenue_observed(const struct revenue *r)
{
	return !r->all.money.cohort.accounts ||
	       observed_from(&r->observed, r->asked.from);
}

static void say_observed(const struct saying *s)
{
	char text[OBSERVED_TEXT_MAX];

	if (!revenue_observed(s->r))
		say(s, REVENUE_WARNS,
			"No retention yet: %s. These are the figures of survivors, and "
			"with those who left NRR and GRR would be less.",
			observed_text(&s->r->observed, s->r->asked.to, text));
}

/* ---- why they left -------------------------------------------------------------- */

double revenue_outside(const struct revenue *r)
{
	double all = 0, outside = 0;

	for (int k = 0; k < CHURN_CLASSES; k++) {
		all += (double)r->lost_arr[k];
		outside += churn_classes[k].ours ? 0 : (double)r->lost_arr[k];
	}
	return all > 0 ? 100 * outside / all : (double)NAN;
}

static void say_causes(const struct saying *s)
{
	const struct revenue *r = s->r;
	const double outside = revenue_outside(r);
	const double all = (double)r->all.money.churn;
	char list[160] = "", money[MONEY_TEXT_MAX];
	size_t n = 0;

	if (isnan(outside) || outside < s->p->number[POLICY_REVENUE_OUTSIDE])
		return;
	for (int k = 0; k < CHURN_CLASSES; k++)
		if (!churn_classes[k].ours && r->lost_arr[k] > 0 && n < sizeof(list))
			n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s %.0f %%",
				n ? ", " : "", churn_classes[k].name,
				100 * (double)r->lost_arr[k] / all);
	say(s, REVENUE_WARNS,
		"%.0f %% of the %s that churned went for reasons customer success can't "
		"change: %s. More care won't stop that.",
		outside, amount(s->p, r->all.money.churn, money), list);
}

static void say_unknown(const struct saying *s)
{
	const int64_t unknown = s->r->lost_arr[CHURN_UNKNOWN];
	const double all = (double)s->r->all.money.churn;
	char money[MONEY_TEXT_MAX];

	if (all > 0 && 100 * (double)unknown >= 20 * all)
		say(s, REVENUE_WARNS,
			"Of %s lost nobody wrote down why, or in no words that tell a "
			"cause: "
			"%.0f %% of all.",
			amount(s->p, unknown, money), 100 * (double)unknown / all);
}

static void say_exits(const struct saying *s)
{
	const struct revenue_exits *x = &s->r->exits;
	char text[REVENUE_TEXT_MAX];

	if (!s->r->all.money.cohort.lost)
		return;
	say(s, REVENUE_SAYS, "Exit surveys of those that left: %s.",
		revenue_exits_text(s->r, text));
	if (x->differs)
		say(s, REVENUE_WARNS,
			"%u of those that left say%s another reason in the exit survey "
			"than stands on record.",
			x->differs, x->differs == 1 ? "s" : "");
	if (x->tells)
		say(s, REVENUE_SAYS,
			"Of %u that left without a reason on record the exit survey "
			"tells "
			"one: write it down.",
			x->tells);
}

/* ---- what else stands out ------------------------------------------------------- */

bool revenue_diverges(
	const struct revenue *r, const struct policy *p, double *was, double *is)
{
	const struct revenue_facts *f = &r->all.facts;
	const enum revenue_verdict verdict = revenue_verdict(p, r, &r->all);

	if (!f->watched || verdict == VERDICT_NONE || verdict == VERDICT_RED)
		return false;
	*was = (double)f->health_was / f->watched;
	*is = (double)f->health_is / f->watched;
	return *was - *is >= p->number[POLICY_REVENUE_DIVERGES];
}

static void say_health(const struct saying *s)
{
	const uint32_t watched = s->r->all.facts.watched;
	double was, is;

	if (revenue_diverges(s->r, s->p, &was, &is))
		say(s, REVENUE_WARNS,
			"Revenue holds, health does not: of the %u account%s that stayed "
			"the mean health went from %.1f to %.1f. Churn follows later.",
			watched, TEXT_S(watched), was, is);
}

static void say_speed(const struct saying *s)
{
	const struct revenue_facts *f = &s->r->all.facts;
	const struct interval_pair c =
		interval_compare(f->slow_lost, f->slow, f->quick_lost, f->quick);
	const double days = s->p->number[POLICY_TRIAGE_SLOW_DAYS];
	const double slow = 100.0 * f->slow_lost / f->slow,
		     quick = 100.0 * f->quick_lost / f->quick;

	if (isnan(c.difference))
		return;
	say(s, REVENUE_SAYS,
		"First value within %g days: %.1f %% lost (%u of %u); later or not yet: "
		"%.1f %% (%u of %u): %+.1f points, with 95 %% between %+.1f and "
		"%+.1f%s.",
		days, quick, f->quick_lost, f->quick, slow, f->slow_lost, f->slow,
		100 * c.difference, 100 * c.range.low, 100 * c.range.high,
		c.small                                 ? "; too few to tell"
		: c.range.low <= 0 && c.range.high >= 0 ? "; that may be chance"
							: "");
}

static void say_early(const struct saying *s)
{
	const struct revenue_facts *f = &s->r->all.facts;
	char money[MONEY_TEXT_MAX];

	if (f->early)
		say(s, REVENUE_SAYS,
			"%u of %u lost account%s left within the first %g days, %s.",
			f->early, s->r->all.money.cohort.lost,
			TEXT_S(s->r->all.money.cohort.lost),
			s->p->number[POLICY_REVENUE_FIRST_TERM],
			amount(s->p, f->early_arr, money));
	if (f->fleeting)
		say(s, REVENUE_WARNS,
			"%u account%s came and went between the two days: in no rate at "
			"all.",
			f->fleeting, TEXT_S(f->fleeting));
}

/* The largest of them. */
enum { SOURCES_SAID = 5 };
static void say_sources(const struct saying *s)
{
	const struct revenue *r = s->r;
	const uint32_t n = r->earlies < SOURCES_SAID ? r->earlies : SOURCES_SAID;
	char line[REVENUE_TEXT_MAX - 120] = "", money[MONEY_TEXT_MAX], more[40] = "";
	size_t used = 0;

	for (uint32_t k = 0; k < n && used < sizeof(line); k++) {
		const struct revenue_source *x = &r->early[k];

		used += (size_t)snprintf(line + used, sizeof(line) - used,
			"%s%.*s %u, %s", used ? "; " : "",
			x->key.n ? convert_shown(x->key, 24) : 4,
			x->key.n ? x->key.s : "none", x->lost,
			amount(s->p, x->arr, money));
	}
	if (n < r->earlies)
		snprintf(more, sizeof(more), "; and %u more", r->earlies - n);
	if (n)
		say(s, REVENUE_SAYS, "Those that left early, by %s: %s%s.",
			r->early_by_tag ? "the tags source:... and use-case:..."
					: "segment (none has a tag source:... or "
					  "use-case:...)",
			line, more);
}

/* Whatever was kept, it may have stayed anyway: only accounts that are left alone, by
 * lot, would tell, and a book has none. */
static void say_effect(const struct saying *s)
{
	if (s->r->all.money.cohort.accounts)
		say(s, REVENUE_SAYS,
			"Effect of customer success on ARR: unknown. No account is held "
			"out, so nothing tells who would have stayed anyway; what was "
			"kept after an alert does not prove it.");
}

static double share(uint32_t part, uint32_t whole)
{
	return whole ? 100.0 * part / whole : (double)NAN;
}

/* How much oftener an alert comes in time than the customer's word; "": not known. */
static const char *times_text(const struct revenue_facts *f, char out[64])
{
	const double alert = share(f->saved[ORIGIN_ALERT], f->flagged[ORIGIN_ALERT]),
		     word = share(f->saved[ORIGIN_CUSTOMER], f->flagged[ORIGIN_CUSTOMER]);

	out[0] = '\0';
	if (alert >= 0 && word > 0)
		snprintf(out, 64, "; after an alert %.1f times as many as after a word",
			alert / word);
	return out;
}

static void say_saves(const struct saying *s)
{
	const struct revenue_facts *f = &s->r->all.facts;
	char line[200] = "", times[64];
	size_t n = 0;

	for (int k = 0; k < ORIGINS; k++)
		if (f->flagged[k] && n < sizeof(line))
			n += (size_t)snprintf(line + n, sizeof(line) - n,
				"%s%s %.1f %% (%u of %u)", n ? ", " : "",
				k == ORIGIN_ALERT      ? "by an alert"
				: k == ORIGIN_CUSTOMER ? "by the customer's own word"
						       : "only by the renewal",
				share(f->saved[k], f->flagged[k]), f->saved[k],
				f->flagged[k]);
	if (n)
		say(s, REVENUE_SAYS, "Kept of those that were flagged first %s%s.", line,
			times_text(f, times));
}

static void say_clashes(const struct saying *s)
{
	static const char *const words[CLASH_KINDS] = { "left without a day",
		"left and have a contract running", "left without a movement",
		"have ARR after a churn movement", "are active, all contracts over",
		"have contracts and movements that differ",
		"have another ARR than their movements add up to" };
	char line[REVENUE_TEXT_MAX] = "";
	size_t n = 0;

	if (!s->r->clashes)
		return;
	for (int k = 0; k < CLASH_KINDS; k++)
		if (s->r->clash_count[k] && n < sizeof(line))
			n += (size_t)snprintf(line + n, sizeof(line) - n, "%s%u %s",
				n ? ", " : "", s->r->clash_count[k], words[k]);
	say(s, REVENUE_WARNS, "%u contradiction%s: %s.", s->r->clashes,
		TEXT_S(s->r->clashes), line);
}

/* ---- the rules ------------------------------------------------------------------ */

static void rule_groups(const struct saying *s)
{
	const struct revenue *r = s->r;
	char day[DAY_TEXT_MAX];

	switch (r->asked.by) {
	case REVENUE_BY_TIER:
		if (r->placed_figures != DAY_NONE)
			say(s, REVENUE_RULE,
				"Tiers: nobody had one at the opening; the first ones "
				"there were, by the snapshot of %s; who came later, by "
				"that of the close.",
				day_format(r->placed_figures, day));
		else if (r->opening_figures == DAY_NONE)
			say(s, REVENUE_RULE,
				"Tiers: there is no snapshot on or before the opening "
				"day, "
				"so nobody's tier of then is known.");
		else
			say(s, REVENUE_RULE,
				"Tiers: that of the opening, by the snapshot of %s; who "
				"came later, by that of the close.",
				day_format(r->opening_figures, day));
		return;
	case REVENUE_BY_CSM:
		say(s, REVENUE_RULE,
			"Owners: who owned it at the opening, as the history tells%s; "
			"large "
			"imports are not told there row by row.",
			r->owners_known ? "" : ", which knows of no change since");
		return;
	case REVENUE_BY_SEGMENT:
	case REVENUE_BY_REGION:
		say(s, REVENUE_RULE, "%s: as the book has it now.",
			r->asked.by == REVENUE_BY_SEGMENT ? "Segments" : "Regions");
		return;
	case REVENUE_BY_ALL:
		return;
	default:
		say(s, REVENUE_RULE,
			"Each %s is counted from its own opening, with its own cohort.",
			revenue_by_name[r->asked.by]);
	}
}

static void say_rules(const struct saying *s)
{
	const struct revenue *r = s->r;
	char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX], day[DAY_TEXT_MAX];

	say(s, REVENUE_RULE,
		"Cut days: the close of %s and of %s; what ends on a day no longer "
		"counts on it.",
		day_format(r->asked.from, from), day_format(r->asked.to, to));
	say(s, REVENUE_RULE,
		"Cohort: the %u account%s with ARR at the opening. New customers are in "
		"no rate.",
		r->all.money.cohort.accounts, TEXT_S(r->all.money.cohort.accounts));
	if (r->asked.in)
		say(s, REVENUE_RULE,
			"Not all accounts are meant: whose they are, and what a filter "
			"asks "
			"for, is as of now, also of the opening.");
	say(s, REVENUE_RULE,
		"By snapshots: NRR = ARR of the cohort at the close / at the opening; "
		"GRR = "
		"the lesser of both, per account / opening. Who left and came back "
		"counts with what it has at the close.");
	say(s, REVENUE_RULE,
		"By movements: every step counts; contracts day by day where an account "
		"has any, else the movements in the book.");
	say(s, REVENUE_RULE,
		"Which counts: snapshots; targets and the verdict go by them. Movements "
		"show what they pass over: who shrank or left and made up for it by the "
		"close.");
	rule_groups(s);
	if (r->closing_figures != DAY_NONE)
		say(s, REVENUE_RULE, "Health and cadence: the snapshot of %s.",
			day_format(r->closing_figures, day));
	say(s, REVENUE_RULE,
		"Done about it: fixes whose cause begins with the name of the reason, as "
		"in `tierdesk fix ACCOUNT --new --cause 'price: ...' --text ...`; no "
		"other tells which of the reasons it is for.");
	say(s, REVENUE_RULE,
		"Exit surveys: the newest answer of the kind exit, from 90 days before "
		"the opening on, put into a class as reasons are.");
	say(s, REVENUE_RULE,
		"Effect: it takes accounts alike, of which some, chosen by lot before, "
		"are left alone; the difference of both is the effect. The book has no "
		"field for it, nor the day on which customer success began.");
	say(s, REVENUE_RULE,
		"First value: days from the contract start, of those that began in the "
		"period; who still waits counts as waiting (Kaplan-Meier).");
}

void revenue_say(
	const struct revenue *r, const struct policy *p, revenue_line_fn fn, void *arg)
{
	const struct saying s = { r, p, fn, arg };

	say_observed(&s);
	say_verdict(&s);
	say_causes(&s);
	say_unknown(&s);
	say_exits(&s);
	say_health(&s);
	say_clashes(&s);
	say_early(&s);
	say_sources(&s);
	say_speed(&s);
	say_saves(&s);
	say_effect(&s);
	say_rules(&s);
}
