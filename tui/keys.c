#include "tui/keys.h"

#include <stddef.h>

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
};

static const enum scope around[SCOPE_COUNT] = {
#define SCOPE(id, name, around) [SCOPE_##id] = SCOPE_##around,
#include "tui/keys.def"
};

static struct binding bindings[] = {
#define KEY(scope, text, action, hint) { SCOPE_##scope, text, ACT_##action, hint, 0 },
#include "tui/keys.def"
};

enum { BINDINGS = sizeof(bindings) / sizeof(*bindings) };

bool key_parse(struct text name, int32_t *out)
{
	int32_t code;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (text_eq(name, text_of(names[i].name))) {
			*out = names[i].key;
			return true;
		}
	}
	if (name.n == 3 && name.s[0] == 'C' && name.s[1] == '-' && name.s[2] >= 'a' &&
		name.s[2] <= 'z') {
		*out = name.s[2] - 'a' + 1;
		return true;
	}
	if (name.n == 0 || text_decode(name, &code) != name.n || code <= ' ')
		return false;
	*out = code;
	return true;
}

enum status keys_init(struct err *e)
{
	for (int i = 0; i < BINDINGS; i++) {
		struct binding *b = &bindings[i];

		if (!key_parse(text_of(b->text), &b->key))
			return err_set(
				e, ST_INVALID, "%s is not the name of a key", b->text);
		for (int j = 0; j < i; j++)
			if (bindings[j].scope == b->scope && bindings[j].key == b->key)
				return err_set(e, ST_INVALID,
					"the key %s stands twice in one scope", b->text);
	}
	return ST_OK;
}

enum action keys_find(enum scope scope, int32_t key)
{
	for (; scope != SCOPE_NONE; scope = around[scope])
		for (int i = 0; i < BINDINGS; i++)
			if (bindings[i].scope == scope && bindings[i].key == key)
				return bindings[i].action;
	return ACT_NONE;
}

const char *keys_text(enum scope scope, enum action a)
{
	for (enum scope s = scope; s != SCOPE_NONE; s = around[s])
		for (int i = 0; i < BINDINGS; i++)
			if (bindings[i].scope == s && bindings[i].action == a &&
				keys_find(scope, bindings[i].key) == a)
				return bindings[i].text;
	return NULL;
}

enum scope keys_around(enum scope scope)
{
	return around[scope];
}

int keys_bindings(const struct binding **out)
{
	*out = bindings;
	return BINDINGS;
}
