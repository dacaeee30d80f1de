/*
 * Somebody at the console, at 80x24, who has read README.md and nothing else, in the book
 * of a demo; what the verbs say of it is beside it.
 */
#ifndef TESTS_SUPPORT_NEWCOMER_H
#define TESTS_SUPPORT_NEWCOMER_H

#include "tests/support/person.h"
#include "tests/support/told.h"

enum { NEWCOMER_FIRST_ROW = 3, NEWCOMER_LAST_ROW = 21 }; /* of a list */

/* Setup and teardown of a group: the book, and the README. */
int newcomer_setup(void **state);
int newcomer_teardown(void **state);
extern struct told newcomer_book;

/* As README.md says it, on a fixed day. What the console keeps of one person is not
 * there for the next. Who is none of the people of the book finds nothing else to choose.
 */
void newcomer_begins(struct person *d, const char *name);
/* Text of a row from a column on, so many columns of it, without blanks around. */
const char *newcomer_part(
	struct person *d, int row, int column, int columns, char out[4096]);
/* The table has that account in this row; a long name is cut off with an ellipsis. */
void newcomer_row_is(struct person *d, int row, const struct account *a);
/* The header that stands out: the column under the cursor. */
const char *newcomer_column(struct person *d, int *at, char out[4096]);
#endif
