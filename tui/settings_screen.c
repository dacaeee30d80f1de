/* The options, changed as one looks at them, and the keys with whatever is odd about
 * them. Made from the tables. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"
#include "tui/rows.h"

enum { WIDTH = 74, HELP_ROWS = 4, NAME_AT = 2, VALUE_AT = 20, SOURCE_AT = 38 };
enum { KEY_AT = 14, TITLE_AT = 24, NOTE_AT = 48 };

enum tab { TAB_OPTIONS, TAB_KEYS };

struct state {
	struct rect box;
	enum tab tab;
	int at[2], top[2]; /* the chosen row and the first one shown, of each tab */
};

static int rows_of(const struct state *s)
{
	const struct binding *b;

	return s->tab == TAB_OPTIONS ? SETTING_COUNT : keys_bindings(&b);
}

/* Where the rows of the list are. */
static struct rect list_of(const struct state *s)
{
	struct rect r = popup_inside(s->box);

	r.row += 2;
	r.rows -= 2 + HELP_ROWS;
	return r;
}

static void keep_in_view(struct state *s)
{
	rows_show(s->at[s->tab], list_of(s).rows, &s->top[s->tab]);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	s->box = popup_place(body,
		s->tab == TAB_KEYS ? body.rows : SETTING_COUNT + 2 + HELP_ROWS, WIDTH);
	keep_in_view(s);
}

/* ---- options -------------------------------------------------------------------- */

static const char *source_words(const struct settings *s, enum setting which)
{
	static const char *const words[SETTINGS_SOURCES] = { "", "chosen here",
		"settings file", "environment", "command line", "until you leave" };

	return words[s->source[which]];
}

static void paint_option(struct app *a, struct canvas *c, struct rect r, int i)
{
	const struct settings *s = &a->settings;
	char text[SETTING_TEXT_MAX];
	bool initial = s->source[i] == SETTINGS_DEFAULT;

	canvas_put(c, r.row, r.column + NAME_AT, VALUE_AT - NAME_AT - 1, ROLE_TEXT,
		text_of(setting_def((enum setting)i)->name));
	canvas_put(c, r.row, r.column + VALUE_AT, SOURCE_AT - VALUE_AT - 1,
		initial ? ROLE_TEXT : ROLE_STRONG,
		text_of(settings_text(s, (enum setting)i, text)));
	if (!initial)
		canvas_glyph(c, r.row, r.column, ROLE_MARK, GLYPH_MARK);
	canvas_put(c, r.row, r.column + SOURCE_AT, r.columns - SOURCE_AT, ROLE_QUIET,
		text_of(source_words(s, (enum setting)i)));
}

static void put_choices(struct page *p, const struct setting_def *d)
{
	char line[200] = "";
	size_t n = 0;
	struct text one;

	if (d->type == SETTING_NUMBER)
		snprintf(line, sizeof(line), "%d to %d; usually %s", d->min, d->max,
			d->initial);
	else if (d->type == SETTING_BOOL)
		snprintf(line, sizeof(line), "yes or no; usually %s", d->initial);
	else if (d->type == SETTING_LINE)
		snprintf(line, sizeof(line), "only the settings file says it");
	else
		for (int i = 0; (one = settings_choice(d->choices, i)).s; i++)
			n += (size_t)snprintf(line + n, sizeof(line) - n, "%s%.*s",
				i ? ", " : "", (int)one.n, one.s);
	page_text(p, 0, ROLE_QUIET, text_of(line));
}

static void help_option(struct page *p, int i)
{
	const struct setting_def *d = setting_def((enum setting)i);

	page_text(p, 0, ROLE_TEXT, text_of(d->help));
	put_choices(p, d);
}

/* What the file, the environment or the command line fixes holds until the end only. */
static void change(struct app *a, enum setting which, const char *value)
{
	struct settings *s = &a->settings;
	const struct setting_def *d = setting_def(which);
	bool fixed = s->given[which] != SETTINGS_DEFAULT;
	bool initial = strcmp(value, d->initial) == 0;

	s->source[which] = SETTINGS_DEFAULT;
	if (settings_set(s, which,
		    fixed     ? SETTINGS_HERE
		    : initial ? SETTINGS_DEFAULT
			      : SETTINGS_KEPT,
		    text_of(value), NULL) != ST_OK)
		return;
	/* What is fixed is kept no longer either, or each start would say that it lost.
	 */
	kept_set(a, "options", d->name, fixed || initial ? NULL : value);
	if (fixed)
		app_say(a, "%s is set by the %s: what you choose here ends with tierdesk",
			d->name,
			s->given[which] == SETTINGS_FILE          ? "settings file"
			: s->given[which] == SETTINGS_ENVIRONMENT ? "environment"
								  : "command line");
	else if (d->effect == SETTING_NEXT)
		app_say(a, "%s is %s from the next start on", d->name, value);
	a->restyle |= d->effect == SETTING_LOOK || d->effect == SETTING_TERMINAL;
	a->dirty |= APP_LAYOUT;
}

/* ---- keys ----------------------------------------------------------------------- */

/* What is odd about a key: whose it is, what it did before, and where another one comes
 * before it. */
static void key_note(const struct binding *b, char *out, size_t size)
{
	const enum action was = keys_shipped(b->scope, b->key);
	size_t n = 0;

	out[0] = '\0';
	if (b->line)
		n = (size_t)snprintf(out, size, "yours, line %d", b->line);
	if (b->line && was != ACT_NONE && was != b->action)
		n += (size_t)snprintf(out + n, size - n, ", was %s%s",
			action_def(was)->name,
			keys_text(b->scope, was) ? "" : ", which has no key now");
	for (int i = 1; i < SCOPE_COUNT && n < size; i++) {
		enum scope scope = (enum scope)i;
		enum action other = keys_find(scope, b->key);

		if (b->line && scope != b->scope && keys_hidden(b, scope) &&
			other != ACT_NONE)
			n += (size_t)snprintf(out + n, size - n, "; %s: %s",
				keys_scope_name(scope), action_def(other)->title);
	}
}

static void paint_key(struct canvas *c, struct rect r, int i)
{
	const struct binding *b;
	char note[160];

	keys_bindings(&b);
	b += i;
	canvas_put(c, r.row, r.column + NAME_AT, KEY_AT - NAME_AT - 1, ROLE_QUIET,
		text_of(keys_scope_name(b->scope)));
	canvas_put(c, r.row, r.column + KEY_AT, TITLE_AT - KEY_AT - 1, ROLE_KEY,
		text_of(b->text));
	canvas_put(c, r.row, r.column + TITLE_AT, NOTE_AT - TITLE_AT - 1, ROLE_TEXT,
		text_of(b->action == ACT_NONE ? "none" : action_def(b->action)->name));
	key_note(b, note, sizeof(note));
	if (b->line)
		canvas_glyph(c, r.row, r.column, ROLE_MARK, GLYPH_MARK);
	canvas_put(c, r.row, r.column + NOTE_AT, r.columns - NOTE_AT, ROLE_QUIET,
		text_of(note));
}

static void help_key(struct page *p, int i)
{
	const struct binding *b;
	char note[160];

	keys_bindings(&b);
	if (b[i].action)
		page_print(p, 0, ROLE_TEXT, "%s: %s", action_def(b[i].action)->title,
			action_def(b[i].action)->help);
	else
		page_text(p, 0, ROLE_TEXT, TEXT("The key does nothing here."));
	key_note(&b[i], note, sizeof(note));
	if (note[0])
		page_text(p, 0, ROLE_QUIET, text_of(note));
	page_print(p, 0, ROLE_INFO,
		"Keys are changed in the settings file: %s shows the line for this one.",
		keys_text(SCOPE_OPTIONS, ACT_OPTION_LINE));
}

static const char *settings_file(const struct app *a)
{
	return a->host->settings_path ? a->host->settings_path : "tierdesk.conf";
}

/* ---- both ----------------------------------------------------------------------- */

static void paint_help(struct app *a, const struct state *s, struct canvas *c)
{
	struct rect r = popup_inside(s->box), line = r;
	struct page p;

	r.row += r.rows - HELP_ROWS;
	r.rows = HELP_ROWS;
	line.row = r.row;
	for (int i = 0; i < r.columns; i++)
		canvas_glyph(c, line.row, r.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	page_init(&p, a->canvas.ascii);
	page_reset(&p, r.columns);
	if (s->tab == TAB_OPTIONS)
		help_option(&p, s->at[s->tab]);
	else
		help_key(&p, s->at[s->tab]);
	page_paint(&p, c, (struct rect){ r.row + 1, r.column, r.rows - 1, r.columns });
	page_clear(&p);
}

/* Of a path that is too long its end. */
static void put_file(struct canvas *c, struct rect r, int column, struct text path)
{
	const int width = r.column + r.columns - column;
	bool cut = false;

	while (path.n && text_columns(path) + (cut ? 3 : 0) > width) {
		cut = true;
		do {
			path.s++;
			path.n--;
		} while (path.n && (*path.s & 0xC0) == 0x80);
	}
	if (cut)
		canvas_put(c, r.row, column, 3, ROLE_QUIET, TEXT("..."));
	canvas_put_right(c, r.row, column, width, ROLE_QUIET, path);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	static const char *const titles[] = { " Options ", " Keys " };
	struct state *s = state;
	struct rect inside = popup_inside(s->box), list = list_of(s);
	int at = inside.column;

	(void)body;
	draw_box(c, s->box, "Options");
	paint_help(a, s, c);
	for (int i = 0; i < 2; i++)
		at += canvas_put(c, inside.row, at, 12,
			      s->tab == (enum tab)i ? ROLE_TAB_HERE : ROLE_TAB,
			      text_of(titles[i])) +
		      1;
	put_file(c, inside, at + 1, text_of(settings_file(a)));
	for (int i = 0; i < list.rows && s->top[s->tab] + i < rows_of(s); i++) {
		struct rect r = { list.row + i, list.column, 1, list.columns };
		int row = s->top[s->tab] + i;

		if (s->tab == TAB_OPTIONS)
			paint_option(a, c, r, row);
		else
			paint_key(c, r, row);
		if (row == s->at[s->tab]) {
			canvas_focus(c, r);
			canvas_cursor(c, r.row, r.column + NAME_AT);
		}
	}
}

/* What is to be said of a settings file that nobody wrote yet. */
static const char *not_yet(const struct app *a)
{
	return a->host->settings_path && !a->host->settings
		       ? ", which is to be made first"
		       : "";
}

/* The line for the settings file, to be copied; where that is stands in the box. */
static void say_line(struct app *a, const struct state *s)
{
	const char *full = settings_file(a), *slash = strrchr(full, '/'),
		   *path = slash ? slash + 1 : full;
	const struct binding *b;
	char text[SETTING_TEXT_MAX];

	keys_bindings(&b);
	b += s->at[TAB_KEYS];
	if (s->tab == TAB_OPTIONS)
		app_say(a, "%s = %s   below [options] in %s%s",
			setting_def((enum setting)s->at[TAB_OPTIONS])->name,
			settings_text(
				&a->settings, (enum setting)s->at[TAB_OPTIONS], text),
			path, not_yet(a));
	else
		app_say(a, "%s.%s = %s   below [keys] in %s%s", keys_scope_name(b->scope),
			b->text, b->action ? action_def(b->action)->name : "none", path,
			not_yet(a));
}

/* Whether the chosen row can be changed here. */
static bool is_open(const struct state *s)
{
	return s->tab == TAB_OPTIONS &&
	       setting_def((enum setting)s->at[TAB_OPTIONS])->type != SETTING_LINE;
}

static void step(struct app *a, const struct state *s, int by)
{
	enum setting which = (enum setting)s->at[TAB_OPTIONS];
	char text[SETTING_TEXT_MAX];

	if (is_open(s))
		change(a, which, settings_step(&a->settings, which, by, text));
	else
		say_line(a, s);
}

static bool move(struct state *s, enum action action)
{
	const bool moved = rows_step(action, list_of(s).rows, rows_of(s), &s->at[s->tab]);

	keep_in_view(s);
	return moved;
}

/* Keys are not changed here, their lines are shown. */
static bool offers(struct app *a, const void *state, enum action action)
{
	const struct state *s = state;

	(void)a;
	return s->tab == TAB_OPTIONS ||
	       (action != ACT_OPTION_NEXT && action != ACT_OPTION_BEFORE &&
		       action != ACT_OPTION_DEFAULT);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	enum setting which = (enum setting)s->at[TAB_OPTIONS];

	switch (action) {
	case ACT_OPTION_NEXT:
		step(a, s, 1);
		return true;
	case ACT_OPTION_BEFORE:
		step(a, s, -1);
		return true;
	case ACT_OPTION_DEFAULT:
		if (is_open(s))
			change(a, which, setting_def(which)->initial);
		return true;
	case ACT_OPTION_LINE:
		say_line(a, s);
		return true;
	case ACT_OPTION_PAGE:
		s->tab = s->tab == TAB_OPTIONS ? TAB_KEYS : TAB_OPTIONS;
		a->dirty |= APP_LAYOUT;
		return true;
	default:
		return move(s, action);
	}
}

/* On the chosen row: changes it; on another one: chooses it. */
static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	struct rect list = list_of(s), inside = popup_inside(s->box);
	int at = s->top[s->tab] + row - list.row;

	if (!canvas_hit(s->box, row, column)) {
		app_back(a);
	} else if (row == inside.row) {
		s->tab = column < inside.column + 10 ? TAB_OPTIONS : TAB_KEYS;
		a->dirty |= APP_LAYOUT;
	} else if (row >= list.row && row < list.row + list.rows && at < rows_of(s)) {
		if (s->at[s->tab] == at)
			step(a, s, 1);
		s->at[s->tab] = at;
	}
}

const struct screen_ops settings_screen = {
	.size = sizeof(struct state),
	.layout = layout,
	.paint = paint,
	.act = act,
	.offers = offers,
	.click = click,
};
