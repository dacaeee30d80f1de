/* tier, lock, unlock: a person's word on a tier. */
#include "cli/verbs.h"

#include "core/change.h"

enum status verb_tier(struct call *c, struct err *e)
{
	const char *n = c->arg[1];
	struct book *b = NULL;
	uint32_t id = 0, demote = 0;
	enum status st = ST_OK;

	if (n[0] < '1' || n[0] > '3' || n[1] != '\0')
		return err_set(e, ST_USAGE, "\"%.20s\" is no tier: 1, 2 or 3", n);
	st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_find(b, text_of(c->arg[0]), &id, e);
	if (st == ST_OK && c->option[OPT_DEMOTE])
		st = book_find(b, text_of(c->option[OPT_DEMOTE]), &demote, e);
	if (st == ST_OK)
		st = book_set_tier(
			b, id, (uint8_t)(n[0] - '0'), demote, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c, "%s is in tier %s%s; `tierdesk undo` takes it back",
			c->arg[0], n, demote ? ", and the other went down" : "");
	book_free(&b);
	return st;
}

enum status verb_lock(struct call *c, struct err *e)
{
	const char *until = c->option[OPT_UNTIL];
	struct book *b = NULL;
	uint32_t id = 0;
	int32_t day = DAY_NONE;
	enum status st = ST_OK;

	if (until && !day_parse(text_of(until), DAY_ISO, &day))
		st = err_set(
			e, ST_USAGE, "--until \"%.60s\" is no day: YYYY-MM-DD", until);
	else if (!until)
		st = err_set(e, ST_USAGE, "a lock wants a last day: --until YYYY-MM-DD");
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_find(b, text_of(c->arg[0]), &id, e);
	if (st == ST_OK)
		st = book_lock(b, id, day, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c,
			"the tier is locked through %s; `review` leaves it where it is",
			until);
	book_free(&b);
	return st;
}

enum status verb_unlock(struct call *c, struct err *e)
{
	struct book *b = NULL;
	uint32_t id = 0;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = book_find(b, text_of(c->arg[0]), &id, e);
	if (st == ST_OK)
		st = book_unlock(b, id, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c,
			"the tier is not locked any more; the next review may move it");
	book_free(&b);
	return st;
}
