/* The messages: what was said, the newest first. */
#include "tui/screen.h"

#include "tui/app.h"
#include "tui/moment.h"
#include "tui/sheet.h"

enum { WIDTH = 76, TEXT_AT = 7 };

/* What failed has a sign and a word of its own, besides the colour. */
static void put_message(struct app *a, struct page *p, const struct messages_line *m)
{
	char at[MOMENT_MAX];
	int row = p->c.rows;

	at[0] = '\0';
	if (a->book)
		moment_words(a->book, m->at, at);
	if (text_columns(text_of(at)) >= TEXT_AT)
		row = page_line(p);
	if (m->bad)
		page_print(p, TEXT_AT, ROLE_ERROR, "%s failed: %s",
			canvas_glyph_text(&p->c, GLYPH_RISK), m->text);
	else
		page_text(p, TEXT_AT, ROLE_TEXT, text_of(m->text));
	canvas_put(&p->c, row, 0, p->c.columns, ROLE_QUIET, text_of(at));
}

static void fill(struct app *a, void *state, struct page *p)
{
	const struct messages_line *m;

	(void)state;
	for (unsigned i = 0; (m = messages_get(&a->messages, i)); i++)
		put_message(a, p, m);
	if (p->c.rows == 0)
		page_text(p, 0, ROLE_QUIET, TEXT("Nothing was said so far."));
}

static void open_messages(struct app *a, void *state)
{
	sheet_open(a, state, "Messages", WIDTH, fill);
}

const struct screen_ops messages_screen = SHEET_OPS(open_messages);
