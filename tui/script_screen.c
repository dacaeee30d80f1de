/* What to say and to write to an account: the script and the mail of its play, filled in,
 * to be read from the screen or kept in a file. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_live.h"
#include "core/task_text.h"
#include "tui/facts_work.h"
#include "tui/hand.h"
#include "tui/mem.h"
#include "tui/save_file.h"
#include "tui/sheet.h"

enum { WIDTH = 76, NAME = 80 };

struct state {
	struct sheet sheet;
	struct arena arena;      /* owns the texts */
	const struct play *play; /* the library's; NULL: there is none */
	struct task task;        /* id 0: it does not run; texts in the arena */
	struct play_said text;
	uint32_t account;
	int32_t renewal;
	char name[NAME];
};

/* ---- which play ----------------------------------------------------------------- */

/* The one that was asked for, else the first that runs, else the one for the worst alert,
 * as if it had begun. */
static void find_play(struct app *a, struct state *s)
{
	const struct account_view *v = app_account(a, s->account);
	const struct alert *worst;
	const struct task *t;
	struct book_live x;
	struct err e = { .text = "" };

	if (book_live(a->book, s->account, &x, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	t = book_live_task(&x, a->script);
	if (!t)
		t = book_live_first(&x, book_as_of(a->book));
	worst = facts_worst_alert(&x, book_as_of(a->book));
	s->task = (struct task){ .account = s->account, .alert = worst ? worst->id : 0 };
	if (t) {
		s->task = *t;
		s->task.next = mem_text(&s->arena, t->next);
		s->task.title = mem_text(&s->arena, t->title);
		s->task.play = mem_text(&s->arena, t->play);
	}
	s->renewal = v ? cell_day(&v->cells[F_RENEWAL_DATE]) : DAY_NONE;
	s->play = t ? facts_find_play(a, s->task.play)
		    : facts_bound_play(a, worst, v ? v->row.tier : TIER_NONE);
}

/* ---- the page ------------------------------------------------------------------- */

static void put_part(struct page *p, const char *title, const char *text)
{
	if (!text)
		return;
	page_line(p);
	page_heading(p, title, NULL);
	page_text(p, 1, ROLE_TEXT, text_of(text));
}

static void fill(struct app *a, void *state, struct page *p)
{
	const struct state *s = state;

	if (!s->play) {
		page_print(p, 0, ROLE_TEXT,
			"No play runs here and none is bound to an alert of it: %s lists "
			"those that can be started.",
			keys_word(SCOPE_TODAY, ACT_PLAY));
		return;
	}
	page_print(p, 0, ROLE_STRONG, "%s: %s", s->name, s->play->title);
	if (s->play->trigger)
		page_text(p, 0, ROLE_QUIET, text_of(s->play->trigger));
	put_part(p, "SCRIPT", s->text.script);
	if (s->text.subject) {
		put_part(p, "MAIL", s->text.subject);
		page_line(p);
		page_text(p, 1, ROLE_TEXT, text_of(s->text.body ? s->text.body : ""));
	}
	if (!s->text.script && !s->text.subject)
		page_print(p, 0, ROLE_QUIET, "The play has neither a script nor a mail.");
	page_line(p);
	page_heading(p, "STEPS", NULL);
	if (s->task.id)
		facts_steps(a, p, &s->task, s->play, s->renewal);
	else
		page_print(p, 1, ROLE_QUIET, "not started: %s starts it",
			keys_word(SCOPE_TODAY, ACT_PLAY));
}

static void open_script(struct app *a, void *state)
{
	struct state *s = state;
	struct err e = { .text = "" };

	arena_init(&s->arena);
	s->account = a->focus;
	find_play(a, s);
	hand_name(a, s->account, s->name, sizeof(s->name));
	if (s->play &&
		task_text(a->book, &s->task, s->play, &s->arena, &s->text, &e) != ST_OK)
		app_fail(a, &e);
	sheet_open(a, &s->sheet, "Script and mail", WIDTH, fill);
}

static void close_script(struct app *a, void *state)
{
	struct state *s = state;

	sheet_close(a, state);
	arena_clear(&s->arena);
}

/* ---- into a file ---------------------------------------------------------------- */

static const struct form_line file_lines[] = {
	SAVE_FILE_LINES("Where to write it; ~/ is your home folder."),
};

/* As a text: script first, the mail after it. Owned. */
static char *as_text(const struct state *s, size_t *n)
{
	static const char format[] = "%s%s%s%s%s%s%s";
	const struct play_said *t = &s->text;
	const char *part[7] = { t->script ? t->script : "",
		t->script && t->subject ? "\n" : "", t->subject ? "Subject: " : "",
		t->subject ? t->subject : "", t->subject ? "\n\n" : "",
		t->subject && t->body ? t->body : "", "" };
	size_t size = 1;
	char *out;

	for (int i = 0; i < 7; i++)
		size += strlen(part[i]);
	out = mem_new(size, 1);
	*n = (size_t)snprintf(out, size, format, part[0], part[1], part[2], part[3],
		part[4], part[5], part[6]);
	return out;
}

static enum status write_file(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct state *s = a->state[SCREEN_SCRIPT];
	const char *where;
	char *text;
	size_t n;
	enum status st = save_file_able(a, e);

	*line = 0;
	if (!s)
		return err_set(e, ST_NOTFOUND, "the script is closed");
	if (st != ST_OK)
		return st;
	text = as_text(s, &n);
	st = save_file(a, f, 0, NULL, (struct text){ text, n }, &where, line, e);
	free(text);
	if (st == ST_OK)
		app_say(a, "script and mail are in %s", where);
	return st;
}

static void save(struct app *a, const struct state *s)
{
	static const struct form_spec spec = { "Save script and mail", "save", file_lines,
		2, write_file, NULL };
	struct form *f;
	char name[PLAY_NAME_MAX + 16];

	if (!s->text.script && !s->text.subject) {
		app_say(a, "there is no script and no mail to save");
		return;
	}
	f = mem_new(1, sizeof(*f));
	f->spec = &spec;
	f->account = s->account;
	snprintf(f->subtitle, sizeof(f->subtitle), "%s", s->name);
	snprintf(name, sizeof(name), "~/%s.txt", s->play->name);
	save_file_begin(f, 0, name);
	form_open(a, f);
	free(f);
}

static bool act(struct app *a, void *state, enum action action)
{
	if (action != ACT_SCRIPT_SAVE)
		return sheet_act(a, state, action);
	save(a, state);
	return true;
}

const struct screen_ops script_screen = {
	.size = sizeof(struct state),
	.open = open_script,
	.close = close_script,
	.layout = sheet_layout,
	.paint = sheet_paint,
	.act = act,
	.click = sheet_click,
};
