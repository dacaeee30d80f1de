/* Whose accounts: the CSMs and the pool, found by letters of the name, with what they
 * look after. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/mem.h"
#include "tui/people.h"
#include "tui/pick.h"
#include "tui/words.h"

enum { WIDTH = 52, ROWS = 12, COUNT_WIDTH = 14, MONEY_WIDTH = 10 };

struct state {
	struct pick pick;
	struct people people;
	uint32_t *found; /* owned; of people */
};

static void search(struct state *s)
{
	char name[INPUT_MAX], typed[INPUT_MAX];
	struct text want = input_text(&s->pick.search);

	want = (struct text){ typed, text_fold(want, typed, sizeof(typed)) };
	s->pick.n = s->pick.at = s->pick.top = 0;
	for (uint32_t i = 0; i < s->people.n; i++) {
		struct text have = { name,
			text_fold(s->people.person[i].name, name, sizeof(name)) };

		if (pick_rank(have, want))
			s->found[s->pick.n++] = i;
	}
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
		if (s->people.person[s->found[i]].csm == csm)
			s->pick.at = i;
}

static void open_owner(struct app *a, void *state)
{
	struct state *s = state;
	struct err e = { .status = ST_OK };

	people_init(&s->people);
	if (people_load(&s->people, a->book, &e) != ST_OK)
		app_fail(a, &e);
	qsort(s->people.person, s->people.n, sizeof(*s->people.person), by_load);
	s->found = mem_new(s->people.n + 1, sizeof(*s->found));
	search(s);
	go_to_shown(a, s);
}

static void close_owner(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	people_clear(&s->people);
	free(s->found);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	pick_place(&s->pick, body, ROWS, WIDTH);
}

static void paint_row(
	struct app *a, struct canvas *c, struct rect r, const struct person *x)
{
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

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect r = pick_paint(&s->pick, c, "Whose accounts");

	(void)body;
	for (int i = 0; i < r.rows && s->pick.top + i < s->pick.n; i++) {
		struct rect line = { r.row + i, r.column, 1, r.columns };

		paint_row(a, c, line, &s->people.person[s->found[s->pick.top + i]]);
		if (s->pick.top + i == s->pick.at)
			canvas_focus(c, line);
	}
	if (s->pick.n == 0)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET,
			TEXT("no such person"));
}

static void choose(struct app *a, struct state *s)
{
	if (s->pick.n) {
		const struct person *x = &s->people.person[s->found[s->pick.at]];

		view_owner(&a->view, x->csm, x->name);
		a->dirty |= APP_DATA;
	}
	app_back(a); /* s is gone from here on */
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_CHOOSE)
		choose(a, s);
	else if (action == ACT_CANCEL)
		app_back(a);
	else if (!pick_act(&s->pick, action) && input_act(&s->pick.search, action))
		search(s);
	return true;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (pick_click(&s->pick, row, column))
		choose(a, s);
	else
		app_back(a);
}

static struct input *input(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	return &s->pick.search;
}

static void typed(struct app *a, void *state)
{
	(void)a;
	search(state);
}

const struct screen_ops owner_screen = {
	.size = sizeof(struct state),
	.open = open_owner,
	.close = close_owner,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.input = input,
	.typed = typed,
};
