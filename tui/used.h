/*
 * Used: the words that a field has in the book already, for who types one into a line:
 * which the letters mean, how many accounts have it, and what completes it. What stands
 * behind the last ";" is the word; another one may be typed all the same.
 */
#ifndef TUI_USED_H
#define TUI_USED_H

#include "core/complete.h"
#include "tui/input.h"
#include "tui/keys.h"

struct app;

struct used {
	struct arena arena; /* owns the words */
	bool known;
	enum list_field field;
	struct field_value *value; /* the most frequent first */
	uint32_t n;
};

/* Those of the field; nothing is read where they are known. All of it zero: none. */
void used_load(struct used *u, struct app *a, enum list_field field);
void used_clear(struct used *u);
/* The cursor is at the end and the letters mean a word: they become it. */
bool used_complete(const struct used *u, struct input *in);
/* Beside the line: what would complete it and by which key of the scope, or how many
 * accounts have it; "": nothing. */
void used_beside(const struct used *u, const struct input *in, enum scope scope,
	char *out, size_t size);
/* Below it: " In the book: EMEA, LATAM.", as far as there is room; "": no word is. */
void used_below(const struct used *u, char *out, size_t size);

#endif
