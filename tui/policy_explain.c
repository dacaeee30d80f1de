/* What a value of the policy means, where it comes from and what it has an influence on.
 */
#include "tui/policy.h"

#include <stdio.h>
#include <string.h>

#include "tui/sheet.h"

enum { WIDTH = 74 };

/* How the values of a section are used. */
static const struct {
	const char *section, *formula;
} formulas[] = {
	{ "policy", "Amounts in other currencies are converted by the exchange rates." },
	{ "fx", "One unit of a currency in units of the base currency." },
	{ "health", "health = sum(weight x sub-score) / sum(weight) over the components "
		    "that are "
		    "present, rounded, 1 to 100. Weights total 100." },
	{ "bands", "healthy from the first, watch from the second, at risk below." },
	{ "value", "value = ARR x (1 + growth)^3 x multiplier, growth held within its "
		   "limits, the "
		   "multiplier 1 and what is added for each flag, at most its limit." },
	{ "effort", "effort = sum(weight x part) / sum(weight) over the parts that are "
		    "known, 0 to "
		    "100. Weights total 100." },
	{ "quadrants",
		"High value from this percentile, high effort from that effort on." },
	{ "tiers", "tier score = value_weight x value percentile + effort_weight x "
		   "effort. A tier "
		   "begins at its threshold, and holds floor(cap x active accounts), at "
		   "least one." },
	{ "review", "Promoted from threshold + hysteresis on, demoted below threshold - "
		    "hysteresis "
		    "after so many reviews in a row and days in the tier; in exchange "
		    "for a member "
		    "that is swap_margin behind." },
	{ "alerts", "A condition that holds at a recalculation opens an alert." },
	{ "triage", "p = (floor + span x ((100 - health) / 100)^2) x renewal x start, at "
		    "most max; "
		    "at risk = p x ARR x multiplier." },
	{ "capacity", "A book is full when sum(accounts / at most) of its tiers, or the "
		      "same of ARR, "
		      "reaches 1. CSMs needed: the accounts of a tier / its target, "
		      "rounded up." },
	{ "rebalance", "What moving accounts costs, and what must stay, on Rebalance." },
	{ "revenue", "A group is green when NRR and GRR of the year reach their targets, "
		     "and red below the GRR that is too little." },
	{ "service", "What each tier is entitled to; accounts are measured by it." },
};

static const char *formula_of(const char *section)
{
	const char *found = "";

	for (size_t k = 0; k < sizeof(formulas) / sizeof(*formulas); k++)
		if (strncmp(formulas[k].section, section, strlen(formulas[k].section)) ==
			0)
			found = formulas[k].formula;
	return found;
}

/* What a change of it is seen in. */
static const char *touches(const struct policy_item *x)
{
	if (x->part >= 0 || strcmp(x->section, "health") == 0)
		return "health, and by it effort, tier scores, tiers, alerts, money at "
		       "risk";
	if (strcmp(x->section, "value") == 0)
		return "value, and by it tier scores, tiers, money at risk";
	if (strcmp(x->section, "effort") == 0)
		return "effort, and by it tier scores, tiers, quadrants";
	if (strcmp(x->section, "tiers") == 0 || strcmp(x->section, "review") == 0)
		return "tiers, and by them the CSMs that are needed";
	if (strcmp(x->section, "alerts.plays") == 0)
		return "which plays start; no figure of this screen";
	if (strncmp(x->section, "alerts", 6) == 0)
		return "alerts";
	if (strcmp(x->section, "triage") == 0)
		return "money at risk and the order of Today";
	if (strcmp(x->section, "capacity") == 0)
		return "the CSMs that are needed, and Capacity";
	if (strcmp(x->section, "policy") == 0 || x->entry.type == PT_RATES)
		return "all amounts: the base is read again";
	if (strcmp(x->section, "bands") == 0)
		return "the words for health, not health itself";
	if (strcmp(x->section, "quadrants") == 0)
		return "quadrants";
	return "no figure of this screen";
}

/* The version that brought the value of now; 0: it is the shipped one ever since. */
static void say_since(struct app *a, const struct policy_item *x, struct page *p)
{
	const struct policy now = *book_policy(a->book);
	int32_t version = book_policy_version(a->book);
	struct policy_version v = { 0 };
	char day[DAY_TEXT_MAX];
	struct policy before;
	struct arena arena;
	struct err e;

	arena_init(&arena);
	for (; version > 0; version--)
		if (book_policy_of(a->book, version - 1, &before, &e) != ST_OK ||
			!policy_item_same(&before, &now, x))
			break;
	if (version > 0 && book_policy_saved(a->book, version, &arena, &v, &e) == ST_OK)
		page_print(p, 0, ROLE_TEXT, "Since version %d, %s, by %s: %s",
			(int)version,
			day_format((int32_t)((v.at + book_east(a->book)) / DAY_SECONDS),
				day),
			v.author, v.reason);
	else
		page_print(p, 0, ROLE_TEXT, "It has been so since version 1.");
	arena_clear(&arena);
}

static void fill(struct app *a, void *state, struct page *p)
{
	const struct policy_screen *s = a->state[SCREEN_POLICY];
	char text[POLICY_TEXT_VALUE_MAX], words[POLICY_ITEM_TEXT_MAX];
	struct policy shipped;
	struct policy_item x;

	(void)state;
	if (!s)
		return;
	policy_here(s, &x);
	policy_default(&shipped);
	page_print(p, 0, ROLE_STRONG, "[%s] %s", x.section, x.entry.key);
	page_print(p, 0, ROLE_TEXT, "%s", policy_item_meaning(&x, words));
	page_line(p);
	page_print(p, 0, ROLE_TEXT, "here      %s %s",
		policy_item_text(&s->edited, &x, text), policy_item_unit(&s->edited, &x));
	page_print(p, 0, ROLE_TEXT, "in force  %s", policy_item_text(&s->base, &x, text));
	page_print(p, 0, ROLE_TEXT, "shipped   %s", policy_item_text(&shipped, &x, text));
	page_print(p, 0, ROLE_TEXT, "range     %s", policy_item_range(&x, words));
	page_line(p);
	page_print(p, 0, ROLE_TEXT, "%s", formula_of(x.section));
	page_print(p, 0, ROLE_TEXT, "It has an influence on: %s.", touches(&x));
	if (x.tier)
		page_print(p, 0, ROLE_TEXT,
			"These are rules of tier %d alone; it follows the general ones "
			"until one of them differs.",
			x.tier);
	page_line(p);
	say_since(a, &x, p);
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops policy_explain_screen = SHEET_OPS(open_explain);
