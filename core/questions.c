#include "core/questions.h"

#include <math.h>
#include <stdio.h>

#include "core/backtest_text.h"
#include "core/convert.h"
#include "core/revenue_text.h"

/* By so much either is another one than before. */
#define GRR_POINTS 0.5
#define TICKETS_PERCENT 5.0

const struct question_row question_rows[QUESTIONS] = {
#define QUESTION(id, name, asked, verb) { name, asked, verb },
#include "core/question.def"
};

static void figure(struct answer *out, const char *name, double value)
{
	out->figure[out->figures++] = (struct answer_figure){ name, value };
}

static double share(double part, double whole)
{
	return whole > 0 ? 100 * part / whole : (double)NAN;
}

/* "from 2025-12-01 to 2026-11-30": the days after the close of one up to the other. */
static void add_days(struct answer *out, int32_t from, int32_t to)
{
	char a[DAY_TEXT_MAX], b[DAY_TEXT_MAX];

	text_say(out->rule, "from %s to %s", day_format(from + 1, a), day_format(to, b));
}

/* ---- time to first value -------------------------------------------------------- */

static void add_within(struct answer *out, double share_of, const char *name, int days)
{
	figure(out, name, 100 * share_of);
	if (!isnan(share_of) && days >= 7)
		text_say(out->text, ", %.0f %% within %d days", 100 * share_of, days);
}

void question_value(const struct revenue *r, struct answer *out)
{
	static const char *const names[REVENUE_TTV_DAYS] = { "within_2_days_pct",
		"within_7_days_pct", "within_30_days_pct" };
	const struct revenue_facts *f = &r->all.facts;
	const bool half = f->ttv_median >= 0;

	*out = (struct answer){ .state = f->began ? ANSWER_KNOWN : ANSWER_MISSING };
	figure(out, "accounts", f->began);
	figure(out, "median_days", half ? f->ttv_median : (double)NAN);
	if (!f->began)
		text_say(out->text,
			"Not known: of no account that began in this year a "
			"start of the onboarding or a first value is on record");
	else if (half)
		text_say(out->text,
			"%d day%s in the median of the %u account%s that began",
			(int)f->ttv_median, TEXT_S(f->ttv_median), f->began,
			TEXT_S(f->began));
	else
		text_say(out->text, "Half of the %u account%s that began had none yet",
			f->began, TEXT_S(f->began));
	for (int k = 0; k < REVENUE_TTV_DAYS; k++)
		add_within(out, f->began ? f->ttv_within[k] : (double)NAN, names[k],
			revenue_ttv_day[k]);
	text_say(out->text, ".");
	text_say(out->rule, "Accounts that began ");
	add_days(out, r->asked.from, r->asked.to);
	text_say(out->rule, ", from the start of the contract; who still waits counts as "
			    "waiting (Kaplan-Meier).");
}

/* ---- what predicts churn -------------------------------------------------------- */

/* What an account does, and enough of those who left to judge it by. */
static bool can_judge(const struct backtest_input *x)
{
	return !x->undated && !x->leaks && !isnan(x->auc.auc) &&
	       x->auc.accounts_left >= BACKTEST_EVENTS_MIN;
}

/* The components, the one that tells best first; a pulse is a person's word. */
static int rank_inputs(const struct backtest *t, int order[COMP_COUNT])
{
	int n = 0;

	for (int k = 0; k < COMP_COUNT; k++) {
		int at = n;

		if (!can_judge(&t->input[k]))
			continue;
		for (; at > 0 && t->input[order[at - 1]].auc.auc < t->input[k].auc.auc;
			at--)
			order[at] = order[at - 1];
		order[at] = k;
		n++;
	}
	return n;
}

static bool tells(const struct backtest_auc *a)
{
	return a->auc > 0.5 && !backtest_auc_is_chance(a);
}

static void say_inputs(const struct backtest *t, const int *order, int n, char *out)
{
	const struct backtest_input *best = &t->input[order[0]];
	const char *name = backtest_input_name(order[0]);
	char auc[BACKTEST_FIGURE_MAX];
	int k = 1;

	backtest_auc_text(&best->auc, auc);
	if (!tells(&best->auc)) {
		text_say(out,
			"None does better than chance; %s comes closest, with an AUC of "
			"%s.",
			name, auc);
		return;
	}
	text_say(out, "%c%s, with an AUC of %s", name[0] - 'a' + 'A', name + 1, auc);
	for (; k < n && k < QUESTION_TELLING && tells(&t->input[order[k]].auc); k++)
		text_say(out, "%s %s (%.2f)", k == 1 ? ", then" : " and",
			backtest_input_name(order[k]), t->input[order[k]].auc.auc);
	if (k == 1)
		text_say(out, "; no other one does better than chance");
	text_say(out, ".");
}

/* Of how many who left something is known that can be held against it, at most. */
static uint32_t most_left(const struct backtest *t)
{
	uint32_t most = 0;

	for (int k = 0; k < COMP_COUNT; k++) {
		const struct backtest_input *x = &t->input[k];

		if (!x->undated && !x->leaks && x->auc.accounts_left > most)
			most = x->auc.accounts_left;
	}
	return most;
}

void question_churn(const struct backtest *t, struct answer *out)
{
	int order[COMP_COUNT], n = t ? rank_inputs(t, order) : 0;
	const struct backtest_auc *best = n ? &t->input[order[0]].auc : NULL;
	char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX];

	*out = (struct answer){ .state = !t  ? ANSWER_UNMADE
					 : n ? ANSWER_KNOWN
					     : ANSWER_MISSING };
	figure(out, "auc", n ? best->auc : (double)NAN);
	figure(out, "auc_low", n ? best->low : (double)NAN);
	figure(out, "auc_high", n ? best->high : (double)NAN);
	figure(out, "accounts_left", t ? t->left : (double)NAN);
	if (!t) {
		text_say(
			out->text, "Only a backtest says that, and none was made today.");
	} else if (n) {
		snprintf(out->subject, sizeof(out->subject), "%s",
			backtest_input_name(order[0]));
		say_inputs(t, order, n, out->text);
	} else {
		text_say(out->text,
			"Not known: it takes %d accounts that left with "
			"something measured before, and there are %u.",
			BACKTEST_EVENTS_MIN, most_left(t));
	}
	if (t && t->months)
		text_say(out->rule,
			"%d month-ends from %s to %s, who left within %d days; "
			"an AUC of 0.5 is chance, 1 is certain; in brackets what "
			"95 of 100 such books would show.",
			t->months, day_format(t->first, from), day_format(t->last, to),
			t->horizon);
	else
		text_say(out->rule,
			"Each component alone, at the month-ends of the past, "
			"against who left within %d days.",
			t ? t->horizon : BACKTEST_HORIZON);
}

/* ---- time, issues --------------------------------------------------------------- */

void question_time(struct book *b, const struct book_time *t, struct answer *out)
{
	double minutes = 0, arr = 0;
	char line[TEXT_SAID_MAX];

	for (int k = 0; k < TIER_COUNT; k++) {
		minutes += time_total(t->minutes[k]);
		arr += (double)t->arr[k];
	}
	time_text(b, t, TIME_LARGEST, line);
	*out = (struct answer){ .state = *line ? ANSWER_KNOWN : ANSWER_MISSING };
	figure(out, "time_pct", *line ? share(t->largest_minutes, minutes) : (double)NAN);
	figure(out, "accounts", t->largest);
	figure(out, "arr_pct", share((double)t->largest_arr, arr));
	if (*line)
		text_say(out->text, "%s.", line);
	else
		text_say(out->text, "Not known: %s.",
			t->largest ? "no time of people is on record"
				   : "no account has ARR");
	text_say(out->rule, "Touches by people ");
	add_days(out, t->from - 1, t->to);
	text_say(out->rule, "; the largest are as many as tier 1 may hold.");
	if (t->estimated)
		text_say(out->rule,
			" %u of %u say no minutes, and count with those of the "
			"policy.",
			t->estimated, t->touches);
}

/* What comes again, and of that what has most tickets. */
static const struct cause_row *worst(const struct causes *c)
{
	const struct cause_row *best = NULL;

	for (uint32_t k = 0; k < c->n; k++) /* by tickets, the most first */
		if (c->row[k].tickets && (!best || c->row[k].repeated > best->repeated))
			best = &c->row[k];
	return best;
}

void question_issue(const struct causes *c, struct answer *out)
{
	const struct cause_row *x = worst(c);

	*out = (struct answer){ .state = x ? ANSWER_KNOWN : ANSWER_MISSING };
	figure(out, "tickets", x ? x->tickets : (double)NAN);
	figure(out, "accounts", x ? x->accounts : (double)NAN);
	figure(out, "again", x ? x->repeated : (double)NAN);
	figure(out, "before", x ? x->before : (double)NAN);
	figure(out, "all_tickets", c->tickets);
	if (x)
		snprintf(out->subject, sizeof(out->subject), "%.*s",
			convert_shown(x->name, ANSWER_SUBJECT_MAX - 1), x->name.s);
	if (x && x->repeated)
		text_say(out->text,
			"%s: %u of %u tickets, of %u account%s; %u of them from "
			"accounts that had it before; %u in the %d days before.",
			out->subject, x->tickets, c->tickets, x->accounts,
			TEXT_S(x->accounts), x->repeated, x->before, (int)c->days);
	else if (x)
		text_say(out->text, "None came back; most tickets, %u of %u, are of %s.",
			x->tickets, c->tickets, out->subject);
	else if (c->tickets)
		text_say(out->text, "Not known: of %u ticket%s none has a root cause.",
			c->tickets, TEXT_S(c->tickets));
	else
		text_say(out->text, "No ticket was opened.");
	text_say(out->rule, "Tickets opened ");
	add_days(out, c->as_of - c->days, c->as_of);
	text_say(out->rule,
		", by root cause; it comes back where an account had the same "
		"one before, in these days or the %d before.",
		(int)c->days);
}

/* ---- retention and tickets ------------------------------------------------------ */

struct question_year question_year_of(const struct revenue *r)
{
	const bool known = revenue_observed(r);

	return (struct question_year){ .from = r->asked.from,
		.to = r->asked.to,
		.grr = known ? trend_grr(&r->all.money.cohort) : (double)NAN,
		.nrr = known ? trend_nrr(&r->all.money.cohort) : (double)NAN,
		.logos = known ? revenue_logos_kept(&r->all.money) : (double)NAN,
		.survivors = !known,
		.observed = r->observed,
		.active = r->all.facts.active };
}

static double per_account(const struct question_year *y)
{
	return y->active && y->ticketed ? (double)y->tickets / y->active : (double)NAN;
}

/* What the two changes mean together. */
static const char *verdict(double kept, double tickets)
{
	const int more_kept = kept >= GRR_POINTS ? 1 : kept <= -GRR_POINTS ? -1 : 0;
	const int more_tickets = tickets >= TICKETS_PERCENT    ? 1
				 : tickets <= -TICKETS_PERCENT ? -1
							       : 0;
	static const char *const words[3][3] = {
		{ "Less is kept, though tickets are fewer: silence is no success",
			"Less is kept, and tickets don't tell",
			"Less is kept, and tickets are more" },
		{ "As much is kept as before, with fewer tickets",
			"As much is kept as before, and tickets are as many",
			"As much is kept as before, though tickets are more" },
		{ "More is kept, and tickets are fewer",
			"More is kept, and tickets are as many",
			"More is kept, though tickets are more" },
	};

	return words[more_kept + 1][more_tickets + 1];
}

static void add_was(struct answer *out, const char *name, double now, double before,
	const char *unit, const char *of)
{
	text_say(out->text, "%s %.1f%s", name, now, unit);
	if (!isnan(before))
		text_say(out->text, " (%.1f%s)", before, of);
}

void question_retention(const struct question_year *now,
	const struct question_year *before, struct answer *out)
{
	const double tickets = per_account(now), were = per_account(before);
	const bool known = !isnan(now->grr);
	char why[OBSERVED_TEXT_MAX];

	*out = (struct answer){ .state = known ? ANSWER_KNOWN : ANSWER_MISSING };
	figure(out, "grr", now->grr);
	figure(out, "nrr", now->nrr);
	figure(out, "logos_kept_pct", now->logos);
	figure(out, "tickets_per_account", tickets);
	figure(out, "grr_before", before->grr);
	figure(out, "nrr_before", before->nrr);
	figure(out, "logos_kept_pct_before", before->logos);
	figure(out, "tickets_per_account_before", were);
	if (known) {
		if (!isnan(before->grr) && were > 0 && !isnan(tickets))
			text_say(out->text, "%s: ",
				verdict(now->grr - before->grr,
					share(tickets - were, were)));
		add_was(out, "GRR", now->grr, before->grr, " %", " the year before");
		add_was(out, ", NRR", now->nrr, before->nrr, " %", "");
		add_was(out, ", accounts kept", now->logos, before->logos, " %", "");
		if (!isnan(tickets)) {
			add_was(out, ", tickets per account", tickets, were, "", "");
		} else {
			text_say(out->text,
				"; tickets are not on record for all of the year");
		}
		text_say(out->text, ".");
	} else {
		text_say(out->text, "Not known: %s.",
			now->survivors ? observed_text(&now->observed, now->to, why)
				       : "no account had ARR a year ago");
	}
	text_say(out->rule, "The year ");
	add_days(out, now->from, now->to);
	text_say(out->rule,
		"%s; tickets opened in it, per account that was active at its end.",
		isnan(before->grr) ? "; of the year before nothing is known"
				   : "; in brackets the year before");
}
