/* What changes the book: recalculation and the review. */
#include "core/book_ahead.h"
#include "core/book_alerts.h"
#include "core/book_record.h"
#include "core/book_undo.h"

#include <stdlib.h>
#include <string.h>

#define STOPPED "stopped: nothing was changed"

/* The figures of a day, on their way into the book. */
struct run {
	struct policy policy; /* that they are computed with */
	int32_t policy_version;
	bool shown; /* the next screen begins with them: with the facts */
	bool brief; /* nobody saves them: scores_init_brief */
	struct scores scores;
	struct tiers tiers; /* of the day */
	struct book_columns facts;
};

static void run_clear(struct run *r)
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

/* The tiers are there. alerts NULL: not looked for. */
static enum status score_run(
	struct book *b, struct run *r, struct book_alerts *alerts, struct err *e)
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

/* What was just computed and saved is what the next screen begins with. */
static enum status save_picture(struct book *b, struct book_columns *facts,
	struct scores *scores, const struct tiers *tiers, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st = book_adopt_columns(b, facts, scores, tiers, &why);

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
static enum status policy_on(struct book *b, struct run *r, struct err *e)
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

static enum status last_account(struct book *b, uint32_t *n, struct err *e)
{
	struct book_info info = { 0 };
	enum status st = b->store->ops->info(b->store, &info, e);

	*n = info.last_id;
	return st;
}

static enum status recalc_day(
	struct book *b, struct run *r, struct recalc_result *out, struct err *e)
{
	struct book_alerts alerts = { 0 };
	uint32_t n;
	enum status st = policy_on(b, r, e);

	if (st == ST_OK)
		st = last_account(b, &n, e);
	if (st == ST_OK)
		st = book_tiers_on(b, n, &r->tiers, e);
	if (st == ST_OK)
		st = score_run(b, r, b->no_alerts ? NULL : &alerts, e);
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

/* Figures and alerts of the day, saved and told. */
static enum status recalc_held(
	struct book *b, struct run *r, struct recalc_result *out, struct err *e)
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
	struct run r = { .shown = true };
	enum status st = book_run_begin(b, e);

	if (st != ST_OK)
		return st;
	st = recalc_held(b, &r, out, e);
	if (st == ST_OK)
		st = save_picture(b, &r.facts, &r.scores, &r.tiers, e);
	st = book_run_finish(b, st, e);
	run_clear(&r);
	return st;
}

/* ---- reviews ---- */

/* Scores by the policy of now, unless the run has these already. */
static enum status score_review(struct book *b, struct run *r, struct err *e)
{
	if (r->scores.memory && r->policy_version == b->policy_version)
		return ST_OK;
	scores_clear(&r->scores);
	book_clear_columns(&r->facts);
	r->policy = b->policy;
	r->policy_version = b->policy_version;
	return score_run(b, r, NULL, e);
}

/* The tiers of the run are those of now. */
static enum status propose(
	struct book *b, struct run *run, struct review *r, struct err *e)
{
	uint32_t *order;
	uint32_t n;
	enum status st = score_review(b, run, e);

	if (st != ST_OK)
		return st;
	order = malloc(((size_t)run->scores.n + 1) * sizeof(*order));
	if (!order)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	n = review_concerned(&b->policy, &run->scores, &run->tiers, order,
		review_active(&run->scores, order));
	st = review_order(&run->scores, b->store, order, n, e);
	if (st == ST_OK)
		st = review_propose(&b->policy, &run->scores, &run->tiers, order, n,
			b->clock.today, r, e);
	r->policy_version = b->policy_version;
	free(order);
	return st;
}

/* What changes tiers begins with those of now, and only goes forward. */
static enum status begin_review(struct book *b, struct run *run, struct err *e)
{
	uint32_t n;
	enum status st = last_account(b, &n, e);

	if (st == ST_OK)
		st = book_load_tiers(b, n, &run->tiers, e);
	return st == ST_OK ? tiers_check_day(&run->tiers, b->clock.today, e) : st;
}

enum status book_review_look(struct book *b, struct review *r, struct tiers *tiers,
	struct scores *scores, struct err *e)
{
	struct run run = { .brief = true };
	enum status st = b->store->ops->hold(b->store, e);

	memset(r, 0, sizeof(*r));
	if (st != ST_OK)
		return st;
	st = begin_review(b, &run, e);
	if (st == ST_OK)
		st = propose(b, &run, r, e);
	b->store->ops->release(b->store);
	if (tiers) {
		*tiers = run.tiers;
		run.tiers = (struct tiers){ 0 };
	}
	if (scores) {
		*scores = run.scores;
		run.scores = (struct scores){ 0 };
	}
	run_clear(&run);
	return st;
}

/* Health goes by the rules of a tier: who moved where others hold has another one now,
 * and what follows from it. */
static enum status score_movers(
	struct book *b, struct run *run, const struct review *r, struct err *e)
{
	struct scoring s = { b, &run->policy, r->after.tier, &run->scores, &run->facts,
		NULL };
	const struct health_rules *rules = run->policy.health;

	for (uint32_t k = 0; k < r->moves_n; k++)
		if (memcmp(&rules[r->moves[k].from], &rules[r->moves[k].to],
			    sizeof(*rules)) != 0)
			return score_all(&s, e);
	return ST_OK;
}

static enum status apply_review(struct book *b, struct run *run, const struct review *r,
	const char *reason, struct err *e)
{
	const struct snapshot_day day = { b->clock.today, b->policy_version };
	const struct store_ops *ops = b->store->ops;
	enum status st = score_movers(b, run, r, e);
	int64_t number;

	if (st == ST_OK)
		st = ops->snapshot_save(b->store, day, &run->scores, &r->after, e);
	if (st == ST_OK && r->changes)
		st = ops->tiers_save(b->store, &r->after, r->as_of, r->active, e);
	if (st == ST_OK && r->changes)
		st = ops->review_save(
			b->store, r, b->clock.now(&b->clock), b->me, &number, e);
	if (st == ST_OK && r->changes)
		st = book_record_review(b, r, number, &run->tiers, reason, e);
	if (st == ST_OK && r->moves_n && !b->no_alerts)
		st = book_alerts_moved(b, r, run->tiers.tier, &run->scores, e);
	if (st == ST_OK)
		st = save_picture(b, &run->facts, &run->scores, NULL, e);
	return st;
}

static bool is_figure_kept(
	const struct scores *s, uint32_t i, const struct scores *kept, uint32_t k)
{
	if (s->health[i] != kept->health[k] || s->health[i] == HEALTH_NONE)
		return s->health[i] == kept->health[k];
	for (int c = 0; c < COMP_COUNT; c++)
		if (s->points[c][i] != kept->points[c][k])
			return false;
	return s->value[i] == kept->value[k] &&
	       scores_steps(s->coverage[i]) == scores_steps(kept->coverage[k]) &&
	       scores_steps(s->effort[i]) == scores_steps(kept->effort[k]);
}

/* Whether the snapshot of the day has the figures of the run. */
static enum status are_figures_kept(
	struct book *b, const struct scores *s, bool *out, struct err *e)
{
	struct scores part;
	enum status st = scores_init(&part, PART_ACCOUNTS, e);

	*out = true;
	for (uint32_t first = 0; st == ST_OK && *out && first < s->n;
		first += PART_ACCOUNTS) {
		part.n = s->n - first < PART_ACCOUNTS ? s->n - first : PART_ACCOUNTS;
		st = b->store->ops->snapshot_load(
			b->store, b->clock.today, first, &part, NULL, e);
		for (uint32_t k = 0; st == ST_OK && *out && k < part.n; k++)
			*out = is_figure_kept(s, first + k, &part, k);
	}
	scores_clear(&part);
	return st;
}

static enum status take_kind(void *arg, const struct operation *o, struct err *e)
{
	(void)e;
	*(enum operation_kind *)arg = o->kind;
	return ST_CANCELLED; /* the newest is enough */
}

/* Whether the book is as a review of the day left it. */
static enum status is_reviewed(struct book *b, struct run *run, bool *out, struct err *e)
{
	const struct operation_query newest = { .account = 0 };
	enum operation_kind kind = OPERATION_KINDS;
	enum status st;

	*out = false;
	if (run->tiers.review_day != b->clock.today)
		return ST_OK;
	st = book_query_operations(b, &newest, take_kind, &kind, e);
	if (st != ST_OK || kind != OPERATION_REVIEW)
		return st;
	st = score_review(b, run, e);
	return st == ST_OK ? are_figures_kept(b, &run->scores, out, e) : st;
}

/* An applied review recalculates its day first, with the alerts that follow, unless
 * nothing came since a review of the day: applied twice it changes nothing. (A proposal
 * is made of the same figures, which it keeps to itself.) */
static enum status need_snapshot(struct book *b, struct run *run, struct err *e)
{
	struct recalc_result done;
	bool reviewed;
	enum status st = is_reviewed(b, run, &reviewed, e);

	if (st != ST_OK || reviewed)
		return st;
	run_clear(run); /* tiers are those of the day */
	return recalc_held(b, run, &done, e);
}

/* What was looked at must be what is proposed now. */
static enum status choose(struct run *run, const struct review_choice *choice,
	struct review *r, struct err *e)
{
	if (!choice)
		return ST_OK;
	if (!review_same(choice->seen, r))
		return err_set(e, ST_STALE,
			"the book changed meanwhile, and so did what the review would "
			"do: "
			"look at it again");
	return choice->chosen ? review_choose(r, &run->tiers, choice->chosen, e) : ST_OK;
}

/* choice NULL: all of it, whatever it is. */
static enum status review_and_apply(struct book *b, const struct review_choice *choice,
	struct review *r, struct err *e)
{
	struct run run = { .shown = true };
	enum status st = book_run_begin(b, e);

	if (st != ST_OK)
		return st;
	st = begin_review(b, &run, e);
	if (st == ST_OK)
		st = need_snapshot(b, &run, e);
	if (st == ST_OK)
		st = propose(b, &run, r, e);
	if (st == ST_OK)
		st = choose(&run, choice, r, e);
	if (st == ST_OK)
		st = apply_review(b, &run, r, choice ? choice->reason : NULL, e);
	st = book_run_finish(b, st, e);
	run_clear(&run);
	return st;
}

enum status book_review(struct book *b, bool apply, struct review *r, struct err *e)
{
	if (!apply)
		return book_review_look(b, r, NULL, NULL, e);
	memset(r, 0, sizeof(*r));
	return review_and_apply(b, NULL, r, e);
}

enum status book_review_take(struct book *b, const struct review_choice *choice,
	struct review *r, struct err *e)
{
	memset(r, 0, sizeof(*r));
	return review_and_apply(b, choice, r, e);
}
