/* Rebalance: the proposal, and what a person says about it. */
#include "tui/rebalance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/capacity.h"
#include "tui/mem.h"
#include "tui/rows.h"
#include "tui/sheet.h"

const struct rebalance_line *rebalance_here(const struct rebalance_screen *s)
{
	return s->at < s->lines ? &s->line[s->at] : NULL;
}

/* ---- what was said ---------------------------------------------------------------- */

struct proposal_pin *rebalance_word(const struct rebalance_screen *s, uint32_t account)
{
	for (uint32_t k = 0; k < s->words; k++)
		if (s->word[k].account == account)
			return &s->word[k];
	return NULL;
}

void rebalance_unsay(struct rebalance_screen *s, uint32_t account)
{
	struct proposal_pin *w = rebalance_word(s, account);

	if (!w)
		return;
	memmove(w, w + 1, (size_t)(s->word + s->words - (w + 1)) * sizeof(*w));
	s->words--;
}

void rebalance_say(struct rebalance_screen *s, uint32_t account, uint32_t csm)
{
	rebalance_unsay(s, account); /* the newest is the last */
	s->word = mem_resize(s->word, s->words + 1, sizeof(*s->word));
	s->word[s->words++] = (struct proposal_pin){ account, csm };
}

/* ---- the proposal ------------------------------------------------------------------ */

static bool is_moved(const struct proposal *p, uint32_t account)
{
	for (uint32_t k = 0; k < p->moves; k++)
		if (p->move[k].account == account)
			return true;
	return false;
}

/* The moves, then who stays since somebody said so. */
static void list_lines(struct app *a, struct rebalance_screen *s)
{
	const uint32_t most = s->p->moves + s->words;
	uint32_t *id = mem_new((size_t)most + 1, sizeof(*id));
	struct list_row *row = mem_new((size_t)most + 1, sizeof(*row));
	struct err e = { .status = ST_OK };

	free(s->line);
	s->line = mem_new((size_t)most + 1, sizeof(*s->line));
	s->lines = 0;
	for (uint32_t k = 0; k < s->p->moves; k++)
		s->line[s->lines++] =
			(struct rebalance_line){ .account = s->p->move[k].account,
				.move = &s->p->move[k] };
	for (uint32_t k = 0; k < s->words; k++)
		if (!is_moved(s->p, s->word[k].account))
			s->line[s->lines++] =
				(struct rebalance_line){ .account = s->word[k].account };
	for (int k = 0; k < s->lines; k++)
		id[k] = s->line[k].account;
	arena_clear(&s->names);
	if (book_rows(a->book, id, (uint32_t)s->lines, &s->names, row, &e) != ST_OK)
		app_fail(a, &e);
	for (int k = 0; k < s->lines; k++) {
		s->line[k].id = row[k].id;
		s->line[k].name = row[k].name.n ? row[k].name : row[k].id;
	}
	free(row);
	free(id);
}

/* The cursor stays with its account, or near where that was. */
static void find_again(struct rebalance_screen *s, uint32_t account)
{
	for (int k = 0; k < s->lines; k++)
		if (s->line[k].account == account) {
			s->at = k;
			return;
		}
	if (s->at >= s->lines)
		s->at = s->lines ? s->lines - 1 : 0;
}

struct proposal_options rebalance_options(
	const struct app *a, const struct rebalance_screen *s)
{
	const struct capacity_screen *below = a->state[SCREEN_CAPACITY];

	return (struct proposal_options){ .what = below ? &below->what : NULL,
		.pin = s->word,
		.pins = s->words,
		.moves_max = s->moves_max,
		.csm_moves_max = s->csm_moves_max,
		.before = s->p };
}

static enum status propose(struct app *a, const struct rebalance_screen *s,
	struct proposal **p, struct err *e)
{
	struct proposal_options o = rebalance_options(a, s);
	enum status st;

	o.progress = work_start(a, "Rebalancing");
	st = book_propose(a->book, &o, p, e);
	work_stop(a);
	return st;
}

/* Whether it is one for what is asked for by now: of this book, by all that was said. */
static bool is_of_now(const struct app *a, const struct rebalance_screen *s)
{
	const struct proposal *p = s->p;

	if (!p || p->generation != book_generation(a->book))
		return false;
	for (uint32_t k = 0; k < s->words; k++) {
		const uint32_t row = proposal_row(p, s->word[k].account);

		if (s->word[k].csm !=
			(row == CAPACITY_POOL ? 0 : p->before->row[row].csm))
			return false;
	}
	return true;
}

/* One that was broken off may be worse than what was there. */
static void keep_better(struct app *a, struct rebalance_screen *s, struct proposal **p)
{
	if (!(*p)->interrupted || !is_of_now(a, s) ||
		rebalance_compare(&s->p->score_after, &(*p)->score_after) > 0)
		return;
	proposal_free(p);
	*p = s->p;
	s->p = NULL;
	app_say_offers(a,
		&(struct app_offer){ SCOPE_REBALANCE, ACT_REBALANCE, "goes on" }, 1,
		"stopped: the proposal of before stands, it is as good %s ",
		canvas_glyph_text(&a->canvas, GLYPH_DOT));
}

void rebalance_take(struct app *a, struct rebalance_screen *s, struct proposal *p)
{
	const struct rebalance_line *here = rebalance_here(s);
	const uint32_t account = here ? here->account : 0;
	struct proposal *before = s->p;

	rebalance_news_gone(s, p);
	s->p = p;
	s->tried = book_generation(a->book) + 1;
	s->lines = 0;
	if (p) {
		list_lines(a, s);
		rebalance_news_mark(s, before);
	}
	proposal_free(&before);
	find_again(s, account);
	a->dirty |= APP_LAYOUT;
}

bool rebalance_make(struct app *a, struct rebalance_screen *s)
{
	struct proposal *p = NULL;
	struct err e = { .status = ST_OK }, first = { .status = ST_OK };
	enum status st = propose(a, s, &p, &e);

	/* What was said last, and can't hold, is taken back. */
	for (first = e; s->words && (st == ST_FORBIDDEN || st == ST_NOTFOUND);
		st = propose(a, s, &p, &e))
		s->words--;
	snprintf(s->problem, sizeof(s->problem), "%s",
		first.status == ST_OK ? "" : first.text);
	a->dirty |= APP_LAYOUT;
	s->tried = book_generation(a->book) + 1;
	if (st != ST_OK && s->p) {
		app_say(a, "the proposal of before stands: %s", e.text);
		return false;
	}
	s->since_n = 0;
	if (p)
		keep_better(a, s, &p);
	rebalance_take(a, s, p);
	if (first.status != ST_OK)
		app_say(a, "it can't be, and is not said any more: %s", first.text);
	return first.status == ST_OK;
}

/* ---- the screen ----------------------------------------------------------------------
 */

static void open_rebalance(struct app *a, void *state)
{
	struct rebalance_screen *s = state;

	struct capacity_screen *below = a->state[SCREEN_CAPACITY];

	page_init(&s->head, a->canvas.ascii);
	arena_init(&s->names);
	if (below) {
		s->word = below->word;
		s->words = below->words;
		below->word = NULL;
		below->words = 0;
	}
}

static void close_rebalance(struct app *a, void *state)
{
	struct rebalance_screen *s = state;
	struct capacity_screen *below = a->state[SCREEN_CAPACITY];

	page_clear(&s->head);
	rebalance_applied_clear(&s->applied);
	arena_clear(&s->names);
	proposal_free(&s->p);
	if (below) {
		free(below->word);
		below->word = s->word;
		below->words = s->words;
	} else {
		free(s->word);
	}
	free(s->line);
}

/* Whatever is done to an account is done to the one under the cursor. */
static void follow(struct app *a, const struct rebalance_screen *s)
{
	const struct rebalance_line *here = rebalance_here(s);

	if (here)
		a->focus = here->account;
}

/* Also called when what lay above it closes, where mostly nothing was changed. */
static void data_changed(struct app *a, void *state)
{
	struct rebalance_screen *s = state;

	if (s->tried != book_generation(a->book) + 1 && !rebalance_taken_back(a, s))
		(void)rebalance_make(a, s);
	follow(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	rebalance_layout(a, state, body);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	rebalance_paint(a, state, c, body);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct rebalance_screen *s = state;

	follow(a, s);
	if (action == ACT_EXPLAIN) {
		app_push(a, SCREEN_REBALANCE_EXPLAIN);
		return true;
	}
	if (action == ACT_REBALANCE) {
		(void)rebalance_make(a, s);
		return true;
	}
	if (rebalance_act(a, s, action) || rebalance_kept_act(a, s, action))
		return true;
	if (!rows_step(action, s->list.rows, s->lines, &s->at))
		return false;
	follow(a, s);
	return true;
}

static bool offers(struct app *a, const void *state, enum action action)
{
	const struct rebalance_screen *s = state;

	(void)a;
	if (action == ACT_REBALANCE_APPLY)
		return rebalance_applies(s);
	if (action == ACT_REBALANCE_EXPORT)
		return s->p && s->p->moves;
	return (action != ACT_REBALANCE_KEEP && action != ACT_REBALANCE_REFUSE) ||
	       rebalance_here(s);
}

/* On the line under the cursor: opens the account; on another one: goes there. */
static void click(struct app *a, void *state, int row, int column)
{
	struct rebalance_screen *s = state;

	if (rows_point(a, s->list, s->top, s->lines, row, column, &s->at))
		follow(a, s);
}

/* Its numbers are of books and moves: it explains them itself. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	const struct rebalance_screen *s = state;

	(void)a;
	(void)out;
	return s->p != NULL;
}

const struct screen_ops rebalance_screen = {
	.size = sizeof(struct rebalance_screen),
	.whole = true,
	.open = open_rebalance,
	.close = close_rebalance,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.offers = offers,
	.click = click,
	.describe = describe,
};

/* ---- how its figures come about ---- */

enum { WIDTH = 76 };

static void put_line(void *arg, enum capacity_line kind, const char *text)
{
	(void)kind;
	page_text(arg, 0, ROLE_TEXT, text_of(text));
	page_line(arg);
}

static void fill(struct app *a, void *state, struct page *p)
{
	/* The screen below is open as long as this one is. */
	const struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	const struct rebalance_line *x = s ? rebalance_here(s) : NULL;

	(void)state;
	if (!s || !s->p)
		return;
	if (x)
		page_text(p, 0, ROLE_STRONG, x->name);
	proposal_explain(s->p, x ? x->move : NULL, put_line, p);
	rebalance_books(s->p, p);
	proposal_say(s->p, put_line, p);
	for (uint32_t k = 0; k < s->since_n; k++)
		put_line(p, CAPACITY_SAYS, s->since[k]);
	rebalance_obstacles(a, s->p, p, UINT32_MAX);
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops rebalance_explain_screen = SHEET_OPS(open_explain);
