/* Tiers: their memory and the size of a cap. */
#include "core/tiers.h"

#include <stdlib.h>
#include <string.h>

enum status tiers_init(struct tiers *t, uint32_t n, struct err *e)
{
	/* One account more than asked for: memory is never NULL for an empty book. */
	size_t room = (size_t)n + 1;
	size_t each = 3 * sizeof(int32_t) + 3;
	*t = (struct tiers){ .n = n, .review_day = DAY_NONE };
	if (room > SIZE_MAX / each || (t->memory = malloc(room * each)) == NULL)
		return err_set(
			e, ST_NOMEM, "out of memory for the tiers of %u accounts", n);
	t->since = t->memory;
	t->locked_from = t->since + room;
	t->locked_until = t->locked_from + room;
	t->tier = (uint8_t *)(t->locked_until + room);
	t->up = t->tier + room;
	t->down = t->up + room;
	for (size_t i = 0; i < 3 * room; i++)
		t->since[i] = DAY_NONE;
	memset(t->tier, TIER_NONE, 3 * room);
	return ST_OK;
}

void tiers_clear(struct tiers *t)
{
	free(t->memory);
	*t = (struct tiers){ .review_day = DAY_NONE };
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
