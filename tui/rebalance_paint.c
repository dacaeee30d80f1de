/* The Rebalance screen as it is painted: what it adds up to, both sides of each book, the
 * moves, and why the one under the cursor. */
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
	SAID = 2,
	CELL = 64,
	OBSTACLES = 3,
	MOVES = 6, /* lines that they have at least, with their heading */
	MOVES_LOW = 4,
	BOOKS_SOME = 5,
	BOOKS_LEAST = 3, /* a heading, a book, and how many there are more */
	LOW = 17,
	TALL = 30,
	HEAD_LOW = 2,
	BOOK_NAME = 15,
	BOOK_FIRST = 17,
	NAME_SHOWN = 40,
	NAMES_ALL = 8
};

/* ---- what it adds up to --------------------------------------------------------------
 */

/* Of whom it is asked what if they were away, though they are there until their last day.
 */
static void say_handed_over(const struct proposal *p, struct page *page)
{
	char who[2 * NAME_SHOWN];

	if (proposal_leavers(p, who, sizeof(who)))
		page_print(page, 0, ROLE_INFO,
			"handed over: %s %s %s leaves all as it is", who,
			canvas_glyph_text(&page->c, GLYPH_DOT),
			keys_word(SCOPE_REBALANCE, ACT_CAPACITY_HAND_OVER));
}

/* Whoever leaves keeps all, unless somebody asks what if they were away. */
static void say_leaves(const struct proposal *p, struct page *page)
{
	uint32_t accounts, more;
	const struct capacity_row *r = proposal_leaves_later(p, &accounts, &more);
	char day[DAY_TEXT_MAX], others[32] = "";

	if (!r) {
		say_handed_over(p, page);
		return;
	}
	if (more)
		snprintf(others, sizeof(others), " (+%u more)", more);
	page_print(page, 0, ROLE_WATCH,
		"! %.*s leaves on %s and keeps %u account%s: %s hands %s over%s",
		convert_shown(r->name, NAME_SHOWN), r->name.s, day_format(r->until, day),
		accounts, TEXT_S(accounts),
		keys_word(SCOPE_REBALANCE, ACT_CAPACITY_HAND_OVER),
		accounts == 1 ? "it" : "them", others);
}

struct head {
	const struct proposal *p;
	struct page *page;
};

/* Who leaves comes second: where there is little room two lines are all that is shown. */
static void say_line(void *arg, enum capacity_line kind, const char *text)
{
	const struct head *h = arg;
	const bool first = h->page->c.rows == 0;

	if (kind == CAPACITY_WARNS)
		page_print(h->page, 0, ROLE_WATCH, "! %s", text);
	else
		page_text(h->page, 0, first ? ROLE_STRONG : ROLE_TEXT, text_of(text));
	if (first)
		say_leaves(h->p, h->page);
}

/* "Yarrow Staffing, Elm and 10 more": whom a reason is about. */
static void name_some(struct app *a, const struct proposal *p,
	const struct proposal_why *w, uint32_t most, char *out, size_t size)
{
	struct err e = { .status = ST_OK };
	struct arena arena;
	uint32_t at = w->first, i = 0;
	size_t n = 0;

	arena_init(&arena);
	for (; i < most && at < p->obstacles && n < size;
		at = proposal_why_next(p, at), i++) {
		struct list_row row;

		if (book_rows(a->book, &p->obstacle[at].account, 1, &arena, &row, &e) !=
			ST_OK)
			break;
		n += (size_t)snprintf(out + n, size - n, "%s%.*s", i ? ", " : "",
			convert_shown(row.name, NAME_SHOWN), row.name.s);
	}
	if (w->n > i && n < size)
		snprintf(out + n, size - n, " and %u more", w->n - i);
	arena_clear(&arena);
}

/* So many reasons, each once; = says all. */
void rebalance_obstacles(
	struct app *a, const struct proposal *p, struct page *page, uint32_t most)
{
	uint32_t told = 0;

	for (uint32_t k = 0; k < p->whys && k < most; k++) {
		const struct proposal_why *w = &p->why[k];
		char names[CELL * 8], line[CELL * 8 + PROPOSAL_TEXT_MAX + 8];

		name_some(
			a, p, w, most > OBSTACLES ? NAMES_ALL : 1, names, sizeof(names));
		snprintf(
			line, sizeof(line), "! %s: %s", names, p->obstacle[w->first].why);
		if (!page_lines_of(page, 0, ROLE_WATCH, text_of(line), most > 1 ? 8 : 2))
			canvas_put_right(&page->c, page->c.rows - 1, 0, page->c.columns,
				ROLE_WATCH, text_of(page_more(page->c.ascii)));
		told += w->n;
	}
	if (p->obstacles > told)
		page_print(page, 0, ROLE_WATCH,
			"! %s%u%s without an owner %s %s says why", told ? "and " : "",
			p->obstacles - told, told ? " more" : "",
			canvas_glyph_text(&page->c, GLYPH_DOT),
			keys_word(SCOPE_SCREEN, ACT_EXPLAIN));
}

static void fill_head(
	struct app *a, struct rebalance_screen *s, int columns, uint32_t most)
{
	const struct proposal *p = s->p;

	page_reset(&s->head, columns);
	if (!p)
		return;
	proposal_say(p, say_line, &(struct head){ p, &s->head });
	for (uint32_t k = 0; k < s->since_n && (k < 1 || most == OBSTACLES); k++)
		page_text(&s->head, 0, ROLE_INFO, text_of(s->since[k]));
	rebalance_obstacles(a, p, &s->head, most);
}

/* ---- where it is painted ---- */

static bool is_wide(struct rect body)
{
	return body.columns >= WIDE;
}

/* The moves come first: where there is little room, the books that change most are
 * enough, and of the head what it adds up to. */
static int book_lines(const struct proposal *p, bool wide, bool low, int left)
{
	const int most = wide ? left : left - (low ? MOVES_LOW : MOVES);
	const int books = p ? (int)p->before->rows + 1 : 0;

	return books <= most ? books : most >= BOOKS_LEAST ? most : 0;
}

/* Lines of the head: where books stand below it, these and the moves have some as well.
 */
static int head_lines(const struct rebalance_screen *s, struct rect body, int gap)
{
	const int all = s->head.c.rows;
	const int books = s->p ? (int)s->p->before->rows + 1 : 0;
	int most = body.rows - SAID - 1 - gap - MOVES;

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

	fill_head(a, s, body.columns - 2, body.rows < TALL ? 1 : OBSTACLES);
	s->top_rows = head_lines(s, body, gap);
	s->said = (struct rect){ body.row + body.rows - SAID, body.column + 1, SAID,
		body.columns - 2 };
	row += s->top_rows + gap;
	left = s->said.row - 1 - row;
	books = book_lines(s->p, wide, low, left);
	s->books = (struct rect){ row, body.column, books,
		wide ? BOOKS_WIDTH : body.columns };
	if (!wide && books)
		row += books + gap;
	s->list = (struct rect){ row + 1, wide ? body.column + BOOKS_WIDTH : body.column,
		s->said.row - 1 - (row + 1),
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

/* Where not all have room, those that change most come first, and the last line says how
 * many are not shown. */
static void paint_books(const struct rebalance_screen *s, struct canvas *c)
{
	const struct rect r = s->books;
	const int all = (int)s->p->before->rows;
	const int shown = all <= r.rows - 1 ? all : r.rows - 2;
	uint32_t at = UINT32_MAX;

	if (r.rows < 2)
		return;
	canvas_blank(c, (struct rect){ r.row, r.column, 1, r.columns }, ROLE_HEADER);
	paint_books_header(c, r.row, r.column);
	for (int k = 0; k < shown; k++) {
		at = all > shown ? next_book(s->p, at) : (uint32_t)k;
		paint_book(s->p, c, r.row + 1 + k, r.column, at);
	}
	if (all > shown)
		canvas_print(c, r.row + 1 + shown, r.column + 1, r.columns - 1,
			ROLE_QUIET, "+%d more: %s shows all", all - shown,
			keys_word(SCOPE_SCREEN, ACT_EXPLAIN));
}

/* ---- the moves ---- */

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
	canvas_put(c, s->list.row - 1, left + name + 17, s->list.columns - name - 18,
		ROLE_HEADER, TEXT("From and to"));
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

/* Moves, and books, that have no room, in the gap below the list. */
static void paint_rest(const struct rebalance_screen *s, struct canvas *c)
{
	const int row = s->list.row + s->list.rows, left = s->list.column + 1;
	char text[WORDS_MAX], books[CELL] = "";

	words_rest(s->top, s->lines - s->top - s->list.rows, text);
	if (s->books.rows < 2 && s->p->before->rows)
		snprintf(books, sizeof(books), "%s%s shows both sides of %u book%s",
			*text ? " · " : "", keys_word(SCOPE_SCREEN, ACT_EXPLAIN),
			s->p->before->rows, TEXT_S(s->p->before->rows));
	canvas_print(c, row, left, s->list.columns - 1, ROLE_QUIET, "%s%s", text, books);
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
	page_put(c, &r, ROLE_INFO, "%.*s%s: %s%s%s", (int)x->name.n, x->name.s,
		since[x->since], why, *missing ? "; missing for the hand-over: " : "",
		missing);
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
