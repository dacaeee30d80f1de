#include "core/policy_trial_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_capacity.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to try policies on the base");
}

/* ---- beginning -------------------------------------------------------------------- */

static enum status count_heads(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct policy_trial *t = arg;

	(void)id;
	(void)e;
	t->effect.heads_present += capacity_share(c, t->as_of);
	return ST_OK;
}

/* Of a day that changes of tiers followed nothing can be reviewed. */
static enum status load_tiers(struct policy_trial *t, struct err *e)
{
	enum status st = book_load_tiers(t->b, t->n, &t->tiers, e);

	t->effect.reviewed =
		st == ST_OK && tiers_check_day(&t->tiers, t->as_of, NULL) == ST_OK;
	if (st == ST_OK && !t->effect.reviewed) {
		tiers_clear(&t->tiers);
		st = book_tiers_on(t->b, t->n, &t->tiers, e);
	}
	if (st == ST_OK)
		st = shorts_init(&t->since, t->n, SHORTS_DAYS, DAY_NONE, e);
	if (st == ST_OK)
		st = shorts_put(&t->since, 0, t->tiers.since, t->n, e);
	free(t->tiers.since);
	t->tiers.since = NULL;
	return st;
}

static enum status make_room(struct policy_trial *t, struct err *e)
{
	const size_t n = (size_t)t->n + 1;

	t->pack = calloc((size_t)t->parts + 1, sizeof(*t->pack));
	t->closed_from = calloc((size_t)t->parts + 1, sizeof(*t->closed_from));
	t->peaks = calloc(1, sizeof(*t->peaks));
	t->peak = calloc(n, 2);
	t->critical = calloc(n, sizeof(*t->critical));
	t->counts = calloc((size_t)t->parts + 1, sizeof(*t->counts));
	t->by_value = calloc(n, sizeof(*t->by_value));
	if (!t->pack || !t->closed_from || !t->peaks || !t->peak || !t->critical ||
		!t->counts || !t->by_value)
		return no_memory(e);
	t->ago = t->peak + n;
	return ST_OK;
}

static enum status begin(struct policy_trial *t, struct err *e)
{
	struct book_info info = { 0 };
	enum status st = t->b->store->ops->info(t->b->store, &info, e);

	book_rest_orders(t->b); /* as much as the order by value takes */
	t->n = info.last_id;
	t->parts = (t->n + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	t->effect.as_of = t->as_of;
	t->effect.alerted = info.alert_day == DAY_NONE || info.alert_day <= t->as_of;
	if (st == ST_OK)
		st = load_tiers(t, e);
	if (st == ST_OK)
		st = make_room(t, e);
	if (st == ST_OK)
		st = policy_figures_init(&t->is, t->n, e);
	return st == ST_OK ? book_csms(t->b, count_heads, t, e) : st;
}

enum status policy_trial_new(struct book *b, struct policy_trial **out, struct err *e)
{
	struct policy_trial *t = calloc(1, sizeof(*t));
	enum status st;

	*out = t;
	if (!t)
		return no_memory(e);
	t->b = b;
	t->first = t->tried = t->next = t->read = b->policy;
	t->as_of = b->clock.today;
	t->todo = TODO_ALL;
	t->kinds = ALERT_EVERY_KIND;
	st = begin(t, e);
	if (st != ST_OK)
		policy_trial_free(out);
	return st;
}

static void end_reading(struct policy_trial *t)
{
	base_clear(&t->base);
	part_clear(&t->reading.part);
	memset(&t->reading, 0, sizeof(t->reading));
}

void policy_trial_free(struct policy_trial **out)
{
	struct policy_trial *t = *out;

	*out = NULL;
	if (!t)
		return;
	end_reading(t);
	for (uint32_t k = 0; t->pack && k < t->parts; k++)
		base_pack_clear(&t->pack[k]);
	policy_kept_clear(&t->was);
	policy_figures_clear(&t->is);
	policy_effect_clear(&t->effect);
	tiers_clear(&t->tiers);
	shorts_clear(&t->since);
	free(t->pack);
	free(t->closed_from);
	free(t->closed);
	free(t->peaks);
	free(t->peak);
	free(t->critical);
	free(t->counts);
	amounts_clear(&t->arr);
	free(t->by_value);
	free(t->revalued);
	free(t);
}

/* ---- reading ---------------------------------------------------------------------- */

static enum status keep_closed(
	struct policy_trial *t, const struct alert *a, struct err *e)
{
	if (t->closed_n == t->closed_room) {
		const uint32_t room = 2 * t->closed_room + 256;
		struct closed *grown = realloc(t->closed, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		t->closed = grown;
		t->closed_room = room;
	}
	t->closed[t->closed_n++] = (struct closed){ a->account, *a };
	return ST_OK;
}

/* Of each kind the newest one counts, unless it is live. */
static enum status take_alerts(struct policy_trial *t, const struct alert *prior,
	uint32_t n, uint32_t first, uint32_t last, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t from = 0, to; st == ST_OK && from < n; from = to) {
		const uint32_t id = prior[from].account;

		for (to = from + 1; to < n && prior[to].account == id;)
			to++;
		if (id < first || id > last)
			continue;
		for (int k = 0; st == ST_OK && k < ALERT_KINDS; k++) {
			const struct alert *a =
				alert_newest(prior + from, to - from, (enum alert_kind)k);

			if (a && a->ended != DAY_NONE && a->state == ALERT_CLOSED)
				st = keep_closed(t, a, e);
		}
	}
	return st;
}

static enum status read_alerts(struct policy_trial *t, uint32_t part, struct err *e)
{
	const struct store_ops *ops = t->b->store->ops;
	const uint32_t at = part * PART_ACCOUNTS, n = t->base.n;
	const struct alert *prior;
	uint32_t prior_n;
	enum status st = ops->alerts(t->b->store, part,
		t->as_of - alert_quiet_days(&t->read), &prior, &prior_n, e);

	t->closed_from[part] = t->closed_n;
	t->peaks->b = t->b;
	t->peaks->policy = &t->read;
	t->peaks->as_of = t->as_of;
	if (st == ST_OK)
		st = take_alerts(t, prior, prior_n, at + 1, at + n, e);
	if (st == ST_OK)
		st = book_alerts_peaks(t->peaks, at + 1, n, prior, prior_n, e);
	if (st != ST_OK)
		return st;
	memcpy(t->peak + at, t->peaks->peak, n);
	memcpy(t->ago + at, t->peaks->ago, n);
	return ST_OK;
}

/* The amounts of the lists, where they are those of this day and state by these rates. */
static enum status begin_amounts(struct policy_trial *t, struct err *e)
{
	struct book_columns *c = &t->b->columns;
	int64_t version = 0;
	enum status st = t->b->store->ops->data_version(t->b->store, &version, e);

	amounts_clear(&t->arr);
	t->shares = c->loaded && c->version == version && c->n == t->n &&
		    t->as_of == t->b->clock.today &&
		    policy_trial_reads_alike(&t->b->policy, &t->read);
	if (st != ST_OK)
		return st;
	return t->shares ? amounts_share(&c->arr, &t->arr, e)
			 : amounts_init(&t->arr, t->n, e);
}

static enum status read_part(struct policy_trial *t, struct err *e)
{
	const uint32_t part = t->parts_read, at = part * PART_ACCOUNTS;
	enum status st = ST_OK;

	if (part == 0) {
		end_reading(t);
		t->closed_n = 0;
		st = book_begin_reading(
			t->b, &t->read, t->as_of, &t->reading, &t->base, e);
		if (st == ST_OK)
			st = begin_amounts(t, e);
	}
	if (st == ST_OK)
		st = book_read_base(t->b, &t->reading, part, &t->base, e);
	if (st != ST_OK)
		return st;
	if (t->base.n > t->n - at)
		t->base.n = t->n - at; /* somebody adds accounts meanwhile */
	base_pack_clear(&t->pack[part]);
	st = base_pack(&t->base, &t->pack[part], e);
	if (st == ST_OK)
		st = read_alerts(t, part, e);
	if (st == ST_OK && !t->shares)
		st = amounts_put(&t->arr, at, t->base.arr, t->base.n, e);
	if (st != ST_OK)
		return st;
	t->closed_from[part + 1] = t->closed_n;
	t->parts_read++;
	if (t->parts_read == t->parts)
		part_clear(&t->reading.part);
	return ST_OK;
}

/* ---- what is tried ---------------------------------------------------------------- */

static void read_again(struct policy_trial *t)
{
	t->read = t->tried;
	t->parts_read = 0;
	t->todo = TODO_ALL;
	t->kinds = ALERT_EVERY_KIND;
	t->ranked = 0;
}

void policy_trial_set(struct policy_trial *t, const struct policy *p)
{
	if (!t->settled) {
		t->next = *p; /* that in force comes first */
		return;
	}
	if (memcmp(&t->tried, p, sizeof(*p)) == 0)
		return;
	t->todo |= policy_trial_todo(&t->tried, p);
	t->kinds |= policy_trial_kinds(&t->tried, p);
	if (t->kinds >> ALERT_BLIND & 1) /* coverage is known while health is made */
		t->todo |= TODO_HEALTH;
	t->tried = t->next = *p;
	t->part = 0;
	t->summed = false;
	if (!policy_trial_reads_alike(&t->read, &t->tried))
		read_again(t);
}

/* ---- step by step ----------------------------------------------------------------- */

static void count_now(struct policy_trial *t)
{
	memset(t->effect.in_tier, 0, sizeof(t->effect.in_tier));
	for (uint32_t i = 0; i < t->n; i++)
		if (t->is.scores.health[i] != HEALTH_NONE)
			t->effect.in_tier[t->tiers.tier[i]]++;
}

/* The policy in force is the first that is tried; others are compared with it. */
static void settle(struct policy_trial *t)
{
	t->effect.was = t->effect.is;
	count_now(t);
	t->settled = true;
	policy_trial_set(t, &t->next);
}

/* Before another one changes them for the first time. */
static enum status keep_figures(struct policy_trial *t, struct err *e)
{
	return t->settled && t->todo && !t->was.memory
		       ? policy_figures_keep(&t->first, &t->is, &t->was, e)
		       : ST_OK;
}

/* The first one differs in nothing from itself. */
static enum status compare(struct policy_trial *t, struct err *e)
{
	if (!t->was.memory) {
		policy_effect_none(&t->effect);
		return ST_OK;
	}
	return policy_effect_compare(
		&t->tried, &t->was, &t->is, t->tiers.tier, t->by_value, &t->effect, e);
}

static enum status sum_up(struct policy_trial *t, struct err *e)
{
	policy_side_sum(&t->tried, &t->is, &t->arr, &t->effect.is);
	t->todo &= ~(unsigned)TODO_SUM;
	if (!t->settled) {
		settle(t);
		if (t->todo)
			return ST_OK;
	}
	t->summed = true;
	return compare(t, e);
}

enum status policy_trial_step(struct policy_trial *t, struct err *e)
{
	enum status st = keep_figures(t, e);

	if (st != ST_OK)
		return st;
	if (t->parts_read < t->parts)
		return read_part(t, e);
	if (t->todo & TODO_PARTS) {
		st = policy_trial_parts(t, e);
	} else if (t->todo & TODO_RANK) {
		st = policy_trial_rank(t, e);
		t->todo &= ~(unsigned)TODO_RANK;
	} else if (t->todo & TODO_REVIEW) {
		st = policy_trial_review(t, e);
		t->todo &= ~(unsigned)TODO_REVIEW;
	} else if (t->todo) {
		st = sum_up(t, e);
	}
	return st;
}

enum status policy_trial_finish(struct policy_trial *t, struct err *e)
{
	enum status st = ST_OK;

	while (st == ST_OK && !policy_trial_effect(t))
		st = policy_trial_step(t, e);
	return st;
}

/* ---- what came of it -------------------------------------------------------------- */

const struct policy_effect *policy_trial_effect(const struct policy_trial *t)
{
	return t->settled && t->summed && !t->todo && t->parts_read == t->parts
		       ? &t->effect
		       : NULL;
}

bool policy_trial_reading(const struct policy_trial *t, uint32_t *read, uint32_t *total)
{
	*read = t->parts_read * PART_ACCOUNTS;
	*total = t->n;
	return t->parts_read < t->parts;
}

const struct policy_figures *policy_trial_figures(const struct policy_trial *t)
{
	return &t->is;
}

size_t policy_trial_size(const struct policy_trial *t)
{
	size_t size = t->closed_n * sizeof(*t->closed);

	for (uint32_t k = 0; k < t->parts_read; k++)
		size += t->pack[k].size;
	return size + (size_t)t->n * (2 + (t->arr.wide ? sizeof(*t->arr.wide)
						       : sizeof(*t->arr.brief)));
}
