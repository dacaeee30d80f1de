#include "core/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/policy.h"

const char *const move_cause_name[CAUSE_COUNT] = { "placement", "promotion", "demotion",
	"cap", "swap", "manual", "lock", "undo" };

/* A review under way. `order` runs from the best account to the weakest. */
struct work {
	const struct policy *p;
	const struct scores *s;
	const struct tiers *before;
	const uint32_t *order;
	struct review *r;
	uint32_t members[TIER_COUNT + 1]; /* active, by tier */
	uint32_t moves_room;
	uint8_t *touched; /* by id - 1: moved or placed in this review */
	uint8_t *waiting; /* by id - 1: on the waitlist */
	bool out_of_memory;
};

static uint32_t limit_of(const struct work *w, uint8_t tier)
{
	return w->r->cap[tier - 1].limit;
}

static double score_of(const struct work *w, uint32_t id)
{
	return w->s->score[id - 1];
}

static bool is_locked(const struct work *w, uint32_t id)
{
	return tiers_locked(w->before, id, w->r->as_of);
}

static void move(
	struct work *w, uint32_t id, uint8_t to, enum move_cause cause, uint32_t pair)
{
	struct tiers *t = &w->r->after;
	struct review *r = w->r;

	if (r->moves_n == w->moves_room) {
		const uint32_t room = w->moves_room ? w->moves_room * 2 : 64;
		struct tier_move *grown = realloc(r->moves, room * sizeof(*grown));

		if (!grown) {
			w->out_of_memory = true;
			return;
		}
		r->moves = grown;
		w->moves_room = room;
	}
	r->moves[r->moves_n++] = (struct tier_move){
		.day = r->as_of,
		.account = id,
		.pair = pair,
		.from = t->tier[id - 1],
		.to = to,
		.cause = (uint8_t)cause,
		.score = score_of(w, id),
		.other = pair ? score_of(w, pair) : NAN,
	};
	if (t->tier[id - 1] != TIER_NONE)
		w->members[t->tier[id - 1]]--;
	w->members[to]++;
	t->tier[id - 1] = to;
	t->since[id - 1] = r->as_of;
	w->touched[id - 1] = 1;
}

/* Step 1. Accounts without a tier, best first, where there is room beside those who
 * are there already. */
static void place(struct work *w)
{
	for (uint32_t k = 0; k < w->s->active; k++) {
		const uint32_t id = w->order[k];
		uint8_t to = 1;

		if (w->r->after.tier[id - 1] != TIER_NONE)
			continue;
		while (to < TIER_COUNT && (score_of(w, id) < w->p->threshold[to - 1] ||
						  w->members[to] >= limit_of(w, to)))
			to++;
		move(w, id, to, CAUSE_PLACEMENT, 0);
	}
}

/* The highest tier above its own that the score reaches with the margin; 0: none. */
static uint8_t aims_at(const struct work *w, uint32_t id)
{
	const uint8_t tier = w->before->tier[id - 1];

	for (uint8_t to = 1; to < tier; to++)
		if (score_of(w, id) >= w->p->threshold[to - 1] + w->p->hysteresis)
			return to;
	return 0;
}

static bool falls_short(const struct work *w, uint32_t id)
{
	const uint8_t tier = w->before->tier[id - 1];

	return tier >= 1 && tier < TIER_COUNT &&
	       score_of(w, id) < w->p->threshold[tier - 1] - w->p->hysteresis;
}

static uint8_t next_streak(bool candidate, uint8_t streak)
{
	return (uint8_t)(!candidate ? 0 : streak < UINT8_MAX ? streak + 1 : streak);
}

/* Step 2. A review of a day that was reviewed before does not count again. */
static void count_streaks(struct work *w)
{
	struct tiers *t = &w->r->after;

	if (w->before->review_day == w->r->as_of)
		return;
	for (uint32_t k = 0; k < w->s->active; k++) {
		const uint32_t id = w->order[k];

		if (w->touched[id - 1])
			continue;
		t->up[id - 1] = next_streak(aims_at(w, id) != 0, t->up[id - 1]);
		t->down[id - 1] = next_streak(falls_short(w, id), t->down[id - 1]);
	}
}

/* Also without any days to dwell, a review done again moves nobody on. */
static bool has_dwelt(const struct work *w, uint32_t id)
{
	const int32_t since = w->r->after.since[id - 1];

	if (since == w->r->as_of && w->before->review_day == w->r->as_of)
		return false;
	return since == DAY_NONE || w->r->as_of - since >= w->p->min_days;
}

/* Step 3. One band down after enough reviews below the threshold. */
static void demote(struct work *w)
{
	for (uint32_t k = 0; k < w->s->active; k++) {
		const uint32_t id = w->order[k];

		if (w->touched[id - 1] || is_locked(w, id) || !falls_short(w, id) ||
			w->r->after.down[id - 1] < w->p->down_streak || !has_dwelt(w, id))
			continue;
		move(w, id, (uint8_t)(w->before->tier[id - 1] + 1), CAUSE_DEMOTION, 0);
	}
}

/* The weakest unlocked member of the tier at or before *from in the order; 0: none.
 * *from moves along so that a whole step walks the order once. */
static uint32_t weakest(const struct work *w, uint8_t tier, uint32_t *from)
{
	for (; *from > 0; (*from)--) {
		const uint32_t id = w->order[*from - 1];

		if (w->r->after.tier[id - 1] == tier && !is_locked(w, id))
			return id;
	}
	return 0;
}

/* Step 4. The weakest go one band down while their tier is over its cap. */
static void hold_cap(struct work *w, uint8_t tier)
{
	uint32_t from = w->s->active, id;

	while (w->members[tier] > limit_of(w, tier) &&
		(id = weakest(w, tier, &from)) != 0)
		move(w, id, (uint8_t)(tier + 1), CAUSE_CAP, 0);
}

static bool is_violated(const struct work *w, uint8_t tier)
{
	return w->members[tier] > limit_of(w, tier);
}

static void note_violation(struct work *w, uint8_t tier)
{
	if (is_violated(w, tier))
		w->r->violations[w->r->violations_n++] = (struct review_violation){ tier,
			w->members[tier] - limit_of(w, tier) };
}

static bool is_candidate(const struct work *w, uint32_t id, uint8_t tier)
{
	const uint8_t aim = aims_at(w, id);

	return !w->touched[id - 1] && !is_locked(w, id) && aim != 0 && aim <= tier &&
	       tier < w->before->tier[id - 1] &&
	       w->r->after.up[id - 1] >= w->p->up_streak && has_dwelt(w, id);
}

static void wait_for(struct work *w, uint32_t id, uint8_t tier)
{
	struct review *r = w->r;

	if (w->waiting[id - 1])
		return; /* for a higher tier already */
	w->waiting[id - 1] = 1;
	r->waitlist[r->waitlist_n++] = (struct review_wait){ id, tier, score_of(w, id) };
}

/* Steps 5 and 6. Best candidates first: into free places, else in exchange for the
 * weakest member if that is clearly weaker, else onto the waitlist. */
static void promote(struct work *w, uint8_t tier)
{
	const bool closed = is_violated(w, tier);
	uint32_t from = w->s->active, down;

	for (uint32_t k = 0; k < w->s->active; k++) {
		const uint32_t id = w->order[k];

		if (!is_candidate(w, id, tier))
			continue;
		if (!closed && w->members[tier] < limit_of(w, tier)) {
			move(w, id, tier, CAUSE_PROMOTION, 0);
			continue;
		}
		down = closed ? 0 : weakest(w, tier, &from);
		/* With a margin of 0 an equal one behind in the order takes no place. */
		if (down && from > k + 1 &&
			score_of(w, down) + w->p->swap_margin <= score_of(w, id)) {
			move(w, down, (uint8_t)(tier + 1), CAUSE_SWAP, id);
			move(w, id, tier, CAUSE_SWAP, down);
		} else {
			wait_for(w, id, tier);
		}
	}
}

static void count_members(struct work *w)
{
	memset(w->members, 0, sizeof(w->members));
	for (uint32_t k = 0; k < w->s->active; k++)
		w->members[w->r->after.tier[w->order[k] - 1]]++;
	w->members[TIER_NONE] = 0;
}

static void set_limits(struct work *w)
{
	for (int t = 0; t < TIER_COUNT; t++) {
		w->r->cap[t].share_bp = w->p->cap_bp[t];
		w->r->cap[t].limit = t == TIER_COUNT - 1
					     ? w->s->active
					     : tiers_cap(w->p->cap_bp[t], w->s->active);
		w->r->cap[t].before = w->members[t + 1];
	}
}

/* Who is not active has no tier; everybody else keeps theirs to begin with. */
static void begin_after(struct work *w)
{
	struct tiers *t = &w->r->after;
	const struct tiers *b = w->before;

	t->review_day = w->r->as_of;
	for (uint32_t i = 0; i < w->s->n; i++) {
		t->locked_from[i] = b->locked_from[i];
		t->locked_until[i] = b->locked_until[i];
		if (w->s->health[i] == HEALTH_NONE || b->tier[i] == TIER_NONE)
			continue;
		t->tier[i] = b->tier[i];
		t->since[i] = b->since[i];
		t->up[i] = b->up[i];
		t->down[i] = b->down[i];
	}
}

static bool tiers_differ(const struct tiers *a, const struct tiers *b)
{
	return a->review_day != b->review_day || memcmp(a->tier, b->tier, a->n) != 0 ||
	       memcmp(a->since, b->since, a->n * sizeof(*a->since)) != 0 ||
	       memcmp(a->up, b->up, a->n) != 0 || memcmp(a->down, b->down, a->n) != 0;
}

static void run_steps(struct work *w)
{
	begin_after(w);
	count_members(w);
	set_limits(w);
	place(w);
	count_streaks(w);
	demote(w);
	hold_cap(w, 1);
	hold_cap(w, 2);
	promote(w, 1);
	hold_cap(w, 2); /* a swap from tier 3 leaves one too many there */
	promote(w, 2);
	note_violation(w, 1);
	note_violation(w, 2);
	for (int t = 0; t < TIER_COUNT; t++)
		w->r->cap[t].after = w->members[t + 1];
	w->r->changes = tiers_differ(&w->r->after, w->before);
}

enum status review_propose(const struct policy *p, const struct scores *s,
	const struct tiers *before, const uint32_t *order, int32_t as_of,
	struct review *out, struct err *e)
{
	struct work w = { .p = p, .s = s, .before = before, .order = order, .r = out };
	enum status st = tiers_check_day(before, as_of, e);

	memset(out, 0, sizeof(*out));
	out->as_of = as_of;
	out->active = s->active;
	if (st == ST_OK)
		st = tiers_init(&out->after, s->n, e);
	if (st != ST_OK)
		return st;
	w.touched = calloc(2 * (size_t)s->n + 1, 1);
	out->waitlist = calloc((size_t)s->active + 1, sizeof(*out->waitlist));
	if (!w.touched || !out->waitlist) {
		w.out_of_memory = true;
	} else {
		w.waiting = w.touched + s->n;
		run_steps(&w);
	}
	free(w.touched);
	if (w.out_of_memory)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	return ST_OK;
}

void review_clear(struct review *r)
{
	free(r->moves);
	free(r->waitlist);
	tiers_clear(&r->after);
	memset(r, 0, sizeof(*r));
}
