/* touch, note, fix, assign: what people enter by hand. */
#include "cli/verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/whose.h"
#include "core/causes.h"
#include "core/change.h"
#include "core/clinic.h"
#include "core/convert.h"
#include "core/fix.h"

/* ---- rows of one account ---- */

struct entry {
	struct call *c;
	struct book *b;
	struct cell cells[RECORD_FIELDS_MAX];
	struct change change;
	int account, date; /* fields of the row */
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

/* The day that was typed, over or just passing: figures don't look at what lies ahead. */
static enum status give_day(struct entry *n, struct err *e)
{
	const enum status st = give_option(n, n->date, OPT_DATE, e);

	if (st == ST_OK && n->cells[n->date].i > book_as_of(n->b))
		return err_set(e, ST_INVALID,
			"--date %.20s: that day is still to come: today or one before, "
			"as "
			"in 3d ago",
			n->c->option[OPT_DATE]);
	return st;
}

/* Day and actor: what all begin with. */
static enum status begin_entry(struct entry *n, struct call *c, enum record_kind kind,
	int date, int actor, struct err *e)
{
	enum status st;

	*n = (struct entry){ .c = c };
	n->change.kind = kind;
	n->change.cells = n->cells;
	st = call_book(c, false, &n->b, e);
	if (st != ST_OK)
		return st;
	n->account = record_account_field(record_of(kind));
	n->date = date;
	give(n, date, CELL_OF_INT(book_as_of(n->b)));
	give(n, actor, CELL_OF_TEXT(text_of(book_me(n->b))));
	return give_day(n, e);
}

/* The account that a note and a fix are of. */
static enum status give_account(struct entry *n, struct err *e)
{
	uint32_t id = 0;
	const enum status st = book_find(n->b, text_of(n->c->arg[0]), &id, e);

	give(n, n->account, CELL_OF_INT(id));
	return st;
}

/* reached: what the day says of it; NULL: that it was then. */
static enum status end_entry(struct entry *n, enum status st, const char *title,
	const char *what, const char *reached, struct err *e)
{
	char name[WHOSE_NAME_MAX], day[DAY_TEXT_MAX];

	if (st == ST_OK)
		st = book_change(n->b, &n->change, 1, title, NULL, e);
	if (st == ST_OK)
		call_note(n->c, "%s %s %s %s%s; `tierdesk undo` takes it back", what,
			whose_name(n->b, (uint32_t)n->cells[n->account].i, name),
			reached ? reached : "of",
			day_format((int32_t)n->cells[n->date].i, day),
			reached ? "" : " is in the book");
	book_free(&n->b);
	return st;
}

/* The same of each of the accounts, in one operation. */
static enum status log_touches(struct entry *n, struct err *e)
{
	struct change *change = NULL;
	struct cell(*cells)[TOUCH_FIELDS] = NULL;
	char names[WHOSE_NAMES_MAX], day[DAY_TEXT_MAX];
	uint32_t *ids = NULL, many = 0;
	enum status st = whose_accounts(n->c, n->b, &ids, &many, e);

	if (st == ST_OK && many > 1 && n->cells[F_TOUCH_TWO_WAY].i &&
		clinic_is(&n->cells[F_TOUCH_KIND]))
		st = err_set(e, ST_USAGE,
			"--two-way: a clinic is no talk with each who came, which would "
			"end their alerts; who talked there has a touch of their own");
	if (st == ST_OK) {
		change = malloc(many * sizeof(*change));
		cells = malloc(many * sizeof(*cells));
		if (!change || !cells)
			st = err_set(e, ST_NOMEM, "not enough memory for the touches");
	}
	for (uint32_t i = 0; st == ST_OK && i < many; i++) {
		memcpy(cells[i], n->cells, sizeof(cells[i]));
		cells[i][F_TOUCH_ACCOUNT] = CELL_OF_INT(ids[i]);
		change[i] = n->change;
		change[i].cells = cells[i];
	}
	if (st == ST_OK)
		st = book_change(n->b, change, many, "log a touch", NULL, e);
	if (st == ST_OK)
		call_note(n->c,
			"the touch with %s of %s is in the book; `tierdesk undo` takes "
			"it back",
			whose_names(n->b, ids, many, names),
			day_format((int32_t)n->cells[F_TOUCH_DATE].i, day));
	free(change);
	free(cells);
	free(ids);
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
			"what kind of touch? --kind call, mail, meeting, clinic ...");
	st = begin_entry(&n, c, REC_TOUCH, F_TOUCH_DATE, F_TOUCH_ACTOR, e);
	for (size_t i = 0; st == ST_OK && i < sizeof(given) / sizeof(*given); i++)
		st = give_option(&n, given[i].field, given[i].option, e);
	give(&n, F_TOUCH_ACCOUNT, CELL_OF_INT(0));
	give(&n, F_TOUCH_TWO_WAY, CELL_OF_INT(c->option[OPT_TWO_WAY] != NULL));
	if (st == ST_OK)
		return log_touches(&n, e);
	book_free(&n.b);
	return st;
}

enum status verb_note(struct call *c, struct err *e)
{
	struct entry n;
	enum status st = begin_entry(&n, c, REC_NOTE, F_NOTE_DATE, F_NOTE_ACTOR, e);

	if (st == ST_OK)
		st = give_account(&n, e);
	give(&n, F_NOTE_TEXT, CELL_OF_TEXT(text_of(c->arg[1])));
	return end_entry(&n, st, "write a note", "the note on", NULL, e);
}

/* ---- fixes ---- */

/* A state is reached by the fix of the cause that the account has; without one a new one
 * is noticed. */
static enum status advance_fix(struct entry *n, enum fix_state state, struct err *e)
{
	const struct cell day = n->cells[F_FIX_NOTICED];
	enum status st = causes_find_fix(n->b, cell_id(&n->cells[F_FIX_ACCOUNT]),
		n->cells[F_FIX_CAUSE].t, &n->change.row, e);

	if (st == ST_OK && !n->change.row)
		st = err_set(e, ST_NOTFOUND,
			"%s has no fix for \"%.60s\": without --state one is noticed",
			n->c->arg[0], n->c->option[OPT_CAUSE]);
	n->change.fields &= 1u << F_FIX_TEXT | 1u << F_FIX_LINK;
	give(n, fix_state_field[state], day);
	return st;
}

/* A slip in the name would be a cause of its own, whose tickets nobody counts. */
static enum status check_cause(const struct entry *n, struct err *e)
{
	const struct text cause = cell_as_text(&n->cells[F_FIX_CAUSE]);
	char else_what[TEXT_SAID_MAX];
	struct causes causes;
	enum status st = causes_of(n->b, CAUSES_DAYS, &causes, e);

	if (st == ST_OK && !causes_know(&causes, text_trim(cause), else_what))
		st = err_set(e, ST_NOTFOUND,
			"no ticket of the last %d d has the root cause \"%.*s\": %s With "
			"--new it is taken all the same",
			2 * CAUSES_DAYS, convert_shown(cause, 60), cause.s, else_what);
	causes_clear(&causes);
	return st;
}

static enum status parse_state(const struct call *c, enum fix_state *out, struct err *e)
{
	const char *typed = c->option[OPT_STATE];
	int k = 0;

	while (typed && k < FIX_STATES && strcmp(typed, fix_state_word[k]) != 0)
		k++;
	if (!c->option[OPT_CAUSE])
		return err_set(
			e, ST_USAGE, "of which root cause? --cause, as tickets name it");
	if (k == FIX_STATES)
		return err_set(e, ST_USAGE,
			"--state \"%.60s\" is noticed, documented, automated or verified",
			typed);
	if (k == FIX_NOTICED && !c->option[OPT_TEXT])
		return err_set(e, ST_USAGE, "what is done about it? --text");
	*out = (enum fix_state)k;
	return ST_OK;
}

enum status verb_fix(struct call *c, struct err *e)
{
	static const struct {
		int field;
		enum option option;
	} given[] = {
		{ F_FIX_CAUSE, OPT_CAUSE },
		{ F_FIX_TEXT, OPT_TEXT },
		{ F_FIX_LINK, OPT_LINK },
	};
	enum fix_state state = FIX_NOTICED;
	char reached[40];
	struct entry n = { .c = c };
	enum status st = parse_state(c, &state, e);

	if (st == ST_OK)
		st = begin_entry(&n, c, REC_FIX, F_FIX_NOTICED, F_FIX_ACTOR, e);
	if (st == ST_OK)
		st = give_account(&n, e);
	for (size_t i = 0; st == ST_OK && i < sizeof(given) / sizeof(*given); i++)
		st = give_option(&n, given[i].field, given[i].option, e);
	if (st == ST_OK && state != FIX_NOTICED)
		st = advance_fix(&n, state, e);
	else if (st == ST_OK && !c->option[OPT_NEW])
		st = check_cause(&n, e);
	snprintf(reached, sizeof(reached), "is %s as of", fix_state_word[state]);
	return end_entry(&n, st, state == FIX_NOTICED ? "notice a fix" : "advance a fix",
		"the fix at", state == FIX_NOTICED ? NULL : reached, e);
}

/* ---- owners ---- */

static enum status parse_hand_over(
	const struct call *c, enum hand_over *out, struct err *e)
{
	const char *said = c->option[OPT_HAND_OVER];

	*out = !said                      ? HAND_OVER_AS_DUE
	       : strcmp(said, "yes") == 0 ? HAND_OVER_YES
					  : HAND_OVER_NO;
	if (*out == HAND_OVER_NO && strcmp(said, "no") != 0)
		return err_set(e, ST_USAGE, "--hand-over \"%.60s\" is yes or no", said);
	return ST_OK;
}

/* Nobody takes over what goes to the pool. */
static enum status assign(struct call *c, struct book *b, const uint32_t *ids, uint32_t n,
	uint32_t csm, enum hand_over said, uint32_t *tasks, struct err *e)
{
	bool begins = false;
	enum status st = ST_OK;

	if (csm)
		st = book_hand_over(b, ids, n, said, &begins, e);
	else if (said == HAND_OVER_YES)
		st = err_set(e, ST_USAGE,
			"--hand-over yes: nobody takes over what goes to the pool");
	if (st == ST_OK)
		st = book_assign(
			b, ids, n, csm, c->option[OPT_REASON], begins ? tasks : NULL, e);
	return st;
}

enum status verb_assign(struct call *c, struct err *e)
{
	struct cell csm = { .type = CELL_MISSING };
	char names[WHOSE_NAMES_MAX], also[48] = "";
	uint32_t *ids = NULL, n = 0, tasks = 0;
	struct book *b = NULL;
	enum hand_over said;
	enum status st;

	if (!c->option[OPT_TO] || !*c->option[OPT_TO])
		return err_set(e, ST_USAGE,
			"to whom? --to NAME of a CSM, or --to pool for nobody");
	st = parse_hand_over(c, &said, e);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = change_parse(
			b, REC_ACCOUNT, F_CSM, text_of(c->option[OPT_TO]), &csm, e);
	if (st == ST_OK)
		st = whose_accounts(c, b, &ids, &n, e);
	if (st == ST_OK)
		st = assign(c, b, ids, n, csm.type == CELL_INT ? (uint32_t)csm.i : 0,
			said, &tasks, e);
	if (tasks)
		snprintf(also, sizeof(also), ", with %u hand-over task%s", tasks,
			TEXT_S(tasks));
	if (st == ST_OK)
		call_note(c, "assigned to %s: %s%s; `tierdesk undo` takes it back",
			c->option[OPT_TO], whose_names(b, ids, n, names), also);
	free(ids);
	book_free(&b);
	return st;
}
