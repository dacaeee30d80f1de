/* The messages: what was said, the newest first. */
#include "tui/screen.h"

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/moment.h"
#include "tui/popup.h"

enum { WIDTH = 76, TEXT_AT = 7 };

struct state {
	struct page page;
	struct rect box;
};

static void open_messages(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
}

static void close_messages(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
}

/* What failed has a sign and a word of its own, besides the colour. */
static void put_message(struct app *a, struct state *s, const struct message *m)
{
	char at[MOMENT_MAX];
	int row = s->page.c.rows;

	at[0] = '\0';
	if (a->book)
		moment_words(a->book, m->at, at);
	if (text_columns(text_of(at)) >= TEXT_AT)
		row = page_line(&s->page);
	if (m->bad)
		page_print(&s->page, TEXT_AT, ROLE_ERROR, "%s failed: %s",
			canvas_glyph_text(&s->page.c, GLYPH_RISK), m->text);
	else
		page_text(&s->page, TEXT_AT, ROLE_TEXT, text_of(m->text));
	canvas_put(&s->page.c, row, 0, s->page.c.columns, ROLE_QUIET, text_of(at));
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	const struct message *m;
	int rows = body.rows - 2;

	s->box = popup_place(body, rows, WIDTH);
	page_reset(&s->page, popup_inside(s->box).columns);
	for (unsigned i = 0; (m = messages_get(&a->messages, i)); i++)
		put_message(a, s, m);
	if (s->page.c.rows == 0)
		page_text(&s->page, 0, ROLE_QUIET, TEXT("Nothing was said so far."));
	if (s->page.c.rows < rows)
		s->box = popup_place(body, s->page.c.rows, WIDTH);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	(void)a;
	(void)body;
	draw_box(c, s->box, "Messages");
	page_paint(&s->page, c, popup_inside(s->box));
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	(void)a;
	return page_act(&s->page, action, popup_inside(s->box).rows);
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (!popup_hit(s->box, row, column))
		app_back(a);
}

const struct screen_ops messages_screen = {
	.size = sizeof(struct state),
	.open = open_messages,
	.close = close_messages,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
};
