/* Books for audits, and what one check finds in them. */
#ifndef TESTS_SUPPORT_AUDITING_H
#define TESTS_SUPPORT_AUDITING_H

#include "core/book.h"

#define AUDITING_DAY "2026-03-31"

/* list: the findings of the check, "2: 3,4; " for each; "": it has none. Returns what
 * they say, until the next call. */
const char *auditing_finds(struct book *b, const char *check, const char *list);

/* Accounts A001 ... with an ARR of 1, 2 ..., the last `first` in tier 1, `second` before
 * them in tier 2, the rest in tier 3. */
struct book *auditing_book(uint32_t n, uint32_t first, uint32_t second);
void auditing_policy(struct book *b, const char *text);
void auditing_recalc(struct book *b, const char *day);
/* Account i answers or is used on a day; then one component is enough for a health. */
void auditing_signal(
	struct book *b, uint32_t i, const char *day, const char *kind, int v);

#endif
