/* What the rows of a queue say: why, what next, and who is to do it. */
#include "core/queue.h"

#include <stdio.h>

#include "core/act.h"
#include "core/book_internal.h"
#include "core/convert.h"
#include "core/play_mail.h"
#include "core/plays.h"
#include "core/queue_internal.h"

/* By the columns, or by the picture that stands in for them. */
static uint8_t health_now(const struct book *b, uint32_t account)
{
	const struct book_columns *c = &b->columns;
	const struct list_row *row;

	if (c->loaded)
		return account >= 1 && account <= c->n ? c->scores.health[account - 1]
						       : HEALTH_NONE;
	row = b->picture ? book_picture_row(b->picture, account, NULL) : NULL;
	return row ? row->health : HEALTH_NONE;
}

struct ticket_count {
	int32_t today, days;
	double now, before;
	bool any;
};

static void count_ticket(struct ticket_count *n, const struct cell *cells)
{
	const int32_t opened = cell_day(&cells[F_TICKET_OPENED]);
	const int32_t ago = opened == DAY_NONE ? -1 : n->today - opened;

	n->any |= ago >= 0;
	n->now += ago >= 0 && ago < n->days;
	n->before += ago >= n->days && ago < 2 * n->days;
}

static enum status take_ticket(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	(void)id;
	(void)e;
	count_ticket(arg, cells);
	return ST_OK;
}

/* Tickets of the windows that end today, by the rows that everybody can see; where none
 * are to be had, it stays at what the alert was opened with. */
static void tell_tickets(const struct book *b, uint32_t account,
	const struct account_view *v, struct evidence *now)
{
	struct ticket_count n = { .today = b->clock.today,
		.days = (int32_t)b->policy.number[POLICY_ALERT_TICKETS_DAYS] };
	const bool at_hand = v && !v->brief;
	enum status st = ST_OK;
	struct err e;

	for (uint32_t i = 0; at_hand && i < v->rows[REC_TICKET].n; i++)
		count_ticket(&n, account_view_row(v, REC_TICKET, i));
	if (!at_hand)
		st = b->store->ops->rows(
			b->store, REC_TICKET, account, take_ticket, &n, &e);
	if (st != ST_OK || !n.any)
		return;
	now->x = n.now;
	now->y = n.before;
}

char *queue_reason(const struct book *b, const struct alert *a,
	const struct account_view *v, char out[ALERT_SENTENCE_MAX])
{
	struct evidence now =
		alert_evidence_now(a->kind, &a->evidence, health_now(b, a->account));

	if (a->ended != DAY_NONE)
		return alert_sentence(&b->policy, a->kind, &a->evidence,
			a->ended < a->opened ? a->opened : a->ended, out);
	if (a->kind == ALERT_TICKET_SPIKE)
		tell_tickets(b, a->account, v, &now);
	return alert_sentence(&b->policy, a->kind, &now, b->clock.today, out);
}

static char *copy(struct text t, char out[QUEUE_TEXT_MAX])
{
	snprintf(out, QUEUE_TEXT_MAX, "%.*s", (int)t.n, t.n ? t.s : "");
	return out;
}

char *queue_why(const struct book *b, const struct queue_row *r, char out[QUEUE_TEXT_MAX])
{
	enum { SAID = 2 };
	size_t used = 0;

	out[0] = '\0';
	if (r->said)
		return copy(r->said->why, out);
	for (int i = 0; i < r->alerts && i < SAID; i++) {
		char said[ALERT_SENTENCE_MAX];

		used += (size_t)snprintf(out + used, QUEUE_TEXT_MAX - used, "%s%s",
			i ? "; " : "", queue_reason(b, r->alert[i], NULL, said));
	}
	if (r->alerts > SAID)
		snprintf(
			out + used, QUEUE_TEXT_MAX - used, "; %d more", r->alerts - SAID);
	if (!r->alerts && r->task)
		snprintf(out, QUEUE_TEXT_MAX, "%.*s, step %d",
			convert_shown(r->task->title, 200), r->task->title.s,
			r->task->step);
	return out;
}

static void say_due(int32_t due, int32_t today, char *out, size_t size)
{
	if (due == DAY_NONE)
		out[0] = '\0';
	else if (due < today)
		snprintf(out, size, " (%d d overdue)", today - due);
	else if (due == today)
		snprintf(out, size, " (due today)");
	else
		snprintf(out, size, " (due in %d d)", due - today);
}

/* The mail that the alert led to, where a machine writes; false: there is none. */
static bool say_mail(struct book *b, const struct alert *a, const struct play *p,
	uint8_t tier, char out[QUEUE_TEXT_MAX])
{
	struct play_mail mail;
	char day[DAY_TEXT_MAX];
	struct err e;
	size_t n;

	if (!play_is_mail(p, tier) ||
		play_mail_of(b, a->account, p, a->opened, &mail, &e) != ST_OK ||
		mail.made == DAY_NONE)
		return false;
	if (mail.sent != DAY_NONE) {
		n = (size_t)snprintf(out, QUEUE_TEXT_MAX, "mail went out on %s",
			day_format(mail.sent, day));
		if (mail.next != DAY_NONE)
			snprintf(out + n, QUEUE_TEXT_MAX - n, ", the next goes on %s",
				day_format(mail.next, day));
		return true;
	}
	n = (size_t)snprintf(out, QUEUE_TEXT_MAX, "mail waits in the outbox since %s",
		day_format(mail.made, day));
	if (mail.tries)
		snprintf(out + n, QUEUE_TEXT_MAX - n, ", %lld %s failed",
			(long long)mail.tries, mail.tries == 1 ? "try" : "tries");
	return true;
}

/* The play that the policy has for the worst alert, and whether it may begin. */
static void say_play(struct book *b, const struct queue_row *r, char out[QUEUE_TEXT_MAX])
{
	const bool known = b->columns.loaded && r->account <= b->columns.n;
	const uint8_t tier = known ? b->columns.tier[r->account - 1] : TIER_NONE;
	char held[ACT_AGAINST_MAX] = "";
	const struct plays *plays;
	const struct play *p;
	struct err e;
	bool gates = false;

	if (!r->alerts || book_plays(b, &plays, &e) != ST_OK)
		return;
	p = plays_find(plays, policy_play(&b->policy, r->alert[0]->kind, tier));
	if (!p || say_mail(b, r->alert[0], p, tier, out))
		return;
	if ((p->gates || p->health_min) &&
		book_play_against(b, r->account, p, held, &gates, &e) != ST_OK)
		return;
	if (gates)
		snprintf(out, QUEUE_TEXT_MAX, "%s is held: %s", p->title, held);
	else
		snprintf(out, QUEUE_TEXT_MAX, "start: %s", p->title);
}

char *queue_next(struct book *b, const struct queue_row *r, char out[QUEUE_TEXT_MAX])
{
	char due[40];

	out[0] = '\0';
	if (r->said)
		return copy(r->said->next, out);
	if (!r->task) {
		say_play(b, r, out);
		return out;
	}
	say_due(r->task->due, b->clock.today, due, sizeof(due));
	snprintf(out, QUEUE_TEXT_MAX, "%.*s%s", convert_shown(r->task->next, 200),
		r->task->next.s ? r->task->next.s : "", due);
	return out;
}

static struct text csm_called(const struct book *b, uint32_t csm)
{
	return csm && csm <= b->csms ? b->csm_name[csm - 1] : (struct text){ NULL, 0 };
}

struct text queue_claimer(const struct book *b, const struct queue_row *r)
{
	return csm_called(b, r->task && r->task->csm ? r->task->csm : r->claimed_by);
}

struct text queue_who_of(
	const struct book *b, const struct queue_row *r, struct text owner)
{
	return owner.n && !(r->task && r->task->csm) ? owner : queue_claimer(b, r);
}

struct text queue_who(const struct book *b, const struct queue_row *r)
{
	const bool known = b->columns.loaded && r->account <= b->columns.n;
	const uint32_t owner =
		known ? (uint32_t)shorts_at(&b->columns.csm, r->account - 1) : 0;

	return r->said ? r->said->who : queue_who_of(b, r, csm_called(b, owner));
}
