/*
 * Form: a popup with a few labelled lines to fill in. Who opens one says what the lines
 * are, checks them, and does what they say; moving, typing, choosing, showing what is
 * wrong beside the line and keeping what was typed when it fails is done here.
 *
 * On a line with choices the arrows and letters choose; a FORM_DAY takes dates and spans
 * ("2026-03-31", "14d", "3d ago", "today"); what a record makes of a value
 * is up to change_parse. What was typed into a form that was cancelled, or was open when
 * the program ended, is offered when the same one is opened for the same row again; the
 * latter until it is done, or emptied.
 */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include "core/record.h"
#include "tui/input.h"
#include "tui/screen.h"

enum form_type {
	FORM_TEXT,
	FORM_CHOICE, /* one of `choices` */
	FORM_PERSON, /* a CSM by name, "me" or "pool"; completes */
	FORM_WORD,   /* text; what a field of accounts has already can be taken up */
	FORM_DAY,
	FORM_MONEY,
	FORM_NUMBER,
	FORM_NOTE, /* shown, not typed */
};

struct form_line {
	const char *label;
	enum form_type type;
	const char *choices; /* "call|mail|meeting"; of a FORM_WORD the list field */
	const char *help;    /* one sentence, shown below the lines; may be NULL */
	bool required;
};

enum { FORM_LINES = 13, FORM_COLUMNS = 66 /* where the window has room */ };

/* What was typed for a day. */
#define FORM_NO_DAY "\"%.*s\" is no day: write it as 2026-03-31, today, 3d ago, 14d or 2w"

/* Above a line that begins with what a draft has. */
#define FORM_AGAIN "What you typed last time is still here; typing begins anew."

struct form;
struct form_spec {
	const char *title; /* "Log a touch" */
	const char *verb;  /* what Enter on the last line does: "save" */
	const struct form_line *lines;
	int n;
	/* All lines are filled in: do it. On failure the form stays; *line is the one to
	 * blame (-1: none) and e says why. On success it closes. */
	enum status (*done)(
		struct app *a, const struct form *f, int *line, struct err *e);
	/* May be NULL. A question to be answered with yes before it is done; false: it
	 * needs no asking. */
	bool (*ask)(struct app *a, const struct form *f, char *question, size_t size);
};

struct form {
	const struct form_spec *spec;
	struct input value[FORM_LINES];
	int start;          /* the line that is typed into first */
	char subtitle[160]; /* for whom: "Northwind Traders", "12 marked accounts" */
	/* for whoever opened it */
	uint32_t account; /* 0: none, or several */
	bool marked;      /* the marked ones */
	enum record_kind kind;
	int64_t row;
	int field;
	uint64_t about_whom; /* form_draft_begin fills it */
	/* May be NULL. What the lines would be opened with now; false: what the form is
	 * about is gone. With it, a form that comes back from `done` with ST_STALE lets
	 * the person decide line by line whose stays. */
	bool (*now)(struct app *a, const struct form *f, struct input out[FORM_LINES]);
	/* May be NULL. Another choice was made in that line: others may follow it. */
	void (*chosen)(struct form *f, int line);
	/* May be NULL. What should be known before it is done, a sentence; "": nothing.
	 */
	void (*warn)(struct app *a, const struct form *f, char *out, size_t size);
	/* May be NULL. What the form shows and `done` acts on: form_open takes it, and
	 * has it freed when it closes. */
	void *about;
	void (*about_free)(void *about);
	/* what the book had when it was opened; form_open fills it */
	struct input was[FORM_LINES];
};

/* Opens it with these values; the form copies f but takes what it is about, the spec is
 * borrowed for good. */
void form_open(struct app *a, const struct form *f);
struct text form_value(const struct form *f, int line); /* trimmed */
/* A value that is a whole number up to that; false: it is none. */
bool form_whole(const struct form *f, int line, uint32_t most, uint32_t *out);
/* A value of a FORM_DAY as a day; blank: DAY_NONE. */
enum status form_day(struct app *a, const struct form *f, int line, int32_t *out,
	struct err *e) MUST_USE;
/* A value of a FORM_PERSON as the id of a CSM; the pool and blank: 0. */
enum status form_person(struct app *a, const struct form *f, int line, uint32_t *csm,
	struct err *e) MUST_USE;
bool form_changed(const struct form *f, int line); /* from what it was opened with */
void form_forget(struct app *a); /* all that was kept of cancelled forms */

/* ---- form_draft.c: for forms, and lines that are typed into like one ---- */

/* Of a form that has its values and what it is about: what was typed into one like it, on
 * the same row of the same book, when it was cancelled or a run ended; borrowed until the
 * next call of these. NULL: nothing. */
const struct form *form_draft_begin(struct app *a, struct form *f);
/* The two halves of it that know nothing of this run: what about_whom is of a form that
 * is about this, and what an earlier run left of the lines; false: nothing. */
uint64_t form_draft_whom(struct app *a, const struct form *f);
bool form_draft_left(const struct app *a, struct form *f);
/* Whether what it is about can be told from others: else nothing of it is kept, as of
 * very many marked accounts. */
bool form_draft_told(const struct form *f);
/* Whether something was typed into the line that does not stand there now. */
bool form_draft_has(const struct form *draft, int line, const struct input *now);
void form_draft_keep(struct app *a, const struct form *f); /* it was cancelled */
void form_draft_drop(struct app *a, const struct form *f); /* it was done */
/* The program ends, perhaps by no wish of whoever types: it is there in the next run. */
void form_draft_end(struct app *a, const struct form *f);

#endif
