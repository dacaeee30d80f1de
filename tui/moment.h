/* Moments: instants of histories as times of day where the program runs. */
#ifndef TUI_MOMENT_H
#define TUI_MOMENT_H

#include <stdint.h>

#define MOMENT_MAX 32

/* "14:02" on the day of now, else "2026-03-31 14:02"; at 0, not known: "". */
char *moment_words(int64_t at, int64_t now, char out[MOMENT_MAX]);

#endif
