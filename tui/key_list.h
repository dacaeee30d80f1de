/* Key list: every action and where it can be done, with the key that does it there and
 * the one that usually does; what the keys screen shows. */
#ifndef TUI_KEY_LIST_H
#define TUI_KEY_LIST_H

#include "tui/screen.h"

/* One key of an action in a scope. An action has a row for each of its keys, and one
 * without a key where it has none. */
struct key_row {
	enum scope scope;
	enum action action; /* ACT_NONE: the key is kept from what it does around */
	int32_t key, usual; /* 0: none */
};

struct key_list {
	struct key_row *row; /* owned */
	int n;
};

/* As the keys are now: in the order of the table, after each place what else a person
 * has keys for there. */
void key_list_make(struct key_list *l);
void key_list_clear(struct key_list *l);

#endif
