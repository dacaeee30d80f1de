/* Confirm: one question to be answered with yes or no, on top of everything. */
#ifndef TUI_CONFIRM_H
#define TUI_CONFIRM_H

struct app;

/* Asks; yes is called after the question is gone. A letter that is no answer is none; all
 * else but the key for yes, or a click on it, means no. The text is copied. */
void confirm_open(struct app *a, const char *question, void (*yes)(struct app *a));

#endif
