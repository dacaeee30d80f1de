/*
 * Keys: their names as people write them, and which action they mean where. The table
 * is keys.def, over which a person may lay keys of their own; no other place of the
 * program names a key.
 *
 * A key is a Unicode character, a control character or one of enum key_special; with
 * Alt, and for special keys with Shift and Control, those of enum key_modifier are added.
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
	KEY_UNREADABLE_ = 0xfffd,     /* a letter that came as no UTF-8 */
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
	KEY_INSERT_,
	KEY_BACK_TAB_,
	KEY_F1_,
	KEY_F12_ = KEY_F1_ + 11,
};

enum key_modifier {
	KEY_SHIFTED_ = 0x400000,
	KEY_ALT_ = 0x800000,
	KEY_CONTROL_ = 0x1000000,
};

enum scope {
#define SCOPE(id, name, around) SCOPE_##id,
#include "tui/keys.def"
	SCOPE_COUNT
};

#define KEY_TEXT_MAX 24

struct binding {
	enum scope scope;
	char text[KEY_TEXT_MAX]; /* "C-z", "Enter", "/" */
	enum action action;
	int hint;
	int32_t key;
	/* Of a person's: the line of the settings file that has the key, 0: none, and
	 * what it says. Where it says something else than action, that holds until the
	 * end. */
	int line;
	enum action said;
};

/* Where keys that were chosen on the screen are kept, as "book.t = action"; the longest
 * such place. */
#define KEYS_SECTION "keys"
enum { KEYS_PLACE_MAX = 64 };
/* "a", "Enter", "C-z", "M-x", "S-Up", "F5" ...; false: no such key. */
bool key_parse(struct text name, int32_t *out);
/* The name of a key as it is shown. */
const char *key_text(int32_t key, char out[KEY_TEXT_MAX]);
/* Whether it is typed where a text is. */
bool key_is_letter(int32_t key);

/* Parses the table; call before anything else, and to forget a person's keys. What is no
 * key is ST_INVALID. */
enum status keys_init(struct err *e) MUST_USE;

/* ---- a person's keys ---- */

/* Lays a key over the table: "book.t" does the action of that name, or nothing ("none").
 * line: where it stands in the settings file, from 1; 0: it was chosen on the screen, and
 * what the file says of the place comes before it. On failure e says which name is not
 * known or who has the key already; the table is as before. */
enum status keys_own(
	struct text place, struct text action, int line, struct err *e) MUST_USE;
/* As it is written there. */
const char *keys_action_name(enum action a);
/* What was chosen on the screen for such a place; ACT_COUNT: nothing. */
enum action keys_chosen(struct text place);
/* When all are laid: takes back one that leaves an action without a key that can't be
 * done without (quit, back, commands, and what the palette does not have), and says so;
 * line 0: it was chosen. False: there is none, or none any more. */
bool keys_take_back(int *line, struct err *e);
/* The person's row for the key in this very scope; NULL: none. Borrowed until a change.
 */
const struct binding *keys_own_at(enum scope scope, int32_t key);

/* What a key is to do in this very scope from now on, ACT_NONE: nothing. */
struct key_change {
	enum scope scope;
	int32_t key;
	enum action action;
};
/* Makes all of them, or none. keep false: only whether they could be made. ST_INVALID
 * where an action that can't be done without would have no key somewhere. */
enum status keys_change(
	const struct key_change *c, int n, bool keep, struct err *e) MUST_USE;

/* Whether the key means something anywhere; while somebody listens to all: any does. */
bool keys_used(int32_t key);
void keys_listen(bool all);
/* Whether the key is a letter that is typed in the scope, and can't do anything else. */
bool keys_typed(enum scope scope, int32_t key);

/* ---- looking up ---- */

enum action keys_find(enum scope scope, int32_t key); /* ACT_NONE: means nothing */
/* The same without a person's keys. */
enum action keys_shipped(enum scope scope, int32_t key);
/* The same of this very scope, whatever is around it. */
enum action keys_usual(enum scope scope, int32_t key);
/* Name of the first key that does the action in the scope; NULL: none does. Borrowed
 * until a change. */
const char *keys_text(enum scope scope, enum action a);
/* The same of the other keys than this one. */
const char *keys_text_beside(enum scope scope, enum action a, int32_t key);
/* The same in a sentence: the title of the action where a person took its keys away. */
const char *keys_word(enum scope scope, enum action a);

enum scope keys_around(enum scope scope);
const char *keys_scope_name(enum scope scope); /* as settings files write it */
/* Whether a key that `scope` does not have is looked up in `outer`, or it is that. */
bool keys_within(enum scope scope, enum scope outer);
/* All rows, a person's first, for help, hints and tests; returns their number. */
int keys_bindings(const struct binding **out);
/* The program's own, whatever lies over them. */
int keys_table(const struct binding **out);
/* A person's. */
int keys_owned(const struct binding **out);

#endif
