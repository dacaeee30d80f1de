/* The tiers as they are now, and as they were on a day. */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

static void copy_places(const struct tiers *from, struct tiers *to)
{
	const uint32_t n = from->n < to->n ? from->n : to->n;

	to->review_day = from->review_day;
	memcpy(to->tier, from->tier, n);
	memcpy(to->up, from->up, n);
	memcpy(to->down, from->down, n);
	memcpy(to->since, from->since, n * sizeof(*from->since));
}

enum status book_load_tiers(struct book *b, uint32_t n, struct tiers *out, struct err *e)
{
	struct tiers t = { 0 };
	enum status st = b->store->ops->tiers_load(b->store, &t, e);

	memset(out, 0, sizeof(*out));
	if (st == ST_OK && t.n == n) {
		*out = t;
		return ST_OK;
	}
	if (st == ST_OK)
		st = tiers_init(out, n, e);
	if (st == ST_OK) {
		copy_places(&t, out);
		st = tiers_lock_as(out, &t, e);
	}
	tiers_clear(&t);
	return st;
}

/* ---- a day of the past ---- */

/* A place that something changed after the day: by the snapshot of the day or the one
 * before it, and by the moves from that to the day. */
struct going_back {
	struct tiers *t;
	int32_t day, snapshot; /* DAY_NONE: there is none */
	uint8_t *later;        /* owned; by id - 1: its place is of a later day */
	uint8_t *moved_to;     /* by the last move on or before the day */
};

static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct going_back *g = arg;
	const uint32_t at = m->account - 1;

	(void)e;
	if (m->account < 1 || m->account > g->t->n || !g->later[at] || m->day > g->day)
		return ST_OK;
	g->t->since[at] = m->day;
	g->moved_to[at] = m->to;
	if (g->snapshot == DAY_NONE || m->day >= g->snapshot)
		g->t->tier[at] = m->to;
	return ST_OK;
}

/* Who came into its tier by the day and is there still, was there on the day. */
static void forget_later(struct going_back *g)
{
	struct tiers *t = g->t;

	for (uint32_t i = 0; i < t->n; i++) {
		g->later[i] = t->tier[i] == TIER_NONE || t->since[i] > g->day;
		if (!g->later[i])
			continue;
		t->tier[i] = TIER_NONE;
		t->since[i] = DAY_NONE;
	}
}

static enum status read_snapshot(struct book *b, struct going_back *g, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	const uint32_t n = g->t->n;
	struct snapshot_day at;
	uint8_t *read;
	enum status st = ops->snapshot_find(b->store, g->day, &at, e);

	g->snapshot = at.day;
	if (st != ST_OK || at.day == DAY_NONE)
		return st;
	read = malloc(2 * (size_t)n + 1); /* healths, that nobody needs, and tiers */
	if (!read)
		return err_set(e, ST_NOMEM, "not enough memory for the tiers");
	st = ops->snapshot_health(b->store, at.day, 0, n, read, read + n, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		if (g->later[i])
			g->t->tier[i] = read[n + i];
	free(read);
	return st;
}

/* A tier that no move led to came with a file, or by another program, some day. */
static void settle_days(struct going_back *g)
{
	struct tiers *t = g->t;

	for (uint32_t i = 0; i < t->n; i++)
		if (g->later[i] &&
			(t->tier[i] == TIER_NONE || t->tier[i] != g->moved_to[i]))
			t->since[i] = DAY_NONE;
	memset(t->up, 0, t->n);
	memset(t->down, 0, t->n);
	t->past = true;
}

static enum status go_back(struct book *b, struct tiers *t, struct err *e)
{
	struct going_back g = { .t = t, .day = b->clock.today };
	const struct store_ops *ops = b->store->ops;
	enum status st = ops->review_day(b->store, g.day, &t->review_day, e);

	g.later = calloc(2 * (size_t)t->n + 1, 1);
	if (!g.later)
		return err_set(e, ST_NOMEM, "not enough memory for the tiers");
	g.moved_to = g.later + t->n;
	forget_later(&g);
	if (st == ST_OK)
		st = read_snapshot(b, &g, e);
	if (st == ST_OK)
		st = ops->moves(b->store, 0, take_move, &g, e);
	settle_days(&g);
	free(g.later);
	return st;
}

enum status book_tiers_on(struct book *b, uint32_t n, struct tiers *out, struct err *e)
{
	enum status st = book_load_tiers(b, n, out, e);

	if (st != ST_OK || tiers_day(out) <= b->clock.today)
		return st;
	return go_back(b, out, e);
}
