#include "tui/preview.h"

#include <stdio.h>

#include "tui/facts.h"
#include "tui/words.h"

/* A fact in one half of the line: its name quiet, its text after it. */
static void put_fact(struct page *p, int row, int half, int halves, const char *name,
	struct text value)
{
	int width = (p->c.columns - 2) / halves, at = 1 + half * width;

	canvas_put(&p->c, row, at, 10, ROLE_QUIET, text_of(name));
	canvas_put(
		&p->c, row, at + 10, width - 11, ROLE_TEXT, value.n ? value : TEXT("--"));
}

static void put_renewal(struct app *a, const struct list_row *row, char *out, size_t size)
{
	char day[DAY_TEXT_MAX], age[WORDS_MAX];

	out[0] = '\0';
	if (row->renewal != DAY_NONE)
		snprintf(out, size, "%s, %s", day_format(row->renewal, day),
			words_age(row->renewal, book_as_of(a->book), age));
}

void preview_title(struct app *a, struct page *p, const struct account_view *v)
{
	const struct list_row *r = &v->row;
	const struct policy *policy = book_policy(a->book);
	char money[MONEY_TEXT_MAX], badge[64];
	int row = page_line(p), used;

	if (r->tier == TIER_NONE)
		snprintf(badge, sizeof(badge), "no tier  %s ARR",
			words_money(policy, r->arr, money));
	else
		snprintf(badge, sizeof(badge), "T%d  %s ARR", r->tier,
			words_money(policy, r->arr, money));
	used = text_columns(text_of(badge));
	canvas_put(&p->c, row, 1, p->c.columns - used - 3, ROLE_STRONG,
		r->name.n ? r->name : r->id);
	canvas_put_right(&p->c, row, 1, p->c.columns - 2, words_tier_role(r->tier),
		text_of(badge));
}

void preview_head(struct app *a, struct page *p, const struct account_view *v)
{
	const struct list_row *r = &v->row;
	char renewal[64];
	int row, halves = p->c.columns >= 70 ? 2 : 1;

	put_renewal(a, r, renewal, sizeof(renewal));
	row = page_lines(p, halves == 2 ? 3 : 6);
	put_fact(p, row, 0, halves, "owner", r->csm.n ? r->csm : TEXT("the pool"));
	if (halves == 2) {
		put_fact(p, row, 1, halves, "renewal", text_of(renewal));
		put_fact(p, row + 1, 0, halves, "segment", r->segment);
		put_fact(p, row + 1, 1, halves, "region", r->region);
		put_fact(p, row + 2, 0, halves, "id", r->id);
		put_fact(p, row + 2, 1, halves, "industry", r->industry);
	} else {
		put_fact(p, row + 1, 0, halves, "renewal", text_of(renewal));
		put_fact(p, row + 2, 0, halves, "segment", r->segment);
		put_fact(p, row + 3, 0, halves, "region", r->region);
		put_fact(p, row + 4, 0, halves, "id", r->id);
	}
}

static void put_last_touch(struct app *a, struct page *p, const struct account_view *v)
{
	const struct account_rows *touches = &v->rows[REC_TOUCH];
	const struct record *record = record_of(REC_TOUCH);
	char kind[64], age[WORDS_MAX];

	if (touches->n == 0 || touches->cells[F_TOUCH_DATE].type != CELL_INT) {
		page_print(p, 1, ROLE_QUIET, "no touch on record");
		return;
	}
	words_cell(&record->fields[F_TOUCH_KIND], &touches->cells[F_TOUCH_KIND], kind,
		sizeof(kind));
	page_print(p, 1, ROLE_TEXT, "last touch %s%s%s%s",
		words_age((int32_t)touches->cells[F_TOUCH_DATE].i, book_as_of(a->book),
			age),
		kind[0] ? " (" : "", kind, kind[0] ? ")" : "");
}

void preview_paint(struct app *a, struct canvas *c, struct rect r, uint32_t account)
{
	const struct account_view *v = app_account_beside(a, account);
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX], score[NUMBER_TEXT_MAX];
	int row = c->cursor_row, column = c->cursor_column;
	struct page p;

	if (!v)
		return;
	page_init(&p, c->ascii);
	page_reset(&p, r.columns);
	preview_title(a, &p, v);
	preview_head(a, &p, v);
	facts_health_line(a, &p.c, page_line(&p), 1, r.columns - 2, v);
	page_line(&p);
	facts_components(a, &p, v);
	page_line(&p);
	page_print(&p, 1, ROLE_TEXT, "value rank %s  effort %s  score %s",
		words_number(v->row.value_pct, 0, value),
		words_number(v->row.effort, 0, effort),
		words_number(v->row.score, 1, score));
	if (v->row.quadrant != QUAD_NONE)
		page_print(&p, 1, ROLE_QUIET, "quadrant: %s",
			quadrant_name[v->row.quadrant]);
	put_last_touch(a, &p, v);
	if (v->moves_n)
		page_print(&p, 1, ROLE_QUIET, "tier: %s", v->move_reason[v->moves_n - 1]);
	if (p.c.rows + 12 <= r.rows) {
		page_line(&p);
		facts_trend(a, &p, v);
	}
	canvas_copy(c, r, &p.c, 0);
	canvas_cursor(c, row, column);
	page_clear(&p);
}
