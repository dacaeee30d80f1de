#include "tui/sheet.h"

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"

void sheet_open(struct app *a, struct sheet *s, const char *title, int columns,
	void (*fill)(struct app *a, void *state, struct page *p))
{
	s->title = title;
	s->columns = columns;
	s->fill = fill;
	page_init(&s->page, a->canvas.ascii);
}

void sheet_close(struct app *a, void *state)
{
	struct sheet *s = state;

	(void)a;
	page_clear(&s->page);
}

/* As high as there is to read, as far as there is room. */
void sheet_layout(struct app *a, void *state, struct rect body)
{
	struct sheet *s = state;

	s->box = popup_place(body, body.rows, s->columns);
	page_reset(&s->page, popup_inside(s->box).columns);
	s->fill(a, s, &s->page);
	s->box = popup_place(body, s->page.c.rows, s->columns);
}

void sheet_paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct sheet *s = state;

	(void)a;
	(void)body;
	draw_box(c, s->box, s->title);
	page_paint(&s->page, c, popup_inside(s->box));
}

bool sheet_act(struct app *a, void *state, enum action action)
{
	struct sheet *s = state;

	(void)a;
	return page_act(&s->page, action, popup_inside(s->box).rows);
}

/* Beside it a click closes it, as Esc does. */
void sheet_click(struct app *a, void *state, int row, int column)
{
	struct sheet *s = state;

	if (!canvas_hit(s->box, row, column))
		app_act(a, ACT_BACK);
}
