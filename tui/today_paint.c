/* The Today screen as it is seen: headings, rows, what there is to say of an empty one.
 */
#include "tui/today.h"

#include <stdio.h>
#include <string.h>

#include "tui/draw.h"
#include "tui/facts_work.h"
#include "tui/words.h"

enum {
	GUTTER = 2,
	FOOT_MIN = 3, /* a line, why, what next */
	FOOT_MAX = 4, /* with two lines for why */
	ROOMY = 18    /* rows of a body that has room for that */
};

/* ---- places --------------------------------------------------------------------- */

/* Widths: what every size has, then what comes in and grows while there is room. */
static const struct {
	enum today_column column;
	int least, most; /* least 0: it is there already */
} wishes[] = {
	{ TODAY_NAME, 0, 20 },
	{ TODAY_WHO, 8, 8 },
	{ TODAY_WHY, 0, 40 },
	{ TODAY_SPARK, WINDOW_SPARK, WINDOW_SPARK },
	{ TODAY_NEXT, 20, 26 },
	{ TODAY_NAME, 0, 26 },
	{ TODAY_WHY, 0, 60 },
	{ TODAY_WHO, 0, 16 },
	{ TODAY_NAME, 0, 32 },
	{ TODAY_NEXT, 0, 40 },
	{ TODAY_WHY, 0, 100 },
	{ TODAY_NAME, 0, 60 },
};

/* Whose rows differ in who is to do them. */
static bool of_many(const struct today *t)
{
	return t->asked.whose == WHOSE_ALL || t->asked.whose == WHOSE_TEAM;
}

static void share_out(struct today *t, int width)
{
	int at = GUTTER, left = width - GUTTER;
	struct today_place *p = t->place;

	memset(p, 0, sizeof(t->place));
	p[TODAY_TIER].width = 2;
	p[TODAY_NAME].width = 14;
	p[TODAY_WHY].width = 18;
	p[TODAY_RISK].width = 8;
	p[TODAY_RENEWAL].width = 6;
	for (int i = 0; i < TODAY_COLUMNS; i++)
		left -= p[i].width ? p[i].width + 1 : 0;
	for (size_t i = 0; i < sizeof(wishes) / sizeof(*wishes); i++) {
		struct today_place *x = &p[wishes[i].column];
		int more = wishes[i].most - x->width;

		if ((wishes[i].least && left < wishes[i].least + 1) ||
			(wishes[i].column == TODAY_WHO && !of_many(t)) ||
			(!wishes[i].least && x->width == 0))
			continue;
		left -= wishes[i].least ? 1 : 0;
		more = more < left ? more : left;
		x->width += more > 0 ? more : 0;
		left -= more > 0 ? more : 0;
	}
	for (int i = 0; i < TODAY_COLUMNS; i++) {
		p[i].at = at;
		at += p[i].width ? p[i].width + 1 : 0;
	}
}

void today_layout(struct today *t, struct rect body)
{
	struct rect *list = &t->rows.place;
	int foot = 0;

	rows_layout(&t->rows, body);
	if (!t->rows.preview.columns)
		foot = body.rows >= ROOMY ? FOOT_MAX : FOOT_MIN;
	list->rows -= foot;
	t->foot =
		(struct rect){ list->row + list->rows, body.column, foot, list->columns };
	share_out(t, list->columns);
}

/* ---- headings ------------------------------------------------------------------- */

static const struct {
	const char *title;
	bool right;
} columns[TODAY_COLUMNS] = {
	[TODAY_TIER] = { "T", false },
	[TODAY_NAME] = { "Account", false },
	[TODAY_WHY] = { "Why", false },
	[TODAY_RISK] = { "At risk", true },
	[TODAY_RENEWAL] = { "Renews", true },
	[TODAY_SPARK] = { "12 weeks", false },
	[TODAY_NEXT] = { "Next step", false },
	[TODAY_WHO] = { "Who", false },
};

static void paint_header(struct today *t, struct canvas *c)
{
	for (int i = 0; i < TODAY_COLUMNS; i++) {
		const struct rect r = { t->rows.place.row - 1,
			t->rows.place.column + t->place[i].at, 1, t->place[i].width };
		const enum role role = i == (int)t->here ? ROLE_HEADER_HERE : ROLE_HEADER;

		if (r.columns == 0)
			continue;
		canvas_blank(c, r, role);
		if (columns[i].right)
			canvas_put_right(c, r.row, r.column, r.columns, role,
				text_of(columns[i].title));
		else
			canvas_put(c, r.row, r.column, r.columns, role,
				text_of(columns[i].title));
	}
}

/* The order has a name, since the amounts alone do not show it. */
static void put_order(struct canvas *c, struct rect r, int from, bool win)
{
	const struct text order = win ? TEXT("by ARR") : TEXT("by at risk x worst alert");

	if (from + text_columns(order) < r.column + r.columns)
		canvas_put_right(c, r.row, from, r.column + r.columns - 1 - from,
			ROLE_QUIET, order);
}

static void paint_heading(struct app *a, const struct today *t, struct canvas *c,
	struct rect r, enum queue_section s, bool first)
{
	static const char *const title[QUEUE_SECTIONS] = { "OVERDUE", "NOW",
		"OPPORTUNITIES", "BACK TODAY" };
	const uint32_t n = t->queue->in[s];
	const int64_t risk = t->queue->at_risk[s], win = t->queue->to_win[s];
	char money[MONEY_TEXT_MAX];
	int at = r.column + 1;

	at += canvas_put(c, r.row, at, r.columns, ROLE_STRONG, text_of(title[s])) + 2;
	at += canvas_print(
		c, r.row, at, r.columns - at, ROLE_QUIET, "%u account%s ", n, TEXT_S(n));
	canvas_glyph(c, r.row, at, ROLE_QUIET, GLYPH_DOT);
	at += 2;
	if (s != QUEUE_OPPORTUNITY && (risk || !win))
		at += canvas_print(c, r.row, at, r.columns - at,
			s == QUEUE_OVERDUE ? ROLE_BAD : ROLE_TEXT, "%s at risk%s",
			words_money(book_policy(a->book), risk, money), win ? ", " : "");
	if (s == QUEUE_OPPORTUNITY || win)
		at += canvas_print(c, r.row, at, r.columns - at, ROLE_TEXT, "%s to win",
			words_money(book_policy(a->book), win, money));
	if (first)
		put_order(c, r, at + 2, s == QUEUE_OPPORTUNITY);
}

/* ---- rows ----------------------------------------------------------------------- */

/* How bad it is, where there is no colour. */
static const char *severity_sign(enum severity s)
{
	return s == SEV_CRITICAL ? "! " : s == SEV_OPPORTUNITY ? "+ " : "";
}

static void put_money(struct app *a, const struct today *t, struct canvas *c, int row,
	const struct queue_row *r)
{
	const struct today_place *p = &t->place[TODAY_RISK];
	const bool win = r->worst == SEV_OPPORTUNITY;
	const int64_t cents = win ? r->rank : r->at_risk;
	char money[MONEY_TEXT_MAX], text[MONEY_TEXT_MAX + 1];

	snprintf(text, sizeof(text), "%s%s", win && cents != MONEY_NONE ? "+" : "",
		words_money(book_policy(a->book), cents, money));
	canvas_put_right(c, row, t->rows.place.column + p->at, p->width,
		cents == MONEY_NONE ? ROLE_UNKNOWN : ROLE_TEXT, text_of(text));
}

static void put_renewal(struct app *a, const struct today *t, struct canvas *c, int row,
	const struct list_row *l)
{
	const struct today_place *p = &t->place[TODAY_RENEWAL];
	const int32_t as_of = book_as_of(a->book);
	char text[WORDS_MAX];

	canvas_put_right(c, row, t->rows.place.column + p->at, p->width,
		l->renewal == DAY_NONE    ? ROLE_QUIET
		: l->renewal > as_of + 90 ? ROLE_TEXT
		: l->renewal > as_of + 30 ? ROLE_WATCH
					  : ROLE_BAD,
		text_of(words_ahead(l->renewal, as_of, text)));
}

static void put_who(struct app *a, const struct today *t, struct canvas *c, int row,
	const struct queue_row *r)
{
	const struct today_place *p = &t->place[TODAY_WHO];
	const struct text who = queue_who(a->book, r);

	canvas_put(c, row, t->rows.place.column + p->at, p->width,
		who.n ? ROLE_TEXT : ROLE_UNKNOWN, who.n ? who : TEXT("pool"));
}

static void put_words(
	struct app *a, struct today *t, struct canvas *c, int row, uint32_t index)
{
	const struct queue_row *r = &t->queue->row[index];
	const struct today_said *said = today_said(a, t, index);
	const struct today_place *why = &t->place[TODAY_WHY],
				 *next = &t->place[TODAY_NEXT];
	const int at = t->rows.place.column;
	const char *sign = severity_sign(r->worst);
	const enum role role = facts_severity_role(r->worst);
	const int used = canvas_put(c, row, at + why->at, 2, role, text_of(sign));

	canvas_put(
		c, row, at + why->at + used, why->width - used, role, text_of(said->why));
	canvas_put(c, row, at + next->at, next->width,
		r->section == QUEUE_OVERDUE ? ROLE_BAD : ROLE_QUIET, text_of(said->next));
	put_who(a, t, c, row, r);
}

static void paint_row(struct app *a, struct today *t, struct canvas *c, struct rect line,
	uint32_t index)
{
	const struct queue_row *r = &t->queue->row[index];
	const struct list_row *l = window_at(&t->window, index);
	const struct today_place *p = t->place;
	const int at = line.column;

	if (r->account == a->focus)
		canvas_glyph(c, line.row, at, ROLE_KEY, GLYPH_HERE);
	if (marks_has(&a->marks, r->account))
		canvas_glyph(c, line.row, at + 1, ROLE_MARK, GLYPH_MARK);
	put_words(a, t, c, line.row, index);
	put_money(a, t, c, line.row, r);
	if (!l)
		return;
	if (l->tier == TIER_NONE)
		canvas_put(
			c, line.row, at + p[TODAY_TIER].at, 2, ROLE_UNKNOWN, TEXT("--"));
	else
		canvas_print(c, line.row, at + p[TODAY_TIER].at, 2,
			words_tier_role(l->tier), "T%d", l->tier);
	canvas_put(c, line.row, at + p[TODAY_NAME].at, p[TODAY_NAME].width, ROLE_TEXT,
		l->name.n ? l->name : l->id);
	put_renewal(a, t, c, line.row, l);
	if (p[TODAY_SPARK].width)
		draw_spark(c, line.row, at + p[TODAY_SPARK].at, ROLE_SPARK,
			window_spark(&t->window, index), WINDOW_SPARK);
}

static void need_rows(struct app *a, struct today *t)
{
	struct err e = { .text = "" };
	uint32_t row;
	bool later = a->pace.hurry;

	(void)rows_on_line(&t->rows, t->rows.top, &row);
	if (window_need(&t->window, a->book, t->list.id, t->list.known, row,
		    (uint32_t)(t->rows.place.rows > 0 ? t->rows.place.rows : 1), &later,
		    &e) != ST_OK)
		app_fail(a, &e);
	a->pace.owed |= later ? OWED_MARGINS : 0;
}

/* How many are out of sight, also where nobody but a play put them there. */
static void paint_asleep(
	struct app *a, const struct today *t, struct canvas *c, struct rect r)
{
	const uint32_t n = t->queue->asleep;
	char money[MONEY_TEXT_MAX];
	int at = r.column + 1;

	at += canvas_put(c, r.row, at, r.columns, ROLE_STRONG, TEXT("SNOOZED")) + 2;
	at += canvas_print(
		c, r.row, at, r.columns - at, ROLE_QUIET, "%u account%s ", n, TEXT_S(n));
	canvas_glyph(c, r.row, at, ROLE_QUIET, GLYPH_DOT);
	at += 2;
	at += canvas_print(c, r.row, at, r.columns - at, ROLE_TEXT, "%s at risk  ",
		words_money(book_policy(a->book), t->queue->asleep_at_risk, money));
	at += canvas_put(c, r.row, at, r.columns - at, ROLE_KEY,
		text_of(keys_word(SCOPE_TODAY, ACT_ASLEEP)));
	canvas_put(c, r.row, at, r.columns - at, ROLE_HINT, TEXT(" lists them"));
}

static void paint_rows(struct app *a, struct today *t, struct canvas *c)
{
	const uint32_t lines = rows_lines(&t->rows);

	need_rows(a, t);
	rows_tell(a, &t->rows);
	for (int i = 0; i < t->rows.place.rows; i++) {
		const uint32_t at = t->rows.top + (uint32_t)i;
		const struct rect line = { t->rows.place.row + i, t->rows.place.column, 1,
			t->rows.place.columns };
		uint32_t row;

		if (at >= lines)
			break;
		if (at + t->rows.tail == lines) {
			paint_asleep(a, t, c, line);
			break;
		}
		if (!rows_on_line(&t->rows, at, &row)) {
			if (row < t->queue->known)
				paint_heading(a, t, c, line, t->queue->row[row].section,
					at == 0);
			continue;
		}
		if (row >= t->queue->known)
			continue;
		paint_row(a, t, c, line, row);
		if (row == t->rows.at) {
			canvas_focus(c, line);
			canvas_cursor(c, line.row, line.column);
		}
	}
}

/* Where there is a line to spare, all of it; false: one line has room for it. */
static bool put_next_wrapped(struct page *p, struct text who, const char *next, int lines)
{
	const int row = p->c.rows;
	char text[2 * QUEUE_TEXT_MAX];

	snprintf(text, sizeof(text), "%.*s%s%s", (int)who.n, who.s ? who.s : "",
		who.n ? ": " : "", next);
	if (lines < 2 || text_columns(text_of(text)) < p->c.columns)
		return false;
	page_lines_of(p, 1, ROLE_TEXT, text_of(text), lines);
	canvas_put(&p->c, row, 1, p->c.columns - 1, ROLE_STRONG, who);
	return true;
}

/* The step gives way to the day it is due on, which stands at its end. */
static void put_next(struct app *a, const struct today *t, struct page *p,
	const struct queue_row *r, const char *next)
{
	const struct text who = of_many(t) ? queue_who(a->book, r) : TEXT("");
	const char *due = r->task && r->task->due != DAY_NONE ? strrchr(next, '(') : NULL;
	const int width = p->c.columns - 1;
	const int tail = due ? text_columns(text_of(due)) + 1 : 0;
	struct text step = text_of(next);
	int row, at = 1;

	if (put_next_wrapped(p, who, next, t->foot.rows - 1 - p->c.rows))
		return;
	row = page_line(p);
	if (due)
		step = text_trim((struct text){ next, (size_t)(due - next) });
	if (who.n)
		at += canvas_print(&p->c, row, at, (width - tail) / 2, ROLE_STRONG,
			"%.*s: ", (int)who.n, who.s);
	at += canvas_put(&p->c, row, at, width - tail - at + 1, ROLE_TEXT, step);
	if (due)
		canvas_put(&p->c, row, at + 1, tail, ROLE_TEXT, text_of(due));
}

/* What the rows have no room for, of the one under the cursor. */
static void paint_foot(struct app *a, struct today *t, struct canvas *c)
{
	const struct queue_row *r = today_here(t);
	const struct rect f = t->foot;
	const struct today_said *said;
	char line[QUEUE_TEXT_MAX + 16];
	struct page p;

	if (!r || f.rows == 0)
		return;
	said = today_said(a, t, t->rows.at);
	for (int i = 0; i < f.columns; i++)
		canvas_glyph(c, f.row, f.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	snprintf(line, sizeof(line), "%s%s%s",
		r->worst ? alert_severity_word[r->worst] : "", r->worst ? ": " : "",
		said->why);
	page_init(&p, c->ascii);
	page_reset(&p, f.columns);
	page_lines_of(&p, 1, facts_severity_role(r->worst), text_of(line), f.rows - 2);
	if (said->next[0])
		put_next(a, t, &p, r, said->next);
	else
		page_print(&p, 1, ROLE_QUIET, "no play runs: %s starts one",
			keys_word(SCOPE_TODAY, ACT_PLAY));
	canvas_copy(
		c, (struct rect){ f.row + 1, f.column, f.rows - 1, f.columns }, &p.c, 0);
	page_clear(&p);
}

/* ---- all ----------------------------------------------------------------------- */

void today_paint(struct app *a, struct today *t, struct canvas *c)
{
	if (!t->queue || t->queue->n == 0) {
		today_empty(a, t, c);
		return;
	}
	share_out(t, t->rows.place.columns); /* what it was asked for may be new */
	paint_header(t, c);
	paint_rows(a, t, c);
	if (t->rows.preview.columns) {
		draw_vertical(c, t->rows.preview.row, t->rows.preview.column - 2,
			t->rows.preview.rows);
		today_preview(a, t, c);
	} else {
		const int row = c->cursor_row, column = c->cursor_column;

		paint_foot(a, t, c);
		canvas_cursor(c, row, column);
	}
}
