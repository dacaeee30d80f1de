/* The keys: every action with what does it, where, and what usually does; changed here.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/find.h"
#include "tui/mem.h"
#include "tui/new_key.h"
#include "tui/popup.h"
#include "tui/settings_screen.h"

/* Where there is little room, the list has more of it. */
enum { FOOT = 4, FOOT_LEAST = 3, ROOMY = 14 };
enum { PLACE_AT = 2, KEY_AT = 19, USUAL_AT = 29, TITLE_AT = 39 };

struct state {
	struct find find;
	struct settings_tab tab;
	struct key_list list;
	int *shown; /* owned; rows of the list that have in them what was typed */
};

static const char *title_of(const struct key_row *r)
{
	return r->action ? action_def(r->action)->title : "nothing";
}

static const char *name_of(int32_t key, char text[KEY_TEXT_MAX])
{
	return key ? key_text(key, text) : "";
}

/* The row under the cursor; NULL: there is none. */
static const struct key_row *chosen(const struct state *s)
{
	return s->tab.at < s->tab.n ? &s->list.row[s->shown[s->tab.at]] : NULL;
}

/* ---- which rows there are ------------------------------------------------------- */

static bool matches(const struct state *s, const struct key_row *r)
{
	char line[512], key[KEY_TEXT_MAX], usual[KEY_TEXT_MAX];

	snprintf(line, sizeof(line), "%s %s %s %s %s %s", screen_place(r->scope),
		name_of(r->key, key), name_of(r->usual, usual), title_of(r),
		action_def(r->action)->name, action_def(r->action)->help);
	return input_within(&s->find.words, line);
}

static bool is_same(const struct key_row *r, const struct key_row *other)
{
	return other && r->scope == other->scope && r->action == other->action;
}

/* What is changed stays in sight, though it may have another key by now; NULL: nothing.
 */
static void show_found(struct state *s, const struct key_row *changed)
{
	s->shown = mem_resize(s->shown, (size_t)s->list.n, sizeof(*s->shown));
	s->tab.n = 0;
	for (int i = 0; i < s->list.n; i++)
		if (matches(s, &s->list.row[i]) || is_same(&s->list.row[i], changed))
			s->shown[s->tab.n++] = i;
	if (s->tab.at > s->tab.n - 1)
		s->tab.at = s->tab.n ? s->tab.n - 1 : 0;
}

/* The cursor stays on what it was on: the row may stand elsewhere. */
static void follow(struct state *s, const struct key_row *was)
{
	int best = -1, best_points = 0;

	for (int i = 0; i < s->tab.n; i++) {
		const struct key_row *r = &s->list.row[s->shown[i]];
		const int points = is_same(r, was) ? 1 + 2 * (r->usual == was->usual) +
							     (r->key == was->key)
						   : 0;

		if (points > best_points) {
			best = i;
			best_points = points;
		}
	}
	if (best >= 0)
		s->tab.at = best;
}

static void refresh(struct app *a, void *state)
{
	struct state *s = state;
	const struct key_row *r = chosen(s);
	const struct key_row was = r ? *r : (struct key_row){ .scope = SCOPE_NONE };

	key_list_make(&s->list);
	show_found(s, &was);
	follow(s, &was);
	a->dirty |= APP_LAYOUT;
}

/* One comes here for the keys of the screen one was on. */
static void open_keys(struct app *a, void *state)
{
	struct state *s = state;
	const enum scope here = screen_def(app_base(a))->scope;

	key_list_make(&s->list);
	show_found(s, NULL);
	while (s->tab.at < s->tab.n - 1 && chosen(s)->scope != here)
		s->tab.at++;
	s->tab.top = s->tab.at;
}

static void close_keys(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	key_list_clear(&s->list);
	free(s->shown);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	settings_screen_layout(
		&s->tab, body, body.rows, body.rows < ROOMY ? FOOT_LEAST : FOOT);
}

/* ---- how it looks --------------------------------------------------------------- */

static void paint_row(struct canvas *c, struct rect r, const struct key_row *row)
{
	char text[KEY_TEXT_MAX];

	if (row->key != row->usual)
		canvas_glyph(c, r.row, r.column, ROLE_MARK, GLYPH_MARK);
	canvas_put(c, r.row, r.column + PLACE_AT, KEY_AT - PLACE_AT - 1, ROLE_QUIET,
		text_of(screen_place(row->scope)));
	canvas_put(c, r.row, r.column + KEY_AT, USUAL_AT - KEY_AT - 1, ROLE_KEY,
		text_of(name_of(row->key, text)));
	canvas_put(c, r.row, r.column + USUAL_AT, TITLE_AT - USUAL_AT - 1, ROLE_QUIET,
		text_of(name_of(row->usual, text)));
	canvas_put(c, r.row, r.column + TITLE_AT, r.columns - TITLE_AT, ROLE_TEXT,
		text_of(title_of(row)));
}

static void paint_header(struct canvas *c, struct rect list)
{
	static const struct {
		int at;
		const char *title;
	} headers[] = { { PLACE_AT, "Where" }, { KEY_AT, "Key" }, { USUAL_AT, "Usually" },
		{ TITLE_AT, "Does" } };

	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++)
		canvas_put(c, list.row - 1, list.column + headers[i].at, 16, ROLE_HEADER,
			text_of(headers[i].title));
}

static void paint_foot(struct app *a, const struct state *s, struct canvas *c)
{
	const struct key_row *r = chosen(s);
	char note[256] = "";
	struct page p;

	page_init(&p, a->canvas.ascii);
	page_reset(&p, popup_inside(s->tab.box).columns);
	if (r)
		key_change_note(a, r, note, sizeof(note));
	if (note[0])
		page_text(&p, 0, ROLE_INFO, text_of(note));
	if (r && r->action)
		page_text(&p, 0, ROLE_TEXT, text_of(action_def(r->action)->help));
	else if (r)
		page_text(&p, 0, ROLE_TEXT, TEXT("The key does nothing there."));
	settings_screen_foot(c, &s->tab, &p);
	page_clear(&p);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	const struct rect list = settings_screen_list(&s->tab);

	(void)body;
	settings_screen_head(a, c, &s->tab, SCREEN_KEYS);
	paint_header(c, list);
	paint_foot(a, s, c);
	for (int i = 0; i < list.rows && s->tab.top + i < s->tab.n; i++) {
		const struct rect r = { list.row + i, list.column, 1, list.columns };

		paint_row(c, r, &s->list.row[s->shown[s->tab.top + i]]);
		if (s->tab.top + i != s->tab.at)
			continue;
		canvas_focus(c, r);
		canvas_cursor(c, r.row, r.column + PLACE_AT);
	}
	if (s->tab.n == 0)
		canvas_put(c, list.row, list.column + PLACE_AT, list.columns - PLACE_AT,
			ROLE_QUIET, TEXT("no key has that in it"));
	find_paint(&s->find, c, s->tab.box);
}

/* ---- what is done --------------------------------------------------------------- */

static void ask(struct app *a, const struct key_row *r, bool further)
{
	if (r->action)
		new_key_ask(a, &(struct key_wish){ *r, further });
	else
		app_say(a, "nothing needs no key: %s takes it away",
			keys_text(SCOPE_KEYS, ACT_KEY_REMOVE));
}

static void say_line(struct app *a, const struct key_row *r)
{
	const int32_t key = r->key ? r->key : r->usual;
	char line[128], text[KEY_TEXT_MAX];

	if (!key) {
		app_say(a, "%s has no key", title_of(r));
		return;
	}
	snprintf(line, sizeof(line), "%s.%s = %s", keys_scope_name(r->scope),
		key_text(key, text), keys_action_name(r->key ? r->action : ACT_NONE));
	settings_screen_line(a, line, KEYS_SECTION);
}

static bool act_row(struct app *a, const struct key_row *r, enum action action)
{
	switch (action) {
	case ACT_KEY_CHANGE:
		ask(a, r, false);
		return true;
	case ACT_KEY_ADD:
		ask(a, r, true);
		return true;
	case ACT_KEY_REMOVE:
		key_change_remove(a, r);
		return true;
	case ACT_KEY_USUAL:
		key_change_usual(a, r);
		return true;
	case ACT_OPTION_LINE:
		say_line(a, r);
		return true;
	default:
		return false;
	}
}

static void typed(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	s->tab.at = s->tab.top = 0;
	show_found(s, NULL);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	const struct key_row *r = chosen(s);
	bool changed;

	if (find_act(&s->find, action, &changed)) {
		if (changed)
			typed(a, s);
		return true;
	}
	if (action == ACT_OPTION_PAGE) {
		settings_screen_go(a, SCREEN_OPTIONS);
		return true;
	}
	if (r) {
		const struct key_row row = *r; /* the list is made anew meanwhile */

		if (act_row(a, &row, action))
			return true;
	}
	return settings_screen_move(&s->tab, action);
}

/* Of what can be done to a row, what there is to do. */
static bool offers(struct app *a, const void *state, enum action action)
{
	const struct state *s = state;
	const struct key_row *r = chosen(s);

	switch (action) {
	case ACT_KEY_CHANGE:
	case ACT_KEY_ADD:
		return r && r->action;
	case ACT_KEY_REMOVE:
		return r && r->key;
	case ACT_KEY_USUAL:
		return r && key_change_can_be_usual(a, r);
	default:
		return true;
	}
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (settings_screen_click(a, &s->tab, row, column))
		ask(a, chosen(s), false);
}

const struct screen_ops keys_screen = {
	.size = sizeof(struct state),
	.open = open_keys,
	.close = close_keys,
	.data_changed = refresh,
	.layout = layout,
	.paint = paint,
	.act = act,
	.offers = offers,
	.click = click,
	.input = find_input,
	.typed = typed,
};
