#include "core/play_use.h"

/* ---- counting ---- */

void play_use_judge(struct play_use *u, const struct play_case *c)
{
	u->judged++;
	u->left += c->left;
	if (c->alert != PLAY_ALERT_NONE) {
		u->alerts++;
		u->gone += !c->left && c->alert == PLAY_ALERT_GONE;
	}
	if (c->left || !c->before || !c->after)
		return;
	u->healths++;
	u->up += c->after - c->before >= PLAY_USE_MOVED;
	u->down += c->before - c->after >= PLAY_USE_MOVED;
}

static void add_task(
	struct play_use *u, struct survival *s, const struct play_case *c, int32_t as_of)
{
	const int32_t end = c->state == TASK_OPEN ? as_of : c->ended;

	u->by_hand += c->by_hand;
	u->by_alert += !c->by_hand;
	u->running += c->state == TASK_OPEN;
	u->overdue += c->state == TASK_OPEN && c->overdue;
	u->dropped += c->state == TASK_DROPPED;
	if (c->state == TASK_DONE) {
		u->done++;
		u->in_time += c->last == DAY_NONE || c->ended <= c->last;
	}
	survival_add(s, end - c->started, c->state == TASK_DONE);
}

void play_use_add(
	struct play_use *u, struct survival *s, const struct play_case *c, int32_t as_of)
{
	u->sent += c->sent;
	u->asked += c->asked;
	u->came += c->came;
	u->waits += c->waits && !c->came;
	if (c->by_mail)
		u->by_mail += !c->earlier;
	else
		add_task(u, s, c, as_of);
	if (play_case_judged(c, as_of))
		play_use_judge(u, c);
}

bool play_use_in_vain(const struct play_use *u)
{
	return u->alerts >= PLAY_USE_FEW &&
	       interval_wilson(u->gone, u->alerts).high < 0.5;
}

/* ---- CSMs ---- */

/* Nobody's share is nobody's habit, and a few cases make none. */
static bool has_share(const struct play_use_part *p)
{
	return p->csm && play_use_cases(&p->use) >= PLAY_USE_FEW;
}

static void compare(const struct play_use_part *csm, uint32_t low, uint32_t high,
	struct play_spread *out)
{
	const struct play_use *a = &csm[high].use, *b = &csm[low].use;
	struct interval_pair x;

	/* What is narrower than what there is need not be looked at. */
	if (out->told && play_use_in_time(a) - play_use_in_time(b) <= out->gap.difference)
		return;
	x = interval_compare(
		a->in_time, play_use_cases(a), b->in_time, play_use_cases(b));
	if (x.small)
		return;
	out->told = true;
	out->low = low;
	out->high = high;
	out->gap = x;
}

void play_use_spread(const struct play_use_part *csm, uint32_t n, struct play_spread *out)
{
	double sum = 0, squares = 0;

	*out = (struct play_spread){ .deviation = NAN };
	for (uint32_t i = 0; i < n; i++) {
		const double share = play_use_in_time(&csm[i].use);

		if (!has_share(&csm[i]))
			continue;
		out->csms++;
		sum += share;
		squares += share * share;
		for (uint32_t k = 0; k < i; k++)
			if (has_share(&csm[k])) {
				const bool lower = play_use_in_time(&csm[k].use) <= share;

				compare(csm, lower ? k : i, lower ? i : k, out);
			}
	}
	if (out->csms < 2)
		return;
	sum /= out->csms;
	out->deviation = 100 * sqrt(fmax(0, squares / out->csms - sum * sum));
	/* The widest of many pairs is wide by chance, too. */
	out->sure = out->told &&
		    out->gap.p * ((double)out->csms * (out->csms - 1) / 2) < 0.05;
}
