/* The explanation of a number: formula, inputs and day, for what the cursor is on. */
#include "tui/screen.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/facts.h"
#include "tui/popup.h"

enum { WIDTH = 76 };

struct state {
	struct page page;
	struct rect box, body;
	char title[64];
};

/* What a figure is made of; a field without a row here explains itself. */
static const struct {
	enum list_field field;
	void (*facts)(struct app *, struct page *, const struct account_view *);
	const char *formula;
} formulas[] = {
	{ LIST_HEALTH, facts_health,
		"Health is the weighted mean of the components that have an input, "
		"rounded, "
		"at least 1. Too little known is unknown, never good or bad." },
	{ LIST_CHANGE, facts_health,
		"Health of the figures minus health 28 days or more before; the "
		"components' "
		"changes add up to it." },
	{ LIST_COVERAGE, facts_health,
		"The share of the weights whose component has an input that is not too "
		"old." },
	{ LIST_ARR, facts_value,
		"The contracts running on the day, else the ARR given." },
	{ LIST_VALUE, facts_value, "What is lost if the account leaves." },
	{ LIST_VALUE_PCT, facts_value,
		"The percentile rank of the value among the active accounts: 100 x (less "
		"+ "
		"half of the equal) / all." },
	{ LIST_EFFORT, facts_effort, "The weighted mean of what is known, 0..100." },
	{ LIST_SCORE, facts_score, "Value rank and effort combined." },
	{ LIST_QUADRANT, facts_score, "Value rank against effort." },
	{ LIST_TIER, facts_tier,
		"Tiers move only at a review or by a person; a cap limits each tier." },
	{ LIST_SINCE, facts_tier, "When the account came into its tier." },
};

static void build(struct app *a, struct state *s)
{
	const struct account_view *v = app_account(a, a->subject.account);
	const struct list_field_def *def = list_field_def(a->subject.field);
	char text[256], day[DAY_TEXT_MAX];
	int row;

	page_reset(&s->page, s->box.columns - 4);
	snprintf(s->title, sizeof(s->title), "%s", def->title);
	if (!v)
		return;
	row = page_line(&s->page);
	list_row_text(a->book, &v->row, a->subject.field, text, sizeof(text));
	canvas_put(&s->page.c, row, 0, s->page.c.columns, ROLE_STRONG,
		v->row.name.n ? v->row.name : v->row.id);
	canvas_put_right(
		&s->page.c, row, 20, s->page.c.columns - 20, ROLE_STRONG, text_of(text));
	page_print(&s->page, 0, ROLE_TEXT, "%s.", def->help);
	for (size_t i = 0; i < sizeof(formulas) / sizeof(*formulas); i++) {
		if (formulas[i].field != a->subject.field)
			continue;
		page_text(&s->page, 0, ROLE_TEXT, text_of(formulas[i].formula));
		page_line(&s->page);
		formulas[i].facts(a, &s->page, v);
		if (formulas[i].facts == facts_health)
			facts_curve(a, &s->page, v);
	}
	page_line(&s->page);
	if (a->summary.figures_day == DAY_NONE)
		page_print(&s->page, 0, ROLE_QUIET, "never recalculated");
	else
		page_print(&s->page, 0, ROLE_QUIET, "figures of %s, policy version %d",
			day_format(a->summary.figures_day, day),
			book_policy_version(a->book));
}

static void place(struct app *a, struct state *s)
{
	s->box = popup_place(s->body, s->body.rows, WIDTH);
	build(a, s);
	s->box = popup_place(s->body, s->page.c.rows, WIDTH);
}

static void open_explain(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
	s->body = app_body(a);
}

static void close_explain(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	s->body = body;
	place(a, s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	(void)a;
	(void)body;
	draw_box(c, s->box, s->title);
	page_paint(&s->page, c, popup_inside(s->box));
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	(void)a;
	return page_act(&s->page, action, s->box.rows - 2);
}

const struct screen_ops explain_screen = {
	.size = sizeof(struct state),
	.open = open_explain,
	.close = close_explain,
	.layout = layout,
	.paint = paint,
	.act = act,
};
