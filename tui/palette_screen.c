/* The palette: every action, found by letters of its name, with its key and, when it
 * can't be done now, the reason. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/pick.h"
#include "tui/reach.h"

enum { WIDTH = 74, ROWS = 12, KEY_AT = 26, HELP_AT = 35, REASON_MAX = 96, LAST = 2000 };

struct state {
	struct pick pick;
	enum action found[ACT_COUNT];
};

/* Why it can't be done; NULL: it can. */
static const char *reason_of(struct app *a, enum action action, char text[REASON_MAX])
{
	enum screen_id screen = reach_elsewhere(app_base(a), action);

	if (screen == SCREEN_COUNT)
		return app_blocked(a, action);
	snprintf(text, REASON_MAX, "only on the screen %s", screen_def(screen)->title);
	return text;
}

/* What was run last comes first, as long as nothing is typed. */
static int recency(const struct app *a, enum action action)
{
	for (int i = 0; i < APP_RECENT; i++)
		if (a->recent[i] == action)
			return APP_RECENT - i;
	return 0;
}

static void remember(struct app *a, enum action action)
{
	int i = 0;

	while (i < APP_RECENT - 1 && a->recent[i] != action)
		i++;
	for (; i > 0; i--)
		a->recent[i] = a->recent[i - 1];
	a->recent[0] = action;
}

enum { BY_HELP = 2 }; /* behind all that the name has the letters of */

/* Words of the sentence count as they stand there, from the beginning of a word. */
static int rank_help(const char *help, struct text typed)
{
	for (const char *s = help; typed.n && *s; s++) {
		if (s != help && s[-1] != ' ')
			continue;
		if (strlen(s) >= typed.n && text_ieq((struct text){ s, typed.n }, typed))
			return BY_HELP;
	}
	return 0;
}

static int rank(const struct action_def *def, struct text typed)
{
	int by_name = pick_rank(text_of(def->name), typed);
	int by_title = pick_rank(text_of(def->title), typed);

	if (by_name == 0 && by_title == 0)
		return rank_help(def->help, typed);
	return by_title > by_name ? by_title : by_name;
}

/* What this screen does not have comes last. */
static void search(struct app *a, struct state *s)
{
	struct text typed = input_text(&s->pick.search);
	int score[ACT_COUNT], n = 0;

	for (int i = 1; i < ACT_COUNT; i++) {
		const struct action_def *def = action_def((enum action)i);
		int r = rank(def, typed), j = n;

		if ((def->flags & ACTION_HIDDEN) || r == 0 || i == ACT_PALETTE)
			continue;
		if (typed.n == 0)
			r += recency(a, (enum action)i);
		if (reach_elsewhere(app_base(a), (enum action)i) != SCREEN_COUNT)
			r -= LAST;
		for (; j > 0 && score[j - 1] < r; j--) {
			score[j] = score[j - 1];
			s->found[j] = s->found[j - 1];
		}
		score[j] = r;
		s->found[j] = (enum action)i;
		n++;
	}
	s->pick.n = n;
	s->pick.at = s->pick.top = 0;
}

static void open_palette(struct app *a, void *state)
{
	search(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	pick_place(&s->pick, body, ROWS, WIDTH);
}

static void paint_row(struct app *a, struct canvas *c, struct rect r, enum action action)
{
	enum scope scope = screen_def(app_base(a))->scope;
	const struct action_def *def = action_def(action);
	char text[REASON_MAX];
	const char *key = keys_text(scope, action), *reason = reason_of(a, action, text);
	enum role role = reason ? ROLE_UNKNOWN : ROLE_TEXT;
	const int at = key || !reason ? HELP_AT : KEY_AT;

	canvas_put(c, r.row, r.column, KEY_AT - 1, role, text_of(def->title));
	if (key)
		canvas_put(c, r.row, r.column + KEY_AT, HELP_AT - KEY_AT - 1, ROLE_KEY,
			text_of(key));
	canvas_put(c, r.row, r.column + at, r.columns - at, role,
		text_of(reason ? reason : def->help));
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect r = pick_paint(&s->pick, c, "Commands");

	(void)body;
	for (int i = 0; i < r.rows && s->pick.top + i < s->pick.n; i++) {
		struct rect line = { r.row + i, r.column, 1, r.columns };

		paint_row(a, c, line, s->found[s->pick.top + i]);
		if (s->pick.top + i == s->pick.at)
			canvas_focus(c, line);
	}
	if (s->pick.n == 0)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET,
			TEXT("no such command"));
}

static void run(struct app *a, struct state *s)
{
	enum action chosen = s->pick.n ? s->found[s->pick.at] : ACT_NONE;
	char text[REASON_MAX];
	const char *reason = reason_of(a, chosen, text);

	if (chosen != ACT_NONE && !reason)
		remember(a, chosen);
	app_back(a); /* s is gone from here on */
	if (reason)
		app_say(a, "%s: %s", action_def(chosen)->title, reason);
	else if (chosen != ACT_NONE)
		app_act(a, chosen);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_RUN)
		run(a, s);
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
		run(a, s);
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
