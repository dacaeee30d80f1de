/*
 * Choices: the words that a value may be, in one text: "keep|replace".
 */
#ifndef CORE_CHOICES_H
#define CORE_CHOICES_H

#include "core/text.h"

/* The next word, of which there is at least a letter; *rest goes on behind it. n is 0
 * when there is none. */
struct text choices_next(const char **rest);
/* The i-th of them; NULL and 0 past the last. */
struct text choices_at(const char *choices, int i);
/* Which of them it is, as text_ieq compares; -1: none. */
int choices_find(const char *choices, struct text word);

#endif
