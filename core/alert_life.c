#include "core/alert_life.h"

#include <math.h>
#include <string.h>

const char *const alert_state_word[ALERT_STATES] = { "open", "snoozed", "resolved",
	"closed" };

/* ---- rows ---- */

static int word_of(const struct cell *c, const char *const *words, int n)
{
	for (int i = 0; c->type == CELL_TEXT && i < n; i++)
		if (text_eq(c->t, text_of(words[i])))
			return i;
	return -1;
}

static int kind_of(const struct cell *c)
{
	for (int k = 0; c->type == CELL_TEXT && k < ALERT_KINDS; k++)
		if (text_eq(c->t, text_of(alert_kinds[k].name)))
			return k;
	return -1;
}

static double number_of(const struct cell *c)
{
	return c->type == CELL_NUMBER ? c->n + 0.0 : NAN; /* there is one 0 */
}

bool alert_from_row(int64_t id, const struct cell *c, struct alert *out)
{
	const int kind = kind_of(&c[F_ALERT_KIND]);
	const int severity =
		word_of(&c[F_ALERT_SEVERITY], alert_severity_word, SEVERITIES);
	const int state = word_of(&c[F_ALERT_STATE], alert_state_word, ALERT_STATES);
	const bool live = state == ALERT_OPEN || state == ALERT_SNOOZED;
	const int32_t ended = cell_day(&c[F_ALERT_ENDED]);

	if (kind < 0 || severity < 1 || state < 0 || !cell_id(&c[F_ALERT_ACCOUNT]) ||
		cell_day(&c[F_ALERT_OPENED]) == DAY_NONE || live != (ended == DAY_NONE))
		return false;
	*out = (struct alert){
		.id = id,
		.account = cell_id(&c[F_ALERT_ACCOUNT]),
		.kind = (enum alert_kind)kind,
		.severity = (enum severity)severity,
		.state = (enum alert_state)state,
		.evidence = { number_of(&c[F_ALERT_X]), number_of(&c[F_ALERT_Y]),
			cell_day(&c[F_ALERT_DAY]) },
		.opened = cell_day(&c[F_ALERT_OPENED]),
		.severe = cell_day(&c[F_ALERT_SEVERITY_SINCE]),
		.until = cell_day(&c[F_ALERT_UNTIL]),
		.ended = ended,
		.escalated = cell_day(&c[F_ALERT_ESCALATED]),
		.reopened = (uint32_t)cell_count(&c[F_ALERT_REOPENED]),
	};
	if (out->severe == DAY_NONE)
		out->severe = out->opened;
	return true;
}

static struct cell day_cell(int32_t day)
{
	return day == DAY_NONE ? (struct cell){ .type = CELL_MISSING } : CELL_OF_INT(day);
}

static struct cell number_cell(double x)
{
	return isnan(x) ? (struct cell){ .type = CELL_MISSING } : CELL_OF_NUMBER(x);
}

void alert_to_row(const struct alert *a, struct cell *c)
{
	c[F_ALERT_ACCOUNT] = CELL_OF_INT(a->account);
	c[F_ALERT_KIND] = CELL_OF_TEXT(text_of(alert_kinds[a->kind].name));
	c[F_ALERT_OPENED] = CELL_OF_INT(a->opened);
	c[F_ALERT_SEVERITY] = CELL_OF_TEXT(text_of(alert_severity_word[a->severity]));
	c[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[a->state]));
	c[F_ALERT_X] = number_cell(a->evidence.x);
	c[F_ALERT_Y] = number_cell(a->evidence.y);
	c[F_ALERT_DAY] = day_cell(a->evidence.day);
	c[F_ALERT_UNTIL] = day_cell(a->until);
	c[F_ALERT_ENDED] = day_cell(a->ended);
	c[F_ALERT_ESCALATED] = day_cell(a->escalated);
	c[F_ALERT_REOPENED] = a->reopened ? CELL_OF_INT(a->reopened)
					  : (struct cell){ .type = CELL_MISSING };
	c[F_ALERT_SEVERITY_SINCE] =
		day_cell(a->severe == a->opened ? DAY_NONE : a->severe);
}

bool alert_on(struct alert *a, int32_t day)
{
	if (a->ended != DAY_NONE && a->ended > day) {
		if (a->state == ALERT_RESOLVED)
			a->until = DAY_NONE;
		a->ended = DAY_NONE;
		a->state = ALERT_OPEN;
	}
	if (a->escalated > day)
		a->escalated = DAY_NONE;
	if (a->severe > day)
		a->severe = a->opened;
	return a->opened <= day;
}

/* ---- life ---- */

static int32_t quiet_days(const struct policy *p, enum alert_kind kind)
{
	return (int32_t)p->number[kind == ALERT_EXPANSION ? POLICY_ALERT_EXPANSION_QUIET
							  : POLICY_ALERT_QUIET_DAYS];
}

int32_t alert_quiet_days(const struct policy *p)
{
	const int32_t a = quiet_days(p, ALERT_EXPANSION), b = quiet_days(p, ALERT_BLIND);
	const int32_t window = (int32_t)p->number[POLICY_ALERT_DROP_DAYS];
	const int32_t most = a > b ? a : b;

	return most > window ? most
			     : window; /* falls that were told are not told again */
}

const struct alert *alert_newest(
	const struct alert *prior, uint32_t n, enum alert_kind kind)
{
	const struct alert *best = NULL;

	for (uint32_t i = 0; i < n; i++) {
		const struct alert *a = &prior[i];

		if (a->kind != kind)
			continue;
		if (!best || a->ended == DAY_NONE ||
			(best->ended != DAY_NONE &&
				(a->ended > best->ended ||
					(a->ended == best->ended && a->id > best->id))))
			best = a;
	}
	return best;
}

static bool due_to_escalate(
	const struct policy *p, const struct alert *a, uint8_t tier, int32_t as_of)
{
	enum { NEVER = 9999 };
	const double days = p->number[POLICY_ALERT_ESCALATE_1 + tiers_served(tier) - 1];

	return a->state == ALERT_OPEN && a->severity == SEV_CRITICAL &&
	       a->escalated == DAY_NONE && days < NEVER && as_of - a->severe >= days;
}

static void open_new(struct alert_step *s, uint32_t account, enum alert_kind kind,
	const struct alert_found *found, int32_t as_of)
{
	s->events = ALERT_EV_OPENED;
	s->alert = (struct alert){ .account = account,
		.kind = kind,
		.severity = found->severity,
		.state = ALERT_OPEN,
		.evidence = found->evidence,
		.opened = as_of,
		.severe = as_of,
		.until = DAY_NONE,
		.ended = DAY_NONE,
		.escalated = DAY_NONE };
}

/* On its day it stays known that it was this one; who got worse did not sleep so long. */
static void wake(struct alert_step *s, int32_t as_of)
{
	if (s->alert.until > as_of)
		s->alert.until = DAY_NONE;
	s->alert.state = ALERT_OPEN;
	s->events |= ALERT_EV_WOKEN;
}

/* A live one: it goes on, changes or resolves. */
static void live_on(struct alert_step *s, const struct alert *a,
	const struct alert_found *found, int32_t as_of)
{
	s->alert = *a;
	if (found->severity == SEV_OFF) {
		s->alert.state = ALERT_RESOLVED;
		if (a->state != ALERT_SNOOZED || a->until <= as_of)
			s->alert.until = DAY_NONE;
		s->alert.ended = as_of;
		s->events = ALERT_EV_RESOLVED;
		return;
	}
	if (found->severity != a->severity) {
		s->alert.severity = found->severity;
		s->alert.severe = as_of;
		s->alert.evidence = found->evidence;
		s->events |= ALERT_EV_CHANGED;
	}
	if (a->state == ALERT_SNOOZED && (a->until == DAY_NONE || a->until <= as_of ||
						 found->severity > a->severity))
		wake(s, as_of);
}

bool alert_hushed(const struct policy *p, const struct alert *last,
	enum severity severity, int32_t as_of)
{
	return last->state == ALERT_CLOSED && severity <= last->severity &&
	       as_of - last->ended < quiet_days(p, last->kind);
}

/* One that ended: it comes back, or a new one opens, or all stays quiet. */
static void come_back(struct alert_step *s, const struct policy *p,
	const struct alert *last, const struct alert_found *found, int32_t as_of)
{
	const bool quiet = as_of - last->ended < quiet_days(p, last->kind);

	if (alert_hushed(p, last, found->severity, as_of))
		return;
	open_new(s, last->account, last->kind, found, as_of);
	if (last->state != ALERT_RESOLVED || !quiet)
		return;
	s->alert.id = last->id;
	s->alert.opened = last->opened;
	s->alert.severe = found->severity == last->severity ? last->severe : as_of;
	s->alert.escalated = last->escalated;
	s->alert.reopened = last->reopened + 1;
	s->events = ALERT_EV_REOPENED;
	if (last->until == DAY_NONE || last->until < as_of ||
		found->severity > last->severity)
		return;
	/* whoever put it off did so until that day, and no gap takes it back */
	s->alert.until = last->until;
	if (last->until > as_of)
		s->alert.state = ALERT_SNOOZED;
}

int alert_life(const struct policy *p, uint32_t account, uint8_t tier, int32_t as_of,
	const struct alert *prior, uint32_t n, const struct alert_found *found,
	struct alert_step out[ALERT_KINDS])
{
	static const struct alert_found nothing = { SEV_OFF, { 0, 0, DAY_NONE } };
	int steps = 0;

	for (int k = 0; k < ALERT_KINDS; k++) {
		const enum alert_kind kind = (enum alert_kind)k;
		const struct alert *last = n ? alert_newest(prior, n, kind) : NULL;
		const struct alert_found *now = found ? &found[k] : &nothing;
		struct alert_step *s = &out[steps]; /* without an account: none yet */

		*s = (struct alert_step){ .events = 0 };
		if (last && last->ended == DAY_NONE)
			live_on(s, last, now, as_of);
		else if (now->severity == SEV_OFF)
			continue;
		else if (last)
			come_back(s, p, last, now, as_of);
		else
			open_new(s, account, kind, now, as_of);
		if (s->alert.account && s->alert.ended == DAY_NONE &&
			due_to_escalate(p, &s->alert, tier, as_of)) {
			s->alert.escalated = as_of;
			s->events |= ALERT_EV_ESCALATED;
		}
		steps += s->events != 0;
	}
	return steps;
}
