/* What the templates of a play say of an account, read from its rows or with its part. */
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
	base_clear(&r->base);
	r->n = 0;
}

static bool has(const struct start_reader *r, uint32_t account)
{
	return account >= r->first && account - r->first < r->n;
}

static enum status there_is_none(struct err *e)
{
	return err_set(e, ST_NOTFOUND, "there is no such account any more");
}

static uint32_t part_of(uint32_t account)
{
	return (account - 1) / PART_ACCOUNTS;
}

/* From its own rows; the part is worth reading once a second account of it is asked for.
 */
static enum status read_account(
	struct start_reader *r, struct book *b, uint32_t account, struct err *e)
{
	const int32_t today = b->clock.today;
	const bool again = r->n && part_of(r->first) == part_of(account);
	enum status st;

	if (has(r, account))
		return ST_OK;
	start_reader_clear(r);
	st = again ? book_base_of(b, account, today, &r->base, e)
		   : book_base_of_one(b, account, today, &r->base, e);
	if (st != ST_OK)
		return st;
	r->first = r->base.first_id;
	r->n = r->base.n;
	return has(r, account) ? ST_OK : there_is_none(e);
}

enum status start_reader_facts(struct start_reader *r, struct book *b, uint32_t account,
	struct start_facts *out, struct err *e)
{
	enum status st = book_need_columns(b, e);

	if (st == ST_OK && (account < 1 || account > b->columns.n))
		st = there_is_none(e);
	if (st == ST_OK)
		st = read_account(r, b, account, e);
	if (st != ST_OK)
		return st;
	start_facts_of(&r->base, account - r->first, b->columns.tier[account - 1],
		b->columns.scores.health[account - 1], out);
	return ST_OK;
}
