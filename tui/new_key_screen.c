/* The question for a new key. Every key is an answer but the ones that leave it; a key
 * that does something else there is told, and taken when that is said once more. What
 * says so is no answer itself: a key held down would open the question and answer it. */
#include "tui/new_key.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"

enum { WIDTH = 52, LINES = 6 };

struct state {
	struct key_wish wish;
	struct rect box;
	int32_t taken;           /* by something else, and may be had; 0: none */
	char told[ERR_TEXT_MAX]; /* of the last key; "": nothing yet */
	struct popup_answers answers;
};

void new_key_ask(struct app *a, const struct key_wish *w)
{
	struct state *s;

	app_push(a, SCREEN_NEW_KEY);
	if (app_top(a) != SCREEN_NEW_KEY)
		return;
	s = a->state[SCREEN_NEW_KEY];
	s->wish = *w;
}

/* The terminal is to tell all keys apart, as those with Alt. */
static void open_new_key(struct app *a, void *state)
{
	(void)a;
	(void)state;
	keys_listen(true);
}

static void close_new_key(struct app *a, void *state)
{
	(void)a;
	(void)state;
	keys_listen(false);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	s->box = popup_place(body, LINES, WIDTH);
}

static void put_question(const struct key_wish *w, struct canvas *c, struct rect *r)
{
	const char *title = action_def(w->row.action)->title;
	const char *place = screen_place(w->row.scope);
	char text[KEY_TEXT_MAX];

	if (!w->row.key)
		page_put(c, r, ROLE_STRONG, "%s: press a key for %s.", place, title);
	else if (w->further)
		page_put(c, r, ROLE_STRONG, "%s: press another key for %s, beside %s.",
			place, title, key_text(w->row.key, text));
	else
		page_put(c, r, ROLE_STRONG,
			"%s: press the new key for %s, in the place of %s.", place, title,
			key_text(w->row.key, text));
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct popup_answers *x = &s->answers;
	struct rect in = popup_inside(s->box), text = in;

	(void)a;
	(void)body;
	draw_box(c, s->box, "New key");
	text.rows -= 2;
	put_question(&s->wish, c, &text);
	if (s->told[0])
		page_put(c, &text, ROLE_WATCH, "%s.", s->told);
	popup_answers_begin(x, s->box);
	canvas_cursor(c, x->row, x->at);
	if (s->taken)
		popup_answers_put(x, c, SCOPE_NEW_KEY, ACT_KEY_TAKE);
	popup_answers_put(x, c, SCOPE_NEW_KEY, ACT_BACK);
	if (s->told[0])
		canvas_put(c, x->row, x->at, in.column + in.columns - x->at, ROLE_QUIET,
			TEXT("or press another key"));
}

static void take(struct app *a, const struct state *s, int32_t key)
{
	const struct key_wish wish = s->wish;

	app_back(a); /* s is gone from here on */
	key_change_take(a, &wish, key);
}

static bool key(struct app *a, void *state, int32_t key)
{
	struct state *s = state;
	const enum action means = keys_find(SCOPE_NEW_KEY, key);
	struct err e = { .status = ST_OK };
	char text[KEY_TEXT_MAX];
	enum status st;

	if (means == ACT_BACK || (means == ACT_KEY_TAKE && s->taken))
		return false;
	if (means == ACT_KEY_TAKE) {
		snprintf(s->told, sizeof(s->told),
			"%s takes what is offered: only the settings file can choose it",
			key_text(key, text));
		return true;
	}
	st = key_change_check(&s->wish, key, &e);
	if (st == ST_OK) {
		take(a, s, key);
		return true;
	}
	snprintf(s->told, sizeof(s->told), "%s", e.text);
	s->taken = st == ST_DUPLICATE ? key : 0;
	return true;
}

static bool act(struct app *a, void *state, enum action action)
{
	const struct state *s = state;

	if (action != ACT_KEY_TAKE)
		return action != ACT_BACK; /* nothing else is done meanwhile */
	if (s->taken)
		take(a, s, s->taken);
	return true;
}

static bool offers(struct app *a, const void *state, enum action action)
{
	const struct state *s = state;

	(void)a;
	return action != ACT_KEY_TAKE || s->taken;
}

static void click(struct app *a, void *state, int row, int column)
{
	const struct state *s = state;

	popup_answers_click(a, &s->answers, s->box, row, column);
}

const struct screen_ops new_key_screen = {
	.size = sizeof(struct state),
	.open = open_new_key,
	.close = close_new_key,
	.layout = layout,
	.paint = paint,
	.key = key,
	.act = act,
	.offers = offers,
	.click = click,
};
