/* A person's keys, which lie over the table: from the settings file, and as they were
 * chosen on the screen. */
#include "tui/keys_rows.h"

#include <stdio.h>
#include <string.h>

#include "core/alike.h"
#include "tui/screen.h"

/* ---- as people write them -------------------------------------------------------- */

static enum action action_by_name(struct text name)
{
	for (int i = 1; i < ACT_COUNT; i++)
		if (text_eq(name, text_of(action_def((enum action)i)->name)))
			return (enum action)i;
	return text_eq(name, TEXT("none")) ? ACT_NONE : ACT_COUNT;
}

const char *keys_action_name(enum action a)
{
	return a == ACT_NONE ? "none" : action_def(a)->name;
}

static enum status no_place(struct text name, struct err *e)
{
	char list[400];
	size_t used = 0;

	for (int s = 1; s < SCOPE_COUNT && used < sizeof(list); s++)
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
			s > 1 ? ", " : "", keys_scope_name((enum scope)s));
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

	while (s < SCOPE_COUNT && !text_eq(name, text_of(keys_scope_name((enum scope)s))))
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

/* ---- rows ----------------------------------------------------------------------- */

/* The row of the very scope; NULL: none. */
static struct binding *row_at(struct binding *rows, int n, enum scope scope, int32_t key)
{
	for (int i = 0; i < n; i++)
		if (rows[i].scope == scope && rows[i].key == key)
			return &rows[i];
	return NULL;
}

static struct binding *own_at(enum scope scope, int32_t key)
{
	return row_at(keys_rows.all, keys_rows.own, scope, key);
}

static struct binding *shipped_at(enum scope scope, int32_t key)
{
	return row_at(keys_rows.shipped, KEYS_SHIPPED, scope, key);
}

const struct binding *keys_own_at(enum scope scope, int32_t key)
{
	return own_at(scope, key);
}

enum action keys_usual(enum scope scope, int32_t key)
{
	const struct binding *b = shipped_at(scope, key);

	return b ? b->action : ACT_NONE;
}

/* b: of all. */
static void remove_row(struct binding *b)
{
	memmove(b, b + 1, (size_t)(&keys_rows.all[--keys_rows.n] - b) * sizeof(*b));
}

/* The key does what it did without the person's row. */
static void restore(struct binding *own)
{
	const struct binding *usual = shipped_at(own->scope, own->key);

	remove_row(own);
	keys_rows.own--;
	if (usual)
		keys_rows.all[keys_rows.n++] = *usual;
}

/* What the hint bar says about the action stays where it was, with the new key. */
static int hint_of(enum scope scope, enum action action)
{
	const struct binding *shipped = keys_rows.shipped;
	int hint = 0;

	for (int i = 0; i < KEYS_SHIPPED; i++)
		if (shipped[i].action == action && keys_within(scope, shipped[i].scope) &&
			shipped[i].hint > hint)
			hint = shipped[i].hint;
	return hint;
}

/* Lays one over the table; there is none at its place. */
static enum status add_row(struct binding b, struct err *e)
{
	struct binding *all = keys_rows.all,
		       *other = row_at(all, keys_rows.n, b.scope, b.key);

	if (keys_rows.own == KEYS_OWN)
		return err_set(e, ST_INVALID, "more than %d keys", KEYS_OWN);
	key_text(b.key, b.text);
	b.hint = hint_of(b.scope, b.action);
	if (other)
		remove_row(other);
	memmove(&all[keys_rows.own + 1], &all[keys_rows.own],
		(size_t)(keys_rows.n - keys_rows.own) * sizeof(*all));
	all[keys_rows.own++] = b;
	keys_rows.n++;
	return ST_OK;
}

/* ---- from a file ---------------------------------------------------------------- */

enum action keys_chosen(struct text place)
{
	enum scope scope = SCOPE_NONE;
	int32_t key = 0;
	const struct binding *own;

	if (parse_place(place, &scope, &key, NULL) != ST_OK)
		return ACT_COUNT;
	own = own_at(scope, key);
	return own && !own->line ? own->action : ACT_COUNT;
}

enum status keys_own(struct text place, struct text action, int line, struct err *e)
{
	struct binding b = { .action = action_by_name(action), .line = line };
	enum status st = parse_place(place, &b.scope, &b.key, e);
	struct binding *own;

	if (st != ST_OK)
		return st;
	if (b.action == ACT_COUNT)
		return no_action(place, action, e);
	if (keys_typed(b.scope, b.key))
		return err_set(e, ST_INVALID,
			"%.*s: the letter could not be typed any more", (int)place.n,
			place.s);
	b.said = b.action;
	own = own_at(b.scope, b.key);
	if (own && own->line)
		return err_set(e, ST_INVALID,
			"%.*s is %s since line %d already; %s is left out", (int)place.n,
			place.s, keys_action_name(own->action), own->line,
			keys_action_name(b.action));
	if (own)
		restore(own);
	return add_row(b, e);
}

/* ---- keys that must be ---------------------------------------------------------- */

/* Whether there is another way to the action on the screen of the scope than a key. */
static bool other_way(enum scope scope, enum action a)
{
	return keys_within(scope, SCOPE_SCREEN) && a != ACT_QUIT && a != ACT_PALETTE &&
	       !(action_def(a)->flags & ACTION_HIDDEN);
}

/* Whether a person has the key, so that it may do something else in the scope. */
static bool is_laid_over(enum scope scope, int32_t key)
{
	for (int i = 0; i < keys_rows.own; i++)
		if (keys_rows.all[i].key == key &&
			keys_within(scope, keys_rows.all[i].scope))
			return true;
	return false;
}

/* An action that can't be done without a key in the scope, and has none any more. */
static bool find_lacking(enum scope *scope, enum action *action)
{
	for (int s = 1; keys_rows.own > 0 && s < SCOPE_COUNT; s++) {
		for (int i = 0; i < KEYS_SHIPPED; i++) {
			const struct binding *b = &keys_rows.shipped[i];

			*scope = (enum scope)s;
			*action = b->action;
			if (is_laid_over(*scope, b->key) &&
				keys_within(*scope, b->scope) &&
				!other_way(*scope, *action) &&
				keys_shipped(*scope, b->key) == *action &&
				!keys_text(*scope, *action))
				return true;
		}
	}
	return false;
}

/* The person's row that took the key away from the action in the scope; there is one. */
static struct binding *thief(enum scope scope, enum action a)
{
	struct binding *b = keys_rows.all;

	while (!keys_within(scope, b->scope) || b->action == a ||
		keys_shipped(scope, b->key) != a)
		b++;
	return b;
}

bool keys_take_back(int *line, struct err *e)
{
	struct binding *b;
	enum scope scope;
	enum action a;

	if (!find_lacking(&scope, &a))
		return false;
	b = thief(scope, a);
	*line = b->line;
	err_set(e, ST_INVALID, "%s.%s = %s leaves %s without a key: it stays %s",
		keys_scope_name(b->scope), b->text, keys_action_name(b->action),
		keys_action_name(a), keys_action_name(a));
	restore(b);
	return true;
}

/* ---- chosen on the screen ------------------------------------------------------- */

/* What the settings file says stays known, since it holds again at the next start. */
static enum status change_one(const struct key_change *c, struct err *e)
{
	struct binding *own = own_at(c->scope, c->key);

	if ((!own || !own->line) && c->action == keys_usual(c->scope, c->key)) {
		if (own)
			restore(own);
		return ST_OK;
	}
	if (!own)
		return add_row(
			(struct binding){
				.scope = c->scope, .key = c->key, .action = c->action },
			e);
	own->action = c->action;
	own->hint = hint_of(c->scope, c->action);
	return ST_OK;
}

enum status keys_change(const struct key_change *c, int n, bool keep, struct err *e)
{
	static struct keys_rows before;
	enum status st = ST_OK;
	enum scope scope;
	enum action lacking;

	before = keys_rows;
	for (int i = 0; st == ST_OK && i < n; i++)
		st = change_one(&c[i], e);
	if (st == ST_OK && find_lacking(&scope, &lacking))
		st = err_set(e, ST_INVALID,
			"%s must have a key (%s): give it another one first",
			action_def(lacking)->title, screen_place(scope));
	if (st != ST_OK || !keep)
		keys_rows = before;
	return st;
}
