#include "core/book_alerts.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is there ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the alerts");
}

static enum status take_prior(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book_alerts *a = arg;

	if (a->n == a->room) {
		const uint32_t room = a->room ? a->room * 2 : 1024;
		struct alert *grown = realloc(a->prior, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		a->prior = grown;
		a->room = room;
	}
	/* what somebody else wrote in words of their own is left alone */
	a->n += alert_from_row(id, cells, &a->prior[a->n]);
	return ST_OK;
}

static uint8_t days_before(const struct book_alerts *a, int32_t day)
{
	const int32_t ago = a->as_of - day;

	return ago < 0 ? 0 : ago > UINT8_MAX ? UINT8_MAX : (uint8_t)ago;
}

/* A fall that an ended alert told of is not told again: healths before it don't count. */
static void limit_peaks(struct book_alerts *a, uint32_t n)
{
	for (uint32_t k = 0; k < a->n; k++) {
		const struct alert *x = &a->prior[k];

		if (x->kind == ALERT_HEALTH_DROP && x->ended != DAY_NONE &&
			x->account <= n)
			a->since[x->account - 1] = days_before(a, x->opened);
	}
	for (uint32_t k = 0; k < a->n; k++) {
		const struct alert *x = &a->prior[k];

		if (x->kind == ALERT_HEALTH_DROP && x->ended == DAY_NONE &&
			x->account <= n)
			a->since[x->account - 1] = UINT8_MAX;
	}
}

static void raise_peaks(
	struct book_alerts *a, const uint8_t *health, uint32_t n, int32_t day)
{
	const uint8_t ago = days_before(a, day);

	for (uint32_t i = 0; i < n; i++) {
		const uint8_t h = health[i];

		if (h == HEALTH_NONE || h <= a->peak[i] || ago > a->since[i])
			continue;
		a->peak[i] = h;
		a->ago[i] = ago;
	}
}

/* The snapshots of the window, from the newest before today back. */
static enum status load_peaks(struct book_alerts *a, uint32_t n, struct err *e)
{
	const struct store_ops *ops = a->b->store->ops;
	const int32_t window = (int32_t)a->b->policy.number[POLICY_ALERT_DROP_DAYS];
	const int32_t after = a->as_of - (window > UINT8_MAX ? UINT8_MAX : window);
	struct snapshot_day at = { .day = a->as_of };
	uint8_t *health = malloc(2 * (size_t)n + 1); /* and tiers, that nobody needs */
	enum status st = health ? ST_OK : no_memory(e);

	while (st == ST_OK) {
		st = ops->snapshot_find(a->b->store, at.day - 1, &at, e);
		if (st != ST_OK || at.day == DAY_NONE || at.day <= after)
			break;
		st = ops->snapshot_health(
			a->b->store, at.day, 0, n, health, health + n, e);
		if (st == ST_OK)
			raise_peaks(a, health, n, at.day);
	}
	free(health);
	return st;
}

enum status book_alerts_begin(
	struct book_alerts *a, struct book *b, uint32_t n, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct book_info info;
	enum status st = ops->info(b->store, &info, e);

	*a = (struct book_alerts){ .b = b, .as_of = b->clock.today };
	if (st != ST_OK || (info.alert_day != DAY_NONE && info.alert_day > a->as_of))
		return st;
	a->looking = true;
	a->peak = calloc((size_t)n + 1, 3);
	if (!a->peak)
		return no_memory(e);
	a->ago = a->peak + n;
	a->since = a->ago + n;
	memset(a->since, UINT8_MAX, n);
	st = ops->unended(b->store, REC_ALERT, 0, a->as_of - alert_quiet_days(&b->policy),
		take_prior, a, e);
	limit_peaks(a, n);
	return st == ST_OK ? load_peaks(a, n, e) : st;
}

void book_alerts_clear(struct book_alerts *a)
{
	free(a->prior);
	free(a->peak);
	free(a->steps);
	*a = (struct book_alerts){ 0 };
}

/* ---- what follows ---- */

static enum status room_for_steps(struct book_alerts *a, struct err *e)
{
	if (a->steps_n + ALERT_KINDS > a->steps_room) {
		const uint32_t room = 2 * a->steps_room + 1024;
		struct book_alert_step *grown = realloc(a->steps, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		a->steps = grown;
		a->steps_room = room;
	}
	return ST_OK;
}

static bool is_risky(const struct alert_found found[ALERT_KINDS])
{
	for (int k = 0; k < ALERT_KINDS; k++)
		if (found[k].severity >= SEV_WARNING)
			return true;
	return false;
}

static enum status keep_steps(struct book_alerts *a, const struct alert_subject *s,
	const struct alert_found *found, const struct alert_step *steps, int n,
	struct err *e)
{
	struct start_facts facts;
	enum status st = n ? room_for_steps(a, e) : ST_OK;

	if (st != ST_OK || !n)
		return st;
	start_facts_of(s->base, s->i, s->tier, s->health, &facts);
	for (int k = 0; k < n; k++)
		a->steps[a->steps_n++] = (struct book_alert_step){ steps[k], facts,
			found && is_risky(found),
			s->base->onboarding[s->i] != DAY_NONE &&
				s->base->first_value[s->i] == DAY_NONE };
	return ST_OK;
}

/* Alerts of accounts that are not there are left alone, too. Where those of this one are.
 */
static uint32_t pass_over(struct book_alerts *a, uint32_t account)
{
	while (a->next < a->n && a->prior[a->next].account < account)
		a->next++;
	return a->next;
}

enum status book_alerts_part(struct book_alerts *a, const struct base *base,
	const struct scores *scores, const uint8_t *tier, struct err *e)
{
	struct alert_found found[ALERT_KINDS];
	struct alert_step steps[ALERT_KINDS];
	enum status st = ST_OK;

	for (uint32_t i = 0; a->looking && st == ST_OK && i < base->n; i++) {
		const uint32_t id = base->first_id + i;
		const uint32_t from = pass_over(a, id);
		const struct alert_found *now = base->active[i] ? found : NULL;
		const struct alert_subject s = { base, i, tier[id - 1],
			scores->health[id - 1], scores->coverage[id - 1], a->peak[id - 1],
			a->as_of - a->ago[id - 1] };

		while (a->next < a->n && a->prior[a->next].account == id)
			a->next++;
		if (!now && from == a->next)
			continue;
		if (now)
			alert_find(&a->b->policy, &s, found);
		st = keep_steps(a, &s, now, steps,
			alert_life(&a->b->policy, id, s.tier, a->as_of, a->prior + from,
				a->next - from, now, steps),
			e);
	}
	return st;
}
