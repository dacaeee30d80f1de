/* The Backtest screen as it is painted: the verdict, ranges drawn on one scale, and below
 * them who was green and gone. */
#include "tui/backtest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/backtest_text.h"
#include "tui/rows.h"
#include "tui/words.h"

enum { LABEL = 16, WIDE = 110, BAR_MIN = 8, LIST_MIN = 4 };

/* ---- ranges --------------------------------------------------------------------------
 */

struct range {
	const char *label;
	enum role role;
	double low, x, high; /* low, high NaN: no range */
	double from, to;     /* of the scale */
	double mark;         /* what it is held against */
	const char *figure, *more;
};

static int place_of(const struct range *r, double v, int width)
{
	const double at = (v - r->from) / (r->to - r->from) * (width - 1);

	return at < 0 ? 0 : at > width - 1 ? width - 1 : (int)(at + 0.5);
}

static void put_bar(struct page *p, int row, int column, int width, const struct range *r)
{
	const int mark = place_of(r, r->mark, width);

	for (int i = 0; i < width; i++)
		canvas_glyph(&p->c, row, column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	for (int i = 0; !isnan(r->low) && i < width; i++)
		if (i >= place_of(r, r->low, width) && i <= place_of(r, r->high, width))
			canvas_glyph(&p->c, row, column + i, r->role, GLYPH_SHADE_2);
	canvas_glyph(&p->c, row, column + mark, ROLE_TEXT, GLYPH_VERTICAL);
	if (!isnan(r->x))
		canvas_glyph(&p->c, row, column + place_of(r, r->x, width), ROLE_STRONG,
			GLYPH_MARK);
}

/* A line: the label, the range as a picture, its figures, and more where there is room.
 */
static void put_range(struct page *p, const struct range *r, int figures)
{
	const int more = p->c.columns >= WIDE ? 34 : 0;
	int width = p->c.columns - LABEL - 1 - figures - 1 - more;
	const int row = page_line(p);

	width = width > 60 ? 60 : width;
	canvas_put(&p->c, row, 0, LABEL, ROLE_TEXT, text_of(r->label));
	if (width >= BAR_MIN)
		put_bar(p, row, LABEL + 1, width, r);
	else
		width = -1;
	canvas_put(&p->c, row, LABEL + 2 + width, figures, r->role, text_of(r->figure));
	if (more)
		canvas_put(&p->c, row, LABEL + 3 + width + figures, more, ROLE_QUIET,
			text_of(r->more));
}

static enum role auc_role(const struct backtest_auc *a)
{
	return a->low > 0.5 ? ROLE_GOOD : a->high < 0.5 ? ROLE_BAD : ROLE_UNKNOWN;
}

static void put_auc(
	struct page *p, const char *label, const struct backtest_auc *a, const char *note)
{
	char figure[BACKTEST_FIGURE_MAX], more[80];
	const struct range r = { label, auc_role(a), a->low, a->auc, a->high, 0, 1, 0.5,
		backtest_auc_text(a, figure), more };

	snprintf(more, sizeof(more), "n %u, %u left%s%s", a->left + a->stayed,
		a->accounts_left, *note ? ", " : "", note);
	put_range(p, &r, 19);
}

/* ---- the page ------------------------------------------------------------------------
 */

static enum role verdict_role(const struct backtest *t)
{
	return t->verdict == BACKTEST_TELLS && !t->leaks   ? ROLE_GOOD
	       : t->verdict == BACKTEST_TOO_FEW            ? ROLE_UNKNOWN
	       : t->verdict == BACKTEST_UPSIDE || t->leaks ? ROLE_BAD
							   : ROLE_WATCH;
}

static void put_head(struct app *a, const struct backtest_screen *s, struct page *p)
{
	const struct backtest *t = &s->t;
	char text[BACKTEST_TEXT_MAX], from[DAY_TEXT_MAX], to[DAY_TEXT_MAX];

	page_print(p, 0, verdict_role(t), "%s", backtest_verdict_text(t, text));
	for (int k = 0; k < t->leaks; k++)
		page_print(p, 0, ROLE_BAD, "too good to be true: %s",
			backtest_leak_text(t, &t->leak[k], text));
	if (t->months)
		page_print(p, 0, ROLE_QUIET,
			"the whole book: %d month-ends from %s to %s, %d days each, "
			"policy version %d; %u accounts, %u left; %u account-months (n), "
			"%u more without a known health",
			t->months, day_format(t->first, from), day_format(t->last, to),
			t->horizon, (int)t->policy_version, t->accounts, t->left,
			t->known, t->unknown);
	if (t->every > 1)
		page_print(p, 0, ROLE_QUIET, "one account in %u was looked at", t->every);
	if (s->of != book_generation(a->book))
		page_print(p, 0, ROLE_INFO,
			"the book has changed since: %s makes it anew",
			keys_word(SCOPE_BACKTEST, ACT_BACKTEST_AGAIN));
}

static void put_health(const struct backtest *t, struct page *p)
{
	page_heading(p, "AUC of health", "0 to 1, the line is chance");
	put_auc(p, "who left", &t->auc, "");
	if (t->shrank.left)
		put_auc(p, "ARR shrank", &t->shrank, "");
	if (t->recorded.left)
		put_auc(p, "as recorded then", &t->recorded, "");
	page_print(p, 0, ROLE_TEXT,
		"The worst tenth left %.2f times as often as all: %.1f of %u, %.1f %% "
		"against %.1f %%.",
		t->lift.lift, t->lift.left, t->lift.n, 100 * t->lift.rate,
		100 * t->lift.base);
}

static void put_warnings(const struct backtest *t, struct page *p)
{
	char recall[BACKTEST_FIGURE_MAX];

	page_heading(p, "Red before they left", NULL);
	for (int k = 0; k < BACKTEST_WARNINGS; k++) {
		const struct backtest_warning *w = &t->warning[k];

		page_print(p, 0, ROLE_TEXT,
			"%d days before %s of those who left were red; of %u red "
			"account-months %u left within %d days",
			backtest_warning_days[k], backtest_share_text(&w->recall, recall),
			w->precision.n, w->precision.hits, backtest_warning_days[k]);
	}
	if (t->lead.alerted)
		page_print(p, 0, ROLE_TEXT,
			"An alert was in sight before %u of %u, the first at the median "
			"%.0f days before; of those who stay %.0f %% have one too.",
			t->lead.alerted, t->lead.n, t->lead.quartile[1],
			100 * t->lead.stayed);
	else if (t->lead.n)
		page_print(p, 0, ROLE_TEXT, "No alert was in sight before any of %u.",
			t->lead.n);
}

static void put_share(struct page *p, const char *label, enum role role,
	const struct backtest_share *s, double mark, double most, const char *more)
{
	char figure[BACKTEST_FIGURE_MAX];
	const struct range r = { label, role, s->range.low, s->share, s->range.high, 0,
		most, mark, figure, more };

	if (!s->n)
		return;
	if (p->c.columns >= WIDE)
		backtest_share_text(s, figure);
	else
		snprintf(figure, sizeof(figure), "%u of %u, %.1f %%", s->hits, s->n,
			100 * s->share);
	put_range(p, &r, p->c.columns >= WIDE ? 34 : 22);
}

static double most_of(const struct backtest_share *s, double most)
{
	return s->n && s->range.high > most ? s->range.high : most;
}

static void put_bands(const struct backtest *t, struct page *p)
{
	static const enum health_band order[] = { BAND_AT_RISK, BAND_WATCH, BAND_HEALTHY,
		BAND_UNKNOWN };
	double most = 0.01;
	char right[60];

	for (int b = 0; b < 4; b++) {
		most = most_of(&t->band[b].left, most);
		most = t->band[b].left.n && t->band[b].p > most ? t->band[b].p : most;
	}
	snprintf(right, sizeof(right), "0 to %.0f %%, the line is what triage said",
		100 * most);
	page_heading(p, "Who left, by band", right);
	for (int k = 0; k < 4; k++) {
		const struct backtest_band *b = &t->band[order[k]];
		char more[40], label[40];

		snprintf(more, sizeof(more), "triage said %.1f %%", 100 * b->p);
		snprintf(label, sizeof(label), "%s %s",
			canvas_glyph_text(&p->c, words_band_glyph(order[k])),
			words_band(order[k]));
		put_share(
			p, label, words_band_role(order[k]), &b->left, b->p, most, more);
	}
	page_print(p, 0, ROLE_TEXT,
		"Brier %.5f, %.5f for who always says %.1f %% (n %u, %d windows).",
		t->brier.brier, t->brier.base, 100 * t->brier.rate, t->brier.n,
		t->windows);
}

static void put_answers(const struct backtest *t, struct page *p)
{
	double most = 0.01;
	char right[60];

	for (int k = 0; k < 4; k++)
		most = most_of(&t->nps[k], most);
	snprintf(right, sizeof(right), "within %d days; 0 to %.0f %%",
		BACKTEST_SURVEY_DAYS, 100 * most);
	page_heading(p, "Who left, by NPS", right);
	for (int k = 0; k < 4; k++)
		put_share(p, backtest_answer_name[k], ROLE_TEXT, &t->nps[k], 0, most, "");
}

static void put_inputs(const struct backtest *t, struct page *p)
{
	page_heading(p, "AUC of each component alone", "0 to 1, the line is chance");
	for (int k = 0; k < BACKTEST_INPUTS; k++) {
		const struct backtest_input *x = &t->input[k];

		if (!x->there_left.hits && !x->there_stayed.hits)
			continue;
		put_auc(p, backtest_input_name(k), &x->auc,
			x->undated ? "no part in it"
			: x->leaks ? "too good"
				   : "");
	}
}

static void put_proposal(const struct backtest *t, struct page *p)
{
	const struct backtest_proposal *x = &t->proposal;
	char text[BACKTEST_TEXT_MAX], weights[300];
	size_t n = 0;

	if (!x->made)
		return;
	page_heading(p, "Proposed, and not applied", NULL);
	for (int c = 0; c < COMP_COUNT && n < sizeof(weights); c++)
		n += (size_t)snprintf(weights + n, sizeof(weights) - n, "%s%s %d to %d%s",
			c ? ", " : "Weights: ", component_name[c], x->now[c], x->then[c],
			x->held[c] ? " (held)" : "");
	page_print(p, 0, ROLE_TEXT, "%s.", weights);
	page_print(p, 0, x->better ? ROLE_GOOD : ROLE_QUIET, "%s.",
		backtest_weights_text(x, text));
	if (*backtest_change_text(x, text))
		page_print(p, 0, ROLE_TEXT, "If applied: %s.", text);
	page_print(p, 0, ROLE_TEXT, "Churn curve: %s.", backtest_curve_text(x, text));
}

static void put_rules(const struct backtest *t, struct page *p)
{
	char text[BACKTEST_TEXT_MAX];

	page_heading(p, "How it is counted", NULL);
	for (int k = 0; backtest_rule_text(t, k, text); k++)
		page_print(p, 0, ROLE_QUIET, "%s", text);
}

static void fill(struct app *a, struct backtest_screen *s, int columns)
{
	struct page *p = &s->page;

	page_reset(p, columns);
	put_head(a, s, p);
	if (s->t.verdict != BACKTEST_TOO_FEW) {
		put_health(&s->t, p);
		put_bands(&s->t, p);
		put_inputs(&s->t, p);
		put_warnings(&s->t, p);
		put_answers(&s->t, p);
		put_proposal(&s->t, p);
	}
	s->rules = p->c.rows;
	put_rules(&s->t, p);
}

/* ---- the screen ----------------------------------------------------------------------
 */

void backtest_layout(struct app *a, struct backtest_screen *s, struct rect body)
{
	const int third = body.rows / 3 < LIST_MIN ? LIST_MIN : body.rows / 3;
	int list = s->row ? (int)s->t.greens + 1 : 0;

	list = list > third ? third : list;
	s->said = (struct rect){ body.row, body.column + 1, body.rows - list,
		body.columns - 2 };
	s->list = (struct rect){ body.row + body.rows - list + 1, body.column,
		list ? list - 1 : 0, body.columns };
	if (s->made)
		fill(a, s, s->said.columns - 1); /* of the signs that there is more */
}

static void paint_green(const struct backtest_screen *s, struct canvas *c, int row, int k)
{
	const struct backtest_green *g = &s->t.green[k];
	const struct list_row *r = &s->row[k];
	char left[DAY_TEXT_MAX], day[DAY_TEXT_MAX], before[40] = "";
	const int name = s->list.columns - 1 - 9 - 50;

	if (g->before)
		snprintf(before, sizeof(before), ", 90 d before %u", g->before);
	canvas_put(c, row, s->list.column + 1, 8, ROLE_QUIET, r->id);
	canvas_put(c, row, s->list.column + 10, name > 8 ? name : 8, ROLE_TEXT,
		r->name.n ? r->name : r->id);
	canvas_print(c, row, s->list.column + 11 + (name > 8 ? name : 8), 50, ROLE_TEXT,
		"left %s, %u on %s%s", day_format(g->left, left), g->health,
		day_format(g->day, day), before);
}

static void paint_list(struct backtest_screen *s, struct canvas *c)
{
	const int head = s->list.row - 1;

	canvas_blank(c, (struct rect){ head, s->list.column, 1, s->list.columns },
		ROLE_HEADER);
	canvas_print(c, head, s->list.column + 1, s->list.columns - 2, ROLE_HEADER,
		"Green and gone: %u of %u who left were healthy at the month-end before",
		s->t.greens, s->t.gone);
	rows_show(s->at, s->list.rows, &s->top);
	for (int i = 0; i < s->list.rows && s->top + i < (int)s->t.greens; i++) {
		const int row = s->list.row + i;

		paint_green(s, c, row, s->top + i);
		if (s->top + i != s->at)
			continue;
		canvas_focus(c, (struct rect){ row, s->list.column, 1, s->list.columns });
		canvas_cursor(c, row, s->list.column);
	}
}

void backtest_paint(
	struct app *a, struct backtest_screen *s, struct canvas *c, struct rect body)
{
	(void)a;
	if (!s->made) {
		struct rect r = { body.row + 1, body.column + 2, body.rows - 2,
			body.columns - 4 };

		page_put(c, &r, ROLE_BAD, "%s",
			s->problem[0] ? s->problem : "nothing was made yet");
		page_put(c, &r, ROLE_TEXT, "%s makes it.",
			keys_word(SCOPE_BACKTEST, ACT_BACKTEST_AGAIN));
		return;
	}
	page_paint(&s->page, c, s->said);
	if (s->row)
		paint_list(s, c);
}
