#include "core/book_alerts.h"

#include <stdlib.h>

#include "core/book_work.h"
#include "core/play_gate.h"
#include "core/play_mail.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for what starts plays");
}

/* ---- what there is ---- */

static enum status find_plays(struct behaviour *x, struct book *b, struct err *e)
{
	const struct plays *all;
	enum status st = book_plays(b, &all, e);

	for (int i = 0; st == ST_OK && i < all->n; i++) {
		const struct play *p = plays_at(all, i);
		uint32_t kind = 0;

		if (!p->when.signal)
			continue;
		st = b->store->ops->find(
			b->store, REC_SIGNAL, text_of(p->when.signal), &kind, e);
		if (kind) /* else nobody ever measured it */
			x->play[x->plays++] = (struct behaviour_play){ p, kind };
	}
	return st;
}

/* Of those that a signal started; what a person started is a person's to take back. */
static enum status take_waiting(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct behaviour *x = arg;
	const struct text name = cell_as_text(&c[F_MESSAGE_PLAY]);
	uint16_t of = 0;

	while (of < x->plays && !text_eq(name, text_of(x->play[of].play->name)))
		of++;
	if (of == x->plays || c[F_MESSAGE_ALERT].type != CELL_MISSING ||
		c[F_MESSAGE_ACTOR].type != CELL_MISSING ||
		c[F_MESSAGE_TRIES].type != CELL_MISSING)
		return ST_OK;
	if (x->waits == x->room) {
		const uint32_t room = 2 * x->room + 64;
		struct behaviour_waiting *grown =
			realloc(x->waiting, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		x->waiting = grown;
		x->room = room;
	}
	x->waiting[x->waits++] =
		(struct behaviour_waiting){ id, cell_id(&c[F_MESSAGE_ACCOUNT]), of };
	return ST_OK;
}

enum status behaviour_begin(struct behaviour *x, struct book_alerts *a, struct err *e)
{
	struct store *s = a->b->store;
	enum status st = find_plays(x, a->b, e);

	if (st != ST_OK || !x->plays)
		return st;
	x->value = malloc(PART_ACCOUNTS * (sizeof(*x->value) + sizeof(*x->day)));
	if (!x->value)
		return no_memory(e);
	x->day = (int32_t *)(void *)(x->value + PART_ACCOUNTS);
	return s->ops->unended_names(s, REC_MESSAGE, DAY_MAX, take_waiting, x, e);
}

void behaviour_clear(struct behaviour *x)
{
	free(x->waiting);
	free(x->value);
	*x = (struct behaviour){ .plays = 0 };
}

/* ---- of one account ---- */

struct looking {
	struct behaviour *x;
	struct book_alerts *a;
	const struct base *base;
	const uint8_t *tier, *health; /* by id - 1 */
	const struct play *play;
};

/* As long as a measurement of use counts for health. */
static int32_t counts_for(const struct book_alerts *a, int tier)
{
	const int days = a->b->policy.health[tier].max_age[COMP_USAGE];

	return days == AGE_NEVER ? DAY_MAX : days;
}

static enum play_answer answer(const struct looking *l, uint32_t i)
{
	return play_when_answer(&l->play->when, l->base->as_of, l->base->onboarding[i],
		l->x->day[i], l->x->value[i],
		counts_for(l->a, l->tier[l->base->first_id + i - 1]));
}

static enum status see_risk(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct gate_facts *known = arg;
	struct alert a;

	(void)e;
	if (alert_from_row(id, c, &a) && a.ended == DAY_NONE) {
		known->flagged = true;
		known->risk |= a.severity >= SEV_WARNING;
	}
	return ST_OK;
}

/* Once, whoever wrote it; not while a gate is shut. */
static enum status start(const struct looking *l, uint32_t i, struct err *e)
{
	struct book *b = l->a->b;
	const uint32_t account = l->base->first_id + i;
	const uint8_t health = l->health[account - 1];
	struct gate_facts known = { .tier = l->tier[account - 1],
		.health = health <= 100 ? health : 0,
		.onboarding = l->base->first_value[i] == DAY_NONE };
	struct play_mail mail;
	struct start_facts facts;
	char shut[GATE_TEXT_MAX];
	int64_t id;
	enum status st = play_mail_of(b, account, l->play, DAY_MIN, &mail, e);

	if (st != ST_OK || mail.made != DAY_NONE)
		return st;
	st = b->store->ops->unended(
		b->store, REC_ALERT, account, DAY_MAX, see_risk, &known, e);
	if (st == ST_OK)
		st = play_gates(b, account, l->play, &known, shut, e);
	if (st != ST_OK || *shut)
		return st;
	start_facts_of(l->base, i, known.tier, health, &facts);
	return start_play(&l->a->starter,
		&(struct start){ .account = account,
			.play = l->play,
			.why = "",
			.facts = &facts,
			.by_signal = true },
		&id, e);
}

/* What waits is not sent when the customer did it, left, or is given to people. */
static enum status let_go(const struct looking *l, uint16_t of, struct err *e)
{
	const struct base *base = l->base;
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < l->x->waits; k++) {
		const struct behaviour_waiting *w = &l->x->waiting[k];
		const uint32_t i = w->account - base->first_id;

		if (w->of != of || w->account < base->first_id || i >= base->n)
			continue;
		if (!base->active[i] || l->tier[w->account - 1] != TIER_COUNT ||
			answer(l, i) == PLAY_GONE)
			st = book_alerts_drop_message(l->a, w->id, e);
	}
	return st;
}

static enum status read_values(
	const struct looking *l, const struct behaviour_play *p, struct err *e)
{
	struct store *s = l->a->b->store;
	const struct base *base = l->base;

	if (p->kind > SIG_KNOWN)
		return s->ops->signal(s, p->kind, (base->first_id - 1) / PART_ACCOUNTS,
			base->as_of, l->x->day, l->x->value, e);
	for (uint32_t i = 0; i < base->n; i++) { /* with the surveys */
		l->x->day[i] = base->day[p->kind - 1][i];
		l->x->value[i] = base->signal[p->kind - 1][i];
	}
	return ST_OK;
}

enum status behaviour_part(struct behaviour *x, struct book_alerts *a,
	const struct base *base, const uint8_t *tier, const uint8_t *health,
	struct err *e)
{
	const bool starts = a->b->policy.number[POLICY_SERVICE_BY_SIGNAL] != 0;
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < x->plays; k++) {
		const struct looking l = { x, a, base, tier, health, x->play[k].play };

		st = read_values(&l, &x->play[k], e);
		if (st == ST_OK)
			st = let_go(&l, (uint16_t)k, e);
		for (uint32_t i = 0; st == ST_OK && starts && i < base->n; i++)
			if (base->active[i] &&
				play_is_mail(l.play, tier[base->first_id + i - 1]) &&
				answer(&l, i) == PLAY_HOLDS)
				st = start(&l, i, e);
	}
	return st;
}
