/* The revenue in sentences for a person: what it shows, and by which rules. */
#ifndef CORE_REVENUE_TEXT_H
#define CORE_REVENUE_TEXT_H

#include "core/book_revenue.h"

#define REVENUE_TEXT_MAX 320

enum revenue_line {
	REVENUE_SAYS,
	REVENUE_WARNS,
	REVENUE_RULE /* how it was counted: cohort, days, attribution */
};
typedef void (*revenue_line_fn)(void *arg, enum revenue_line kind, const char *text);

/* For people: "owner", where programs read "csm". */
const char *revenue_by_said(enum revenue_by by);
/* "tier 1", "not placed", "no segment", or the key as it is. Returns out. */
#define REVENUE_GROUP_MAX 96
char *revenue_group_said(const struct revenue *r, const struct revenue_group *g,
	char out[REVENUE_GROUP_MAX]);

/* What stands out, and then the rules; text is borrowed during the call. */
void revenue_say(
	const struct revenue *r, const struct policy *p, revenue_line_fn fn, void *arg);

/* By outcome alone, a year at this pace against the targets: whatever was done, who loses
 * a quarter of its revenue is red. */
enum revenue_verdict { VERDICT_NONE, VERDICT_RED, VERDICT_WATCH, VERDICT_GREEN };
extern const char *const revenue_verdict_name[]; /* "", "red" ... */
enum revenue_verdict revenue_verdict(
	const struct policy *p, const struct revenue *r, const struct revenue_group *g);
/* Whether what became of the cohort is observed, or there is none. Where it isn't, only
 * red is said of it. */
bool revenue_observed(const struct revenue *r);
/* The NRR that the group is to reach, percent of a year: that of its tier. */
double revenue_target(
	const struct policy *p, const struct revenue *r, const struct revenue_group *g);

/* Whether revenue holds and health does not: the mean health of those that stayed, at the
 * opening and at the close. */
bool revenue_diverges(
	const struct revenue *r, const struct policy *p, double *was, double *is);

/* Of all that was lost the share, percent, that customer success can't change; NaN:
 * nothing was lost. */
double revenue_outside(const struct revenue *r);

/* "CONTRACTS: ..." one contradiction; account: its name. Returns out. */
char *revenue_clash_text(const struct revenue_clash *c, const struct policy *p,
	char out[REVENUE_TEXT_MAX]);

/* "13 of 30 answered, 43 % (27 to 61): support 5, price 3, no known cause 5". Returns
 * out. */
char *revenue_exits_text(const struct revenue *r, char out[REVENUE_TEXT_MAX]);

/* "we had hoped for more (2026-03-04, on record price)": an answer whose words tell no
 * cause. Returns out. */
char *revenue_unclear_text(const struct revenue *r, const struct revenue_unclear *x,
	char out[REVENUE_TEXT_MAX]);
/* How a person says it. */
#define REVENUE_UNCLEAR_HOW                                                             \
	"A class in front of the words, as in \"price: ...\", tells the cause: of the " \
	"reason on the account, or of the answer."

/* What is done about a class of reasons: "2 fixes noted, 1 verified", "no fix noted"; ""
 * of reasons that nobody knows. Returns out. */
#define REVENUE_FIXES_MAX 64
char *revenue_fixes_text(
	const struct revenue *r, enum churn_class k, char out[REVENUE_FIXES_MAX]);

/* NPS with its margin, or the share of good answers with its interval; fewer answers than
 * the policy asks for say so. Returns out. */
char *revenue_nps_text(const struct revenue_answers *a, const struct policy *p,
	char out[REVENUE_TEXT_MAX]);
char *revenue_csat_text(const struct revenue_answers *a, const struct policy *p,
	char out[REVENUE_TEXT_MAX]);

#endif
