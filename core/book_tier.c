/* A tier by hand: under the same caps as a review, with a name for who goes down. */
#include "core/change_work.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "core/tier_past.h"

struct moving {
	struct work *w;
	struct book *b;
	struct tiers before, after;
	struct tier_move move[2];
	uint32_t n;
	uint32_t limit[TIER_COUNT];
};

static bool is_locked(const struct moving *m, uint32_t id)
{
	return tiers_locked(&m->before, id, m->b->clock.today);
}

static bool stays(const void *arg, uint32_t id)
{
	return is_locked(arg, id);
}

static uint32_t members(const struct tiers *t, uint8_t tier)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->n; i++)
		n += t->tier[i] == tier;
	return n;
}

static enum status say_full(struct moving *m, uint8_t tier, struct err *e)
{
	struct cell c[ACCOUNT_FIELDS];
	char who[160] = "";
	uint32_t id;
	enum status st = book_weakest(
		m->b, &(struct book_members){ m->before.tier, tier, stays, m }, &id, e);

	if (st == ST_OK && id)
		st = work_read(m->w, REC_ACCOUNT, id, c, e);
	if (st != ST_OK)
		return st;
	if (id) {
		const struct text key = cell_as_text(&c[F_ACCOUNT_ID]);
		const struct text name = cell_as_text(&c[F_NAME]);

		snprintf(who, sizeof(who), "; the weakest is %.*s%s%.*s",
			convert_shown(key, 60), key.s, name.n ? " " : "",
			convert_shown(name, 60), name.n ? name.s : "");
	}
	return err_set(e, ST_FORBIDDEN,
		"tier %d is full: %u of %u. Name who goes down (demote)%s", tier,
		members(&m->before, tier), m->limit[tier - 1], who);
}

static void place(struct moving *m, uint32_t id, uint8_t to, uint32_t pair)
{
	struct tiers *t = &m->after;

	m->move[m->n++] = (struct tier_move){
		.account = id,
		.pair = pair,
		.from = t->tier[id - 1],
		.to = to,
		.cause = CAUSE_MANUAL,
		.score = figures_score(&m->b->columns.scores, id - 1),
		.other = pair ? figures_score(&m->b->columns.scores, pair - 1)
			      : (double)NAN,
	};
	t->tier[id - 1] = to;
	t->since[id - 1] = m->b->clock.today;
	t->up[id - 1] = t->down[id - 1] = 0;
}

static enum status check(
	struct moving *m, uint32_t id, uint8_t tier, uint32_t demote, struct err *e)
{
	const struct tiers *t = &m->before;

	if (tier < 1 || tier > TIER_COUNT)
		return err_set(e, ST_USAGE, "a tier is 1, 2 or 3");
	if (tiers_check_day(t, m->b->clock.today, e) != ST_OK)
		return ST_FORBIDDEN;
	if (id < 1 || id > t->n || !m->b->columns.active[id - 1])
		return err_set(e, ST_FORBIDDEN,
			"the account is not active on the day: it has no tier");
	if (t->tier[id - 1] == tier)
		return err_set(e, ST_USAGE, "the account is in tier %d already", tier);
	if (is_locked(m, id))
		return err_set(e, ST_FORBIDDEN,
			"the tier of the account is locked: unlock it first");
	if (!demote)
		return ST_OK;
	if (demote > t->n || demote == id || t->tier[demote - 1] != tier)
		return err_set(e, ST_USAGE,
			"the account that is to go down (demote) is not in tier %d",
			tier);
	if (is_locked(m, demote))
		return err_set(e, ST_FORBIDDEN,
			"the tier of the account that is to go down is locked");
	return ST_OK;
}

/* The account first, then who makes room, one band down, or two where that is full. */
static enum status move(
	struct moving *m, uint32_t id, uint8_t tier, uint32_t demote, struct err *e)
{
	uint8_t down = (uint8_t)(tier + 1);

	place(m, id, tier, demote);
	if (demote && tier < TIER_COUNT) {
		if (down < TIER_COUNT && members(&m->after, down) >= m->limit[down - 1])
			down = TIER_COUNT;
		place(m, demote, down, id);
	}
	if (tier < TIER_COUNT && members(&m->after, tier) > m->limit[tier - 1] &&
		members(&m->after, tier) > members(&m->before, tier))
		return say_full(m, tier, e);
	return ST_OK;
}

static enum status save(struct moving *m, uint32_t active, struct err *e)
{
	const struct store_ops *ops = m->b->store->ops;
	const struct review told = { .as_of = m->b->clock.today,
		.policy_version = m->b->policy_version,
		.active = active,
		.moves = m->move,
		.moves_n = m->n,
		.after = m->after };
	struct tier_past past = { 0 };
	enum status st =
		ops->tiers_save(m->b->store, &m->after, m->b->clock.today, active, e);

	if (st == ST_OK)
		st = ops->review_save(m->b->store, &told, m->b->clock.now(&m->b->clock),
			m->b->me, &m->w->op.subject, e);
	if (st == ST_OK)
		st = tier_past_between(&m->before, &m->after, &past, e);
	if (st == ST_OK)
		st = ops->history_tiers_add(m->b->store, m->w->op.id, &past, e);
	tier_past_clear(&past);
	m->w->beyond = m->w->pictured = true;
	return st;
}

static enum status set(
	struct moving *m, uint32_t id, uint8_t tier, uint32_t demote, struct err *e)
{
	struct book *b = m->b;
	struct book_summary sum;
	enum status st = book_need_columns(b, e);

	if (st == ST_OK)
		st = book_summary(b, &sum, e);
	if (st == ST_OK)
		st = book_load_tiers(b, b->columns.n, &m->before, e);
	if (st == ST_OK)
		st = book_load_tiers(b, b->columns.n, &m->after, e);
	if (st != ST_OK)
		return st;
	memcpy(m->limit, sum.limit, sizeof(m->limit));
	st = check(m, id, tier, demote, e);
	if (st == ST_OK)
		st = move(m, id, tier, demote, e);
	return st == ST_OK ? save(m, sum.active, e) : st;
}

enum status work_set_tier(
	struct work *w, uint32_t account, uint8_t tier, uint32_t demote, struct err *e)
{
	struct moving m = { .w = w, .b = w->b };
	const enum status st = set(&m, account, tier, demote, e);

	tiers_clear(&m.before);
	tiers_clear(&m.after);
	return st;
}

enum status book_set_tier(struct book *b, uint32_t account, uint8_t tier, uint32_t demote,
	const char *reason, struct err *e)
{
	const struct text why = text_trim(text_of(reason ? reason : ""));
	struct work w;
	char title[64];
	enum status st;

	if (why.n == 0)
		return err_set(e, ST_USAGE,
			"a tier by hand wants a reason, others will ask: --reason TEXT");
	snprintf(title, sizeof(title), "move to tier %d by hand", tier);
	st = work_begin(&w, b, title, reason, e);
	if (st != ST_OK)
		return st;
	return work_end(&w, work_set_tier(&w, account, tier, demote, e), e);
}
