/* Help: the keys of the screen below and what they do, made from the tables. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"

enum { WIDTH = 76, KEYS_AT = 1, TITLE_AT = 22, HELP_AT = 22 };

struct state {
	struct page page;
	struct rect box;
	struct input search;
	bool typing;
};

/* Whether a row is found by what was typed: a part of keys, title or sentence. */
static bool matches(const struct state *s, const char *keys, enum action action)
{
	char hay[512], needle[INPUT_MAX];
	const struct action_def *def = action_def(action);
	size_t n, m = text_fold(input_text(&s->search), needle, sizeof(needle));
	char line[512];

	snprintf(line, sizeof(line), "%s %s %s %s", keys, def->title, def->help,
		def->name);
	n = text_fold(text_of(line), hay, sizeof(hay));
	for (size_t i = 0; i + m <= n; i++)
		if (memcmp(hay + i, needle, m) == 0)
			return true;
	return m == 0;
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
		bool first = b[i].scope == scope;
		int row;

		for (int j = 0; j < i; j++)
			first &= b[j].scope != scope || b[j].action != b[i].action;
		if (!first)
			continue;
		keys_of(scope, from, b[i].action, keys, sizeof(keys));
		if (!keys[0] || !matches(s, keys, b[i].action))
			continue;
		if (!any && s->page.c.rows)
			page_line(&s->page);
		if (!any)
			page_heading(&s->page, title, NULL);
		any = true;
		row = s->page.c.rows;
		page_text(&s->page, HELP_AT, ROLE_TEXT,
			text_of(action_def(b[i].action)->help));
		canvas_put(&s->page.c, row, KEYS_AT, TITLE_AT - KEYS_AT - 1, ROLE_KEY,
			text_of(keys));
	}
}

static void build(struct app *a, struct state *s)
{
	enum screen_id base = app_base(a);
	enum scope from = screen_def(base)->scope;
	char title[64];

	page_reset(&s->page, s->box.columns - 4);
	for (enum scope scope = from; scope != SCOPE_NONE; scope = keys_around(scope)) {
		snprintf(title, sizeof(title), "%s",
			scope == from           ? screen_def(base)->title
			: scope == SCOPE_SCREEN ? "On every screen"
						: "Everywhere");
		put_scope(s, scope, from, title);
	}
	if (s->page.c.rows == 0)
		page_print(&s->page, KEYS_AT, ROLE_QUIET, "no key does that");
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
	struct rect line = { s->box.row + s->box.rows - 1, s->box.column + 2, 1,
		s->box.columns - 4 };
	int at = line.column;

	(void)a;
	(void)body;
	draw_box(c, s->box, "Help");
	page_paint(&s->page, c, popup_inside(s->box));
	if (!s->typing && !s->search.n)
		return;
	at += canvas_put(c, line.row, at, 8, ROLE_KEY, TEXT(" find: "));
	at += canvas_put(c, line.row, at, 40, ROLE_INPUT, input_text(&s->search));
	if (s->typing)
		canvas_caret(c, line.row, at);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	switch (action) {
	case ACT_FILTER:
		s->typing = true;
		return true;
	case ACT_CANCEL:
		input_set(&s->search, TEXT(""));
		s->typing = false;
		build(a, s);
		return true;
	case ACT_ACCEPT:
		s->typing = false;
		return true;
	default:
		break;
	}
	if (s->typing && input_act(&s->search, action)) {
		build(a, s);
		return true;
	}
	return page_act(&s->page, action, s->box.rows - 2);
}

static struct input *input(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	return s->typing ? &s->search : NULL;
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
	.input = input,
	.typed = typed,
};
