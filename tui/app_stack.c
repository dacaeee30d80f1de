/* Screens on the stack: which is shown, and what it is that its keys are for. */
#include "tui/app_stack.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/mem.h"
#include "tui/views.h"

static void screen_open(struct app *a, enum screen_id id)
{
	const struct screen_ops *ops = screen_def(id)->ops;

	if (!a->state[id]) {
		a->state[id] = mem_new(1, ops->size);
		if (ops->open)
			ops->open(a, a->state[id]);
	}
	if (ops->data_changed)
		ops->data_changed(a, a->state[id]);
	a->dirty |= APP_LAYOUT;
}

static void screen_close(struct app *a, enum screen_id id)
{
	const struct screen_ops *ops = screen_def(id)->ops;

	if (!a->state[id])
		return;
	if (ops->close)
		ops->close(a, a->state[id]);
	free(a->state[id]);
	a->state[id] = NULL;
}

void app_push(struct app *a, enum screen_id id)
{
	for (int i = 0; i < a->depth; i++)
		if (a->stack[i] == id) {
			while (app_top(a) != id)
				app_back(a);
			return;
		}
	if (a->depth == APP_DEPTH)
		return;
	a->stack[a->depth++] = id;
	screen_open(a, id);
}

struct app_from app_from_here(const struct app *a)
{
	struct app_from from = { .set = true,
		.screen = a->stack[0],
		.view = a->view,
		.columns_lent = a->columns_lent };

	from.view.list = NULL;
	return from;
}

void app_show_list(struct app *a, const struct app_from *from, struct text whose)
{
	const struct app_from kept = *from; /* both may go with the screen */
	char said[ERR_TEXT_MAX];

	snprintf(said, sizeof(said), "the accounts of %.*s; %s goes back to %s",
		(int)whose.n, whose.s, keys_text(SCOPE_BOOK, ACT_BACK),
		screen_def(kept.screen)->title);
	app_switch(a, SCREEN_BOOK);
	a->from = kept;
	a->go_to = APP_TO_FIRST;
	a->dirty |= APP_DATA;
	app_say(a, "%s", said);
}

static void back_from_list(struct app *a)
{
	const struct app_from from = a->from;
	struct list *list = a->view.list;

	if (!from.set)
		return;
	a->view = from.view;
	a->view.list = list;
	if (!from.columns_lent) /* by a view that was looked at there */
		views_leave(a);
	a->from.set = false;
	app_switch(a, from.screen);
	a->dirty |= APP_DATA;
}

void app_back(struct app *a)
{
	const uint32_t focus = a->focus;

	if (a->depth <= 1) {
		back_from_list(a);
		return;
	}
	screen_close(a, a->stack[--a->depth]);
	screen_open(a, app_top(a));
	if (a->told.left == focus) /* the list moved on from what was done, nobody did */
		a->told.left = a->focus;
}

/* Tabs keep their place while another one is shown. */
void app_switch(struct app *a, enum screen_id id)
{
	const enum screen_id from = a->stack[0];

	while (a->depth > 1)
		screen_close(a, a->stack[--a->depth]);
	if (from != id && a->state[from] && screen_def(from)->ops->leave)
		screen_def(from)->ops->leave(a, a->state[from]);
	a->stack[0] = id;
	if (from != id) /* a view of what is listed there leads back as well */
		a->from.set = false;
	if (a->book && screen_def(id)->ops->roomy) {
		book_rest(a->book);
		a->pace.columns_of = 0;
	}
	screen_open(a, id);
}

enum screen_id app_top(const struct app *a)
{
	return a->stack[a->depth - 1];
}

int app_base_depth(const struct app *a)
{
	int i = a->depth - 1;

	while (i > 0 && screen_def(a->stack[i])->kind == SCREEN_POPUP)
		i--;
	return i;
}

enum screen_id app_base(const struct app *a)
{
	return a->stack[app_base_depth(a)];
}

struct input *app_typing(struct app *a)
{
	const struct screen_ops *ops = screen_def(app_top(a))->ops;

	if (a->filter_line.open)
		return &a->view.filter;
	return ops->input ? ops->input(a, a->state[app_top(a)]) : NULL;
}

const struct list *app_list(const struct app *a)
{
	const struct screen_ops *ops = screen_def(a->stack[0])->ops;

	return ops->list ? ops->list(a->state[a->stack[0]]) : a->view.list;
}

enum scope app_scope(struct app *a)
{
	enum scope scope = screen_def(app_top(a))->scope;

	for (enum scope s = scope; s != SCOPE_NONE; s = keys_around(s))
		if (s == SCOPE_INPUT)
			return scope;
	return a->filter_line.open ? SCOPE_FILTER : app_typing(a) ? SCOPE_INPUT : scope;
}

void app_stack_begin(struct app *a, enum screen_id id)
{
	a->depth = 1;
	a->stack[0] = id;
	screen_open(a, id);
}

void app_stack_leave(struct app *a)
{
	for (int i = 0; i < SCREEN_COUNT; i++) {
		const struct screen_ops *ops = screen_def((enum screen_id)i)->ops;

		if (a->state[i] && ops->end)
			ops->end(a, a->state[i]);
	}
}

void app_stack_end(struct app *a)
{
	for (int i = SCREEN_COUNT - 1; i >= 0; i--)
		screen_close(a, (enum screen_id)i);
}
