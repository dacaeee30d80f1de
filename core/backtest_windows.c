/* What triage said against what came of it, and answers to surveys: over windows that do
 * not overlap, so that nobody leaves twice. */
#include "core/backtest_internal.h"

#include <math.h>

enum { PROMOTERS, PASSIVES, DETRACTORS, SILENT };

static int answer_of(uint8_t nps)
{
	return nps == BACKTEST_NO_ANSWER ? SILENT
	       : nps >= 9                ? PROMOTERS
	       : nps >= 7                ? PASSIVES
					 : DETRACTORS;
}

static void count_row(struct backtesting *t, const struct backtest_row *r, uint32_t *n)
{
	const bool left = backtest_row_left(r, t->d->horizon);
	struct backtest_band *b = &t->out->band[health_band(t->policy, r->health)];

	t->sample[(*n)++] = (struct backtest_sample){ (double)r->p, r->account, left };
	b->left.n++;
	b->left.hits += left;
	b->p += (double)r->p;
}

void backtest_windows(struct backtesting *t)
{
	const struct backtest_data *d = t->d;
	struct backtest *out = t->out;
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->rows; i++) {
		const struct backtest_row *r = &d->row[i];
		const struct backtest_month *m = &d->month[r->month];

		if (m->alone)
			count_row(t, r, &n);
		if (m->long_alone) {
			struct backtest_share *s = &out->nps[answer_of(r->nps)];

			s->n++;
			s->hits += backtest_row_left(r, BACKTEST_SURVEY_DAYS);
		}
	}
	out->brier = backtest_brier_of(t->sample, n);
	for (int b = 0; b < 4; b++) {
		const uint32_t in = out->band[b].left.n;

		out->band[b].p = in ? out->band[b].p / in : (double)NAN;
		backtest_share_of(&out->band[b].left);
		backtest_share_of(&out->nps[b]);
	}
}
