#include "core/features.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"

/* ---- one feature ---- */

bool features_counts(const struct features *f, const struct feature *x, uint32_t at)
{
	return (f->side[at] == FEATURES_KEPT || f->side[at] == FEATURES_LEFT) &&
	       x->since != DAY_NONE && f->start[at] >= x->since;
}

bool features_missed(const struct features *f, const struct feature *x, uint32_t at)
{
	return f->side[at] == FEATURES_NEW && x->since != DAY_NONE &&
	       f->start[at] >= x->since && !(f->used[at] >> x->bit & 1);
}

static void count_uses(struct features *f)
{
	for (uint32_t i = 0; i < f->accounts; i++) {
		const bool kept = f->side[i] == FEATURES_KEPT;

		if (!kept && f->side[i] != FEATURES_LEFT)
			continue;
		f->kept += kept;
		f->left += !kept;
		for (int k = 0; k < f->n; k++) {
			struct feature *x = &f->feature[k];
			const bool with = f->used[i] >> x->bit & 1;

			if (!features_counts(f, x, i))
				continue;
			x->with += with;
			x->with_kept += with && kept;
			x->without += !with;
			x->without_kept += !with && kept;
		}
	}
}

/* Pearson's, of two properties that are there or not. */
static double phi_of(const struct feature *x)
{
	const double a = x->with_kept, b = x->with - x->with_kept, c = x->without_kept,
		     d = x->without - x->without_kept;

	return (a * d - b * c) / sqrt((a + b) * (c + d) * (a + c) * (b + d));
}

static bool can_compare(const struct feature *x)
{
	const uint32_t kept = x->with_kept + x->without_kept;

	return kept >= FEATURES_LEAST && x->with + x->without - kept >= FEATURES_LEAST &&
	       x->with >= FEATURES_LEAST && x->without >= FEATURES_LEAST;
}

static void compare(struct features *f)
{
	f->state = f->n == 0 ? FEATURES_NONE : FEATURES_TOO_FEW;
	for (int k = 0; k < f->n; k++) {
		struct feature *x = &f->feature[k];

		x->phi = (double)NAN;
		if (!can_compare(x))
			continue;
		x->phi = phi_of(x);
		x->lift = interval_compare(
			x->with_kept, x->with, x->without_kept, x->without);
		f->compared++;
		f->state = FEATURES_KNOWN;
	}
}

/* ---- all of them ---- */

static int by_phi(const void *a, const void *b)
{
	const struct feature *x = a, *y = b;
	const bool of_x = !isnan(x->phi), of_y = !isnan(y->phi);

	if (of_x != of_y)
		return of_x ? -1 : 1;
	if (of_x && (x->phi < y->phi || x->phi > y->phi))
		return x->phi < y->phi ? 1 : -1;
	if (of_x && x->with != y->with)
		return x->with < y->with ? 1 : -1;
	return text_cmp(x->name, y->name);
}

/* What goes with leaving is none of the best, however few there are. */
static void rank(struct features *f)
{
	qsort(f->feature, (size_t)f->n, sizeof(*f->feature), by_phi);
	while (f->tops < f->n && f->tops < FEATURES_TOP && f->feature[f->tops].phi > 0) {
		f->feature[f->tops].rank = f->tops + 1;
		f->tops++;
	}
}

uint64_t features_best(const struct features *f)
{
	uint64_t bits = 0;

	for (int k = 0; k < f->tops; k++)
		bits |= UINT64_C(1) << f->feature[k].bit;
	return bits;
}

void features_count(struct features *f)
{
	uint64_t best;

	count_uses(f);
	compare(f);
	rank(f);
	best = features_best(f);
	for (uint32_t i = 0; i < f->accounts; i++) {
		if (f->side[i] != FEATURES_NEW)
			continue;
		f->began++;
		f->at_once += best && (f->at_first[i] & best) == best;
		f->in_time += best && (f->used[i] & best) == best;
	}
}
