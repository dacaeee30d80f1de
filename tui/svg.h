/* Svg: a canvas as a picture for documents, in the colours of a theme. */
#ifndef TUI_SVG_H
#define TUI_SVG_H

#include <stdio.h>

#include "tui/canvas.h"

/* On a dark background with THEME_DARK, else on a light one. Failures stay in `to`. */
void svg_write(FILE *to, const struct canvas *c, enum theme theme, const char *title);

#endif
