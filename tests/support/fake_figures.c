/* The figures the fake store is handed to keep: snapshots, tiers, reviews, policies. */
#include "tests/support/fake_state.h"
#include "tests/support/fake_store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/review.h"

/* ---- snapshots --------------------------------------------------------------- */

static enum status in_transaction(struct store *s, struct err *e)
{
	if (!fake_of(s)->in_transaction)
		return err_set(e, ST_USAGE, "a change outside a transaction");
	return ST_OK;
}

static double rounded(double x)
{
	return floor(x * SCORES_SCALE + 0.5) / SCORES_SCALE;
}

/* Takes the snapshot of a day out. */
static void forget(struct fake_state *now, int32_t day)
{
	struct fake_list *days = &now->list[LIST_SNAPSHOT];
	struct fake_list *figures = &now->list[LIST_FIGURES];
	uint32_t kept = 0;

	for (uint32_t i = 0; i < days->n; i++) {
		struct snapshot_day *d = fake_item(now, LIST_SNAPSHOT, i);

		if (d->day != day)
			*(struct snapshot_day *)fake_item(now, LIST_SNAPSHOT, kept++) =
				*d;
	}
	days->n = kept;
	kept = 0;
	for (uint32_t i = 0; i < figures->n; i++) {
		struct fake_figures *f = fake_item(now, LIST_FIGURES, i);

		if (f->row.at.day != day)
			*(struct fake_figures *)fake_item(now, LIST_FIGURES, kept++) = *f;
	}
	figures->n = kept;
}

enum status fake_snapshot_save(struct store *s, struct snapshot_day at,
	const struct scores *scores, const struct tiers *tiers, struct err *e)
{
	struct fake_state *now = &fake_of(s)->now;
	enum status st = in_transaction(s, e);

	if (st != ST_OK)
		return st;
	forget(now, at.day);
	*(struct snapshot_day *)fake_add(now, LIST_SNAPSHOT) = at;
	for (uint32_t i = 0; i < scores->n; i++) {
		struct fake_figures *f;

		if (scores->health[i] == HEALTH_NONE)
			continue;
		f = fake_add(now, LIST_FIGURES);
		f->account = i + 1;
		f->assumed = scores->assumed[i];
		f->row = (struct snapshot_row){
			.at = at,
			.health = scores->health[i],
			.tier = i < tiers->n ? tiers->tier[i] : TIER_NONE,
			.coverage = rounded(scores->coverage[i]),
			.effort = rounded(scores->effort[i]),
			.score = rounded(scores->score[i]),
			.value = scores->value[i],
		};
		for (int c = 0; c < COMP_COUNT; c++)
			f->row.points[c] = scores->points[c][i];
	}
	return ST_OK;
}

enum status fake_snapshot_find(
	struct store *s, int32_t on_or_before, struct snapshot_day *out, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	(void)e;
	*out = (struct snapshot_day){ .day = DAY_NONE };
	for (uint32_t i = 0; i < now->list[LIST_SNAPSHOT].n; i++) {
		const struct snapshot_day *d = fake_item(now, LIST_SNAPSHOT, i);

		if (d->day <= on_or_before && d->day > out->day)
			*out = *d;
	}
	return ST_OK;
}

static void scores_missing(struct scores *scores, uint8_t *tier)
{
	scores->active = 0;
	for (uint32_t i = 0; i < scores->n; i++) {
		scores->health[i] = HEALTH_NONE;
		for (int c = 0; c < COMP_COUNT; c++)
			if (scores->points[c])
				scores->points[c][i] = POINTS_MISSING;
		if (scores->arr)
			scores->arr[i] = MONEY_NONE;
		scores->value[i] = MONEY_NONE;
		scores->coverage[i] = scores->value_pct[i] = scores->effort[i] =
			scores->score[i] = (double)NAN;
		scores->assumed[i] = 0;
		if (tier)
			tier[i] = TIER_NONE;
	}
}

enum status fake_snapshot_load(struct store *s, int32_t day, uint32_t first,
	struct scores *scores, uint8_t *tier, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	struct snapshot_day at;

	(void)fake_snapshot_find(s, day, &at, e); /* looking can't fail */
	if (at.day != day || day == DAY_NONE)
		return err_set(e, ST_NOTFOUND, "no snapshot of this day");
	scores_missing(scores, tier);
	for (uint32_t k = 0; k < now->list[LIST_FIGURES].n; k++) {
		const struct fake_figures *f = fake_item(now, LIST_FIGURES, k);
		uint32_t i = f->account - 1 - first;

		if (f->row.at.day != day || f->account <= first || i >= scores->n)
			continue;
		scores->active++;
		scores->health[i] = f->row.health;
		for (int c = 0; c < COMP_COUNT; c++)
			if (scores->points[c])
				scores->points[c][i] = f->row.points[c];
		scores->coverage[i] = f->row.coverage;
		scores->effort[i] = f->row.effort;
		scores->score[i] = f->row.score;
		scores->value[i] = f->row.value;
		scores->assumed[i] = f->assumed;
		if (tier)
			tier[i] = f->row.tier;
	}
	return ST_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct fake_figures *const *x = a, *const *y = b;

	return ((*x)->row.at.day > (*y)->row.at.day) -
	       ((*x)->row.at.day < (*y)->row.at.day);
}

enum status fake_snapshot_history(struct store *s, uint32_t account, int32_t from,
	int32_t to, snapshot_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	const struct fake_figures **found =
		malloc((now->list[LIST_FIGURES].n + 1) * sizeof(*found));
	enum status st = ST_OK;
	size_t n = 0;

	if (!found)
		return err_set(e, ST_NOMEM, "not enough memory");
	for (uint32_t i = 0; i < now->list[LIST_FIGURES].n; i++) {
		const struct fake_figures *f = fake_item(now, LIST_FIGURES, i);

		if (f->account == account && f->row.at.day >= from && f->row.at.day <= to)
			found[n++] = f;
	}
	qsort(found, n, sizeof(*found), by_day);
	for (size_t i = 0; st == ST_OK && i < n; i++)
		st = fn(arg, &found[i]->row, e);
	free(found);
	return st;
}

enum status fake_snapshot_health(struct store *s, int32_t day, uint32_t first, uint32_t n,
	uint8_t *health, uint8_t *tier, struct err *e)
{
	struct scores all = { 0 };
	uint8_t *tiers = calloc((size_t)first + n + 1, 1);
	enum status st = scores_init(&all, first + n, e);

	if (st == ST_OK)
		st = fake_snapshot_load(s, day, 0, &all, tiers, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		health[i] = all.health[first + i];
		tier[i] = tiers[first + i];
	}
	scores_clear(&all);
	free(tiers);
	return st;
}

enum status fake_snapshot_healths(struct store *s, int32_t from, int32_t to,
	uint32_t first, uint32_t n, healths_fn fn, void *arg, struct err *e)
{
	uint8_t *health = calloc(2 * (size_t)n + 1, 1);
	struct snapshot_day at = { .day = to + 1 };
	enum status st = health ? ST_OK : ST_NOMEM;

	while (st == ST_OK) {
		st = fake_snapshot_find(s, at.day - 1, &at, e);
		if (st != ST_OK || at.day == DAY_NONE || at.day < from)
			break;
		st = fake_snapshot_health(s, at.day, first, n, health, health + n, e);
		if (st == ST_OK)
			st = fn(arg, at.day, first, n, health, e);
	}
	free(health);
	return st;
}

static struct snapshot_sums sums_of(const struct fake_state *now, struct snapshot_day at)
{
	struct snapshot_sums sums = { .at = at };

	for (uint32_t i = 0; i < now->list[LIST_FIGURES].n; i++) {
		const struct fake_figures *f = fake_item(now, LIST_FIGURES, i);

		if (f->row.at.day != at.day)
			continue;
		sums.health[f->row.health]++;
		sums.tier[f->row.tier]++;
	}
	return sums;
}

enum status fake_snapshot_sums(
	struct store *s, int32_t from, int32_t to, sums_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	int32_t last = DAY_NONE;

	for (;;) { /* the next day after the last */
		const struct snapshot_day *next = NULL;
		struct snapshot_sums sums;
		enum status st;

		for (uint32_t i = 0; i < now->list[LIST_SNAPSHOT].n; i++) {
			const struct snapshot_day *d = fake_item(now, LIST_SNAPSHOT, i);

			if (d->day > last && d->day >= from && d->day <= to &&
				(!next || d->day < next->day))
				next = d;
		}
		if (!next)
			return ST_OK;
		last = next->day;
		sums = sums_of(now, *next);
		st = fn(arg, &sums, e);
		if (st != ST_OK)
			return st;
	}
}

enum status fake_tickets_opened(
	struct store *s, int32_t from, int32_t to, ticket_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < now->list[REC_TICKET].n; i++) {
		const struct cell *c = fake_row(now, REC_TICKET, i)->cells;
		const struct cell cause = c[F_TICKET_CAUSE];

		if (!fake_row(now, REC_TICKET, i)->gone && c[F_TICKET_OPENED].i >= from &&
			c[F_TICKET_OPENED].i <= to)
			st = fn(arg, (uint32_t)c[F_TICKET_ACCOUNT].i,
				(int32_t)c[F_TICKET_OPENED].i,
				cause.type == CELL_TEXT ? cause.t
							: (struct text){ NULL, 0 },
				e);
	}
	return st;
}

/* ---- tiers and reviews ------------------------------------------------------- */

enum status fake_tiers_load(struct store *s, struct tiers *t, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = tiers_init(t, fake_last_account(now), e);

	if (st != ST_OK)
		return st;
	t->review_day = now->review_day;
	for (uint32_t i = 0; i < t->n; i++) {
		struct fake_tier row = { .tier = TIER_NONE, .since = DAY_NONE };

		if (i < now->list[LIST_TIER].n)
			row = *(struct fake_tier *)fake_item(now, LIST_TIER, i);
		t->tier[i] = row.tier;
		t->since[i] = row.since;
		t->up[i] = row.up;
		t->down[i] = row.down;
	}
	for (uint32_t i = 0; st == ST_OK && i < now->list[REC_LOCK].n; i++) {
		const struct cell *c = fake_row(now, REC_LOCK, i)->cells;

		if (fake_row(now, REC_LOCK, i)->gone)
			continue;
		st = tiers_lock(t, (uint32_t)c[F_LOCK_ACCOUNT].i,
			c[F_LOCK_SINCE].type == CELL_INT ? (int32_t)c[F_LOCK_SINCE].i
							 : DAY_NONE,
			(int32_t)c[F_LOCK_UNTIL].i, e);
	}
	return st;
}

static enum status check_caps(const struct fake_state *now, const struct tiers *t,
	uint32_t active, struct err *e)
{
	for (uint8_t tier = 1; tier <= TIER_COUNT; tier++) {
		uint32_t cap = tiers_cap(now->cap_bp[tier - 1], active);
		uint32_t held = 0, wanted = 0;

		if (now->cap_bp[tier - 1] >= 10000)
			continue; /* all of the base: no cap */
		for (uint32_t i = 0; i < now->list[LIST_TIER].n; i++)
			held += ((struct fake_tier *)fake_item(now, LIST_TIER, i))
					->tier == tier;
		for (uint32_t i = 0; i < t->n; i++)
			wanted += t->tier[i] == tier;
		if (wanted > cap && wanted > held)
			return err_set(e, ST_FORBIDDEN,
				"tier %u: %u accounts, room for %u", tier, wanted, cap);
	}
	return ST_OK;
}

/* Accounts that are active on the day of the last count. */
static uint32_t count_active(const struct fake_state *now)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < now->list[REC_ACCOUNT].n; i++) {
		const struct fake_row *row = fake_row(now, REC_ACCOUNT, i);
		const struct cell *c = row->cells;
		const bool churned =
			c[F_CHURNED_ON].type == CELL_INT
				? c[F_CHURNED_ON].i <= now->as_of
				: c[F_STATUS].type == CELL_TEXT &&
					  text_eq(c[F_STATUS].t, TEXT("churned"));

		n += !row->gone && !churned &&
		     (c[F_CONTRACT_START].type == CELL_MISSING ||
			     c[F_CONTRACT_START].i <= now->as_of);
	}
	return n;
}

enum status fake_tiers_save(struct store *s, const struct tiers *t, int32_t as_of,
	uint32_t active, struct err *e)
{
	struct fake_state *now = &fake_of(s)->now;
	enum status st = in_transaction(s, e);

	if (as_of == DAY_NONE)
		active = count_active(now);
	if (st == ST_OK)
		st = check_caps(now, t, active, e);
	if (st != ST_OK)
		return st;
	if (as_of != DAY_NONE)
		now->as_of = as_of;
	now->list[LIST_TIER].n = 0;
	for (uint32_t i = 0; i < t->n; i++)
		*(struct fake_tier *)fake_add(now, LIST_TIER) =
			(struct fake_tier){ t->tier[i], t->up[i], t->down[i],
				t->since[i] };
	now->review_day = t->review_day;
	return ST_OK;
}

enum status fake_review_save(struct store *s, const struct review *r, int64_t at,
	const char *actor, int64_t *number, struct err *e)
{
	struct fake_state *now = &fake_of(s)->now;
	enum status st = in_transaction(s, e);

	(void)at;
	(void)actor; /* the port does not read them back */
	if (st != ST_OK)
		return st;
	*(struct fake_review *)fake_add(now, LIST_REVIEW) =
		(struct fake_review){ r->as_of, r->after.review_day };
	*number = now->list[LIST_REVIEW].n;
	for (uint32_t i = 0; i < r->moves_n; i++) {
		struct tier_move *m = fake_add(now, LIST_MOVE);

		*m = r->moves[i];
		m->review = *number;
		m->day = r->as_of;
		m->policy_version = r->policy_version;
	}
	return ST_OK;
}

enum status fake_review_day(
	struct store *s, int32_t on_or_before, int32_t *day, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	(void)e;
	*day = DAY_NONE;
	for (uint32_t i = 0; i < now->list[LIST_REVIEW].n; i++) {
		const struct fake_review *r = fake_item(now, LIST_REVIEW, i);

		if (r->as_of <= on_or_before)
			*day = r->review_day;
	}
	return ST_OK;
}

enum status fake_moves(
	struct store *s, uint32_t account, move_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t i = 0; i < now->list[LIST_MOVE].n && st == ST_OK; i++) {
		const struct tier_move *m = fake_item(now, LIST_MOVE, i);

		if (!account || m->account == account)
			st = fn(arg, m, e);
	}
	return st;
}

/* ---- policies ---------------------------------------------------------------- */

enum status fake_policy_load(struct store *s, int32_t version, struct arena *a,
	struct policy_version *out, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	int64_t n = now->list[LIST_POLICY].n;

	if (version == 0)
		version = (int32_t)n;
	if (version < 1 || version > n)
		return err_set(e, ST_NOTFOUND, "no policy version %d", version);
	*out = *(struct policy_version *)fake_item(
		now, LIST_POLICY, (uint32_t)version - 1);
	out->author = arena_strdup(a, out->author);
	out->reason = arena_strdup(a, out->reason);
	out->text = arena_strdup(a, out->text);
	return ST_OK;
}

enum status fake_policy_save(struct store *s, const struct policy_version *p,
	const uint32_t cap_bp[TIER_COUNT], int32_t *version, struct err *e)
{
	struct fake_store *f = fake_of(s);
	enum status st = in_transaction(s, e);
	struct policy_version *row;

	if (st != ST_OK)
		return st;
	row = fake_add(&f->now, LIST_POLICY);
	*row = *p;
	row->version = *version = (int32_t)f->now.list[LIST_POLICY].n;
	row->author = fake_text(f, text_of(p->author)).s;
	row->reason = fake_text(f, text_of(p->reason)).s;
	row->text = fake_text(f, text_of(p->text)).s;
	memcpy(f->now.cap_bp, cap_bp, sizeof(f->now.cap_bp));
	return ST_OK;
}

void fake_store_begun(struct store *s, int64_t seconds)
{
	struct policy_version *first = fake_item(&fake_of(s)->now, LIST_POLICY, 0);

	first->at += seconds;
}
