#include "db/schema_whole.h"

#include <stdlib.h>
#include <string.h>

static bool begins(struct text t, struct text with)
{
	return t.n >= with.n && memcmp(t.s, with.s, with.n) == 0;
}

static enum schema_part part_of(struct text type, struct text name)
{
	if (!text_eq(type, TEXT("trigger")))
		return SCHEMA_TABLES;
	return text_icontains(name, TEXT("_history")) ? SCHEMA_HISTORY : SCHEMA_TRIGGERS;
}

/* SQLite takes any object under such a name from a file: by the name alone, what somebody
 * put there would pass. */
bool schema_whole_row(struct stmt *s, struct schema_object *out)
{
	*out = (struct schema_object){
		.type = stmt_text(s, 0),
		.name = stmt_text(s, 1),
		.sql = stmt_text(s, 2),
	};
	out->part = part_of(out->type, out->name);
	return !begins(out->name, TEXT("sqlite_")) ||
	       !(out->sql.n == 0 || begins(out->sql, TEXT("CREATE TABLE sqlite_")));
}

/* ---- writing ---- */

static void append(sqlite3_str *to, struct text t)
{
	sqlite3_str_append(to, t.s, (int)t.n);
}

static void write_object(sqlite3_str *to, const struct schema_object *o)
{
	append(to, TEXT("\n-- "));
	append(to, o->type);
	append(to, TEXT(" "));
	append(to, o->name);
	append(to, TEXT("\n"));
	append(to, o->sql);
	append(to, TEXT(";\n"));
}

enum status schema_whole_write(struct db *d, char *texts[SCHEMA_PARTS], struct err *e)
{
	static const char *const heads[SCHEMA_PARTS] = {
		[SCHEMA_TABLES] = "Tables, indexes and views of a book",
		[SCHEMA_TRIGGERS] = "Triggers that keep a book right",
		[SCHEMA_HISTORY] = "Triggers that tell the history what was done",
	};
	sqlite3_str *to[SCHEMA_PARTS];
	struct schema_object o;
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT type, name, sql FROM sqlite_schema ORDER BY name, type", &s, e);
	for (int i = 0; i < SCHEMA_PARTS; i++) {
		to[i] = sqlite3_str_new(d->h);
		sqlite3_str_appendf(to[i],
			"-- %s. Made by `make update-schema`: changes are steps.\n",
			heads[i]);
	}
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		if (schema_whole_row(s, &o))
			write_object(to[o.part], &o);
	stmt_close(s);
	for (int i = 0; i < SCHEMA_PARTS; i++) {
		texts[i] = sqlite3_str_finish(to[i]);
		if (st == ST_OK && texts[i] == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
	}
	return st;
}

/* ---- reading ---- */

/* The paragraph behind the one at `at`; "" at the end. No SQL of the schema has an empty
 * line. */
static const char *next(const char *at)
{
	const char *end = strstr(at, "\n\n");
	return end != NULL ? end + 2 : at + strlen(at);
}

/* Up to the delimiter, behind which *at goes on. */
static struct text take(const char **at, char delimiter)
{
	const char *from = *at, *to = strchr(from, delimiter);
	*at = to + 1;
	return (struct text){ from, (size_t)(to - from) };
}

static struct schema_object read_object(enum schema_part part, const char *at)
{
	struct schema_object o = { .part = part };
	const char *end = next(at);
	at += sizeof("--");
	o.type = take(&at, ' ');
	o.name = take(&at, '\n');
	o.sql = (struct text){ at, (size_t)(end - at) };
	while (o.sql.s[o.sql.n - 1] != ';')
		o.sql.n--;
	o.sql.n--;
	return o;
}

enum status schema_whole_read(
	const char *const texts[SCHEMA_PARTS], struct schema_whole *out, struct err *e)
{
	size_t room = 0;
	*out = (struct schema_whole){ .objects = NULL };
	for (int i = 0; i < SCHEMA_PARTS; i++) {
		/* the first is what the text says of itself */
		for (const char *at = next(texts[i]); *at != '\0'; at = next(at)) {
			if (out->n == room) {
				room = room > 0 ? 2 * room : 512;
				void *grown = realloc(
					out->objects, room * sizeof(*out->objects));
				if (grown == NULL)
					return err_set(e, ST_NOMEM, "out of memory");
				out->objects = grown;
			}
			out->objects[out->n++] = read_object((enum schema_part)i, at);
		}
	}
	return ST_OK;
}

static int order(const void *x, const void *y)
{
	const struct schema_object *a = x, *b = y;
	const int parts = (int)a->part - (int)b->part;
	return parts != 0 ? parts : text_cmp(a->name, b->name);
}

struct schema_object *schema_whole_find(
	const struct schema_whole *w, const struct schema_object *o)
{
	return bsearch(o, w->objects, w->n, sizeof(*w->objects), order);
}
