#include "tui/keys_rows.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int32_t key;
} names[] = {
	{ "Enter", KEY_ENTER_ },
	{ "Esc", KEY_ESC_ },
	{ "Backspace", KEY_BACKSPACE_ },
	{ "Tab", '\t' },
	{ "S-Tab", KEY_BACK_TAB_ },
	{ "Space", ' ' },
	{ "Up", KEY_UP_ },
	{ "Down", KEY_DOWN_ },
	{ "Left", KEY_LEFT_ },
	{ "Right", KEY_RIGHT_ },
	{ "PgUp", KEY_PAGE_UP_ },
	{ "PgDn", KEY_PAGE_DOWN_ },
	{ "Home", KEY_HOME_ },
	{ "End", KEY_END_ },
	{ "Del", KEY_DELETE_ },
	{ "Ins", KEY_INSERT_ },
	{ "F1", KEY_F1_ },
	{ "F2", KEY_F1_ + 1 },
	{ "F3", KEY_F1_ + 2 },
	{ "F4", KEY_F1_ + 3 },
	{ "F5", KEY_F1_ + 4 },
	{ "F6", KEY_F1_ + 5 },
	{ "F7", KEY_F1_ + 6 },
	{ "F8", KEY_F1_ + 7 },
	{ "F9", KEY_F1_ + 8 },
	{ "F10", KEY_F1_ + 9 },
	{ "F11", KEY_F1_ + 10 },
	{ "F12", KEY_F12_ },
};

enum { NAMES = sizeof(names) / sizeof(*names) };

static const struct {
	char letter;
	int32_t bit;
} modifiers[] = { { 'C', KEY_CONTROL_ }, { 'M', KEY_ALT_ }, { 'S', KEY_SHIFTED_ } };

enum { MODIFIERS = KEY_CONTROL_ | KEY_ALT_ | KEY_SHIFTED_ };

static const struct {
	const char *name;
	enum scope around;
} scopes[SCOPE_COUNT] = {
#define SCOPE(id, name, around) [SCOPE_##id] = { name, SCOPE_##around },
#include "tui/keys.def"
};

static const struct binding table[KEYS_SHIPPED] = {
#define KEY(scope, text, action, hint) \
	{ SCOPE_##scope, text, ACT_##action, hint, 0, 0, ACT_NONE },
#include "tui/keys.def"
};

struct keys_rows keys_rows;
static bool listening;

/* ---- names ---------------------------------------------------------------------- */

static bool parse_plain(struct text name, int32_t *out)
{
	for (size_t i = 0; i < NAMES && name.n > 1; i++) {
		if (text_eq(name, text_of(names[i].name))) {
			*out = names[i].key;
			return true;
		}
	}
	return name.n > 0 && text_decode(name, out) == name.n && *out > ' ';
}

bool key_parse(struct text name, int32_t *out)
{
	int32_t bits = 0, key;

	for (size_t i = 0; i < 3 && !parse_plain(name, &key); i++) {
		if (name.n < 3 || name.s[1] != '-' || name.s[0] != modifiers[i].letter)
			continue;
		bits |= modifiers[i].bit;
		name = (struct text){ name.s + 2, name.n - 2 };
	}
	if (!parse_plain(name, &key))
		return false;
	if (key < KEY_FIRST_SPECIAL && (bits & KEY_CONTROL_)) {
		if (key < 'a' || key > 'z')
			return false;
		bits &= ~KEY_CONTROL_;
		key = key - 'a' + 1;
	}
	if (key < KEY_FIRST_SPECIAL && (bits & KEY_SHIFTED_))
		return false;
	*out = key | bits;
	return true;
}

const char *key_text(int32_t key, char out[KEY_TEXT_MAX])
{
	int32_t plain = key & ~MODIFIERS;
	const char *name = NULL;
	char letter[4];
	size_t letters;
	int n = 0;

	for (size_t i = 0; i < NAMES && !name; i++)
		if (names[i].key == plain)
			name = names[i].name;
	if (!name && plain < ' ') {
		key |= KEY_CONTROL_;
		plain += 'a' - 1;
	}
	for (size_t i = 0; i < 3; i++)
		if (key & modifiers[i].bit)
			n += snprintf(out + n, KEY_TEXT_MAX - (size_t)n, "%c-",
				modifiers[i].letter);
	letters = name ? strlen(name) : text_encode(plain, letter);
	snprintf(out + n, KEY_TEXT_MAX - (size_t)n, "%.*s", (int)letters,
		name ? name : letter);
	return out;
}

bool key_is_letter(int32_t key)
{
	return key >= ' ' && key != KEY_BACKSPACE_ && key < KEY_FIRST_SPECIAL;
}

/* ---- the table ------------------------------------------------------------------ */

static enum action find(const struct binding *rows, int n, enum scope scope, int32_t key)
{
	for (; scope != SCOPE_NONE; scope = scopes[scope].around)
		for (int i = 0; i < n; i++)
			if (rows[i].scope == scope && rows[i].key == key)
				return rows[i].action;
	return ACT_NONE;
}

enum status keys_init(struct err *e)
{
	struct keys_rows *r = &keys_rows;

	memcpy(r->shipped, table, sizeof(table));
	for (int i = 0; i < KEYS_SHIPPED; i++) {
		struct binding *b = &r->shipped[i];

		if (!key_parse(text_of(b->text), &b->key))
			return err_set(
				e, ST_INVALID, "%s is not the name of a key", b->text);
	}
	memcpy(r->all, r->shipped, sizeof(r->shipped));
	r->n = KEYS_SHIPPED;
	r->own = 0;
	return ST_OK;
}

enum action keys_find(enum scope scope, int32_t key)
{
	return find(keys_rows.all, keys_rows.n, scope, key);
}

enum action keys_shipped(enum scope scope, int32_t key)
{
	return find(keys_rows.shipped, KEYS_SHIPPED, scope, key);
}

const char *keys_text_beside(enum scope scope, enum action a, int32_t key)
{
	for (enum scope s = scope; s != SCOPE_NONE; s = scopes[s].around)
		for (int i = 0; i < keys_rows.n; i++)
			if (keys_rows.all[i].scope == s && keys_rows.all[i].action == a &&
				keys_rows.all[i].key != key &&
				keys_find(scope, keys_rows.all[i].key) == a)
				return keys_rows.all[i].text;
	return NULL;
}

const char *keys_text(enum scope scope, enum action a)
{
	return keys_text_beside(scope, a, 0);
}

const char *keys_word(enum scope scope, enum action a)
{
	const char *text = keys_text(scope, a);

	return text ? text : action_def(a)->title;
}

enum scope keys_around(enum scope scope)
{
	return scopes[scope].around;
}

const char *keys_scope_name(enum scope scope)
{
	return scopes[scope].name;
}

bool keys_within(enum scope scope, enum scope outer)
{
	while (scope != SCOPE_NONE && scope != outer)
		scope = scopes[scope].around;
	return scope == outer;
}

int keys_bindings(const struct binding **out)
{
	*out = keys_rows.all;
	return keys_rows.n;
}

int keys_table(const struct binding **out)
{
	*out = keys_rows.shipped;
	return KEYS_SHIPPED;
}

int keys_owned(const struct binding **out)
{
	*out = keys_rows.all;
	return keys_rows.own;
}

void keys_listen(bool all)
{
	listening = all;
}

bool keys_used(int32_t key)
{
	for (int i = 0; i < keys_rows.n; i++)
		if (keys_rows.all[i].key == key && keys_rows.all[i].action != ACT_NONE)
			return true;
	return listening;
}

bool keys_typed(enum scope scope, int32_t key)
{
	return keys_within(scope, SCOPE_INPUT) && key_is_letter(key);
}
