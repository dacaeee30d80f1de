/* Whose accounts: the CSMs and the pool, found by letters of the name, with what they
 * look after. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/people.h"
#include "tui/pick.h"
#include "tui/words.h"

enum { WIDTH = 52, ROWS = 12, COUNT_WIDTH = 14, MONEY_WIDTH = 10 };

struct state {
	struct pick pick;
	struct people people;
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
	char name[INPUT_MAX], letters[INPUT_MAX];

	(void)a;
	return pick_rank((struct text){ name, text_fold(x->name, name, sizeof(name)) },
		       (struct text){
			       letters, text_fold(typed, letters, sizeof(letters)) }) > 0;
}

/* Who has most first, and the pool last. */
static int by_load(const void *a, const void *b)
{
	const struct person *x = a, *y = b;

	if ((x->csm == 0) != (y->csm == 0))
		return x->csm == 0 ? 1 : -1;
	if (x->accounts != y->accounts)
		return x->accounts < y->accounts ? 1 : -1;
	return text_cmp(x->name, y->name);
}

/* Begins on whom is shown. */
static void go_to_shown(const struct app *a, struct state *s)
{
	const struct person *me = people_find(&s->people, text_of(book_me(a->book)));
	int32_t csm = a->view.whose == WHOSE_ONE          ? a->view.csm
		      : a->view.whose == WHOSE_MINE && me ? me->csm
							  : 0;

	for (int i = 0; a->view.whose != WHOSE_ALL && i < s->pick.n; i++)
		if (s->people.person[i].csm == csm)
			s->pick.at = i;
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

		view_owner(&a->view, x->csm, x->name);
		a->dirty |= APP_DATA;
	}
	app_back(a); /* state is gone from here on */
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
	struct state *s = state;
	struct err e = { .status = ST_OK };

	people_init(&s->people);
	if (people_load(&s->people, a->book, &e) != ST_OK)
		app_fail(a, &e);
	qsort(s->people.person, s->people.n, sizeof(*s->people.person), by_load);
	pick_open(a, &s->pick, &list);
	go_to_shown(a, s);
}

static void close_owner(struct app *a, void *state)
{
	people_clear(&((struct state *)state)->people);
	pick_close(a, state);
}

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
