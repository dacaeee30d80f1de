/* The effect of a policy in words. */
#include "core/policy_effect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/policy.h"

/* ---- one move -------------------------------------------------------------------- */

static bool same_score(double a, double b)
{
	return fabs(a - b) < 0.05;
}

char *policy_move_why(const struct policy *was, const struct policy *is,
	const struct policy_move *m, char out[POLICY_WHY_MAX])
{
	const int limit = m->is == 1 || m->was == 1 ? 0 : 1; /* that stands between */
	char health[40] = "", line[60] = "";

	if (m->health_was != m->health_is && m->health_was <= 100 && m->health_is <= 100)
		snprintf(health, sizeof(health), ", health %u, was %u", m->health_is,
			m->health_was);
	if (is->threshold[limit] > was->threshold[limit] ||
		is->threshold[limit] < was->threshold[limit])
		snprintf(line, sizeof(line), ", tier %d from %g, was %g", limit + 1,
			is->threshold[limit], was->threshold[limit]);
	if (same_score(m->score_was, m->score_is))
		snprintf(out, POLICY_WHY_MAX, "%s: tier score %.1f%s%s",
			m->cause < CAUSE_COUNT ? move_cause_name[m->cause] : "stays",
			m->score_is, line, health);
	else
		snprintf(out, POLICY_WHY_MAX, "%s: tier score %.1f, was %.1f%s%s",
			m->cause < CAUSE_COUNT ? move_cause_name[m->cause] : "stays",
			m->score_is, m->score_was, line, health);
	return out;
}

/* ---- all of it ------------------------------------------------------------------- */

struct saying {
	policy_say_fn fn;
	void *arg;
	char line[TEXT_SAID_MAX];
	bool changed;
};

static void end(struct saying *s, enum policy_line about)
{
	s->fn(s->arg, about, s->changed, s->line);
	s->line[0] = '\0';
	s->changed = false;
}

/* "58 -> 61", and "58" where it stays. */
static void add_change(struct saying *s, uint32_t was, uint32_t is)
{
	s->changed |= was != is;
	if (was == is)
		text_say(s->line, "%u", is);
	else
		text_say(s->line, "%u -> %u", was, is);
}

static void say_moves(const struct policy_effect *x, struct saying *s)
{
	if (!x->reviewed) {
		text_say(s->line, "no review of this day is possible: changes of tiers "
				  "followed it");
		end(s, POLICY_SAYS_NOTE);
		return;
	}
	s->changed = x->moves > 0;
	if (x->moves)
		text_say(s->line,
			"%u account%s would end in another tier after a review today: %u "
			"higher, %u lower",
			x->moves, TEXT_S(x->moves), x->up, x->down);
	else
		text_say(
			s->line, "nobody would end in another tier after a review today");
	end(s, POLICY_SAYS_MOVES);
}

static void say_tiers(const struct policy_effect *x, struct saying *s)
{
	for (int t = 0; t < TIER_COUNT; t++) {
		text_say(s->line, "tier %d: %u now", t + 1, x->in_tier[t + 1]);
		if (x->reviewed) {
			text_say(s->line, ", after a review ");
			add_change(s, x->was.in_tier[t + 1], x->is.in_tier[t + 1]);
		}
		if (t < TIER_COUNT - 1) {
			text_say(s->line, " of ");
			add_change(s, x->was.limit[t], x->is.limit[t]);
		}
		text_say(s->line, "; by score alone ");
		add_change(s, x->was.by_score[t], x->is.by_score[t]);
		end(s, POLICY_SAYS_TIER);
	}
	if (!x->reviewed)
		return;
	text_say(s->line, "wait for room: ");
	add_change(s, x->was.waiting, x->is.waiting);
	text_say(s->line, "; on their way down: ");
	add_change(s, x->was.falling, x->is.falling);
	end(s, POLICY_SAYS_TIER);
}

static void say_health(const struct policy_effect *x, struct saying *s)
{
	static const char *const names[] = { "unknown", "at risk", "watch", "healthy" };

	text_say(s->line, "health: ");
	for (int k = BAND_HEALTHY; k >= BAND_UNKNOWN; k--) {
		text_say(s->line, "%s%s ", k == BAND_HEALTHY ? "" : ", ", names[k]);
		add_change(s, x->was.band[k], x->is.band[k]);
	}
	end(s, POLICY_SAYS_HEALTH);
	if (!x->better && !x->worse)
		return;
	s->changed = true;
	text_say(s->line, "%u healthier, %u less, by %+.1f on the average", x->better,
		x->worse, x->shift);
	end(s, POLICY_SAYS_HEALTH);
}

static void say_alerts(const struct policy_effect *x, struct saying *s)
{
	uint32_t was = 0, is = 0;

	if (!x->alerted) {
		text_say(s->line, "alerts stand at a later day and stay as they are");
		end(s, POLICY_SAYS_NOTE);
		return;
	}
	for (int k = 0; k < ALERT_KINDS; k++) {
		was += x->was.alert[k];
		is += x->is.alert[k];
	}
	text_say(s->line, "alerts: ");
	add_change(s, was, is);
	text_say(s->line, ", critical ");
	add_change(s, x->was.severity[SEV_CRITICAL], x->is.severity[SEV_CRITICAL]);
	text_say(s->line, ", warnings ");
	add_change(s, x->was.severity[SEV_WARNING], x->is.severity[SEV_WARNING]);
	end(s, POLICY_SAYS_ALERTS);
	for (int k = 0; k < ALERT_KINDS; k++) {
		if (!x->opens[k] && !x->resolves[k])
			continue;
		s->changed = true;
		text_say(s->line, "%s: %u open, %u resolve", alert_kinds[k].name,
			x->opens[k], x->resolves[k]);
		end(s, POLICY_SAYS_ALERTS);
	}
}

static void say_heads(const struct policy_effect *x, struct saying *s)
{
	text_say(s->line, "CSMs needed: ");
	add_change(s, x->was.heads_needed, x->is.heads_needed);
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		text_say(s->line, ", tier %d ", t + 1);
		add_change(s, x->was.heads[t].target, x->is.heads[t].target);
		if (!x->is.heads[t].pooled && !x->is.heads[t].feasible)
			text_say(s->line, " (its bands conflict)");
	}
	text_say(s->line, "; there are %g", x->heads_present);
	end(s, POLICY_SAYS_HEADS);
}

static void say_money(
	const struct policy_effect *x, const char *currency, struct saying *s)
{
	char was[MONEY_TEXT_MAX], is[MONEY_TEXT_MAX];

	money_said(x->was.at_risk, currency, was);
	money_said(x->is.at_risk, currency, is);
	s->changed = x->was.at_risk != x->is.at_risk;
	text_say(s->line, "money at risk: %s", is);
	/* Of two that are written alike the difference is said. */
	if (s->changed && strcmp(was, is) == 0)
		text_say(s->line, ", %s %s",
			money_said(llabs(x->is.at_risk - x->was.at_risk), currency, was),
			x->is.at_risk > x->was.at_risk ? "more" : "less");
	else if (s->changed)
		text_say(s->line, ", was %s", was);
	end(s, POLICY_SAYS_MONEY);
	text_say(s->line, "quadrants: ");
	for (int q = QUAD_ATTENTION; q < QUAD_COUNT; q++) {
		text_say(s->line, "%s%s ", q == QUAD_ATTENTION ? "" : ", ",
			quadrant_name[q]);
		add_change(s, x->was.quadrant[q], x->is.quadrant[q]);
	}
	end(s, POLICY_SAYS_MONEY);
}

void policy_effect_say(
	const struct policy_effect *x, const char *currency, policy_say_fn fn, void *arg)
{
	struct saying s = { .fn = fn, .arg = arg };

	say_moves(x, &s);
	say_tiers(x, &s);
	say_health(x, &s);
	say_alerts(x, &s);
	say_heads(x, &s);
	say_money(x, currency, &s);
}
