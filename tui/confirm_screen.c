/* A question, its yes and its no. */
#include "tui/confirm.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/popup.h"

enum { WIDTH = 52, QUESTION_MAX = 320 };

struct state {
	char question[QUESTION_MAX];
	void (*yes)(struct app *a);
	struct page page;
	struct rect box;
	struct popup_answers answers;
	bool blind; /* something else was typed into it */
};

void confirm_open(struct app *a, const char *question, void (*yes)(struct app *a))
{
	struct state *s;

	app_push(a, SCREEN_CONFIRM);
	if (app_top(a) != SCREEN_CONFIRM)
		return;
	s = a->state[SCREEN_CONFIRM];
	snprintf(s->question, sizeof(s->question), "%s", question);
	s->yes = yes;
}

static void open_confirm(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
}

static void close_confirm(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	(void)a;
	page_reset(&s->page, WIDTH);
	page_text(&s->page, 0, ROLE_STRONG, text_of(s->question));
	s->box = popup_place(body, s->page.c.rows + 2, WIDTH);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect in = popup_inside(s->box);

	(void)a;
	(void)body;
	popup_ask(&s->answers, c, s->box, "Are you sure?", &s->page);
	if (s->blind) {
		canvas_print(c, s->answers.row, in.column, in.columns, ROLE_WATCH,
			"What was typed is no answer: %s asks again.",
			keys_text(SCOPE_CONFIRM, ACT_ASK_AGAIN));
	} else {
		popup_answers_put(&s->answers, c, SCOPE_CONFIRM, ACT_CONFIRM);
		popup_answers_put(&s->answers, c, SCOPE_CONFIRM, ACT_REFUSE);
	}
}

static void answer_yes(struct app *a, struct state *s)
{
	void (*yes)(struct app * a) = s->yes;

	app_back(a); /* s is gone from here on */
	yes(a);
}

/* A letter that is no answer shows that somebody types without looking: none is an answer
 * after it until the question was asked again. */
static bool key(struct app *a, void *state, int32_t key)
{
	struct state *s = state;

	(void)a;
	s->blind |= key_is_letter(key) && keys_find(SCOPE_CONFIRM, key) == ACT_NONE;
	return s->blind && key_is_letter(key);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_CONFIRM)
		answer_yes(a, s);
	else if (action == ACT_ASK_AGAIN && s->blind)
		s->blind = false;
	else if (action == ACT_REFUSE || action == ACT_ASK_AGAIN)
		app_back(a);
	else
		return false;
	return true;
}

/* Of the answers only those that are heard. */
static bool offers(struct app *a, const void *state, enum action action)
{
	const struct state *s = state;

	(void)a;
	return (action == ACT_ASK_AGAIN) == s->blind;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (row == s->answers.row && s->blind)
		s->blind = false;
	else
		popup_answers_click(a, &s->answers, s->box, row, column);
}

const struct screen_ops confirm_screen = {
	.size = sizeof(struct state),
	.open = open_confirm,
	.close = close_confirm,
	.layout = layout,
	.paint = paint,
	.key = key,
	.act = act,
	.offers = offers,
	.click = click,
};
