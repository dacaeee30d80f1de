/* Scores: one block of memory, cut into the arrays of every figure. */
#include "core/scores.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"

const char *const component_name[COMP_COUNT] = {
	[COMP_USAGE] = "usage",
	[COMP_ADOPTION] = "adoption",
	[COMP_SUPPORT] = "support",
	[COMP_SENTIMENT] = "sentiment",
	[COMP_UTILISATION] = "utilisation",
	[COMP_ENGAGEMENT] = "engagement",
	[COMP_STAKEHOLDER] = "stakeholder",
	[COMP_RENEWAL] = "renewal",
};

#define SCORE_DOUBLES 4u
#define SCORE_MONEYS 2u
#define SCORE_BYTES_EACH \
	(SCORE_DOUBLES * sizeof(double) + SCORE_MONEYS * sizeof(int64_t) + COMP_COUNT + 2)

enum status scores_init(struct scores *s, uint32_t n, struct err *e)
{
	/* One account more than asked for: memory is never NULL for an empty book. */
	size_t room = (size_t)n + 1;
	*s = (struct scores){ .n = n };
	if (room > SIZE_MAX / SCORE_BYTES_EACH ||
		(s->memory = malloc(room * SCORE_BYTES_EACH)) == NULL)
		return err_set(
			e, ST_NOMEM, "out of memory for the scores of %u accounts", n);
	s->coverage = s->memory;
	s->value_pct = s->coverage + room;
	s->effort = s->value_pct + room;
	s->score = s->effort + room;
	s->arr = (int64_t *)(s->score + room);
	s->value = s->arr + room;
	s->health = (uint8_t *)(s->value + room);
	s->assumed = s->health + room;
	for (int c = 0; c < COMP_COUNT; c++)
		s->points[c] = s->assumed + (size_t)(1 + c) * room;

	for (size_t i = 0; i < SCORE_DOUBLES * room; i++)
		s->coverage[i] = (double)NAN;
	for (size_t i = 0; i < SCORE_MONEYS * room; i++)
		s->arr[i] = MONEY_NONE;
	memset(s->health, HEALTH_NONE, room);
	memset(s->assumed, 0, room);
	memset(s->points[0], POINTS_MISSING, COMP_COUNT * room);
	return ST_OK;
}

enum status scores_init_brief(struct scores *s, uint32_t n, struct err *e)
{
	const size_t room = (size_t)n + 1;

	*s = (struct scores){ .n = n };
	s->memory = malloc(room * (4 * sizeof(double) + sizeof(int64_t) + 3));
	if (!s->memory)
		return err_set(
			e, ST_NOMEM, "out of memory for the figures of %u accounts", n);
	s->coverage = s->memory;
	s->value_pct = s->coverage + room;
	s->effort = s->value_pct + room;
	s->score = s->effort + room;
	s->value = (int64_t *)(s->score + room);
	s->health = (uint8_t *)(s->value + room);
	s->assumed = s->health + room;
	s->points[COMP_USAGE] = s->assumed + room;
	memset(s->health, HEALTH_NONE, room);
	return ST_OK;
}

void scores_clear(struct scores *s)
{
	free(s->memory);
	*s = (struct scores){ 0 };
}
