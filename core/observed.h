/*
 * Which of the past a book has observed. Contracts and movements that came with an import
 * reach back for years, but a list of today's customers knows nobody who left: what was
 * kept of the revenue of those years is 100 % by itself. So a period counts as observed
 * where the book was kept from its opening on, that is, has a snapshot by then, or where
 * somebody who left before the first snapshot is on record (RULES.md, revenue).
 */
#ifndef CORE_OBSERVED_H
#define CORE_OBSERVED_H

#include "core/part.h"
#include "core/store.h"

struct observed {
	int32_t since;   /* day of the first snapshot; DAY_NONE: there is none */
	bool left;       /* somebody who left is on record */
	int32_t left_on; /* the first day of that; DAY_NONE: nobody says when */
};

/* Begins one, with nobody on record yet. */
enum status observed_begin(
	struct store *s, int32_t as_of, struct observed *out, struct err *e) MUST_USE;
/* Notes those of a part, read for as_of, who left by then: by their status, a movement,
 * or a contract that ended with nothing after it. arr: on that day, as from trend_arr. */
void observed_add(
	struct observed *o, const struct part *p, const int64_t *arr, int32_t as_of);

/* Whether what became of those who were there on a day is observed. */
bool observed_from(const struct observed *o, int32_t opening);

/* "the book has been kept since 2026-12-01, and of those who left before, none is on
 * record": of a period that ends on the day and isn't. Returns out. */
#define OBSERVED_TEXT_MAX 160
char *observed_text(const struct observed *o, int32_t to, char out[OBSERVED_TEXT_MAX]);

#endif
