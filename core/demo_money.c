#include "core/demo_money.h"

#define MEAN_DOLLARS 40000
#define ROUND_DOLLARS 60 /* 5 a month: prices are not crooked */
#define CENTS 100
#define PPM 1000000
#define FLAT_RENEWALS 450 /* permille that renew at the same price */

/* A lognormal of sigma 1.28, at which a tenth of the accounts makes half of the ARR:
 * dollars of an account that so many ppm of all are larger than. */
static const struct {
	int32_t ppm, dollars;
} sizes[] = {
	{ 0, 7700000 },
	{ 10, 4130000 },
	{ 100, 2060000 },
	{ 500, 1180000 },
	{ 1000, 919000 },
	{ 2500, 638000 },
	{ 5000, 476000 },
	{ 10000, 345000 },
	{ 20000, 244000 },
	{ 50000, 144600 },
	{ 100000, 90800 },
	{ 150000, 66300 },
	{ 200000, 51700 },
	{ 300000, 34400 },
	{ 400000, 24300 },
	{ 500000, 17600 },
	{ 600000, 12700 },
	{ 700000, 9000 },
	{ 800000, 6000 },
	{ 900000, 3400 },
	{ 950000, 2140 },
	{ PPM, 1200 },
};

static int64_t raw_size(uint32_t ppm)
{
	int k = 1;

	while (sizes[k].ppm < (int32_t)ppm && sizes[k].ppm < PPM)
		k++;

	const int64_t from = sizes[k - 1].ppm, to = sizes[k].ppm;
	const int64_t fall = sizes[k - 1].dollars - sizes[k].dollars;

	return sizes[k - 1].dollars - fall * ((int64_t)ppm - from) / (to - from);
}

uint32_t demo_money_ppm(const struct demo_world *w, uint32_t rank)
{
	return (uint32_t)((2 * (uint64_t)rank + 1) * (PPM / 2) / w->r->accounts);
}

static int64_t target(const struct demo_world *w)
{
	return (int64_t)w->r->accounts * MEAN_DOLLARS;
}

int64_t demo_money_size(const struct demo_world *w, uint32_t ppm)
{
	/* A few percent of its own, so that neighbours don't look ruled. */
	struct dice d = dice_of(w->r->seed, ppm, PPM);
	const int64_t raw = raw_size(ppm) * dice_range(&d, 940, 1060) / 1000;
	const int64_t dollars =
		raw * w->r->accounts / w->raw_sum * MEAN_DOLLARS +
		raw * w->r->accounts % w->raw_sum * MEAN_DOLLARS / w->raw_sum;
	const int64_t rounded =
		(dollars + ROUND_DOLLARS / 2) / ROUND_DOLLARS * ROUND_DOLLARS;

	return (rounded < 2 * ROUND_DOLLARS ? 2 * ROUND_DOLLARS : rounded) * CENTS;
}

void demo_money_settle(struct demo_world *w)
{
	w->raw_sum = 0;
	for (uint32_t rank = 0; rank < w->r->accounts; rank++)
		w->raw_sum += raw_size(demo_money_ppm(w, rank));
	w->rest = target(w) * CENTS;
	for (uint32_t rank = 0; rank < w->r->accounts; rank++)
		w->rest -= demo_money_size(w, demo_money_ppm(w, rank));
}

static int renewal_percent(const struct demo_life *l, struct dice *d, int32_t day)
{
	const struct demo_story *s = demo_story_of(l->tale);

	if (s->turn_high == 0 || day > l->turn)
		return dice_range(d, s->renewal_low, s->renewal_high);
	return dice_chance(d, FLAT_RENEWALS) ? 0 : dice_range(d, 1, 6);
}

/* Adds a step; until the amounts are known, `after` holds its percent. */
static void add_step(struct demo_life *l, int32_t day, bool renewal, int percent)
{
	int k = l->steps;

	if (k == STEPS_MAX || percent == 0)
		return;
	for (; k > 0 && l->step[k - 1].day > day; k--)
		l->step[k] = l->step[k - 1];
	l->step[k] = (struct demo_step){ day, renewal, 0, percent };
	l->steps++;
}

static bool has_room(const struct demo_life *l, int32_t day)
{
	int32_t next;

	if (day < l->start + 90 || demo_life_term(l, day, &next) > day - 20 ||
		day > next - 20)
		return false;
	for (int k = 0; k < l->steps; k++)
		if (l->step[k].day == day)
			return false;
	return true;
}

void demo_money_steps(struct demo_life *l, struct dice *d)
{
	const struct demo_story *s = demo_story_of(l->tale);
	const int32_t stop = l->churned ? l->churned_on - 1 : l->end;
	const int32_t last = demo_life_term(l, l->end, &(int32_t){ 0 });
	int64_t arr = l->arr;
	int32_t next;

	l->steps = 0;
	for (int32_t from = l->start;; from = next) {
		demo_life_term(l, from, &next);
		if (next > stop)
			break;
		if (l->world->large && next != last)
			continue; /* the terms before are one contract */
		add_step(l, next, true, renewal_percent(l, d, next));
	}
	for (int attempt = 0; attempt < 2; attempt++) {
		const bool grows = dice_chance(d, s->growth_chance);
		const int32_t day = l->end - dice_range(d, 15, 480);
		const int percent = dice_range(d, s->growth_low, s->growth_high);

		if (grows && has_room(l, day))
			add_step(l, day, false, percent);
	}
	for (int k = l->steps - 1; k >= 0; k--) {
		struct demo_step *step = &l->step[k];
		const int64_t unit = (int64_t)10 * CENTS;
		const int64_t before = arr * 100 / (100 + step->after) / unit * unit;

		step->after = arr;
		step->before = before < unit ? unit : before;
		arr = step->before;
	}
}

int64_t demo_money_on(const struct demo_life *l, int32_t day)
{
	int64_t arr = l->steps ? l->step[0].before : l->arr;

	for (int k = 0; k < l->steps && l->step[k].day <= day; k++)
		arr = l->step[k].after;
	return arr;
}
