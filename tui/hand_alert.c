/* Alerts by hand: out of sight for a while, and whether they were worth it. */
#include "tui/hand_live.h"

#include <stdio.h>

#include "core/act.h"
#include "core/convert.h"
#include "core/queue.h"
#include "tui/app.h"

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
	const struct hand_live *x = hand_live_about(f);
	const struct act_shown shown = hand_live_shown(x);
	char why[INPUT_MAX + 1], day[DAY_TEXT_MAX], without[64], since[64];
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
	st = book_snooze_shown(a->book, &shown, until, why, e);
	hand_live_without(x, &h, without, sizeof(without));
	if (st == ST_OK) {
		hand_live_since(a, f, &h, since, sizeof(since));
		hand_done(a, &h, "snoozed %s until %s%s%s", h.who, day_format(until, day),
			without, since);
	}
	hand_clear(&h);
	return st;
}

static bool ask_snooze(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "snooze", "", question, size);
}

static const struct form_spec snooze_form = { "Snooze", "snooze", snooze_lines,
	SNOOZE_LINES, snooze, ask_snooze };

/* What comes of an account before its day, though it is snoozed: its renewal, a step of a
 * play that does not sleep with the alerts, one that does. */
enum beyond_what { BEYOND_RENEWAL, BEYOND_AWAKE, BEYOND_ASLEEP };
struct beyond {
	int32_t day; /* DAY_NONE: nothing */
	enum beyond_what what;
	char step[128];
};

/* What is overdue already sleeps along knowingly. */
static void take_step(struct beyond *out, const struct task *t, enum beyond_what what,
	int32_t today, int32_t until)
{
	if (t->due == DAY_NONE || t->due >= until ||
		(what == BEYOND_ASLEEP && t->due < today) ||
		(out->day != DAY_NONE &&
			(out->what < what || (out->what == what && out->day <= t->due))))
		return;
	out->day = t->due;
	out->what = what;
	snprintf(out->step, sizeof(out->step), "%.*s", convert_shown(t->next, 80),
		t->next.n ? t->next.s : "");
}

static struct beyond find_beyond(struct app *a, const struct book_figures *f,
	uint32_t account, int64_t only, int32_t until)
{
	const int32_t today = book_as_of(a->book);
	const int32_t renewal =
		account <= f->n ? shorts_at(f->renewal, account - 1) : DAY_NONE;
	struct beyond out = { DAY_NONE, BEYOND_RENEWAL, "" };
	struct book_live x;
	struct err ignored;

	if (renewal != DAY_NONE && renewal >= today && renewal < until) {
		out.day = renewal;
		return out;
	}
	if (book_live(a->book, account, &x, &ignored) != ST_OK)
		return out;
	for (uint32_t i = 0; i < x.tasks; i++)
		take_step(&out, &x.task[i],
			book_live_would_sleep(&x, &x.task[i], only, today) ? BEYOND_ASLEEP
									   : BEYOND_AWAKE,
			today, until);
	return out;
}

static void warn_one(const struct beyond *x, char *out, size_t size)
{
	static const char *const begin[] = { "It renews before that, on",
		"Another play does not wait, its step is due on",
		"A step is due before that, on" };
	char day[DAY_TEXT_MAX];

	snprintf(out, size, "%s %s%s%s", begin[x->what], day_format(x->day, day),
		x->what == BEYOND_RENEWAL ? "." : ": ", x->step);
}

/* How many of those that are marked, and whose day is the first. */
static void warn_many(struct app *a, const struct hand *h, const struct book_figures *f,
	int32_t until, char *out, size_t size)
{
	struct beyond first = { DAY_NONE, BEYOND_RENEWAL, "" };
	uint32_t who = 0, n = 0;
	char name[80], day[DAY_TEXT_MAX];

	for (uint32_t i = 0; i < h->n; i++) {
		const struct beyond x = find_beyond(a, f, h->id[i], 0, until);

		n += x.day != DAY_NONE;
		if (x.day == DAY_NONE || (first.day != DAY_NONE && x.day >= first.day))
			continue;
		first = x;
		who = h->id[i];
	}
	if (!n)
		return;
	hand_name(a, who, name, sizeof(name));
	snprintf(out, size,
		"%u of %u have a renewal or a step before that, first %s: %s on %s.", n,
		h->n, name, first.what == BEYOND_RENEWAL ? "renewal" : "step",
		day_format(first.day, day));
}

static void warn_snooze(struct app *a, const struct form *f, char *out, size_t size)
{
	struct book_figures figures;
	struct err ignored;
	struct beyond x;
	struct hand h;
	int32_t until;

	if (form_day(a, f, SNOOZE_UNTIL, &until, &ignored) != ST_OK ||
		until == DAY_NONE || book_figures(a->book, &figures, &ignored) != ST_OK)
		return;
	hand_of_form(a, f, &h);
	if (h.n == 1) {
		x = find_beyond(a, &figures, h.id[0], f->row, until);
		if (x.day != DAY_NONE)
			warn_one(&x, out, size);
	} else {
		warn_many(a, &h, &figures, until, out, size);
	}
	hand_clear(&h);
}

void hand_snooze(struct app *a, int64_t alert)
{
	struct hand_live x;
	struct form *f;

	if (!hand_live_now(a, alert, &x))
		return;
	if (!x.alerts) {
		hand_live_clear(&x);
		app_say(a, "no alert is open here: nothing to snooze");
		return;
	}
	f = hand_live_form(a, &snooze_form, alert, &x);
	input_set(&f->value[SNOOZE_UNTIL], TEXT("7d"));
	f->value[SNOOZE_UNTIL].picked = true; /* another day takes its place */
	f->warn = warn_snooze;
	hand_open(a, f);
}

/* ---- votes ---------------------------------------------------------------------- */

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
					(!worst || alert_worse(&x.alert[i], worst)))
			worst = &x.alert[i];
	if (!worst) {
		app_say(a, "no alert is open here to be voted on");
		return;
	}
	queue_reason(a->book, worst, NULL, said);
	if (book_vote(a->book, worst->id, useful, &e) != ST_OK)
		app_fail(a, &e);
	else
		hand_done(a, NULL, "%suseful: %s", useful ? "" : "not ", said);
}
