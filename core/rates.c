#include "core/rates.h"

#include <string.h>

enum status rates_of(
	struct rates *r, const struct policy *p, struct store *s, struct err *e)
{
	const char(*codes)[4];
	uint32_t n;
	enum status st = s->ops->currencies(s, &codes, &n, e);

	memset(r, 0, sizeof(*r));
	if (st != ST_OK)
		return st;
	r->rate[0] = 1;
	r->n = n;
	for (uint32_t i = 1; i < n && i < 256; i++) {
		r->rate[i] = policy_rate(p, codes[i]);
		memcpy(r->code[i], codes[i], sizeof(r->code[i]));
	}
	return st;
}
