/* Reach: which actions can be done from which screen, and how; or why not. */
#ifndef TUI_REACH_H
#define TUI_REACH_H

#include "tui/screen.h"

/* The screen (no popup) that has a key of its own for the action while this one has none;
 * SCREEN_COUNT: it is not bound to one, and the palette may run it here. */
enum screen_id reach_elsewhere(enum screen_id here, enum action action);

/* Why the action can't be done on the screen below the popups; NULL: it can. May be
 * written into text. */
enum { REACH_MAX = 96 };
const char *reach_reason(struct app *a, enum action action, char text[REACH_MAX]);
/* Closes the popup that names the action and does it, or says why it can't be done. */
void reach_run(struct app *a, enum action action);

/* One cell of the table of screens and actions: "key t" where a key does it, "palette"
 * where the palette runs it, "only on Account" where it can't be done; never NULL, and
 * borrowed until the next call. HIDDEN actions without a key: "". */
const char *action_reach(enum screen_id here, enum action action);

#endif
