#include "tui/popup.h"

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

int popup_answer(
	struct canvas *c, int row, int column, enum scope scope, enum action answer)
{
	column += canvas_put(c, row, column, 12, ROLE_KEY,
			  text_of(keys_text(scope, answer))) +
		  1;
	return column + canvas_put(c, row, column, 28, ROLE_TEXT,
				text_of(action_def(answer)->title));
}
