/*
 * Keys: their names as people write them, and which action they mean where. The table
 * is keys.def; no other place of the program names a key.
 *
 * A key is a Unicode character, a control character or one of enum key_special.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/text.h"
#include "tui/actions.h"

enum key_special {
	KEY_ENTER_ = 0x0d,
	KEY_ESC_ = 0x1b,
	KEY_BACKSPACE_ = 0x7f,
	KEY_FIRST_SPECIAL = 0x200000, /* above every character */
	KEY_UP_ = KEY_FIRST_SPECIAL,
	KEY_DOWN_,
	KEY_LEFT_,
	KEY_RIGHT_,
	KEY_PAGE_UP_,
	KEY_PAGE_DOWN_,
	KEY_HOME_,
	KEY_END_,
	KEY_DELETE_,
	KEY_BACK_TAB_,
};

enum scope {
#define SCOPE(id, name, around) SCOPE_##id,
#include "tui/keys.def"
	SCOPE_COUNT
};

struct binding {
	enum scope scope;
	const char *text; /* "C-z", "Enter", "/" */
	enum action action;
	int hint;
	int32_t key;
};

/* "a", "Enter", "C-z", "PgUp" ...; false: no such key. */
bool key_parse(struct text name, int32_t *out);

/* Parses the table; call once before anything else. A key that stands twice in a
 * scope, or is no key, is ST_INVALID. */
enum status keys_init(struct err *e) MUST_USE;

enum action keys_find(enum scope scope, int32_t key); /* ACT_NONE: means nothing */
/* Name of the first key that does the action in the scope; NULL: none does. */
const char *keys_text(enum scope scope, enum action a);

enum scope keys_around(enum scope scope);
/* The table, for help, hints and tests; returns the number of rows. */
int keys_bindings(const struct binding **out);

#endif
