/* New key: asks for the next key, whatever it means elsewhere, and gives it to an action.
 */
#ifndef TUI_NEW_KEY_H
#define TUI_NEW_KEY_H

#include "tui/key_change.h"

/* Copied. The screen below is told of it as of other changes of the data. */
void new_key_ask(struct app *a, const struct key_wish *w);

#endif
