/* What there is to know of the account under the cursor before it is called. */
#include "tui/facts.h"
#include "tui/facts_work.h"
#include "tui/preview.h"
#include "tui/today.h"
#include "tui/words.h"

enum { CHANGES = 3 };

/* Those in sight before those that sleep, the worst first. */
static void put_alerts(struct app *a, struct page *p, const struct account_view *v,
	const struct book_live *live)
{
	const int32_t today = book_as_of(a->book);

	for (int asleep = 0; asleep < 2; asleep++)
		for (int s = SEV_CRITICAL; s > SEV_OFF; s--)
			for (uint32_t i = 0; i < live->alerts; i++)
				if ((int)live->alert[i].severity == s &&
					alert_sleeps(&live->alert[i], today) == asleep)
					facts_alert_of(a, p, v, &live->alert[i]);
}

/* All steps of the play that is due first, of the others what comes next. */
static void put_plays(struct app *a, struct page *p, const struct account_view *v,
	const struct book_live *live, const struct task *first)
{
	if (!first) {
		page_print(p, 1, ROLE_QUIET, "no play runs: %s starts one",
			keys_word(SCOPE_TODAY, ACT_PLAY));
		return;
	}
	facts_steps(a, p, first, facts_play(a, p, v, first),
		cell_day(&v->cells[F_RENEWAL_DATE]));
	for (uint32_t i = 0; i < live->tasks; i++) {
		if (live->task[i].id == first->id)
			continue;
		facts_play(a, p, v, &live->task[i]);
		facts_steps(a, p, &live->task[i], NULL, DAY_NONE);
	}
}

void today_preview(struct app *a, struct today *t, struct canvas *c)
{
	const struct account_view *v = app_account_beside(a, a->focus, true);
	const int row = c->cursor_row, column = c->cursor_column;
	const struct queue_row *r = today_here(t);
	struct book_live live;
	struct err e = { .text = "" };
	struct page p;

	if (!v) {
		preview_soon(c, t->rows.preview, window_at(&t->window, t->rows.at));
		return;
	}
	if (book_live(a->book, v->row.account, &live, &e) != ST_OK)
		app_fail(a, &e);
	page_init(&p, c->ascii);
	page_reset(&p, t->rows.preview.columns);
	preview_title(a, &p, &v->row);
	preview_who(a, &p, v);
	preview_last_touch(a, &p, v);
	page_line(&p);
	facts_health_line(a, &p.c, page_line(&p), 1, t->rows.preview.columns - 2, v);
	facts_health_now(&p, v);
	facts_largest(a, &p, v, CHANGES);
	page_line(&p);
	put_alerts(a, &p, v, &live);
	page_line(&p);
	put_plays(a, &p, v, &live, r ? r->task : NULL);
	canvas_copy(c, t->rows.preview, &p.c, 0);
	canvas_cursor(c, row, column);
	page_clear(&p);
}
