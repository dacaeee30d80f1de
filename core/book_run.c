/* Recalculation: the figures of a day, made and kept. */
#include "core/book_run.h"

#include "core/book_ahead.h"
#include "core/book_alerts.h"
#include "core/book_record.h"

#define STOPPED "stopped: nothing was changed"

void book_run_clear(struct book_run *r)
{
	scores_clear(&r->scores);
	tiers_clear(&r->tiers);
	book_clear_columns(&r->facts);
}

struct scoring {
	struct book *b;
	const struct policy *policy;
	const uint8_t *tier;
	struct scores *scores;
	struct book_columns *facts; /* NULL: nobody needs them */
	struct book_alerts *alerts; /* NULL: nobody looks for them */
};

/* NULL: nobody wants to know. False: it is to stop. */
static bool tell(
	const struct progress *p, const char *what, uint64_t done, uint64_t total)
{
	return !p || p->tell(p->arg, what, done, total);
}

void book_look_for_alerts(struct book *b, bool yes)
{
	b->no_alerts = !yes;
}

void book_go_ahead(struct book *b, bool yes)
{
	b->go_ahead = yes;
}

void book_progress(struct book *b, const struct progress *p)
{
	b->progress = p;
}

static enum status score_part(void *arg, const struct base *base, struct err *e)
{
	struct scoring *s = arg;
	enum status st = ST_OK;

	if (!tell(s->b->progress, "scoring accounts", base->first_id - 1, s->scores->n))
		return err_set(e, ST_CANCELLED, STOPPED);
	health_score(s->policy, base, s->tier, s->scores);
	axes_score(s->policy, base, s->scores);
	if (s->facts)
		st = book_take_facts(s->facts, &s->b->policy, base, e);
	if (st == ST_OK && s->alerts)
		st = book_alerts_part(s->alerts, base, s->scores, s->tier, e);
	return st;
}

static enum status score_all(struct scoring *s, struct err *e)
{
	enum status st = book_each_base(s->b, s->scores->n, false, score_part, s, e);

	if (st == ST_OK)
		st = axes_value_pct(s->scores, e);
	if (st == ST_OK)
		axes_tier_score(s->policy, s->scores);
	return st;
}

enum status book_run_score(
	struct book *b, struct book_run *r, struct book_alerts *alerts, struct err *e)
{
	struct scoring s = { b, &r->policy, r->tiers.tier, &r->scores,
		r->shown ? &r->facts : NULL, alerts };
	enum status st = r->brief ? scores_init_brief(&r->scores, r->tiers.n, e)
				  : scores_init(&r->scores, r->tiers.n, e);

	if (st == ST_OK && r->shown)
		st = book_begin_facts(&r->facts, r->tiers.n, e);
	if (st == ST_OK && alerts)
		st = book_alerts_begin(alerts, b, e);
	return st == ST_OK ? score_all(&s, e) : st;
}

enum status book_run_score_as(
	struct book *b, struct book_run *r, const uint8_t *tier, struct err *e)
{
	struct scoring s = { b, &r->policy, tier, &r->scores, &r->facts, NULL };

	return score_all(&s, e);
}

enum status book_run_begin(struct book *b, struct err *e)
{
	bool changed;
	enum status st = b->store->ops->begin(b->store, e);

	if (st != ST_OK)
		return st;
	st = book_refresh(b, &changed, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	return st;
}

enum status book_run_finish(struct book *b, enum status st, struct err *e)
{
	if (st == ST_OK)
		st = b->store->ops->commit(b->store, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	book_forget(b);
	return st;
}

enum status book_run_best_effort(enum status st, const struct err *why, struct err *e)
{
	if (st == ST_OK || st == ST_INVALID || st == ST_NOMEM)
		return ST_OK;
	return err_set(e, st, "%s", why->text);
}

enum status book_run_picture(
	struct book *b, struct book_run *r, const struct tiers *tiers, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st = book_adopt_columns(b, &r->facts, &r->scores, tiers, &why);

	if (st == ST_OK)
		st = book_save_picture(b, &why);
	return book_run_best_effort(st, &why, e);
}

static void count(const struct scores *scores, int32_t as_of, struct recalc_result *out)
{
	*out = (struct recalc_result){ .as_of = as_of, .accounts = scores->active };
	for (uint32_t i = 0; i < scores->n; i++)
		out->unknown += scores->health[i] == HEALTH_UNKNOWN;
	out->scored = out->accounts - out->unknown;
}

/* The newest version from before the day ended, or a newer one that figures of the day or
 * of days before it were computed with already: later ones say nothing of the day. */
static enum status find_version(struct book *b, int32_t used, int32_t *out, struct err *e)
{
	int32_t version = b->policy_version;
	struct policy_version v;
	enum status st = ST_OK;
	struct arena a;

	arena_init(&a);
	for (; st == ST_OK && version > used; version--) {
		st = b->store->ops->policy_load(b->store, version, &a, &v, e);
		if (st == ST_OK && (v.at + b->clock.east) / DAY_SECONDS <= b->clock.today)
			break;
		arena_clear(&a);
	}
	arena_clear(&a);
	*out = version;
	return st;
}

/* Figures of a day that others followed are made by the policy of then. */
static enum status policy_on(struct book *b, struct book_run *r, struct err *e)
{
	struct snapshot_day newest, at = { .day = DAY_NONE };
	enum status st = b->store->ops->snapshot_find(b->store, DAY_MAX, &newest, e);

	r->policy = b->policy;
	r->policy_version = b->policy_version;
	if (st == ST_OK && newest.day > b->clock.today)
		st = b->store->ops->snapshot_find(b->store, b->clock.today, &at, e);
	if (st == ST_OK && at.day != DAY_NONE)
		st = find_version(b, at.policy_version, &r->policy_version, e);
	if (st == ST_OK)
		st = book_policy_of(b, r->policy_version, &r->policy, e);
	return st;
}

enum status book_run_last(struct book *b, uint32_t *n, struct err *e)
{
	struct book_info info = { 0 };
	enum status st = b->store->ops->info(b->store, &info, e);

	*n = info.last_id;
	return st;
}

static enum status recalc_day(
	struct book *b, struct book_run *r, struct recalc_result *out, struct err *e)
{
	struct book_alerts alerts = { 0 };
	uint32_t n;
	enum status st = policy_on(b, r, e);

	if (st == ST_OK)
		st = book_run_last(b, &n, e);
	if (st == ST_OK)
		st = book_tiers_on(b, n, &r->tiers, e);
	if (st == ST_OK)
		st = book_run_score(b, r, b->no_alerts ? NULL : &alerts, e);
	if (st == ST_OK && !tell(b->progress, "keeping the figures", n, n))
		st = err_set(e, ST_CANCELLED, STOPPED);
	if (st == ST_OK) {
		const struct snapshot_day day = { b->clock.today, r->policy_version };

		st = b->store->ops->snapshot_save(
			b->store, day, &r->scores, &r->tiers, e);
	}
	count(&r->scores, b->clock.today, out);
	out->alerts_opened = alerts.opened;
	out->alerts_resolved = alerts.resolved;
	book_alerts_clear(&alerts);
	return st;
}

enum status book_run_recalc(
	struct book *b, struct book_run *r, struct recalc_result *out, struct err *e)
{
	struct ahead ahead = { .backup = { NULL, 0 } };
	enum status st = ST_OK;

	arena_init(&ahead.arena);
	if (!b->no_alerts)
		st = ahead_begin(&ahead, b, e);
	if (st == ST_OK)
		st = recalc_day(b, r, out, e);
	if (st == ST_OK)
		st = book_record_recalc(b, out, ahead.backup, e);
	if (st == ST_OK)
		st = ahead_tell(&ahead, b, out, e);
	ahead_clear(&ahead);
	return st;
}

enum status book_recalc(struct book *b, struct recalc_result *out, struct err *e)
{
	struct book_run r = { .shown = true };
	enum status st = book_run_begin(b, e);

	if (st != ST_OK)
		return st;
	st = book_run_recalc(b, &r, out, e);
	if (st == ST_OK)
		st = book_run_picture(b, &r, &r.tiers, e);
	st = book_run_finish(b, st, e);
	book_run_clear(&r);
	return st;
}
