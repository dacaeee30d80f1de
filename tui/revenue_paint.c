/* The Revenue screen as it is painted: groups, the figures of one of them, what stands
 * out, what contradicts itself, and the rules. */
#include "tui/revenue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/mem.h"
#include "tui/trends.h"
#include "tui/words.h"

enum { GROUPS = 40, TOLD = 20, LABEL = 2, LABEL_WIDTH = 20, CELL = 9 };
enum { VALUE = LABEL + LABEL_WIDTH, MOVED = VALUE + CELL + 1, NOTE = MOVED + CELL + 1 };

/* ---- lines ---------------------------------------------------------------------- */

struct revenue_screen_line *revenue_add_line(
	struct revenue_screen *s, enum revenue_line_kind kind)
{
	struct revenue_screen_line *line;

	if (s->lines == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		s->line = mem_resize(s->line, (size_t)s->room, sizeof(*s->line));
	}
	line = &s->line[s->lines++];
	*line = (struct revenue_screen_line){ .kind = kind, .row = page_line(&s->page) };
	return line;
}

static void heading(struct revenue_screen *s, const char *title, const char *right)
{
	if (s->page.c.rows)
		page_line(&s->page);
	page_heading(&s->page, title, right);
}

/* ---- groups --------------------------------------------------------------------- */

enum {
	G_NRR = 22,
	G_GRR = 31,
	G_LOGOS = 40,
	G_OPENING = 50,
	G_LOST = 59,
	G_VERDICT = 71
};

static void group_titles(struct revenue_screen *s)
{
	static const struct {
		int at, width;
		const char *title;
	} titles[] = { { G_NRR, 8, "NRR" }, { G_GRR, 8, "GRR" }, { G_LOGOS, 9, "logos" },
		{ G_OPENING, 8, "opening" }, { G_LOST, 10, "churned" },
		{ G_VERDICT, 6, "a year" } };
	const int row = page_line(&s->page);

	for (size_t k = 0; k < sizeof(titles) / sizeof(*titles); k++)
		canvas_put_right(&s->page.c, row, titles[k].at, titles[k].width,
			ROLE_HEADER, text_of(titles[k].title));
}

static void group_line(struct app *a, struct revenue_screen *s, int32_t at)
{
	const struct revenue_group *g = at < 0 ? &s->r->all : &s->r->group[at];
	const enum revenue_verdict v = revenue_verdict(book_policy(a->book), s->r, g);
	const struct trend_cohort *x = &g->money.cohort;
	struct revenue_screen_line *line = revenue_add_line(s, LINE_GROUP);
	struct canvas *c = &s->page.c;
	const int row = line->row;
	char text[64], name[REVENUE_GROUP_MAX];

	line->at = at;
	if (at == s->group) /* what stands below is of it */
		canvas_glyph(c, row, 0, ROLE_KEY, GLYPH_DOT);
	canvas_put(c, row, LABEL, LABEL_WIDTH,
		s->by == REVENUE_BY_TIER && at > 0 ? words_tier_role((unsigned)at)
		: at < 0                           ? ROLE_STRONG
						   : ROLE_TEXT,
		text_of(revenue_group_said(s->r, g, name)));
	canvas_put_right(
		c, row, G_NRR, 8, ROLE_TEXT, text_of(revenue_rate(trend_nrr(x), text)));
	canvas_put_right(
		c, row, G_GRR, 8, ROLE_TEXT, text_of(revenue_rate(trend_grr(x), text)));
	snprintf(text, sizeof(text), "%u", x->accounts);
	if (x->lost)
		snprintf(text, sizeof(text), "%u -%u", x->accounts, x->lost);
	canvas_put_right(c, row, G_LOGOS, 9, ROLE_TEXT, text_of(text));
	canvas_put_right(c, row, G_OPENING, 8, ROLE_TEXT,
		text_of(revenue_money_text(a, x->opening, text, sizeof(text))));
	canvas_put_right(c, row, G_LOST, 10, ROLE_TEXT,
		text_of(revenue_money_text(a, g->money.churn, text, sizeof(text))));
	canvas_put_right(
		c, row, G_VERDICT, 6, revenue_role(v), text_of(revenue_verdict_name[v]));
}

static void fill_groups(struct app *a, struct revenue_screen *s)
{
	uint32_t shown = 0, more = 0;
	char title[64];

	snprintf(title, sizeof(title), "By %s", revenue_by_said(s->by));
	heading(s, title, NULL);
	group_titles(s);
	group_line(a, s, -1);
	for (uint32_t k = 0; k < s->r->groups; k++) {
		if (revenue_is_empty(s->r, &s->r->group[k]))
			continue;
		if (shown++ < GROUPS)
			group_line(a, s, (int32_t)k);
		else
			more++;
	}
	if (more)
		page_print(&s->page, LABEL, ROLE_QUIET,
			"... and %u more; `tierdesk revenue --by %s` has them all", more,
			revenue_by_name[s->by]);
}

/* ---- figures -------------------------------------------------------------------- */

static void figure_line(struct app *a, struct revenue_screen *s, int figure, int cause)
{
	struct revenue_screen_line *line = revenue_add_line(s, LINE_FIGURE);
	struct canvas *c = &s->page.c;
	const int indent = figure == FIGURE_CAUSE ? 2 : 0;
	struct revenue_cells x;

	line->figure = (enum revenue_figure)figure;
	line->cause = cause;
	revenue_cells(a, s, line, &x);
	canvas_put(c, line->row, LABEL + indent, LABEL_WIDTH - indent, ROLE_TEXT,
		text_of(revenue_label(line)));
	canvas_put_right(c, line->row, VALUE, CELL, x.role, text_of(x.value));
	canvas_put_right(c, line->row, MOVED, CELL, ROLE_QUIET, text_of(x.moved));
	canvas_put(c, line->row, NOTE, c->columns - NOTE, ROLE_QUIET, text_of(x.note));
}

/* What is not known of a part of the period, or did not happen, has no line. */
static bool has_line(const struct revenue_screen *s, int figure)
{
	const struct revenue_group *g = revenue_group_here(s);
	const bool part = g != &s->r->all && revenue_by_months(s->by);

	if (figure == FIGURE_BACK)
		return g->money.path.back > 0;
	if (figure == FIGURE_FLEETING)
		return !part && g->facts.fleeting > 0;
	if (figure == FIGURE_CAUSE)
		return g == &s->r->all;
	if (figure == FIGURE_EXIT)
		return g == &s->r->all && g->money.cohort.lost > 0;
	return !part || figure < FIGURE_TTV;
}

static void fill_section(
	struct app *a, struct revenue_screen *s, enum revenue_section section)
{
	for (int f = 0; f < FIGURES; f++) {
		if (revenue_figure_of((enum revenue_figure)f)->section != section ||
			!has_line(s, f))
			continue;
		for (int k = 0; f == FIGURE_CAUSE && k < CHURN_CLASSES; k++)
			if (s->r->lost[k])
				figure_line(a, s, f, k);
		if (f != FIGURE_CAUSE)
			figure_line(a, s, f, 0);
	}
}

static bool read_apart(double one, double other)
{
	char a[32], b[32];

	return strcmp(revenue_rate(one, a), revenue_rate(other, b)) != 0;
}

/* Beside the headings, where the two rules come to what reads differently. */
static void put_apart(struct canvas *c, const struct revenue_money *m, int row)
{
	const bool grr = read_apart(trend_grr(&m->cohort), revenue_grr_moved(m)),
		   nrr = read_apart(trend_nrr(&m->cohort), revenue_nrr_moved(m));
	char text[64];

	if (!grr && !nrr)
		return;
	snprintf(text, sizeof(text), " they differ: %s on %s says why ",
		keys_text(SCOPE_REVENUE, ACT_EXPLAIN), grr ? "GRR" : "NRR");
	if (NOTE + text_columns(text_of(text)) <= c->columns)
		canvas_put(c, row, NOTE, c->columns - NOTE, ROLE_QUIET, text_of(text));
}

static void fill_figures(struct app *a, struct revenue_screen *s)
{
	const struct revenue_group *g = revenue_group_here(s);
	const bool part = g != &s->r->all && revenue_by_months(s->by);
	char title[REVENUE_GROUP_MAX + 16], name[REVENUE_GROUP_MAX];
	int row;

	snprintf(title, sizeof(title), "Outcome: %s",
		revenue_group_said(s->r, revenue_group_here(s), name));
	heading(s, title, NULL);
	row = s->page.c.rows - 1;
	canvas_put_right(
		&s->page.c, row, VALUE - 1, CELL + 1, ROLE_HEADER, TEXT(" snapshots"));
	canvas_put_right(
		&s->page.c, row, MOVED - 1, CELL + 2, ROLE_HEADER, TEXT(" movements "));
	put_apart(&s->page.c, &g->money, row);
	fill_section(a, s, SECTION_OUTCOME);
	if (part)
		return;
	heading(s, "Satisfaction: no success by itself", NULL);
	fill_section(a, s, SECTION_CONTENT);
	heading(s, "Activity: no outcome", NULL);
	fill_section(a, s, SECTION_ACTIVITY);
}

/* ---- what it means -------------------------------------------------------------- */

struct saying {
	struct revenue_screen *s;
	bool rules;
};

static void say(void *arg, enum revenue_line kind, const char *text)
{
	static const enum role roles[] = { ROLE_TEXT, ROLE_WATCH, ROLE_QUIET };
	const struct saying *x = arg;
	struct page *p = &x->s->page;
	const int row = p->c.rows;

	if ((kind == REVENUE_RULE) != x->rules)
		return;
	page_text(p, LABEL, roles[kind], text_of(text));
	if (kind == REVENUE_WARNS)
		canvas_put(&p->c, row, 0, 1, ROLE_WATCH, TEXT("!"));
}

/* Lines of which each is about an account. */
struct telling {
	enum revenue_line_kind kind;
	const char *title;
	uint32_t n; /* that are there */
};

static void tell_account(struct app *a, struct revenue_screen *s,
	enum revenue_line_kind kind, uint32_t k, const struct list_row *row)
{
	struct revenue_screen_line *line = revenue_add_line(s, kind);
	struct canvas *c = &s->page.c;
	char text[REVENUE_TEXT_MAX];

	line->at = (int32_t)k;
	canvas_put(c, line->row, LABEL, LABEL_WIDTH - 1, ROLE_TEXT,
		row->name.n ? row->name : row->id);
	canvas_put(c, line->row, VALUE, c->columns - VALUE, ROLE_QUIET,
		text_of(kind == LINE_CLASH
				? revenue_clash_text(
					  &s->r->clash[k], book_policy(a->book), text)
				: revenue_unclear_text(s->r, &s->r->unclear[k], text)));
}

static void tell_accounts(
	struct app *a, struct revenue_screen *s, const struct telling *t)
{
	const uint32_t n = t->n < TOLD ? t->n : TOLD;
	struct list_row row[TOLD];
	uint32_t id[TOLD];
	struct err e = { .status = ST_OK };
	struct arena arena;

	if (!n)
		return;
	heading(s, t->title, NULL);
	arena_init(&arena);
	for (uint32_t k = 0; k < n; k++)
		id[k] = t->kind == LINE_CLASH ? s->r->clash[k].account
					      : s->r->unclear[k].account;
	if (book_rows(a->book, id, n, &arena, row, &e) != ST_OK)
		memset(row, 0, sizeof(row));
	for (uint32_t k = 0; k < n; k++)
		tell_account(a, s, t->kind, k, &row[k]);
	arena_clear(&arena);
	if (n < t->n)
		page_print(&s->page, LABEL, ROLE_QUIET,
			"... and %u more; `tierdesk revenue --format json` lists them",
			t->n - n);
}

void revenue_fill(struct app *a, struct revenue_screen *s)
{
	struct saying x = { s, false };

	page_reset(&s->page, s->body.columns);
	s->lines = 0;
	if (!s->r || !s->r->outcome)
		return;
	fill_groups(a, s);
	fill_figures(a, s);
	heading(s, "What stands out", NULL);
	revenue_say(s->r, book_policy(a->book), say, &x);
	revenue_features_fill(s);
	tell_accounts(a, s,
		&(struct telling){ LINE_UNCLEAR,
			"Said when they left: which cause is it?", s->r->unclears });
	tell_accounts(a, s,
		&(struct telling){ LINE_CLASH, "Contradictions: listed, never settled",
			s->r->clashes });
	heading(s, "How it was counted", NULL);
	x.rules = true;
	revenue_say(s->r, book_policy(a->book), say, &x);
	if (s->at >= s->lines)
		s->at = s->lines ? s->lines - 1 : 0;
}

/* ---- the screen ----------------------------------------------------------------- */

static void paint_head(
	struct app *a, const struct revenue_screen *s, struct canvas *c, struct rect body)
{
	static const char *const names[SPANS] = { "a year until today", "a month",
		"a quarter", "a year" };
	const struct revenue_query q = revenue_screen_query(a, s);
	char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX], text[INPUT_MAX + 256],
		whom[INPUT_MAX + 160];
	const int used = canvas_print(c, body.row, body.column + 1, body.columns - 2,
		ROLE_STRONG, "%s to %s", day_format(q.from, from), day_format(q.to, to));

	trends_whom(a, whom, sizeof(whom));
	snprintf(text, sizeof(text), "%s, %s",
		s->span == SPAN_RUNNING && revenue_by_months(s->by) ? "whole months"
								    : names[s->span],
		whom);
	if (s->r && !s->r->done)
		snprintf(text, sizeof(text), "counting, %u %%",
			s->r->parts ? 100 * s->r->part_at / s->r->parts : 0);
	canvas_put_right(c, body.row, body.column + 3 + used, body.columns - 5 - used,
		ROLE_QUIET, text_of(text));
}

void revenue_paint(
	struct app *a, struct revenue_screen *s, struct canvas *c, struct rect body)
{
	const struct revenue_screen_line *line = revenue_line_here(s);
	struct rect at = { body.row + 2, body.column + 2, body.rows - 2,
		body.columns - 4 };

	paint_head(a, s, c, body);
	if (!s->r || !s->r->outcome) {
		page_put(c, &at, s->r ? ROLE_QUIET : ROLE_WATCH, "%s",
			s->r ? "The revenue is being counted." : s->problem);
		canvas_cursor(c, body.row, body.column + 1);
		return;
	}
	page_paint(&s->page, c, s->body);
	if (line && line->row >= s->page.top && line->row < s->page.top + s->body.rows) {
		const int row = s->body.row + line->row - s->page.top;

		canvas_focus(c, (struct rect){ row, s->body.column, 1, s->body.columns });
		canvas_glyph(c, row, s->body.column, ROLE_KEY, GLYPH_HERE);
		canvas_cursor(c, row, s->body.column);
	}
}
