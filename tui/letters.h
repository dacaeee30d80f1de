/*
 * Letters: how well what a person types names something that has a name, capitals and
 * accents or not.
 */
#ifndef TUI_LETTERS_H
#define TUI_LETTERS_H

#include "core/text.h"

enum {
	LETTERS_NO,
	LETTERS_SOME, /* they are in it one after the other; up to 1000, the fewer lie
			 between them */
	LETTERS_INSIDE = 2000,   /* they are in it together */
	LETTERS_INITIALS = 2500, /* they begin words of it that follow each other */
	LETTERS_WORD = 3000,     /* they begin a word of it */
	LETTERS_BEGINNING = 4000,
	LETTERS_WHOLE = 5000
};

struct letters {
	char s[512];
	size_t n;
};

void letters_init(struct letters *l, struct text typed);
/* One of these. No letters begin every name. */
int letters_rank(const struct letters *l, struct text name);

#endif
