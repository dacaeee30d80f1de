/* The columns of the book: figures and facts of all accounts, from the store. */
#include "core/book_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE_MAX 100000u /* more CSMs than that are not a team */

void book_forget_columns(struct book *b)
{
	struct book_columns *c = &b->columns;

	scores_clear(&c->scores);
	tiers_clear(&c->tiers);
	free(c->memory);
	memset(c, 0, sizeof(*c));
	arena_clear(&b->names);
	free(b->csm_name);
	b->csm_name = NULL;
	b->csms = 0;
}

static enum status alloc_columns(struct book_columns *c, uint32_t n, struct err *e)
{
	char *at = calloc((size_t)n + 1,
		sizeof(int64_t) + 2 * sizeof(int32_t) + sizeof(int16_t) + 5);

	if (!at)
		return err_set(e, ST_NOMEM, "not enough memory for %u accounts", n);
	c->memory = at;
	c->n = n;
	c->arr = (int64_t *)(void *)at;
	at += n * sizeof(int64_t);
	c->csm = (int32_t *)(void *)at;
	at += n * sizeof(int32_t);
	c->renewal = (int32_t *)(void *)at;
	at += n * sizeof(int32_t);
	c->change = (int16_t *)(void *)at;
	at += n * sizeof(int16_t);
	c->tier = (uint8_t *)at;
	c->present = c->tier + n;
	c->active = c->present + n;
	c->churned = c->active + n;
	c->contracted = c->churned + n;
	return ST_OK;
}

static enum status take_facts(void *arg, const struct base *base, struct err *e)
{
	struct book_columns *c = arg;

	(void)e;
	for (uint32_t i = 0; i < base->n; i++) {
		const size_t at = base->first_id - 1 + (size_t)i;

		c->present[at] = (base->flags[i] & ACC_PRESENT) != 0;
		c->active[at] = base->active[i];
		c->churned[at] = (base->flags[i] & ACC_CHURNED) != 0;
		c->contracted[at] = base->contracted[i];
		c->arr[at] = base->arr[i];
		c->csm[at] = base->csm[i];
		c->renewal[at] = base->renewal[i];
	}
	return ST_OK;
}

/* Health now minus health at the newest snapshot 28 days before or earlier. */
static enum status load_change(struct book *b, struct book_columns *c, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct snapshot_day before;
	uint8_t *then;
	enum status st;

	for (uint32_t i = 0; i < c->n; i++)
		c->change[i] = CHANGE_NONE;
	st = ops->snapshot_find(b->store, c->day.day - CHANGE_DAYS, &before, e);
	if (st != ST_OK || before.day == DAY_NONE)
		return st;
	then = malloc(2 * (size_t)c->n + 1); /* healths, and tiers, that nobody needs */
	if (!then)
		return err_set(e, ST_NOMEM, "not enough memory for %u accounts", c->n);
	st = ops->snapshot_health(b->store, before.day, c->n, then, then + c->n, e);
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		const uint8_t now = c->scores.health[i];

		if (now != HEALTH_NONE && now != HEALTH_UNKNOWN &&
			then[i] != HEALTH_NONE && then[i] != HEALTH_UNKNOWN)
			c->change[i] = (int16_t)(now - then[i]);
	}
	free(then);
	return st;
}

/* Nothing was ever computed. */
static void no_figures(struct book_columns *c)
{
	struct scores *s = &c->scores;

	memset(s->health, HEALTH_NONE, c->n);
	memset(s->assumed, 0, c->n);
	memset(s->points[COMP_USAGE], POINTS_MISSING, c->n);
	for (uint32_t i = 0; i < c->n; i++) {
		s->coverage[i] = s->value_pct[i] = s->effort[i] = s->score[i] = NAN;
		s->value[i] = MONEY_NONE;
		c->change[i] = CHANGE_NONE;
	}
}

/* What tiers say of days that are still to come is not known yet. */
static void drop_future(struct book_columns *c, int32_t today)
{
	if (c->tiers.review_day > today)
		c->tiers.review_day = DAY_NONE;
	for (uint32_t i = 0; i < c->n; i++)
		if (c->tiers.since[i] > today)
			c->tiers.since[i] = DAY_NONE;
}

/* Tiers as they are now, or for a day that has newer snapshots, as they were then. */
static enum status load_figures(struct book *b, struct book_columns *c,
	const struct book_info *info, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	enum status st = ops->snapshot_find(b->store, b->clock.today, &c->day, e);
	const bool newest = c->day.day == info->newest_snapshot;

	if (st == ST_OK)
		st = scores_init_brief(&c->scores, c->n, e);
	if (st == ST_OK)
		st = book_load_tiers(b, c->n, &c->tiers, e);
	if (st == ST_OK && c->day.day != DAY_NONE) {
		st = ops->snapshot_load(b->store, c->day.day, &c->scores, c->tier, e);
		if (st == ST_OK)
			st = axes_value_pct(&c->scores, e);
		if (st == ST_OK)
			st = load_change(b, c, e);
	} else if (st == ST_OK) {
		no_figures(c);
	}
	if (st == ST_OK && newest)
		memcpy(c->tier, c->tiers.tier, c->n);
	if (st == ST_OK)
		drop_future(c, b->clock.today);
	return st;
}

static enum status take_csm(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book *b = arg;
	const struct text name = cells[F_CSM_NAME].t;
	char *copy = arena_copy(&b->names, name.s, name.n);

	if (!copy || id < 1 || id > PEOPLE_MAX)
		return err_set(e, ST_NOMEM, "not enough memory for the CSMs");
	if (id > b->csms) {
		struct text *grown = realloc(b->csm_name, (size_t)id * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the CSMs");
		memset(grown + b->csms, 0, ((size_t)id - b->csms) * sizeof(*grown));
		b->csm_name = grown;
		b->csms = (uint32_t)id;
	}
	b->csm_name[id - 1] = (struct text){ copy, name.n };
	return ST_OK;
}

enum status book_load_columns(struct book *b, struct err *e)
{
	struct book_columns *c = &b->columns;
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	if (st == ST_OK)
		st = alloc_columns(c, info.last_id, e);
	if (st == ST_OK)
		st = load_figures(b, c, &info, e);
	if (st == ST_OK)
		st = book_each_base(b, c->n, true, take_facts, c, e);
	if (st == ST_OK)
		st = b->store->ops->rows(b->store, REC_CSM, 0, take_csm, b, e);
	c->loaded = st == ST_OK;
	return st;
}
