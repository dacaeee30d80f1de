/* What a person does with a proposal: keep, refuse and add moves, export. */
#include "tui/rebalance.h"

#include <stdio.h>
#include <string.h>

#include "core/handover_sheet.h"
#include "tui/bytes.h"
#include "tui/capacity.h"
#include "tui/hand.h"
#include "tui/save_file.h"
#include "tui/words.h"

/* ---- single moves --------------------------------------------------------------------
 */

static uint32_t csm_at(const struct proposal *p, uint32_t row)
{
	return row == CAPACITY_POOL ? 0 : p->before->row[row].csm;
}

/* Keeps the move whatever else changes; once more takes the word back. */
static void keep(struct app *a, struct rebalance_screen *s)
{
	const struct rebalance_line *x = rebalance_here(s);
	const uint32_t account = x ? x->account : 0;

	if (!x)
		return;
	if (rebalance_word(s, account)) {
		rebalance_unsay(s, account);
		if (rebalance_make(a, s))
			rebalance_news_say(a, s, "nothing is said about it any more");
		return;
	}
	if (x->move->to != CAPACITY_POOL && !csm_at(s->p, x->move->to)) {
		app_say(a, "a colleague who is only asked about can't be promised an "
			   "account");
		return;
	}
	rebalance_say(s, account, csm_at(s->p, x->move->to));
	if (rebalance_make(a, s))
		rebalance_news_say(a, s, "it moves, whatever else changes");
}

/* The account stays where it is. */
static void refuse(struct app *a, struct rebalance_screen *s)
{
	const struct rebalance_line *x = rebalance_here(s);
	const int at = s->at;

	if (!x)
		return;
	if (!x->move) {
		keep(a, s);
		return;
	}
	rebalance_say(s, x->account, csm_at(s->p, x->move->from));
	if (!rebalance_make(a, s))
		return;
	s->at = at < s->lines ? at : s->at; /* on to the next move */
	rebalance_news_say(a, s, "it stays where it is");
}

/* ---- a move of one's own -------------------------------------------------------------
 */

enum { ADD_ACCOUNT, ADD_OWNER, ADD_LINES };

static enum status added(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	uint32_t account, csm;
	enum status st;

	*line = ADD_ACCOUNT;
	if (!s)
		return ST_OK;
	st = book_find(a->book, form_value(f, ADD_ACCOUNT), &account, e);
	if (st != ST_OK)
		return st;
	*line = ADD_OWNER;
	st = form_person(a, f, ADD_OWNER, &csm, e);
	if (st != ST_OK)
		return st;
	rebalance_say(s, account, csm);
	if (!rebalance_make(a, s))
		return err_set(e, ST_FORBIDDEN, "%s", s->problem);
	rebalance_news_say(a, s, "it is proposed so");
	return ST_OK;
}

static void add(struct app *a)
{
	static const struct form_line lines[ADD_LINES] = {
		{ "Account", FORM_TEXT, NULL, "Its id, or its name when only one has it.",
			true },
		{ "Goes to", FORM_PERSON, NULL,
			"Letters of a name, or pool; its owner now: it stays.", true },
	};
	static const struct form_spec spec = { "Say where an account goes", "propose",
		lines, ADD_LINES, added, NULL };
	struct form f = { .spec = &spec };

	form_open(a, &f);
}

/* Whoever leaves is away from here on, or, where somebody is, there until the last day.
 */
static void hand_over(struct app *a, struct rebalance_screen *s)
{
	struct capacity_screen *below = a->state[SCREEN_CAPACITY];
	uint32_t accounts, more;
	char who[2];

	if (below && s->p && proposal_leaves_later(s->p, &accounts, &more)) {
		capacity_what_leavers(a, below);
	} else if (below && s->p && proposal_leavers(s->p, who, sizeof(who))) {
		capacity_what_stay(a, below);
	} else {
		app_say(a, "nobody who leaves has a book here: choose a CSM on Capacity");
		return;
	}
	(void)rebalance_make(a, s);
}

/* ---- export ---- */

#define MOVES_FILE "~/rebalance.csv"
#define SHEETS_FILE "~/hand-over.txt"
enum { EXPORT_WHAT, EXPORT_FILE, EXPORT_LINES = EXPORT_FILE + 2 };

static bool is_sheets(const struct form *f)
{
	return text_eq(form_value(f, EXPORT_WHAT), TEXT("sheets"));
}

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	const bool sheets = is_sheets(f);
	struct bytes bytes = { 0 };
	const char *where;
	enum status st = save_file_able(a, e);

	*line = EXPORT_FILE;
	if (st != ST_OK || !s || !s->p)
		return st;
	st = sheets ? handover_sheets(a->book, s->p, bytes_take, &bytes, e)
		    : handover_moves_sheet(a->book, s->p, bytes_take, &bytes, e);
	if (st == ST_OK)
		st = save_file(
			a, f, EXPORT_FILE, NULL, bytes_text(&bytes), &where, line, e);
	bytes_clear(&bytes);
	if (st == ST_OK)
		app_say(a, "the %s are in %s", sheets ? "sheets" : "moves", where);
	return st;
}

/* The name follows what is saved, unless somebody typed another one. */
static void name_file(struct form *f, int line)
{
	const struct text name = form_value(f, EXPORT_FILE);

	(void)line;
	if (text_eq(name, TEXT(MOVES_FILE)) || text_eq(name, TEXT(SHEETS_FILE)))
		input_set(&f->value[EXPORT_FILE],
			is_sheets(f) ? TEXT(SHEETS_FILE) : TEXT(MOVES_FILE));
}

static void export_moves(struct app *a, const struct rebalance_screen *s)
{
	static const struct form_line lines[EXPORT_LINES] = {
		{ "What", FORM_CHOICE, "moves|sheets",
			"A table (CSV) of who goes where; or for each new owner, and "
			"each "
			"account, a sheet: goals, people, open tasks, last talks, what "
			"is missing.",
			true },
		SAVE_FILE_LINES("~/ is your home folder."),
	};
	static const struct form_spec spec = { "Save the proposal", "save", lines,
		EXPORT_LINES, save, NULL };
	struct form f = { .spec = &spec, .chosen = name_file };

	if (!s->p || !s->p->moves) {
		app_say(a, "nothing is proposed");
		return;
	}
	input_set(&f.value[EXPORT_WHAT], TEXT("moves"));
	save_file_begin(&f, EXPORT_FILE, MOVES_FILE);
	form_open(a, &f);
}

bool rebalance_act(struct app *a, struct rebalance_screen *s, enum action action)
{
	switch (action) {
	case ACT_REBALANCE_KEEP:
		keep(a, s);
		return true;
	case ACT_REBALANCE_REFUSE:
		refuse(a, s);
		return true;
	case ACT_REBALANCE_ADD:
		add(a);
		return true;
	case ACT_CAPACITY_HAND_OVER:
		hand_over(a, s);
		return true;
	case ACT_REBALANCE_APPLY:
		rebalance_apply(a, s);
		return true;
	case ACT_REBALANCE_EXPORT:
		export_moves(a, s);
		return true;
	default:
		return false;
	}
}
