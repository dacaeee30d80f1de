/* Help: the keys of the screen below and what they do, and the language of filters, made
 * from the tables. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/find.h"
#include "tui/mem.h"
#include "tui/popup.h"
#include "tui/reach.h"

enum { WIDTH = 76, KEYS_AT = 1, TITLE_AT = 22, HELP_AT = 22 };

struct state {
	struct find find;
	struct page page;
	struct line {
		int row; /* of the page, where it begins */
		enum action action;
	} * line; /* owned; ascending */
	int lines;
	struct rect box;
};

static bool matches(const struct state *s, const char *keys, enum action action)
{
	const struct action_def *def = action_def(action);
	char line[512];

	snprintf(line, sizeof(line), "%s %s %s %s", keys, def->title, def->help,
		def->name);
	return input_within(&s->find.words, line);
}

/* From the next row of the page on a click does this. */
static void begin_line(struct state *s, enum action action)
{
	s->line = mem_resize(s->line, (size_t)s->lines + 1, sizeof(*s->line));
	s->line[s->lines++] = (struct line){ s->page.c.rows, action };
}

/* A line with something to type before it; the heading before the first one found. */
static void put_row(struct state *s, const char *title, const char *left,
	const char *help, enum action action, bool *any)
{
	int row;

	if (!*any)
		begin_line(s, ACT_NONE);

	if (!*any && s->page.c.rows)
		page_line(&s->page);
	if (!*any)
		page_heading(&s->page, title, NULL);
	*any = true;
	begin_line(s, action);
	row = s->page.c.rows;
	page_text(&s->page, HELP_AT, ROLE_TEXT, text_of(help));
	canvas_put(
		&s->page.c, row, KEYS_AT, HELP_AT - KEYS_AT - 1, ROLE_KEY, text_of(left));
}

/* All keys of a scope for one action: "Down, j". */
static void keys_of(
	enum scope scope, enum scope from, enum action action, char *out, size_t size)
{
	const struct binding *b;
	int n = keys_bindings(&b);
	size_t used = 0;

	out[0] = '\0';
	for (int i = 0; i < n; i++)
		if (b[i].scope == scope && b[i].action == action &&
			keys_find(from, b[i].key) == action && used < size)
			used += (size_t)snprintf(out + used, size - used, "%s%s",
				used ? ", " : "", b[i].text);
}

static void put_scope(
	struct state *s, enum scope scope, enum scope from, const char *title)
{
	const struct binding *b;
	int n = keys_bindings(&b);
	bool any = false;

	for (int i = 0; i < n; i++) {
		char keys[64];
		bool first = b[i].scope == scope && b[i].action != ACT_NONE;

		for (int j = 0; j < i; j++)
			first &= b[j].scope != scope || b[j].action != b[i].action;
		if (!first)
			continue;
		keys_of(scope, from, b[i].action, keys, sizeof(keys));
		if (!keys[0] || !matches(s, keys, b[i].action))
			continue;
		put_row(s, title, keys, action_def(b[i].action)->help, b[i].action, &any);
	}
}

/* Palette commands that have no key here. */
static void put_keyless(struct app *a, struct state *s)
{
	bool any = false;

	for (int i = 1; i < ACT_COUNT; i++) {
		enum action action = (enum action)i;

		if (strcmp(action_reach(app_base(a), action), "palette") == 0 &&
			matches(s, "", action))
			put_row(s, "Only among the commands", action_def(action)->title,
				action_def(action)->help, action, &any);
	}
}

static void put_filters(struct state *s)
{
	static const struct {
		const char *form, *help;
	} forms[] = {
		{ "acme", "A part of name or id, or how a word of owner or tags begins; "
			  "several words must all fit." },
		{ "tier:1  csm:mei",
			"A field and its value; texts from the beginning of a word." },
		{ "health:<50", "Less; also <= > >= and = for numbers, money and days." },
		{ "health:40..60", "From one to another, both included." },
		{ "tier:1,2", "One or the other." },
		{ "-region:emea", "Not that." },
		{ "renewal:none", "Without a value." },
		{ "arr:>50k  arr:<1.5m", "Thousands and millions." },
		{ "renewal:<90d", "Spans in days, weeks, months, years: 90d 12w 3m 1y." },
		{ "csm:me  csm:pool", "Your own accounts; those of nobody." },
		{ "name:\"of the\"", "Quotes keep words together." },
	};
	bool any = false;
	char line[256];

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		snprintf(
			line, sizeof(line), "filter %s %s", forms[i].form, forms[i].help);
		if (input_within(&s->find.words, line))
			put_row(s, "Filters", forms[i].form, forms[i].help, ACT_NONE,
				&any);
	}
	any = false;
	for (int i = 0; i < LIST_FIELDS; i++) {
		const struct list_field_def *f = list_field_def((enum list_field)i);

		snprintf(line, sizeof(line), "field %s %s", f->name, f->help);
		if (input_within(&s->find.words, line))
			put_row(s, "Fields in filters", f->name, f->help, ACT_NONE, &any);
	}
}

static void build(struct app *a, struct state *s)
{
	enum screen_id base = app_base(a);
	enum scope from = screen_def(base)->scope;
	char title[64];

	page_reset(&s->page, s->box.columns - 4);
	s->lines = 0;
	for (enum scope scope = from; scope != SCOPE_NONE; scope = keys_around(scope)) {
		snprintf(title, sizeof(title), "%s",
			scope == from           ? screen_def(base)->title
			: scope == SCOPE_SCREEN ? "On every screen"
						: "Everywhere");
		put_scope(s, scope, from, title);
	}
	put_keyless(a, s);
	if (keys_text(from, ACT_FILTER))
		put_filters(s);
	if (s->page.c.rows == 0)
		page_print(&s->page, KEYS_AT, ROLE_QUIET, "nothing here has that in it");
}

static void open_help(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
}

static void close_help(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
	free(s->line);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	s->box = popup_place(body, body.rows, WIDTH);
	build(a, s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	(void)body;
	draw_box(c, s->box,
		a->settings.value[SETTING_MOUSE] ? "Help: a click on a line does it"
						 : "Help");
	page_paint(&s->page, c, popup_inside(s->box));
	find_paint(&s->find, c, s->box);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	bool changed;

	if (find_act(&s->find, action, &changed)) {
		if (changed)
			build(a, s);
		return true;
	}
	return page_act(&s->page, action, s->box.rows - 2);
}

/* What the line there names is done, as a line of the palette is. */
static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	const struct rect in = popup_inside(s->box);
	const int at = s->page.top + row - in.row;
	enum action action = ACT_NONE;

	if (!canvas_hit(s->box, row, column)) {
		app_back(a);
		return;
	}
	for (int i = 0; i < s->lines && s->line[i].row <= at; i++)
		action = s->line[i].action;
	if (canvas_hit(in, row, column) && at < s->page.c.rows && action != ACT_NONE)
		reach_run(a, action); /* s is gone from here on */
}

static void typed(struct app *a, void *state)
{
	struct state *s = state;

	s->page.top = 0;
	build(a, s);
}

const struct screen_ops help_screen = {
	.size = sizeof(struct state),
	.open = open_help,
	.close = close_help,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.input = find_input,
	.typed = typed,
};
