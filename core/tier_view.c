#include "core/tier_view_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_trend.h"

enum { WEEKS = 52 };

const char *const tier_view_group_name[TIER_GROUP_COUNT] = { "swaps", "promotions",
	"demotions", "over the cap", "placements" };

enum tier_view_group tier_view_group(const struct tier_move *m)
{
	if (m->cause == CAUSE_PLACEMENT)
		return TIER_GROUP_PLACE;
	if (m->cause == CAUSE_SWAP)
		return m->to < m->from ? TIER_GROUP_SWAP : TIER_GROUP_COUNT;
	if (m->cause == CAUSE_CAP)
		return TIER_GROUP_CAP;
	return m->to < m->from ? TIER_GROUP_UP : TIER_GROUP_DOWN;
}

enum status tier_view_no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the tiers");
}

void *tier_view_room(struct tier_making *m, size_t n, size_t size)
{
	return arena_alloc(&m->v->arena, (n + 1) * size);
}

struct text tier_view_keep(struct tier_making *m, struct text t)
{
	const char *copy = arena_copy(&m->v->arena, t.s ? t.s : "", t.n);

	return copy ? (struct text){ copy, t.n } : TEXT("");
}

/* ---- names ---- */

/* Of accounts 1.. that a view speaks of; ids that are 0 are nobody's. */
enum status tier_view_name(struct tier_making *m, const uint32_t *id, uint32_t n,
	struct tier_who *out, struct err *e)
{
	struct list_row *row = malloc(((size_t)n + 1) * sizeof(*row));
	uint32_t *some = calloc((size_t)n + 1, sizeof(*some)), count = 0;
	enum status st = row && some ? ST_OK : tier_view_no_memory(e);

	for (uint32_t k = 0; st == ST_OK && k < n; k++)
		if (id[k] >= 1 && id[k] <= m->b->columns.n)
			some[count++] = id[k];
	if (st == ST_OK)
		st = book_rows(m->b, some, count, &m->v->arena, row, e);
	count = 0;
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		out[k] = (struct tier_who){ .id = TEXT(""), .name = TEXT("") };
		if (id[k] < 1 || id[k] > m->b->columns.n)
			continue;
		out[k] = (struct tier_who){ id[k], row[count].id,
			row[count].name.n ? row[count].name : row[count].id,
			row[count].arr };
		count++;
	}
	free(some);
	free(row);
	return st;
}

/* ---- the proposal ---- */

static enum status name_moves(struct tier_making *m, struct tier_view_move *move,
	const uint32_t *id, struct tier_who *who, struct err *e)
{
	struct tier_view *v = m->v;
	const enum status st = tier_view_name(m, id, 2 * v->moves, who, e);
	char reason[TIER_VIEW_REASON];

	for (uint32_t k = 0; st == ST_OK && k < v->moves; k++) {
		const struct tier_move *x = &v->review.moves[k];
		const uint32_t at = x->account - 1;

		move[k] = (struct tier_view_move){ .move = k,
			.who = who[2 * k],
			.pair = who[2 * k + 1],
			.before = { m->before.tier[at], m->before.up[at],
				m->before.down[at], m->before.since[at] } };
		review_reason(
			&m->b->policy, x, who[2 * k + 1].name, reason, sizeof(reason));
		move[k].reason = tier_view_keep(m, text_of(reason));
	}
	return st;
}

static enum status take_moves(struct tier_making *m, struct err *e)
{
	struct tier_view *v = m->v;
	struct tier_view_move *move;
	struct tier_who *who;
	uint32_t *id;
	enum status st = ST_OK;

	v->moves =
		v->review.moves_n < TIER_VIEW_MOVES ? v->review.moves_n : TIER_VIEW_MOVES;
	move = tier_view_room(m, v->moves, sizeof(*move));
	who = malloc((2 * (size_t)v->moves + 1) * sizeof(*who));
	id = malloc((2 * (size_t)v->moves + 1) * sizeof(*id));
	if (!move || !who || !id)
		st = tier_view_no_memory(e);
	for (uint32_t k = 0; st == ST_OK && k < v->moves; k++) {
		id[2 * k] = v->review.moves[k].account;
		id[2 * k + 1] = v->review.moves[k].pair;
	}
	if (st == ST_OK)
		st = name_moves(m, move, id, who, e);
	v->move = move;
	free(id);
	free(who);
	return st;
}

static enum status take_waits(struct tier_making *m, struct err *e)
{
	struct tier_view *v = m->v;
	const struct policy *p = &m->b->policy;
	uint32_t id[TIER_VIEW_PAST];
	struct tier_who who[TIER_VIEW_PAST];
	struct tier_view_wait *wait;
	char reason[TIER_VIEW_REASON];
	enum status st;

	v->waits = v->review.waitlist_n < TIER_VIEW_PAST ? v->review.waitlist_n
							 : TIER_VIEW_PAST;
	wait = tier_view_room(m, v->waits, sizeof(*wait));
	if (!wait)
		return tier_view_no_memory(e);
	for (uint32_t k = 0; k < v->waits; k++)
		id[k] = v->review.waitlist[k].account;
	st = tier_view_name(m, id, v->waits, who, e);
	for (uint32_t k = 0; st == ST_OK && k < v->waits; k++) {
		const struct review_wait *x = &v->review.waitlist[k];

		snprintf(reason, sizeof(reason),
			"tier %d is full, no unlocked member is %g points behind; "
			"%.1f is enough for it (%g and %g above it)",
			x->tier, p->swap_margin, x->score, p->threshold[x->tier - 1],
			p->hysteresis);
		wait[k] = (struct tier_view_wait){ who[k], x->tier, x->score,
			tier_view_keep(m, text_of(reason)) };
	}
	v->wait = wait;
	return st;
}

/* Tiers that are of a later day have no proposal, and all else has its place. */
static enum status propose(struct tier_making *m, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st =
		book_review_look(m->b, &m->v->review, &m->before, &m->scores, &why);

	if (st == ST_FORBIDDEN) {
		m->v->problem = tier_view_keep(m, text_of(why.text));
		review_clear(&m->v->review);
		return ST_OK;
	}
	if (st != ST_OK)
		return err_set(e, st, "%s", why.text);
	tiers_clear(&m->v->review.after);
	st = take_moves(m, e);
	return st == ST_OK ? take_waits(m, e) : st;
}

/* What it was made from is of no use after it. */
static enum status take_proposal(struct tier_making *m, struct err *e)
{
	enum status st = propose(m, e);

	if (st == ST_OK)
		st = tier_view_requests(m, e);
	tiers_clear(&m->before);
	scores_clear(&m->scores);
	return st;
}

/* ---- audits ---- */

struct findings {
	struct tier_making *m;
	struct tier_view_finding *of; /* owned */
	uint32_t n, room;
};

static enum status take_finding(void *arg, const struct audit_finding *f, struct err *e)
{
	struct findings *all = arg;
	uint32_t *id = tier_view_room(all->m, f->count, sizeof(*id));

	if (all->n == all->room) {
		const uint32_t more = all->room ? 2 * all->room : 32;
		void *grown = realloc(all->of, more * sizeof(*all->of));

		if (!grown)
			return tier_view_no_memory(e);
		all->of = grown;
		all->room = more;
	}
	if (!id)
		return tier_view_no_memory(e);
	if (f->count)
		memcpy(id, f->account, f->count * sizeof(*id));
	all->of[all->n++] = (struct tier_view_finding){ f->check, f->count, id,
		tier_view_keep(all->m, text_of(f->text)) };
	return ST_OK;
}

static enum status take_findings(struct tier_making *m, struct err *e)
{
	struct findings all = { .m = m };
	enum status st = audit_run(m->b, take_finding, &all, e);
	struct tier_view_finding *kept = tier_view_room(m, all.n, sizeof(*kept));

	if (st == ST_OK && !kept)
		st = tier_view_no_memory(e);
	if (st == ST_OK && all.n)
		memcpy(kept, all.of, all.n * sizeof(*kept));
	m->v->finding = kept;
	m->v->findings = st == ST_OK ? all.n : 0;
	free(all.of);
	return st;
}

/* ---- the shares of the past ---- */

static enum status take_shares(struct tier_making *m, struct err *e)
{
	const struct trend_query q = { .weeks = WEEKS };
	struct book_trend *t = NULL;
	struct tier_view *v = m->v;
	enum status st = book_trend_new(m->b, &q, &t, e);
	const struct trend *known = NULL;

	if (st == ST_OK)
		st = book_trend_step(t, e); /* the base is known after the first */
	if (st == ST_OK)
		known = book_trend_known(t);
	for (uint32_t k = known ? known->counted : 0; known && k < known->points; k++) {
		const struct trend_point *p = &known->point[k];
		struct tier_view_share *s = &v->share[v->shares];

		if (known->points - k > TIER_VIEW_WEEKS ||
			(!v->shares && p->in_tier[TIER_NONE] == p->active))
			continue;
		*s = (struct tier_view_share){ .day = p->at.day,
			.active = p->active,
			.capped = known->caps[k].known };
		memcpy(s->in_tier, p->in_tier, sizeof(s->in_tier));
		memcpy(s->bp, known->caps[k].bp, sizeof(s->bp));
		v->shares++;
	}
	book_trend_free(&t);
	return st;
}

/* ---- all of it ---- */

struct tier_view *tier_view_hold(const struct tier_view *v)
{
	struct tier_view *held = (struct tier_view *)v; /* only its holders change */

	held->holders++;
	return held;
}

void tier_view_drop(struct tier_view **v)
{
	struct tier_view *was = *v;

	*v = NULL;
	if (!was || --was->holders > 0)
		return;
	review_clear(&was->review);
	arena_clear(&was->arena);
	free(was);
}

void book_forget_tier_view(struct book *b)
{
	tier_view_drop(&b->tier_view);
}

static enum status make(struct tier_making *m, struct err *e)
{
	static enum status (*const steps[])(struct tier_making * m, struct err * e) = {
		take_proposal, take_findings, tier_view_history, take_shares
	};
	enum status st = book_summary(m->b, &m->v->sum, e);

	if (st == ST_OK)
		st = book_need_columns(m->b, e);
	for (size_t k = 0; st == ST_OK && k < sizeof(steps) / sizeof(*steps); k++) {
		st = book_wait(m->b, e);
		if (st == ST_OK)
			st = steps[k](m, e);
	}
	return st == ST_OK ? capacity_past(m->b, m->v->ratio, &m->v->ratios, e) : st;
}

enum status book_tier_view(struct book *b, const struct tier_view **out, struct err *e)
{
	struct tier_making m = { .b = b };
	enum status st;

	*out = b->tier_view;
	if (*out)
		return ST_OK;
	m.v = calloc(1, sizeof(*m.v));
	if (!m.v)
		return tier_view_no_memory(e);
	arena_init(&m.v->arena);
	m.v->holders = 1;
	m.v->as_of = b->clock.today;
	st = b->store->ops->hold(b->store, e); /* all of one state */
	if (st == ST_OK) {
		st = make(&m, e);
		b->store->ops->release(b->store);
	}
	if (st != ST_OK) {
		tier_view_drop(&m.v);
		return st;
	}
	*out = b->tier_view = m.v;
	return ST_OK;
}
