/* Alerts by hand: out of sight for a while, done with, and whether they were worth it. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/book_live.h"
#include "tui/app.h"
#include "tui/facts_work.h"
#include "tui/mem.h"

/* ---- what there is -------------------------------------------------------------- */

/* The live alerts of the targets that are in sight, or the one that is meant; and the
 * plays that run there. */
struct live {
	int64_t *alert; /* owned, as is task */
	uint32_t alerts;
	struct task *task; /* texts are the book's: until it is asked again */
	uint32_t tasks;
	uint32_t without; /* targets without an alert */
};

static void take(struct live *out, const struct book_live *x, int64_t only, int32_t today)
{
	const uint32_t before = out->alerts;

	out->alert =
		mem_resize(out->alert, out->alerts + x->alerts + 1, sizeof(*out->alert));
	out->task = mem_resize(out->task, out->tasks + x->tasks + 1, sizeof(*out->task));
	for (uint32_t i = 0; i < x->alerts; i++)
		if (only ? x->alert[i].id == only : !alert_sleeps(&x->alert[i], today))
			out->alert[out->alerts++] = x->alert[i].id;
	for (uint32_t i = 0; i < x->tasks; i++)
		out->task[out->tasks++] = x->task[i];
	out->without += out->alerts == before;
}

static enum status look(struct app *a, const struct hand *h, int64_t only,
	struct live *out, struct err *e)
{
	enum status st = ST_OK;

	*out = (struct live){ .alerts = 0 };
	for (uint32_t i = 0; st == ST_OK && i < h->n; i++) {
		struct book_live x;

		st = book_live(a->book, h->id[i], &x, e);
		if (st == ST_OK)
			take(out, &x, only, book_as_of(a->book));
	}
	return st;
}

static void live_clear(struct live *x)
{
	free(x->alert);
	free(x->task);
	*x = (struct live){ .alerts = 0 };
}

/* Of the targets of now; false and a message: it can't be had. */
static bool look_now(struct app *a, int64_t only, struct live *out)
{
	struct err e = { .text = "" };
	struct hand h;
	enum status st;

	hand_targets(a, &h);
	st = look(a, &h, only, out, &e);
	hand_clear(&h);
	if (st == ST_OK)
		return true;
	app_fail(a, &e);
	live_clear(out);
	return false;
}

/* ", 2 of them had none" */
static void say_without(
	const struct live *x, const struct hand *h, char *out, size_t size)
{
	out[0] = '\0';
	if (x->without && h->n > 1)
		snprintf(out, size, "; %u had no alert", x->without);
}

static void words_of(const struct form *f, int line, char out[INPUT_MAX + 1])
{
	const struct text t = form_value(f, line);

	snprintf(out, INPUT_MAX + 1, "%.*s", (int)t.n, t.n ? t.s : "");
}

static struct form *alert_form(struct app *a, const struct form_spec *spec, int64_t alert)
{
	struct form *f = hand_form(a, spec);

	f->kind = REC_ALERT;
	f->row = alert;
	return f;
}

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
	struct live x;
	struct hand h;
	int32_t until;
	enum status st = form_day(a, f, SNOOZE_UNTIL, &until, e);

	*line = SNOOZE_UNTIL;
	if (st == ST_OK && until <= book_as_of(a->book))
		st = err_set(e, ST_INVALID, "a day after today, as in tomorrow or 7d");
	if (st != ST_OK)
		return st;
	*line = -1;
	words_of(f, SNOOZE_WHY, why);
	hand_of_form(a, f, &h);
	st = look(a, &h, f->row, &x, e);
	if (st == ST_OK && x.alerts == 0)
		st = err_set(e, ST_NOTFOUND, "no alert is open there any more");
	if (st == ST_OK)
		st = book_snooze(a->book, x.alert, x.alerts, until, why, e);
	say_without(&x, &h, without, sizeof(without));
	if (st == ST_OK)
		hand_done(a, &h, "snoozed %s until %s%s", h.who, day_format(until, day),
			without);
	live_clear(&x);
	hand_clear(&h);
	return st;
}

static bool ask_snooze(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "snooze", "", question, size);
}

static const struct form_spec snooze_form = { "Snooze", "snooze", snooze_lines,
	SNOOZE_LINES, snooze, ask_snooze };

void hand_snooze(struct app *a, int64_t alert)
{
	struct live x;
	struct form *f;
	const bool there = look_now(a, alert, &x) && x.alerts > 0;

	live_clear(&x);
	if (!there) {
		app_say(a, "no alert is open here: nothing to snooze");
		return;
	}
	f = alert_form(a, &snooze_form, alert);
	input_set(&f->value[SNOOZE_UNTIL], TEXT("7d"));
	f->start = SNOOZE_WHY;
	hand_open(a, f);
}

/* ---- done ----------------------------------------------------------------------- */

enum { DONE_OUTCOME, DONE_PLAY, DONE_LINES };

static const struct form_line done_lines[DONE_LINES] = {
	{ "Outcome", FORM_TEXT, NULL, "What came of it, in a few words.", true },
	{ "Play", FORM_CHOICE, "goes on|ends too",
		"A play that has begun goes on until its last step, or is ended here.",
		true },
};

/* A play that closing the alerts does not end by itself. */
static bool goes_on(const struct task *t)
{
	return t->step > 1 || t->alert == 0;
}

static bool ends_too(const struct form *f)
{
	return f->spec->n > DONE_PLAY &&
	       text_eq(form_value(f, DONE_PLAY), TEXT("ends too"));
}

/* The last step ends a play as done; before it, the play is dropped. */
static enum status end_task(
	struct app *a, const struct task *t, const char *outcome, struct err *e)
{
	const struct play *p = facts_find_play(a, t->play);

	return p && t->step >= p->steps ? book_task_tick(a->book, t->id, outcome, e)
					: book_task_drop(a->book, t->id, outcome, e);
}

/* Each is a step of undo of its own; *steps counts them. */
static enum status end_tasks(struct app *a, const struct live *x, bool all,
	const char *outcome, unsigned *steps, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < x->tasks; i++) {
		if (!all && !goes_on(&x->task[i]))
			continue;
		st = end_task(a, &x->task[i], outcome, e);
		*steps += st == ST_OK;
	}
	return st;
}

/* What became of the plays, as the end of a message. */
static void say_plays(struct app *a, const struct hand *h, const struct live *x,
	unsigned ended, char *out, size_t size)
{
	struct book_live now;
	struct err ignored;

	out[0] = '\0';
	if (h->n != 1 || x->tasks == 0 ||
		book_live(a->book, h->id[0], &now, &ignored) != ST_OK)
		return;
	if (now.tasks)
		snprintf(out, size, "; %.*s goes on", (int)now.task[0].title.n,
			now.task[0].title.s);
	else
		snprintf(out, size, "; the play %s with it",
			ended ? "was ended" : "is done");
}

static enum status close_alerts(
	struct app *a, const struct form *f, const struct hand *h, struct err *e)
{
	char outcome[INPUT_MAX + 1], without[64], plays[160];
	unsigned ended = 0;
	struct live x;
	enum status st = look(a, h, f->row, &x, e);
	const uint32_t n = x.alerts;

	words_of(f, DONE_OUTCOME, outcome);
	if (st == ST_OK && n == 0 && x.tasks == 0)
		st = err_set(e, ST_NOTFOUND, "no alert is open there any more");
	if (st == ST_OK && ends_too(f))
		st = end_tasks(a, &x, false, outcome, &ended, e);
	if (st == ST_OK && n)
		st = book_close(a->book, x.alert, n, outcome, e);
	else if (st == ST_OK && h->n == 1)
		st = end_tasks(a, &x, true, outcome, &ended, e);
	if (st == ST_OK) {
		say_without(&x, h, without, sizeof(without));
		say_plays(a, h, &x, ended, plays, sizeof(plays));
		if (n)
			hand_done(a, h, "closed %u alert%s of %s%s%s", n,
				n == 1 ? "" : "s", h->who, plays, without);
		else
			hand_done(a, h, "ended the play of %s", h->who);
	}
	live_clear(&x);
	return st;
}

static enum status finish(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct hand h;
	enum status st;

	*line = -1;
	hand_of_form(a, f, &h);
	st = close_alerts(a, f, &h, e);
	hand_clear(&h);
	return st;
}

static bool ask_done(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "close the alerts of", "", question, size);
}

static const struct form_spec done_form = { "Done", "close", done_lines, DONE_PLAY,
	finish, ask_done };
static const struct form_spec done_play_form = { "Done", "close", done_lines, DONE_LINES,
	finish, ask_done };
static const struct form_spec end_form = { "End the play", "end it", done_lines,
	DONE_PLAY, finish, NULL };

void hand_close(struct app *a, int64_t alert)
{
	struct live x;
	struct form *f = NULL;
	bool begun = false;

	if (!look_now(a, alert, &x))
		return;
	for (uint32_t i = 0; i < x.tasks; i++)
		begun |= goes_on(&x.task[i]);
	if (x.alerts)
		f = alert_form(a,
			begun && x.without == 0 && !alert && a->marks.n == 0
				? &done_play_form
				: &done_form,
			alert);
	else if (x.tasks && x.without == 1)
		f = alert_form(a, &end_form, 0);
	live_clear(&x);
	if (!f) {
		app_say(a, "no alert is open here, and no play runs: nothing to close");
		return;
	}
	input_set(&f->value[DONE_PLAY], TEXT("goes on"));
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
