#include "core/survival.h"

#include <math.h>

void survival_add(struct survival *s, int32_t days, bool came)
{
	if (days < 0)
		days = 0;
	if (days >= SURVIVAL_DAYS) {
		days = SURVIVAL_DAYS - 1;
		came = false;
	}
	s->n++;
	s->came += came;
	if (came)
		s->came_on[days]++;
	else
		s->seen_to[days]++;
}

double survival_within(const struct survival *s, int32_t days)
{
	uint32_t waiting = s->n;
	double left = 1;
	int32_t d;

	for (d = 0; d <= days && d < SURVIVAL_DAYS && waiting > 0; d++) {
		left *= 1 - (double)s->came_on[d] / waiting;
		waiting -= s->came_on[d] + s->seen_to[d];
	}
	if (s->n == 0 || days < 0 || (d <= days && left > 0))
		return NAN;
	return 1 - left;
}

int32_t survival_median(const struct survival *s)
{
	uint32_t waiting = s->n;
	double left = 1;

	for (int32_t d = 0; d < SURVIVAL_DAYS && waiting > 0; d++) {
		left *= 1 - (double)s->came_on[d] / waiting;
		if (left <= 0.5 + 1e-9) /* a half on paper is a half */
			return d;
		waiting -= s->came_on[d] + s->seen_to[d];
	}
	return -1;
}

double survival_compound(double share, int n)
{
	return 1 - pow(1 - share, n);
}
