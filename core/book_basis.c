#include "core/book_basis.h"

#include <string.h>

#include "core/book_internal.h"

/* Of the one account that was read. */
static void take(struct book_basis *out, const struct base *base)
{
	for (int k = 0; k < SIG_KNOWN; k++) {
		out->signal[k] = base->signal[k][0];
		out->signal_day[k] = base->day[k][0];
	}
	out->tickets = base->tickets[0];
	out->tickets_day = base->tickets_day[0];
	out->last_touch = base->last_touch[0];
	out->renewal = base->renewal[0];
	out->onboarding = base->onboarding[0];
	out->first_value = base->first_value[0];
	out->growth = base->growth[0];
	out->complexity = base->complexity[0];
	out->maturity = base->maturity[0];
	out->stakeholders = base->stakeholders[0];
	out->seats_purchased = base->seats_purchased[0];
	out->features_available = base->features_available[0];
}

static enum status read_basis(struct book *b, uint32_t account, uint8_t tier, int32_t day,
	struct book_basis *out, struct err *e)
{
	struct base base;
	enum status st = book_base_of_one(b, account, day, &base, e);

	if (st == ST_OK) {
		health_explain(&b->policy, &base, 0, tier, &out->health);
		take(out, &base);
	}
	base_clear(&base);
	return st;
}

enum status book_basis(struct book *b, uint32_t account, uint8_t tier, int32_t day,
	struct book_basis *out, struct err *e)
{
	enum status st = b->store->ops->hold(b->store, e);

	memset(out, 0, sizeof(*out));
	out->day = day;
	if (st != ST_OK)
		return st;
	st = read_basis(b, account, tier, day, out, e);
	b->store->ops->release(b->store);
	return st;
}

enum status book_basis_policy_day(
	struct book *b, int32_t version, int32_t *out, struct err *e)
{
	struct policy_version p;
	struct arena a;
	enum status st;

	*out = DAY_NONE;
	arena_init(&a);
	st = b->store->ops->policy_load(b->store, version, &a, &p, e);
	if (st == ST_OK)
		*out = (int32_t)(p.at / DAY_SECONDS);
	arena_clear(&a);
	return st;
}
