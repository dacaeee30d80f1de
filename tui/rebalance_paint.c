/* The Rebalance screen as it is painted: below what it adds up to both sides of each
 * book, the moves, and why the one under the cursor. */
#include "tui/rebalance.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/handover.h"
#include "core/handover_sheet.h"
#include "tui/capacity.h"
#include "tui/rows.h"
#include "tui/words.h"

enum {
	WIDE = 130,
	BOOKS_WIDTH = 62,
	SAID_LOW = 2, /* lines for the reason of a move */
	SAID_WIDE = 3,
	SAID_NARROW = 4,
	NARROW = 100,
	CELL = 64,
	MOVES = 8,     /* lines that they have at least, with their heading */
	MOVES_LOW = 6, /* the same where they have to make room */
	BOOKS_SOME = 5,
	BOOKS_LEAST = 3, /* a heading, which says how many there are more, and books */
	LOW = 17,
	TALL = 30,
	HEAD_LOW = 2,
	BOOK_NAME = 15,
	BOOK_FIRST = 17
};

/* ---- where it is painted ---- */

static bool is_wide(struct rect body)
{
	return body.columns >= WIDE;
}

static int said_lines(struct rect body)
{
	return body.rows < LOW         ? SAID_LOW
	       : body.columns < NARROW ? SAID_NARROW
				       : SAID_WIDE;
}

/* The moves come first: where there is little room, the books that change most are
 * enough, and of the head what it adds up to. */
static int book_lines(const struct rebalance_screen *s, bool wide, bool low, int left)
{
	const int few = s->lines + 1 < MOVES_LOW ? s->lines + 1 : MOVES_LOW;
	const int some = low ? few : s->lines + 1 < MOVES ? s->lines + 1 : MOVES;
	const int books = s->p ? (int)s->p->before->rows + 1 : 0;
	int most = wide ? left : left - some;

	if (most < BOOKS_LEAST)
		most = wide ? left : left - few;
	return books <= most ? books : most >= BOOKS_LEAST ? most : 0;
}

/* Lines of the head: where books stand below it, these and the moves have some as well.
 */
static int head_lines(const struct rebalance_screen *s, struct rect body, int gap)
{
	const int all = s->head.c.rows;
	const int books = s->p ? (int)s->p->before->rows + 1 : 0;
	int most = body.rows - said_lines(body) - gap - MOVES_LOW;

	if (is_wide(body))
		return all;
	if (body.rows < LOW)
		return all < HEAD_LOW ? all : HEAD_LOW;
	most -= books < BOOKS_SOME ? books : BOOKS_SOME;
	return all < most ? all : most;
}

void rebalance_layout(struct app *a, struct rebalance_screen *s, struct rect body)
{
	const bool wide = is_wide(body), low = body.rows < LOW;
	const int gap = body.rows < TALL ? 0 : 1; /* the headings part them as well */
	int books, row = body.row, left;

	rebalance_fill_head(a, s, body.columns - 2, body.rows < TALL);
	s->top_rows = head_lines(s, body, gap);
	s->said = (struct rect){ body.row + body.rows - said_lines(body), body.column + 1,
		said_lines(body), body.columns - 2 };
	row += s->top_rows + gap;
	left = s->said.row - gap - row;
	books = book_lines(s, wide, low, left);
	s->books = (struct rect){ row, body.column, books,
		wide ? BOOKS_WIDTH : body.columns };
	if (!wide && books)
		row += books + gap;
	s->list = (struct rect){ row + 1, wide ? body.column + BOOKS_WIDTH : body.column,
		s->said.row - gap - (row + 1),
		wide ? body.columns - BOOKS_WIDTH : body.columns };
	rows_show(s->at, s->list.rows, &s->top);
	if (s->top > s->lines - s->list.rows)
		s->top = s->lines > s->list.rows ? s->lines - s->list.rows : 0;
}

/* ---- both sides of each book ---- */

static void paint_side(
	struct canvas *c, int row, int column, const struct capacity_row *r)
{
	canvas_print(c, row, column, 17, ROLE_TEXT, "%3u %4u %4.0f %%",
		r->book.accounts[0], r->book.accounts[1],
		capacity_percent(capacity_fills(&r->load)));
	canvas_put(c, row, column + 16, 6, capacity_role(r),
		text_of(capacity_state_text(r)));
}

/* How many accounts come and go, at least; of who leaves more than of anybody else. */
static uint32_t change_of(const struct proposal *p, uint32_t row)
{
	const struct capacity_row *x = &p->before->row[row], *y = &p->after->row[row];
	uint32_t n = 0;

	for (int t = 0; t < TIER_COUNT; t++)
		n += x->book.accounts[t] > y->book.accounts[t]
			     ? x->book.accounts[t] - y->book.accounts[t]
			     : y->book.accounts[t] - x->book.accounts[t];
	return proposal_leaver(x) || (n && x->csm && !(x->share > 0)) ? UINT32_MAX : n;
}

/* The one that changes most of those after `last` in that order, ties as they stand;
 * last UINT32_MAX: the first of all. */
static uint32_t next_book(const struct proposal *p, uint32_t last)
{
	const uint32_t rows = p->before->rows;
	const uint32_t most = last < rows ? change_of(p, last) : UINT32_MAX;
	uint32_t best = rows, best_change = 0;

	for (uint32_t k = 0; k < rows; k++) {
		const uint32_t n = change_of(p, k);

		if (last < rows && (n > most || (n == most && k <= last)))
			continue;
		if (best == rows || n > best_change) {
			best = k;
			best_change = n;
		}
	}
	return best;
}

static void paint_book(
	const struct proposal *p, struct canvas *c, int row, int left, uint32_t which)
{
	const struct capacity_row *x = &p->before->row[which], *y = &p->after->row[which];

	canvas_put(c, row, left + 1, BOOK_NAME, ROLE_TEXT, x->name);
	paint_side(c, row, left + BOOK_FIRST - 1, x);
	canvas_glyph(c, row, left + BOOK_FIRST + 22, ROLE_QUIET, GLYPH_HERE);
	paint_side(c, row, left + BOOK_FIRST + 23, y);
}

static void paint_books_header(struct canvas *c, int row, int left)
{
	canvas_put(c, row, left + 1, BOOK_NAME, ROLE_HEADER, TEXT("CSM"));
	canvas_put(
		c, row, left + BOOK_FIRST - 1, 16, ROLE_HEADER, TEXT(" T1   T2  load"));
	canvas_put(c, row, left + BOOK_FIRST + 23, 20, ROLE_HEADER,
		TEXT(" T1   T2  load after"));
}

void rebalance_books(const struct proposal *p, struct page *page)
{
	page_line(page);
	paint_books_header(&page->c, page->c.rows - 1, -1);
	for (uint32_t k = 0; k < p->before->rows; k++) {
		page_line(page);
		paint_book(p, &page->c, page->c.rows - 1, -1, k);
	}
	page_line(page);
}

/* Where not all have room, those that change most come first, and the heading says how
 * many are not shown. */
static void paint_books(const struct rebalance_screen *s, struct canvas *c)
{
	const struct rect r = s->books;
	const int all = (int)s->p->before->rows;
	const int shown = all <= r.rows - 1 ? all : r.rows - 1;
	uint32_t at = UINT32_MAX;
	char more[CELL];

	if (r.rows < 2)
		return;
	canvas_blank(c, (struct rect){ r.row, r.column, 1, r.columns }, ROLE_HEADER);
	paint_books_header(c, r.row, r.column);
	for (int k = 0; k < shown; k++) {
		at = all > shown ? next_book(s->p, at) : (uint32_t)k;
		paint_book(s->p, c, r.row + 1 + k, r.column, at);
	}
	if (all > shown) {
		snprintf(more, sizeof(more), " +%d more: %s ", all - shown,
			keys_word(SCOPE_SCREEN, ACT_EXPLAIN));
		canvas_put_right(
			c, r.row, r.column, r.columns - 1, ROLE_HEADER, text_of(more));
	}
}

/* ---- the moves ---- */

#define WAY "From and to"

static int name_columns(const struct rebalance_screen *s)
{
	return s->list.columns >= 100 ? 30 : 22;
}

static void paint_line(struct app *a, const struct rebalance_screen *s, struct canvas *c,
	int row, const struct rebalance_line *x)
{
	const bool said = rebalance_word(s, x->account) != NULL;
	const int left = s->list.column + 1, width = s->list.columns;
	const int name = name_columns(s);
	char money[MONEY_TEXT_MAX], way[CELL * 2];
	struct text from, to;

	if (said)
		canvas_glyph(c, row, left, ROLE_MARK, GLYPH_MARK);
	if (x->since != SINCE_SAME)
		canvas_put(c, row, left + 1, 1, ROLE_WATCH,
			x->since == SINCE_NEW ? TEXT("+") : TEXT("~"));
	canvas_put(c, row, left + 3, name, ROLE_TEXT, x->name);
	if (!x->move) {
		canvas_put(c, row, left + name + 4, width - name - 5, ROLE_QUIET,
			TEXT("stays, as you said"));
		return;
	}
	from = proposal_owner(s->p, x->move->from);
	to = proposal_owner(s->p, x->move->to);
	canvas_print(c, row, left + name + 4, 2, words_tier_role(x->move->tier), "T%u",
		x->move->tier);
	canvas_put_right(c, row, left + name + 7, 8, ROLE_TEXT,
		text_of(words_money(book_policy(a->book), x->move->arr, money)));
	snprintf(way, sizeof(way), "%.*s to %.*s", (int)from.n, from.s, (int)to.n, to.s);
	canvas_put(c, row, left + name + 17, width - name - 18, ROLE_TEXT, text_of(way));
}

static void paint_list(struct app *a, struct rebalance_screen *s, struct canvas *c)
{
	const int left = s->list.column + 1, name = name_columns(s);

	rows_show(s->at, s->list.rows, &s->top);
	canvas_blank(c,
		(struct rect){ s->list.row - 1, s->list.column, 1, s->list.columns },
		ROLE_HEADER);
	canvas_put(c, s->list.row - 1, left + 3, name, ROLE_HEADER, TEXT("Account"));
	canvas_put_right(
		c, s->list.row - 1, left + name + 7, 8, ROLE_HEADER, TEXT("ARR"));
	for (int i = 0; i < s->list.rows && s->top + i < s->lines; i++) {
		const int row = s->list.row + i;

		paint_line(a, s, c, row, &s->line[s->top + i]);
		if (s->top + i != s->at)
			continue;
		canvas_focus(c, (struct rect){ row, s->list.column, 1, s->list.columns });
		canvas_glyph(c, row, s->list.column, ROLE_KEY, GLYPH_HERE);
		canvas_cursor(c, row, s->list.column + 1);
	}
}

/* Moves, and books, that have no room, at the right end of the heading. */
static void paint_rest(const struct rebalance_screen *s, struct canvas *c)
{
	const int row = s->list.row - 1, left = s->list.column + name_columns(s) + 18;
	const int room = s->list.column + s->list.columns - 1 - left;
	const int hidden = s->lines - s->list.rows;
	char text[WORDS_MAX];
	size_t n = 0;

	words_rest(s->top, hidden - s->top, text);
	if (s->books.rows < 2 && s->p->before->rows) {
		if (hidden > 0)
			n = (size_t)snprintf(text, sizeof(text), "%d more, ", hidden);
		snprintf(text + n, sizeof(text) - n, "%u book%s: %s", s->p->before->rows,
			TEXT_S(s->p->before->rows), keys_word(SCOPE_SCREEN, ACT_EXPLAIN));
	}
	if (text_columns(text_of(text)) + 2 + text_columns(TEXT(WAY)) <= room)
		canvas_put(c, row, left, room, ROLE_HEADER, TEXT(WAY));
	canvas_put_right(c, row, left, room, ROLE_HEADER, text_of(text));
}

/* Why the one under the cursor moves, and what its new owner would miss. */
static void paint_said(struct app *a, const struct rebalance_screen *s, struct canvas *c)
{
	static const char *const since[] = { "", " (new)", " (to another than before)" };
	const struct rebalance_line *x = rebalance_here(s);
	const struct account_view *v;
	char missing[HANDOVER_TEXT_MAX] = "", why[PROPOSAL_MOVE_MAX];
	struct rect r = s->said;

	if (!x || !x->move)
		return;
	v = app_account_beside(a, x->account, true);
	if (v && v->row.account == x->account && x->move->to != CAPACITY_POOL)
		handover_missing_text(handover_missing(v, book_as_of(a->book)), missing);
	proposal_move_text(x->move, why);
	page_put(c, &r, ROLE_INFO, "%.*s%s: %s", (int)x->name.n, x->name.s,
		since[x->since], why);
	if (*missing && r.rows > 0)
		page_put(c, &r, ROLE_INFO, "missing for the hand-over: %s", missing);
	else if (*missing)
		canvas_put_right(c, r.row - 1, r.column, r.columns, ROLE_INFO,
			text_of(page_more(c->ascii)));
}

void rebalance_paint(
	struct app *a, struct rebalance_screen *s, struct canvas *c, struct rect body)
{
	if (!s->p) {
		struct rect r = { body.row + 1, body.column + 2, body.rows - 2,
			body.columns - 4 };

		page_put(c, &r, ROLE_BAD, "%s", s->problem);
		return;
	}
	page_paint(&s->head, c,
		(struct rect){
			body.row, body.column + 1, s->top_rows, body.columns - 2 });
	paint_books(s, c);
	paint_list(a, s, c);
	paint_rest(s, c);
	paint_said(a, s, c);
}
