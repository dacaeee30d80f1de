#include "tui/pick.h"

#include "tui/draw.h"
#include "tui/popup.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

int pick_rank(struct text name, struct text typed)
{
	size_t at = 0, gaps = 0, last = 0;

	for (size_t i = 0; i < typed.n; i++) {
		if (typed.s[i] == ' ')
			continue;
		while (at < name.n && lower(name.s[at]) != lower(typed.s[i]))
			at++;
		if (at == name.n)
			return 0;
		gaps += at - last;
		last = ++at;
	}
	return gaps < 999 ? 1000 - (int)gaps : 1;
}

void pick_place(struct pick *p, struct rect body, int rows, int columns)
{
	p->box = popup_place(body, rows + 1 + p->below, columns);
}

struct rect pick_paint(struct pick *p, struct canvas *c, const char *title)
{
	struct rect r = popup_inside(p->box);
	int rows = r.rows - 1 - p->below, at = r.column;

	if (p->at < p->top)
		p->top = p->at;
	if (p->at >= p->top + rows)
		p->top = p->at - rows + 1;
	draw_box(c, p->box, title);
	at += canvas_put(c, r.row, at, 2, ROLE_KEY, TEXT("> "));
	at += canvas_put(c, r.row, at, r.columns - 3, ROLE_INPUT, input_text(&p->search));
	canvas_caret(c, r.row, at);
	return (struct rect){ r.row + 1, r.column, rows, r.columns };
}

bool pick_act(struct pick *p, enum action a)
{
	int page = p->box.rows > 4 ? p->box.rows - 3 : 1;

	switch (a) {
	case ACT_MOVE_UP:
		p->at--;
		break;
	case ACT_MOVE_DOWN:
		p->at++;
		break;
	case ACT_PAGE_UP:
		p->at -= page;
		break;
	case ACT_PAGE_DOWN:
		p->at += page;
		break;
	default:
		return false;
	}
	if (p->at > p->n - 1)
		p->at = p->n - 1;
	if (p->at < 0)
		p->at = 0;
	return true;
}

bool pick_click(struct pick *p, int row, int column)
{
	struct rect r = popup_inside(p->box);
	int at = p->top + row - r.row - 1;

	if (row <= r.row || row >= r.row + r.rows - p->below || column < r.column ||
		column >= r.column + r.columns || at >= p->n)
		return false;
	p->at = at;
	return true;
}
