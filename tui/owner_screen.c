/* The people of the book, found by letters of the name, with what they look after: whose
 * accounts are shown, and who is at the keyboard. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/letters.h"
#include "tui/me.h"
#include "tui/people.h"
#include "tui/pick.h"
#include "tui/words.h"

enum {
	WIDTH = 52,
	ROWS = 12,
	COUNT_WIDTH = 14,
	MONEY_WIDTH = 10,
	NAME_WIDTH = 20,
	ROLE_WIDTH = 8,
	WHO_COLUMNS = 56
};

struct state {
	struct pick pick;
	struct people people;
	char nobody[80]; /* said where nobody has the name that is typed */
};

static int count(struct app *a, void *state)
{
	(void)a;
	return (int)((struct state *)state)->people.n;
}

/* Whoever has the letters, as they are ordered here. */
static int rank(struct app *a, void *state, int item, struct text typed)
{
	const struct person *x = &((struct state *)state)->people.person[item];
	struct letters letters;

	(void)a;
	letters_init(&letters, typed);
	return letters_rank(&letters, x->name) != LETTERS_NO;
}

/* Who has most first, then the teams, and the pool last. */
static int by_load(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	if ((x->csm == 0) != (y->csm == 0))
		return x->csm == 0 ? 1 : -1;
	if (x->all != y->all)
		return x->all ? 1 : -1;
	if (x->accounts != y->accounts)
		return x->accounts < y->accounts ? 1 : -1;
	return text_cmp(x->name, y->name);
}

/* Begins on whom is shown. */
static void go_to_shown(const struct app *a, struct state *s)
{
	const struct person *me = people_find(&s->people, text_of(book_me(a->book)));
	const bool team = a->view.whose == WHOSE_TEAM;
	int32_t csm = a->view.whose == WHOSE_ONE          ? a->view.csm
		      : a->view.whose == WHOSE_MINE && me ? me->csm
							  : 0;

	for (int i = 0; a->view.whose != WHOSE_ALL && i < s->pick.n; i++) {
		const struct person *x = &s->people.person[i];

		if (team ? x->all && text_ieq(x->team, text_of(a->view.owner))
			 : !x->all && x->csm == csm)
			s->pick.at = i;
	}
}

static void paint_row(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct person *x = &((struct state *)state)->people.person[item];
	char number[32], money[MONEY_TEXT_MAX];

	snprintf(number, sizeof(number), x->accounts == 1 ? "%u account" : "%u accounts",
		x->accounts);
	canvas_put(c, r.row, r.column, r.columns - COUNT_WIDTH - MONEY_WIDTH - 1,
		ROLE_TEXT, x->name);
	canvas_put_right(
		c, r.row, r.column, r.columns - MONEY_WIDTH, ROLE_QUIET, text_of(number));
	canvas_put_right(c, r.row, r.column, r.columns, ROLE_TEXT,
		text_of(words_money(book_policy(a->book), x->arr, money)));
}

static void choose(struct app *a, void *state, int item)
{
	if (item >= 0) {
		const struct person *x = &((struct state *)state)->people.person[item];

		if (x->csm == EVERYBODY)
			view_show_everybody(&a->view);
		else if (x->all)
			view_team(&a->view, x->csm, x->team);
		else
			view_owner(&a->view, x->csm, x->name);
		a->dirty |= APP_DATA;
	}
	app_back(a); /* state is gone from here on */
}

static void open_people(
	struct app *a, struct state *s, bool whose, const struct pick_list *list)
{
	struct err e = { .status = ST_OK };

	people_init(&s->people);
	if (people_load(&s->people, a->book, &e) != ST_OK ||
		(whose && people_teams(&s->people, &e) != ST_OK))
		app_fail(a, &e);
	qsort(s->people.person, s->people.n, sizeof(*s->people.person), by_load);
	if (whose)
		people_everybody(&s->people);
	pick_open(a, &s->pick, list);
}

static void open_owner(struct app *a, void *state)
{
	static const struct pick_list list = { .title = "Whose accounts",
		.rows = ROWS,
		.columns = WIDTH,
		.count = count,
		.rank = rank,
		.paint = paint_row,
		.choose = choose,
		.empty = "no such person" };

	open_people(a, state, true, &list);
	go_to_shown(a, state);
}

static void close_owner(struct app *a, void *state)
{
	people_clear(&((struct state *)state)->people);
	pick_close(a, state);
}

/* ---- who is at the keyboard ----------------------------------------------------- */

#define NOBODY "none of them: everybody's accounts"

/* To be none of them is chosen, not come to by a name that nobody has. */
static int rank_me(struct app *a, void *state, int item, struct text typed)
{
	const struct person *x = &((struct state *)state)->people.person[item];

	return x->csm ? rank(a, state, item, typed)
		      : typed.n < sizeof(NOBODY) &&
				text_ieq((struct text){ NOBODY, typed.n }, typed);
}

static void paint_me(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct person *x = &((struct state *)state)->people.person[item];
	char number[32];

	(void)a;
	if (x->csm == 0) {
		canvas_put(c, r.row, r.column, r.columns, ROLE_TEXT, text_of(NOBODY));
		return;
	}
	snprintf(number, sizeof(number), x->accounts == 1 ? "%u account" : "%u accounts",
		x->accounts);
	canvas_put(c, r.row, r.column, NAME_WIDTH, ROLE_TEXT, x->name);
	canvas_put(c, r.row, r.column + NAME_WIDTH + 1, ROLE_WIDTH, ROLE_QUIET, x->role);
	canvas_put(c, r.row, r.column + NAME_WIDTH + ROLE_WIDTH + 2,
		r.columns - NAME_WIDTH - ROLE_WIDTH - COUNT_WIDTH - 3, ROLE_QUIET,
		x->team);
	canvas_put_right(c, r.row, r.column, r.columns, ROLE_QUIET, text_of(number));
}

static void put_help(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	(void)a;
	(void)state;
	(void)item;
	pick_help(c, r,
		"Your name stands under what you change. It is kept for this book.");
}

static void choose_me(struct app *a, void *state, int item)
{
	const struct person *x =
		item >= 0 ? &((struct state *)state)->people.person[item] : NULL;

	if (x)
		me_choose(a, x->csm ? x : NULL); /* state is gone from here on */
	else
		app_say(a,
			"nobody has this name; your changes bear the name %s as before",
			book_me(a->book));
}

static const char *why_nobody(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	snprintf(s->nobody, sizeof(s->nobody),
		"nobody has this name; %s erases it, none is last",
		keys_word(SCOPE_PICK, ACT_ERASE_LINE));
	return s->nobody;
}

/* Begins on whom it takes the person for. */
static void open_who(struct app *a, void *state)
{
	static const struct pick_list list = { .title = "Who are you?",
		.rows = ROWS,
		.columns = WHO_COLUMNS,
		.below = 2,
		.count = count,
		.rank = rank_me,
		.paint = paint_me,
		.foot = put_help,
		.choose = choose_me,
		.why_empty = why_nobody };
	struct state *s = state;
	const struct person *me;

	open_people(a, s, false, &list);
	pick_fit(&s->pick);
	me = people_find(&s->people, text_of(book_me(a->book)));
	for (int i = 0; me && i < s->pick.n; i++)
		if (&s->people.person[s->pick.found[i].item] == me)
			s->pick.at = i;
}

const struct screen_ops who_screen = {
	.size = sizeof(struct state),
	.open = open_who,
	.close = close_owner,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};

const struct screen_ops owner_screen = {
	.size = sizeof(struct state),
	.open = open_owner,
	.close = close_owner,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};
