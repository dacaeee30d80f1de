/* Saved views: found by letters of their names, with what they ask for. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/confirm.h"
#include "tui/letters.h"
#include "tui/pick.h"
#include "tui/views.h"

enum { WIDTH = 72, ROWS = 14, NAME_WIDTH = 26 };

struct state {
	struct pick pick;
	struct saved_view *view; /* owned */
	int n;
	char removing[VIEW_NAME_MAX];
};

static int count(struct app *a, void *state)
{
	const struct state *s = state;

	(void)a;
	return s->n;
}

static int rank(struct app *a, void *state, int item, struct text typed)
{
	const struct state *s = state;
	struct letters letters;

	(void)a;
	letters_init(&letters, typed);
	return letters_rank(&letters, text_of(s->view[item].name));
}

/* Of one's own the filter, of the others what they are for. */
static void paint_row(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct saved_view *v = &((const struct state *)state)->view[item];

	(void)a;
	canvas_put(c, r.row, r.column, NAME_WIDTH, v->help ? ROLE_TEXT : ROLE_STRONG,
		text_of(v->name));
	canvas_put(c, r.row, r.column + NAME_WIDTH + 1, r.columns - NAME_WIDTH - 1,
		ROLE_QUIET,
		text_of(v->help        ? v->help
			: v->filter[0] ? v->filter
				       : "no filter"));
}

static void choose(struct app *a, void *state, int item)
{
	const struct state *s = state;
	struct saved_view v;

	if (item >= 0)
		v = s->view[item];
	app_back(a); /* the state is gone */
	if (item < 0)
		return;
	if (app_base(a) != SCREEN_QUADRANT)
		app_switch(a, SCREEN_BOOK);
	views_use(a, &v);
}

static void list_views(struct app *a, struct state *s)
{
	free(s->view);
	s->n = views_list(a, &s->view);
}

static void close_views(struct app *a, void *state)
{
	struct state *s = state;

	free(s->view);
	pick_close(a, state);
}

static void open_views(struct app *a, void *state)
{
	static const struct pick_list list = { .title = "Views",
		.rows = ROWS,
		.columns = WIDTH,
		.count = count,
		.rank = rank,
		.paint = paint_row,
		.choose = choose,
		.empty = "no view of that name" };

	list_views(a, state);
	pick_open(a, state, &list);
}

static void remove_it(struct app *a)
{
	struct state *s = a->state[SCREEN_VIEWS];

	views_drop(a, text_of(s->removing));
	app_say(a, "the view \"%s\" is removed", s->removing);
	list_views(a, s);
	pick_refill(a, &s->pick);
}

static void ask_remove(struct app *a, struct state *s)
{
	char question[VIEW_NAME_MAX + 32];
	const int item = pick_item(&s->pick);
	const struct saved_view *v = &s->view[item < 0 ? 0 : item];

	if (item < 0)
		return;
	if (v->help) {
		app_say(a, "\"%s\" comes with the program and stays", v->name);
		return;
	}
	memcpy(s->removing, v->name, sizeof(s->removing));
	snprintf(question, sizeof(question), "Remove the view \"%s\"?", v->name);
	confirm_open(a, question, remove_it);
}

static bool act(struct app *a, void *state, enum action action)
{
	if (action != ACT_VIEW_REMOVE)
		return pick_act(a, state, action);
	ask_remove(a, state);
	return true;
}

const struct screen_ops views_screen = {
	.size = sizeof(struct state),
	.open = open_views,
	.close = close_views,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};
