/* Touches and notes: what happened, written down. */
#include "tui/hand.h"

#include <stdio.h>

#include "core/change.h"
#include "tui/app.h"
#include "tui/form_line.h"

/* A day that is over or just passing: figures don't look at what lies ahead. */
static enum status past_day(
	struct app *a, const struct form *f, int line, struct cell *out, struct err *e)
{
	int32_t day;
	enum status st = form_day(a, f, line, &day, e);

	if (st == ST_OK && day > book_as_of(a->book))
		return err_set(e, ST_INVALID,
			"that day is still to come: today or one before, as in 3d ago");
	*out = CELL_OF_INT(day);
	return st;
}

static struct cell text_cell(const struct form *f, int line)
{
	struct text t = form_value(f, line);

	return t.n ? CELL_OF_TEXT(t) : (struct cell){ .type = CELL_MISSING };
}

static struct cell me_cell(struct app *a)
{
	return CELL_OF_TEXT(text_of(book_me(a->book)));
}

/* ---- touches -------------------------------------------------------------------- */

/* What is typed most often comes first; the kind is mostly that of the last time, and
 * what came of it is typed each time. */
enum { KIND, OUTCOME, ANSWERED, PURPOSE, MINUTES, TOUCH_DAY, TOUCH_LINES };

static const struct form_line touch_lines[TOUCH_LINES] = {
	{ "Kind", FORM_CHOICE, TOUCH_KINDS, NULL, true },
	{ "Outcome", FORM_TEXT, NULL, "What came of it, in a few words.", false },
	{ "Answered", FORM_CHOICE, "yes|no",
		"Whether the customer answered. Silence is counted from the last answer.",
		true },
	{ "Purpose", FORM_TEXT, NULL, "What it was for.", false },
	{ "Minutes", FORM_NUMBER, NULL, "How long it took.", false },
	{ "Date", FORM_DAY, NULL, "The day it was: 2026-03-31, yesterday, 3d ago.",
		true },
};

/* "15", "15m", "15 min": the number. */
static struct text minutes_of(struct text t)
{
	static const char *const units[] = { "minutes", "minute", "min", "m" };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		const struct text unit = text_of(units[i]);

		if (t.n > unit.n &&
			text_ieq((struct text){ t.s + t.n - unit.n, unit.n }, unit))
			return text_trim((struct text){ t.s, t.n - unit.n });
	}
	return t;
}

static enum status log_touch(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	struct text kind = form_value(f, KIND);
	struct cell cells[TOUCH_FIELDS] = { 0 };
	struct hand h;
	char title[64];
	enum status st = past_day(a, f, TOUCH_DAY, &cells[F_TOUCH_DATE], e);

	*line = TOUCH_DAY;
	if (st == ST_OK) {
		*line = MINUTES;
		st = change_parse(a->book, REC_TOUCH, F_TOUCH_MINUTES,
			minutes_of(form_value(f, MINUTES)), &cells[F_TOUCH_MINUTES], e);
		form_unnamed(e, &record_of(REC_TOUCH)->fields[F_TOUCH_MINUTES]);
	}
	if (st != ST_OK)
		return st;
	*line = -1;
	cells[F_TOUCH_KIND] = text_cell(f, KIND);
	cells[F_TOUCH_TWO_WAY] =
		CELL_OF_INT(text_eq(form_value(f, ANSWERED), TEXT("yes")));
	cells[F_TOUCH_PURPOSE] = text_cell(f, PURPOSE);
	cells[F_TOUCH_OUTCOME] = text_cell(f, OUTCOME);
	cells[F_TOUCH_ACTOR] = me_cell(a);
	hand_of_form(a, f, &h);
	snprintf(title, sizeof(title), "log a %.*s", (int)kind.n, kind.s);
	st = hand_add(a, &h, REC_TOUCH, cells, F_TOUCH_ACCOUNT, title, e);
	if (st == ST_OK)
		snprintf(a->touch_kind, sizeof(a->touch_kind), "%.*s", (int)kind.n,
			kind.s);
	if (st == ST_OK)
		hand_done(a, &h, "logged a %.*s with %s", (int)kind.n, kind.s, h.who);
	hand_clear(&h);
	return st;
}

static bool ask_touch(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "log this touch with", "", question, size);
}

static const struct form_spec touch_form = { "Log a touch", "log it", touch_lines,
	TOUCH_LINES, log_touch, ask_touch };

/* Who is called or met answers; a mail waits for it, and a clinic is no talk with each
 * who came. A talk that was none would count in the figures. */
static void begin_answered(struct form *f)
{
	const struct text kind = form_value(f, KIND);

	input_set(&f->value[ANSWERED],
		text_eq(kind, TEXT("mail")) || text_eq(kind, TEXT("clinic"))
			? TEXT("no")
			: TEXT("yes"));
}

/* It goes with the kind until somebody says otherwise. */
static void kind_chosen(struct form *f, int line)
{
	if (line != KIND || form_changed(f, ANSWERED))
		return;
	begin_answered(f);
	f->was[ANSWERED] = f->value[ANSWERED];
}

void hand_touch(struct app *a)
{
	struct form *f = hand_form(a, &touch_form);

	input_set(&f->value[KIND],
		a->touch_kind[0] ? text_of(a->touch_kind) : TEXT("call"));
	begin_answered(f);
	f->chosen = kind_chosen;
	hand_set_day(f, TOUCH_DAY, book_as_of(a->book));
	f->start = OUTCOME;
	hand_open(a, f);
}

/* ---- notes ---------------------------------------------------------------------- */

enum { NOTE, NOTE_DAY, NOTE_LINES };

static const struct form_line note_lines[NOTE_LINES] = {
	{ "Note", FORM_TEXT, NULL, "What is worth knowing the next time.", true },
	{ "Date", FORM_DAY, NULL, "The day it is about: 2026-03-31, yesterday, 3d ago.",
		true },
};

static enum status write_note(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	struct cell cells[NOTE_FIELDS] = { 0 };
	struct hand h;
	enum status st = past_day(a, f, NOTE_DAY, &cells[F_NOTE_DATE], e);

	*line = NOTE_DAY;
	if (st != ST_OK)
		return st;
	*line = -1;
	cells[F_NOTE_TEXT] = text_cell(f, NOTE);
	cells[F_NOTE_ACTOR] = me_cell(a);
	hand_of_form(a, f, &h);
	st = hand_add(a, &h, REC_NOTE, cells, F_NOTE_ACCOUNT, "write a note", e);
	if (st == ST_OK)
		hand_done(a, &h, "wrote a note on %s", h.who);
	hand_clear(&h);
	return st;
}

static bool ask_note(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "write this note on", "", question, size);
}

static const struct form_spec note_form = { "Write a note", "write it", note_lines,
	NOTE_LINES, write_note, ask_note };

void hand_note(struct app *a)
{
	hand_note_of(a, TEXT(""));
}

void hand_note_of(struct app *a, struct text t)
{
	struct form *f = hand_form(a, &note_form);

	input_set(&f->value[NOTE], t);
	hand_set_day(f, NOTE_DAY, book_as_of(a->book));
	hand_open(a, f);
}
