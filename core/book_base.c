/* Reading the base part by part. */
#include "core/book_internal.h"
#include "core/rates.h"

#include <string.h>

enum status book_check_rates(struct book *b, const struct policy *next, struct err *e)
{
	const char(*codes)[4];
	uint32_t n;
	enum status st = b->store->ops->currencies(b->store, &codes, &n, e);

	for (uint32_t i = 1; st == ST_OK && i < n; i++)
		if (policy_rate(&b->policy, codes[i]) > 0 &&
			!(policy_rate(next, codes[i]) > 0))
			st = err_set(e, ST_INVALID,
				"the book has amounts in %s, which this policy has no "
				"rate "
				"for: add \"%s = ...\" to its [fx]",
				codes[i], codes[i]);
	return st;
}

enum status book_begin_reading(struct book *b, const struct policy *p, int32_t as_of,
	struct book_reading *r, struct base *base, struct err *e)
{
	enum status st;

	memset(r, 0, sizeof(*r));
	memset(base, 0, sizeof(*base));
	r->policy = p;
	r->as_of = as_of;
	st = b->store->ops->info(b->store, &r->info, e);
	if (st == ST_OK)
		st = rates_of(&r->rates, p, b->store, e);
	if (st == ST_OK)
		st = part_init(&r->part, e);
	if (st == ST_OK)
		st = base_init(base, e);
	return st;
}

/* What has been read, as figures. */
static enum status settle(struct book_reading *r, struct base *base, struct err *e)
{
	const int32_t first = r->info.first_ticket;
	const bool tickets = first != DAY_NONE && first <= r->as_of;

	base->spike_days = (int32_t)r->policy->number[POLICY_ALERT_TICKETS_DAYS];
	return base_from_part(base, &r->part, &r->rates, r->as_of, tickets, e);
}

enum status book_read_base(struct book *b, struct book_reading *r, uint32_t part,
	struct base *base, struct err *e)
{
	const enum status st = b->store->ops->part(b->store, part, r->as_of, &r->part, e);

	return st == ST_OK ? settle(r, base, e) : st;
}

enum status book_each_base(
	struct book *b, uint32_t n, bool brief, book_base_fn fn, void *arg, struct err *e)
{
	struct book_reading r;
	struct base base;
	enum status st = book_begin_reading(b, &b->policy, b->clock.today, &r, &base, e);

	r.part.brief = brief;
	for (uint32_t k = 0; st == ST_OK && k * PART_ACCOUNTS < n; k++) {
		st = book_read_base(b, &r, k, &base, e);
		if (base.n > n - k * PART_ACCOUNTS)
			base.n = n - k * PART_ACCOUNTS;
		if (st == ST_OK)
			st = fn(arg, &base, e);
	}
	base_clear(&base);
	part_clear(&r.part);
	return st;
}

enum status book_base_of(
	struct book *b, uint32_t id, int32_t as_of, struct base *out, struct err *e)
{
	struct book_reading r;
	enum status st = book_begin_reading(b, &b->policy, as_of, &r, out, e);

	if (st == ST_OK)
		st = book_read_base(b, &r, (id - 1) / PART_ACCOUNTS, out, e);
	part_clear(&r.part);
	return st;
}

enum status book_base_of_one(
	struct book *b, uint32_t id, int32_t as_of, struct base *out, struct err *e)
{
	struct book_reading r;
	enum status st = book_begin_reading(b, &b->policy, as_of, &r, out, e);

	if (st == ST_OK)
		st = b->store->ops->part_of_one(b->store, id, as_of, &r.part, e);
	if (st == ST_OK && r.part.n == 0)
		st = err_set(e, ST_NOTFOUND, "there is no such account any more");
	if (st == ST_OK)
		st = settle(&r, out, e);
	part_clear(&r.part);
	return st;
}
