/* The line above the hints: what is typed into it, and where in a list the cursor is. */
#include "tui/frame_line.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/page.h"

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

void frame_line_filter(struct app *a, struct canvas *c, int row)
{
	const struct input *in = &a->view.filter;
	int at = 1, cursor;
	struct text word = { in->s + a->view.where.at, a->view.where.n };
	const char *key = keys_text(SCOPE_SCREEN, ACT_FILTER);

	at += canvas_print(c, row, at, 8, ROLE_KEY, "%s ", key ? key : ">");
	cursor = at + text_columns((struct text){ in->s, in->at });
	if (a->view.bad && a->view.where.at + a->view.where.n <= in->n) {
		struct text head = { in->s, a->view.where.at };
		struct text tail = { word.s + word.n, in->n - a->view.where.at - word.n };

		at += canvas_put(c, row, at, c->columns - at, ROLE_INPUT, head);
		at += canvas_put(c, row, at, c->columns - at, ROLE_ERROR, word);
		at += canvas_put(c, row, at, c->columns - at, ROLE_INPUT, tail);
	} else {
		at += canvas_put(c, row, at, c->columns - at, ROLE_INPUT, input_text(in));
	}
	if (a->view.bad && !suggest_shown(a)) /* else it is about to be mended */
		paint_problem(a, c, row, at + 2);
	else if (in->n == 0)
		canvas_put(c, row, at + 2, c->columns - at - 3, ROLE_QUIET,
			TEXT("tier:1 health:<50 renewal:<90d csm:me arr:>50k, or a part "
			     "of a "
			     "name"));
	canvas_caret(c, row, cursor < c->columns ? cursor : c->columns - 1);
}

void frame_line_place(const struct app *a, struct canvas *c, int row)
{
	char text[32];
	int n;

	if (!a->place.of)
		return;
	n = snprintf(text, sizeof(text), "%u of %u", a->place.at, a->place.of);
	if (text_columns(text_of(a->message)) + n + 4 <= c->columns)
		canvas_put_right(c, row, 1, c->columns - 2, ROLE_QUIET, text_of(text));
}
