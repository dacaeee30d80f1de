/* The Tiers screen as it is painted: the list, and below it all of what the line under
 * the cursor says. */
#include "tui/tiers.h"

#include <math.h>
#include <stdio.h>

#include "core/trend.h"
#include "tui/draw.h"
#include "tui/rows.h"
#include "tui/words.h"

enum {
	SAID = 4,      /* lines of what is said */
	SAID_HIGH = 6, /* where there is room */
	HIGH = 26,
	LOW = 17, /* from here on there is room for SAID lines */
	SAID_LOW = 2,
	NAME = 24,
	NAME_WIDE = 32,
	BAR = 8,
	BAR_WIDE = 20,
	CELL = 96
};

struct pen {
	struct app *a;
	const struct tiers_screen *s;
	struct canvas *c;
	int row, left, right; /* columns from left to before right */
	bool wide;
};

/* Text at a column of the line, as far as the line goes. */
static void put(const struct pen *p, int at, int width, enum role role, struct text t)
{
	const int column = p->left + at, room = p->right - column;

	if (room > 0)
		canvas_put(p->c, p->row, column, width < room ? width : room, role, t);
}

static void put_right(
	const struct pen *p, int at, int width, enum role role, const char *text)
{
	const int column = p->left + at;

	if (column + width <= p->right)
		canvas_put_right(p->c, p->row, column, width, role, text_of(text));
}

static void put_rest(const struct pen *p, int at, enum role role, struct text t)
{
	put(p, at, p->right - p->left, role, t);
}

/* "T3>T1" of a move; "-->T2" of a placement. */
static void put_way(const struct pen *p, int at, uint8_t from, uint8_t to)
{
	char text[CELL];

	if (from)
		snprintf(text, sizeof(text), "T%u>T%u", from, to);
	else
		snprintf(text, sizeof(text), "-->T%u", to);
	put(p, at, 5, words_tier_role(to), text_of(text));
}

static int name_width(const struct pen *p)
{
	return p->wide ? NAME_WIDE : NAME;
}

/* ---- tiers
 * ----------------------------------------------------------------------------- */

/* Shares of the past, of the largest of them or the cap. */
static void put_spark(const struct pen *p, int at, uint32_t tier)
{
	const struct tier_view *v = p->s->v;
	const int room = p->right - p->left - at - 1;
	const uint32_t n = room <= 0                    ? 0
			   : v->shares < (uint32_t)room ? v->shares
							: (uint32_t)room;
	double most = v->share[v->shares ? v->shares - 1 : 0].bp[tier - 1] / 100.0;

	if (tier == TIER_COUNT)
		most = 100;
	for (uint32_t k = 0; k < v->shares; k++)
		most = fmax(
			most, trend_share(v->share[k].in_tier[tier], v->share[k].active));
	for (uint32_t k = 0; k < n; k++) {
		const struct tier_view_share *x = &v->share[v->shares - n + k];
		const double part = trend_share(x->in_tier[tier], x->active) / most;
		const int level = part > 0 ? (int)ceil(part * 8) : 1;

		if (isfinite(part))
			canvas_glyph(p->c, p->row, p->left + at + (int)k, ROLE_SPARK,
				(enum glyph)(
					GLYPH_SPARK_1 + (level > 8 ? 8 : level) - 1));
	}
}

static void paint_tier(const struct pen *p, uint32_t t)
{
	const struct tier_view *v = p->s->v;
	const struct book_summary *sum = &v->sum;
	const uint32_t members = sum->in_tier[t], limit = sum->limit[t - 1];
	const bool capped = t < TIER_COUNT, over = capped && members > limit;
	const int bar = p->wide ? BAR_WIDE : BAR;
	const enum role role = over ? ROLE_BAD : words_tier_role(t);
	char text[CELL], money[MONEY_TEXT_MAX], ratio[CAPACITY_RATIO_MAX];
	int at = 0;

	snprintf(text, sizeof(text), "T%u", t);
	put(p, at, 2, words_tier_role(t), text_of(text));
	if (capped)
		snprintf(text, sizeof(text), "%u of %u", members, limit);
	else
		snprintf(text, sizeof(text), "%u", members);
	put_right(p, at += 3, 15, over ? ROLE_BAD : ROLE_TEXT, text);
	draw_bar(p->c, p->row, p->left + (at += 16), bar, role, members,
		over     ? members
		: capped ? limit
			 : sum->active);
	snprintf(text, sizeof(text), "%.1f %%", trend_share(members, sum->active));
	put_right(p, at += bar + 1, 7, ROLE_TEXT, sum->active ? text : "--");
	put_right(p, at += 8, 8, ROLE_TEXT,
		words_money(book_policy(p->a->book), sum->arr_in_tier[t], money));
	snprintf(text, sizeof(text), "%.0f %% ARR",
		sum->arr > 0 ? 100.0 * (double)sum->arr_in_tier[t] / (double)sum->arr
			     : 0);
	put_right(p, at += 9, 9, ROLE_TEXT, text);
	if (t <= CAPACITY_NAMED && v->ratios) {
		snprintf(text, sizeof(text), "%s/CSM",
			capacity_ratio_text(&v->ratio[v->ratios - 1], (int)t, ratio));
		put_right(p, at += 10, 10, ROLE_TEXT, text);
	} else {
		at += 10;
	}
	put_spark(p, at + 11, t);
}

/* ---- moves
 * ----------------------------------------------------------------------------- */

static void put_score(const struct pen *p, int at, double score)
{
	char text[CELL];

	snprintf(text, sizeof(text), "%.1f", score);
	put_right(p, at, 5, ROLE_TEXT, text);
}

static void put_money(const struct pen *p, int at, int64_t arr)
{
	char money[MONEY_TEXT_MAX];

	put_right(p, at, 8, ROLE_TEXT, words_money(book_policy(p->a->book), arr, money));
}

static void put_mark(const struct pen *p, const struct tier_view_move *m)
{
	if (p->s->chosen[m->move])
		canvas_glyph(p->c, p->row, p->left, ROLE_MARK, GLYPH_MARK);
}

static void put_side(const struct pen *p, int at, const struct tier_view_move *m)
{
	const struct tier_move *x = &p->s->v->review.moves[m->move];
	const int name = p->wide ? NAME_WIDE : NAME - 3;

	canvas_glyph(p->c, p->row, p->left + at, x->to < x->from ? ROLE_GOOD : ROLE_WATCH,
		x->to < x->from ? GLYPH_UP : GLYPH_DOWN);
	put_way(p, at + 2, x->from, x->to);
	put(p, at + 8, name, ROLE_TEXT, m->who.name);
	put_score(p, at + 8 + name + 1, x->score);
	if (p->wide)
		put_money(p, at + 8 + name + 7, m->who.arr);
}

/* Both halves side by side: who comes up, who goes down. */
static void paint_swap(const struct pen *p, const struct tiers_line *x)
{
	const struct tier_view *v = p->s->v;

	put_mark(p, &v->move[x->index]);
	put_side(p, 2, &v->move[x->index]);
	if (x->pair != TIERS_NO_PAIR)
		put_side(p, p->wide ? 2 + 8 + NAME_WIDE + 17 : 2 + 8 + NAME + 5,
			&v->move[x->pair]);
}

static void paint_move(const struct pen *p, const struct tiers_line *x)
{
	const struct tier_view_move *m = &p->s->v->move[x->index];
	const struct tier_move *move = &p->s->v->review.moves[m->move];
	const int name = name_width(p);

	if (tier_view_group(move) == TIER_GROUP_SWAP) {
		paint_swap(p, x);
		return;
	}
	put_mark(p, m);
	canvas_glyph(p->c, p->row, p->left + 2,
		!move->from             ? ROLE_INFO
		: move->to < move->from ? ROLE_GOOD
					: ROLE_WATCH,
		!move->from             ? GLYPH_DOT
		: move->to < move->from ? GLYPH_UP
					: GLYPH_DOWN);
	put_way(p, 4, move->from, move->to);
	put(p, 10, name, ROLE_TEXT, m->who.name);
	put_score(p, 11 + name, move->score);
	put_money(p, 17 + name, m->who.arr);
	put_rest(p, 26 + name, ROLE_QUIET, m->reason);
}

static void paint_wait(const struct pen *p, uint32_t k)
{
	const struct tier_view_wait *w = &p->s->v->wait[k];
	const int name = name_width(p);
	struct text why = { w->reason.s, 0 };
	char text[CELL];

	snprintf(text, sizeof(text), "for T%u", w->tier);
	put(p, 2, 7, words_tier_role(w->tier), text_of(text));
	put(p, 10, name, ROLE_TEXT, w->who.name);
	put_score(p, 11 + name, w->score);
	put_money(p, 17 + name, w->who.arr);
	/* The numbers behind it stand below the list. */
	while (why.n < w->reason.n && w->reason.s[why.n] != ';')
		why.n++;
	put_rest(p, 26 + name, ROLE_QUIET, why);
}

/* ---- the others
 * ------------------------------------------------------------------------ */

static void paint_request(const struct pen *p, uint32_t k)
{
	const struct tier_view_request *x = &p->s->v->request[k];
	const enum request_state state = x->request.state;
	const int name = name_width(p);
	char text[CELL];

	put(p, 2, 1,
		state == REQUEST_OPEN      ? ROLE_INFO
		: state == REQUEST_GRANTED ? ROLE_GOOD
					   : ROLE_QUIET,
		state == REQUEST_OPEN      ? TEXT("?")
		: state == REQUEST_GRANTED ? TEXT("+")
					   : TEXT("-"));
	snprintf(text, sizeof(text), "> T%u", x->request.wanted);
	put(p, 4, 5, words_tier_role(x->request.wanted), text_of(text));
	put(p, 10, name, ROLE_TEXT, x->who.name);
	put(p, 11 + name, 14, ROLE_TEXT, x->request.requester);
	put_rest(p, 26 + name, ROLE_QUIET, x->says);
}

static void paint_finding(const struct pen *p, const struct tiers_line *x)
{
	const struct tier_view_finding *f = &p->s->v->finding[x->index];

	if (!x->more) {
		put(p, 2, 1, ROLE_WATCH, TEXT("!"));
		put(p, 4, TIERS_FINDING_AT - 5, ROLE_TEXT, text_of(f->check->title));
	}
	put_rest(p, TIERS_FINDING_AT, ROLE_QUIET, text_of(x->text));
}

static void paint_past(const struct pen *p, uint32_t k)
{
	const struct tier_view_past *x = &p->s->v->moved[k];
	const int name = name_width(p);
	char day[DAY_TEXT_MAX];

	put(p, 2, 10, ROLE_TEXT, text_of(day_format(x->move.day, day)));
	put_way(p, 13, x->move.from, x->move.to);
	put(p, 19, name, ROLE_TEXT, x->who.name);
	put(p, 20 + name, 10, ROLE_TEXT, text_of(move_cause_name[x->move.cause]));
	put_rest(p, 31 + name, ROLE_QUIET, x->reason);
}

static void paint_heading(const struct pen *p, const struct tiers_line *x)
{
	const int width = p->right - p->left - 1;
	struct text says = text_of(x->text);
	char marks[CELL] = "";

	canvas_blank(p->c,
		(struct rect){ p->row, p->left - 1, 1, p->right - p->left + 1 },
		ROLE_HEADER);
	if (x->index == TIERS_REVIEW && p->s->marked) {
		const int n = snprintf(marks, sizeof(marks), "%u marked", p->s->marked);

		put_right(p, 0, width, ROLE_HEADER, marks);
		/* What has no room beside it, as when the last one was, is left out. */
		while (says.n && text_columns(says) + 2 + n > width)
			do
				says.n--;
			while (says.n && says.s[says.n] != ';');
	}
	put_rest(p, 0, ROLE_HEADER, says);
}

static void paint_over(const struct pen *p, uint32_t k)
{
	char text[CELL];

	snprintf(text, sizeof(text), "tier %u is %u over its cap, held there by locks",
		p->s->v->review.violations[k].tier, p->s->v->review.violations[k].over);
	put(p, 2, 1, ROLE_BAD, TEXT("!"));
	put_rest(p, 4, ROLE_BAD, text_of(text));
}

static void paint_line(const struct pen *p, const struct tiers_line *x)
{
	switch (x->kind) {
	case TIERS_HEADING:
		paint_heading(p, x);
		break;
	case TIERS_NOTE:
		put_rest(p, 2, ROLE_QUIET, text_of(x->text));
		break;
	case TIERS_TIER:
		paint_tier(p, x->index);
		break;
	case TIERS_MOVE:
		paint_move(p, x);
		break;
	case TIERS_WAIT:
		paint_wait(p, x->index);
		break;
	case TIERS_OVER:
		paint_over(p, x->index);
		break;
	case TIERS_REQUEST:
		paint_request(p, x->index);
		break;
	case TIERS_FINDING:
		paint_finding(p, x);
		break;
	case TIERS_PAST:
		paint_past(p, x->index);
		break;
	}
}

/* ---- the whole
 * ------------------------------------------------------------------------- */

void tiers_layout(struct app *a, struct tiers_screen *s, struct rect body)
{
	const int said = body.rows >= HIGH  ? SAID_HIGH
			 : body.rows >= LOW ? SAID
					    : SAID_LOW;
	const struct tiers_line *x;

	s->list = (struct rect){ body.row, body.column, body.rows - said - 1,
		body.columns };
	s->said = (struct rect){ body.row + body.rows - said, body.column + 1, said,
		body.columns - 2 };
	if (s->v && s->lines && s->columns != body.columns)
		tiers_list(a, s, body.columns);
	x = tiers_here(s);
	page_reset(&s->page, s->said.columns);
	if (s->v && x)
		tiers_say(a, s, x, &s->page);
	rows_show(s->at, s->list.rows, &s->top);
	if (s->top > s->lines - s->list.rows)
		s->top = s->lines > s->list.rows ? s->lines - s->list.rows : 0;
}

void tiers_paint(
	struct app *a, struct tiers_screen *s, struct canvas *c, struct rect body)
{
	if (!s->v) {
		struct rect r = { body.row + 1, body.column + 2, body.rows - 2,
			body.columns - 4 };

		page_put(c, &r, ROLE_BAD, "%s", s->problem);
		return;
	}
	page_paint(&s->page, c, s->said); /* first: the cursor is in the list */
	rows_show(s->at, s->list.rows, &s->top);
	for (int i = 0; i < s->list.rows && s->top + i < s->lines; i++) {
		const struct pen p = { a, s, c, s->list.row + i, s->list.column + 1,
			s->list.column + s->list.columns, s->list.columns >= TIERS_WIDE };

		paint_line(&p, &s->line[s->top + i]);
		if (s->top + i != s->at)
			continue;
		canvas_focus(
			c, (struct rect){ p.row, s->list.column, 1, s->list.columns });
		canvas_glyph(c, p.row, s->list.column, ROLE_KEY, GLYPH_HERE);
		canvas_cursor(c, p.row, s->list.column + 1);
	}
	page_signs(c, s->list, s->top, s->lines);
}
