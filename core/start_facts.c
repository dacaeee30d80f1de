/* What the templates of a play say of an account, read part by part. */
#include "core/play_start.h"

void start_facts_of(const struct base *base, uint32_t i, uint8_t tier, uint8_t health,
	struct start_facts *out)
{
	*out = (struct start_facts){
		.tier = tier,
		.health = health,
		.arr = base->arr[i],
		.renewal = base->renewal[i],
		.last_touch = base->last_touch[i],
		.active_days = base->signal[SIG_ACTIVE_DAYS][i],
		.seats_active = base->signal[SIG_SEATS_ACTIVE][i],
		.seats_purchased = base->seats_purchased[i],
		.tickets = base->tickets_now[i],
	};
}

void start_reader_clear(struct start_reader *r)
{
	if (r->first)
		base_clear(&r->base);
	r->first = 0;
}

static enum status read_part(
	struct start_reader *r, struct book *b, uint32_t account, struct err *e)
{
	const uint32_t first = account - (account - 1) % PART_ACCOUNTS;

	if (r->first == first)
		return ST_OK;
	start_reader_clear(r);
	r->first = first;
	return book_base_of(b, account, b->clock.today, &r->base, e);
}

enum status start_reader_facts(struct start_reader *r, struct book *b, uint32_t account,
	struct start_facts *out, struct err *e)
{
	enum status st = book_need_columns(b, e);

	if (st == ST_OK && (account < 1 || account > b->columns.n))
		st = err_set(e, ST_NOTFOUND, "there is no such account any more");
	if (st == ST_OK)
		st = read_part(r, b, account, e);
	if (st != ST_OK)
		return st;
	start_facts_of(&r->base, (account - 1) % PART_ACCOUNTS,
		b->columns.tier[account - 1], b->columns.scores.health[account - 1], out);
	return ST_OK;
}
