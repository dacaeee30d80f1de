/* Key change: another key for an action, at once and from then on. What was chosen is
 * kept as options are (tui/kept.h): the settings file comes before it, and is never
 * written. */
#ifndef TUI_KEY_CHANGE_H
#define TUI_KEY_CHANGE_H

#include "tui/key_list.h"

struct app;

struct key_wish {
	struct key_row row;
	bool further; /* beside the row's own key, not in its place */
};

/* What to say of the key before it is taken: ST_OK: nothing; ST_DUPLICATE: it does
 * something else there, which may be taken from it; ST_INVALID: why it can't be. */
enum status key_change_check(
	const struct key_wish *w, int32_t key, struct err *e) MUST_USE;
/* These do it and say so, or why not. */
void key_change_take(struct app *a, const struct key_wish *w, int32_t key);
void key_change_remove(struct app *a, const struct key_row *r);
void key_change_usual(struct app *a, const struct key_row *r);
/* Whether the last has something to do. */
bool key_change_can_be_usual(const struct app *a, const struct key_row *r);

/* What is odd about the key of the row: who chose it, what it did before, and where
 * another one comes before it; "": nothing. */
void key_change_note(
	const struct app *a, const struct key_row *r, char *out, size_t size);

#endif
