/* Find: words typed on the lower edge of a box, for what in it has them.
 *
 * A screen that is searched so has a struct find as the first member of its state and
 * find_input as its own. */
#ifndef TUI_FIND_H
#define TUI_FIND_H

#include "tui/canvas.h"
#include "tui/input.h"

struct app;

struct find {
	struct input words;
	bool typing;
};

/* False: it is none of its. *changed: the words are others. */
bool find_act(struct find *f, enum action action, bool *changed);
void find_paint(const struct find *f, struct canvas *c, struct rect box);

/* ---- for struct screen_ops ---- */
struct input *find_input(struct app *a, void *state);

#endif
