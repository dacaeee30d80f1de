#include "tui/choice.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/pick.h"

enum { WIDTH = 64, HELP_ROWS = 1 };

struct state {
	struct pick pick;
	struct choice choice;
	int found[CHOICE_LINES];
};

void choice_add(struct choice *c, const char *label, const char *help, int value)
{
	struct choice_line *line;

	if (c->n == CHOICE_LINES)
		return;
	line = &c->line[c->n++];
	*line = (struct choice_line){ .help = help, .value = value };
	snprintf(line->label, sizeof(line->label), "%s", label);
}

/* Those whose names fit best first. */
static void search(struct state *s)
{
	int rank[CHOICE_LINES], n = 0;

	for (int i = 0; i < s->choice.n; i++) {
		const int r = pick_rank(
			text_of(s->choice.line[i].label), input_text(&s->pick.search));
		int at = n;

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

void choice_open(struct app *a, const struct choice *c)
{
	struct state *s;

	app_push(a, SCREEN_CHOICE);
	if (app_top(a) != SCREEN_CHOICE)
		return;
	s = a->state[SCREEN_CHOICE];
	s->choice = *c;
	search(s);
	s->pick.at = c->at;
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	(void)a;
	s->pick.below = HELP_ROWS + 1;
	pick_place(&s->pick, body, s->choice.n, WIDTH);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect r;

	(void)a;
	(void)body;
	r = pick_paint(&s->pick, c, s->choice.title);
	for (int i = 0; i < r.rows && s->pick.top + i < s->pick.n; i++) {
		const struct choice_line *line =
			&s->choice.line[s->found[s->pick.top + i]];

		canvas_put(c, r.row + i, r.column, r.columns, ROLE_TEXT,
			text_of(line->label));
		if (line->note)
			canvas_put_right(c, r.row + i, r.column, r.columns, ROLE_QUIET,
				text_of(line->note));
		if (s->pick.top + i == s->pick.at)
			canvas_focus(
				c, (struct rect){ r.row + i, r.column, 1, r.columns });
	}
	if (s->pick.n == 0)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET,
			TEXT("nothing has these letters"));
	else if (s->choice.line[s->found[s->pick.at]].help)
		canvas_put(c, r.row + r.rows + 1, r.column, r.columns, ROLE_QUIET,
			text_of(s->choice.line[s->found[s->pick.at]].help));
}

static void choose(struct app *a, struct state *s)
{
	void (*chosen)(struct app *, int) = s->choice.chosen;
	int value;

	if (s->pick.n == 0)
		return;
	value = s->choice.line[s->found[s->pick.at]].value;
	app_back(a); /* s is gone from here on */
	chosen(a, value);
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
	(void)a;
	return &((struct state *)state)->pick.search;
}

static void typed(struct app *a, void *state)
{
	(void)a;
	search(state);
}

const struct screen_ops choice_screen = {
	.size = sizeof(struct state),
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.input = input,
	.typed = typed,
};
