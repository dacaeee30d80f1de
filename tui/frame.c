#include "tui/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/frame_internal.h"

void frame_zone(struct app *a, int row, int from, int to, enum action action)
{
	if (a->zones < APP_ZONES && to > from)
		a->zone[a->zones++] = (struct app_zone){ row, from, to, action };
}

enum action frame_hit(const struct app *a, int row, int column)
{
	for (int i = 0; i < a->zones; i++) {
		const struct app_zone *z = &a->zone[i];

		if (row == z->row && column >= z->from && column < z->to)
			return z->action;
	}
	return ACT_NONE;
}

/* ---- the hints ------------------------------------------------------------------- */

static int by_hint(const void *a, const void *b)
{
	const struct binding *const *x = a, *const *y = b;

	return (*y)->hint - (*x)->hint;
}

enum { HINT_ALWAYS = 10 };

static const char *hint_title(struct app *a, enum action action)
{
	const enum screen_id top = app_top(a);
	const struct screen_ops *ops = screen_def(top)->ops;
	const char *title = ops->title ? ops->title(a, a->state[top], action) : NULL;

	return title ? title : action_def(action)->title;
}

static int hint_width(struct app *a, const struct binding *b)
{
	return (int)(strlen(b->text) + strlen(hint_title(a, b->action))) + 1;
}

static void put_hint(
	struct app *a, struct canvas *c, int row, int column, const struct binding *b)
{
	frame_zone(a, row, column, column + hint_width(a, b), b->action);
	column += canvas_put(c, row, column, c->columns, ROLE_KEY, text_of(b->text)) + 1;
	canvas_put(
		c, row, column, c->columns, ROLE_HINT, text_of(hint_title(a, b->action)));
}

/* A person's own key for it stands further up in the table. */
static bool has_hint(const struct binding *const *hint, int n, enum action action)
{
	while (n > 0 && hint[n - 1]->action != action)
		n--;
	return n > 0;
}

/* Not where it needs an account and there is none, and not where the screen has no use
 * for it as things are. */
static bool is_offered(struct app *a, enum action action)
{
	const enum screen_id top = app_top(a);
	const struct screen_ops *ops = screen_def(top)->ops;
	const unsigned needs = ACTION_ROW | ACTION_LIST | ACTION_TARGET | ACTION_VIEW;

	if ((action_def(action)->flags & needs) && app_blocked(a, action))
		return false;
	if (action == ACT_EXPLAIN && !ops->describe)
		return false;
	if ((action == ACT_ERASE_WORD || action == ACT_ERASE_LINE) && !app_typing(a))
		return false;
	return !ops->offers || ops->offers(a, a->state[top], action);
}

/* Hints of the scope and those around it, as many as fit, the most useful first. */
static void paint_hints(struct app *a, struct canvas *c, int row)
{
	const struct binding *table, *hint[64];
	int n = keys_bindings(&table), hints = 0, at = 1, end = c->columns - 1;
	enum scope scope = app_scope(a);

	for (int i = 0; i < n && hints < 64; i++)
		if (table[i].hint && is_offered(a, table[i].action) &&
			keys_within(scope, table[i].scope) &&
			keys_find(scope, table[i].key) == table[i].action &&
			!has_hint(hint, hints, table[i].action))
			hint[hints++] = &table[i];
	qsort(hint, (size_t)hints, sizeof(hint[0]), by_hint);
	/* From the end: those that are always there. */
	for (int i = hints - 1; i >= 0 && hint[i]->hint < HINT_ALWAYS; i--) {
		end -= hint_width(a, hint[i]) + 2;
		put_hint(a, c, row, end + 2, hint[i]);
	}
	for (int i = 0; i < hints && hint[i]->hint >= HINT_ALWAYS; i++) {
		if (at + hint_width(a, hint[i]) > end)
			continue;
		put_hint(a, c, row, at, hint[i]);
		at += hint_width(a, hint[i]) + 2;
	}
}

/* ---- all of it ------------------------------------------------------------------- */

static void paint_small(struct canvas *c)
{
	char text[80];
	int row = c->rows / 2;

	snprintf(text, sizeof(text), "%d x %d is too small", c->columns, c->rows);
	canvas_put(c, row > 0 ? row - 1 : 0, 0, c->columns, ROLE_STRONG, text_of(text));
	snprintf(text, sizeof(text), "make me larger: %d x %d", APP_MIN_COLUMNS,
		APP_MIN_ROWS);
	canvas_put(c, row > 0 ? row : 1, 0, c->columns, ROLE_TEXT, text_of(text));
	canvas_cursor(c, 0, 0);
}

void frame_paint(struct app *a)
{
	struct canvas *c = &a->canvas;
	int bottom = c->rows - 2;

	canvas_reset(c, c->rows, c->columns);
	a->zones = 0;
	a->place.of = 0;
	if (app_too_small(a)) {
		paint_small(c);
		return;
	}
	frame_top(a, c);
	for (int i = app_base_depth(a); i < a->depth; i++) {
		enum screen_id id = a->stack[i];

		screen_def(id)->ops->paint(a, a->state[id], c, app_body(a));
	}
	if (a->filter_line.open)
		filter_line_paint(a, c, bottom);
	else
		frame_line(a, c, bottom);
	if (a->filter_line.open && a->message.bad) /* of what was typed there */
		frame_line(a, c, bottom + 1);
	else
		paint_hints(a, c, bottom + 1);
}
