/*
 * Set-up that the tests of the rules share: the base of a store as of a day, and books
 * over a store in memory. Days are texts, YYYY-MM-DD. A failure fails the test.
 */
#ifndef TESTS_SUPPORT_RULES_H
#define TESTS_SUPPORT_RULES_H

#include "core/book_revenue.h"
#include "core/book_trend.h"

/* The base of the first part; base_clear it, also on failure. */
enum status rules_base_try(struct store *s, const struct policy *p, const char *as_of,
	struct base *out, struct err *e) MUST_USE;
struct base rules_base(struct store *s, const struct policy *p, const char *as_of);

/* That of one account "A" of these fields ("arr=5|csm=Ann") and of rows of another kind
 * (NULL: none), in a store that is gone by then. */
struct base rules_base_of(const struct policy *p, const char *as_of, const char *fields,
	enum record_kind kind, const char *rows);

/* A book over the store, which it takes. Its instants are all the same. */
struct book *rules_book(struct store *s, const char *as_of, const char *me);
/* The same book on another day. */
void rules_day(struct book *b, const char *as_of);
/* It has none, not even the shipped ones. */
void rules_without_plays(struct book *b);

/* The accounts from the first on are in these tiers, "3321", since a day (NULL: nobody
 * knows) and by a review of another one, the base being as large as that. */
void rules_tiers(struct store *s, const char *tiers, const char *since,
	const char *review_day, uint32_t active);

/* A snapshot of the first n accounts of which health alone is told, nobody in a tier. */
void rules_healths(struct store *s, const char *day, const uint8_t *health, uint32_t n);

/* The trend to its last step; book_trend_free it. */
struct book_trend *rules_trend(struct book *b, const struct trend_query *q);

/* The revenue between two days, of all accounts; book_revenue_free it. */
struct book_revenue *rules_revenue(
	struct book *b, const char *from, const char *to, enum revenue_by by);

/* Bit for bit. */
void rules_same_number(double a, double b);

/* 0 .. sides - 1; the same seed gives the same throws. */
uint32_t rules_throw(uint64_t *seed, uint32_t sides);

#endif
