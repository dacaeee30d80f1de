/* The columns of the book: figures and facts of all accounts, from the store. */
#include "core/book_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/triage.h"

void book_clear_columns(struct book_columns *c)
{
	figures_clear(&c->scores);
	amounts_clear(&c->arr);
	shorts_clear(&c->csm);
	shorts_clear(&c->renewal);
	shorts_clear(&c->since);
	free(c->memory);
	memset(c, 0, sizeof(*c));
}

void book_forget_columns(struct book *b)
{
	book_clear_columns(&b->columns);
	arena_clear(&b->names);
	free(b->csm_name);
	free(b->csm_team);
	b->csm_name = b->csm_team = NULL;
	b->csms = 0;
}

enum status book_begin_facts(struct book_columns *c, uint32_t n, struct err *e)
{
	uint8_t *at = calloc((size_t)n + 1, 5);
	enum status st;

	if (!at)
		return err_set(e, ST_NOMEM, "not enough memory for %u accounts", n);
	c->memory = at;
	c->n = n;
	c->change = (int8_t *)at;
	c->tier = at + n;
	c->active = c->tier + n;
	c->flags = c->active + n;
	c->marks = c->flags + n;
	c->until = INT32_MAX;
	st = amounts_init(&c->arr, n, e);
	if (st == ST_OK)
		st = shorts_init(&c->csm, n, SHORTS_IDS, 0, e);
	if (st == ST_OK)
		st = shorts_init(&c->renewal, n, SHORTS_DAYS, DAY_NONE, e);
	if (st == ST_OK)
		st = shorts_init(&c->since, n, SHORTS_DAYS, DAY_NONE, e);
	return st;
}

int64_t book_at_risk(const struct book *b, uint32_t i)
{
	const struct book_columns *c = &b->columns;
	const int32_t renewal = shorts_at(&c->renewal, i);
	struct triage_explained x;

	if (!c->active[i] || c->scores.health[i] == HEALTH_NONE)
		return MONEY_NONE;
	triage_explain(&b->policy,
		&(struct triage_facts){ c->scores.health[i], amounts_at(&c->arr, i),
			renewal == DAY_NONE ? DAY_NONE : renewal - b->clock.today,
			c->marks[i] & BOOK_SLOW, c->flags[i] },
		&x);
	return x.at_risk;
}

enum status book_take_facts(struct book_columns *c, const struct policy *p,
	const struct base *base, struct err *e)
{
	const uint32_t first = base->first_id - 1;
	enum status st;

	c->until = base->until < c->until ? base->until : c->until;
	for (uint32_t i = 0; i < base->n; i++) {
		const size_t at = (size_t)first + i;

		c->active[at] = base->active[i];
		c->flags[at] = base->flags[i];
		c->marks[at] |= (uint8_t)((base->contracted[i] ? BOOK_CONTRACTED : 0) |
					  (triage_is_slow(p, base, i) ? BOOK_SLOW : 0));
	}
	st = amounts_put(&c->arr, first, base->arr, base->n, e);
	if (st == ST_OK)
		st = shorts_put(&c->csm, first, base->csm, base->n, e);
	if (st == ST_OK)
		st = shorts_put(&c->renewal, first, base->renewal, base->n, e);
	return st;
}

static enum status take_facts(void *arg, const struct base *base, struct err *e)
{
	struct book *b = arg;

	const enum status st = book_take_facts(&b->columns, &b->policy, base, e);

	return st == ST_OK ? book_wait(b, e) : st;
}

/* Health now minus health at the newest snapshot 28 to 56 days before. */
static enum status load_change(struct book *b, struct book_columns *c, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct snapshot_day before;
	uint8_t *then;
	enum status st;

	for (uint32_t i = 0; i < c->n; i++)
		c->change[i] = CHANGE_NONE;
	st = ops->snapshot_find(b->store, c->day.day - CHANGE_DAYS, &before, e);
	if (st != ST_OK || before.day == DAY_NONE ||
		before.day < c->day.day - CHANGE_DAYS_MAX)
		return st;
	then = malloc(2 * (size_t)c->n + 1); /* healths, and tiers, that nobody needs */
	if (!then)
		return err_set(e, ST_NOMEM, "not enough memory for %u accounts", c->n);
	st = ops->snapshot_health(b->store, before.day, 0, c->n, then, then + c->n, e);
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		const uint8_t now = c->scores.health[i];

		if (scores_health_known(now) && scores_health_known(then[i]))
			c->change[i] = (int8_t)(now - then[i]);
	}
	free(then);
	return st;
}

/* Something follows by itself from a day on. */
static void expect(struct book_columns *c, int32_t day)
{
	c->until = day < c->until ? day : c->until;
}

static enum status take_tiers(
	struct book_columns *c, const struct tiers *t, int32_t today, struct err *e)
{
	c->review_day = t->review_day;
	memcpy(c->tier, t->tier, c->n);
	for (uint32_t k = 0; k < t->locks && t->lock[k].account <= c->n; k++) {
		const struct tier_lock *l = &t->lock[k];
		const bool locked = tiers_locked(t, l->account, today);

		c->marks[l->account - 1] |= locked ? BOOK_LOCKED : 0;
		if (locked && l->until < INT32_MAX)
			expect(c, l->until + 1);
		if (l->from > today)
			expect(c, l->from);
	}
	if (t->past)
		c->until = today; /* the next change is somewhere */
	return shorts_put(&c->since, 0, t->since, c->n, e);
}

/* Nothing was ever computed. */
static void no_figures(struct book_columns *c)
{
	for (uint32_t i = 0; i < c->n; i++)
		c->change[i] = CHANGE_NONE;
}

static enum status load_figures(struct book *b, struct book_columns *c, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct scores part;
	enum status st = scores_init_brief(&part, PART_ACCOUNTS, e);

	for (uint32_t first = 0; st == ST_OK && first < c->n; first += PART_ACCOUNTS) {
		part.n = c->n - first < PART_ACCOUNTS ? c->n - first : PART_ACCOUNTS;
		st = ops->snapshot_load(b->store, c->day.day, first, &part, NULL, e);
		if (st == ST_OK)
			st = figures_take(&c->scores, first, &part, e);
	}
	scores_clear(&part);
	return st == ST_OK ? figures_rank(&c->scores, e) : st;
}

/* The figures of the newest snapshot, and of the next one to come the day. */
static enum status load_scores(struct book *b, struct book_columns *c, struct err *e)
{
	enum status st = figures_init(&c->scores, c->n, e);

	if (st == ST_OK && c->day.day == DAY_NONE)
		no_figures(c);
	else if (st == ST_OK)
		st = load_figures(b, c, e);
	return st == ST_OK ? book_wait(b, e) : st;
}

/* Tiers as they were on the day, which are read where nobody has them. */
static enum status load_tiers(
	struct book *b, struct book_columns *c, const struct tiers *on, struct err *e)
{
	struct snapshot_day newest = { 0 };
	struct tiers read = { 0 };
	enum status st = b->store->ops->snapshot_find(b->store, DAY_MAX, &newest, e);

	if (st == ST_OK && !on)
		st = book_tiers_on(b, c->n, &read, e);
	if (st == ST_OK)
		st = take_tiers(c, on ? on : &read, b->clock.today, e);
	tiers_clear(&read);
	if (c->day.day != newest.day)
		c->until = b->clock.today; /* the next one is somewhere */
	if (st == ST_OK && c->day.day != DAY_NONE)
		st = load_change(b, c, e);
	return st;
}

static bool grow(struct text **texts, uint32_t from, uint32_t to)
{
	struct text *grown = *texts;

	if (to <= from)
		return true;
	grown = realloc(grown, (size_t)to * sizeof(*grown));
	if (!grown)
		return false;
	memset(grown + from, 0, ((size_t)to - from) * sizeof(*grown));
	*texts = grown;
	return true;
}

static enum status take_csm(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book *b = arg;
	struct text name = cells[F_CSM_NAME].t, team = { NULL, 0 };

	/* No import makes them, and who does is not to be locked out by it. */
	if (id < 1 || id > RECORD_CSM_MAX)
		return ST_OK;
	if (cells[F_CSM_TEAM].type == CELL_TEXT)
		team = text_trim(cells[F_CSM_TEAM].t);
	if (!arena_keep(&b->names, &name) || !arena_keep(&b->names, &team) ||
		!grow(&b->csm_name, b->csms, (uint32_t)id) ||
		!grow(&b->csm_team, b->csms, (uint32_t)id))
		return err_set(e, ST_NOMEM, "not enough memory for the CSMs");
	b->csms = (uint32_t)id > b->csms ? (uint32_t)id : b->csms;
	b->csm_name[id - 1] = name;
	b->csm_team[id - 1] = team;
	return ST_OK;
}

struct text book_team(const struct book *b, int32_t csm)
{
	return csm >= 1 && (uint32_t)csm <= b->csms ? b->csm_team[csm - 1]
						    : (struct text){ NULL, 0 };
}

bool book_in_team(const struct book *b, uint32_t csm, uint32_t who)
{
	if (who == csm || csm == 0 || who == 0 || csm > b->csms || who > b->csms)
		return who == csm;
	return b->csm_team[csm - 1].n &&
	       text_ieq(b->csm_team[csm - 1], b->csm_team[who - 1]);
}

static enum status load_csms(struct book *b, struct err *e)
{
	return b->store->ops->rows(b->store, REC_CSM, 0, take_csm, b, e);
}

enum status book_load_columns(struct book *b, struct err *e)
{
	struct book_columns *c = &b->columns;
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	if (st == ST_OK)
		st = book_begin_facts(c, info.last_id, e);
	if (st == ST_OK)
		st = b->store->ops->snapshot_find(b->store, b->clock.today, &c->day, e);
	if (st == ST_OK)
		st = load_scores(b, c, e);
	if (st == ST_OK)
		st = load_tiers(b, c, NULL, e);
	if (st == ST_OK)
		st = book_each_base(b, c->n, true, take_facts, b, e);
	if (st == ST_OK)
		st = load_csms(b, e);
	c->loaded = st == ST_OK;
	return st;
}

enum status book_adopt_columns(struct book *b, struct book_columns *facts,
	struct scores *scores, const struct tiers *tiers, struct err *e)
{
	struct book_columns *c = &b->columns;
	enum status st;

	book_forget(b);
	*c = *facts;
	*facts = (struct book_columns){ 0 };
	st = figures_init(&c->scores, scores->n, e);
	if (st == ST_OK)
		st = figures_take(&c->scores, 0, scores, e);
	scores_clear(scores);
	if (st == ST_OK)
		st = b->store->ops->data_version(b->store, &c->version, e);
	if (st == ST_OK)
		st = b->store->ops->snapshot_find(b->store, b->clock.today, &c->day, e);
	if (st == ST_OK)
		st = load_tiers(b, c, tiers, e);
	if (st == ST_OK)
		st = load_csms(b, e);
	c->loaded = st == ST_OK;
	return st;
}
