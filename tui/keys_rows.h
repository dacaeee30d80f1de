/* The rows of all keys; only keys.c and keys_own.c include this. */
#ifndef TUI_KEYS_ROWS_H
#define TUI_KEYS_ROWS_H

#include "tui/keys.h"

enum {
	KEYS_SHIPPED = 0
#define KEY(scope, text, action, hint) +1
#include "tui/keys.def"
	,
	KEYS_OWN = 512
};
_Static_assert((int)KEYS_SHIPPED <= (int)KEYS_OWN, "a file may name every key");

struct keys_rows {
	struct binding shipped[KEYS_SHIPPED];        /* the table */
	struct binding all[KEYS_OWN + KEYS_SHIPPED]; /* with a person's before it */
	int n, own; /* of all; how many of them are own */
};
extern struct keys_rows keys_rows;

#endif
