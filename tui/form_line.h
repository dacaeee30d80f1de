/* What a line of a form makes of the letters typed into it: choices, days, people. */
#ifndef TUI_FORM_LINE_H
#define TUI_FORM_LINE_H

#include "core/day.h"
#include "tui/people.h"

/* The choice that begins with these letters, from `from` on and around; -1: none. */
int form_choice_typed(const char *choices, int from, struct text letters);

/* "2026-03-31", "today", "tomorrow", "yesterday", spans ahead "14d" "2w" "3m" "1y", back
 * "-14d" or "14d ago"; 31.3.2026, and 3/31/2026 where it is no other day as well; false:
 * none of these. */
bool form_day_parse(struct text t, int32_t as_of, int32_t *out);
/* A day such as 3/4/2026, which is one of two. */
bool form_day_either(struct text t, int32_t *dmy, int32_t *mdy);
/* "Tue 2026-03-31, in 14 d". */
char *form_day_words(int32_t day, int32_t as_of, char *out, size_t size);

/* Whom the letters mean, the best first; returns how many of at most max. "me" is the
 * CSM of that name. */
int form_people(const struct people *p, const char *me, struct text typed,
	const struct person **out, int max);
struct text form_person_word(const struct person *x); /* what stands in the line */

/* An error without the name that the field has in files: the line says which it is. */
void form_unnamed(struct err *e, const struct field *f);

#endif
