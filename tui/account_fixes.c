/* What was done about root causes that were noticed at an account. */
#include "tui/account_page.h"

#include <stdio.h>

#include "core/fix.h"

enum { STATE = 11, DAY = 12, TEXT_AT = 1 + STATE + DAY };

/* Tickets that the account had of the cause after it was automated. */
static unsigned since(const struct account_view *v, const struct fix *f)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < v->rows[REC_TICKET].n; i++) {
		const struct cell *c = account_view_row(v, REC_TICKET, i);

		n += fix_failed(f, cell_day(&c[F_TICKET_OPENED])) &&
		     text_eq(text_trim(cell_shown(&c[F_TICKET_CAUSE])), f->cause);
	}
	return n;
}

static void put_fix(
	struct account_page *p, const struct account_view *v, const struct fix *f)
{
	struct page *page = &p->page;
	const unsigned came = since(v, f);
	const bool over = f->state == FIX_VERIFIED;
	const int row = page->c.rows;
	struct account_item *item;
	char day[DAY_TEXT_MAX], line[1024];

	snprintf(line, sizeof(line), "%.*s: %.*s%s%.*s", (int)f->cause.n, f->cause.s,
		(int)f->text.n, f->text.n ? f->text.s : "", f->link.n ? "; " : "",
		(int)f->link.n, f->link.n ? f->link.s : "");
	page_text(page, TEXT_AT, over ? ROLE_QUIET : ROLE_TEXT, text_of(line));
	canvas_put(&page->c, row, 1, STATE, over ? ROLE_GOOD : ROLE_TEXT,
		text_of(fix_state_word[f->state]));
	canvas_put(&page->c, row, 1 + STATE, DAY, ROLE_QUIET,
		text_of(day_format(fix_since(f), day)));
	if (came)
		page_print(page, TEXT_AT, ROLE_WATCH, "%u ticket%s of it here since",
			came, TEXT_S(came));
	item = account_item(p, ITEM_ROW, row);
	item->kind = REC_FIX;
	item->row = f->id;
}

/* The one on which something was done last stands first. */
void account_fixes(struct account_page *p, struct app *a, const struct account_view *v)
{
	const struct account_rows *rows = &v->rows[REC_FIX];
	struct fix *fix = arena_alloc(&p->arena, (rows->n + 1) * sizeof(*fix));
	char right[16] = "none";
	uint32_t n = 0;

	for (uint32_t i = 0; fix && i < rows->n; i++) {
		struct fix f;
		uint32_t k = n;

		if (!fix_from_row(rows->id[i], account_view_row(v, REC_FIX, i),
			    book_as_of(a->book), &f))
			continue;
		for (; k > 0 && fix_counts(&f, &fix[k - 1]); k--)
			fix[k] = fix[k - 1];
		fix[k] = f;
		n++;
	}
	if (n)
		snprintf(right, sizeof(right), "%u", n);
	page_heading(&p->page, "FIXES OF ROOT CAUSES", right);
	if (n == 0)
		account_none(p, "no fixes yet", ACT_FIX_ADD, REC_FIX);
	for (uint32_t i = 0; i < n; i++)
		put_fix(p, v, &fix[i]);
}
