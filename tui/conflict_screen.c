/* Theirs or mine, field by field. */
#include "tui/conflict.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/mem.h"
#include "tui/popup.h"

enum { WIDTH = 64, VALUE_AT = 10, VALUE_LINES = 2 };

struct state {
	struct conflict conflict;
	int at; /* the field that is asked about */
	struct page page;
	struct rect box;
	struct popup_answers answers;
};

struct conflict_field *conflict_add(struct conflict *c, const char *label, int tag)
{
	static struct conflict_field none;
	struct conflict_field *f = c->n < FORM_LINES ? &c->field[c->n++] : &none;

	*f = (struct conflict_field){ .tag = tag };
	snprintf(f->label, sizeof(f->label), "%s", label);
	return f;
}

void conflict_open(struct app *a, const struct conflict *c)
{
	struct state *s;

	app_push(a, SCREEN_CONFLICT);
	if (app_top(a) != SCREEN_CONFLICT)
		return;
	s = a->state[SCREEN_CONFLICT];
	s->conflict = *c;
	s->at = 0;
	a->dirty |= APP_LAYOUT | APP_PAINT;
}

static void open_conflict(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
}

static void close_conflict(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
}

/* ---- what it shows -------------------------------------------------------------- */

/* Of a long text as much as fits into a few lines: where that is alike, it differs behind
 * it, and the note says so. */
static void put_value(
	struct page *p, const char *name, const struct input *in, enum role role)
{
	const int row = p->c.rows;
	const struct text t = text_trim(input_text(in));
	const bool whole = page_lines_of(p, VALUE_AT, t.n ? role : ROLE_QUIET,
		t.n ? t : TEXT("nothing"), VALUE_LINES);

	canvas_put(&p->c, row, 0, VALUE_AT - 1, ROLE_QUIET, text_of(name));
	if (!whole)
		page_text(p, VALUE_AT, ROLE_QUIET, TEXT("and so on"));
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	const struct conflict *c = &s->conflict;
	const struct conflict_field *f = &c->field[s->at];

	(void)a;
	page_reset(&s->page, WIDTH);
	if (c->subtitle[0])
		page_text(&s->page, 0, ROLE_QUIET, text_of(c->subtitle));
	if (c->n > 1)
		page_print(&s->page, 0, ROLE_STRONG, "%s (%d of %d): whose is to stay?",
			f->label, s->at + 1, c->n);
	else
		page_print(&s->page, 0, ROLE_STRONG, "%s: whose is to stay?", f->label);
	put_value(&s->page, "you saw", &f->seen, ROLE_TEXT);
	put_value(&s->page, "theirs", &f->theirs, ROLE_INFO);
	put_value(&s->page, "yours", &f->mine, ROLE_STRONG);
	s->box = popup_place(body, s->page.c.rows + 2, WIDTH);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	(void)a;
	(void)body;
	popup_ask(&s->answers, c, s->box, "Somebody changed it meanwhile", &s->page);
	popup_answers_put(&s->answers, c, SCOPE_CONFLICT, ACT_KEEP_THEIRS);
	popup_answers_put(&s->answers, c, SCOPE_CONFLICT, ACT_TAKE_MINE);
	popup_answers_put(&s->answers, c, SCOPE_CONFLICT, ACT_BACK);
}

/* ---- deciding ------------------------------------------------------------------- */

static void decide(struct app *a, struct state *s, bool mine)
{
	struct conflict *c;

	s->conflict.field[s->at].take_mine = mine;
	a->dirty |= APP_LAYOUT | APP_PAINT;
	if (++s->at < s->conflict.n)
		return;
	c = mem_new(1, sizeof(*c));
	*c = s->conflict;
	app_back(a); /* s is gone from here on */
	c->decided(a, c);
	free(c);
}

static bool act(struct app *a, void *state, enum action action)
{
	if (action != ACT_KEEP_THEIRS && action != ACT_TAKE_MINE)
		return false;
	decide(a, state, action == ACT_TAKE_MINE);
	return true;
}

static void click(struct app *a, void *state, int row, int column)
{
	const struct state *s = state;

	popup_answers_click(a, &s->answers, s->box, row, column);
}

const struct screen_ops conflict_screen = {
	.size = sizeof(struct state),
	.open = open_conflict,
	.close = close_conflict,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
};
