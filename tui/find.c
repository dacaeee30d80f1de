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
	const int row = box.row + box.rows - 1;
	int at = box.column + 2;

	if (!f->typing && !f->words.n)
		return;
	at += canvas_put(c, row, at, 8, ROLE_KEY, TEXT(" find: "));
	at += canvas_put(c, row, at, 40, ROLE_INPUT, input_text(&f->words));
	if (f->typing)
		canvas_caret(c, row, at);
}

struct input *find_input(struct app *a, void *state)
{
	struct find *f = state;

	(void)a;
	return f->typing ? &f->words : NULL;
}
