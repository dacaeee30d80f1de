/* The figures of the Revenue screen as text: what stands in the columns of a line. */
#include "tui/revenue.h"

#include <math.h>
#include <stdio.h>

#include "tui/words.h"

char *revenue_rate(double v, char out[32])
{
	if (isnan(v))
		snprintf(out, 32, "--");
	else
		snprintf(out, 32, "%.1f %%", v);
	return out;
}

char *revenue_money_text(const struct app *a, int64_t cents, char *out, size_t size)
{
	char text[MONEY_TEXT_MAX];

	snprintf(out, size, "%s", words_money(book_policy(a->book), cents, text));
	return out;
}

enum role revenue_role(enum revenue_verdict v)
{
	static const enum role roles[] = { [VERDICT_NONE] = ROLE_UNKNOWN,
		[VERDICT_RED] = ROLE_BAD,
		[VERDICT_WATCH] = ROLE_WATCH,
		[VERDICT_GREEN] = ROLE_GOOD };

	return roles[v];
}

/* ---- figures -------------------------------------------------------------------- */

const char *revenue_label(const struct revenue_screen_line *line)
{
	return line->figure == FIGURE_CAUSE ? churn_classes[line->cause].name
					    : revenue_figure_of(line->figure)->label;
}

/* Of other periods than a year what it would be over one. */
static void rate_note(const struct revenue_group *g, double rate, double target,
	const char *more, struct revenue_cells *x)
{
	const int32_t days = g->to - g->from;

	if (isnan(rate) || (days >= 360 && days <= 370))
		snprintf(x->note, sizeof(x->note), "target %g %%%s", target, more);
	else
		snprintf(x->note, sizeof(x->note), "%.1f %% a year, target %g",
			revenue_yearly(rate, days), target);
}

static void rate_cells(const struct app *a, const struct revenue_screen *s,
	const struct revenue_group *g, int figure, struct revenue_cells *x)
{
	const struct policy *p = book_policy(a->book);
	const struct revenue_money *m = &g->money;
	const double nrr = trend_nrr(&m->cohort), grr = trend_grr(&m->cohort);
	char more[32];

	snprintf(more, sizeof(more), ", red below %g", p->number[POLICY_REVENUE_GRR_RED]);
	if (figure == FIGURE_NRR) {
		revenue_rate(nrr, x->value);
		revenue_rate(revenue_nrr_moved(m), x->moved);
		rate_note(g, nrr, revenue_target(p, s->r, g), " a year", x);
	} else if (figure == FIGURE_GRR) {
		revenue_rate(grr, x->value);
		revenue_rate(revenue_grr_moved(m), x->moved);
		rate_note(g, grr, p->number[POLICY_REVENUE_GRR], more, x);
		x->role = revenue_role(revenue_verdict(p, s->r, g));
	} else if (figure == FIGURE_LOGOS) {
		revenue_rate(revenue_logos_kept(m), x->value);
		snprintf(x->note, sizeof(x->note), "%u of %u lost", m->cohort.lost,
			m->cohort.accounts);
	} else {
		revenue_rate(revenue_expansion_share(m), x->value);
		snprintf(x->note, sizeof(x->note), "of all ARR gained");
	}
}

static void money_cells(const struct app *a, const struct revenue_group *g, int figure,
	struct revenue_cells *x)
{
	const struct revenue_money *m = &g->money;
	int64_t value = m->arrived_arr, moved = MONEY_NONE;

	switch (figure) {
	case FIGURE_OPENING:
		value = m->cohort.opening;
		snprintf(x->note, sizeof(x->note), "%u account%s: the cohort",
			m->cohort.accounts, TEXT_S(m->cohort.accounts));
		break;
	case FIGURE_EXPANSION:
		value = revenue_expansion(m);
		moved = m->path.up;
		snprintf(x->note, sizeof(x->note), "%u grew", m->grown);
		break;
	case FIGURE_CONTRACTION:
		value = revenue_contraction(m);
		moved = m->path.down;
		snprintf(x->note, sizeof(x->note), "%u shrank", m->shrunk);
		break;
	case FIGURE_CHURN:
		value = m->churn;
		moved = m->path.away;
		snprintf(x->note, sizeof(x->note), "%u left", m->cohort.lost);
		break;
	case FIGURE_BACK:
		value = MONEY_NONE;
		moved = m->path.back;
		snprintf(x->note, sizeof(x->note), "a loss and a gain");
		break;
	default:
		snprintf(x->note, sizeof(x->note), "%u account%s, in no rate", m->arrived,
			TEXT_S(m->arrived));
	}
	revenue_money_text(a, value, x->value, sizeof(x->value));
	if (moved != MONEY_NONE)
		revenue_money_text(a, moved, x->moved, sizeof(x->moved));
}

static char *within(double share, char out[16])
{
	if (isnan(share))
		snprintf(out, 16, "--");
	else
		snprintf(out, 16, "%.0f %%", 100 * share);
	return out;
}

static void value_cells(const struct app *a, const struct revenue_group *g, int figure,
	struct revenue_cells *x)
{
	const struct revenue_facts *f = &g->facts;
	const double days = book_policy(a->book)->number[POLICY_TRIAGE_SLOW_DAYS];
	char one[16], two[16], three[16], arr[64];

	switch (figure) {
	case FIGURE_TTV:
		snprintf(x->value, sizeof(x->value),
			f->began && f->ttv_median >= 0 ? "%d d" : "--", f->ttv_median);
		snprintf(x->note, sizeof(x->note), "2 d %s, 7 d %s, 30 d %s of %u",
			within(f->ttv_within[0], one), within(f->ttv_within[1], two),
			within(f->ttv_within[2], three), f->began);
		if (!f->began)
			snprintf(x->note, sizeof(x->note), "nobody began");
		break;
	case FIGURE_SLOW:
		snprintf(x->value, sizeof(x->value), "%u", f->slow);
		snprintf(x->note, sizeof(x->note),
			"%.1f %% lost; within %g d %.1f %% of %u",
			f->slow ? 100.0 * f->slow_lost / f->slow : 0, days,
			f->quick ? 100.0 * f->quick_lost / f->quick : 0, f->quick);
		break;
	case FIGURE_EARLY:
		snprintf(x->value, sizeof(x->value), "%u", f->early);
		snprintf(x->note, sizeof(x->note), "%s, within the first %g days",
			revenue_money_text(a, f->early_arr, arr, sizeof(arr)),
			book_policy(a->book)->number[POLICY_REVENUE_FIRST_TERM]);
		break;
	case FIGURE_FLEETING:
		snprintf(x->value, sizeof(x->value), "%u", f->fleeting);
		snprintf(x->note, sizeof(x->note), "between the two days: in no rate");
		break;
	case FIGURE_HEALTH:
		snprintf(x->value, sizeof(x->value), "%u", f->active);
		snprintf(x->note, sizeof(x->note), "%u healthy %u watch %u risk %u not",
			f->in_band[BAND_HEALTHY], f->in_band[BAND_WATCH],
			f->in_band[BAND_AT_RISK], f->in_band[BAND_UNKNOWN]);
		break;
	default:
		revenue_rate(
			f->adopted ? f->adoption / f->adopted : (double)NAN, x->value);
		snprintf(x->note, sizeof(x->note), "of the features, of %u of %u",
			f->adopted, f->active);
	}
}

static void other_cells(const struct app *a, const struct revenue_group *g, int figure,
	struct revenue_cells *x)
{
	const struct revenue_facts *f = &g->facts;
	const struct policy *p = book_policy(a->book);
	uint32_t flagged = 0, saved = 0;

	switch (figure) {
	case FIGURE_NPS:
		revenue_nps_text(&f->nps, p, x->note);
		break;
	case FIGURE_CSAT:
		revenue_csat_text(&f->csat, p, x->note);
		break;
	case FIGURE_TALKS:
		revenue_rate(
			f->talks_due ? 100.0 * f->in_time / f->talks_due : (double)NAN,
			x->value);
		snprintf(x->note, sizeof(x->note), "%u of %u late; %u talks in all",
			f->talks_due - f->in_time, f->talks_due, f->talks);
		break;
	case FIGURE_ALERTS:
		snprintf(x->value, sizeof(x->value), "%u", f->alerts);
		snprintf(x->note, sizeof(x->note), "%u closed, %u gone, %u open",
			f->closed, f->resolved, f->open);
		break;
	default:
		for (int k = 0; k < ORIGINS; k++) {
			flagged += f->flagged[k];
			saved += f->saved[k];
		}
		revenue_rate(flagged ? 100.0 * saved / flagged : (double)NAN, x->value);
		snprintf(x->note, sizeof(x->note),
			"alert %u/%u, word %u/%u, renewal %u/%u", f->saved[0],
			f->flagged[0], f->saved[1], f->flagged[1], f->saved[2],
			f->flagged[2]);
	}
}

void revenue_cells(const struct app *a, const struct revenue_screen *s,
	const struct revenue_screen_line *line, struct revenue_cells *x)
{
	const struct revenue_group *g = revenue_group_here(s);
	const int cause = line->cause;
	char fixes[REVENUE_FIXES_MAX];

	*x = (struct revenue_cells){ .role = ROLE_TEXT };
	if (line->figure == FIGURE_CAUSE) {
		revenue_money_text(a, s->r->lost_arr[cause], x->value, sizeof(x->value));
		snprintf(x->note, sizeof(x->note), "%u left%s%s%s", s->r->lost[cause],
			churn_classes[cause].ours ? "" : ", out of reach",
			cause == CHURN_UNKNOWN ? "" : "; ",
			revenue_fixes_text(s->r, (enum churn_class)cause, fixes));
	} else if (line->figure == FIGURE_EXIT) {
		revenue_rate(
			100.0 * s->r->exits.answered / g->money.cohort.lost, x->value);
		revenue_exits_text(s->r, x->note);
	} else if (line->figure >= FIGURE_NPS) {
		other_cells(a, g, (int)line->figure, x);
	} else if (line->figure >= FIGURE_TTV || line->figure == FIGURE_FLEETING) {
		value_cells(a, g, (int)line->figure, x);
	} else if (line->figure <= FIGURE_LOGOS || line->figure == FIGURE_SHARE) {
		rate_cells(a, s, g, (int)line->figure, x);
	} else {
		money_cells(a, g, (int)line->figure, x);
	}
}
