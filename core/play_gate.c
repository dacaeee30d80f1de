#include "core/play_gate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/stakeholders.h"
#include "core/touch_class.h"

enum { VALUE_DAYS = 90 }; /* as play_gate_help says */

__attribute__((format(printf, 2, 3))) static void add(
	char out[GATE_TEXT_MAX], const char *format, ...)
{
	const size_t used = strlen(out);
	va_list ap;

	va_start(ap, format);
	if (used)
		snprintf(out + used, GATE_TEXT_MAX - used, "; ");
	vsnprintf(out + strlen(out), GATE_TEXT_MAX - strlen(out), format, ap);
	va_end(ap);
}

/* ---- what the rows of the account say ---- */

struct looking {
	int32_t today;
	uint32_t severe; /* tickets */
	struct stakeholders people;
	int value, commercial; /* touches of the last days */
};

/* Support systems call their highest severity by many names. */
static enum status see_ticket(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	static const char *const highest[] = { "critical", "urgent", "severe", "blocker",
		"highest", "sev1", "sev-1", "p1", "1", NULL };
	struct looking *l = arg;
	const struct cell *closed = &c[F_TICKET_CLOSED];

	(void)id;
	(void)e;
	l->severe += c[F_TICKET_OPENED].i <= l->today &&
		     !(closed->type == CELL_INT && closed->i <= l->today) &&
		     text_among(cell_as_text(&c[F_TICKET_SEVERITY]), highest);
	return ST_OK;
}

static enum status see_contact(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct looking *l = arg;

	(void)id;
	(void)e;
	stakeholders_add(&l->people, c, l->today);
	return ST_OK;
}

static enum status see_touch(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct looking *l = arg;
	const int32_t day = cell_day(&c[F_TOUCH_DATE]);

	(void)id;
	(void)e;
	if (day > l->today || day <= l->today - VALUE_DAYS)
		return ST_OK;
	if (touch_class_of(&c[F_TOUCH_PURPOSE]) == TOUCH_COMMERCIAL)
		l->commercial++;
	else
		l->value++;
	return ST_OK;
}

static enum status look(struct book *b, uint32_t account, enum record_kind kind,
	row_fn fn, struct looking *l, struct err *e)
{
	return b->store->ops->rows(b->store, kind, account, fn, l, e);
}

/* ---- gates ---- */

static bool has(const struct play *p, enum play_gate gate)
{
	return p->gates >> gate & 1;
}

static enum status look_at_rows(struct book *b, uint32_t account, const struct play *p,
	struct looking *l, struct err *e)
{
	enum status st = ST_OK;

	if (has(p, PLAY_NO_SEVERE_TICKET))
		st = look(b, account, REC_TICKET, see_ticket, l, e);
	if (st == ST_OK && has(p, PLAY_TWO_STAKEHOLDERS))
		st = look(b, account, REC_CONTACT, see_contact, l, e);
	if (st == ST_OK && has(p, PLAY_VALUE_FIRST))
		st = look(b, account, REC_TOUCH, see_touch, l, e);
	return st;
}

enum status play_gates(struct book *b, uint32_t account, const struct play *p,
	const struct gate_facts *known, char out[GATE_TEXT_MAX], struct err *e)
{
	struct looking l = { .today = b->clock.today };
	char few[STAKEHOLDERS_TEXT_MAX];
	enum status st;

	out[0] = '\0';
	if (!p->gates && !p->health_min)
		return ST_OK;
	st = look_at_rows(b, account, p, &l, e);
	if (st != ST_OK)
		return st;
	if (has(p, PLAY_NO_OPEN_RISK) && known->risk)
		add(out, "a risk is open");
	if (has(p, PLAY_NO_SEVERE_TICKET) && l.severe)
		add(out, "%u severe %s open", l.severe,
			l.severe == 1 ? "ticket is" : "tickets are");
	if (has(p, PLAY_ONBOARDED) && known->onboarding)
		add(out, "onboarding is not finished");
	if (p->health_min && known->health < p->health_min) {
		if (known->health)
			add(out, "health %d is below %d", known->health, p->health_min);
		else
			add(out, "health is unknown");
	}
	if (has(p, PLAY_TWO_STAKEHOLDERS) && stakeholders_fragile(&l.people))
		add(out, "%s", stakeholders_text(&l.people, few));
	if (has(p, PLAY_VALUE_FIRST) && l.value <= l.commercial)
		add(out, "%d touch%s for value in %d days, %d commercial", l.value,
			l.value == 1 ? "" : "es", VALUE_DAYS, l.commercial);
	return ST_OK;
}

/* ---- guards ---- */

static bool meets(const struct play *p)
{
	for (int i = 0; i < p->steps; i++)
		if (p->step[i].kind == PLAY_MEETING)
			return true;
	return false;
}

void play_guards(
	const struct play *p, const struct gate_facts *known, char out[GATE_TEXT_MAX])
{
	out[0] = '\0';
	if (known->tier && !play_runs_on(p, known->tier))
		add(out, "it is not made for tier %d", known->tier);
	if (known->tier == 3 && p->touch == PLAY_ONE_TO_ONE && !known->flagged)
		add(out, "one-to-one work on tier 3 without a flag");
	else if (known->tier == 3 && meets(p) && !known->flagged)
		add(out, "a meeting on tier 3 without a flag");
	if (known->tier == 2 && p->touch == PLAY_ONE_TO_ONE && !known->flagged)
		add(out, meets(p) ? "a review by the calendar on tier 2"
				  : "one-to-one work on tier 2 without an alert");
}
