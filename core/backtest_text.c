#include "core/backtest_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const backtest_answer_name[4] = { "9-10", "7-8", "0-6", "no answer" };

const char *backtest_input_name(int input)
{
	return input < COMP_COUNT ? component_name[input] : "pulse";
}

const char *backtest_verdict_name(enum backtest_verdict v)
{
	static const char *const names[] = { "too-few", "chance", "upside-down",
		"tells" };

	return names[v];
}

/* ---- figures -------------------------------------------------------------------------
 */

char *backtest_auc_text(const struct backtest_auc *a, char out[BACKTEST_FIGURE_MAX])
{
	if (isnan(a->auc))
		snprintf(out, BACKTEST_FIGURE_MAX, "--");
	else if (isnan(a->low))
		snprintf(out, BACKTEST_FIGURE_MAX, "%.2f", a->auc);
	else
		snprintf(out, BACKTEST_FIGURE_MAX, "%.2f (%.2f to %.2f)", a->auc, a->low,
			a->high);
	return out;
}

char *backtest_share_text(const struct backtest_share *s, char out[BACKTEST_FIGURE_MAX])
{
	if (!s->n)
		snprintf(out, BACKTEST_FIGURE_MAX, "--");
	else
		snprintf(out, BACKTEST_FIGURE_MAX, "%u of %u, %.1f %% (%.1f to %.1f)",
			s->hits, s->n, 100 * s->share, 100 * s->range.low,
			100 * s->range.high);
	return out;
}

/* ---- the verdict ---------------------------------------------------------------------
 */

char *backtest_verdict_text(const struct backtest *t, char out[BACKTEST_TEXT_MAX])
{
	char auc[BACKTEST_FIGURE_MAX];

	backtest_auc_text(&t->auc, auc);
	switch (t->verdict) {
	case BACKTEST_TOO_FEW:
		snprintf(out, BACKTEST_TEXT_MAX,
			"no verdict: %u account%s left within %d days of a month-end "
			"with a known health, and below %d nothing can be told from luck",
			t->left, TEXT_S(t->left), t->horizon, BACKTEST_EVENTS_MIN);
		break;
	case BACKTEST_CHANCE:
		snprintf(out, BACKTEST_TEXT_MAX,
			"no better than chance: AUC %s, and that range holds 0.5; health "
			"did not tell who would leave",
			auc);
		break;
	case BACKTEST_UPSIDE:
		snprintf(out, BACKTEST_TEXT_MAX,
			"upside down: AUC %s; the healthier accounts were the ones that "
			"left",
			auc);
		break;
	case BACKTEST_TELLS:
		snprintf(out, BACKTEST_TEXT_MAX,
			"health tells: AUC %s; of an account that left and one that "
			"stayed, the one that left was rated lower %.0f times in 100%s",
			auc, 100 * t->auc.auc,
			t->leaks ? "; but see what is too good to be true first" : "");
		break;
	}
	return out;
}

char *backtest_title(const struct backtest *t, char out[BACKTEST_TEXT_MAX])
{
	char day[DAY_TEXT_MAX], auc[BACKTEST_FIGURE_MAX];

	backtest_auc_text(&t->auc, auc);
	snprintf(out, BACKTEST_TEXT_MAX,
		BACKTEST_TITLE "%s, %d days, policy %d: %s, AUC %s, %u left of %u",
		day_format(t->as_of, day), t->horizon, (int)t->policy_version,
		backtest_verdict_name(t->verdict),
		t->verdict == BACKTEST_TOO_FEW ? "--" : auc, t->left, t->accounts);
	return out;
}

/* ---- leaks ---------------------------------------------------------------------------
 */

char *backtest_leak_text(const struct backtest *t, const struct backtest_leak *l,
	char out[BACKTEST_TEXT_MAX])
{
	const char *name = l->input >= 0 ? backtest_input_name(l->input) : "health";

	(void)t;
	switch (l->kind) {
	case BACKTEST_LEAK_SCORE:
	case BACKTEST_LEAK_INPUT:
		snprintf(out, BACKTEST_TEXT_MAX,
			"%s alone tells nearly everything (AUC %.2f, %u accounts that "
			"left): look whether it was written when it was known who "
			"leaves, and dated back",
			name, l->x, l->n);
		break;
	case BACKTEST_LEAK_ONLY:
		snprintf(out, BACKTEST_TEXT_MAX,
			"%s is known of %.0f %% of those who left and of %.0f %% of "
			"those who stayed: that it is there gives away who leaves",
			name, 100 * l->x, 100 * l->y);
		break;
	case BACKTEST_LEAK_MISSING:
		snprintf(out, BACKTEST_TEXT_MAX,
			"%s is known of %.0f %% of those who left and of %.0f %% of "
			"those who stayed: rows of accounts that left seem to be gone",
			name, 100 * l->x, 100 * l->y);
		break;
	case BACKTEST_LEAK_AFTER:
		snprintf(out, BACKTEST_TEXT_MAX,
			"%u of %.0f accounts that left have measurements on that day or "
			"later: the day they left, or those of the measurements, are not "
			"right",
			l->n, l->x);
		break;
	}
	return out;
}

/* ---- the proposal --------------------------------------------------------------------
 */

char *backtest_weights_text(
	const struct backtest_proposal *p, char out[BACKTEST_TEXT_MAX])
{
	char now[BACKTEST_FIGURE_MAX], then[BACKTEST_FIGURE_MAX];

	snprintf(out, BACKTEST_TEXT_MAX,
		"AUC %s with today's weights, %s with the proposed ones on accounts they "
		"were not found on: a gain of %+.3f (%+.3f to %+.3f), %s",
		backtest_auc_text(&p->auc_now, now),
		backtest_auc_text(&p->auc_then, then), p->gain.gain, p->gain.low,
		p->gain.high,
		p->better ? "more than luck"
			  : "which may be luck: there is no reason to change them");
	return out;
}

char *backtest_curve_text(const struct backtest_proposal *p, char out[BACKTEST_TEXT_MAX])
{
	snprintf(out, BACKTEST_TEXT_MAX,
		"p = %.4f + %.4f ((100 - health)/100)^2 instead of %.4f + %.4f: Brier "
		"%.5f on other accounts instead of %.5f (n %u), %s; p would be %.1f %% "
		"instead of %.1f %% on average, and the money at risk likewise",
		p->curve_then.floor, p->curve_then.span, p->curve_now.floor,
		p->curve_now.span, p->brier_then, p->brier_now, p->curve_n,
		p->sharper ? "more than luck" : "which may be luck", 100 * p->mean_then,
		100 * p->mean_now);
	return out;
}

char *backtest_change_text(const struct backtest_proposal *p, char out[BACKTEST_TEXT_MAX])
{
	int n = 0;

	out[0] = '\0';
	if (p->tried)
		n = snprintf(out, BACKTEST_TEXT_MAX,
			"of %u active accounts %u would change their band: healthy %u to "
			"%u, watch %u to %u, at risk %u to %u",
			p->active, p->other_band, p->band_now[BAND_HEALTHY],
			p->band_then[BAND_HEALTHY], p->band_now[BAND_WATCH],
			p->band_then[BAND_WATCH], p->band_now[BAND_AT_RISK],
			p->band_then[BAND_AT_RISK]);
	if (p->tried && p->tiers_tried && n < BACKTEST_TEXT_MAX)
		snprintf(out + n, BACKTEST_TEXT_MAX - (size_t)n,
			"; %u would end in another tier after a review", p->other_tier);
	return out;
}

/* ---- rules ---------------------------------------------------------------------------
 */

const char *backtest_rule_text(
	const struct backtest *t, int i, char out[BACKTEST_TEXT_MAX])
{
	static const char *const rules[] = {
		"left: the day an account churned, or a movement says so, is after the "
		"month-end and within the horizon; only month-ends whose horizon is "
		"over count",
		"health as of each month-end from rows dated by then, by the policy in "
		"force now; what nobody dated (seats bought, features in the plan) "
		"counts as it is today, and rows that were dated back can't be told "
		"from others",
		"the renewal has no part: its date moves on for those who stay, so that "
		"today's gives away who left; triage's p stands without it too",
		"AUC: Mann-Whitney, ties as half; ranges are 95 %, by DeLong's variance "
		"with each account's months taken together, on the logit scale, by "
		"Student's t",
		"bands, answers and Brier: over month-ends a horizon apart, so that "
		"nobody leaves twice; ranges are Wilson's; triage does not say within "
		"which time, its p is held against the horizon",
		"red before: by the last month-end at least so many days before; "
		"precision counts account-months, which overlap",
		"lead time: from the first alert that was in sight in the 180 days "
		"before an account left, opportunities aside, as the alerts were "
		"recorded",
		"weights: a logistic regression held to today's weights by a ridge, five "
		"folds of accounts; those that could not be judged stay",
	};

	(void)t;
	if (i < 0 || (size_t)i >= sizeof(rules) / sizeof(*rules))
		return NULL;
	snprintf(out, BACKTEST_TEXT_MAX, "%s", rules[i]);
	return out;
}
