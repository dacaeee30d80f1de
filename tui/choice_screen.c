#include "tui/choice.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/letters.h"
#include "tui/pick.h"

enum { WIDTH = 64, HELP_ROWS = 2 };

struct state {
	struct pick pick;
	struct choice choice;
};

void choice_add(struct choice *c, const char *label, const char *help, int64_t value)
{
	struct choice_line *line;

	if (c->n == CHOICE_LINES)
		return;
	line = &c->line[c->n++];
	*line = (struct choice_line){ .help = help, .value = value };
	snprintf(line->label, sizeof(line->label), "%s", label);
}

static const struct choice_line *line_of(void *state, int item)
{
	struct state *s = state;

	return &s->choice.line[item];
}

static int count(struct app *a, void *state)
{
	(void)a;
	return ((struct state *)state)->choice.n;
}

static int rank(struct app *a, void *state, int item, struct text typed)
{
	struct letters letters;

	(void)a;
	letters_init(&letters, typed);
	return letters_rank(&letters, text_of(line_of(state, item)->label));
}

static void paint_row(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct choice_line *line = line_of(state, item);

	(void)a;
	canvas_put(c, r.row, r.column, r.columns, ROLE_TEXT, text_of(line->label));
	if (line->note)
		canvas_put_right(
			c, r.row, r.column, r.columns, ROLE_QUIET, text_of(line->note));
}

static void paint_help(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	(void)a;
	if (item >= 0 && line_of(state, item)->help)
		pick_help(c, r, line_of(state, item)->help);
}

static void choose(struct app *a, void *state, int item)
{
	struct state *s = state;
	void (*chosen)(struct app *, int64_t) = s->choice.chosen;
	int64_t value;

	if (item < 0)
		return;
	value = s->choice.line[item].value;
	app_back(a); /* s is gone from here on */
	chosen(a, value);
}

static const struct pick_list list = { .columns = WIDTH,
	.below = HELP_ROWS,
	.count = count,
	.rank = rank,
	.paint = paint_row,
	.foot = paint_help,
	.choose = choose,
	.empty = "nothing has these letters" };

static void open_choice(struct app *a, void *state)
{
	pick_open(a, state, &list);
}

void choice_open(struct app *a, const struct choice *c)
{
	struct state *s;

	app_push(a, SCREEN_CHOICE);
	if (app_top(a) != SCREEN_CHOICE)
		return;
	s = a->state[SCREEN_CHOICE];
	s->choice = *c;
	s->pick.title = c->title;
	s->pick.rows = c->n;
	pick_refill(a, &s->pick);
	s->pick.at = c->at;
}

const struct screen_ops choice_screen = {
	.size = sizeof(struct state),
	.open = open_choice,
	.close = pick_close,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};
