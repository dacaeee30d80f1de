#include "core/book_basis.h"

#include <string.h>

#include "core/book_internal.h"

static void take(struct book_basis *out, const struct base *base, uint32_t i)
{
	for (int k = 0; k < SIG_KNOWN; k++) {
		out->signal[k] = base->signal[k][i];
		out->signal_day[k] = base->day[k][i];
	}
	out->tickets = base->tickets[i];
	out->tickets_day = base->tickets_day[i];
	out->last_touch = base->last_touch[i];
	out->renewal = base->renewal[i];
	out->onboarding = base->onboarding[i];
	out->first_value = base->first_value[i];
	out->growth = base->growth[i];
	out->complexity = base->complexity[i];
	out->maturity = base->maturity[i];
	out->stakeholders = base->stakeholders[i];
	out->seats_purchased = base->seats_purchased[i];
	out->features_available = base->features_available[i];
}

static enum status read_basis(struct book *b, uint32_t account, uint8_t tier, int32_t day,
	struct book_basis *out, struct err *e)
{
	const uint32_t i = (account - 1) % PART_ACCOUNTS;
	struct base base;
	enum status st = book_base_of(b, account, day, &base, e);

	if (st == ST_OK && i >= base.n)
		st = err_set(e, ST_NOTFOUND, "there is no such account any more");
	if (st == ST_OK) {
		health_explain(&b->policy, &base, i, tier, &out->health);
		take(out, &base, i);
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
