/*
 * A book in which every text of every record is hostile: account i, its owner and all its
 * rows have the text number i (see hostile.h) after their number. Its twin has in the
 * same places plain texts of the same widths.
 */
#ifndef TESTS_SUPPORT_HOSTILE_BOOK_H
#define TESTS_SUPPORT_HOSTILE_BOOK_H

#include "core/book.h"

/* As of 2026-03-31, recalculated, reviewed or not, in a fake store. */
struct book *hostile_book(bool twin, bool reviewed);

#endif
