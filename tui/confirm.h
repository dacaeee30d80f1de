/* Confirm: one question to be answered with yes or no, on top of everything. */
#ifndef TUI_CONFIRM_H
#define TUI_CONFIRM_H

#include <stdint.h>

#include "tui/actions.h"

struct app;

/* Asks; yes is called after the question is gone. A letter that is no answer is none; all
 * else but the key for yes, or a click on it, means no. The text is copied. */
void confirm_open(struct app *a, const char *question, void (*yes)(struct app *a));

/* What a key means while it stands; ACT_NONE: nothing. A letter that is no answer shows
 * that somebody types without looking: none is an answer after it until the question was
 * asked again. */
enum action confirm_key(struct app *a, int32_t key);

#endif
