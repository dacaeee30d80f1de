/* Ten accounts that go from day to day: tier 1 has one place, tier 2 three. What happens,
 * happens at midnight of its day. */
#ifndef TESTS_SUPPORT_DAYS_H
#define TESTS_SUPPORT_DAYS_H

#include "core/book.h"

/* A01 .. A10 with an ARR of 10k .. 100k and complexity as much, each with usage and
 * satisfaction that speak against each other; of Dana. */
struct book *days_book(const char *day);
void days_go_to(struct book *b, const char *day);
/* Each on that day, to which they go. */
void days_recalc(struct book *b, const char *day);
uint32_t days_review(struct book *b, const char *day); /* applied; its moves */
void days_policy(struct book *b, const char *day, const char *text);
/* The tiers of A01 .. A10, '-' without any. */
void days_tiers_are(struct book *b, const char *wanted);

#endif
