/* lock: a person's word on a tier. */
#include "cli/verbs.h"

static enum status put_lock(struct book *b, uint32_t account, int32_t until,
	const char *reason, struct err *e)
{
	const struct put_batch batch = { .kind = REC_LOCK,
		.mapped = (1u << LOCK_FIELDS) - 1 };
	const struct cell cells[LOCK_FIELDS] = {
		[F_LOCK_ACCOUNT] = CELL_OF_INT(account),
		[F_LOCK_UNTIL] = CELL_OF_INT(until),
		[F_LOCK_REASON] = CELL_OF_TEXT(text_of(reason)),
		[F_LOCK_ACTOR] = CELL_OF_TEXT(text_of(book_me(b))),
	};
	struct store *s = book_store(b);
	struct put_counts counts;
	enum status st = s->ops->begin(s, e);

	if (st != ST_OK)
		return st;
	st = s->ops->batch_begin(s, &batch, e);
	if (st == ST_OK)
		st = s->ops->put(s, cells, 1, NULL, e);
	if (st == ST_OK)
		st = s->ops->batch_end(s, &counts, e);
	if (st == ST_OK)
		st = s->ops->commit(s, e);
	if (st != ST_OK)
		s->ops->rollback(s);
	return st;
}

enum status verb_lock(struct call *c, struct err *e)
{
	const char *reason = c->option[OPT_REASON], *until = c->option[OPT_UNTIL];
	struct book *b = NULL;
	uint32_t id = 0;
	int32_t day = DAY_NONE;
	enum status st = ST_OK;

	if (c->args != 1 || !until || !day_parse(text_of(until), DAY_ISO, &day))
		st = err_set(e, ST_USAGE,
			"usage: tierdesk lock ACCOUNT --until YYYY-MM-DD --reason TEXT");
	else if (!reason || !*reason ||
		 text_invalid_at(text_of(reason)) < text_of(reason).n)
		st = err_set(e, ST_USAGE, "a lock wants a reason: --reason TEXT");
	else if (day < c->clock.today)
		st = err_set(e, ST_USAGE, "--until %s is over already", until);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_find(b, text_of(c->arg[0]), &id, e);
	if (st == ST_OK)
		st = put_lock(b, id, day, reason, e);
	if (st == ST_OK)
		call_note(c,
			"the tier is locked through %s; `review` leaves it where it is",
			until);
	book_free(&b);
	return st;
}
