/* Tiers: who is where, who would move, and what is not in order. */
#include "tui/tiers.h"

#include <stdlib.h>

#include "tui/nothing.h"
#include "tui/rows.h"
#include "tui/sheet.h"

const struct tiers_line *tiers_here(const struct tiers_screen *s)
{
	return s->at < s->lines ? &s->line[s->at] : NULL;
}

/* Whatever is done to an account is done to the one of the line; where that has none,
 * lists keep their place. */
static void follow(struct app *a, const struct tiers_screen *s)
{
	const struct tiers_line *x = tiers_here(s);

	if (x && x->account)
		a->focus = x->account;
	a->dirty |= APP_LAYOUT; /* what is said of it */
}

/* On a line that is about no account, or about several, nothing is done to one. */
static bool wants_account(const struct tiers_screen *s, enum action action)
{
	const struct tiers_line *x = tiers_here(s);

	return action_def(action)->flags & (ACTION_ROW | ACTION_TARGET) &&
	       (!x || !x->account);
}

static void open_tiers(struct app *a, void *state)
{
	struct tiers_screen *s = state;

	page_init(&s->page, a->canvas.ascii);
	arena_init(&s->texts);
}

static void close_tiers(struct app *a, void *state)
{
	struct tiers_screen *s = state;

	(void)a;
	page_clear(&s->page);
	arena_clear(&s->texts);
	tier_view_drop(&s->v);
	free(s->line);
	free(s->chosen);
}

static void data_changed(struct app *a, void *state)
{
	tiers_make(a, state);
	follow(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	tiers_layout(a, state, body);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	if (!nothing_paint(a, c, body, SCOPE_TIERS))
		tiers_paint(a, state, c, body);
}

/* To the next heading, or the one before. */
static void section(struct tiers_screen *s, int step)
{
	int at = s->at;

	do {
		at += step;
	} while (at > 0 && at < s->lines && s->line[at].kind != TIERS_HEADING);
	if (at >= 0 && at < s->lines)
		s->at = at;
}

/* Over lines that only go on with the one above. */
static bool step(struct tiers_screen *s, enum action action)
{
	const int was = s->at;

	if (!rows_step(action, s->list.rows, s->lines, &s->at))
		return false;
	while (s->at > 0 && s->at < s->lines - 1 && s->line[s->at].more)
		s->at += s->at < was ? -1 : 1;
	return true;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct tiers_screen *s = state;
	bool moved = true;

	follow(a, s);
	if (action == ACT_EXPLAIN) {
		app_push(a, SCREEN_TIERS_EXPLAIN);
		return true;
	}
	if (tiers_act(a, s, action))
		return true;
	if (wants_account(s, action)) {
		app_say(a, "%s: no account is under the cursor",
			action_def(action)->title);
		return true;
	}
	if (action == ACT_SECTION_NEXT)
		section(s, 1);
	else if (action == ACT_SECTION_PREVIOUS)
		section(s, -1);
	else
		moved = step(s, action);
	if (moved)
		follow(a, s);
	return moved;
}

/* On the line under the cursor: opens it; on another one: goes there. */
static void click(struct app *a, void *state, int row, int column)
{
	struct tiers_screen *s = state;
	int at = s->top + row - s->list.row;

	if (!canvas_hit(s->list, row, column) || at >= s->lines)
		return;
	while (at > 0 && s->line[at].more)
		at--;
	if (at == s->at) {
		tiers_open_line(a, s);
		return;
	}
	s->at = at;
	follow(a, s);
}

static bool offers(struct app *a, const void *state, enum action action)
{
	(void)a;
	return action != ACT_TIERS_OPEN || tiers_opens(state);
}

/* Its numbers are of tiers and moves: it explains them itself. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	(void)a;
	(void)out;
	return tiers_here(state) != NULL;
}

const struct screen_ops tiers_screen = {
	.size = sizeof(struct tiers_screen),
	.roomy = true,
	.whole = true,
	.open = open_tiers,
	.close = close_tiers,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.offers = offers,
	.click = click,
	.describe = describe,
};

/* ---- how a number comes about ---- */

enum { WIDTH = 76 };

static void fill(struct app *a, void *state, struct page *p)
{
	/* The screen below is open as long as this one is. */
	const struct tiers_screen *s = a->state[SCREEN_TIERS];

	(void)state;
	if (s && s->v && tiers_here(s))
		tiers_explain(a, s, p);
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops tiers_explain_screen = SHEET_OPS(open_explain);
