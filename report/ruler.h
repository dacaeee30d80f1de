/*
 * Ruler: how wide a text will be, without asking any font, so that a page is the same on
 * every machine. The widths are those of Helvetica, and of Arial and Liberation Sans,
 * which are as wide. Where a page is shown in a wider font, its texts are pressed into
 * the boxes they were given (svg.c, paint_cairo.c): they never touch each other.
 */
#ifndef REPORT_RULER_H
#define REPORT_RULER_H

#include <stdbool.h>

#include "core/text.h"

/* In the unit of size, the height of a line of type. */
double ruler_width(struct text t, double size, bool bold);
/* Bytes of the longest beginning of whole characters that fits. */
size_t ruler_fit(struct text t, double size, bool bold, double width);
/* The first line of *rest, at least a character, broken at a blank where there is one;
 * *rest goes on behind it and is empty at the end. */
struct text ruler_line(struct text *rest, double size, bool bold, double width);
/* How many lines it takes. */
int ruler_lines(struct text t, double size, bool bold, double width);
/* Without breaking a word. */
double ruler_longest_word(struct text t, double size, bool bold);

#endif
