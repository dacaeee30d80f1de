/* SQL made from the catalogue: every text is written once and kept. */
#include "db/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SQL_MAX 4096

struct writer {
	char text[SQL_MAX];
	size_t n;
	const char *separator; /* goes before the next item */
};

static void add(struct writer *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Only names of the catalogue come here; the longest statement is half of SQL_MAX. */
static void add(struct writer *w, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int n = vsnprintf(w->text + w->n, SQL_MAX - w->n, format, arguments);
	va_end(arguments);
	if (n > 0)
		w->n += (size_t)n;
	if (w->n >= SQL_MAX)
		w->n = SQL_MAX - 1;
}

static void begin_list(struct writer *w)
{
	w->separator = "";
}

static void next_item(struct writer *w, const char *separator)
{
	add(w, "%s", w->separator);
	w->separator = separator;
}

int sql_kind(struct text table)
{
	int kind = 0;
	while (kind < REC_COUNT &&
		!text_eq(table, text_of(record_of((enum record_kind)kind)->table)))
		kind++;
	return kind;
}

bool sql_stored(const struct field *f)
{
	return !(f->flags & FIELD_APART);
}

const char *sql_column(const struct field *f)
{
	switch (f->type) {
	case FT_ACCOUNT:
		return "account";
	case FT_CSM:
		return "csm";
	default:
		return f->name;
	}
}

bool sql_light(const struct field *f)
{
	return f->type != FT_ACCOUNT && f->type != FT_CSM && f->type != FT_DAY &&
	       f->type != FT_CHOICE;
}

/* The column as people see it: references are spelled out by the joins of from(). */
static const char *shown(const struct field *f, char out[80])
{
	if (f->type == FT_ACCOUNT)
		return "a.account_id";
	if (f->type == FT_CSM)
		return "c.name";
	snprintf(out, 80, "t.\"%s\"", f->name);
	return out;
}

/* CROSS JOIN: the record's own table is stepped through, in the order of its index. */
static void from(struct writer *w, const struct record *r)
{
	add(w, " FROM %s t", r->table);
	if (record_account_field(r) >= 0)
		add(w, " CROSS JOIN account a ON a.id = t.account");
	for (int i = 0; i < r->count; i++) {
		if (r->fields[i].type == FT_CSM)
			add(w, " LEFT JOIN csm c ON c.id = t.csm");
	}
}

static bool has_certain_day(const struct record *r)
{
	for (int i = 0; i < r->count; i++) {
		if (r->fields[i].type == FT_DAY && r->fields[i].flags & FIELD_REQUIRED)
			return true;
	}
	return false;
}

/* By the keys; rows without a name by account, day (the one that each of them has, where
 * there is such a one) and entry. Accounts that are
 * referred to stand in the order of their ids. */
static void in_order(struct writer *w, const struct record *r)
{
	const unsigned day = has_certain_day(r) ? FIELD_REQUIRED : FIELD_KEY;
	add(w, " ORDER BY ");
	for (int i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		bool orders = f->flags & FIELD_KEY;
		if (r->identity == REC_BY_CONTENT)
			orders = f->type == FT_ACCOUNT ||
				 (f->type == FT_DAY && f->flags & day);
		if (orders)
			add(w, "t.\"%s\", ", sql_column(f));
	}
	add(w, "t.id");
}

static void shown_row(struct writer *w, const struct record *r)
{
	char name[80];
	add(w, "SELECT t.id");
	for (int i = 0; i < r->count; i++)
		add(w, ", %s",
			sql_stored(&r->fields[i]) ? shown(&r->fields[i], name) : "NULL");
	from(w, r);
}

/* How a column appears in a list. */
enum form { AS_NAME, AS_VALUE, AS_CHANGE, AS_CONDITION };

static void column(struct writer *w, const struct field *f, int at, enum form form)
{
	switch (form) {
	case AS_NAME:
		add(w, "\"%s\"", sql_column(f));
		break;
	case AS_VALUE:
		add(w, "?%d", at + 2);
		break;
	case AS_CHANGE:
		add(w, "\"%s\" = ?%d", sql_column(f), at + 2);
		break;
	case AS_CONDITION:
		if (f->flags & FIELD_REQUIRED)
			add(w, "\"%s\" IS ?%d", sql_column(f), at + 2);
		else
			add(w, "(?%d OR \"%s\" IS ?%d)", at + SQL_ANY, sql_column(f),
				at + 2);
		break;
	}
}

enum choice { EVERY, KEYS, OTHERS, LIGHT };

static bool chosen(const struct field *f, enum choice which)
{
	bool key = f->flags & FIELD_KEY;
	if (!sql_stored(f))
		return false;
	return which == EVERY || (which == KEYS && key) || (which == OTHERS && !key) ||
	       (which == LIGHT && !key && sql_light(f));
}

static void columns(
	struct writer *w, const struct record *r, enum choice which, enum form form)
{
	begin_list(w);
	for (int i = 0; i < r->count; i++) {
		if (!chosen(&r->fields[i], which))
			continue;
		next_item(w, form == AS_CONDITION ? " AND " : ", ");
		column(w, &r->fields[i], i, form);
	}
}

/* What is counted by; with a place for each text that is no name. */
static void columns_of_names(struct writer *w, const struct record *r)
{
	begin_list(w);
	for (int i = 0; i < r->count; i++) {
		next_item(w, ", ");
		if (r->fields[i].type == FT_TEXT && !(r->fields[i].flags & FIELD_NAME))
			add(w, "NULL");
		else
			column(w, &r->fields[i], i, AS_NAME);
	}
}

/* Each half has an index of its own. */
static void write_unended(struct writer *w, const struct record *r, enum sql_use use)
{
	static const char *const of[SQL_USES] = {
		[SQL_UNENDED] = "",
		[SQL_UNENDED_NAMES] = "",
		[SQL_UNENDED_OF] = " AND account = ?1",
		[SQL_UNENDED_PART] = " AND account BETWEEN ?1 AND ?3",
		[SQL_UNENDED_STALE] = " AND account IN (SELECT account FROM mirror_stale"
				      " WHERE source = ?4 AND account BETWEEN ?1 AND ?3)",
	};
	const char *end = r->fields[record_end_field(r)].name;
	static const char *const halves[] = { "IS NULL", ">= ?2" };
	for (int half = 0; half < 2; half++) {
		add(w, "%sSELECT id, ", half ? " UNION ALL " : "");
		if (use == SQL_UNENDED_NAMES)
			columns_of_names(w, r);
		else
			columns(w, r, EVERY, AS_NAME);
		add(w, " FROM %s WHERE \"%s\" %s%s", r->table, end, halves[half],
			of[use]);
	}
	if (use != SQL_UNENDED_NAMES)
		add(w, " ORDER BY account, id");
}

/* A place for each field, also for those that are no column. */
static void write_all(struct writer *w, const struct record *r)
{
	add(w, "SELECT ");
	begin_list(w);
	for (int i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		next_item(w, ", ");
		if (sql_stored(f))
			add(w, "\"%s\"", sql_column(f));
		else
			add(w, "NULL");
	}
	add(w, ", id FROM %s WHERE id >= ?1 ORDER BY id", r->table);
}

static void write_stored(struct writer *w, const struct record *r, enum sql_use use)
{
	switch (use) {
	case SQL_INSERT:
		add(w, "INSERT INTO %s(id, ", r->table);
		columns(w, r, EVERY, AS_NAME);
		add(w, ") VALUES (?1, ");
		columns(w, r, EVERY, AS_VALUE);
		add(w, ")");
		break;
	case SQL_UPDATE:
		add(w, "UPDATE %s SET ", r->table);
		columns(w, r, OTHERS, AS_CHANGE);
		add(w, " WHERE id = ?1");
		break;
	case SQL_WRITE:
		add(w, "UPDATE %s SET ", r->table);
		columns(w, r, EVERY, AS_CHANGE);
		add(w, " WHERE id = ?1");
		break;
	case SQL_REMOVE:
		add(w, "DELETE FROM %s WHERE id = ?1", r->table);
		break;
	case SQL_UPDATE_LIGHT:
		add(w, "UPDATE %s SET ", r->table);
		columns(w, r, LIGHT, AS_CHANGE);
		add(w, " WHERE id = ?1");
		break;
	case SQL_STORED:
		write_all(w, r);
		break;
	case SQL_PAST_NAMES:
		add(w, "SELECT id, ");
		columns_of_names(w, r);
		add(w, " FROM %s WHERE id > ?1 ORDER BY id LIMIT ?2", r->table);
		break;
	case SQL_UNENDED:
	case SQL_UNENDED_NAMES:
	case SQL_UNENDED_OF:
	case SQL_UNENDED_PART:
	case SQL_UNENDED_STALE:
		write_unended(w, r, use);
		break;
	case SQL_FIND:
		add(w, "SELECT id FROM %s WHERE ", r->table);
		columns(w, r, KEYS, AS_CONDITION);
		add(w, " ORDER BY id");
		break;
	case SQL_KEYS:
		add(w, "SELECT id, ");
		columns(w, r, KEYS, AS_NAME);
		add(w, " FROM %s", r->table);
		break;
	case SQL_SOME:
		add(w, "SELECT 1 FROM %s LIMIT 1", r->table);
		break;
	default:
		add(w, "SELECT max(id) FROM %s", r->table);
		break;
	}
}

static void write_shown(struct writer *w, const struct record *r, enum sql_use use)
{
	bool of_account = use == SQL_OF && (record_account_field(r) >= 0 ||
						   strcmp(r->table, "account") == 0);
	shown_row(w, r);
	if (of_account)
		add(w, record_account_field(r) >= 0 ? " WHERE a.id = ?1"
						    : " WHERE t.id = ?1");
	if (use == SQL_BY_ID)
		add(w, " ORDER BY t.id");
	else
		in_order(w, r);
}

const char *sql_text(struct db *d, enum record_kind kind, enum sql_use use)
{
	if (d->sql == NULL)
		d->sql = calloc((size_t)REC_COUNT * SQL_USES, sizeof(*d->sql));
	if (d->sql == NULL)
		return NULL;
	char **slot = &d->sql[(size_t)kind * SQL_USES + use];
	if (*slot == NULL) {
		struct writer w = { .n = 0 };
		if (use == SQL_ALL || use == SQL_OF || use == SQL_BY_ID)
			write_shown(&w, record_of(kind), use);
		else
			write_stored(&w, record_of(kind), use);
		*slot = strdup(w.text);
	}
	return *slot;
}

enum status sql_open(struct db *d, enum record_kind kind, enum sql_use use,
	struct stmt **s, struct err *e)
{
	const char *sql = sql_text(d, kind, use);

	*s = NULL;
	if (sql == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	return stmt_open(d, sql, s, e);
}

void sql_clear(struct db *d)
{
	for (size_t i = 0; d->sql != NULL && i < (size_t)REC_COUNT * SQL_USES; i++)
		free(d->sql[i]);
	free(d->sql);
	d->sql = NULL;
}
