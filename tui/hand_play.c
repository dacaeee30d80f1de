/* Plays by hand: started, step by step done, ended, and what to say in them. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/book_live.h"
#include "tui/app.h"
#include "tui/choice.h"
#include "tui/facts_work.h"
#include "tui/mem.h"

/* ---- a step --------------------------------------------------------------------- */

enum { STEP_NOW, STEP_OUTCOME, STEP_LINES };

static const struct form_line step_lines[STEP_LINES] = {
	{ "Step", FORM_NOTE, NULL, NULL, false },
	{ "Outcome", FORM_TEXT, NULL,
		"The step counts only with what came of it, and what comes next.", true },
};

static const struct form_line free_lines[STEP_LINES] = {
	{ "Step", FORM_NOTE, NULL, NULL, false },
	{ "Outcome", FORM_TEXT, NULL,
		"What came of it, and what comes next; may be left out.", false },
};

static const struct form_line end_lines[STEP_LINES] = {
	{ "Play", FORM_NOTE, NULL, NULL, false },
	{ "Outcome", FORM_TEXT, NULL, "Why it ends before its last step.", true },
};

/* A message names two steps and the key of undo: what a line has room for of each. */
enum { NAMED_LEAST = 16, NAMED_AROUND = 36, NAMED_MAX = 300 };

static const char *name_step(struct app *a, struct text t, char out[NAMED_MAX])
{
	const int room = (a->canvas.columns - NAMED_AROUND) / 2;

	text_sanitise(t, out, NAMED_MAX, room < NAMED_LEAST ? NAMED_LEAST : room,
		a->canvas.ascii);
	return out;
}

/* What comes after, as the end of a message. */
static void say_next(
	struct app *a, uint32_t account, int64_t task, char *out, size_t size)
{
	struct book_live x;
	struct err ignored;
	char next[NAMED_MAX];

	snprintf(out, size, "the play is done");
	if (book_live(a->book, account, &x, &ignored) != ST_OK)
		return;
	for (uint32_t i = 0; i < x.tasks; i++) {
		if (x.task[i].id != task)
			continue;
		snprintf(out, size, "next: %s", name_step(a, x.task[i].next, next));
	}
}

static enum status tick_done(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	char outcome[INPUT_MAX + 1], step[NAMED_MAX], next[NAMED_MAX + 16];
	enum status st;

	*line = -1;
	hand_words(f, STEP_OUTCOME, outcome);
	st = book_task_tick(a->book, f->row, f->field, outcome[0] ? outcome : NULL, e);
	if (st != ST_OK)
		return st;
	say_next(a, f->account, f->row, next, sizeof(next));
	hand_done(a, NULL, "done: %s; %s", name_step(a, form_value(f, STEP_NOW), step),
		next);
	return ST_OK;
}

static enum status end_done(struct app *a, const struct form *f, int *line, struct err *e)
{
	char outcome[INPUT_MAX + 1];
	enum status st;

	*line = -1;
	hand_words(f, STEP_OUTCOME, outcome);
	st = book_task_drop(a->book, f->row, outcome, e);
	if (st == ST_OK)
		hand_done(a, NULL, "ended the play before its last step");
	return st;
}

static const struct form_spec step_form = { "Tick a step", "done", step_lines, STEP_LINES,
	tick_done, NULL };
static const struct form_spec free_form = { "Tick a step", "done", free_lines, STEP_LINES,
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
	f->field = t->step;
	hand_name(a, t->account, f->subtitle, sizeof(f->subtitle));
	input_set(&f->value[STEP_NOW], what);
	hand_open(a, f);
}

/* Always asked: what is typed next must not run as commands. */
void hand_tick(struct app *a, const struct task *t)
{
	const struct play *p = facts_find_play(a, t->play);
	const bool needed = p && t->step >= 1 && t->step <= p->steps &&
			    p->step[t->step - 1].outcome_required;

	task_form(a, needed ? &step_form : &free_form, t, t->next);
}

void hand_end(struct app *a, const struct task *t)
{
	task_form(a, &end_form, t, t->title);
}

/* ---- a start -------------------------------------------------------------------- */

/* Why stands in the last line. */
enum { START_AGAINST, START_BECAUSE, START_LINES = 2, HELD_LINES };
enum { LABEL = 11 }; /* columns beside a value */

static const struct form_line start_lines[START_LINES] = {
	{ "Against", FORM_NOTE, NULL, NULL, false },
	{ "Why", FORM_TEXT, NULL, "Why it is started all the same.", true },
};

static const struct form_line many_lines[START_LINES] = {
	{ "Against", FORM_NOTE, NULL, NULL, false },
	{ "Why", FORM_TEXT, NULL, "Why it is started; may stay empty.", false },
};

static const struct form_line held_lines[HELD_LINES] = {
	{ "Held", FORM_NOTE, NULL, NULL, false },
	{ "Because", FORM_NOTE, NULL, NULL, false },
	{ "Why", FORM_TEXT, NULL,
		"Why it is started there all the same; empty: these are left out.",
		false },
};

static int why_line(const struct form *f)
{
	return f->spec->n - 1;
}

static const struct play *play_of(struct app *a, int n)
{
	const struct plays *library;
	struct err e = { .text = "" };

	if (book_plays(a->book, &library, &e) != ST_OK) {
		app_fail(a, &e);
		return NULL;
	}
	return n >= 0 && n < library->n ? plays_at(library, n) : NULL;
}

/* Who was left out, of several the first, and why: "; not on Cedar (it runs there)". */
static void say_left(struct app *a, const struct hand *h, const struct act_started *x,
	char *out, size_t size)
{
	char name[NAMED_MAX], more[48] = "";
	const uint32_t left = h->n - x->n;

	out[0] = '\0';
	if (!x->left)
		return;
	hand_names(a, &x->left, 1, 1, 0, name, sizeof(name));
	if (left > 1)
		snprintf(more, sizeof(more), ", nor on %u more", left - 1);
	snprintf(out, size, "; not on %s (%s)%s", name, x->why, more);
}

static void say_started(struct app *a, const struct hand *h, const struct play *p,
	const struct act_started *x)
{
	char mails[64] = "", left[NAMED_MAX + ACT_AGAINST_MAX + 64];

	if (x->mails)
		snprintf(mails, sizeof(mails), "; %u mail%s to customers in the outbox",
			x->mails, TEXT_S(x->mails));
	say_left(a, h, x, left, sizeof(left));
	if (h->n == 1 && x->mails)
		hand_done(a, h, "a mail to the customer waits in the outbox: %s, %s",
			p->title, h->who);
	else if (h->n == 1)
		hand_done(a, h, "started %s on %s", p->title, h->who);
	else
		hand_done(a, h, "started %s on %u of %u accounts%s%s", p->title, x->n,
			h->n, left, mails);
}

static enum status start(struct app *a, const struct hand *h, const struct play *p,
	const char *why, struct err *e)
{
	struct act_started x;
	const enum status st = book_play_start_all(a->book, h->id, h->n, p, why, &x, e);

	if (st != ST_OK)
		return st;
	say_started(a, h, p, &x);
	if (h->n == 1)
		a->told.task = x.task; /* its script is the one that is asked for next */
	return ST_OK;
}

static enum status start_done(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct play *p = play_of(a, f->field);
	char why[INPUT_MAX + 1];
	struct hand h;
	enum status st;

	*line = why_line(f);
	if (!p)
		return err_set(e, ST_NOTFOUND, "the play is not there any more");
	hand_words(f, why_line(f), why);
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
static const struct form_spec held_form = { "Start a play", "start", held_lines,
	HELD_LINES, start_done, ask_start };

/* Whom something speaks against. */
struct held {
	uint32_t id[HAND_NAMED], n;
	char why[ACT_AGAINST_MAX]; /* of the first */
	bool alike;                /* of all of them */
};

static enum status look_against(struct app *a, const struct hand *h, const struct play *p,
	struct held *out, struct err *e)
{
	char why[ACT_AGAINST_MAX];
	bool gates;
	enum status st = ST_OK;

	*out = (struct held){ .n = 0, .alike = true };
	for (uint32_t i = 0; st == ST_OK && i < h->n; i++) {
		st = book_play_against(a->book, h->id[i], p, why, &gates, e);
		if (st != ST_OK || !why[0])
			continue;
		if (out->n == 0)
			memcpy(out->why, why, sizeof(why));
		if (out->n < HAND_NAMED)
			out->id[out->n] = h->id[i];
		out->alike &= strcmp(why, out->why) == 0;
		out->n++;
	}
	return st;
}

/* "2 of 23: Cedar, Oak", and what speaks against them, or against the first. */
static void name_held(
	struct app *a, const struct hand *h, const struct held *x, struct form *f)
{
	const int columns = hand_form_columns(a) - LABEL;
	char count[32], names[NAMED_MAX], text[ACT_AGAINST_MAX + NAMED_MAX + 2];

	snprintf(count, sizeof(count), "%u of %u: ", x->n, h->n);
	hand_names(a, x->id, x->n < HAND_NAMED ? x->n : HAND_NAMED, x->n,
		columns - text_columns(text_of(count)), names, sizeof(names));
	snprintf(text, sizeof(text), "%s%s", count, names);
	input_set(&f->value[START_AGAINST], text_of(text));
	hand_names(a, x->id, 1, 1, 0, names, sizeof(names));
	snprintf(text, sizeof(text), "%s%s%s", x->alike ? "" : names,
		x->alike ? "" : ": ", x->why);
	input_set(&f->value[START_BECAUSE], text_of(text));
}

static void ask_why(
	struct app *a, const struct hand *h, int play, const struct held *against)
{
	struct form *f = hand_form(a, h->n == 1    ? &start_form
				      : against->n ? &held_form
						   : &many_form);

	f->kind = REC_TASK;
	f->field = play;
	f->start = why_line(f);
	if (h->n > 1 && against->n)
		name_held(a, h, against, f);
	else
		input_set(&f->value[START_AGAINST],
			against->n ? text_of(against->why) : TEXT("nothing"));
	hand_open(a, f);
}

void hand_start(struct app *a, int play)
{
	const struct play *p = play_of(a, play);
	struct held against;
	struct err e = { .text = "" };
	struct hand h;

	if (!p)
		return;
	hand_targets(a, &h);
	if (look_against(a, &h, p, &against, &e) != ST_OK)
		app_fail(a, &e);
	else if (h.n > 1 || against.n)
		ask_why(a, &h, play, &against);
	else if (start(a, &h, p, NULL, &e) != ST_OK)
		app_fail(a, &e);
	hand_clear(&h);
}

/* ---- what to say in it ---------------------------------------------------------- */

static void open_script(struct app *a, int64_t task)
{
	a->script = task;
	app_push(a, SCREEN_SCRIPT);
}

static void add_script(struct app *a, struct choice *c, const struct task *t)
{
	const struct play *p = facts_find_play(a, t->play);
	const struct play_said said =
		p ? play_texts(p, t->step) : (struct play_said){ NULL, NULL, NULL };

	if (said.script || said.subject)
		choice_add(c, p->title, p->trigger, t->id);
}

/* The one that is due first, then as they began. */
static void add_scripts(struct app *a, struct choice *c, const struct book_live *x)
{
	const struct task *first = book_live_first(x, book_as_of(a->book));

	if (first)
		add_script(a, c, first);
	for (uint32_t i = 0; i < x->tasks; i++)
		if (&x->task[i] != first)
			add_script(a, c, &x->task[i]);
}

void hand_script(struct app *a, int64_t task)
{
	struct choice c = { .title = "Script of which play", .chosen = open_script };
	struct book_live x;
	struct err e = { .text = "" };

	if (book_live(a->book, a->focus, &x, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	if (!task && book_live_task(&x, a->told.task))
		task = a->told.task;
	if (!task)
		add_scripts(a, &c, &x);
	if (c.n > 1)
		choice_open(a, &c);
	else
		open_script(a, c.n == 1 ? c.line[0].value : task);
}
