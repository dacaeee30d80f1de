/* The palette: every action, found by letters of its name, with its key and, when it
 * can't be done now, the reason. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/pick.h"
#include "tui/reach.h"

enum { WIDTH = 74, ROWS = 12, HELP_ROWS = 2, KEY_AT = 26, HELP_AT = 35, LAST = 2000 };

/* Behind the actions: the verb of the command line that the letters begin, which is done
 * in the shell. */
enum { VERB = ACT_COUNT, LETTERS = 3 };

static bool find_verb(const struct app *a, struct text typed, struct host_verb *out)
{
	return typed.n >= LETTERS && a->host->verb &&
	       a->host->verb(a->host->ctx, typed, out);
}

static struct host_verb verb_of(const struct app *a, const void *state)
{
	const struct pick *p = state;
	struct host_verb v = { "", "", "" };

	(void)find_verb(a, text_trim(input_text(&p->search)), &v);
	return v;
}

static int line_of(const struct host_verb *v, char *out, size_t size)
{
	return snprintf(out, size, "in the shell: tierdesk %s%s%s", v->name,
		*v->arguments ? " " : "", v->arguments);
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

static int count(struct app *a, void *state)
{
	(void)a;
	(void)state;
	return ACT_COUNT + 1;
}

/* Of the action of that number. What this screen does not have comes last. */
static int rank(struct app *a, void *state, int item, struct text typed)
{
	const enum action action = (enum action)item;
	const struct action_def *def;
	struct host_verb v;
	int by_name, by_title, r;

	(void)state;
	if (item == VERB)
		return find_verb(a, typed, &v);
	def = action_def(action);
	if (action == ACT_NONE || action == ACT_PALETTE || (def->flags & ACTION_HIDDEN))
		return 0;
	by_name = pick_rank(text_of(def->name), typed);
	by_title = pick_rank(text_of(def->title), typed);
	r = by_title > by_name ? by_title : by_name;
	if (r == 0)
		r = rank_help(def->help, typed);
	if (r == 0)
		return 0;
	if (typed.n == 0)
		r += recency(a, action);
	return reach_elsewhere(app_base(a), action) != SCREEN_COUNT ? r - LAST : r;
}

static void paint_verb(struct app *a, const void *state, struct canvas *c, struct rect r)
{
	const struct host_verb v = verb_of(a, state);
	char line[96];

	line_of(&v, line, sizeof(line));
	canvas_put(c, r.row, r.column, KEY_AT - 1, ROLE_UNKNOWN, text_of(v.name));
	canvas_put(c, r.row, r.column + KEY_AT, r.columns - KEY_AT, ROLE_UNKNOWN,
		text_of(line));
}

static void paint_action(struct app *a, struct canvas *c, struct rect r, int item)
{
	const enum action action = (enum action)item;
	enum scope scope = screen_def(app_base(a))->scope;
	const struct action_def *def = action_def(action);
	char text[REACH_MAX];
	const char *key = keys_text(scope, action),
		   *reason = reach_reason(a, action, text);
	enum role role = reason ? ROLE_UNKNOWN : ROLE_TEXT;
	const int at = key || !reason ? HELP_AT : KEY_AT;

	canvas_put(c, r.row, r.column, KEY_AT - 1, role, text_of(def->title));
	if (key)
		canvas_put(c, r.row, r.column + KEY_AT, HELP_AT - KEY_AT - 1, ROLE_KEY,
			text_of(key));
	canvas_put(c, r.row, r.column + at, r.columns - at, role,
		text_of(reason ? reason : def->help));
}

static void paint_row(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	if (item == VERB)
		paint_verb(a, state, c, r);
	else
		paint_action(a, c, r, item);
}

static void paint_help(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	if (item >= 0)
		pick_help(c, r,
			item == VERB ? verb_of(a, state).help
				     : action_def((enum action)item)->help);
}

static void say_verb(struct app *a, const void *state)
{
	const struct host_verb v = verb_of(a, state);
	char line[96];

	line_of(&v, line, sizeof(line));
	app_back(a); /* state is gone from here on */
	app_say(a, "%s is done %s", v.name, line);
}

static void run(struct app *a, void *state, int item)
{
	char text[REACH_MAX];

	if (item == VERB) {
		say_verb(a, state);
		return;
	}
	if (item > ACT_NONE && !reach_reason(a, (enum action)item, text))
		remember(a, (enum action)item);
	reach_run(a, item < 0 ? ACT_NONE : (enum action)item);
}

static void open_palette(struct app *a, void *state)
{
	static const struct pick_list list = { .title = "Commands",
		.rows = ROWS,
		.columns = WIDTH,
		.count = count,
		.rank = rank,
		.paint = paint_row,
		.below = HELP_ROWS,
		.foot = paint_help,
		.choose = run,
		.empty = "no such command" };

	pick_open(a, state, &list);
}

const struct screen_ops palette_screen = {
	.size = sizeof(struct pick),
	.open = open_palette,
	.close = pick_close,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};
