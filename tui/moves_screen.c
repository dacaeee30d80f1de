/* What a review would do: a line for each move, and the places of the tiers. */
#include "tui/moves.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/mem.h"
#include "tui/sheet.h"

enum { WIDTH = 76, SHOWN = 1000, NAME_WIDTH = 26, WAY_AT = 28, REASON_AT = 37 };

struct line {
	struct text name, reason;
	uint8_t from, to;
};

struct state {
	struct sheet sheet;
	struct arena arena; /* owns the texts */
	struct line *line;  /* owned */
	uint32_t n, moves;  /* shown; all of them */
	uint32_t before[TIER_COUNT], after[TIER_COUNT], room[TIER_COUNT]; /* of tiers */
	void (*closed)(struct app *a);
};

/* Names of the accounts that move and of those whose places they take. */
static void name_lines(struct app *a, struct state *s, const struct review *r)
{
	uint32_t *id = mem_new(2 * (size_t)s->n + 1, sizeof(*id)), n = s->n;
	struct list_row *row = mem_new(2 * (size_t)s->n + 1, sizeof(*row));
	struct err e = { .status = ST_OK };
	char reason[256];

	for (uint32_t k = 0; k < s->n; k++) {
		id[k] = r->moves[k].account;
		if (r->moves[k].pair)
			id[n++] = r->moves[k].pair;
	}
	if (book_rows(a->book, id, n, &s->arena, row, &e) != ST_OK)
		app_fail(a, &e);
	n = s->n;
	for (uint32_t k = 0; k < s->n; k++) {
		const struct list_row *pair = r->moves[k].pair ? &row[n++] : NULL;
		struct text other = TEXT("");

		if (pair)
			other = pair->name.n ? pair->name : pair->id;
		s->line[k].name = row[k].name.n ? row[k].name : row[k].id;
		review_reason(book_policy(a->book), &r->moves[k], other, reason,
			sizeof(reason));
		s->line[k].reason = mem_text(&s->arena, text_of(reason));
	}
	free(row);
	free(id);
}

void moves_open(struct app *a, const struct review *r, void (*closed)(struct app *a))
{
	struct state *s;

	app_push(a, SCREEN_MOVES);
	if (app_top(a) != SCREEN_MOVES)
		return;
	s = a->state[SCREEN_MOVES];
	s->closed = closed;
	s->moves = r->moves_n;
	s->n = r->moves_n < SHOWN ? r->moves_n : SHOWN;
	s->line = mem_new((size_t)s->n + 1, sizeof(*s->line));
	for (uint32_t k = 0; k < s->n; k++) {
		s->line[k].from = r->moves[k].from;
		s->line[k].to = r->moves[k].to;
	}
	name_lines(a, s, r);
	for (int t = 0; t < TIER_COUNT; t++) {
		s->before[t] = r->cap[t].before;
		s->after[t] = r->cap[t].after;
		s->room[t] = r->cap[t].limit;
	}
}

static void put_line(struct page *p, const struct line *x)
{
	const int row = p->c.rows;
	char from[8] = "--";

	if (x->from)
		snprintf(from, sizeof(from), "T%u", x->from);
	page_text(p, REASON_AT, ROLE_QUIET, x->reason.n ? x->reason : TEXT("--"));
	canvas_put(&p->c, row, 0, NAME_WIDTH, ROLE_TEXT, x->name);
	canvas_print(&p->c, row, WAY_AT, REASON_AT - WAY_AT, ROLE_STRONG, "%s > T%u",
		from, x->to);
}

static void fill(struct app *a, void *state, struct page *p)
{
	struct state *s = state;

	(void)a;
	for (int t = 0; t < TIER_COUNT; t++)
		page_print(p, 0, ROLE_TEXT, "tier %d: %u before, %u after, room for %u",
			t + 1, s->before[t], s->after[t], s->room[t]);
	if (s->closed)
		page_print(p, 0, ROLE_INFO,
			"%s goes on to the question whether these moves are made.",
			keys_word(SCOPE_POPUP, ACT_BACK));
	page_line(p);
	for (uint32_t k = 0; k < s->n; k++)
		put_line(p, &s->line[k]);
	if (s->n < s->moves)
		page_print(p, 0, ROLE_QUIET,
			"... and %u more; `tierdesk review` prints them all",
			s->moves - s->n);
}

static void open_moves(struct app *a, void *state)
{
	struct state *s = state;

	arena_init(&s->arena);
	sheet_open(a, &s->sheet, "What the review would do", WIDTH, fill);
}

static void close_moves(struct app *a, void *state)
{
	struct state *s = state;

	arena_clear(&s->arena);
	free(s->line);
	sheet_close(a, state);
}

static bool act(struct app *a, void *state, enum action action)
{
	void (*closed)(struct app *) = ((struct state *)state)->closed;

	if (action != ACT_BACK)
		return sheet_act(a, state, action);
	app_back(a); /* state is gone from here on */
	if (closed)
		closed(a);
	return true;
}

const struct screen_ops moves_screen = {
	.size = sizeof(struct state),
	.open = open_moves,
	.close = close_moves,
	.layout = sheet_layout,
	.paint = sheet_paint,
	.act = act,
	.click = sheet_click,
};
