/* How the money at risk comes about, and what opened an alert. */
#include "tui/explain.h"

#include <stdio.h>

#include "core/alert_opens.h"
#include "core/book_live.h"
#include "core/queue.h"
#include "tui/words.h"

static const struct policy *policy_of(const struct explain *x)
{
	return book_policy(x->a->book);
}

static double limit(const struct explain *x, enum policy_number n)
{
	return policy_of(x)->number[n];
}

/* ---- money at risk -------------------------------------------------------------- */

static void put_health(struct explain *x, const struct triage_explained *t)
{
	char p[NUMBER_TEXT_MAX], floor[NUMBER_TEXT_MAX], span[NUMBER_TEXT_MAX];
	const bool unknown =
		x->v->row.health == HEALTH_UNKNOWN || x->v->row.health == HEALTH_NONE;

	explain_say(x, ROLE_TEXT, "by health %s = %s + %s x ((100 - %d) / 100)^2%s",
		number_format(t->by_health, 4, p),
		number_format(limit(x, POLICY_TRIAGE_FLOOR), 4, floor),
		number_format(limit(x, POLICY_TRIAGE_SPAN), 4, span), t->health,
		unknown ? "; health is not known and counts so" : "");
}

static void put_renewal(struct explain *x, const struct triage_explained *t)
{
	const int near = (int)limit(x, POLICY_TRIAGE_NEAR_DAYS);
	const int far = (int)limit(x, POLICY_TRIAGE_FAR_DAYS);
	char times[NUMBER_TEXT_MAX];

	number_format(t->by_renewal, 4, times);
	if (t->renewal == DAY_NONE)
		explain_say(x, ROLE_TEXT, "renewal x %s: no date is known", times);
	else if (t->renewal <= near)
		explain_say(x, ROLE_TEXT, "renewal x %s: in %d d, at most %d", times,
			t->renewal, near);
	else if (t->renewal <= far)
		explain_say(x, ROLE_TEXT, "renewal x %s: in %d d, from %d to %d", times,
			t->renewal, near + 1, far);
	else
		explain_say(x, ROLE_TEXT, "renewal x %s: in %d d, beyond %d", times,
			t->renewal, far);
}

static void put_chance(struct explain *x, const struct triage_explained *t)
{
	char p[NUMBER_TEXT_MAX], most[NUMBER_TEXT_MAX], times[NUMBER_TEXT_MAX];
	const bool capped = t->by_health * t->by_renewal * t->by_start > t->p;

	put_health(x, t);
	put_renewal(x, t);
	explain_say(x, ROLE_TEXT,
		t->slow ? "start x %s: onboarding is older than %d d without first value"
			: "start x %s: no onboarding older than %d d without first value",
		number_format(t->by_start, 4, times),
		(int)limit(x, POLICY_TRIAGE_SLOW_DAYS));
	explain_say(x, ROLE_STRONG, "chance to leave %s = product of the three%s%s",
		number_format(t->p, 4, p), capped ? ", held at the most, " : "",
		capped ? number_format(limit(x, POLICY_TRIAGE_MAX), 4, most) : "");
}

static enum severity worst_of(const struct book_live *live, int32_t today, bool *any)
{
	enum severity worst = SEV_OFF;

	*any = false;
	for (uint32_t i = 0; i < live->alerts; i++) {
		if (alert_sleeps(&live->alert[i], today))
			continue;
		*any = true;
		if (live->alert[i].severity > worst)
			worst = live->alert[i].severity;
	}
	return worst;
}

static void put_rank(
	struct explain *x, const struct triage_explained *t, const struct book_live *live)
{
	char money[MONEY_TEXT_MAX], at_risk[MONEY_TEXT_MAX], k[NUMBER_TEXT_MAX];
	bool any;
	const enum severity worst = worst_of(live, book_as_of(x->a->book), &any);
	const double weight = triage_weight(policy_of(x), worst);
	int64_t rank;

	page_line(x->p);
	if (worst == SEV_OPPORTUNITY) {
		rank = triage_opportunity(policy_of(x), t->arr);
		explain_say(x, ROLE_STRONG, "rank %s = %s x ARR: an opportunity",
			rank == MONEY_NONE ? "--" : money_format(rank, money),
			number_format(limit(x, POLICY_TRIAGE_OPPORTUNITY), 4, k));
		return;
	}
	if (t->at_risk == MONEY_NONE || !money_scale(t->at_risk, weight, &rank))
		return;
	explain_say(x, ROLE_STRONG, "rank %s = at risk %s x %s: %s%s",
		money_format(rank, money), money_format(t->at_risk, at_risk),
		number_format(weight, 4, k),
		any ? "the worst alert is " : "no alert is open",
		any ? alert_severity_word[worst] : "");
}

void explain_risk(struct explain *x)
{
	const uint32_t account = x->v->row.account;
	struct triage_explained t;
	struct book_live live;
	struct err e = { .text = "" };
	char money[MONEY_TEXT_MAX], arr[MONEY_TEXT_MAX], p[NUMBER_TEXT_MAX],
		times[NUMBER_TEXT_MAX];

	explain_say(x, ROLE_TEXT,
		"What is likely to be lost: chance to leave x ARR x strategic weight. "
		"The "
		"day's order is by this times the weight of the worst open alert.");
	page_line(x->p);
	if (book_live_triage(x->a->book, account, &t, &e) != ST_OK) {
		explain_say(x, ROLE_UNKNOWN, "%s", e.text);
		return;
	}
	put_chance(x, &t);
	page_line(x->p);
	explain_say(x, ROLE_STRONG, "%s = %s x %s x %s",
		t.at_risk == MONEY_NONE ? "--" : money_format(t.at_risk, money),
		number_format(t.p, 4, p),
		t.arr == MONEY_NONE ? "no ARR" : money_format(t.arr, arr),
		words_number(t.multiplier, 2, times));
	explain_say(x, ROLE_TEXT,
		"strategic weight %s: reference, marquee, advocate, parent expansion",
		times);
	if (book_live(x->a->book, account, &live, &e) != ST_OK)
		app_fail(x->a, &e);
	else
		put_rank(x, &t, &live);
}

/* ---- alerts --------------------------------------------------------------------- */

/* What was found when it became as severe as it is. Of one that came back the day of that
 * is not known. */
static void put_then(struct explain *x, const struct alert *w)
{
	char said[ALERT_SENTENCE_MAX], day[DAY_TEXT_MAX];

	if (w->reopened)
		return;
	alert_sentence(policy_of(x), w->kind, &w->evidence, w->severe, said);
	if (w->severe == w->opened)
		explain_say(x, ROLE_QUIET, "it opened with: %s", said);
	else
		explain_say(x, ROLE_QUIET, "%s since %s, then: %s",
			alert_severity_word[w->severity], day_format(w->severe, day),
			said);
}

/* What it was opened on, and what it leads to. */
static void put_alert(struct explain *x, const struct alert *w)
{
	const int tier = x->v->row.tier;
	const int32_t today = book_as_of(x->a->book);
	const char *bound = policy_play(policy_of(x), w->kind, tier);
	char said[ALERT_SENTENCE_MAX], day[DAY_TEXT_MAX], age[WORDS_MAX],
		opens[ALERT_OPENS_MAX];

	page_heading(x->p, alert_kinds[w->kind].name, alert_severity_word[w->severity]);
	explain_say(x, ROLE_STRONG, "%s", queue_reason(x->a->book, w, x->v, said));
	explain_say(x, ROLE_TEXT, "condition: %s", alert_kinds[w->kind].condition);
	explain_say(x, ROLE_TEXT, "%s",
		alert_opens(policy_of(x), w->kind, tiers_served(tier), opens));
	explain_say(x, ROLE_TEXT, "opened %s, %s%s", day_format(w->opened, day),
		words_age(w->opened, today, age),
		w->reopened ? "; it came back since" : "");
	put_then(x, w);
	if (alert_sleeps(w, today))
		explain_say(x, ROLE_TEXT, "snoozed until %s", day_format(w->until, day));
	if (tier == TIER_NONE)
		explain_say(x, ROLE_TEXT,
			"in no tier yet: limits, severity and play are those of tier %d",
			tiers_served(tier));
	explain_say(x, ROLE_TEXT, "play for tier %d: %s", tiers_served(tier),
		*bound ? bound : "none");
}

void explain_alert(struct explain *x)
{
	const int only = x->part - 1;
	struct book_live live;
	struct err e = { .text = "" };
	int put = 0;

	if (book_live(x->a->book, x->v->row.account, &live, &e) != ST_OK) {
		app_fail(x->a, &e);
		return;
	}
	for (int s = SEV_CRITICAL; s > SEV_OFF; s--) {
		for (uint32_t i = 0; i < live.alerts; i++) {
			const struct alert *w = &live.alert[i];

			if ((int)w->severity != s || (only >= 0 && (int)w->kind != only))
				continue;
			if (put++)
				page_line(x->p);
			put_alert(x, w);
		}
	}
	if (put == 0)
		explain_say(x, ROLE_TEXT, "No alert is open: a step of a play is due.");
}
