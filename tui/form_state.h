/* Form, inside: its state, shared by what acts on it and what paints it. */
#ifndef TUI_FORM_STATE_H
#define TUI_FORM_STATE_H

#include "tui/app.h"
#include "tui/form.h"
#include "tui/people.h"
#include "tui/used.h"

enum { FORM_PEOPLE = 4 };

struct form_state {
	struct form form;
	struct people people; /* loaded when there is a FORM_PERSON */
	struct used used;     /* of the line being filled in, when it is a FORM_WORD */
	int at;               /* the line being filled in */
	int top;              /* the first one shown */
	struct input letters; /* typed on a line of choices, or of people before one of
				 the list was gone to */
	int blame;            /* the line that is wrong; -1: none */
	char problem[ERR_TEXT_MAX];
	bool again;                  /* begins with what was typed last time */
	unsigned serial;             /* of form_open */
	struct rect box, lines, who; /* who: of the people, rows 0 without a list */
	int label_columns, verb_at;
};

/* Does what the form is for. The form may be gone or another one afterwards. */
void form_do(struct app *a);
/* Somebody else changed what was to be saved: asks whose is to stay, and then does it.
 * False: they changed nothing that was typed here. */
bool form_conflict(struct app *a, struct form_state *s);

void form_layout(struct form_state *s, struct rect body);
void form_paint(struct app *a, struct form_state *s, struct canvas *c);
/* The choice at that column of the line; -1: none is there. */
int form_choice_at(const struct form_state *s, int line, int column);

/* form_choices.c: lines on which one of a few words is chosen. */
void form_choices_take(struct form_state *s, int line, int choice);
/* What was typed on the line being filled in, and keys there. */
void form_choices_typed(struct app *a, struct form_state *s);
void form_choices_act(struct form_state *s, enum action action);

/* form_who.c: people, listed below the lines of a form that has few. */
int form_who_line(const struct form_state *s); /* the one they are for; -1: none */
void form_who_load(struct app *a, struct form_state *s);
int form_who_rows(const struct form_state *s); /* that the list asks for */
void form_who_paint(const struct app *a, const struct form_state *s, struct canvas *c);
/* Moving goes through those that are listed and puts the name into the line; false: there
 * is nobody further that way, or no list. */
bool form_who_act(const struct app *a, struct form_state *s, enum action action);
/* Who is listed on that row of the screen; NULL: nobody. */
const struct person *form_who_at(
	const struct app *a, const struct form_state *s, int row);
/* What the letters of the line come to, others only as far as there is room; false: to
 * nobody. */
bool form_who_beside(const struct app *a, const struct form_state *s, int line, int room,
	char *out, size_t size);

#endif
