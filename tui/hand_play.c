/* Plays by hand: started, step by step done, ended. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/act.h"
#include "core/book_live.h"
#include "tui/app.h"
#include "tui/facts_work.h"
#include "tui/mem.h"

static void words_of(const struct form *f, int line, char out[INPUT_MAX + 1])
{
	const struct text t = form_value(f, line);

	snprintf(out, INPUT_MAX + 1, "%.*s", (int)t.n, t.n ? t.s : "");
}

/* ---- a step --------------------------------------------------------------------- */

enum { STEP_NOW, STEP_OUTCOME, STEP_LINES };

static const struct form_line step_lines[STEP_LINES] = {
	{ "Step", FORM_NOTE, NULL, NULL, false },
	{ "Outcome", FORM_TEXT, NULL,
		"The step counts only with what came of it, and what comes next.", true },
};

static const struct form_line end_lines[STEP_LINES] = {
	{ "Play", FORM_NOTE, NULL, NULL, false },
	{ "Outcome", FORM_TEXT, NULL, "Why it ends before its last step.", true },
};

/* What comes after, as the end of a message. */
static void say_next(
	struct app *a, uint32_t account, int64_t task, char *out, size_t size)
{
	struct book_live x;
	struct err ignored;

	snprintf(out, size, "the play is done");
	if (book_live(a->book, account, &x, &ignored) != ST_OK)
		return;
	for (uint32_t i = 0; i < x.tasks; i++)
		if (x.task[i].id == task)
			snprintf(out, size, "next: %.*s",
				x.task[i].next.n > 120 ? 120 : (int)x.task[i].next.n,
				x.task[i].next.n ? x.task[i].next.s : "");
}

static enum status tick(
	struct app *a, uint32_t account, int64_t task, const char *outcome, struct err *e)
{
	char next[160];
	const enum status st = book_task_tick(a->book, task, outcome, e);

	if (st != ST_OK)
		return st;
	say_next(a, account, task, next, sizeof(next));
	hand_done(a, NULL, "step done; %s", next);
	return ST_OK;
}

static enum status tick_done(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	char outcome[INPUT_MAX + 1];

	*line = -1;
	words_of(f, STEP_OUTCOME, outcome);
	return tick(a, f->account, f->row, outcome, e);
}

static enum status end_done(struct app *a, const struct form *f, int *line, struct err *e)
{
	char outcome[INPUT_MAX + 1];
	enum status st;

	*line = -1;
	words_of(f, STEP_OUTCOME, outcome);
	st = book_task_drop(a->book, f->row, outcome, e);
	if (st == ST_OK)
		hand_done(a, NULL, "ended the play before its last step");
	return st;
}

static const struct form_spec step_form = { "Tick a step", "done", step_lines, STEP_LINES,
	tick_done, NULL };
static const struct form_spec end_form = { "End the play", "end it", end_lines,
	STEP_LINES, end_done, NULL };

static void task_form(struct app *a, const struct form_spec *spec, const struct task *t,
	struct text what)
{
	struct form *f = mem_new(1, sizeof(*f));

	f->spec = spec;
	f->account = t->account;
	f->kind = REC_TASK;
	f->row = t->id;
	hand_name(a, t->account, f->subtitle, sizeof(f->subtitle));
	input_set(&f->value[STEP_NOW], what);
	hand_open(a, f);
}

void hand_tick(struct app *a, const struct task *t)
{
	const struct play *p = facts_find_play(a, t->play);
	struct err e = { .text = "" };

	if (p && t->step >= 1 && t->step <= p->steps &&
		p->step[t->step - 1].outcome_required)
		task_form(a, &step_form, t, t->next);
	else if (tick(a, t->account, t->id, NULL, &e) != ST_OK)
		app_fail(a, &e);
}

void hand_end(struct app *a, const struct task *t)
{
	task_form(a, &end_form, t, t->title);
}

/* ---- a start -------------------------------------------------------------------- */

enum { START_AGAINST, START_WHY, START_LINES };

static const struct form_line start_lines[START_LINES] = {
	{ "Against", FORM_NOTE, NULL, NULL, false },
	{ "Why", FORM_TEXT, NULL, "Why it is started all the same.", true },
};

static const struct form_line many_lines[START_LINES] = {
	{ "Against", FORM_NOTE, NULL, NULL, false },
	{ "Why", FORM_TEXT, NULL,
		"Why it is started all the same; empty: these are left out.", false },
};

static const struct play *play_of(struct app *a, int n)
{
	const struct plays *library;
	struct err e = { .text = "" };

	if (book_plays(a->book, &library, &e) != ST_OK) {
		app_fail(a, &e);
		return NULL;
	}
	return n >= 0 && n < library->n ? library->play[n] : NULL;
}

/* The worst alert of the account that the play answers; 0: none. */
static int64_t alert_for(const struct book_live *x, const struct play *p)
{
	const struct alert *worst = NULL;

	for (uint32_t i = 0; i < x->alerts; i++)
		if (play_started_by(p, x->alert[i].kind) &&
			(!worst || x->alert[i].severity > worst->severity))
			worst = &x->alert[i];
	return worst ? worst->id : 0;
}

static enum status start_one(struct app *a, uint32_t account, const struct play *p,
	const char *why, struct err *e)
{
	struct book_live x;
	enum status st = book_live(a->book, account, &x, e);

	if (st != ST_OK)
		return st;
	return book_play_start(
		a->book, account, p, alert_for(&x, p), why && *why ? why : NULL, NULL, e);
}

/* Those that something speaks against need a why; where it runs already, or there is
 * none, the account is left out. What is counted is started. */
static enum status start_all(struct app *a, const struct hand *h, const struct play *p,
	const char *why, uint32_t *started, struct err *e)
{
	*started = 0;
	for (uint32_t i = 0; i < h->n; i++) {
		const enum status st = start_one(a, h->id[i], p, why, e);

		if (st != ST_OK && h->n == 1)
			return st;
		if (st != ST_OK && st != ST_USAGE && st != ST_FORBIDDEN &&
			st != ST_NOTFOUND)
			return *started ? ST_OK : st;
		*started += st == ST_OK;
	}
	return *started ? ST_OK : ST_USAGE;
}

static enum status start(struct app *a, const struct hand *h, const struct play *p,
	const char *why, struct err *e)
{
	uint32_t started;
	const enum status st = start_all(a, h, p, why, &started, e);

	if (st != ST_OK)
		return st;
	if (h->n == 1)
		hand_done(a, h, "started %s on %s", p->title, h->who);
	else
		hand_done(a, h, "started %s on %u of %u accounts, each a step of undo;",
			p->title, started, h->n);
	return ST_OK;
}

static enum status start_done(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct play *p = play_of(a, f->field);
	char why[INPUT_MAX + 1];
	struct hand h;
	enum status st;

	*line = START_WHY;
	if (!p)
		return err_set(e, ST_NOTFOUND, "the play is not there any more");
	words_of(f, START_WHY, why);
	hand_of_form(a, f, &h);
	st = start(a, &h, p, why, e);
	hand_clear(&h);
	return st;
}

static bool ask_start(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "start the play on", "", question, size);
}

static const struct form_spec start_form = { "Start a play", "start", start_lines,
	START_LINES, start_done, ask_start };
static const struct form_spec many_form = { "Start a play", "start", many_lines,
	START_LINES, start_done, ask_start };

/* What speaks against it, of several how many it is said of; "" nothing. */
static enum status look_against(struct app *a, const struct hand *h, const struct play *p,
	char out[ACT_AGAINST_MAX], struct err *e)
{
	uint32_t held = 0;
	bool gates;
	enum status st = ST_OK;

	out[0] = '\0';
	for (uint32_t i = 0; st == ST_OK && i < h->n; i++) {
		st = book_play_against(a->book, h->id[i], p, out, &gates, e);
		held += st == ST_OK && out[0] != '\0';
	}
	if (st == ST_OK && h->n > 1 && held)
		snprintf(out, ACT_AGAINST_MAX, "something, on %u of %u", held, h->n);
	else if (h->n > 1)
		out[0] = '\0';
	return st;
}

void hand_start(struct app *a, int play)
{
	const struct play *p = play_of(a, play);
	char against[ACT_AGAINST_MAX];
	struct err e = { .text = "" };
	struct form *f;
	struct hand h;

	if (!p)
		return;
	hand_targets(a, &h);
	if (look_against(a, &h, p, against, &e) != ST_OK) {
		app_fail(a, &e);
	} else if (!against[0] && h.n == 1) {
		if (start(a, &h, p, NULL, &e) != ST_OK)
			app_fail(a, &e);
	} else {
		f = hand_form(a, h.n > 1 ? &many_form : &start_form);
		f->kind = REC_TASK;
		f->field = play;
		f->start = START_WHY;
		input_set(&f->value[START_AGAINST],
			text_of(against[0] ? against : "nothing"));
		hand_open(a, f);
	}
	hand_clear(&h);
}
