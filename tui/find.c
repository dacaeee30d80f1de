#include "tui/find.h"

bool find_act(struct find *f, enum action action, bool *changed)
{
	*changed = false;
	switch (action) {
	case ACT_FILTER:
		f->typing = true;
		return true;
	case ACT_CANCEL:
		input_set(&f->words, TEXT(""));
		f->typing = false;
		*changed = true;
		return true;
	case ACT_ACCEPT:
		f->typing = false;
		return true;
	default:
		*changed = f->typing && input_act(&f->words, action);
		return *changed;
	}
}

void find_paint(const struct find *f, struct canvas *c, struct rect box)
{
	enum { WIDTH = 40 };
	struct rect line = { box.row + box.rows - 1, box.column + 2, 1, WIDTH };
	int room;

	if (!f->typing && !f->words.n)
		return;
	line.column += canvas_put(c, line.row, line.column, 8, ROLE_KEY, TEXT(" find: "));
	room = box.column + box.columns - 2 - line.column;
	if (line.columns > room)
		line.columns = room;
	input_paint(&f->words, c, line, ROLE_INPUT, f->typing);
}

struct input *find_input(struct app *a, void *state)
{
	struct find *f = state;

	(void)a;
	return f->typing ? &f->words : NULL;
}
