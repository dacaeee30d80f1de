/* Messages of the fake store that senders have. */
#include "tests/support/fake_state.h"

#include <string.h>

static struct delivery *find(const struct fake_state *now, int64_t message)
{
	for (uint32_t i = 0; i < now->list[LIST_DELIVERY].n; i++) {
		struct delivery *d = fake_item(now, LIST_DELIVERY, i);

		if (d->message == message)
			return d;
	}
	return NULL;
}

enum status fake_deliveries(
	struct store *s, int64_t message, delivery_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	const uint32_t n = now->list[REC_MESSAGE].n;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		const struct fake_row *row = fake_row(now, REC_MESSAGE, i);
		const struct delivery *d = find(now, i + 1);

		if (d && !row->gone && row->cells[F_MESSAGE_SENT].type == CELL_MISSING &&
			(!message || message == i + 1))
			st = fn(arg, d, e);
	}
	return st;
}

enum status fake_delivery_save(struct store *s, const struct delivery *d, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct delivery *item = find(&f->now, d->message);

	if (!f->in_transaction)
		return err_set(e, ST_USAGE, "no transaction");
	if (!item)
		item = fake_add(&f->now, LIST_DELIVERY);
	*item = *d;
	item->actor = fake_text(f, d->actor);
	if (d->failure.s)
		item->failure = fake_text(f, d->failure);
	return ST_OK;
}

enum status fake_delivery_drop(struct store *s, int64_t message, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct delivery *item = find(&f->now, message);

	if (!f->in_transaction)
		return err_set(e, ST_USAGE, "no transaction");
	if (item)
		item->message = 0;
	return ST_OK;
}

/* ---- the way back to a copy ---- */

static bool is_out(const struct fake_state *now, uint32_t i)
{
	const struct fake_row *row = fake_row(now, REC_MESSAGE, i);

	return !row->gone &&
	       (row->cells[F_MESSAGE_SENT].type == CELL_INT ||
		       row->cells[F_MESSAGE_TRIES].type == CELL_INT || find(now, i + 1));
}

/* The same place, so that no id is given twice. */
static void carry(const struct fake_state *from, struct fake_state *to, uint32_t i)
{
	const struct fake_row *row = fake_row(from, REC_MESSAGE, i);
	const bool fits = is_out(from, i) &&
			  fake_name(to, REC_ACCOUNT, row->cells[F_MESSAGE_ACCOUNT].i).s;
	struct fake_row *there;

	if (i < to->list[REC_MESSAGE].n) {
		there = fake_item(to, REC_MESSAGE, i);
	} else {
		there = fake_row_add(to, REC_MESSAGE, row->cells);
		there->gone = !fits;
	}
	if (!fits)
		return;
	there->gone = false;
	memcpy(there->cells, row->cells, MESSAGE_FIELDS * sizeof(*there->cells));
}

void fake_carry(const struct fake_state *from, struct fake_state *to)
{
	for (uint32_t i = 0; i < from->list[REC_MESSAGE].n; i++)
		carry(from, to, i);
	to->list[LIST_DELIVERY].n = 0;
	for (uint32_t i = 0; i < from->list[LIST_DELIVERY].n; i++)
		*(struct delivery *)fake_add(to, LIST_DELIVERY) =
			*(struct delivery *)fake_item(from, LIST_DELIVERY, i);
}
