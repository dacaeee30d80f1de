/* The keys that lead from the first screen of a book to every screen and popup there is.
 * The host has a file accounts.csv. */
#ifndef TESTS_SUPPORT_EVERYWHERE_H
#define TESTS_SUPPORT_EVERYWHERE_H

extern const char *const everywhere[]; /* ends with NULL */
/* Of a book that was never reviewed: to what only there is anything in. */
extern const char *const everywhere_untiered[];

#endif
