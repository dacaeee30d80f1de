/*
 * The filter line: the filter of the view while it is typed, with suggestions above it.
 * The list follows each letter; Esc gives back what was there before.
 */
#ifndef TUI_FILTER_LINE_H
#define TUI_FILTER_LINE_H

#include "tui/suggest.h"

struct filter_line {
	bool open;
	struct suggest suggest;
	/* for when it is cancelled */
	struct input before;
	uint32_t focus;
};

void filter_line_open(struct app *a);
void filter_line_act(struct app *a, enum action action);
void filter_line_typed(struct app *a); /* the text changed */
/* The word that makes no sense stands out. */
void filter_line_paint(struct app *a, struct canvas *c, int row);

#endif
