/* What changes the book: recalculation, the review, a new policy. */
#include "core/book_ahead.h"
#include "core/book_alerts.h"
#include "core/book_record.h"

#include <stdlib.h>
#include <string.h>

#define STOPPED "stopped: nothing was changed"

struct scoring {
	const struct policy *policy;
	const uint8_t *tier;
	struct scores *scores;
	struct book_columns *facts; /* NULL: nobody needs them */
	struct book_alerts *alerts; /* NULL: nobody looks for them */
	const struct progress *progress;
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

void book_progress(struct book *b, const struct progress *p)
{
	b->progress = p;
}

static enum status score_part(void *arg, const struct base *base, struct err *e)
{
	struct scoring *s = arg;

	if (!tell(s->progress, "scoring accounts", base->first_id - 1, s->scores->n))
		return err_set(e, ST_CANCELLED, STOPPED);
	health_score(s->policy, base, s->tier, s->scores);
	axes_score(s->policy, base, s->scores);
	if (s->facts)
		book_take_facts(s->facts, s->policy, base, s->scores->health);
	return s->alerts ? book_alerts_part(s->alerts, base, s->scores, s->tier, e)
			 : ST_OK;
}

/* Scores and tiers as of the book's day, and the facts they are from and the alerts that
 * follow (NULL: not needed); all are to be cleared, also on failure. */
static enum status score_base(struct book *b, struct scores *scores, struct tiers *tiers,
	struct book_columns *facts, struct book_alerts *alerts, struct err *e)
{
	struct scoring s = { &b->policy, NULL, scores, facts, alerts, b->progress };
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	memset(scores, 0, sizeof(*scores));
	memset(tiers, 0, sizeof(*tiers));
	if (st == ST_OK)
		st = scores_init(scores, info.last_id, e);
	if (st == ST_OK)
		st = book_load_tiers(b, info.last_id, tiers, e);
	if (st == ST_OK && facts)
		st = book_begin_facts(facts, info.last_id, e);
	if (st == ST_OK && alerts)
		st = book_alerts_begin(alerts, b, e);
	s.tier = tiers->tier;
	if (st == ST_OK)
		st = book_each_base(b, scores->n, false, score_part, &s, e);
	if (st == ST_OK)
		st = axes_value_pct(scores, e);
	if (st == ST_OK)
		axes_tier_score(&b->policy, scores);
	return st;
}

/* Begins a change, with the policy as it is now: from here on nobody else can set one. */
static enum status begin(struct book *b, struct err *e)
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

/* Ends what begin began: everything or nothing. */
static enum status finish(struct book *b, enum status st, struct err *e)
{
	if (st == ST_OK)
		st = b->store->ops->commit(b->store, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	book_forget(b);
	return st;
}

/* Without a picture the console begins a little later; what it was to show is saved. */
static enum status best_effort(enum status st, const struct err *why, struct err *e)
{
	if (st == ST_OK || st == ST_INVALID || st == ST_NOMEM)
		return ST_OK;
	return err_set(e, st, "%s", why->text);
}

/* What was just computed and saved is what the next screen begins with. */
static enum status save_picture(struct book *b, struct book_columns *facts,
	struct scores *scores, const struct tiers *tiers, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st = book_adopt_columns(b, facts, scores, tiers, &why);

	if (st == ST_OK)
		st = book_save_picture(b, &why);
	return best_effort(st, &why, e);
}

static void count(const struct scores *scores, int32_t as_of, struct recalc_result *out)
{
	*out = (struct recalc_result){ .as_of = as_of, .accounts = scores->active };
	for (uint32_t i = 0; i < scores->n; i++)
		out->unknown += scores->health[i] == HEALTH_UNKNOWN;
	out->scored = out->accounts - out->unknown;
}

/* Figures and alerts of the day, saved and told. */
static enum status recalc(struct book *b, struct ahead *ahead, struct scores *scores,
	struct tiers *tiers, struct book_columns *facts, struct recalc_result *out,
	struct err *e)
{
	const struct snapshot_day day = { b->clock.today, b->policy_version };
	struct book_alerts alerts = { 0 };
	enum status st =
		score_base(b, scores, tiers, facts, b->no_alerts ? NULL : &alerts, e);

	if (st == ST_OK &&
		!tell(b->progress, "keeping the figures", scores->n, scores->n))
		st = err_set(e, ST_CANCELLED, STOPPED);
	if (st == ST_OK)
		st = b->store->ops->snapshot_save(b->store, day, scores, tiers, e);
	count(scores, b->clock.today, out);
	out->alerts_opened = alerts.opened;
	out->alerts_resolved = alerts.resolved;
	book_alerts_clear(&alerts);
	if (st == ST_OK)
		st = book_record_recalc(b, out, ahead->backup, e);
	return st == ST_OK ? ahead_tell(ahead, b, out, e) : st;
}

enum status book_recalc(struct book *b, struct recalc_result *out, struct err *e)
{
	struct book_columns facts = { 0 };
	struct scores scores = { 0 };
	struct tiers tiers = { 0 };
	struct ahead ahead = { .backup = { NULL, 0 } };
	enum status st = begin(b, e);

	if (st != ST_OK)
		return st;
	arena_init(&ahead.arena);
	if (!b->no_alerts)
		st = ahead_begin(&ahead, b, e);
	if (st == ST_OK)
		st = recalc(b, &ahead, &scores, &tiers, &facts, out, e);
	if (st == ST_OK)
		st = save_picture(b, &facts, &scores, &tiers, e);
	st = finish(b, st, e);
	ahead_clear(&ahead);
	tiers_clear(&tiers);
	book_clear_columns(&facts);
	scores_clear(&scores);
	return st;
}

static enum status propose_held(struct book *b, struct scores *scores,
	struct tiers *tiers, struct book_columns *facts, struct review *r, struct err *e)
{
	uint32_t *order;
	uint32_t n;
	enum status st = score_base(b, scores, tiers, facts, NULL, e);

	if (st != ST_OK)
		return st;
	order = malloc(((size_t)scores->n + 1) * sizeof(*order));
	if (!order)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	st = review_order(scores, b->store, order, &n, e);
	if (st == ST_OK)
		st = review_propose(
			&b->policy, scores, tiers, order, b->clock.today, r, e);
	r->policy_version = b->policy_version;
	free(order);
	return st;
}

static enum status propose(struct book *b, struct scores *scores, struct tiers *tiers,
	struct book_columns *facts, struct review *r, struct err *e)
{
	enum status st = b->store->ops->hold(b->store, e);

	if (st != ST_OK)
		return st;
	st = propose_held(b, scores, tiers, facts, r, e);
	b->store->ops->release(b->store);
	return st;
}

static enum status review_once(struct book *b, struct review *r, struct err *e)
{
	struct scores scores = { 0 };
	struct tiers tiers = { 0 };
	enum status st;

	memset(r, 0, sizeof(*r));
	st = propose(b, &scores, &tiers, NULL, r, e);
	scores_clear(&scores);
	tiers_clear(&tiers);
	return st;
}

static enum status apply_review(struct book *b, const struct scores *scores,
	const struct tiers *before, const struct review *r, struct err *e)
{
	const struct snapshot_day day = { b->clock.today, b->policy_version };
	const struct store_ops *ops = b->store->ops;
	enum status st = ops->snapshot_save(b->store, day, scores, &r->after, e);
	int64_t number;

	if (st == ST_OK && r->changes)
		st = ops->tiers_save(b->store, &r->after, r->as_of, r->active, e);
	if (st == ST_OK && r->changes)
		st = ops->review_save(
			b->store, r, b->clock.now(&b->clock), b->me, &number, e);
	if (st == ST_OK && r->changes)
		st = book_record_review(b, r, number, before, e);
	return st;
}

/* A review looks at the figures of its day, so they are made first when there are none.
 */
static enum status need_snapshot(struct book *b, struct err *e)
{
	struct snapshot_day day;
	struct book_info info;
	struct recalc_result done;
	enum status st = b->store->ops->snapshot_find(b->store, b->clock.today, &day, e);

	if (st == ST_OK)
		st = b->store->ops->info(b->store, &info, e);
	if (st != ST_OK || info.read_only || day.day == b->clock.today)
		return st;
	return book_recalc(b, &done, e);
}

enum status book_review(struct book *b, bool apply, struct review *r, struct err *e)
{
	struct book_columns facts = { 0 };
	struct scores scores = { 0 };
	struct tiers tiers = { 0 };
	enum status st;

	memset(r, 0, sizeof(*r));
	st = apply ? begin(b, e) : need_snapshot(b, e);
	if (st != ST_OK)
		return st;
	st = propose(b, &scores, &tiers, apply ? &facts : NULL, r, e);
	if (st == ST_OK && apply)
		st = apply_review(b, &scores, &tiers, r, e);
	if (st == ST_OK && apply)
		st = save_picture(b, &facts, &scores, NULL, e);
	if (apply)
		st = finish(b, st, e);
	book_clear_columns(&facts);
	scores_clear(&scores);
	tiers_clear(&tiers);
	return st;
}

enum status book_policy_try(struct book *b, const struct policy *other,
	struct review *in_force, struct review *under_other, struct err *e)
{
	const struct policy own = b->policy;
	enum status st;

	memset(in_force, 0, sizeof(*in_force));
	memset(under_other, 0, sizeof(*under_other));
	st = b->store->ops->hold(b->store, e); /* both are of the same book */
	if (st != ST_OK)
		return st;
	st = review_once(b, in_force, e);
	b->policy = *other;
	if (st == ST_OK)
		st = review_once(b, under_other, e);
	b->policy = own;
	b->store->ops->release(b->store);
	return st;
}

/* Under the policy that the book has now. */
static enum status picture_anew(struct book *b, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st;

	book_forget(b);
	st = book_need_columns(b, &why);
	if (st == ST_OK)
		st = book_save_picture(b, &why);
	return best_effort(st, &why, e);
}

enum status book_policy_apply(struct book *b, const char *text, const char *name,
	const char *reason, int32_t *version, struct err *e)
{
	struct policy_version v = { 0, b->clock.now(&b->clock), b->me, reason, NULL };
	struct policy merged, own;
	struct arena a;
	enum status st = begin(b, e);
	const int32_t own_version = b->policy_version;

	if (st != ST_OK)
		return st;
	arena_init(&a);
	own = b->policy;
	st = policy_merge(&b->policy, text, name, &merged, NULL, e);
	if (st == ST_OK)
		st = book_check_rates(b, &merged, e);
	if (st == ST_OK && !(v.text = policy_write(&merged, &a)))
		st = err_set(e, ST_NOMEM, "not enough memory for the policy");
	if (st == ST_OK)
		st = b->store->ops->policy_save(b->store, &v, merged.cap_bp, version, e);
	if (st == ST_OK)
		st = book_record_policy(b, &own, &merged, *version, reason, e);
	if (st == ST_OK) {
		b->policy = merged;
		b->policy_version = *version;
		st = picture_anew(b, e);
	}
	st = finish(b, st, e);
	if (st != ST_OK) {
		b->policy = own;
		b->policy_version = own_version;
	}
	arena_clear(&a);
	return st;
}
