/* The mouse on the Quadrant screen: accounts and quadrants that are clicked on, lines
 * that are dragged. */
#include "tui/quadrant.h"

static void click_picture(struct app *a, struct quadrant_state *s, int row, int column)
{
	const struct rect r = s->picture;
	const int cell = scatter_nearest(&s->scatter, row - r.row, column - r.column);

	if (cell >= 0 && cell == s->row * r.columns + s->column) {
		app_act(a, ACT_OPEN);
	} else if (cell >= 0) {
		s->in_pane = false;
		quadrant_move(
			a, s, cell / r.columns - s->row, cell % r.columns - s->column);
	}
}

/* Of the accounts in the picture the one with the highest ARR; 0: there is none. */
static uint32_t largest(const struct quadrant_state *s, const struct book_figures *f,
	enum quadrant quadrant)
{
	const struct scatter *x = &s->scatter;
	int64_t most = 0;
	uint32_t best = 0;

	for (uint32_t i = 0; i < x->placed; i++) {
		const int64_t arr = amounts_or_none(f->arr, x->ids[i] - 1);

		if (quadrant_of(s, f, x->ids[i]) != quadrant || (best && arr <= most))
			continue;
		best = x->ids[i];
		most = arr;
	}
	return best;
}

/* The cursor goes into it; once there, it is listed. */
static void click_quadrant(
	struct app *a, struct quadrant_state *s, enum quadrant quadrant)
{
	struct err e = { .status = ST_OK };
	struct book_figures f;

	if (book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
	} else if (a->focus && quadrant_of(s, &f, a->focus) == quadrant) {
		app_act(a, ACT_QUADRANT_LIST);
	} else if (quadrant_go_to(s, &f, largest(s, &f, quadrant))) {
		s->in_pane = false;
		quadrant_follow(a, s);
		app_say_offers(a,
			&(struct app_offer){
				SCOPE_QUADRANT, ACT_QUADRANT_LIST, "lists all of it" },
			1, "%s: its largest account; ", quadrant_name[quadrant]);
	} else if (s->now.of[quadrant].n > 0) {
		app_say_offers(a,
			&(struct app_offer){ SCOPE_QUADRANT, ACT_QUADRANT_WHOLE,
				"shows all of the picture" },
			1, "%s is outside of what is shown: ", quadrant_name[quadrant]);
	} else {
		app_say(a, "%s: nobody is there", quadrant_name[quadrant]);
	}
}

static void click_account(struct app *a, struct quadrant_state *s, uint32_t index)
{
	const bool again = s->at == index && (s->in_pane || quadrant_here_n(s) == 1);

	s->in_pane = true;
	s->at = index;
	quadrant_follow(a, s);
	if (again)
		app_act(a, ACT_OPEN);
}

void quadrant_click(struct app *a, void *state, int row, int column)
{
	struct quadrant_state *s = state;
	const int first = quadrant_list_row(s);
	const uint32_t index = s->top + (uint32_t)(row - first);

	if (a->summary.figures_day == DAY_NONE)
		return;
	s->drag = quadrant_line_at(s, row, column);
	a->hold.on = s->drag != DRAG_NONE;
	if (a->hold.on)
		return;
	if (canvas_hit(s->picture, row, column))
		click_picture(a, s, row, column);
	else if (column >= s->pane.column && quadrant_on_row(s, row) != QUAD_NONE)
		click_quadrant(a, s, quadrant_on_row(s, row));
	else if (column >= s->pane.column && row >= first && index < quadrant_here_n(s))
		click_account(a, s, index);
}

/* Let go where it was taken, a line was not meant but what is next to it. */
void quadrant_drag(struct app *a, void *state, int row, int column, bool done)
{
	struct quadrant_state *s = state;

	if (a->hold.moved)
		quadrant_drag_to(a, s, row, column);
	else if (done && canvas_hit(s->picture, row, column))
		click_picture(a, s, row, column);
}
