/* The Account screen: one account with everything about it, as one long page. */
#include "tui/screen.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/facts.h"
#include "tui/preview.h"
#include "tui/words.h"

enum { SECTIONS_MAX = 24, ROWS_SHOWN = 8 };

struct state {
	struct page title, page; /* the title stays while the page scrolls */
	struct rect body;        /* of the page */
	uint32_t account;
	int section[SECTIONS_MAX]; /* first lines */
	int sections;
};

/* ---- tables of records ---------------------------------------------------------- */

struct record_column {
	int field, width; /* width 0: what is left */
};

static const struct record_table {
	enum record_kind kind;
	const char *title;
	int columns;
	struct record_column column[6];
} tables[] = {
	{ REC_CONTRACT, "CONTRACTS", 5,
		{ { F_CONTRACT_ID, 14 }, { F_CONTRACT_FROM, 10 },
			{ F_CONTRACT_UNTIL, 10 }, { F_CONTRACT_ARR, 9 },
			{ F_CONTRACT_STATUS, 0 } } },
	{ REC_CONTACT, "CONTACTS", 5,
		{ { F_CONTACT_ROLE, 10 }, { F_CONTACT_NAME, 20 }, { F_CONTACT_SINCE, 10 },
			{ F_CONTACT_LEFT_ON, 10 }, { F_CONTACT_EMAIL, 0 } } },
	{ REC_TICKET, "TICKETS", 5,
		{ { F_TICKET_OPENED, 10 }, { F_TICKET_CLOSED, 10 },
			{ F_TICKET_SEVERITY, 8 }, { F_TICKET_CSAT, 4 },
			{ F_TICKET_CAUSE, 0 } } },
	{ REC_SURVEY, "SURVEYS", 4,
		{ { F_SURVEY_DATE, 10 }, { F_SURVEY_KIND, 5 }, { F_SURVEY_SCORE, 5 },
			{ F_SURVEY_COMMENT, 0 } } },
	{ REC_TOUCH, "TOUCHES", 6,
		{ { F_TOUCH_DATE, 10 }, { F_TOUCH_KIND, 9 }, { F_TOUCH_TWO_WAY, 7 },
			{ F_TOUCH_ACTOR, 10 }, { F_TOUCH_PURPOSE, 16 },
			{ F_TOUCH_OUTCOME, 0 } } },
	{ REC_MOVEMENT, "MOVEMENTS OF ARR", 4,
		{ { F_MOVEMENT_DATE, 10 }, { F_MOVEMENT_KIND, 12 },
			{ F_MOVEMENT_DELTA, 9 }, { F_MOVEMENT_CURRENCY, 0 } } },
};

static bool is_number(enum field_type t)
{
	return t == FT_MONEY || t == FT_NUMBER || t == FT_COUNT;
}

static void put_cells(struct page *p, const struct record_table *t,
	const struct cell *cells, bool header)
{
	const struct record *record = record_of(t->kind);
	int row = page_line(p), at = 1;

	for (int i = 0; i < t->columns; i++) {
		const struct field *f = &record->fields[t->column[i].field];
		int width =
			t->column[i].width ? t->column[i].width : p->c.columns - at - 1;
		char text[512];

		if (header)
			snprintf(text, sizeof(text), "%s", f->name);
		else
			words_cell(f, &cells[t->column[i].field], text, sizeof(text));
		for (char *s = text; header && *s; s++)
			if (*s == '_')
				*s = ' ';
		if (is_number(f->type) && t->column[i].width)
			canvas_put_right(&p->c, row, at, width,
				header ? ROLE_QUIET : ROLE_TEXT, text_of(text));
		else
			canvas_put(&p->c, row, at, width, header ? ROLE_QUIET : ROLE_TEXT,
				text_of(text));
		at += width + 1;
	}
}

static void put_table(
	struct page *p, const struct account_view *v, const struct record_table *t)
{
	const struct account_rows *rows = &v->rows[t->kind];
	int count = record_of(t->kind)->count;
	char right[48];

	snprintf(right, sizeof(right),
		rows->n > ROWS_SHOWN ? "the newest %u of %u" : "%u",
		rows->n > ROWS_SHOWN ? (uint32_t)ROWS_SHOWN : rows->n, rows->n);
	page_heading(p, t->title, rows->n ? right : "none");
	if (rows->n)
		put_cells(p, t, NULL, true);
	for (uint32_t i = 0; i < rows->n && i < ROWS_SHOWN; i++)
		put_cells(p, t, rows->cells + (size_t)i * (size_t)count, false);
}

/* ---- tier history --------------------------------------------------------------- */

static void tier_badge(unsigned tier, char out[8])
{
	snprintf(out, 8, tier == TIER_NONE ? "--" : "T%u", tier);
}

static void put_history(struct page *p, const struct account_view *v)
{
	char right[32];

	snprintf(right, sizeof(right), v->moves_n == 1 ? "%u move" : "%u moves",
		v->moves_n);
	page_heading(p, "TIER HISTORY", right);
	if (v->moves_n == 0)
		page_print(p, 1, ROLE_QUIET, "no move yet");
	for (uint32_t i = v->moves_n; i-- > 0;) {
		const struct tier_move *m = &v->moves[i];
		char day[DAY_TEXT_MAX], from[8], to[8];
		int row = p->c.rows;

		tier_badge(m->from, from);
		tier_badge(m->to, to);
		page_text(p, 32, ROLE_TEXT, text_of(v->move_reason[i]));
		canvas_put(
			&p->c, row, 1, 10, ROLE_QUIET, text_of(day_format(m->day, day)));
		canvas_print(
			&p->c, row, 12, 8, words_tier_role(m->to), "%s > %s", from, to);
		canvas_put(&p->c, row, 21, 10, ROLE_TEXT,
			text_of(move_cause_name[m->cause]));
	}
}

/* ---- the page ------------------------------------------------------------------- */

static void section(struct state *s)
{
	if (s->sections > 0)
		page_line(&s->page);
	if (s->sections < SECTIONS_MAX)
		s->section[s->sections++] = s->page.c.rows;
}

static void build(struct app *a, struct state *s)
{
	const struct account_view *v = app_account(a, s->account);
	static void (*const facts[])(
		struct app *, struct page *, const struct account_view *) = {
		facts_health,
		facts_trend,
		facts_value,
		facts_effort,
		facts_score,
		facts_tier,
	};

	s->sections = 0;
	page_reset(&s->page, s->body.columns - 1);
	page_reset(&s->title, s->body.columns - 1);
	if (!v)
		return;
	preview_title(a, &s->title, v);
	section(s);
	preview_head(a, &s->page, v);
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		section(s);
		facts[i](a, &s->page, v);
	}
	section(s);
	put_history(&s->page, v);
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		section(s);
		put_table(&s->page, v, &tables[i]);
	}
}

static void open_account(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
	page_init(&s->title, a->canvas.ascii);
	s->account = a->focus;
}

static void close_account(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
	page_clear(&s->title);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	s->body = body;
	s->body.row++;
	s->body.rows--;
	build(a, s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	(void)a;
	body.rows = 1;
	canvas_copy(c, body, &s->title.c, 0);
	page_paint(&s->page, c, s->body);
}

static void step_account(struct app *a, struct state *s, int step)
{
	uint32_t index;

	if (!view_find(&a->view, s->account, &index)) {
		app_say(a, "this account is not in the list that is shown");
		return;
	}
	if ((step < 0 && index == 0) || (step > 0 && index + 1 >= a->view.list->n)) {
		app_say(a, step < 0 ? "this is the first of the list"
				    : "this is the last of the list");
		return;
	}
	index = step < 0 ? index - 1 : index + 1;
	a->focus = s->account = a->view.list->id[index];
	build(a, s);
}

/* The section that stands at the top of the window, or reaches into it. */
static int section_here(const struct state *s)
{
	int i = s->sections - 1;

	while (i > 0 && s->section[i] > s->page.top)
		i--;
	return i;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	int here = section_here(s);

	switch (action) {
	case ACT_ACCOUNT_NEXT:
		step_account(a, s, 1);
		return true;
	case ACT_ACCOUNT_PREVIOUS:
		step_account(a, s, -1);
		return true;
	case ACT_SECTION_NEXT:
		if (here + 1 < s->sections)
			s->page.top = s->section[here + 1];
		return true;
	case ACT_SECTION_PREVIOUS:
		if (here > 0 && s->section[here] == s->page.top)
			here--;
		s->page.top = s->sections ? s->section[here] : 0;
		return true;
	default:
		return page_act(&s->page, action, s->body.rows);
	}
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	struct state *s = state;

	(void)a;
	out->account = s->account;
	out->field = LIST_HEALTH;
	return s->account != 0;
}

const struct screen_ops account_screen = {
	.size = sizeof(struct state),
	.open = open_account,
	.close = close_account,
	.layout = layout,
	.paint = paint,
	.act = act,
	.describe = describe,
};
