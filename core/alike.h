/* The word that somebody who typed another one may have meant. */
#ifndef CORE_ALIKE_H
#define CORE_ALIKE_H

#include "core/text.h"

struct alike {
	struct text typed;
	const char
		*word; /* the nearest so far, the first of equals; NULL: none is near */
	int distance;
};

void alike_begin(struct alike *a, struct text typed);
/* The word is borrowed. Near is what one slip makes of it (a letter left out, added,
 * taken for another, or two that changed places), of six letters and more two slips, and
 * a word that was begun with three letters or more, with six and more also with a slip.
 * Case does not count. */
void alike_try(struct alike *a, const char *word);

#endif
