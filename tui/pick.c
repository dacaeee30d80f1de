#include "tui/pick.h"

#include <stdlib.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/mem.h"
#include "tui/page.h"
#include "tui/popup.h"
#include "tui/rows.h"

enum { LEAST = 4 }; /* lines of a list, whatever its foot says */

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

/* ---- what is listed ------------------------------------------------------------- */

static int by_rank(const void *a, const void *b)
{
	const struct pick_found *x = a, *y = b;

	return x->rank != y->rank ? (x->rank < y->rank) - (x->rank > y->rank)
				  : x->item - y->item;
}

/* The chosen one stays inside the list. */
static void clamp(struct pick *p)
{
	if (p->at > p->n - 1)
		p->at = p->n - 1;
	if (p->at < 0)
		p->at = 0;
}

void pick_refill(struct app *a, struct pick *p)
{
	const struct pick_list *l = p->list;
	const int n = l->count(a, p);

	p->n = n;
	clamp(p);
	if (!l->rank)
		return;
	p->n = p->at = p->top = 0;
	p->found = mem_resize(p->found, (size_t)n + 1, sizeof(*p->found));
	for (int i = 0; i < n; i++) {
		const int rank = l->rank(a, p, i, input_text(&p->search));

		if (rank)
			p->found[p->n++] = (struct pick_found){ i, rank };
	}
	qsort(p->found, (size_t)p->n, sizeof(*p->found), by_rank);
}

void pick_open(struct app *a, struct pick *p, const struct pick_list *list)
{
	p->list = list;
	p->title = list->title;
	p->rows = list->rows;
	pick_refill(a, p);
}

void pick_fit(struct pick *p)
{
	if (p->n < p->rows)
		p->rows = p->n ? p->n : 1;
}

void pick_close(struct app *a, void *state)
{
	struct pick *p = state;

	(void)a;
	free(p->found);
}

static int item_at(const struct pick *p, int at)
{
	if (at < 0 || at >= p->n)
		return -1;
	return p->list->rank ? p->found[at].item : at;
}

int pick_item(const struct pick *p)
{
	return item_at(p, p->at);
}

/* ---- where it stands, and how it looks ------------------------------------------ */

static int lines_above(const struct pick_list *l)
{
	return (l->rank != NULL) + (l->head != NULL);
}

void pick_layout(struct app *a, void *state, struct rect body)
{
	struct pick *p = state;
	const struct pick_list *l = p->list;

	(void)a;
	p->box = popup_place(body, p->rows + lines_above(l) + l->below, l->columns);
}

/* The lines of the list, below what is typed and its head and above the foot, which has
 * what is left where there is little room. */
static struct rect lines_of(const struct pick *p)
{
	const int above = lines_above(p->list);
	struct rect r = popup_inside(p->box);
	const int room = r.rows - above, least = p->rows < LEAST ? p->rows : LEAST;
	int lines = room - p->list->below;

	if (lines < least)
		lines = least < room ? least : room;
	return (struct rect){ r.row + above, r.column, lines, r.columns };
}

static void paint_search(struct pick *p, struct canvas *c)
{
	struct rect r = popup_inside(p->box);
	int at = r.column;

	at += canvas_put(c, r.row, at, 2, ROLE_KEY, TEXT("> "));
	input_paint(&p->search, c, (struct rect){ r.row, at, 1, r.columns - 3 },
		ROLE_INPUT, true);
}

void pick_paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct pick *p = state;
	const struct pick_list *l = p->list;
	const struct rect r = lines_of(p), inside = popup_inside(p->box);

	(void)body;
	rows_show(p->at, r.rows, &p->top);
	draw_box(c, p->box, p->title);
	if (l->rank)
		paint_search(p, c);
	if (l->head && p->n > 0)
		l->head(c, (struct rect){ r.row - 1, r.column, 1, r.columns });
	for (int i = 0; i < r.rows && p->top + i < p->n; i++) {
		struct rect line = { r.row + i, r.column, 1, r.columns };

		l->paint(a, p, c, line, item_at(p, p->top + i));
		if (p->top + i != p->at)
			continue;
		canvas_focus(c, line);
		if (!l->rank)
			canvas_cursor(c, line.row, line.column);
	}
	page_signs(
		c, (struct rect){ r.row, r.column, r.rows, r.columns + 1 }, p->top, p->n);
	if (p->n == 0)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET,
			text_of(l->why_empty ? l->why_empty(a, p) : l->empty));
	if (l->foot)
		l->foot(a, p, c,
			(struct rect){ r.row + r.rows, r.column,
				inside.row + inside.rows - r.row - r.rows, r.columns },
			pick_item(p));
}

void pick_help(struct canvas *c, struct rect r, const char *text)
{
	struct page p;
	int spare;

	page_init(&p, c->ascii);
	page_reset(&p, r.columns);
	page_text(&p, 0, ROLE_QUIET, text_of(text));
	spare = r.rows > p.c.rows ? r.rows - p.c.rows : 0;
	canvas_copy(c,
		(struct rect){ r.row + spare, r.column, r.rows - spare, r.columns }, &p.c,
		0);
	page_clear(&p);
}

/* ---- keys and clicks ------------------------------------------------------------ */

/* Home and End belong to what is typed, where something is. */
static bool move(struct pick *p, enum action action)
{
	const bool end = action == ACT_MOVE_FIRST || action == ACT_MOVE_LAST;

	return !(end && p->list->rank) &&
	       rows_step(action, p->box.rows > 4 ? p->box.rows - 3 : 1, p->n, &p->at);
}

bool pick_act(struct app *a, void *state, enum action action)
{
	struct pick *p = state;

	if (action == ACT_CHOOSE || action == ACT_RUN)
		p->list->choose(a, p, pick_item(p));
	else if (action == ACT_CANCEL)
		app_back(a);
	else if (move(p, action))
		return true;
	else if (!p->list->rank)
		return false;
	else if (input_act(&p->search, action))
		pick_refill(a, p);
	return true;
}

/* What is searched is chosen by one click; elsewhere the first one puts the cursor there.
 */
void pick_click(struct app *a, void *state, int row, int column)
{
	struct pick *p = state;
	const struct rect r = lines_of(p);
	const int at = p->top + row - r.row;
	const bool again = at == p->at || p->list->rank;

	if (!canvas_hit(p->box, row, column)) {
		app_back(a);
	} else if (canvas_hit(r, row, column) && at < p->n) {
		p->at = at;
		if (again)
			p->list->choose(a, p, pick_item(p));
	}
}

struct input *pick_input(struct app *a, void *state)
{
	struct pick *p = state;

	(void)a;
	return &p->search;
}

void pick_typed(struct app *a, void *state)
{
	pick_refill(a, state);
}
