/* The options, changed as one looks at them. Made from the table. */
#include "tui/settings_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/choices.h"
#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"
#include "tui/rows.h"

enum { WIDTH = 74, ABOVE = 2, FOOT = 4, NAME_AT = 2, VALUE_AT = 20, SOURCE_AT = 38 };

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
		for (int i = 0; (one = choices_at(d->choices, i)).s; i++)
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

/* ---- what the keys have in common with it ---------------------------------------- */

static const char *settings_file(const struct app *a)
{
	return a->host->settings_path ? a->host->settings_path : "tierdesk.conf";
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

void settings_screen_head(const struct app *a, struct canvas *c,
	const struct settings_tab *t, enum screen_id here)
{
	static const struct {
		const char *title;
		enum screen_id id;
	} tabs[] = { { " Options ", SCREEN_OPTIONS }, { " Keys ", SCREEN_KEYS } };
	const struct rect r = popup_inside(t->box);
	int at = r.column;

	draw_box(c, t->box, screen_def(here)->title);
	for (int i = 0; i < 2; i++)
		at += canvas_put(c, r.row, at, 12,
			      tabs[i].id == here ? ROLE_TAB_HERE : ROLE_TAB,
			      text_of(tabs[i].title)) +
		      1;
	put_file(c, r, at + 1, text_of(settings_file(a)));
}

void settings_screen_layout(struct settings_tab *t, struct rect body, int rows, int foot)
{
	t->box = popup_place(body, ABOVE + rows + foot, WIDTH);
	t->foot = foot;
	rows_show(t->at, settings_screen_list(t).rows, &t->top);
}

struct rect settings_screen_list(const struct settings_tab *t)
{
	struct rect r = popup_inside(t->box);

	r.row += ABOVE;
	r.rows -= ABOVE + t->foot;
	return r;
}

bool settings_screen_move(struct settings_tab *t, enum action action)
{
	const int rows = settings_screen_list(t).rows;
	const bool moved = rows_step(action, rows, t->n, &t->at);

	rows_show(t->at, rows, &t->top);
	return moved;
}

bool settings_screen_click(struct app *a, struct settings_tab *t, int row, int column)
{
	const struct rect in = popup_inside(t->box), list = settings_screen_list(t);
	const int at = t->top + row - list.row;
	bool chosen = false;

	if (!canvas_hit(t->box, row, column)) {
		app_back(a);
	} else if (row == in.row) {
		settings_screen_go(
			a, column < in.column + 10 ? SCREEN_OPTIONS : SCREEN_KEYS);
	} else if (row >= list.row && row < list.row + list.rows && at < t->n) {
		chosen = t->at == at;
		t->at = at;
	}
	return chosen;
}

void settings_screen_go(struct app *a, enum screen_id id)
{
	if (app_top(a) == id)
		return;
	app_back(a);
	app_push(a, id);
}

void settings_screen_foot(
	struct canvas *c, const struct settings_tab *t, const struct page *p)
{
	struct rect r = popup_inside(t->box);

	r.row += r.rows - t->foot;
	r.rows = t->foot - 1;
	for (int i = 0; i < r.columns; i++)
		canvas_glyph(c, r.row, r.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	r.row++;
	canvas_copy(c, r, &p->c, 0);
}

/* What is to be said of a settings file that nobody wrote yet. */
static const char *not_yet(const struct app *a)
{
	return a->host->settings_path && !a->host->settings
		       ? ", which is to be made first"
		       : "";
}

/* Where that file is stands in the box. */
void settings_screen_line(struct app *a, const char *line, const char *section)
{
	const char *full = settings_file(a), *slash = strrchr(full, '/');

	app_say(a, "%s   below [%s] in %s%s", line, section, slash ? slash + 1 : full,
		not_yet(a));
}

/* ---- the screen ------------------------------------------------------------------ */

static void layout(struct app *a, void *state, struct rect body)
{
	struct settings_tab *t = state;

	(void)a;
	t->n = SETTING_COUNT;
	settings_screen_layout(t, body, t->n, FOOT);
}

static void paint_help(struct app *a, const struct settings_tab *t, struct canvas *c)
{
	struct page p;

	page_init(&p, a->canvas.ascii);
	page_reset(&p, popup_inside(t->box).columns);
	help_option(&p, t->at);
	settings_screen_foot(c, t, &p);
	page_clear(&p);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	const struct settings_tab *t = state;
	const struct rect list = settings_screen_list(t);

	(void)body;
	settings_screen_head(a, c, t, SCREEN_OPTIONS);
	paint_help(a, t, c);
	for (int i = 0; i < list.rows && t->top + i < t->n; i++) {
		struct rect r = { list.row + i, list.column, 1, list.columns };

		paint_option(a, c, r, t->top + i);
		if (t->top + i == t->at) {
			canvas_focus(c, r);
			canvas_cursor(c, r.row, r.column + NAME_AT);
		}
	}
}

/* The line for the settings file, to be copied. */
static void say_line(struct app *a, enum setting which)
{
	char text[SETTING_TEXT_MAX], line[SETTING_LINE_MAX + 64];

	snprintf(line, sizeof(line), "%s = %s", setting_def(which)->name,
		settings_text(&a->settings, which, text));
	settings_screen_line(a, line, "options");
}

static bool is_open(enum setting which)
{
	return setting_def(which)->type != SETTING_LINE;
}

static void step(struct app *a, enum setting which, int by)
{
	char text[SETTING_TEXT_MAX];

	if (is_open(which))
		change(a, which, settings_step(&a->settings, which, by, text));
	else
		say_line(a, which);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct settings_tab *t = state;
	const enum setting which = (enum setting)t->at;

	switch (action) {
	case ACT_OPTION_NEXT:
		step(a, which, 1);
		return true;
	case ACT_OPTION_BEFORE:
		step(a, which, -1);
		return true;
	case ACT_OPTION_DEFAULT:
		if (is_open(which))
			change(a, which, setting_def(which)->initial);
		return true;
	case ACT_OPTION_LINE:
		say_line(a, which);
		return true;
	case ACT_OPTION_PAGE:
		settings_screen_go(a, SCREEN_KEYS);
		return true;
	default:
		return settings_screen_move(t, action);
	}
}

static void click(struct app *a, void *state, int row, int column)
{
	struct settings_tab *t = state;

	if (settings_screen_click(a, t, row, column))
		step(a, (enum setting)t->at, 1);
}

const struct screen_ops settings_screen = {
	.size = sizeof(struct settings_tab),
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
};
