#include "tui/preview.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "tui/draw.h"
#include "tui/facts.h"
#include "tui/words.h"

enum { LABEL = 9, WEEKS_MAX = 26, TOLD_LINES = 3, FACTS_LEAST = 16, TREND = 14 };

/* Leaves so many columns between the name and the tier; returns where the tier begins. */
static int put_title(struct app *a, struct page *p, const struct list_row *r, int between)
{
	const struct policy *policy = book_policy(a->book);
	char money[MONEY_TEXT_MAX], badge[64];
	int row = page_line(p), used;

	if (r->tier == TIER_NONE)
		snprintf(badge, sizeof(badge), "no tier  %s ARR",
			words_money(policy, r->arr, money));
	else
		snprintf(badge, sizeof(badge), "T%d%s  %s ARR", r->tier,
			r->locked ? " locked" : "", words_money(policy, r->arr, money));
	used = text_columns(text_of(badge));
	canvas_put(&p->c, row, 1, p->c.columns - used - 3 - between, ROLE_STRONG,
		r->name.n ? r->name : r->id);
	canvas_put_right(&p->c, row, 1, p->c.columns - 2, words_tier_role(r->tier),
		text_of(badge));
	return p->c.columns - 1 - used;
}

void preview_title(struct app *a, struct page *p, const struct list_row *r)
{
	(void)put_title(a, p, r, 0);
}

void preview_head(struct app *a, struct page *p, const struct list_row *r)
{
	enum { GAP = 2, SIGN = 2, SHORT = SIGN + 3 + GAP };
	const bool known = scores_health_known(r->health);
	const enum health_band band =
		known ? health_band(book_policy(a->book), r->health) : BAND_UNKNOWN;
	const int end = put_title(a, p, r, SHORT) - GAP;
	const int name = 1 + text_columns(r->name.n ? r->name : r->id) + GAP;
	const int owner = text_columns(r->csm), row = p->c.rows - 1;
	char number[8] = "--", said[40];
	int at;

	if (known)
		snprintf(number, sizeof(number), "%d", r->health);
	snprintf(said, sizeof(said), "%s %s", number, words_band(band));
	at = end - SIGN - text_columns(text_of(said));
	if (at < name) {
		snprintf(said, sizeof(said), "%s", number);
		at = end - SIGN - text_columns(text_of(said));
	}
	canvas_glyph(&p->c, row, at, words_band_role(band), words_band_glyph(band));
	canvas_put(&p->c, row, at + SIGN, end - at - SIGN, words_band_role(band),
		text_of(said));
	if (owner && at - GAP - owner >= name)
		canvas_put(&p->c, row, at - GAP - owner, owner, ROLE_QUIET, r->csm);
}

/* A fact: its name quiet, its text beside it, in at most so many lines. */
static void put_fact(
	struct page *p, const char *name, enum role role, struct text value, int lines)
{
	int row = p->c.rows;

	page_lines_of(p, 1 + LABEL, value.n ? role : ROLE_UNKNOWN,
		value.n ? value : TEXT("--"), lines);
	canvas_put(&p->c, row, 1, LABEL - 1, ROLE_QUIET, text_of(name));
}

/* The newest health of each of the last weeks, as many as the width has room for. */
static void put_spark(struct app *a, struct page *p, const struct account_view *v)
{
	int n = p->c.columns - 2 - LABEL, row;
	uint8_t health[WEEKS_MAX];
	int32_t last = a->summary.figures_day;

	if (n > WEEKS_MAX)
		n = WEEKS_MAX;
	if (v->trend_n == 0 || last == DAY_NONE || n <= 0)
		return;
	memset(health, HEALTH_NONE, sizeof(health));
	for (uint32_t i = 0; i < v->trend_n; i++) {
		int32_t age = last - v->trend[i].at.day;

		if (age >= 0 && age / 7 < n)
			health[n - 1 - age / 7] = v->trend[i].health;
	}
	row = page_line(p);
	canvas_print(&p->c, row, 1, LABEL - 1, ROLE_QUIET, "%d week%s", n, TEXT_S(n));
	draw_spark(&p->c, row, 1 + LABEL, ROLE_SPARK, health, n);
}

void preview_who(struct app *a, struct page *p, const struct account_view *v)
{
	const struct list_row *r = &v->row;
	char renewal[64] = "", day[DAY_TEXT_MAX], age[WORDS_MAX];

	put_fact(p, "owner", ROLE_TEXT, r->csm.n ? r->csm : TEXT("the pool"), 2);
	if (r->renewal != DAY_NONE)
		snprintf(renewal, sizeof(renewal), "%s, %s", day_format(r->renewal, day),
			words_age(r->renewal, book_as_of(a->book), age));
	put_fact(p, "renewal", ROLE_TEXT, text_of(renewal), 1);
}

static void put_axes(struct page *p, const struct account_view *v)
{
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX], score[NUMBER_TEXT_MAX];

	page_print(p, 1, ROLE_TEXT, "value rank %s  effort %s  score %s",
		words_number(v->row.value_pct, 0, value),
		words_number(v->row.effort, 0, effort),
		words_number(v->row.score, 1, score));
	if (v->row.quadrant != QUAD_NONE)
		put_fact(p, "quadrant", ROLE_TEXT,
			text_of(quadrant_name[v->row.quadrant]), 1);
}

static void put_step(struct app *a, struct page *p, const struct account_view *v)
{
	const struct account_rows *plan = &v->rows[REC_PLAN];
	int32_t due = plan->n ? cell_day(&plan->cells[F_PLAN_NEXT_DUE]) : DAY_NONE;
	char text[64], age[WORDS_MAX];

	put_fact(p, "next", ROLE_STRONG,
		plan->n ? cell_shown(&plan->cells[F_PLAN_NEXT_STEP]) : TEXT(""),
		TOLD_LINES);
	if (due == DAY_NONE)
		return;
	snprintf(text, sizeof(text), "%s%s",
		due < book_as_of(a->book) ? "overdue, due " : "due ",
		words_age(due, book_as_of(a->book), age));
	put_fact(p, "", due < book_as_of(a->book) ? ROLE_BAD : ROLE_QUIET, text_of(text),
		1);
}

/* The newest row of a kind: how long ago, and what was said. */
static void put_last(struct app *a, struct page *p, const char *name,
	const struct account_rows *rows, int date, int what, int said)
{
	const struct cell *c = rows->cells;
	char text[512], age[WORDS_MAX] = "";
	struct text kind, words;

	if (rows->n == 0) {
		put_fact(p, name, ROLE_TEXT, TEXT("none"), 1);
		return;
	}
	kind = what >= 0 ? cell_shown(&c[what]) : TEXT("");
	words = cell_shown(&c[said]);
	if (cell_day(&c[date]) != DAY_NONE)
		words_age(cell_day(&c[date]), book_as_of(a->book), age);
	snprintf(text, sizeof(text), "%s%s%.*s%s%.*s", age, kind.n ? ", " : "",
		convert_shown(kind, 60), kind.s, words.n ? ": " : "",
		convert_shown(words, 300), words.s);
	put_fact(p, name, ROLE_TEXT, text_of(text), TOLD_LINES);
}

void preview_last_touch(struct app *a, struct page *p, const struct account_view *v)
{
	put_last(a, p, "touch", &v->rows[REC_TOUCH], F_TOUCH_DATE, F_TOUCH_KIND,
		F_TOUCH_PURPOSE);
}

void preview_soon(struct canvas *c, struct rect r, const struct list_row *row)
{
	struct page p;

	if (!row)
		return;
	/* Tier and ARR stand in the list: here they would be written at every step. */
	page_init(&p, c->ascii);
	page_reset(&p, r.columns);
	canvas_put(&p.c, page_line(&p), 1, r.columns - 3, ROLE_STRONG,
		row->name.n ? row->name : row->id);
	canvas_copy(c, r, &p.c, 0);
	page_clear(&p);
}

void preview_paint(
	struct app *a, struct canvas *c, struct rect r, const struct list_row *row)
{
	/* The trend of half a year is enough where the picture of it has no room. */
	const bool brief = r.rows < FACTS_LEAST + TREND;
	const struct account_view *v = app_account_beside(a, a->focus, brief);
	int at = c->cursor_row, column = c->cursor_column;
	struct page p;

	if (!v) {
		preview_soon(c, r, row);
		return;
	}
	page_init(&p, c->ascii);
	page_reset(&p, r.columns);
	preview_title(a, &p, &v->row);
	preview_who(a, &p, v);
	page_line(&p);
	facts_health_line(a, &p.c, page_line(&p), 1, r.columns - 2, v);
	facts_health_now(&p, v);
	put_spark(a, &p, v);
	facts_components(a, &p, v);
	page_line(&p);
	put_axes(&p, v);
	page_line(&p);
	put_step(a, &p, v);
	preview_last_touch(a, &p, v);
	put_last(a, &p, "note", &v->rows[REC_NOTE], F_NOTE_DATE, -1, F_NOTE_TEXT);
	if (!brief && p.c.rows + TREND <= r.rows) {
		page_line(&p);
		facts_trend(a, &p, v, -1);
	}
	canvas_copy(c, r, &p.c, 0);
	canvas_cursor(c, at, column);
	page_clear(&p);
}
