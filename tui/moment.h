/* Moments: instants of histories as times of day where the program runs. */
#ifndef TUI_MOMENT_H
#define TUI_MOMENT_H

#include "core/book.h"

#define MOMENT_MAX 32

/* UTC seconds: "14:02" on the day of the book's now, else "2026-03-31 14:02"; at 0, not
 * known: "". */
char *moment_words(const struct book *b, int64_t at, char out[MOMENT_MAX]);

#endif
