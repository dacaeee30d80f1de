/* Why the queue is empty, and the key that goes on. */
#include "tui/today.h"

#include "core/audit.h"
#include "core/book_work.h"
#include "tui/me.h"

static const char *whose_name(const struct app *a)
{
	return a->view.whose == WHOSE_MINE   ? book_me(a->book)
	       : a->view.whose == WHOSE_POOL ? "the pool"
					     : a->view.owner;
}

/* Alerts are looked for day after day, never for one before. */
static void put_alert_day(struct app *a, struct page *p)
{
	const int32_t today = book_as_of(a->book);
	char day[DAY_TEXT_MAX], now[DAY_TEXT_MAX];
	int32_t looked;

	if (book_work_day(a->book, &looked, NULL) != ST_OK || looked == today)
		return;
	if (looked == DAY_NONE || looked < today)
		page_print(p, 0, ROLE_WATCH,
			"Alerts of this day were not looked for yet: %s recalculates.",
			keys_word(SCOPE_TODAY, ACT_RECALCULATE));
	else
		page_print(p, 0, ROLE_WATCH,
			"Alerts are those of %s, the newest recalculation; they are not "
			"looked for on an earlier day, as %s is.",
			day_format(looked, day), day_format(today, now));
}

/* Without a health nobody is at risk. */
static void put_unknown(const struct app *a, struct page *p)
{
	const struct book_summary *s = &a->summary;

	if (audit_unmeasured(s))
		page_print(p, 0, ROLE_WATCH,
			"The health of %u of %u accounts is not known: %s shows what is "
			"missing.",
			s->unknown, s->active, keys_word(SCOPE_TODAY, ACT_SETUP));
}

void today_empty(struct app *a, const struct today *t, struct canvas *c)
{
	const struct rect r = { t->rows.place.row + 2, t->rows.place.column + 4, 1,
		t->rows.place.columns - 5 };
	const struct view *v = &a->view;
	const char *whose = keys_word(SCOPE_TODAY, ACT_WHOSE);
	char text[ME_TEXT_MAX];
	struct page p;

	page_init(&p, c->ascii);
	page_reset(&p, r.columns);
	if (a->summary.accounts == 0) {
		page_print(&p, 0, ROLE_STRONG, "The book is empty.");
		page_line(&p);
		page_print(&p, 0, ROLE_TEXT,
			"%s brings a file of accounts in, %s shows what a complete book "
			"needs.",
			keys_word(SCOPE_TODAY, ACT_IMPORT),
			keys_word(SCOPE_TODAY, ACT_SETUP));
	} else if (a->summary.figures_day == DAY_NONE) {
		page_print(&p, 0, ROLE_STRONG, "Nothing was looked for yet.");
		page_line(&p);
		page_print(&p, 0, ROLE_TEXT,
			"%s recalculates: healths, alerts and the money at risk.",
			keys_word(SCOPE_TODAY, ACT_RECALCULATE));
	} else if (v->stranger) {
		page_print(&p, 0, ROLE_STRONG, "Nobody here has your name.");
		page_line(&p);
		page_print(&p, 0, ROLE_TEXT, "%s, or %s to go on.", me_unknown(a, text),
			whose);
	} else {
		page_print(&p, 0, ROLE_STRONG, "Nothing waits today.");
		page_line(&p);
		put_alert_day(a, &p);
		put_unknown(a, &p);
		if (v->whose != WHOSE_ALL)
			page_print(&p, 0, ROLE_TEXT,
				"Only what %s has is asked for: %s goes on.",
				whose_name(a), whose);
		if (v->filter.n)
			page_print(&p, 0, ROLE_TEXT,
				"The filter is \"%.*s\": %s drops it.", (int)v->filter.n,
				v->filter.s, keys_word(SCOPE_TODAY, ACT_FILTER_CLEAR));
		if (t->queue && t->queue->asleep)
			page_print(&p, 0, ROLE_TEXT,
				"%u snoozed beyond today: %s lists them.",
				t->queue->asleep, keys_word(SCOPE_TODAY, ACT_ASLEEP));
	}
	canvas_copy(c,
		(struct rect){ r.row, r.column, t->rows.place.rows - 2, r.columns }, &p.c,
		0);
	page_clear(&p);
}
