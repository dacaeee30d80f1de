/*
 * Me: who the person at the keyboard is in this book. It is the name that the program was
 * started with, unless the person chose another one of the book's people: the choice is
 * kept for the book, and --actor or $TIERDESK_ACTOR come before it. The verbs know it by
 * the same place.
 */
#ifndef TUI_ME_H
#define TUI_ME_H

#include "core/book.h"

struct app;
struct kept;
struct person;

enum me {
	ME_STRANGER, /* nobody of the book */
	ME_CSM,      /* a day begins with the own accounts */
	ME_LEAD,     /* of a team or of all: the first one begins with everybody's */
};

/* Whom the person chose to be in the book of that path, as long as the book knows the
 * name: then it is book_me from here on. */
enum status me_take_up(
	struct book *b, const char *path, const struct kept *k, struct err *e) MUST_USE;
/* The same at the start of the console, before anything else is asked of the book. */
enum me me_begin(struct app *a);
enum me me_now(struct app *a); /* whoever is at the keyboard */
/* From here on, and on Today; NULL: none of the people of the book. */
void me_choose(struct app *a, const struct person *x);
/* Tells a stranger how to say who it is, where there is somebody to be and it has not
 * said that it is none of them. */
void me_offer(struct app *a);

enum { ME_TEXT_MAX = 300 };
/* That nobody here has the name, and the key that says who one is. */
const char *me_unknown(const struct app *a, char text[ME_TEXT_MAX]);

#endif
