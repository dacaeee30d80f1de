#include "tui/popup.h"

#include "tui/app.h"
#include "tui/draw.h"

struct rect popup_place(struct rect body, int rows, int columns)
{
	struct rect r = { 0, 0, rows + 2, columns + 4 };

	if (r.rows > body.rows)
		r.rows = body.rows;
	if (r.columns > body.columns)
		r.columns = body.columns;
	r.row = body.row + (body.rows - r.rows) / 2;
	r.column = body.column + (body.columns - r.columns) / 2;
	return r;
}

struct rect popup_beside(struct rect box, struct rect body, int row)
{
	const int above = row - body.row, below = body.rows - above - 1;

	if (row < box.row || row >= box.row + box.rows)
		return box;
	if (box.rows <= below)
		box.row = row + 1;
	else if (box.rows <= above)
		box.row = row - box.rows;
	return box;
}

struct rect popup_inside(struct rect box)
{
	return (struct rect){ box.row + 1, box.column + 2, box.rows - 2,
		box.columns - 4 };
}

void popup_answers_begin(struct popup_answers *x, struct rect box)
{
	const struct rect in = popup_inside(box);

	*x = (struct popup_answers){ .row = in.row + in.rows - 1, .at = in.column };
}

void popup_ask(struct popup_answers *x, struct canvas *c, struct rect box,
	const char *title, const struct page *question)
{
	const struct rect in = popup_inside(box);

	draw_box(c, box, title);
	canvas_copy(c, (struct rect){ in.row, in.column, in.rows - 2, in.columns },
		&question->c, 0);
	popup_answers_begin(x, box);
	canvas_cursor(c, x->row, x->at);
}

void popup_answers_put(
	struct popup_answers *x, struct canvas *c, enum scope scope, enum action answer)
{
	enum { KEY = 12, NAME = 28, BETWEEN = 4 };
	const int from = x->at;
	int to = from + 1;

	to += canvas_put(
		c, x->row, from, KEY, ROLE_KEY, text_of(keys_text(scope, answer)));
	to += canvas_put(
		c, x->row, to, NAME, ROLE_TEXT, text_of(action_def(answer)->title));
	x->answer[x->n++] = (struct popup_answer){ from, to, answer };
	x->at = to + BETWEEN;
}

void popup_answers_click(struct app *a, const struct popup_answers *x, struct rect box,
	int row, int column)
{
	for (int i = 0; i < x->n; i++)
		if (row == x->row && column >= x->answer[i].from &&
			column < x->answer[i].to) {
			app_act(a, x->answer[i].action);
			return;
		}
	if (!canvas_hit(box, row, column))
		app_back(a);
}
