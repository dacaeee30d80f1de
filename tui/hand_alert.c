/* Alerts by hand: out of sight for a while, and whether they were worth it. */
#include "tui/hand_live.h"

#include <stdio.h>

#include "core/act.h"
#include "tui/app.h"
#include "tui/facts_work.h"

/* ---- snooze --------------------------------------------------------------------- */

enum { SNOOZE_UNTIL, SNOOZE_WHY, SNOOZE_LINES };

static const struct form_line snooze_lines[SNOOZE_LINES] = {
	{ "Until", FORM_DAY, NULL, "Back on this day: 2026-03-31, tomorrow, 7d, 2w.",
		true },
	{ "Why", FORM_TEXT, NULL, "What is waited for; whoever looks will read it.",
		true },
};

static enum status snooze(struct app *a, const struct form *f, int *line, struct err *e)
{
	char why[INPUT_MAX + 1], day[DAY_TEXT_MAX], without[64];
	struct hand_live x;
	struct hand h;
	int32_t until;
	enum status st = form_day(a, f, SNOOZE_UNTIL, &until, e);

	*line = SNOOZE_UNTIL;
	if (st == ST_OK && until <= book_as_of(a->book))
		st = err_set(e, ST_INVALID, "a day after today, as in tomorrow or 7d");
	if (st != ST_OK)
		return st;
	*line = -1;
	hand_words(f, SNOOZE_WHY, why);
	hand_of_form(a, f, &h);
	st = hand_live_of(a, &h, f->row, &x, e);
	if (st == ST_OK && x.alerts == 0)
		st = err_set(e, ST_NOTFOUND, "no alert is open there any more");
	if (st == ST_OK)
		st = book_snooze(a->book, x.alert, x.alerts, until, why, e);
	hand_live_without(&x, &h, without, sizeof(without));
	if (st == ST_OK)
		hand_done(a, &h, "snoozed %s until %s%s", h.who, day_format(until, day),
			without);
	hand_live_clear(&x);
	hand_clear(&h);
	return st;
}

static bool ask_snooze(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "snooze", "", question, size);
}

static const struct form_spec snooze_form = { "Snooze", "snooze", snooze_lines,
	SNOOZE_LINES, snooze, ask_snooze };

/* Of one account: what comes while nobody sees it. */
static void warn_snooze(struct app *a, const struct form *f, char *out, size_t size)
{
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;
	const int32_t today = book_as_of(a->book);
	const int32_t renewal = v ? v->row.renewal : DAY_NONE;
	char day[DAY_TEXT_MAX];
	const struct task *t;
	struct book_live x;
	struct err ignored;
	int32_t until;

	if (!v || form_day(a, f, SNOOZE_UNTIL, &until, &ignored) != ST_OK ||
		until == DAY_NONE)
		return;
	if (renewal != DAY_NONE && renewal >= today && renewal < until) {
		snprintf(out, size, "It renews before that, on %s.",
			day_format(renewal, day));
		return;
	}
	if (book_live(a->book, f->account, &x, &ignored) != ST_OK)
		return;
	t = facts_first_task(&x);
	if (t && t->due != DAY_NONE && t->due >= today && t->due < until)
		snprintf(out, size, "A step is due before that, on %s: %.*s",
			day_format(t->due, day), t->next.n > 80 ? 80 : (int)t->next.n,
			t->next.n ? t->next.s : "");
}

void hand_snooze(struct app *a, int64_t alert)
{
	struct hand_live x;
	struct form *f;
	const bool there = hand_live_now(a, alert, &x) && x.alerts > 0;

	hand_live_clear(&x);
	if (!there) {
		app_say(a, "no alert is open here: nothing to snooze");
		return;
	}
	f = hand_live_form(a, &snooze_form, alert);
	input_set(&f->value[SNOOZE_UNTIL], TEXT("7d"));
	f->start = SNOOZE_WHY;
	f->warn = warn_snooze;
	hand_open(a, f);
}

/* ---- votes ---------------------------------------------------------------------- */

static bool is_worse(const struct alert *x, const struct alert *y)
{
	return x->severity != y->severity ? x->severity > y->severity : x->kind < y->kind;
}

void hand_vote(struct app *a, int64_t alert, bool useful)
{
	const int32_t today = book_as_of(a->book);
	const struct alert *worst = NULL;
	char said[ALERT_SENTENCE_MAX];
	struct book_live x;
	struct err e = { .text = "" };

	if (book_live(a->book, a->focus, &x, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	for (uint32_t i = 0; i < x.alerts; i++)
		if (alert ? x.alert[i].id == alert
			  : !alert_sleeps(&x.alert[i], today) &&
					(!worst || is_worse(&x.alert[i], worst)))
			worst = &x.alert[i];
	if (!worst) {
		app_say(a, "no alert is open here to be voted on");
		return;
	}
	alert_sentence(book_policy(a->book), worst->kind, &worst->evidence, today, said);
	if (book_vote(a->book, worst->id, useful, &e) != ST_OK)
		app_fail(a, &e);
	else
		hand_done(a, NULL, "%suseful: %s", useful ? "" : "not ", said);
}
