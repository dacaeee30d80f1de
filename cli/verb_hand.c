/* touch, note, assign: what people enter by hand. */
#include "cli/verbs.h"

#include <stdlib.h>

#include "core/change.h"

/* ---- rows of one account ---- */

struct entry {
	struct call *c;
	struct book *b;
	struct cell cells[RECORD_FIELDS_MAX];
	struct change change;
};

static void give(struct entry *n, int field, struct cell cell)
{
	n->cells[field] = cell;
	n->change.fields |= 1u << field;
}

/* A field as an option says it; not given: stays out. */
static enum status give_option(
	struct entry *n, int field, enum option option, struct err *e)
{
	const char *typed = n->c->option[option];
	struct cell cell;
	enum status st;

	if (!typed)
		return ST_OK;
	st = change_parse(n->b, n->change.kind, field, text_of(typed), &cell, e);
	if (st == ST_OK)
		give(n, field, cell);
	return st;
}

/* Account, day and actor: what a touch and a note begin with. */
static enum status begin_entry(struct entry *n, struct call *c, enum record_kind kind,
	int date, int actor, struct err *e)
{
	uint32_t id = 0;
	enum status st;

	*n = (struct entry){ .c = c };
	n->change.kind = kind;
	n->change.cells = n->cells;
	st = call_book(c, false, &n->b, e);
	if (st == ST_OK)
		st = book_find(n->b, text_of(c->arg[0]), &id, e);
	if (st != ST_OK)
		return st;
	give(n, record_account_field(record_of(kind)), CELL_OF_INT(id));
	give(n, date, CELL_OF_INT(book_as_of(n->b)));
	give(n, actor, CELL_OF_TEXT(text_of(book_me(n->b))));
	return give_option(n, date, OPT_DATE, e);
}

static enum status end_entry(struct entry *n, enum status st, const char *title,
	const char *done, struct err *e)
{
	if (st == ST_OK)
		st = book_change(n->b, &n->change, 1, title, NULL, e);
	if (st == ST_OK)
		call_note(n->c, "%s; `tierdesk undo` takes it back", done);
	book_free(&n->b);
	return st;
}

enum status verb_touch(struct call *c, struct err *e)
{
	static const struct {
		int field;
		enum option option;
	} given[] = {
		{ F_TOUCH_KIND, OPT_KIND },
		{ F_TOUCH_PURPOSE, OPT_PURPOSE },
		{ F_TOUCH_OUTCOME, OPT_OUTCOME },
		{ F_TOUCH_MINUTES, OPT_MINUTES },
	};
	struct entry n;
	enum status st;

	if (!c->option[OPT_KIND])
		return err_set(e, ST_USAGE,
			"what kind of touch? --kind call, mail, meeting ...");
	st = begin_entry(&n, c, REC_TOUCH, F_TOUCH_DATE, F_TOUCH_ACTOR, e);
	for (size_t i = 0; st == ST_OK && i < sizeof(given) / sizeof(*given); i++)
		st = give_option(&n, given[i].field, given[i].option, e);
	give(&n, F_TOUCH_TWO_WAY, CELL_OF_INT(c->option[OPT_TWO_WAY] != NULL));
	return end_entry(&n, st, "log a touch", "the touch is in the book", e);
}

enum status verb_note(struct call *c, struct err *e)
{
	struct entry n;
	enum status st = begin_entry(&n, c, REC_NOTE, F_NOTE_DATE, F_NOTE_ACTOR, e);

	give(&n, F_NOTE_TEXT, CELL_OF_TEXT(text_of(c->arg[1])));
	return end_entry(&n, st, "write a note", "the note is in the book", e);
}

/* ---- owners ---- */

static enum status assign(struct call *c, struct book *b, struct err *e)
{
	uint32_t ids[CALL_ARGS_MAX];
	struct cell csm = { .type = CELL_MISSING };
	enum status st =
		change_parse(b, REC_ACCOUNT, F_CSM, text_of(c->option[OPT_TO]), &csm, e);

	for (int i = 0; st == ST_OK && i < c->args; i++)
		st = book_find(b, text_of(c->arg[i]), &ids[i], e);
	if (st == ST_OK)
		st = book_assign(b, ids, (uint32_t)c->args,
			csm.type == CELL_INT ? (uint32_t)csm.i : 0, c->option[OPT_REASON],
			e);
	return st;
}

enum status verb_assign(struct call *c, struct err *e)
{
	struct book *b = NULL;
	enum status st;

	if (!c->option[OPT_TO] || !*c->option[OPT_TO])
		return err_set(e, ST_USAGE,
			"to whom? --to NAME of a CSM, or --to pool for nobody");
	st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = assign(c, b, e);
	if (st == ST_OK)
		call_note(c, "assigned to %s: %d %s; `tierdesk undo` takes it back",
			c->option[OPT_TO], c->args,
			c->args == 1 ? "account" : "accounts");
	book_free(&b);
	return st;
}
