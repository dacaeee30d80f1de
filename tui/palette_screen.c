/* The palette: every action, found by letters of its name, with its key and, when it
 * can't be done now, the reason. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"

enum { WIDTH = 70, ROWS = 12, NAME_AT = 0, KEY_AT = 26, HELP_AT = 36 };

struct state {
	struct input search;
	struct rect box;
	enum action found[ACT_COUNT];
	int n, at, top;
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* The letters typed occur in this order; 0: no, else better when closer together. */
static int rank(const char *name, struct text typed)
{
	size_t at = 0, gaps = 0, last = 0;

	for (size_t i = 0; i < typed.n; i++) {
		if (typed.s[i] == ' ')
			continue;
		while (name[at] && lower(name[at]) != lower(typed.s[i]))
			at++;
		if (!name[at])
			return 0;
		gaps += at - last;
		last = ++at;
	}
	return gaps < 999 ? 1000 - (int)gaps : 1;
}

static void search(struct app *a, struct state *s)
{
	int score[ACT_COUNT];

	(void)a;
	s->n = s->at = s->top = 0;
	for (int i = 1; i < ACT_COUNT; i++) {
		const struct action_def *def = action_def((enum action)i);
		int r = rank(def->name, input_text(&s->search));
		int by_title = rank(def->title, input_text(&s->search));
		int j = s->n;

		r = by_title > r ? by_title : r;
		if ((def->flags & ACTION_HIDDEN) || r == 0 || i == ACT_PALETTE)
			continue;
		for (; j > 0 && score[j - 1] < r; j--) {
			score[j] = score[j - 1];
			s->found[j] = s->found[j - 1];
		}
		score[j] = r;
		s->found[j] = (enum action)i;
		s->n++;
	}
}

static void open_palette(struct app *a, void *state)
{
	search(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	s->box = popup_place(body, ROWS + 1, WIDTH);
}

static void paint_row(struct app *a, struct canvas *c, struct rect r, enum action action)
{
	enum scope scope = screen_def(app_base(a))->scope;
	const struct action_def *def = action_def(action);
	const char *key = keys_text(scope, action), *reason = app_blocked(a, action);
	enum role role = reason ? ROLE_UNKNOWN : ROLE_TEXT;

	canvas_put(c, r.row, r.column + NAME_AT, KEY_AT - 1, role, text_of(def->title));
	if (key)
		canvas_put(c, r.row, r.column + KEY_AT, HELP_AT - KEY_AT - 1, ROLE_KEY,
			text_of(key));
	canvas_put(c, r.row, r.column + HELP_AT, r.columns - HELP_AT, role,
		text_of(reason ? reason : def->help));
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect r = popup_inside(s->box);
	int rows = r.rows - 1, at = r.column;

	(void)body;
	if (s->at < s->top)
		s->top = s->at;
	if (s->at >= s->top + rows)
		s->top = s->at - rows + 1;
	draw_box(c, s->box, "Commands");
	at += canvas_put(c, r.row, at, 2, ROLE_KEY, TEXT("> "));
	at += canvas_put(c, r.row, at, r.columns - 3, ROLE_INPUT, input_text(&s->search));
	for (int i = 0; i < rows && s->top + i < s->n; i++) {
		struct rect line = { r.row + 1 + i, r.column, 1, r.columns };

		paint_row(a, c, line, s->found[s->top + i]);
		if (s->top + i == s->at)
			canvas_focus(c, line);
	}
	if (s->n == 0)
		canvas_put(c, r.row + 1, r.column, r.columns, ROLE_QUIET,
			TEXT("no such command"));
	canvas_caret(c, r.row, at);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	int step = 0;
	enum action chosen = s->n ? s->found[s->at] : ACT_NONE;

	switch (action) {
	case ACT_ACCEPT:
		app_back(a); /* s is gone from here on */
		if (chosen != ACT_NONE)
			app_act(a, chosen);
		return true;
	case ACT_CANCEL:
		app_back(a);
		return true;
	case ACT_MOVE_UP:
		step = -1;
		break;
	case ACT_MOVE_DOWN:
		step = 1;
		break;
	case ACT_PAGE_UP:
		step = -ROWS;
		break;
	case ACT_PAGE_DOWN:
		step = ROWS;
		break;
	default:
		if (input_act(&s->search, action))
			search(a, s);
		return true;
	}
	s->at += step;
	if (s->at > s->n - 1)
		s->at = s->n - 1;
	if (s->at < 0)
		s->at = 0;
	return true;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	struct rect r = popup_inside(s->box);
	int at = s->top + row - r.row - 1;

	if (row <= r.row || row >= r.row + r.rows || column < r.column ||
		column >= r.column + r.columns || at >= s->n) {
		app_back(a);
		return;
	}
	s->at = at;
	act(a, s, ACT_ACCEPT);
}

static struct input *input(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	return &s->search;
}

static void typed(struct app *a, void *state)
{
	search(a, state);
}

const struct screen_ops palette_screen = {
	.size = sizeof(struct state),
	.open = open_palette,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.input = input,
	.typed = typed,
};
