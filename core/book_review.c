/* Reviews: what one would do to the tiers, and doing it. */
#include "core/book_run.h"

#include "core/book_alerts.h"
#include "core/book_record.h"
#include "core/book_undo.h"

#include <stdlib.h>
#include <string.h>

/* Scores by the policy of now, unless the run has these already. */
static enum status score_review(struct book *b, struct book_run *r, struct err *e)
{
	if (r->scores.memory && r->policy_version == b->policy_version)
		return ST_OK;
	scores_clear(&r->scores);
	book_clear_columns(&r->facts);
	r->policy = b->policy;
	r->policy_version = b->policy_version;
	return book_run_score(b, r, NULL, e);
}

/* The tiers of the run are those of now. */
static enum status propose(
	struct book *b, struct book_run *run, struct review *r, struct err *e)
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
static enum status begin_review(struct book *b, struct book_run *run, struct err *e)
{
	uint32_t n;
	enum status st = book_run_last(b, &n, e);

	if (st == ST_OK)
		st = book_load_tiers(b, n, &run->tiers, e);
	return st == ST_OK ? tiers_check_day(&run->tiers, b->clock.today, e) : st;
}

enum status book_review_look(struct book *b, struct review *r, struct tiers *tiers,
	struct scores *scores, struct err *e)
{
	struct book_run run = { .brief = true };
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
	book_run_clear(&run);
	return st;
}

/* Health goes by the rules of a tier: who moved where others hold has another one now,
 * and what follows from it. */
static enum status score_movers(
	struct book *b, struct book_run *run, const struct review *r, struct err *e)
{
	const struct health_rules *rules = run->policy.health;

	for (uint32_t k = 0; k < r->moves_n; k++)
		if (memcmp(&rules[r->moves[k].from], &rules[r->moves[k].to],
			    sizeof(*rules)) != 0)
			return book_run_score_as(b, run, r->after.tier, e);
	return ST_OK;
}

static enum status apply_review(struct book *b, struct book_run *run,
	const struct review *r, const char *reason, struct err *e)
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
		st = book_run_picture(b, run, NULL, e);
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
static enum status is_reviewed(
	struct book *b, struct book_run *run, bool *out, struct err *e)
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
static enum status need_snapshot(struct book *b, struct book_run *run, struct err *e)
{
	struct recalc_result done;
	bool reviewed;
	enum status st = is_reviewed(b, run, &reviewed, e);

	if (st != ST_OK || reviewed)
		return st;
	book_run_clear(run); /* tiers are those of the day */
	return book_run_recalc(b, run, &done, e);
}

/* What was looked at must be what is proposed now. */
static enum status choose(struct book_run *run, const struct review_choice *choice,
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
	struct book_run run = { .shown = true };
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
	book_run_clear(&run);
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
