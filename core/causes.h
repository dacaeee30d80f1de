/*
 * The root causes of tickets, ranked: what comes again and again is to be mended once. Of
 * the last days against as many before them: how many tickets each cause has, of how many
 * accounts, and how many of them an account had opened for the same cause before.
 */
#ifndef CORE_CAUSES_H
#define CORE_CAUSES_H

#include "core/book.h"

struct cause_row {
	struct text name;  /* in the arena of the causes */
	uint32_t tickets;  /* of the last days */
	uint32_t before;   /* of as many days before */
	uint32_t accounts; /* that have those of the last days */
	uint32_t repeated; /* of tickets: the account had one of this cause in both spans
			    */
};

struct causes {
	int32_t as_of, days;
	struct cause_row
		*row; /* most tickets first, then most before, then by name; owned */
	uint32_t n;
	uint32_t tickets, before; /* of all causes, and of none */
	uint32_t repeated;
	uint32_t nameless; /* of the last days, without a cause */
	uint32_t gone;     /* causes of the days before that did not come again */
	struct arena names;
};

/* days 1 or more. Clear it in any case. */
enum status causes_of(
	struct book *b, int32_t days, struct causes *out, struct err *e) MUST_USE;
void causes_clear(struct causes *c);

#endif
