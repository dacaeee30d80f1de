#include "core/book_alerts.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_ahead.h"
#include "core/book_play_use.h"

/* ---- what is there ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the alerts");
}

static uint8_t days_before(const struct book_alerts *a, int32_t day)
{
	const int32_t ago = a->as_of - day;

	return ago < 0 ? 0 : ago > UINT8_MAX ? UINT8_MAX : (uint8_t)ago;
}

/* A fall that an ended alert told of is not told again: healths before it don't count. */
static void limit_peaks(
	struct book_alerts *a, uint32_t first_id, const struct alert *prior, uint32_t n)
{
	memset(a->since, UINT8_MAX, sizeof(a->since));
	for (uint32_t k = 0; k < n; k++)
		if (prior[k].kind == ALERT_HEALTH_DROP && prior[k].ended != DAY_NONE)
			a->since[prior[k].account - first_id] =
				days_before(a, prior[k].opened);
	for (uint32_t k = 0; k < n; k++)
		if (prior[k].kind == ALERT_HEALTH_DROP && prior[k].ended == DAY_NONE)
			a->since[prior[k].account - first_id] = UINT8_MAX;
}

/* Snapshots come from the newest back: of equal healths the last one counts. */
static enum status raise_peaks(void *arg, int32_t day, uint32_t first, uint32_t n,
	const uint8_t *health, struct err *e)
{
	struct book_alerts *a = arg;
	const uint32_t at = first % PART_ACCOUNTS;
	const uint8_t ago = days_before(a, day);

	(void)e;
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t h = health[i] == HEALTH_NONE ? 0 : health[i];
		const bool higher = h > a->peak[at + i] && ago <= a->since[at + i];

		a->peak[at + i] = higher ? h : a->peak[at + i];
		a->ago[at + i] = higher ? ago : a->ago[at + i];
	}
	return ST_OK;
}

/* By the snapshots of the window before today. */
enum status book_alerts_peaks(struct book_alerts *a, uint32_t first_id, uint32_t n,
	const struct alert *prior, uint32_t prior_n, struct err *e)
{
	const int32_t window = (int32_t)a->policy->number[POLICY_ALERT_DROP_DAYS];
	const int32_t days = window > UINT8_MAX ? UINT8_MAX : window;

	limit_peaks(a, first_id, prior, prior_n);
	memset(a->peak, HEALTH_UNKNOWN, sizeof(a->peak));
	memset(a->ago, 0, sizeof(a->ago));
	return a->b->store->ops->snapshot_healths(a->b->store, a->as_of - days + 1,
		a->as_of - 1, first_id - 1, n, raise_peaks, a, e);
}

enum status book_alerts_begin(struct book_alerts *a, struct book *b, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct book_info info;
	enum status st = ops->info(b->store, &info, e);

	*a = (struct book_alerts){
		.b = b, .policy = &b->policy, .as_of = b->clock.today
	};
	starter_init(&a->starter, b, book_alerts_add, a);
	arena_init(&a->row);
	if (st != ST_OK || (info.alert_day != DAY_NONE && info.alert_day > a->as_of) ||
		ahead_left(b, &info))
		return st;
	if (b->plays) /* while a console was open its pilots went on */
		st = play_pilots(b, b->plays, e);
	if (st != ST_OK)
		return st;
	a->looking = true;
	a->ended_from = a->as_of - alert_quiet_days(&b->policy);
	st = behaviour_begin(&a->behaviour, a, e);
	if (st != ST_OK)
		return st;
	return ops->alerts_looked(b->store, a->as_of, a->ended_from, e);
}

void book_alerts_clear(struct book_alerts *a)
{
	if (!a->b)
		return;
	starter_clear(&a->starter);
	arena_clear(&a->row);
	behaviour_clear(&a->behaviour);
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

static bool resolves(const struct alert_step *steps, int n, int64_t id)
{
	for (int k = 0; k < n; k++)
		if (steps[k].alert.id == id)
			return steps[k].events & ALERT_EV_RESOLVED;
	return false;
}

static int64_t find_heir(const struct policy *p, const struct alert_step *steps, int n,
	int k, uint8_t tier, const struct alert *prior, uint32_t priors)
{
	const char *play = policy_play(p, steps[k].alert.kind, tier);

	if (!(steps[k].events & ALERT_EV_RESOLVED) || !*play)
		return 0;
	for (uint32_t i = 0; i < priors; i++)
		if (prior[i].ended == DAY_NONE && !resolves(steps, n, prior[i].id) &&
			strcmp(policy_play(p, prior[i].kind, tier), play) == 0)
			return prior[i].id;
	return 0;
}

/* Of an account that was moved also what goes on unchanged: its play may be another. */
static int add_unchanged(
	struct alert_step *steps, int n, const struct alert *prior, uint32_t priors)
{
	for (int k = 0; k < ALERT_KINDS; k++) {
		const struct alert *live =
			priors ? alert_newest(prior, priors, (enum alert_kind)k) : NULL;
		bool there = !live || live->ended != DAY_NONE;

		for (int i = 0; i < n; i++)
			there |= steps[i].alert.kind == (enum alert_kind)k;
		if (!there)
			steps[n++] = (struct alert_step){ *live, 0 };
	}
	return n;
}

static enum status keep_steps(struct book_alerts *a, const struct alert_subject *s,
	const struct alert_found *found, const struct alert *prior, uint32_t priors,
	struct err *e)
{
	struct alert_step steps[ALERT_KINDS];
	const uint32_t id = s->base->first_id + s->i;
	const uint8_t was = a->was ? a->was[id - 1] : s->tier;
	int n = alert_life(
		&a->b->policy, id, s->tier, a->as_of, prior, priors, found, steps);
	struct start_facts facts;
	enum status st;

	if (was != s->tier)
		n = add_unchanged(steps, n, prior, priors);
	st = n ? room_for_steps(a, e) : ST_OK;
	if (st != ST_OK || !n)
		return st;
	start_facts_of(s->base, s->i, s->tier, s->health, &facts);
	for (int k = 0; k < n; k++)
		a->steps[a->steps_n++] = (struct book_alert_step){ steps[k], facts,
			found && is_risky(found),
			s->base->onboarding[s->i] != DAY_NONE &&
				s->base->first_value[s->i] == DAY_NONE,
			was,
			find_heir(&a->b->policy, steps, n, k, s->tier, prior, priors) };
	return ST_OK;
}

/* Alerts of accounts that are not there are left alone. Where those of this one are. */
static uint32_t pass_over(
	const struct alert *prior, uint32_t n, uint32_t account, uint32_t next)
{
	while (next < n && prior[next].account < account)
		next++;
	return next;
}

/* The steps of all alerts of a part. */
static enum status find_steps(struct book_alerts *a, const struct base *base,
	const struct scores *scores, const uint8_t *tier, const struct alert *prior,
	uint32_t n, struct err *e)
{
	struct alert_found found[ALERT_KINDS];
	enum status st = ST_OK;
	uint32_t next = 0;

	a->steps_n = 0;
	for (uint32_t i = 0; st == ST_OK && i < base->n; i++) {
		const uint32_t id = base->first_id + i;
		const uint32_t from = pass_over(prior, n, id, next);
		const struct alert_found *now = base->active[i] ? found : NULL;
		const struct alert_subject s = { base, i, tier[id - 1],
			scores->health[id - 1], scores->coverage[id - 1], a->peak[i],
			a->as_of - a->ago[i] };

		for (next = from; next < n && prior[next].account == id;)
			next++;
		if ((!now && from == next) || (a->was && a->was[id - 1] == s.tier))
			continue;
		if (now)
			alert_find(&a->b->policy, &s, found);
		st = keep_steps(a, &s, now, prior + from, next - from, e);
	}
	return st;
}

enum status book_alerts_part(struct book_alerts *a, const struct base *base,
	const struct scores *scores, const uint8_t *tier, struct err *e)
{
	const struct store_ops *ops = a->b->store->ops;
	const uint32_t part = (base->first_id - 1) / PART_ACCOUNTS;
	const struct alert *prior;
	uint32_t n;
	enum status st;

	if (!a->looking)
		return ST_OK;
	st = ops->alerts(a->b->store, part, a->ended_from, &prior, &n, e);
	if (st != ST_OK)
		return st;
	st = book_alerts_peaks(a, base->first_id, base->n, prior, n, e);
	if (st == ST_OK)
		st = find_steps(a, base, scores, tier, prior, n, e);
	if (st == ST_OK)
		st = book_alerts_write(a, e);
	return st == ST_OK
		       ? behaviour_part(&a->behaviour, a, base, tier, scores->health, e)
		       : st;
}

enum status book_alerts_moved(struct book *b, const struct review *r, const uint8_t *was,
	const struct scores *scores, struct err *e)
{
	const uint32_t parts = (r->after.n + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	bool *moved = calloc((size_t)parts + 1, sizeof(*moved));
	struct book_alerts alerts = { 0 };
	enum status st = moved ? book_alerts_begin(&alerts, b, e)
			       : err_set(e, ST_NOMEM, "not enough memory for the review");

	alerts.was = was;
	for (uint32_t k = 0; moved && k < r->moves_n; k++)
		moved[(r->moves[k].account - 1) / PART_ACCOUNTS] = true;
	for (uint32_t k = 0; st == ST_OK && alerts.looking && k < parts; k++) {
		struct base base;

		if (!moved[k])
			continue;
		st = book_base_of(b, k * PART_ACCOUNTS + 1, b->clock.today, &base, e);
		if (base.n > r->after.n - k * PART_ACCOUNTS)
			base.n = r->after.n - k * PART_ACCOUNTS;
		if (st == ST_OK)
			st = book_alerts_part(&alerts, &base, scores, r->after.tier, e);
		base_clear(&base);
	}
	book_alerts_clear(&alerts);
	free(moved);
	return st;
}
