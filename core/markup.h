/*
 * Markup: text of the data inside HTML and SVG. Whatever it holds, it stays text.
 */
#ifndef CORE_MARKUP_H
#define CORE_MARKUP_H

#include "core/out.h"

/* Whether a page may hold the character: no control, no noncharacter, no broken byte. */
bool markup_legal(int32_t code);
/* Markup is escaped, ends of lines and tabs are blanks; what no page may hold becomes
 * U+FFFD. In attributes too. */
void markup_text(struct out *o, struct text t);

#endif
