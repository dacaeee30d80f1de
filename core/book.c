#include "core/book_work.h"

#include <stdlib.h>
#include <string.h>

/* On failure the book keeps the policy it has. */
enum status book_load_policy(struct book *b, struct err *e)
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

const char *book_path(const struct book *b)
{
	return b->path;
}

enum status book_one_row(struct book *b, enum record_kind kind, int64_t row,
	struct arena *a, struct cell *out, bool *there, struct err *e)
{
	return b->store->ops->row_read(b->store, kind, row, a, out, there, e);
}

enum status book_csms(struct book *b, row_fn fn, void *arg, struct err *e)
{
	return b->store->ops->rows(b->store, REC_CSM, 0, fn, arg, e);
}

enum status book_policy_saved(struct book *b, int32_t version, struct arena *a,
	struct policy_version *out, struct err *e)
{
	return b->store->ops->policy_load(b->store, version, a, out, e);
}

enum status book_policy_of(
	struct book *b, int32_t version, struct policy *out, struct err *e)
{
	struct policy_version v;
	struct arena a;
	enum status st;

	*out = b->policy;
	if (version == b->policy_version)
		return ST_OK;
	policy_default(out);
	if (version < 1)
		return ST_OK;
	arena_init(&a);
	st = b->store->ops->policy_load(b->store, version, &a, &v, e);
	if (st == ST_OK)
		st = policy_parse(v.text, "policy of the book", out, NULL, e);
	arena_clear(&a);
	return st;
}

enum status book_rules_then(
	struct book *b, int32_t version, struct rules_then *r, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st;

	if (version == r->version)
		return ST_OK;
	st = book_policy_of(b, version, &r->policy, &why);
	r->version = version;
	if (st != ST_NOTFOUND && st != ST_INVALID)
		return st == ST_OK ? ST_OK : err_set(e, st, "%s", why.text);
	r->policy = b->policy;
	return ST_OK;
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
	enum status st = ST_OK;

	if (b->policy_version > 0)
		return ST_OK;
	st = b->store->ops->info(b->store, &info, e);
	if (st != ST_OK || info.read_only)
		return st;
	st = b->store->ops->begin(b->store, e);
	if (st != ST_OK)
		return st;
	st = book_load_policy(b, e); /* another process may have been faster */
	if (st == ST_OK && b->policy_version == 0)
		st = save_shipped(b, e);
	if (st == ST_OK)
		st = b->store->ops->commit(b->store, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	return st == ST_OK ? book_load_policy(b, e) : st;
}

/* Of one state: what others commit after it is a change. */
static enum status read_first(struct book *b, struct err *e)
{
	struct book_info info;
	enum status st = b->store->ops->hold(b->store, e);

	if (st != ST_OK)
		return st;
	st = b->store->ops->data_version(b->store, &b->data_version, e);
	if (st == ST_OK)
		st = b->store->ops->info(b->store, &info, e);
	if (st == ST_OK) {
		b->path = info.path;
		st = book_load_policy(b, e);
	}
	b->store->ops->release(b->store);
	return st;
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
	arena_init(&b->names);
	b->me = strdup(me ? me : "");
	st = b->me ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
	if (st == ST_OK)
		st = read_first(b, e);
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
	book_forget_plays(*b);
	(*b)->store->ops->close((*b)->store);
	free((*b)->backtest);
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

int64_t book_now(const struct book *b)
{
	return b->clock.now(&b->clock);
}

int32_t book_east(const struct book *b)
{
	return b->clock.east;
}

void book_forget(struct book *b)
{
	b->generation++;
	book_forget_picture(b);
	book_forget_columns(b);
	book_forget_texts(b);
	book_forget_orders(b);
	book_forget_work(b);
	book_forget_listed(b);
	book_forget_tier_view(b);
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
	st = book_load_policy(b, e);
	if (st == ST_OK) /* else the next call tries again */
		b->data_version = version;
	return st;
}

bool book_readable(struct book *b)
{
	const bool is = b->store->ops->hold(b->store, NULL) == ST_OK;

	if (is)
		b->store->ops->release(b->store);
	return is;
}

void book_patience(struct book *b, bool (*gone)(void *arg), void *arg)
{
	b->gone = gone;
	b->gone_arg = arg;
}

enum status book_wait(const struct book *b, struct err *e)
{
	if (!b->gone || !b->gone(b->gone_arg))
		return ST_OK;
	return err_set(e, ST_CANCELLED, "nobody waits for it any more");
}

enum status book_need_texts(struct book *b, uint32_t fields, struct err *e)
{
	int64_t version;
	enum status st;

	if (b->columns.loaded && (b->texts.loaded & fields) == fields)
		return ST_OK;
	st = b->store->ops->hold(b->store, e);
	if (st != ST_OK)
		return st;
	st = b->store->ops->data_version(b->store, &version, e);
	if (st == ST_OK && (!b->columns.loaded || b->columns.version != version)) {
		book_forget(b);
		b->columns.version = version;
		st = book_load_columns(b, e);
		if (st != ST_OK)
			book_forget(b);
	}
	if (st == ST_OK)
		st = book_load_texts(b, fields & ~b->texts.loaded, e);
	b->store->ops->release(b->store);
	return st;
}

enum status book_need_columns(struct book *b, struct err *e)
{
	return book_need_texts(b, 0, e);
}

enum status book_figures(struct book *b, struct book_figures *out, struct err *e)
{
	enum status st = book_need_columns(b, e);
	const struct book_columns *c = &b->columns;

	*out = (struct book_figures){ &c->scores, c->tier, &c->arr, c->active, &c->csm,
		&c->renewal, c->flags, c->n };
	return st;
}

bool book_figures_has(const struct book_figures *f, uint32_t id)
{
	return id > 0 && id <= f->n && (f->flags[id - 1] & ACC_PRESENT);
}

static enum status add_account(
	const struct book_columns *c, uint32_t i, struct book_summary *out, struct err *e)
{
	const int64_t arr = amounts_or_none(&c->arr, i);
	const struct figures *s = &c->scores;

	out->active++;
	out->in_tier[c->tier[i]]++;
	out->owned_in_tier[c->tier[i]] += shorts_at(&c->csm, i) > 0;
	out->unknown += s->health[i] == HEALTH_UNKNOWN;
	out->with_renewal += shorts_at(&c->renewal, i) != DAY_NONE;
	if (c->day.day != DAY_NONE && s->health[i] != HEALTH_NONE) {
		out->with_usage += (s->marks[i] & FIGURES_USAGE) != 0;
		out->coverage += figures_coverage(s, i);
	}
	if (!money_add(out->arr, arr, &out->arr) ||
		!money_add(
			out->arr_in_tier[c->tier[i]], arr, &out->arr_in_tier[c->tier[i]]))
		return err_set(e, ST_INVALID, "the ARR of the base adds up to too much");
	return ST_OK;
}

enum status book_sum_columns(struct book *b, struct book_summary *out, struct err *e)
{
	const struct book_columns *c = &b->columns;
	enum status st = ST_OK;

	out->figures_day = c->day.day;
	out->review_day = c->review_day;
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		out->accounts += (c->flags[i] & ACC_PRESENT) != 0;
		if (!c->active[i])
			continue;
		out->in_band[health_band(&b->policy, c->scores.health[i])]++;
		st = add_account(c, i, out, e);
	}
	for (int t = 0; t < TIER_COUNT; t++)
		out->limit[t] = t == TIER_COUNT - 1
					? out->active
					: tiers_cap(b->policy.cap_bp[t], out->active);
	return st;
}

/* What the book says of itself is not part of the sums. */
static enum status sum_up(
	struct book *b, const struct picture *p, struct book_summary *out, struct err *e)
{
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	memset(out, 0, sizeof(*out));
	if (st != ST_OK)
		return st;
	if (p)
		*out = p->sums;
	else
		st = book_sum_columns(b, out, e);
	out->csms = info.csms;
	out->read_only = info.read_only;
	return st;
}

/* Asked for at every letter of a filter, and the same until the book changes. */
enum status book_summary(struct book *b, struct book_summary *out, struct err *e)
{
	const struct picture *p = book_picture(b);
	struct book_columns *c = &b->columns;
	enum status st = p ? sum_up(b, p, out, e) : book_need_columns(b, e);

	if (p)
		return st;
	memset(out, 0, sizeof(*out));
	if (st == ST_OK && !c->summed) {
		st = sum_up(b, NULL, &c->sums, e);
		c->summed = st == ST_OK;
	}
	if (st == ST_OK)
		*out = c->sums;
	return st;
}
