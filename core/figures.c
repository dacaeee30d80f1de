/* Figures: one block of memory, cut into the arrays of every figure. */
#include "core/figures.h"

#include <stdlib.h>
#include <string.h>

#include "core/money.h"

#define BYTES_EACH (2 * sizeof(int32_t) + sizeof(uint32_t) + sizeof(int16_t) + 2)

enum status figures_init(struct figures *f, uint32_t n, struct err *e)
{
	/* One account more than asked for: memory is never NULL for an empty book. */
	const size_t room = (size_t)n + 1;

	*f = (struct figures){ .n = n };
	f->memory = malloc(room * BYTES_EACH);
	if (!f->memory)
		return err_set(
			e, ST_NOMEM, "out of memory for the figures of %u accounts", n);
	f->effort_steps = f->memory;
	f->score_steps = f->effort_steps + room;
	f->rank = (uint32_t *)(f->score_steps + room);
	f->coverage_steps = (int16_t *)(f->rank + room);
	f->health = (uint8_t *)(f->coverage_steps + room);
	f->marks = f->health + room;
	for (size_t i = 0; i < room; i++) {
		f->effort_steps[i] = f->score_steps[i] = INT32_MIN;
		f->coverage_steps[i] = -1;
	}
	memset(f->rank, 0, room * sizeof(*f->rank));
	memset(f->health, HEALTH_NONE, room);
	memset(f->marks, 0, room);
	return amounts_init(&f->value, n, e);
}

void figures_clear(struct figures *f)
{
	amounts_clear(&f->value);
	free(f->memory);
	*f = (struct figures){ 0 };
}

static int16_t coverage_steps(double coverage)
{
	const int32_t steps = scores_steps(coverage);

	return steps < 0 || steps > INT16_MAX ? (int16_t)-1 : (int16_t)steps;
}

enum status figures_take(
	struct figures *f, uint32_t first, const struct scores *s, struct err *e)
{
	for (uint32_t k = 0; k < s->n; k++) {
		const size_t i = (size_t)first + k;

		f->health[i] = s->health[k];
		f->marks[i] = (uint8_t)((s->assumed[k] ? FIGURES_ASSUMED : 0) |
					(s->points[COMP_USAGE][k] != POINTS_MISSING
							? FIGURES_USAGE
							: 0));
		f->coverage_steps[i] = coverage_steps(s->coverage[k]);
		f->effort_steps[i] = scores_steps(s->effort[k]);
		f->score_steps[i] = scores_steps(s->score[k]);
		f->rank[i] = axes_rank_of(s->value_pct[k], s->active);
	}
	f->active = s->active;
	return amounts_put(&f->value, first, s->value, s->n, e);
}

enum status figures_rank(struct figures *f, struct err *e)
{
	return axes_rank(f->health, &f->value, f->n, f->rank, &f->active, e);
}

uint32_t figures_rank_from(const struct figures *f, double value_pct)
{
	return axes_rank_from(f->active, value_pct);
}

int32_t figures_steps_from(double line)
{
	int32_t steps = scores_steps(line < 0 ? 0 : line);

	while (steps > 0 && scores_from_steps(steps - 1) >= line)
		steps--;
	while (steps >= 0 && scores_from_steps(steps) < line)
		steps++;
	return steps < 0 ? INT32_MAX : steps;
}
