#include "core/service.h"

#include <stdlib.h>

static const struct cell *row_of(
	const struct account_view *v, enum record_kind kind, uint32_t i)
{
	return v->rows[kind].cells + (size_t)i * (size_t)record_of(kind)->count;
}

static int32_t day_of(const struct cell *c)
{
	return c->type == CELL_INT ? (int32_t)c->i : DAY_NONE;
}

static bool in_window(const struct service *s, int32_t day, int32_t as_of)
{
	return day != DAY_NONE && day <= as_of && day > as_of - s->days;
}

static void count_touches(struct service *s, const struct account_view *v, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_TOUCH].n; i++) {
		const struct cell *c = row_of(v, REC_TOUCH, i);
		const int32_t day = day_of(&c[F_TOUCH_DATE]);
		const struct cell *answered = &c[F_TOUCH_TWO_WAY];

		s->human += in_window(s, day, as_of);
		if (answered->type == CELL_INT && answered->i && day <= as_of &&
			day > s->last)
			s->last = day;
	}
}

static void count_messages(struct service *s, const struct account_view *v, int32_t as_of)
{
	for (uint32_t i = 0; i < v->rows[REC_MESSAGE].n; i++) {
		const struct cell *c = row_of(v, REC_MESSAGE, i);

		s->digital += c[F_MESSAGE_KIND].type == CELL_TEXT &&
			      text_eq(c[F_MESSAGE_KIND].t, TEXT("customer")) &&
			      in_window(s, day_of(&c[F_MESSAGE_SENT]), as_of);
	}
}

void service_of(const struct policy *p, const struct account_view *v, int tier,
	int32_t as_of, struct service *out)
{
	const int32_t cadence[TIER_COUNT] = { (int32_t)p->number[POLICY_ALERT_NO_TOUCH_1],
		(int32_t)p->number[POLICY_ALERT_NO_TOUCH_2], 0 };
	const int row = tiers_served(tier) - 1;
	uint32_t all;

	*out = (struct service){ .cadence = cadence[row],
		.last = DAY_NONE,
		.days = (int32_t)p->number[POLICY_SERVICE_DAYS],
		.target = (int)p->number[POLICY_SERVICE_HUMAN_1 + row],
		.share = -1 };
	count_touches(out, v, as_of);
	count_messages(out, v, as_of);
	out->late = out->cadence &&
		    (out->last == DAY_NONE || as_of - out->last > out->cadence);
	all = out->human + out->digital;
	if (all == 0)
		return;
	out->share = (int)((100 * (uint64_t)out->human + all / 2) / all);
	out->off =
		abs(out->share - out->target) > (int)p->number[POLICY_SERVICE_TOLERANCE];
}
