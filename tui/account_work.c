/* What is open on an account: its alerts, the plays that run with their steps, and the
 * service that its tier is to have. */
#include "tui/account_page.h"

#include <stdio.h>

#include "tui/facts_work.h"
#include "tui/words.h"

/* The worst first, those that sleep at the end. */
static void put_alerts(struct account_page *p, struct app *a,
	const struct account_view *v, const struct book_live *live)
{
	const int32_t today = book_as_of(a->book);

	for (int asleep = 0; asleep < 2; asleep++) {
		for (int s = SEV_CRITICAL; s > SEV_OFF; s--) {
			for (uint32_t i = 0; i < live->alerts; i++) {
				const struct alert *x = &live->alert[i];
				const int row = p->page.c.rows;
				struct account_item *item;

				if ((int)x->severity != s ||
					alert_sleeps(x, today) != asleep)
					continue;
				facts_alert_of(a, &p->page, v, x);
				item = account_item(p, ITEM_ROW, row);
				item->kind = REC_ALERT;
				item->row = x->id;
				item->figure = SUBJECT_ALERT;
				item->part = (int)x->kind + 1;
			}
		}
	}
}

static void put_plays(struct account_page *p, struct app *a, const struct account_view *v,
	const struct book_live *live)
{
	for (uint32_t i = 0; i < live->tasks; i++) {
		const int row = p->page.c.rows;
		struct account_item *item;

		facts_steps(a, &p->page, &live->task[i],
			facts_play(a, &p->page, v, &live->task[i]),
			cell_day(&v->cells[F_RENEWAL_DATE]));
		item = account_item(p, ITEM_ROW, row);
		item->kind = REC_TASK;
		item->row = live->task[i].id;
	}
}

/* At risk, as the heading has it: with the weight that can make it more than the ARR. */
static void put_heading(
	struct account_page *p, struct app *a, const struct account_view *v)
{
	struct triage_explained t;
	struct err ignored;
	char money[MONEY_TEXT_MAX], weight[NUMBER_TEXT_MAX], right[80] = "";

	if (book_live_triage(a->book, v->row.account, &t, &ignored) == ST_OK)
		snprintf(right, sizeof(right), "%s at risk%s%s",
			words_money(book_policy(a->book), t.at_risk, money),
			t.multiplier > 1 ? ", strategic weight " : "",
			t.multiplier > 1 ? words_number(t.multiplier, 2, weight) : "");
	page_heading(&p->page, "ALERTS AND PLAYS", right);
	if (!right[0])
		return;
	account_item(p, ITEM_NUMBER, p->page.c.rows - 1)->figure = SUBJECT_RISK;
}

void account_work(struct account_page *p, struct app *a, const struct account_view *v)
{
	struct book_live live;
	struct err e = { .text = "" };
	int row;

	put_heading(p, a, v);
	if (book_live(a->book, v->row.account, &live, &e) != ST_OK)
		app_fail(a, &e);
	put_alerts(p, a, v, &live);
	put_plays(p, a, v, &live);
	if (live.alerts + live.tasks == 0)
		page_print(&p->page, 1, ROLE_QUIET,
			"no alert is open and no play runs: %s starts one",
			keys_word(SCOPE_ACCOUNT, ACT_PLAY));
	page_line(&p->page);
	page_heading(&p->page, "SERVICE LEVEL", NULL);
	row = p->page.c.rows;
	facts_service(a, &p->page, v);
	account_item(p, ITEM_NUMBER, row)->explain = LIST_TIER;
}
