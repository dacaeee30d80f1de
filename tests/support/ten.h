/* Ten active accounts, of which health is known of four: tier 1 has one place, tier 2
 * three. */
#ifndef TESTS_SUPPORT_TEN_H
#define TESTS_SUPPORT_TEN_H

#include "core/book.h"

#define TEN_DAY "2026-03-31"

/* A01 .. A10 with an ARR of 10k .. 100k and complexity as much; health is known of
 * A01 .. A04 only. A11 has churned, A12 begins tomorrow. */
struct store *ten_accounts(void);
struct book *ten_book(void); /* over them, of Dana */
struct book_summary ten_summary(struct book *b);

#endif
