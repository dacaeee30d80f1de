#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/confirm.h"
#include "tui/form_line.h"
#include "tui/form_state.h"
#include "tui/mem.h"
#include "tui/popup.h"

static const struct form_line *line_of(const struct form_state *s, int line)
{
	return &s->form.spec->lines[line];
}

/* ---- values --------------------------------------------------------------------- */

struct text form_value(const struct form *f, int line)
{
	return text_trim(input_text(&f->value[line]));
}

bool form_changed(const struct form *f, int line)
{
	return !text_eq(input_text(&f->value[line]), input_text(&f->was[line]));
}

bool form_whole(const struct form *f, int line, uint32_t most, uint32_t *out)
{
	double v;

	if (!number_parse(form_value(f, line), '.', &v, NULL) || v < 0 || v > most ||
		v > (double)(uint32_t)v)
		return false;
	*out = (uint32_t)v;
	return true;
}

enum status form_day(
	struct app *a, const struct form *f, int line, int32_t *out, struct err *e)
{
	struct text t = form_value(f, line);

	*out = DAY_NONE;
	if (t.n == 0 || form_day_parse(t, book_as_of(a->book), out))
		return ST_OK;
	return err_set(e, ST_INVALID, FORM_NO_DAY, (int)t.n, t.s);
}

enum status form_person(
	struct app *a, const struct form *f, int line, uint32_t *csm, struct err *e)
{
	struct text t = form_value(f, line);
	const struct person *x = NULL;
	struct people people;
	enum status st;

	*csm = 0;
	if (t.n == 0 || text_ieq(t, TEXT("pool")))
		return ST_OK;
	people_init(&people);
	st = people_load(&people, a->book, e);
	if (st == ST_OK)
		x = people_find(
			&people, text_ieq(t, TEXT("me")) ? text_of(book_me(a->book)) : t);
	if (x)
		*csm = (uint32_t)x->csm;
	else if (st == ST_OK)
		st = err_set(e, ST_INVALID,
			"nobody is named \"%.*s\": a name of a CSM, me, or pool for "
			"nobody",
			(int)t.n, t.s);
	people_clear(&people);
	return st;
}

/* ---- opening and closing -------------------------------------------------------- */

/* The words for the line under the cursor. */
static void load_used(struct app *a, struct form_state *s)
{
	const struct form_line *l = line_of(s, s->at);

	if (l->type == FORM_WORD)
		used_load(&s->used, a, list_field_by_name(text_of(l->choices)));
}

static bool fillable(const struct form_state *s, int line)
{
	return line_of(s, line)->type != FORM_NOTE;
}

/* The line of that name that is filled in; -1: the form has none. */
static int line_called(const struct form_state *s, const struct form_line *l)
{
	for (int i = 0; i < s->form.spec->n; i++)
		if (fillable(s, i) && strcmp(line_of(s, i)->label, l->label) == 0)
			return i;
	return -1;
}

/* Only what was typed, on top of what was seen then: of the other lines the book may say
 * something new by now, and have more or fewer of them. */
static void take_draft(struct form_state *s, const struct form *draft)
{
	for (int i = 0; i < draft->spec->n; i++) {
		const int to = line_called(s, &draft->spec->lines[i]);

		if (to < 0 || !form_draft_has(draft, i, &s->form.value[to]))
			continue;
		s->form.value[to] = draft->value[i];
		s->form.was[to] = draft->was[i];
		s->form.value[to].at = s->form.value[to].n;
		s->form.value[to].picked = true;
		s->again = true;
		if (s->form.chosen)
			s->form.chosen(&s->form, to);
	}
}

static void free_about(struct form *f)
{
	if (f->about)
		f->about_free(f->about);
	f->about = NULL;
}

void form_open(struct app *a, const struct form *f)
{
	struct form_state *s;
	const struct form *draft;
	unsigned serial;

	app_push(a, SCREEN_FORM);
	if (app_top(a) != SCREEN_FORM) {
		struct form unused = *f;

		free_about(&unused);
		return;
	}
	s = a->state[SCREEN_FORM];
	serial = s->serial + 1;
	people_clear(&s->people);
	used_clear(&s->used);
	free_about(&s->form);
	*s = (struct form_state){ .form = *f, .blame = -1, .serial = serial };
	people_init(&s->people);
	draft = form_draft_begin(a, &s->form);
	if (draft)
		take_draft(s, draft);
	form_who_load(a, s);
	s->at = f->start;
	while (s->at < f->spec->n - 1 && !fillable(s, s->at))
		s->at++;
	load_used(a, s);
	a->dirty |= APP_LAYOUT | APP_PAINT;
}

static void open_form(struct app *a, void *state)
{
	struct form_state *s = state;

	(void)a;
	people_init(&s->people);
}

static void close_form(struct app *a, void *state)
{
	struct form_state *s = state;

	(void)a;
	people_clear(&s->people);
	used_clear(&s->used);
	free_about(&s->form);
}

static void end_form(struct app *a, const void *state)
{
	const struct form_state *s = state;

	form_draft_end(a, &s->form);
}

static void cancel(struct app *a, struct form_state *s)
{
	bool typed = false;

	for (int i = 0; i < s->form.spec->n; i++)
		typed |= form_changed(&s->form, i);
	if (typed) {
		form_draft_keep(a, &s->form);
		app_say(a, "%s: nothing was changed%s", s->form.spec->title,
			form_draft_told(&s->form)
				? "; what you typed is kept for next time"
				: "");
	} else {
		form_draft_drop(a, &s->form);
	}
	app_back(a); /* s is gone from here on */
}

/* ---- being done ----------------------------------------------------------------- */

static void blame(struct form_state *s, int line, const char *problem)
{
	s->blame = line;
	snprintf(s->problem, sizeof(s->problem), "%s", problem);
	if (line >= 0)
		s->at = line;
}

/* Letters that mean somebody become the name. */
static void complete(struct app *a, struct form_state *s, int line)
{
	const struct person *x;
	struct text typed = form_value(&s->form, line);

	if (line_of(s, line)->type == FORM_PERSON &&
		form_people(&s->people, book_me(a->book), typed, &x, 1) > 0)
		input_set(&s->form.value[line], form_person_word(x));
}

static bool check(struct app *a, struct form_state *s)
{
	for (int i = 0; i < s->form.spec->n; i++) {
		const struct form_line *l = line_of(s, i);
		struct err e = { .text = "" };
		int32_t day;

		complete(a, s, i);
		if (l->required && form_value(&s->form, i).n == 0)
			snprintf(e.text, sizeof(e.text), "%s is needed", l->label);
		else if (form_changed(&s->form, i) &&
			 input_unreadable(form_value(&s->form, i)))
			snprintf(e.text, sizeof(e.text),
				"a letter could not be read: take it out, or start in a "
				"UTF-8 locale");
		else if (l->type == FORM_DAY &&
			 form_day(a, &s->form, i, &day, &e) == ST_OK)
			continue;
		if (e.text[0]) {
			blame(s, i, e.text);
			return false;
		}
	}
	return true;
}

void form_do(struct app *a)
{
	struct form_state *s = a->state[SCREEN_FORM];
	struct form *f = mem_new(1, sizeof(*f));
	struct err e = { .text = "" };
	unsigned serial = s->serial;
	int line = -1;
	enum status st;

	*f = s->form;
	s->form.about = NULL; /* the form may close meanwhile */
	st = f->spec->done(a, f, &line, &e);
	s = a->state[SCREEN_FORM];
	if (st == ST_OK) {
		form_draft_drop(a, f);
		if (app_top(a) == SCREEN_FORM && s->serial == serial)
			app_back(a);
	} else if (s && s->serial == serial) { /* there is little room for long ones */
		s->form.about = f->about;
		f->about = NULL;
		blame(s, line, e.text);
		messages_add(&a->messages, book_now(a->book), true, e.text);
		if (st == ST_STALE)
			(void)form_conflict(a, s);
	}
	free_about(f);
	free(f);
}

static void finish(struct app *a, struct form_state *s)
{
	char question[ERR_TEXT_MAX];

	s->blame = -1;
	s->problem[0] = '\0';
	if (!check(a, s))
		return;
	if (s->form.spec->ask &&
		s->form.spec->ask(a, &s->form, question, sizeof(question)))
		confirm_open(a, question, form_do);
	else
		form_do(a);
}

/* ---- moving --------------------------------------------------------------------- */

/* The next line to fill in, or the same when there is none. */
static int next_line(const struct form_state *s, int step)
{
	for (int i = s->at + step; i >= 0 && i < s->form.spec->n; i += step)
		if (fillable(s, i))
			return i;
	return s->at;
}

static void go_to(struct app *a, struct form_state *s, int line)
{
	complete(a, s, s->at);
	s->at = line;
	load_used(a, s);
	input_set(&s->letters, TEXT(""));
}

static bool act(struct app *a, void *state, enum action action)
{
	struct form_state *s = state;
	enum form_type type = line_of(s, s->at)->type;

	switch (action) {
	case ACT_FORM_DONE:
		finish(a, s);
		return true;
	case ACT_FORM_NEXT:
		if (next_line(s, 1) == s->at)
			finish(a, s);
		else
			go_to(a, s, next_line(s, 1));
		return true;
	case ACT_MOVE_DOWN:
	case ACT_MOVE_UP:
	case ACT_PAGE_DOWN:
	case ACT_PAGE_UP:
		if (!form_who_act(a, s, action) && action != ACT_PAGE_DOWN &&
			action != ACT_PAGE_UP)
			go_to(a, s, next_line(s, action == ACT_MOVE_DOWN ? 1 : -1));
		return true;
	case ACT_FORM_LINE_NEXT:
	case ACT_FORM_LINE_BEFORE:
		go_to(a, s, next_line(s, action == ACT_FORM_LINE_NEXT ? 1 : -1));
		return true;
	case ACT_CANCEL:
		cancel(a, s);
		return true;
	default:
		break;
	}
	if (type == FORM_CHOICE)
		form_choices_act(s, action);
	else if (type == FORM_WORD && action == ACT_MOVE_RIGHT &&
		 used_complete(&s->used, &s->form.value[s->at]))
		s->blame = -1;
	else if (type != FORM_NOTE && !s->form.value[s->at].cut &&
		 input_act(&s->form.value[s->at], action))
		input_set(&s->letters, TEXT(""));
	return true;
}

static void typed(struct app *a, void *state)
{
	struct form_state *s = state;

	if (line_of(s, s->at)->type == FORM_CHOICE)
		form_choices_typed(a, s);
	else
		input_set(&s->letters, TEXT(""));
	s->blame = -1;
	s->problem[0] = '\0';
}

/* As if the name had been typed; another one can still be. */
static void choose_person(struct app *a, struct form_state *s, const struct person *x)
{
	const int line = form_who_line(s);

	if (!x)
		return;
	go_to(a, s, line);
	input_set(&s->form.value[line], form_person_word(x));
	typed(a, s);
}

static void click(struct app *a, void *state, int row, int column)
{
	struct form_state *s = state;
	int line = s->top + row - s->lines.row, choice;

	if (!canvas_hit(s->box, row, column)) {
		cancel(a, s);
		return;
	}
	if (row == s->box.row + s->box.rows - 1 && column >= s->verb_at) {
		finish(a, s);
		return;
	}
	if (canvas_hit(s->who, row, column)) {
		choose_person(a, s, form_who_at(a, s, row));
		return;
	}
	if (row < s->lines.row || row >= s->lines.row + s->lines.rows ||
		line >= s->form.spec->n || !fillable(s, line))
		return;
	go_to(a, s, line);
	choice = form_choice_at(s, line, column);
	if (choice >= 0)
		form_choices_take(s, line, choice);
}

static struct input *input(struct app *a, void *state)
{
	struct form_state *s = state;

	(void)a;
	switch (line_of(s, s->at)->type) {
	case FORM_CHOICE:
		return &s->letters;
	case FORM_NOTE:
		return NULL;
	default:
		return s->form.value[s->at].cut ? NULL : &s->form.value[s->at];
	}
}

static void layout(struct app *a, void *state, struct rect body)
{
	(void)a;
	form_layout(state, body);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	(void)body;
	form_paint(a, state, c);
}

const struct screen_ops form_screen = {
	.size = sizeof(struct form_state),
	.open = open_form,
	.close = close_form,
	.end = end_form,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.input = input,
	.typed = typed,
};
