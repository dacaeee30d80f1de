/* claim, release, deal: who takes care of the pool's flagged accounts. */
#include "cli/verbs.h"

#include "core/act.h"

static enum status find_all(
	struct call *c, struct book *b, uint32_t ids[CALL_ARGS_MAX], struct err *e)
{
	enum status st = ST_OK;

	for (int i = 0; st == ST_OK && i < c->args; i++)
		st = book_find(b, text_of(c->arg[i]), &ids[i], e);
	return st;
}

static const char *accounts(const struct call *c)
{
	return c->args == 1 ? "account" : "accounts";
}

enum status verb_claim(struct call *c, struct err *e)
{
	const char *to = c->option[OPT_TO] ? c->option[OPT_TO] : "me";
	uint32_t ids[CALL_ARGS_MAX];
	struct cell csm = { .type = CELL_MISSING };
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = change_parse(b, REC_TASK, F_TASK_CSM, text_of(to), &csm, e);
	if (st == ST_OK && csm.type != CELL_INT)
		st = err_set(e, ST_USAGE,
			"--to wants a CSM; `tierdesk release` gives back to the pool");
	if (st == ST_OK)
		st = find_all(c, b, ids, e);
	if (st == ST_OK)
		st = book_claim(b, ids, (uint32_t)c->args, (uint32_t)csm.i, e);
	if (st == ST_OK)
		call_note(c, "claimed: %d %s; `tierdesk release` gives back", c->args,
			accounts(c));
	book_free(&b);
	return st;
}

enum status verb_release(struct call *c, struct err *e)
{
	uint32_t ids[CALL_ARGS_MAX];
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = find_all(c, b, ids, e);
	if (st == ST_OK)
		st = book_claim(b, ids, (uint32_t)c->args, 0, e);
	if (st == ST_OK)
		call_note(c, "given back to the pool: %d %s", c->args, accounts(c));
	book_free(&b);
	return st;
}

enum status verb_deal(struct call *c, struct err *e)
{
	struct book *b = NULL;
	uint32_t dealt = 0;
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, 0, UINT32_MAX, &limit, e);

	if (st == ST_OK && c->option[OPT_LIMIT] && limit == 0)
		st = err_set(e, ST_USAGE, "--limit 0 deals nothing");
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_deal(b, (uint32_t)limit, &dealt, e);
	if (st == ST_OK)
		printf("%u %s dealt\n", dealt, dealt == 1 ? "account" : "accounts");
	book_free(&b);
	return st;
}
