#include "tui/keys.h"

#include <stdio.h>
#include <string.h>

#include "core/alike.h"

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

static const struct binding table[] = {
#define KEY(scope, text, action, hint) { SCOPE_##scope, text, ACT_##action, hint, 0, 0 },
#include "tui/keys.def"
};

enum { ROWS = sizeof(table) / sizeof(*table), OWN_MAX = 512 };
_Static_assert((int)ROWS <= (int)OWN_MAX, "a file may name every key of the table");

static struct binding parsed[ROWS];             /* the table */
static struct binding bindings[OWN_MAX + ROWS]; /* with a person's before it */
static int bindings_n, own_n, texts_n;
static char own_text[OWN_MAX][KEY_TEXT_MAX];

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
	memcpy(parsed, table, sizeof(table));
	for (int i = 0; i < ROWS; i++) {
		struct binding *b = &parsed[i];

		if (!key_parse(text_of(b->text), &b->key))
			return err_set(
				e, ST_INVALID, "%s is not the name of a key", b->text);
		for (int j = 0; j < i; j++)
			if (parsed[j].scope == b->scope && parsed[j].key == b->key)
				return err_set(e, ST_INVALID,
					"the key %s stands twice in one scope", b->text);
	}
	memcpy(bindings, parsed, sizeof(parsed));
	bindings_n = ROWS;
	own_n = texts_n = 0;
	return ST_OK;
}

enum action keys_find(enum scope scope, int32_t key)
{
	return find(bindings, bindings_n, scope, key);
}

enum action keys_shipped(enum scope scope, int32_t key)
{
	return find(parsed, ROWS, scope, key);
}

const char *keys_text(enum scope scope, enum action a)
{
	for (enum scope s = scope; s != SCOPE_NONE; s = scopes[s].around)
		for (int i = 0; i < bindings_n; i++)
			if (bindings[i].scope == s && bindings[i].action == a &&
				keys_find(scope, bindings[i].key) == a)
				return bindings[i].text;
	return NULL;
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
	*out = bindings;
	return bindings_n;
}

bool keys_used(int32_t key)
{
	for (int i = 0; i < bindings_n; i++)
		if (bindings[i].key == key && bindings[i].action != ACT_NONE)
			return true;
	return false;
}

bool keys_hidden(const struct binding *b, enum scope scope)
{
	return keys_within(scope, b->scope) && keys_find(scope, b->key) != b->action;
}

/* ---- a person's keys ------------------------------------------------------------ */

static enum action action_by_name(struct text name)
{
	for (int i = 1; i < ACT_COUNT; i++)
		if (text_eq(name, text_of(action_def((enum action)i)->name)))
			return (enum action)i;
	return text_eq(name, TEXT("none")) ? ACT_NONE : ACT_COUNT;
}

static const char *action_name(enum action a)
{
	return a == ACT_NONE ? "none" : action_def(a)->name;
}

static enum status no_place(struct text name, struct err *e)
{
	char list[320];
	size_t used = 0;

	for (int s = 1; s < SCOPE_COUNT && used < sizeof(list); s++)
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
			s > 1 ? ", " : "", scopes[s].name);
	return err_set(e, ST_INVALID, "there is no place \"%.*s\" for keys, but %s",
		(int)name.n, name.s, list);
}

/* Whether a word of one name, between hyphens, is one of the other. */
static bool share_word(struct text a, struct text b)
{
	for (size_t i = 0; i < a.n;) {
		const char *end = memchr(a.s + i, '-', a.n - i);
		const size_t n = end ? (size_t)(end - a.s) - i : a.n - i;

		for (size_t k = 0; n > 2 && k + n <= b.n; k++)
			if ((k == 0 || b.s[k - 1] == '-') &&
				(k + n == b.n || b.s[k + n] == '-') &&
				text_ieq((struct text){ a.s + i, n },
					(struct text){ b.s + k, n }))
				return true;
		i += n + 1;
	}
	return false;
}

/* What may have been meant: the nearest, else the shortest that has a word of it; NULL:
 * nothing. */
static const char *suggest(struct text name)
{
	const char *best = NULL;
	struct alike near;

	alike_begin(&near, name);
	for (int i = 1; i < ACT_COUNT; i++) {
		const char *other = action_def((enum action)i)->name;

		alike_try(&near, other);
		if (share_word(name, text_of(other)) &&
			(!best || strlen(other) < strlen(best)))
			best = other;
	}
	return near.word ? near.word : best;
}

/* Too many to name them all. */
static enum status no_action(struct text place, struct text name, struct err *e)
{
	const char *near = suggest(name);

	if (name.n == 0)
		return err_set(e, ST_INVALID,
			"%.*s: write which action the key does, or none", (int)place.n,
			place.s);
	return err_set(e, ST_INVALID,
		"there is no action \"%.*s\"%s%s; tierdesk(1) has all", (int)name.n,
		name.s, near ? ": did you mean " : "", near ? near : "");
}

static enum status parse_place(
	struct text place, enum scope *scope, int32_t *key, struct err *e)
{
	const char *dot = place.n ? memchr(place.s, '.', place.n) : NULL;
	struct text name = { place.s, dot ? (size_t)(dot - place.s) : place.n };
	struct text rest = { place.s + name.n + 1, dot ? place.n - name.n - 1 : 0 };
	int s = 1;

	while (s < SCOPE_COUNT && !text_eq(name, text_of(scopes[s].name)))
		s++;
	if (!dot)
		return err_set(e, ST_INVALID, "%.*s: write WHERE.KEY = ACTION, as book.t",
			(int)place.n, place.s);
	if (s == SCOPE_COUNT)
		return no_place(name, e);
	if (!key_parse(rest, key))
		return err_set(e, ST_INVALID, "\"%.*s\" is no key (try t, C-t, F5, S-Up)",
			(int)rest.n, rest.s);
	*scope = (enum scope)s;
	return ST_OK;
}

static void remove_row(int i)
{
	bindings_n--;
	memmove(&bindings[i], &bindings[i + 1],
		(size_t)(bindings_n - i) * sizeof(*bindings));
}

/* The key does what it did without the person's row i. */
static void restore(int i)
{
	struct binding own = bindings[i];

	remove_row(i);
	own_n--;
	for (int k = 0; k < ROWS; k++)
		if (parsed[k].scope == own.scope && parsed[k].key == own.key)
			bindings[bindings_n++] = parsed[k];
}

/* What the hint bar says about the action stays where it was, with the new key. */
static int hint_of(enum scope scope, enum action action)
{
	int hint = 0;

	for (int i = 0; i < ROWS; i++)
		if (parsed[i].action == action && keys_within(scope, parsed[i].scope) &&
			parsed[i].hint > hint)
			hint = parsed[i].hint;
	return hint;
}

enum status keys_own(struct text place, struct text action, int line, struct err *e)
{
	enum scope scope = SCOPE_NONE;
	enum action a = action_by_name(action);
	int32_t key = 0;
	enum status st = parse_place(place, &scope, &key, e);
	int at = 0;

	if (st != ST_OK)
		return st;
	if (a == ACT_COUNT)
		return no_action(place, action, e);
	if (keys_within(scope, SCOPE_INPUT) && key >= ' ' && key < KEY_FIRST_SPECIAL &&
		key != KEY_BACKSPACE_)
		return err_set(e, ST_INVALID,
			"%.*s: the letter could not be typed any more", (int)place.n,
			place.s);
	while (at < bindings_n &&
		(bindings[at].scope != scope || bindings[at].key != key))
		at++;
	if (at < own_n)
		return err_set(e, ST_INVALID,
			"%.*s is %s since line %d already; %s is left out", (int)place.n,
			place.s, action_name(bindings[at].action), bindings[at].line,
			action_name(a));
	if (texts_n == OWN_MAX)
		return err_set(e, ST_INVALID, "more than %d keys", OWN_MAX);
	if (at < bindings_n)
		remove_row(at);
	memmove(&bindings[own_n + 1], &bindings[own_n],
		(size_t)(bindings_n - own_n) * sizeof(*bindings));
	bindings[own_n] = (struct binding){ scope, key_text(key, own_text[texts_n++]), a,
		hint_of(scope, a), key, line };
	own_n++;
	bindings_n++;
	return ST_OK;
}

/* Whether there is another way to the action on the screen of the scope than a key. */
static bool other_way(enum scope scope, enum action a)
{
	return keys_within(scope, SCOPE_SCREEN) && a != ACT_QUIT && a != ACT_PALETTE &&
	       !(action_def(a)->flags & ACTION_HIDDEN);
}

/* A person's row that took the key away from the action in the scope. */
static int thief(enum scope scope, enum action a)
{
	for (int i = 0; i < own_n; i++)
		if (keys_within(scope, bindings[i].scope) && bindings[i].action != a &&
			find(parsed, ROWS, scope, bindings[i].key) == a)
			return i;
	return -1;
}

bool keys_take_back(int *line, struct err *e)
{
	for (int s = 1; own_n > 0 && s < SCOPE_COUNT; s++) {
		for (int i = 0; i < ROWS; i++) {
			enum scope scope = (enum scope)s;
			enum action a = parsed[i].action;
			int by;

			if (!keys_within(scope, parsed[i].scope) || other_way(scope, a) ||
				find(parsed, ROWS, scope, parsed[i].key) != a ||
				keys_text(scope, a))
				continue;
			by = thief(scope, a);
			*line = bindings[by].line;
			err_set(e, ST_INVALID,
				"%s.%s = %s leaves %s without a key: it stays %s",
				scopes[bindings[by].scope].name, bindings[by].text,
				action_name(bindings[by].action), action_name(a),
				action_name(a));
			restore(by);
			return true;
		}
	}
	return false;
}
