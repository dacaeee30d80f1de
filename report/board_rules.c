/* The words of the report, and the rules behind its figures with the numbers in force. */
#include "report/board_internal.h"

#include <stdio.h>

#include "core/money.h"

/* As the policy has it, in the document's memory. */
static const char *exact(struct board *x, double v)
{
	char number[NUMBER_TEXT_MAX];
	const struct text own = doc_text(x->d, "%s", number_exact(v, number));

	return own.s ? own.s : "";
}

static void put_health(struct board *x)
{
	const struct health_rules *h = &x->policy->health[0];
	char text[400] = "";
	size_t used = 0;

	for (int c = 0; c < COMP_COUNT; c++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s %s",
			c ? ", " : "", component_name[c], exact(x, h->weight[c]));
	doc_term(x->d, "Health",
		"1 to 100: the mean of the components that have an input that is not too "
		"old, by their weights (%s; tiers may have others). Unknown when less "
		"than "
		"%s %% of the weights have one. Healthy from %d, watch from %d, below "
		"that at "
		"risk.",
		text, exact(x, 100 * x->policy->min_coverage),
		(int)x->policy->healthy_from, (int)x->policy->watch_from);
}

static void put_tiering(struct board *x)
{
	const struct policy *p = x->policy;

	doc_term(x->d, "Value",
		"ARR with three years of the growth expected of it, times up to %s for "
		"strategic weight (reference, marquee, advocate, parent); ranked among "
		"all "
		"active accounts, 0 to 100.",
		exact(x, p->flag_max));
	doc_term(x->d, "Effort",
		"0 to 100: complexity, maturity, stakeholders, onboarding, nearness of "
		"the "
		"renewal and tickets, by their weights.");
	doc_term(x->d, "Tier score",
		"%s of the value rank and %s of effort. Tier 1 from %s, tier 2 "
		"from "
		"%s; who stays %s points beyond that moves, up after %d and down "
		"after "
		"%d reviews in a row.",
		exact(x, p->score_value_weight), exact(x, p->score_effort_weight),
		exact(x, p->threshold[0]), exact(x, p->threshold[1]),
		exact(x, p->hysteresis), p->up_streak, p->down_streak);
	doc_term(x->d, "Cap",
		"Tier 1 holds at most %.2f %% and tier 2 at most %.2f %% of the active "
		"accounts, rounded down. When a tier is full, who comes in takes the "
		"place of "
		"the weakest, by a margin of %s.",
		p->cap_bp[0] / 100.0, p->cap_bp[1] / 100.0, exact(x, p->swap_margin));
	doc_term(x->d, "Quadrants",
		"Cut at value rank %s and effort %s: strategic attention (both "
		"high), "
		"managed automation (value alone), fix or standardise (effort alone), "
		"tech "
		"touch (neither).",
		exact(x, p->line_value), exact(x, p->line_effort));
}

static void put_money(struct board *x)
{
	doc_term(x->d, "ARR",
		"Annual recurring revenue in %s: of an account the sum of its contracts "
		"that "
		"run on the day, else the amount entered. Ends are exclusive.",
		x->currency);
	doc_term(x->d, "NRR, GRR",
		"Snapshot rule: the accounts with ARR on the opening day are followed to "
		"the "
		"closing day. NRR is their closing ARR, GRR the lesser of both per "
		"account, in "
		"percent of the opening. New accounts count in neither.");
	doc_term(x->d, "Money at risk",
		"ARR times the estimated probability of losing it, which grows as health "
		"falls and as the renewal comes near, times the strategic weight (1 to "
		"%g, as in value): of a strategic account it can be more than the ARR.",
		x->policy->flag_max);
}

static void put_care(struct board *x)
{
	const double *n = x->policy->number;

	doc_term(x->d, "Load",
		"Per tier accounts and ARR as shares of the most that one CSM can look "
		"after, "
		"added over the tiers, the larger of both. Tier 1: %.0f to %.0f "
		"accounts, best "
		"%.0f; tier 2: %.0f to %.0f, best %.0f.",
		n[POLICY_CAP_T1_MIN], n[POLICY_CAP_T1_MAX], n[POLICY_CAP_T1_TARGET],
		n[POLICY_CAP_T2_MIN], n[POLICY_CAP_T2_MAX], n[POLICY_CAP_T2_TARGET]);
	doc_term(x->d, "Outcome, activity",
		"What became of the customers' money and use, and what was done for it. "
		"Satisfaction (NPS) is an input of health, at most as heavy as its "
		"weight "
		"above, and no measure of success.");
	doc_term(x->d, "Head of the history",
		"The seal at the foot: noted here, it tells later whether the history of "
		"the "
		"book up to this report is still the same (`tierdesk verify --anchor`).");
}

void board_rules(struct board *x)
{
	doc_section(x->d, "rules", "Words and rules");
	put_money(x);
	put_health(x);
	put_tiering(x);
	put_care(x);
}
