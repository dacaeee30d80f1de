/* claim, release, deal: who takes care of the pool's flagged accounts. */
#include "cli/verbs.h"

#include <stdlib.h>

#include "cli/rows.h"
#include "cli/whose.h"
#include "core/act.h"

enum status verb_claim(struct call *c, struct err *e)
{
	char names[WHOSE_NAMES_MAX];
	const char *to = c->option[OPT_TO] ? c->option[OPT_TO] : "me";
	uint32_t *ids = NULL, n = 0;
	struct cell csm = { .type = CELL_MISSING };
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = change_parse(b, REC_TASK, F_TASK_CSM, text_of(to), &csm, e);
	if (st == ST_OK && csm.type != CELL_INT)
		st = err_set(e, ST_USAGE,
			"--to wants a CSM; `tierdesk release` gives back to the pool");
	if (st == ST_OK)
		st = whose_accounts(c, b, &ids, &n, e);
	if (st == ST_OK)
		st = book_claim(b, ids, n, (uint32_t)csm.i, NULL, e);
	if (st == ST_OK)
		call_note(c, "claimed: %s; `tierdesk release` gives back",
			whose_names(b, ids, n, names));
	free(ids);
	book_free(&b);
	return st;
}

enum status verb_release(struct call *c, struct err *e)
{
	char names[WHOSE_NAMES_MAX];
	uint32_t *ids = NULL, n = 0;
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = whose_accounts(c, b, &ids, &n, e);
	if (st == ST_OK)
		st = book_claim(b, ids, n, 0, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c, "given back to the pool: %s", whose_names(b, ids, n, names));
	free(ids);
	book_free(&b);
	return st;
}

static const struct rows_column columns[] = {
	{ "TJC", "csm", "csm" },
	{ "TJC", "accounts", "+accounts" },
	{ NULL, NULL, NULL },
};

/* How many, for people, and who got how many of them. */
static enum status put_dealt(const struct call *c, const struct dealt *d, struct err *e)
{
	struct rows *r;
	enum status st;

	if (c->format == FORMAT_TEXT)
		printf("%u account%s %sdealt\n", d->accounts, TEXT_S(d->accounts),
			c->option[OPT_DRY_RUN] ? "would be " : "");
	st = rows_begin(&r, c, columns, e);
	for (uint32_t i = 0; st == ST_OK && i < d->n; i++) {
		rows_row(r);
		rows_text(r, d->to[i].csm);
		rows_int(r, d->to[i].accounts);
		st = rows_end_row(r, e);
	}
	return rows_end(&r, st, e);
}

enum status verb_deal(struct call *c, struct err *e)
{
	struct dealt dealt = { .accounts = 0 };
	const bool dry = c->option[OPT_DRY_RUN] != NULL;
	struct book *b = NULL;
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, 0, UINT32_MAX, &limit, e);

	if (st == ST_OK && c->option[OPT_LIMIT] && limit == 0)
		st = err_set(e, ST_USAGE, "--limit 0 deals nothing");
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK) {
		st = book_deal(b, (uint32_t)limit, dry, &dealt, e);
		if (st == ST_OK)
			st = put_dealt(c, &dealt, e);
		if (st == ST_OK && dry)
			call_note(c, "nothing was dealt: that is what would be");
		else if (st == ST_OK && dealt.accounts)
			call_note(c, "`tierdesk undo` takes it back; --dry-run only says "
				     "who would get how many");
		dealt_clear(&dealt);
	}
	book_free(&b);
	return st;
}
