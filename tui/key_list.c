#include "tui/key_list.h"

#include <stdlib.h>

#include "tui/mem.h"

static void add(struct key_list *l, struct key_row row)
{
	l->row = mem_resize(l->row, (size_t)l->n + 1, sizeof(*l->row));
	l->row[l->n++] = row;
}

static bool has_row(const struct key_list *l, enum scope scope, int32_t key)
{
	for (int i = 0; i < l->n; i++)
		if (l->row[i].scope == scope && l->row[i].key == key)
			return true;
	return false;
}

/* A key that a person has for the action there, and that no row has yet; 0: none. */
static int32_t other_key(const struct key_list *l, enum scope scope, enum action action)
{
	const struct binding *b;
	const int n = keys_owned(&b);

	for (int i = 0; i < n; i++)
		if (b[i].scope == scope && b[i].action == action &&
			keys_usual(scope, b[i].key) != action &&
			!has_row(l, scope, b[i].key))
			return b[i].key;
	return 0;
}

/* What the key of the table does by now in its own scope. */
static bool holds(const struct binding *b)
{
	const struct binding *own = keys_own_at(b->scope, b->key);

	return !own || own->action == b->action;
}

static void add_table(struct key_list *l, enum scope scope)
{
	const struct binding *b;
	const int n = keys_table(&b);

	for (int i = 0; i < n; i++)
		if (b[i].scope == scope)
			add(l, (struct key_row){ scope, b[i].action,
				       holds(&b[i]) ? b[i].key
						    : other_key(l, scope, b[i].action),
				       b[i].key });
}

static void add_own(struct key_list *l, enum scope scope)
{
	const struct binding *b;
	const int n = keys_owned(&b);

	for (int i = 0; i < n; i++)
		if (b[i].scope == scope && keys_usual(scope, b[i].key) != b[i].action &&
			!has_row(l, scope, b[i].key) &&
			(b[i].action || keys_usual(scope, b[i].key) == ACT_NONE))
			add(l, (struct key_row){ scope, b[i].action, b[i].key, 0 });
}

static bool has_action(const struct key_list *l, enum action action)
{
	for (int i = 0; i < l->n; i++)
		if (l->row[i].action == action)
			return true;
	return false;
}

void key_list_make(struct key_list *l)
{
	l->n = 0;
	for (int s = 1; s < SCOPE_COUNT; s++) {
		add_table(l, (enum scope)s);
		add_own(l, (enum scope)s);
	}
	/* What only the commands have can be given a key on every screen. */
	for (int i = 1; i < ACT_COUNT; i++)
		if (!has_action(l, (enum action)i))
			add(l, (struct key_row){ SCOPE_SCREEN, (enum action)i, 0, 0 });
}

void key_list_clear(struct key_list *l)
{
	free(l->row);
	*l = (struct key_list){ 0 };
}
