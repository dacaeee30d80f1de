/* The features of the first days on the Revenue screen: what goes with staying, who used
 * what, and which of those that began lack the best. */
#include "tui/revenue.h"

#include <math.h>
#include <stdio.h>

enum { LABEL = 2, LABEL_WIDTH = 20, CELL = 9 };
enum { WITH = LABEL + LABEL_WIDTH, WITHOUT = WITH + CELL + 1, NOTE = WITHOUT + CELL + 1 };

/* ---- lines ---------------------------------------------------------------------- */

static const char *kept(uint32_t n, uint32_t of, char out[32])
{
	return revenue_rate(of ? 100.0 * n / of : (double)NAN, out);
}

static void feature_line(struct revenue_screen *s, int at)
{
	struct revenue_screen_line *line = revenue_add_line(s, LINE_FEATURE);
	const struct feature *x = &s->f->feature[at];
	struct canvas *c = &s->page.c;
	char text[32], lift[FEATURES_LIFT_MAX];

	line->at = at;
	canvas_put(c, line->row, LABEL, LABEL_WIDTH - 1,
		x->rank ? ROLE_STRONG : ROLE_TEXT, x->name);
	canvas_put_right(c, line->row, WITH, CELL, ROLE_TEXT,
		text_of(kept(x->with_kept, x->with, text)));
	canvas_put_right(c, line->row, WITHOUT, CELL, ROLE_TEXT,
		text_of(kept(x->without_kept, x->without, text)));
	canvas_print(c, line->row, NOTE, c->columns - NOTE, ROLE_QUIET, "%s, %u and %u",
		features_lift_text(x, lift), x->with, x->without);
}

static void session_line(struct revenue_screen *s)
{
	struct revenue_screen_line *line = revenue_add_line(s, LINE_SESSION);
	const struct features *f = s->f;
	struct canvas *c = &s->page.c;
	char text[32];

	canvas_print(c, line->row, LABEL, LABEL_WIDTH - 1, ROLE_TEXT, "Best %d at once",
		f->tops);
	canvas_put_right(c, line->row, WITH, CELL, ROLE_TEXT,
		text_of(kept(f->at_once, f->began, text)));
	canvas_print(c, line->row, NOTE, c->columns - NOTE, ROLE_QUIET,
		"of %u that began; %u in %d days", f->began, f->in_time, f->days);
}

struct saying {
	struct page *page;
	bool rules;
};

static void say(void *arg, enum features_line kind, const char *text)
{
	static const enum role roles[] = { ROLE_TEXT, ROLE_WATCH, ROLE_QUIET };
	const struct saying *x = arg;
	const int row = x->page->c.rows;

	if ((kind == FEATURES_RULE) != x->rules)
		return;
	page_text(x->page, LABEL, roles[kind], text_of(text));
	if (kind == FEATURES_WARNS)
		canvas_put(&x->page->c, row, 0, 1, ROLE_WATCH, TEXT("!"));
}

void revenue_features_fill(struct revenue_screen *s)
{
	struct saying x = { &s->page, false };
	char title[64];
	int row;

	if (!s->f)
		return;
	page_line(&s->page);
	snprintf(title, sizeof(title), "Features of the first %d days: all", s->f->days);
	page_heading(&s->page, title, NULL);
	row = s->page.c.rows - 1;
	if (s->f->n) {
		page_line(&s->page);
		canvas_put(
			&s->page.c, ++row, LABEL, LABEL_WIDTH, ROLE_HEADER, TEXT("kept"));
		canvas_put_right(
			&s->page.c, row, WITH, CELL, ROLE_HEADER, TEXT("with it"));
		canvas_put_right(
			&s->page.c, row, WITHOUT, CELL, ROLE_HEADER, TEXT("without"));
		canvas_put(&s->page.c, row, NOTE, s->page.c.columns - NOTE, ROLE_HEADER,
			TEXT("lift in points, accounts"));
	}
	for (int k = 0; k < s->f->n; k++)
		feature_line(s, k);
	if (s->f->tops && s->f->began)
		session_line(s);
	features_say(s->f, say, &x);
}

void revenue_features_explain(const struct revenue_screen *s, struct page *p)
{
	struct saying x = { p, true };

	page_print(p, 0, ROLE_STRONG, "Features of the first %d days", s->f->days);
	features_say(s->f, say, &x);
	x.rules = false;
	features_say(s->f, say, &x);
}

/* ---- the accounts behind them ----------------------------------------------------- */

int revenue_features_place(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t i)
{
	const struct features *f = s->f;
	const struct feature *x = &f->feature[line->at];

	if (line->kind == LINE_SESSION)
		return f->side[i] == FEATURES_NEW && features_best(f) & ~f->used[i] ? 0
										    : -1;
	if (features_missed(f, x, i))
		return 0;
	if (!features_counts(f, x, i))
		return -1;
	if (f->used[i] >> x->bit & 1)
		return 3;
	return f->side[i] == FEATURES_LEFT ? 2 : 1;
}

void revenue_features_title(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t n, char *out, size_t size)
{
	const struct features *f = s->f;
	const struct feature *x = &f->feature[line->at];
	char began[48] = "";

	if (line->kind == LINE_SESSION) {
		snprintf(out, size, "Began, and lack one of the best %d: %u account%s",
			f->tops, n, TEXT_S(n));
		return;
	}
	if (n > x->without + x->with)
		snprintf(began, sizeof(began),
			"%u began without it; compared: ", n - x->without - x->with);
	snprintf(out, size, "%.*s: %s%u without it, %u with it", (int)x->name.n,
		x->name.s, began, x->without, x->with);
}

const char *revenue_features_what(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t i, char out[FEATURES_LACK_MAX])
{
	static const char *const what[] = { "began without it", "without",
		"without, left", "with it" };
	const int place = revenue_features_place(s, line, i);

	if (line->kind == LINE_SESSION)
		return features_lack_text(s->f, i, out);
	snprintf(out, FEATURES_LACK_MAX, "%s%s", place < 0 ? "" : what[place],
		place == 3 && s->f->side[i] == FEATURES_LEFT ? ", left" : "");
	return out;
}
