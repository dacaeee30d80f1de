#include "core/over_cap.h"

#include <stdio.h>

void over_caps_of(const struct book_summary *s, struct over_caps *out)
{
	*out = (struct over_caps){ .n = 0 };
	for (int t = 1; t < TIER_COUNT; t++)
		if (s->in_tier[t] > s->limit[t - 1])
			out->tier[out->n++] =
				(struct over_cap){ t, s->in_tier[t], s->limit[t - 1] };
}

enum status over_caps_now(struct book *b, struct over_caps *out, struct err *e)
{
	struct book_summary s;
	const enum status st = book_summary(b, &s, e);

	*out = (struct over_caps){ .n = 0 };
	if (st == ST_OK)
		over_caps_of(&s, out);
	return st;
}

void over_caps_text(const struct over_caps *o, char out[OVER_CAPS_MAX])
{
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < o->n; i++) {
		const struct over_cap *x = &o->tier[i];

		n += (size_t)snprintf(out + n, OVER_CAPS_MAX - n,
			"%stier %d holds %u, %u more than its cap of %u", i ? "; " : "",
			x->tier, x->members, x->members - x->limit, x->limit);
	}
	if (n)
		snprintf(out + n, OVER_CAPS_MAX - n,
			": the next review mends it (`tierdesk review --apply`)");
}
