#include "core/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/policy.h"

const char *const move_cause_name[CAUSE_COUNT] = { "placement", "promotion", "demotion",
	"cap", "swap", "manual", "lock", "undo" };

/* What steps ask of an account, in a byte by its place in the order: they run through the
 * base from its best account on, and memory is read in the order it lies in. */
enum mark {
	AIM = 3,      /* these bits: the tier it reaches with the margin; 0: none */
	SHORT = 4,    /* below its own threshold, with the margin */
	LOCKED = 8,   /* on the day */
	TOUCHED = 16, /* moved or placed in this review */
	WAITING = 32, /* on the waitlist */
	TIER_BIT = 64 /* these bits, from here on: its tier as it is by now */
};

/* A review under way. `order` runs from the best account to the weakest; k is a place in
 * it. */
struct work {
	const struct policy *p;
	const struct scores *s;
	const struct tiers *before;
	const uint32_t *order;
	uint32_t n; /* in the order */
	struct review *r;
	uint32_t members[TIER_COUNT + 1]; /* active, by tier */
	uint32_t moves_room;
	uint8_t *mark; /* by place: enum mark; by id - 1 at first */
	bool out_of_memory;
};

static uint32_t limit_of(const struct work *w, uint8_t tier)
{
	return w->r->cap[tier - 1].limit;
}

static double score_of(const struct work *w, uint32_t k)
{
	return w->s->score[w->order[k] - 1];
}

static bool is(const struct work *w, uint32_t k, unsigned mark)
{
	return w->mark[k] & mark;
}

static uint8_t tier_of(const struct work *w, uint32_t k)
{
	return w->mark[k] / TIER_BIT;
}

#define NO_PAIR UINT32_MAX

static void move(
	struct work *w, uint32_t k, uint8_t to, enum move_cause cause, uint32_t pair)
{
	const uint32_t id = w->order[k];
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
		.pair = pair == NO_PAIR ? 0 : w->order[pair],
		.from = t->tier[id - 1],
		.to = to,
		.cause = (uint8_t)cause,
		.score = score_of(w, k),
		.other = pair == NO_PAIR ? NAN : score_of(w, pair),
	};
	if (t->tier[id - 1] != TIER_NONE)
		w->members[t->tier[id - 1]]--;
	w->members[to]++;
	t->tier[id - 1] = to;
	t->since[id - 1] = r->as_of;
	w->mark[k] = (uint8_t)((w->mark[k] & (TIER_BIT - 1)) | TOUCHED | to * TIER_BIT);
}

/* Step 1. Accounts without a tier, best first, where there is room beside those who
 * are there already. */
static void place(struct work *w)
{
	for (uint32_t k = 0; k < w->n; k++) {
		uint8_t to = 1;

		if (tier_of(w, k) != TIER_NONE)
			continue;
		while (to < TIER_COUNT && (score_of(w, k) < w->p->threshold[to - 1] ||
						  w->members[to] >= limit_of(w, to)))
			to++;
		move(w, k, to, CAUSE_PLACEMENT, NO_PAIR);
	}
}

/* The highest tier above its own that the score reaches with the margin; 0: none. */
static unsigned aims_at(const struct policy *p, uint8_t tier, double score)
{
	for (uint8_t to = 1; to < tier; to++)
		if (score >= p->threshold[to - 1] + p->hysteresis)
			return to;
	return 0;
}

uint32_t review_concerned(const struct policy *p, const struct scores *s,
	const struct tiers *before, uint32_t *ids, uint32_t n)
{
	uint32_t kept = 0;

	for (uint32_t k = 0; k < n; k++) {
		const uint32_t id = ids[k];
		const uint8_t tier = before->tier[id - 1];

		ids[kept] = id;
		kept += tier != TIER_COUNT || aims_at(p, tier, s->score[id - 1]) != 0;
	}
	return kept;
}

static bool falls_short(const struct work *w, uint32_t id)
{
	const uint8_t tier = w->before->tier[id - 1];

	return tier >= 1 && tier < TIER_COUNT &&
	       w->s->score[id - 1] < w->p->threshold[tier - 1] - w->p->hysteresis;
}

static void mark_all(struct work *w)
{
	_Static_assert(TIER_COUNT <= AIM, "a tier fits into its bits");
	for (uint32_t id = 1; id <= w->s->n; id++) {
		unsigned mark = 0;

		if (w->s->health[id - 1] == HEALTH_NONE)
			continue;
		mark = aims_at(w->p, w->before->tier[id - 1], w->s->score[id - 1]);
		mark |= w->before->tier[id - 1] * TIER_BIT;
		mark |= falls_short(w, id) ? SHORT : 0;
		mark |= tiers_locked(w->before, id, w->r->as_of) ? LOCKED : 0;
		w->mark[id - 1] = (uint8_t)mark;
	}
}

/* Marks by place instead of by id. */
static void turn_marks(struct work *w)
{
	uint8_t *placed = malloc((size_t)w->n + 1);

	if (!placed) {
		w->out_of_memory = true;
		return;
	}
	for (uint32_t k = 0; k < w->n; k++)
		placed[k] = w->mark[w->order[k] - 1];
	free(w->mark);
	w->mark = placed;
}

static uint8_t next_streak(bool candidate, uint8_t streak)
{
	return (uint8_t)(!candidate ? 0 : streak < UINT8_MAX ? streak + 1 : streak);
}

/* Step 2. A review of a day that was reviewed before does not count again. Nobody but who
 * was placed did move yet. */
static void count_streaks(struct work *w)
{
	struct tiers *t = &w->r->after;

	if (w->before->review_day == w->r->as_of)
		return;
	for (uint32_t i = 0; i < w->s->n; i++) {
		if (w->s->health[i] == HEALTH_NONE || w->before->tier[i] == TIER_NONE)
			continue;
		t->up[i] = next_streak(w->mark[i] & AIM, t->up[i]);
		t->down[i] = next_streak(w->mark[i] & SHORT, t->down[i]);
	}
}

/* Also without any days to dwell, a review done again moves nobody on. */
static bool has_dwelt(const struct work *w, uint32_t k)
{
	const int32_t since = w->r->after.since[w->order[k] - 1];

	if (since == w->r->as_of && w->before->review_day == w->r->as_of)
		return false;
	return since == DAY_NONE || w->r->as_of - since >= w->p->min_days;
}

/* Step 3. One band down after enough reviews below the threshold. */
static void demote(struct work *w)
{
	for (uint32_t k = 0; k < w->n; k++) {
		if ((w->mark[k] & (TOUCHED | LOCKED | SHORT)) != SHORT ||
			w->r->after.down[w->order[k] - 1] < w->p->down_streak ||
			!has_dwelt(w, k))
			continue;
		move(w, k, (uint8_t)(tier_of(w, k) + 1), CAUSE_DEMOTION, NO_PAIR);
	}
}

/* The weakest unlocked member of the tier before *from in the order; false: none. *from
 * moves along so that a whole step walks the order once. */
static bool weakest(const struct work *w, uint8_t tier, uint32_t *from, uint32_t *out)
{
	for (; *from > 0; (*from)--)
		if (tier_of(w, *from - 1) == tier && !is(w, *from - 1, LOCKED)) {
			*out = *from - 1;
			return true;
		}
	return false;
}

/* Step 4. The weakest go one band down while their tier is over its cap. */
static void hold_cap(struct work *w, uint8_t tier)
{
	uint32_t from = w->n, k;

	while (w->members[tier] > limit_of(w, tier) && weakest(w, tier, &from, &k))
		move(w, k, (uint8_t)(tier + 1), CAUSE_CAP, NO_PAIR);
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

/* Who was not touched is in the tier it was in before. */
static bool is_candidate(const struct work *w, uint32_t k, uint8_t tier)
{
	const unsigned aim = w->mark[k] & AIM;

	return aim != 0 && aim <= tier && !is(w, k, TOUCHED | LOCKED) &&
	       tier < tier_of(w, k) &&
	       w->r->after.up[w->order[k] - 1] >= w->p->up_streak && has_dwelt(w, k);
}

static void wait_for(struct work *w, uint32_t k, uint8_t tier)
{
	struct review *r = w->r;

	if (is(w, k, WAITING))
		return; /* for a higher tier already */
	w->mark[k] |= WAITING;
	r->waitlist[r->waitlist_n++] =
		(struct review_wait){ w->order[k], tier, score_of(w, k) };
}

/* Steps 5 and 6. Best candidates first: into free places, else in exchange for the
 * weakest member if that is clearly weaker, else onto the waitlist. */
static void promote(struct work *w, uint8_t tier)
{
	const bool closed = is_violated(w, tier);
	uint32_t from = w->n, down = 0;

	for (uint32_t k = 0; k < w->n; k++) {
		if (!is_candidate(w, k, tier))
			continue;
		if (!closed && w->members[tier] < limit_of(w, tier)) {
			move(w, k, tier, CAUSE_PROMOTION, NO_PAIR);
			continue;
		}
		/* With a margin of 0 an equal one behind in the order takes no place. */
		if (!closed && weakest(w, tier, &from, &down) && from > k + 1 &&
			score_of(w, down) + w->p->swap_margin <= score_of(w, k)) {
			move(w, down, (uint8_t)(tier + 1), CAUSE_SWAP, k);
			move(w, k, tier, CAUSE_SWAP, down);
		} else {
			wait_for(w, k, tier);
		}
	}
}

static void count_members(struct work *w)
{
	memset(w->members, 0, sizeof(w->members));
	for (uint32_t i = 0; i < w->s->n; i++)
		if (w->s->health[i] != HEALTH_NONE)
			w->members[w->r->after.tier[i]]++;
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
	mark_all(w);
	count_members(w);
	set_limits(w);
	count_streaks(w);
	turn_marks(w);
	if (w->out_of_memory)
		return;
	place(w);
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

/* Gives back the room of those that might have moved, or waited. */
static void settle(struct review *r)
{
	void *moves = realloc(r->moves, ((size_t)r->moves_n + 1) * sizeof(*r->moves));
	void *waits =
		realloc(r->waitlist, ((size_t)r->waitlist_n + 1) * sizeof(*r->waitlist));

	r->moves = moves ? moves : r->moves;
	r->waitlist = waits ? waits : r->waitlist;
}

enum status review_propose(const struct policy *p, const struct scores *s,
	const struct tiers *before, const uint32_t *order, uint32_t n, int32_t as_of,
	struct review *out, struct err *e)
{
	struct work w = {
		.p = p, .s = s, .before = before, .order = order, .n = n, .r = out
	};
	enum status st = tiers_check_day(before, as_of, e);

	memset(out, 0, sizeof(*out));
	out->as_of = as_of;
	out->active = s->active;
	if (st == ST_OK)
		st = tiers_init(&out->after, s->n, e);
	if (st == ST_OK)
		st = tiers_lock_as(&out->after, before, e);
	if (st != ST_OK)
		return st;
	w.mark = calloc((size_t)s->n + 1, 1);
	out->waitlist = calloc((size_t)n + 1, sizeof(*out->waitlist));
	if (!w.mark || !out->waitlist)
		w.out_of_memory = true;
	else
		run_steps(&w);
	free(w.mark);
	settle(out);
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
