/* Tiers: their memory and the size of a cap. */
#include "core/tiers.h"

#include <stdlib.h>
#include <string.h>

#include "core/by_account.h"

enum status tiers_init(struct tiers *t, uint32_t n, struct err *e)
{
	/* One account more than asked for: memory is never NULL for an empty book. */
	size_t room = (size_t)n + 1;
	*t = (struct tiers){ .n = n, .review_day = DAY_NONE };
	t->since = malloc(room * sizeof(*t->since));
	t->memory = malloc(3 * room);
	if (t->since == NULL || t->memory == NULL) {
		tiers_clear(t);
		return err_set(
			e, ST_NOMEM, "out of memory for the tiers of %u accounts", n);
	}
	t->tier = t->memory;
	t->up = t->tier + room;
	t->down = t->up + room;
	for (size_t i = 0; i < room; i++)
		t->since[i] = DAY_NONE;
	memset(t->tier, TIER_NONE, 3 * room);
	return ST_OK;
}

void tiers_clear(struct tiers *t)
{
	free(t->memory);
	free(t->since);
	free(t->lock);
	*t = (struct tiers){ .review_day = DAY_NONE };
}

/* Of the first lock that is the account's or a later one's. */
static uint32_t place_of(const struct tiers *t, uint32_t account)
{
	return by_account_first(t->lock, sizeof(*t->lock),
		offsetof(struct tier_lock, account), t->locks, account);
}

const struct tier_lock *tiers_lock_of(const struct tiers *t, uint32_t account)
{
	const uint32_t at = place_of(t, account);

	return at < t->locks && t->lock[at].account == account ? &t->lock[at] : NULL;
}

enum status tiers_lock(
	struct tiers *t, uint32_t account, int32_t from, int32_t until, struct err *e)
{
	const uint32_t at = t->locks && t->lock[t->locks - 1].account < account
				    ? t->locks
				    : place_of(t, account);
	const struct tier_lock lock = { account, from, until };

	if (at < t->locks && t->lock[at].account == account) {
		t->lock[at] = lock;
		return ST_OK;
	}
	if (t->locks == t->locks_room) {
		const uint32_t room = t->locks_room ? 2 * t->locks_room : 16;
		struct tier_lock *grown = realloc(t->lock, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "out of memory for the locks");
		t->lock = grown;
		t->locks_room = room;
	}
	memmove(t->lock + at + 1, t->lock + at, (t->locks - at) * sizeof(lock));
	t->lock[at] = lock;
	t->locks++;
	return ST_OK;
}

enum status tiers_lock_as(struct tiers *t, const struct tiers *other, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < other->locks; k++) {
		const struct tier_lock *l = &other->lock[k];

		if (l->account <= t->n)
			st = tiers_lock(t, l->account, l->from, l->until, e);
	}
	return st;
}

int32_t tiers_day(const struct tiers *t)
{
	int32_t day = t->review_day;

	for (uint32_t i = 0; i < t->n; i++)
		day = t->since[i] > day ? t->since[i] : day;
	return day;
}

enum status tiers_check_day(const struct tiers *t, int32_t as_of, struct err *e)
{
	const int32_t last = tiers_day(t);
	char day[DAY_TEXT_MAX];

	if (last <= as_of)
		return ST_OK;
	return err_set(e, ST_FORBIDDEN,
		"tiers were changed as of %s already: they go forward in time",
		day_format(last, day));
}

uint32_t tiers_cap(uint32_t share_bp, uint32_t active)
{
	uint64_t places = (uint64_t)share_bp * active / 10000;
	if (places < 1)
		return 1;
	return places > UINT32_MAX ? UINT32_MAX : (uint32_t)places;
}
