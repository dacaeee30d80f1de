#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

#define PEOPLE_MAX 100000u /* more CSMs than that are not a team */

/* On failure the book keeps the policy it has. */
static enum status load_policy(struct book *b, struct err *e)
{
	struct policy_version v = { 0 };
	struct policy read;
	struct arena a;
	enum status st;

	arena_init(&a);
	policy_default(&read);
	st = b->store->ops->policy_load(b->store, 0, &a, &v, e);
	if (st == ST_NOTFOUND)
		st = ST_OK;
	else if (st == ST_OK && v.version > 0)
		st = policy_parse(v.text, "policy of the book", &read, NULL, e);
	if (st == ST_OK) {
		b->policy = read;
		b->policy_version = v.version;
	}
	arena_clear(&a);
	return st;
}

static enum status save_shipped(struct book *b, struct err *e)
{
	struct arena a;
	enum status st;
	int32_t version;

	arena_init(&a);
	const struct policy_version v = { 0, b->clock.now(&b->clock), b->me,
		"shipped defaults", policy_write(&b->policy, &a) };

	st = v.text ? b->store->ops->policy_save(
			      b->store, &v, b->policy.cap_bp, &version, e)
		    : err_set(e, ST_NOMEM, "not enough memory for the policy");
	arena_clear(&a);
	return st;
}

/* A new book begins with the shipped policy as its version 1. */
static enum status found_policy(struct book *b, struct err *e)
{
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	if (st != ST_OK || b->policy_version > 0 || info.read_only)
		return st;
	st = b->store->ops->begin(b->store, e);
	if (st != ST_OK)
		return st;
	st = load_policy(b, e); /* another process may have been faster */
	if (st == ST_OK && b->policy_version == 0)
		st = save_shipped(b, e);
	if (st == ST_OK)
		st = b->store->ops->commit(b->store, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	return st == ST_OK ? load_policy(b, e) : st;
}

enum status book_open(struct store *store, const struct clock *clock, const char *me,
	struct book **out, struct err *e)
{
	struct book *b = calloc(1, sizeof(*b));
	enum status st;

	*out = NULL;
	if (!b) {
		store->ops->close(store);
		return err_set(e, ST_NOMEM, "not enough memory to open the book");
	}
	b->store = store;
	b->clock = *clock;
	arena_init(&b->texts.arena);
	arena_init(&b->names);
	b->me = strdup(me ? me : "");
	st = b->me ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
	/* First: what others commit from here on is a change. */
	if (st == ST_OK)
		st = store->ops->data_version(store, &b->data_version, e);
	if (st == ST_OK)
		st = load_policy(b, e);
	if (st == ST_OK)
		st = found_policy(b, e);
	if (st == ST_OK)
		*out = b;
	else
		book_free(&b);
	return st;
}

void book_free(struct book **b)
{
	if (!*b)
		return;
	book_forget(*b);
	(*b)->store->ops->close((*b)->store);
	free((*b)->me);
	free(*b);
	*b = NULL;
}

struct store *book_store(struct book *b)
{
	return b->store;
}

const struct policy *book_policy(const struct book *b)
{
	return &b->policy;
}

int32_t book_policy_version(const struct book *b)
{
	return b->policy_version;
}

int32_t book_as_of(const struct book *b)
{
	return b->clock.today;
}

void book_set_day(struct book *b, const struct clock *clock)
{
	b->clock = *clock;
	book_forget(b);
}

uint64_t book_generation(const struct book *b)
{
	return b->generation;
}

const char *book_me(const struct book *b)
{
	return b->me;
}

int64_t book_now(const struct book *b)
{
	return b->clock.now(&b->clock);
}

void book_forget(struct book *b)
{
	struct book_columns *c = &b->columns;

	b->generation++;
	scores_clear(&c->scores);
	tiers_clear(&c->tiers);
	free(c->memory);
	memset(c, 0, sizeof(*c));
	arena_clear(&b->texts.arena);
	free(b->texts.of);
	b->texts.of = NULL;
	b->texts.loaded = false;
	arena_clear(&b->names);
	free(b->csm_name);
	b->csm_name = NULL;
	b->csms = 0;
}

enum status book_refresh(struct book *b, bool *changed, struct err *e)
{
	int64_t version;
	enum status st = b->store->ops->data_version(b->store, &version, e);

	*changed = false;
	if (st != ST_OK || version == b->data_version)
		return st;
	*changed = true;
	book_forget(b);
	st = load_policy(b, e);
	if (st == ST_OK) /* else the next call tries again */
		b->data_version = version;
	return st;
}

/* ---- columns ---- */

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
	struct scores s;
	enum status st;

	memset(&s, 0, sizeof(s));
	for (uint32_t i = 0; i < c->n; i++)
		c->change[i] = CHANGE_NONE;
	st = ops->snapshot_find(b->store, c->day.day - CHANGE_DAYS, &before, e);
	if (st != ST_OK || before.day == DAY_NONE)
		return st;
	st = scores_init(&s, c->n, e);
	if (st == ST_OK)
		st = ops->snapshot_load(b->store, before.day, &s, NULL, e);
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		const uint8_t now = c->scores.health[i], then = s.health[i];

		if (now != HEALTH_NONE && now != HEALTH_UNKNOWN && then != HEALTH_NONE &&
			then != HEALTH_UNKNOWN)
			c->change[i] = (int16_t)(now - then);
	}
	scores_clear(&s);
	return st;
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
		st = scores_init(&c->scores, c->n, e);
	if (st == ST_OK)
		st = book_load_tiers(b, c->n, &c->tiers, e);
	if (st == ST_OK && c->day.day != DAY_NONE) {
		st = ops->snapshot_load(b->store, c->day.day, &c->scores, c->tier, e);
		if (st == ST_OK)
			st = axes_value_pct(&c->scores, e);
		if (st == ST_OK)
			st = load_change(b, c, e);
	} else if (st == ST_OK) {
		for (uint32_t i = 0; i < c->n; i++) {
			c->scores.health[i] = HEALTH_NONE;
			c->change[i] = CHANGE_NONE;
		}
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

enum status book_need_columns(struct book *b, struct err *e)
{
	struct book_columns *c = &b->columns;
	struct book_info info;
	enum status st;

	if (c->loaded)
		return ST_OK;
	book_forget(b);
	st = b->store->ops->hold(b->store, e);
	if (st != ST_OK)
		return st;
	st = b->store->ops->info(b->store, &info, e);
	if (st == ST_OK)
		st = alloc_columns(c, info.last_id, e);
	if (st == ST_OK)
		st = load_figures(b, c, &info, e);
	if (st == ST_OK)
		st = book_each_base(b, c->n, b->clock.today, take_facts, c, e);
	if (st == ST_OK)
		st = b->store->ops->rows(b->store, REC_CSM, 0, take_csm, b, e);
	b->store->ops->release(b->store);
	c->loaded = st == ST_OK;
	return st;
}

enum status book_figures(struct book *b, struct book_figures *out, struct err *e)
{
	enum status st = book_need_columns(b, e);
	const struct book_columns *c = &b->columns;

	*out = (struct book_figures){ &c->scores, c->tier, c->arr, c->active, c->csm,
		c->renewal, c->n };
	return st;
}

enum status book_summary(struct book *b, struct book_summary *out, struct err *e)
{
	const struct book_columns *c = &b->columns;
	struct book_info info;
	enum status st = book_need_columns(b, e);

	memset(out, 0, sizeof(*out));
	if (st == ST_OK)
		st = b->store->ops->info(b->store, &info, e);
	if (st != ST_OK)
		return st;
	out->path = info.path;
	out->accounts = info.accounts;
	out->csms = info.csms;
	out->read_only = info.read_only;
	out->figures_day = c->day.day;
	out->review_day = c->tiers.review_day;
	for (uint32_t i = 0; i < c->n; i++) {
		const int64_t arr = c->arr[i] == MONEY_NONE ? 0 : c->arr[i];

		if (!c->active[i])
			continue;
		out->active++;
		out->in_tier[c->tier[i]]++;
		out->in_band[health_band(&b->policy, c->scores.health[i])]++;
		out->unknown += c->scores.health[i] == HEALTH_UNKNOWN;
		if (!money_add(out->arr, arr, &out->arr) ||
			!money_add(out->arr_in_tier[c->tier[i]], arr,
				&out->arr_in_tier[c->tier[i]]))
			return err_set(
				e, ST_INVALID, "the ARR of the base adds up to too much");
	}
	for (int t = 0; t < TIER_COUNT; t++)
		out->limit[t] = t == TIER_COUNT - 1
					? out->active
					: tiers_cap(b->policy.cap_bp[t], out->active);
	return ST_OK;
}
