#include "core/tier_past.h"

#include <stdlib.h>

static struct tier_place place(const struct tiers *t, uint32_t i)
{
	if (i >= t->n)
		return (struct tier_place){ .tier = TIER_NONE, .since = DAY_NONE };
	return (struct tier_place){ t->tier[i], t->up[i], t->down[i], t->since[i] };
}

static bool same(struct tier_place a, struct tier_place b)
{
	return a.tier == b.tier && a.up == b.up && a.down == b.down && a.since == b.since;
}

enum status tier_past_between(const struct tiers *before, const struct tiers *after,
	struct tier_past *out, struct err *e)
{
	const uint32_t n = before->n > after->n ? before->n : after->n;
	uint32_t differ = 0;

	for (uint32_t i = 0; i < n; i++)
		differ += !same(place(before, i), place(after, i));
	*out = (struct tier_past){ .review_before = before->review_day,
		.review_after = after->review_day,
		.change = malloc(((size_t)differ + 1) * sizeof(*out->change)) };
	if (!out->change)
		return err_set(e, ST_NOMEM, "not enough memory for the tiers");
	for (uint32_t i = 0; i < n; i++) {
		const struct tier_change c = { i + 1, place(before, i), place(after, i) };

		if (!same(c.before, c.after))
			out->change[out->n++] = c;
	}
	return ST_OK;
}

void tier_past_clear(struct tier_past *p)
{
	free(p->change);
	*p = (struct tier_past){ .n = 0 };
}

bool tier_past_tells(const struct tier_past *p)
{
	return p->n > 0 || p->review_before != p->review_after;
}

void tier_past_reverse(struct tier_past *p)
{
	const int32_t day = p->review_before;

	p->review_before = p->review_after;
	p->review_after = day;
	for (uint32_t i = 0; i < p->n; i++) {
		const struct tier_place was = p->change[i].before;

		p->change[i].before = p->change[i].after;
		p->change[i].after = was;
	}
}

bool tier_past_follow(const struct tier_past *p, struct tiers *t, uint32_t *account)
{
	*account = 0;
	if (t->review_day != p->review_before)
		return false;
	for (uint32_t i = 0; i < p->n; i++) {
		const struct tier_change *c = &p->change[i];

		*account = c->account;
		if (c->account > t->n || !same(place(t, c->account - 1), c->before))
			return false;
	}
	for (uint32_t i = 0; i < p->n; i++) {
		const struct tier_place *to = &p->change[i].after;
		const uint32_t at = p->change[i].account - 1;

		t->tier[at] = to->tier;
		t->up[at] = to->up;
		t->down[at] = to->down;
		t->since[at] = to->since;
	}
	t->review_day = p->review_after;
	return true;
}
