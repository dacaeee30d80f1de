/* The explanation of a number: formula, inputs, source rows and days, for what the
 * cursor is on. */
#include "tui/screen.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/book_live.h"
#include "tui/explain.h"
#include "tui/popup.h"
#include "tui/sheet.h"
#include "tui/words.h"

enum { WIDTH = 92 };

struct state {
	struct sheet sheet;
	bool shown; /* the part asked for was scrolled to */
};

/* What a figure is made of; a field without a row here is as it was entered. */
static const struct {
	enum list_field field;
	void (*explain)(struct explain *);
} figures[] = {
	{ LIST_HEALTH, explain_health },
	{ LIST_CHANGE, explain_change },
	{ LIST_COVERAGE, explain_coverage },
	{ LIST_ARR, explain_arr },
	{ LIST_VALUE, explain_value },
	{ LIST_VALUE_PCT, explain_value_pct },
	{ LIST_EFFORT, explain_effort },
	{ LIST_SCORE, explain_score },
	{ LIST_QUADRANT, explain_quadrant },
	{ LIST_TIER, explain_tier },
	{ LIST_SINCE, explain_tier },
	{ LIST_RENEWAL, explain_renewal },
	{ LIST_STATUS, explain_status },
};

void explain_say(struct explain *x, enum role role, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	page_text(x->p, 0, role, text_of(text));
}

/* Which day, which figures, which rules. */
static void put_stamp(struct app *a, struct page *p)
{
	int32_t version = book_policy_version(a->book), set = DAY_NONE;
	char as_of[DAY_TEXT_MAX], of[DAY_TEXT_MAX], policy[DAY_TEXT_MAX];
	struct err ignored;

	page_line(p);
	if (book_basis_policy_day(a->book, version, &set, &ignored) != ST_OK)
		set = DAY_NONE;
	day_format(book_as_of(a->book), as_of);
	if (a->summary.figures_day == DAY_NONE)
		page_print(p, 0, ROLE_QUIET, "as of %s, never recalculated: %s does it",
			as_of, keys_word(SCOPE_SCREEN, ACT_RECALCULATE));
	else
		page_print(p, 0, ROLE_QUIET, "as of %s, figures of %s", as_of,
			day_format(a->summary.figures_day, of));
	page_print(p, 0, ROLE_QUIET, "policy version %d%s%s", version,
		set == DAY_NONE ? "" : ", set on ",
		set == DAY_NONE ? "" : day_format(set, policy));
}

static bool read_basis(struct explain *x)
{
	struct app *a = x->a;
	int32_t day = a->summary.figures_day;
	struct err e = { .text = "" };

	x->before.day = DAY_NONE;
	if (book_basis(a->book, x->v->row.account, x->v->row.tier,
		    day == DAY_NONE ? book_as_of(a->book) : day, &x->now, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	if (x->v->has_before &&
		book_basis(a->book, x->v->row.account,
			x->v->before.tier <= TIER_COUNT ? x->v->before.tier : 0,
			x->v->before.at.day, &x->before, &e) != ST_OK)
		x->before.day = DAY_NONE;
	return true;
}

/* What is asked for as it is shown, and what it is. */
static const char *figure_text(
	struct app *a, const struct account_view *v, char *out, size_t size)
{
	char money[MONEY_TEXT_MAX];
	struct triage_explained t;
	struct err ignored;

	out[0] = '\0';
	if (a->subject.figure == SUBJECT_FIELD)
		list_row_text(a->book, &v->row, a->subject.field, out, size);
	else if (a->subject.figure == SUBJECT_RISK &&
		 book_live_triage(a->book, v->row.account, &t, &ignored) == ST_OK)
		snprintf(out, size, "%s",
			words_money(book_policy(a->book), t.at_risk, money));
	switch (a->subject.figure) {
	case SUBJECT_RISK:
		return "money at risk: what the order of the day is made from";
	case SUBJECT_ALERT:
		return "why it is looked at";
	default:
		return list_field_def(a->subject.field)->help;
	}
}

static void put_head(struct app *a, struct page *p, const struct account_view *v)
{
	char text[256];
	const char *help = figure_text(a, v, text, sizeof(text));
	int row = page_line(p), used;

	used = text_columns(text_of(text));
	canvas_put(&p->c, row, 0, p->c.columns - used - 2, ROLE_STRONG,
		v->row.name.n ? v->row.name : v->row.id);
	canvas_put_right(&p->c, row, 0, p->c.columns, ROLE_STRONG,
		text_of(text[0] || a->subject.figure == SUBJECT_ALERT ? text : "--"));
	page_print(p, 0, ROLE_QUIET, "%s", help);
	page_line(p);
}

static void explain_field(struct explain *x)
{
	bool known = false;

	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++) {
		if (figures[i].field != x->a->subject.field || !read_basis(x))
			continue;
		figures[i].explain(x);
		known = true;
	}
	if (!known)
		explain_say(x, ROLE_TEXT, "As it was entered or imported.");
}

static void fill(struct app *a, void *state, struct page *p)
{
	struct state *s = state;
	struct explain x = { .a = a,
		.p = p,
		.v = app_account(a, a->subject.account),
		.part = a->subject.part,
		.part_row = -1 };

	page_reset(p, p->c.columns - 1); /* one for the signs of more */
	s->sheet.title = a->subject.figure == SUBJECT_RISK ? "At risk"
			 : a->subject.figure == SUBJECT_ALERT
				 ? "Why"
				 : list_field_whole(a->subject.field);
	if (!x.v)
		return;
	put_head(a, p, x.v);
	if (a->subject.figure == SUBJECT_RISK)
		explain_risk(&x);
	else if (a->subject.figure == SUBJECT_ALERT)
		explain_alert(&x);
	else
		explain_field(&x);
	put_stamp(a, p);
	if (x.part_row >= 0 && !s->shown)
		p->top = x.part_row;
	s->shown = true;
}

static void open_explain(struct app *a, void *state)
{
	struct state *s = state;

	sheet_open(a, &s->sheet, NULL, WIDTH, fill);
}

/* The screen below has the cursor on what is explained. */
static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	s->sheet.box = popup_beside(s->sheet.box, body, c->cursor_row);
	sheet_paint(a, state, c, body);
}

const struct screen_ops explain_screen = {
	.size = sizeof(struct state),
	.open = open_explain,
	.close = sheet_close,
	.layout = sheet_layout,
	.paint = paint,
	.act = sheet_act,
	.click = sheet_click,
};
