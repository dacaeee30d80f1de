/* The answers to exit surveys, in words. */
#include <stdio.h>

#include "core/convert.h"
#include "core/revenue_text.h"

/* "support 5, price 3": what most said, those without a cause last. */
static void list_said(const struct revenue_exits *x, char *out, size_t size)
{
	bool told[CHURN_CLASSES] = { false };
	size_t n = 0;

	out[0] = '\0';
	for (;;) {
		int best = -1;

		for (int k = 0; k < CHURN_CLASSES; k++)
			if (!told[k] && x->said[k] && k != CHURN_UNKNOWN &&
				(best < 0 || x->said[k] > x->said[best]))
				best = k;
		if (best < 0 || n >= size)
			break;
		told[best] = true;
		n += (size_t)snprintf(out + n, size - n, "%s%s %u", n ? ", " : "",
			churn_classes[best].name, x->said[best]);
	}
	if (x->said[CHURN_UNKNOWN] && n < size)
		snprintf(out + n, size - n, "%sno known cause %u", n ? ", " : "",
			x->said[CHURN_UNKNOWN]);
}

char *revenue_exits_text(const struct revenue *r, char out[REVENUE_TEXT_MAX])
{
	const struct revenue_exits *x = &r->exits;
	const uint32_t lost = r->all.money.cohort.lost;
	const struct interval w = interval_wilson(x->answered, lost);
	char said[200];

	if (!x->answered) {
		snprintf(out, REVENUE_TEXT_MAX, "0 of %u answered", lost);
		return out;
	}
	list_said(x, said, sizeof(said));
	snprintf(out, REVENUE_TEXT_MAX, "%u of %u answered, %.0f %% (%.0f to %.0f): %s",
		x->answered, lost, 100.0 * x->answered / lost, 100 * w.low, 100 * w.high,
		said);
	return out;
}

char *revenue_unclear_text(const struct revenue *r, const struct revenue_unclear *x,
	char out[REVENUE_TEXT_MAX])
{
	const uint8_t cause = r->cause[x->account - 1];
	char day[DAY_TEXT_MAX];

	snprintf(out, REVENUE_TEXT_MAX, "%.*s (%s, %s%s)",
		convert_shown(x->said, REVENUE_TEXT_MAX - 64), x->said.s,
		day_format(x->day, day),
		cause == CHURN_UNKNOWN ? "no reason on record" : "on record ",
		cause == CHURN_UNKNOWN ? "" : churn_classes[cause].name);
	return out;
}
