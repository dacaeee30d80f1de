#include "core/rebalance_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/dice.h"

/* Annealing in phases, in what a move costs usually: heat from 0.4 down to 0.02, the
 * price of a hundredth of a book above its limit from 0.04 up to 40. Found by trying: the
 * best of few on books of 240 to 5,000 accounts, and flat around it. */
enum { PHASES = 64 };
static const double HEAT = 0.4, HOTTER = 4, COOLING = 0.9535;
static const double PENALTY = 0.04, RISE = 1.1159;
/* What is in the pool counts nearly as much as if it were too much in a book. */
static const double UNOWNED = 0.75;
static const double EVEN = 2e-5; /* of a thousandth: decides between equals */
/* An item is worth moving when the prices are at most this far from moving it; in what a
 * move costs usually, too. */
static const double MARGIN_MAX = 1.6;

enum { BREATH = 16 * 1024 }; /* proposals between two words to progress */

struct state {
	struct search *s;
	struct plan *plan;
	struct dice dice;
	uint32_t *item, items; /* worth moving, those nearest to it first */
	uint32_t *of_book;     /* the same by owner: from[owner + 1] .. from[owner + 2] */
	uint32_t *from;
	double penalty, unowned; /* of a hundredth too much, of one in the pool */
	int32_t *best;
	bool best_holds;
	struct rebalance_score best_score;
};

/* ---- what is worth moving ---- */

struct ranked {
	uint32_t item;
	double margin;
};

static int nearest_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->margin != y->margin)
		return x->margin < y->margin ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

/* What a move costs, in the mean of those that are free. */
static double usual_cost(const struct rebalance_problem *p)
{
	double sum = 0;
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->items; i++)
		if (p->item[i].pin == REBALANCE_FREE) {
			sum += (double)p->item[i].cost / REBALANCE_UNIT;
			n++;
		}
	return n ? sum / n : 1;
}

static uint32_t pick(const struct search *s, struct ranked *r)
{
	const struct rebalance_problem *p = s->plan->p;
	const double most = MARGIN_MAX * usual_cost(p);
	uint32_t n = 0, worth = 0;

	for (uint32_t i = 0; i < p->items; i++) {
		if (p->item[i].pin != REBALANCE_FREE)
			continue;
		r[n] = (struct ranked){ i, s->margin ? s->margin[i] : 0 };
		if (s->plan->at[i] != p->item[i].owner)
			r[n].margin = -(double)INFINITY;
		n++;
	}
	qsort(r, n, sizeof(*r), nearest_first);
	while (worth < n && r[worth].margin < most)
		worth++;
	return worth;
}

static bool find_items(struct state *st)
{
	const struct rebalance_problem *p = st->plan->p;
	struct ranked *r = calloc((size_t)p->items + 1, sizeof(*r));
	uint32_t at = 0;

	st->item = calloc((size_t)p->items + 1, sizeof(*st->item));
	st->of_book = calloc((size_t)p->items + 1, sizeof(*st->of_book));
	st->from = calloc((size_t)p->csms + 2, sizeof(*st->from));
	if (!r || !st->item || !st->of_book || !st->from) {
		free(r);
		return false;
	}
	st->items = pick(st->s, r);
	for (uint32_t k = 0; k < st->items; k++) {
		st->item[k] = r[k].item;
		st->from[p->item[r[k].item].owner + 1]++;
	}
	for (uint32_t j = 0; j < p->csms + 2; j++) {
		const uint32_t n = st->from[j];

		st->from[j] = at;
		at += n;
	}
	for (uint32_t k = 0; k < st->items; k++)
		st->of_book[st->from[p->item[r[k].item].owner + 1]++] = r[k].item;
	/* now each begins where the one before it ends */
	for (uint32_t j = p->csms + 1; j > 0; j--)
		st->from[j] = st->from[j - 1];
	st->from[0] = 0;
	free(r);
	return true;
}

/* ---- proposals ---- */

/* One of those worth moving, rather a near one than a far one. */
static uint32_t near(struct state *st)
{
	const uint32_t a = dice_below(&st->dice, st->items);
	const uint32_t b = dice_below(&st->dice, st->items);

	return st->item[a < b ? a : b];
}

/* One that has the same owner. */
static uint32_t sibling(struct state *st, uint32_t item)
{
	const int32_t owner = st->plan->p->item[item].owner;
	const uint32_t from = st->from[owner + 1];

	return st->of_book[from + dice_below(&st->dice, st->from[owner + 2] - from)];
}

struct proposal {
	uint32_t a, b;
	int32_t a_to, b_to;
	bool both;
};

/* To any book, home, or to the pool where a book must be emptied. */
static bool propose_one(struct state *st, struct proposal *q, bool home)
{
	const struct plan *plan = st->plan;
	const struct rebalance_problem *p = plan->p;
	const int32_t owner = p->item[q->a].owner;

	q->both = false;
	if (home && plan->at[q->a] != owner)
		q->a_to = owner;
	else if (owner >= 0 && p->share[owner] <= 0 && dice_below(&st->dice, 16) == 0)
		q->a_to = REBALANCE_POOL;
	else
		q->a_to = (int32_t)dice_below(&st->dice, p->csms);
	return q->a_to != plan->at[q->a] && plan_may(plan, q->a, q->a_to);
}

/* Where two would go: each in the place of the other, or one home for one that leaves. */
static void propose_two(struct state *st, struct proposal *q, bool places)
{
	const struct plan *plan = st->plan;

	q->both = true;
	q->a_to = plan->at[q->b];
	q->b_to = plan->at[q->a];
	if (!places) {
		q->a_to = (int32_t)dice_below(&st->dice, plan->p->csms);
		q->b_to = plan->p->item[q->b].owner;
	}
}

static bool propose(struct state *st, struct proposal *q)
{
	const struct plan *plan = st->plan;
	const uint32_t what = dice_below(&st->dice, 8);

	q->a = near(st);
	if (what < 4)
		return propose_one(st, q, what < 2);
	q->b = what < 6 ? sibling(st, q->a) : near(st);
	propose_two(st, q, what < 7);
	return q->a != q->b && q->a_to != plan->at[q->a] && q->b_to != plan->at[q->b] &&
	       plan_may(plan, q->a, q->a_to) && plan_may(plan, q->b, q->b_to);
}

static bool worth(const struct plan *plan, const struct proposal *q,
	struct rebalance_score *out, double *strain)
{
	return q->both ? plan_try_both(plan, q->a, q->a_to, q->b, q->b_to, out, strain)
		       : plan_try(plan, q->a, q->a_to, out, strain);
}

static void accept(struct plan *plan, const struct proposal *q)
{
	plan_move(plan, q->a, q->a_to);
	if (q->both)
		plan_move(plan, q->b, q->b_to);
}

static void remember(struct state *st)
{
	const bool better = rebalance_compare(&st->plan->score, &st->best_score) < 0;

	if (st->best_holds ? better && plan_holds(st->plan)
			   : better || plan_holds(st->plan)) {
		st->best_holds = plan_holds(st->plan);
		st->best_score = st->plan->score;
		memcpy(st->best, st->plan->at, st->plan->p->items * sizeof(*st->best));
	}
}

static bool goes_on(struct state *st, uint64_t done, uint64_t total)
{
	const struct progress *p = st->s->progress;

	if (p && !p->tell(p->arg, "rebalancing", done, total))
		st->s->stopped = true;
	return !st->s->stopped;
}

/* ---- annealing and descent ---- */

/* e^-x by arithmetic alone, so that it is the same on every machine. */
static double fading(double x)
{
	double y = x < 256 ? 1 - x / 256 : 0;

	for (int i = 0; i < 8; i++)
		y *= y;
	return y;
}

static double energy(
	const struct state *st, const struct rebalance_score *s, double strain)
{
	return strain + st->penalty * st->unowned * (double)s->unowned +
	       (double)s->cost / REBALANCE_UNIT + EVEN * (double)s->uneven;
}

static void anneal_phase(struct state *st, double heat, uint32_t proposals)
{
	double now;

	st->plan->penalty = st->penalty;
	plan_weigh(st->plan);
	now = energy(st, &st->plan->score, st->plan->strain);
	for (uint32_t k = 0; k < proposals; k++) {
		struct proposal q;
		struct rebalance_score s;
		double strain, then;

		if (k % BREATH == 0 && !goes_on(st, 0, 0))
			return;
		if (!propose(st, &q) || !worth(st->plan, &q, &s, &strain))
			continue;
		then = energy(st, &s, strain);
		if (then > now && dice_below(&st->dice, 1u << 30) / 1073741824.0 >=
					  fading((then - now) / heat))
			continue;
		accept(st->plan, &q);
		now = energy(st, &st->plan->score, st->plan->strain);
		remember(st);
	}
}

static void anneal(struct state *st)
{
	const double usual = usual_cost(st->plan->p);
	const double *most = st->plan->most[PLAN_COUNT];
	double heat = HEAT * usual * (st->s->hot ? HOTTER : 1);

	st->penalty = PENALTY * usual;
	st->unowned = UNOWNED * 100 * (st->plan->unowned[1] ? most[1] : most[0]);
	st->plan->loose = true;
	st->plan->price = st->s->price;
	for (int phase = 0; phase < PHASES && !st->s->stopped; phase++) {
		anneal_phase(st, heat, st->s->proposals / PHASES + 1);
		heat *= COOLING;
		st->penalty *= RISE;
	}
	st->plan->loose = false;
	st->plan->price = NULL;
	plan_weigh(st->plan);
}

/* Until so many proposals in a row were of no use, or were made in all. */
static void descend(struct state *st)
{
	const uint32_t patience = 20 * st->items + 2000, most = 10 * patience;

	for (uint32_t idle = 0, k = 0; idle < patience && k < most; idle++, k++) {
		struct proposal q;
		struct rebalance_score s;
		double strain;

		if (k % BREATH == 0 && !goes_on(st, 0, 0))
			return;
		if (!propose(st, &q) || !worth(st->plan, &q, &s, &strain) ||
			rebalance_compare(&s, &st->plan->score) >= 0)
			continue;
		accept(st->plan, &q);
		remember(st);
		idle = 0;
	}
}

enum status search_run(struct search *s, struct err *e)
{
	const struct rebalance_problem *p = s->plan->p;
	struct state st = { .s = s,
		.plan = s->plan,
		.dice = dice_of(s->seed, 1, p->items),
		.best = calloc((size_t)p->items + 1, sizeof(*st.best)) };
	enum status result = ST_OK;

	if (!st.best || !find_items(&st)) {
		result = err_set(e, ST_NOMEM, "not enough memory to rebalance");
	} else if (st.items && p->csms) {
		st.best_score = s->plan->score;
		st.best_holds = plan_holds(s->plan);
		memcpy(st.best, s->plan->at, p->items * sizeof(*st.best));
		if (s->proposals)
			anneal(&st);
		plan_place(s->plan, st.best);
		descend(&st);
		plan_place(s->plan, st.best);
	}
	free(st.item);
	free(st.of_book);
	free(st.from);
	free(st.best);
	return result;
}
