/* Saved views: found by letters of their names, with what they ask for. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/confirm.h"
#include "tui/pick.h"
#include "tui/views.h"

enum { WIDTH = 72, ROWS = 14, NAME_WIDTH = 26, FOUND_MAX = 200 };

struct state {
	struct pick pick;
	int found[FOUND_MAX]; /* as views_at counts */
	char removing[VIEW_NAME_MAX];
};

/* What the letters name best comes first. */
static void search(struct app *a, struct state *s)
{
	int rank[FOUND_MAX], n = 0;
	char name[INPUT_MAX], letters[INPUT_MAX];
	struct text want = input_text(&s->pick.search);
	struct saved_view v;

	want = (struct text){ letters, text_fold(want, letters, sizeof(letters)) };
	for (int i = 0; n < FOUND_MAX && views_at(a, i, &v); i++) {
		struct text have = { name,
			text_fold(text_of(v.name), name, sizeof(name)) };
		int r = pick_rank(have, want), at = n;

		if (r == 0)
			continue;
		for (; at > 0 && rank[at - 1] < r; at--) {
			rank[at] = rank[at - 1];
			s->found[at] = s->found[at - 1];
		}
		rank[at] = r;
		s->found[at] = i;
		n++;
	}
	s->pick.n = n;
	s->pick.at = s->pick.top = 0;
}

static void open_views(struct app *a, void *state)
{
	search(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	pick_place(&s->pick, body, ROWS, WIDTH);
}

/* Of one's own the filter, of the others what they are for. */
static void paint_row(struct canvas *c, struct rect r, const struct saved_view *v)
{
	canvas_put(c, r.row, r.column, NAME_WIDTH, v->help ? ROLE_TEXT : ROLE_STRONG,
		text_of(v->name));
	canvas_put(c, r.row, r.column + NAME_WIDTH + 1, r.columns - NAME_WIDTH - 1,
		ROLE_QUIET,
		text_of(v->help        ? v->help
			: v->filter[0] ? v->filter
				       : "no filter"));
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect r = pick_paint(&s->pick, c, "Views");
	struct saved_view v;

	(void)body;
	for (int i = 0; i < r.rows && s->pick.top + i < s->pick.n; i++) {
		struct rect line = { r.row + i, r.column, 1, r.columns };

		if (views_at(a, s->found[s->pick.top + i], &v))
			paint_row(c, line, &v);
		if (s->pick.top + i == s->pick.at)
			canvas_focus(c, line);
	}
	if (s->pick.n == 0)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET,
			TEXT("no view of that name"));
}

static void choose(struct app *a, struct state *s)
{
	struct saved_view v;
	bool any = s->pick.n && views_at(a, s->found[s->pick.at], &v);

	app_back(a); /* s is gone from here on */
	if (!any)
		return;
	if (app_base(a) != SCREEN_QUADRANT)
		app_switch(a, SCREEN_BOOK);
	app_say(a, "view: %s", v.name);
	views_use(a, &v);
}

static void remove_it(struct app *a)
{
	struct state *s = a->state[SCREEN_VIEWS];

	views_drop(a, text_of(s->removing));
	app_say(a, "the view \"%s\" is removed", s->removing);
	search(a, s);
}

static void ask_remove(struct app *a, struct state *s)
{
	char question[VIEW_NAME_MAX + 32];
	struct saved_view v;

	if (s->pick.n == 0 || !views_at(a, s->found[s->pick.at], &v))
		return;
	if (v.help) {
		app_say(a, "\"%s\" comes with the program and stays", v.name);
		return;
	}
	memcpy(s->removing, v.name, sizeof(s->removing));
	snprintf(question, sizeof(question), "Remove the view \"%s\"?", v.name);
	confirm_open(a, question, remove_it);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_CHOOSE)
		choose(a, s);
	else if (action == ACT_VIEW_REMOVE)
		ask_remove(a, s);
	else if (action == ACT_CANCEL)
		app_back(a);
	else if (!pick_act(&s->pick, action) && input_act(&s->pick.search, action))
		search(a, s);
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
	search(a, state);
}

const struct screen_ops views_screen = {
	.size = sizeof(struct state),
	.open = open_views,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.input = input,
	.typed = typed,
};
