#include "tui/filter_line.h"

#include <string.h>

#include "tui/app.h"
#include "tui/page.h"

void filter_line_open(struct app *a)
{
	struct input *in = &a->view.filter;

	a->filter_line.before = *in;
	a->filter_line.focus = a->focus;
	a->filter_line.open = true;
	input_act(in, ACT_MOVE_LAST);
	if (in->n && in->s[in->n - 1] != ' ')
		input_key(in, ' '); /* another word may follow */
}

void filter_line_typed(struct app *a)
{
	app_filter_changed(a);
	suggest_update(a);
}

/* What was filtered is looked at where accounts are listed. */
static void done(struct app *a)
{
	const struct text typed = text_trim(input_text(&a->view.filter));
	char kept[INPUT_MAX];

	a->filter_line.open = false;
	memcpy(kept, typed.s, typed.n);
	input_set(&a->view.filter, (struct text){ kept, typed.n });
	suggest_leave(a, true);
	if (app_base(a) != SCREEN_ACCOUNT)
		return;
	while (a->depth > 1)
		app_back(a);
	app_filter_changed(a);
}

void filter_line_act(struct app *a, enum action action)
{
	struct input before = a->view.filter;

	if (suggest_act(a, action))
		return;
	if (action == ACT_ACCEPT) {
		app_settle(a);
		if (!a->view.bad)
			done(a);
	} else if (action == ACT_CANCEL) {
		a->filter_line.open = false;
		suggest_leave(a, false);
		a->view.filter = a->filter_line.before;
		a->focus = a->filter_line.focus;
		a->go_to = APP_STAY;
		a->dirty |= APP_DATA;
	} else if (input_act(&a->view.filter, action)) {
		if (before.n != a->view.filter.n)
			app_filter_changed(a);
		suggest_update(a);
	}
}

/* Behind what was typed or, where it does not fit, in lines of its own above. */
static void paint_problem(struct app *a, struct canvas *c, int row, int at)
{
	struct text problem = text_of(a->view.problem);
	struct page page;

	if (text_columns(problem) < c->columns - at) {
		canvas_put(c, row, at, c->columns - at - 1, ROLE_ERROR, problem);
		return;
	}
	page_init(&page, c->ascii);
	page_reset(&page, c->columns - 2);
	page_text(&page, 0, ROLE_ERROR, problem);
	row -= page.c.rows;
	canvas_blank(c, (struct rect){ row, 0, page.c.rows, c->columns }, ROLE_TEXT);
	canvas_copy(c, (struct rect){ row, 1, page.c.rows, c->columns - 2 }, &page.c, 0);
	page_clear(&page);
}

void filter_line_paint(struct app *a, struct canvas *c, int row)
{
	const struct input *in = &a->view.filter;
	const struct filter_error *bad = &a->view.where;
	const char *key = keys_text(SCOPE_SCREEN, ACT_FILTER);
	struct rect line = { row, 1, 1, c->columns };
	int at;

	suggest_paint(a, c, row);
	line.column += canvas_print(c, row, 1, 8, ROLE_KEY, "%s ", key ? key : ">");
	at = line.column + input_paint(in, c, line, ROLE_INPUT, true);
	if (a->view.bad && bad->at + bad->n <= in->n)
		input_paint_part(in, c, line, ROLE_ERROR,
			(struct text){ in->s + bad->at, bad->n });
	if (a->view.bad && !suggest_shown(a)) /* else it is about to be mended */
		paint_problem(a, c, row, at + 2);
	else if (in->n == 0)
		canvas_put(c, row, at + 2, c->columns - at - 3, ROLE_QUIET,
			TEXT("tier:1 health:<50 renewal:<90d csm:me arr:>50k, or a part "
			     "of a "
			     "name"));
}
