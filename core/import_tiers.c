/* Tiers from a file: they count against the caps once all rows are in. */
#include "core/import_tiers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"
#include "core/import_result.h"

enum status import_tiers_want(
	struct import_tiers *t, uint32_t account, uint8_t tier, struct err *e)
{
	if (account > t->n) {
		uint64_t room = (uint64_t)account + account / 2 + 1024;
		uint8_t *grown = room <= UINT32_MAX ? realloc(t->wanted, room) : NULL;
		if (grown == NULL)
			return err_set(e, ST_NOMEM, "out of memory for the tiers");
		memset(grown + t->n, TIER_NONE, room - t->n);
		t->wanted = grown;
		t->n = (uint32_t)room;
	}
	t->wanted[account - 1] = tier;
	return ST_OK;
}

void import_tiers_clear(struct import_tiers *t)
{
	free(t->wanted);
	*t = (struct import_tiers){ 0 };
}

struct placing {
	struct tiers tiers;
	uint32_t active, changed, inactive, locked;
	uint32_t before[TIER_COUNT], after[TIER_COUNT]; /* active members */
};

static void place_part(const struct import_tiers *t, const struct part *part,
	int32_t as_of, struct placing *p)
{
	for (uint32_t at = 0; at < part->n; at++) {
		uint32_t i = part->first_id + at - 1;
		uint8_t want = i < t->n ? t->wanted[i] : TIER_NONE;
		if (i >= p->tiers.n)
			return;
		if (!base_active(part, at, as_of)) {
			p->inactive += want != TIER_NONE;
			continue;
		}
		p->active++;
		uint8_t *tier = &p->tiers.tier[i];
		if (*tier != TIER_NONE)
			p->before[*tier - 1]++;
		if (want != TIER_NONE && want != *tier &&
			tiers_locked(&p->tiers, i + 1, as_of)) {
			p->locked++;
		} else if (want != TIER_NONE && want != *tier) {
			*tier = want;
			p->tiers.since[i] = as_of;
			p->tiers.up[i] = p->tiers.down[i] = 0;
			p->changed++;
		}
		if (*tier != TIER_NONE)
			p->after[*tier - 1]++;
	}
}

static enum status place_all(const struct import_tiers *t, struct store *s, int32_t as_of,
	struct placing *p, struct err *e)
{
	struct part part;
	enum status st = part_init(&part, e);
	if (st != ST_OK)
		return st;
	for (uint32_t n = 0; st == ST_OK && n * PART_ACCOUNTS < p->tiers.n; n++) {
		st = s->ops->part(s, n, as_of, &part, e);
		if (st == ST_OK)
			place_part(t, &part, as_of, p);
	}
	part_clear(&part);
	return st;
}

/* late: why not, of the tiers before. */
static enum status refuse_late(
	const struct err *late, const struct import_request *q, struct err *e)
{
	return err_set(e, ST_FORBIDDEN, "%s: %s: leave tiers out with %s", q->name,
		late->text, import_words_of(q)->tiers);
}

/* A lock is a person's word with a reason: no file takes it back. */
static enum status check_locks(
	const struct placing *p, const struct import_request *q, struct err *e)
{
	if (p->locked == 0)
		return ST_OK;
	return err_set(e, ST_FORBIDDEN,
		"%s: it gives %" PRIu32
		" locked account%s another tier: unlock %s first, or "
		"leave tiers out with %s",
		q->name, p->locked, TEXT_S(p->locked), p->locked == 1 ? "it" : "them",
		import_words_of(q)->tiers);
}

static enum status check_caps(
	const struct placing *p, const struct import_request *q, struct err *e)
{
	for (uint32_t i = 0; i + 1 < TIER_COUNT; i++) {
		uint32_t cap = tiers_cap(q->cap_bp[i], p->active);
		if (p->after[i] <= cap || p->after[i] <= p->before[i])
			continue;
		return err_set(e, ST_FORBIDDEN,
			"%s: tier %u would have %u accounts, %u over its cap of %u "
			"(%u.%02u "
			"%% of %u active): give fewer, or leave tiers out with %s",
			q->name, i + 1, p->after[i], p->after[i] - cap, cap,
			q->cap_bp[i] / 100, q->cap_bp[i] % 100, p->active,
			import_words_of(q)->tiers);
	}
	return ST_OK;
}

enum status import_tiers_save(struct import_tiers *t, struct store *s,
	const struct import_request *q, struct import_history *h,
	struct import_result *result, struct err *e)
{
	struct placing p = { 0 };
	if (t->n == 0)
		return ST_OK;
	enum status st = s->ops->tiers_load(s, &p.tiers, e);
	if (st != ST_OK)
		return st;
	struct err late = { .status = ST_OK };
	const bool forward = tiers_check_day(&p.tiers, q->as_of, &late) == ST_OK;
	st = place_all(t, s, q->as_of, &p, e);
	if (st == ST_OK && p.changed > 0 && !forward)
		st = refuse_late(&late, q, e);
	if (st == ST_OK)
		st = check_locks(&p, q, e);
	if (st == ST_OK)
		st = check_caps(&p, q, e);
	if (st == ST_OK && p.changed > 0)
		st = import_history_tiers(h, &p.tiers, e);
	if (st == ST_OK && p.changed > 0)
		st = s->ops->tiers_save(s, &p.tiers, q->as_of, p.active, e);
	tiers_clear(&p.tiers);
	if (st == ST_OK && p.changed > 0)
		import_result_note(result, "tier set for %" PRIu32 " account%s",
			p.changed, TEXT_S(p.changed));
	if (st == ST_OK && p.inactive > 0)
		import_result_note(result,
			"tier not taken for %" PRIu32 " account%s not active on the day",
			p.inactive, TEXT_S(p.inactive));
	return st;
}
