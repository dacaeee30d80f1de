/* The names of the sections of an account in a line above its page, where there is room;
 * a click on one leads there. */
#ifndef TUI_ACCOUNT_STRIP_H
#define TUI_ACCOUNT_STRIP_H

#include "tui/account_page.h"

struct account_strip {
	bool shown;
	struct {
		int from, to; /* columns */
	} tab[ACCOUNT_SECTIONS];
};

/* Returns the rows that it takes of the body. */
int account_strip_layout(struct account_strip *s, struct rect body);
/* here: the section of the cursor; -1: none. */
void account_strip_paint(struct account_strip *s, struct canvas *c, int row, int here);
/* The section whose name stands there; -1: none. */
int account_strip_at(const struct account_strip *s, int column);

#endif
