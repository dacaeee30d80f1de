/*
 * Random walks of changes by hand, imports, reviews and policies, and undo and redo:
 * after every step back or forth the book has to be, row by row and id by id, what it was
 * there before.
 */
#ifndef TESTS_SUPPORT_WALKING_H
#define TESTS_SUPPORT_WALKING_H

#include "core/book.h"

/* Rows of several kinds, to be changed. */
void walking_fill(struct store *s);
/* FNV-1a over all rows with their ids, the tiers and the policy. */
uint64_t walking_digest(struct store *s);
/* The same without alerts and what follows from them: recalculations make those. */
uint64_t walking_entered(struct store *s);
/* One walk of so many steps, and then all the way back and forth. Fails the test where
 * a state is not what it was. Returns how many changes were made. */
int walking_walk(struct book *b, uint64_t *seed, int steps);

#endif
