/*
 * Who serves whom: a CSM may serve some regions, segments and languages alone, and an
 * account asks for its own.
 */
#ifndef CORE_SERVING_H
#define CORE_SERVING_H

#include "core/book_internal.h"

enum serving_limit { SERVING_REGION, SERVING_SEGMENT, SERVING_LANGUAGE, SERVING_LIMITS };

/* Limits are told as bits by it. */

/* What decides who serves an account: there are few combinations of it. */
struct serving_as {
	uint32_t number[SERVING_LIMITS]; /* of the text; TEXTS_NONE: any will do */
};

/* The text of accounts that a limit is of. */
enum account_text serving_text(enum serving_limit limit);
/* Those that a CSM has, by its row. */
unsigned serving_limits(const struct cell *csm);
/* Bits of the texts of some limits, which what follows needs (book_need_texts). */
uint32_t serving_texts(unsigned limits);
/* An account (id - 1), by some limits. */
struct serving_as serving_of(const struct book *b, uint32_t i, unsigned limits);
/* Those by which a CSM does not serve accounts like that; 0: it does. */
unsigned serving_lacks(
	const struct book *b, const struct serving_as *as, const struct cell *csm);

#endif
