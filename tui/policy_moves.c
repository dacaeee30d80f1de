/* Who would end in another tier if the policy on the screen were in force, by value. */
#include "tui/policy.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/mem.h"
#include "tui/pick.h"

enum { WIDTH = 76, SHOWN = 1000, WAY_AT = 27, WHY_AT = 37, FOOT = 3 };

struct line {
	struct policy_move move;
	struct text name;
	char why[POLICY_WHY_MAX];
};

struct state {
	struct pick pick;
	struct arena arena; /* owns the names */
	struct line *line;  /* owned */
	int n;
	uint32_t all;
};

/* Those of the screen below, which is open as long as this one is; later edits of it make
 * other ones, these stay what was looked at. */
static void load(struct app *a, struct state *s)
{
	const struct policy_screen *p = a->state[SCREEN_POLICY];
	const struct policy_effect *x =
		p && p->trial ? policy_trial_effect(p->trial) : NULL;
	struct list_row *row;
	struct err e = { .status = ST_OK };
	uint32_t *id;

	if (!x)
		return;
	s->all = x->moves;
	s->n = x->moves < SHOWN ? (int)x->moves : SHOWN;
	s->line = mem_new((size_t)s->n + 1, sizeof(*s->line));
	id = mem_new((size_t)s->n + 1, sizeof(*id));
	row = mem_new((size_t)s->n + 1, sizeof(*row));
	for (int k = 0; k < s->n; k++)
		id[k] = x->move[k].account;
	if (book_rows(a->book, id, (uint32_t)s->n, &s->arena, row, &e) != ST_OK)
		app_fail(a, &e);
	for (int k = 0; k < s->n; k++) {
		s->line[k].move = x->move[k];
		s->line[k].name = row[k].name.n ? row[k].name : row[k].id;
		policy_move_why(&p->base, policy_shown(p), &x->move[k], s->line[k].why);
	}
	free(row);
	free(id);
}

static int count(struct app *a, void *state)
{
	(void)a;
	return ((struct state *)state)->n;
}

static void tier_text(uint8_t tier, char out[8])
{
	if (tier)
		snprintf(out, 8, "T%u", tier);
	else
		snprintf(out, 8, "--");
}

static void paint_item(
	struct app *a, void *state, struct canvas *c, struct rect line, int item)
{
	const struct line *x = &((struct state *)state)->line[item];
	char was[8], is[8];

	(void)a;
	tier_text(x->move.was, was);
	tier_text(x->move.is, is);
	canvas_put(c, line.row, line.column, WAY_AT - 1, ROLE_TEXT, x->name);
	canvas_print(c, line.row, line.column + WAY_AT, WHY_AT - WAY_AT - 1, ROLE_STRONG,
		"%s > %s", was, is);
	canvas_put(c, line.row, line.column + WHY_AT, line.columns - WHY_AT, ROLE_QUIET,
		text_of(x->why));
}

static void paint_foot(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct state *s = state;
	char text[POLICY_WHY_MAX + 200], now[8];

	(void)a;
	if (item < 0)
		return;
	tier_text(s->line[item].move.now, now);
	snprintf(text, sizeof(text),
		"%u in all%s; after a review today by the policy in force > by the "
		"edited "
		"one. This one is in %s now: %s",
		s->all, s->n < (int)s->all ? ", the most valuable are listed" : "", now,
		s->line[item].why);
	pick_help(c, r, text);
}

static void choose(struct app *a, void *state, int item)
{
	const struct state *s = state;
	uint32_t id;

	if (item < 0)
		return;
	id = s->line[item].move.account;
	app_back(a); /* state is gone from here on */
	a->focus = id;
	app_push(a, SCREEN_ACCOUNT);
}

static const struct pick_list moves = {
	.title = "Who would end in another tier",
	.rows = 16,
	.columns = WIDTH,
	.below = FOOT,
	.count = count,
	.paint = paint_item,
	.foot = paint_foot,
	.choose = choose,
	.empty = "Nobody would.",
};

static void open_moves(struct app *a, void *state)
{
	struct state *s = state;

	arena_init(&s->arena);
	load(a, s);
	pick_open(a, &s->pick, &moves);
}

static void close_moves(struct app *a, void *state)
{
	struct state *s = state;

	arena_clear(&s->arena);
	free(s->line);
	pick_close(a, state);
}

const struct screen_ops policy_moves_screen = {
	.size = sizeof(struct state),
	.open = open_moves,
	.close = close_moves,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
};
