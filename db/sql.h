/*
 * SQL made from the catalogue of records (core/record.def): columns are named after
 * fields, references after what they refer to. Parameter ?1 is the id, ?(i + 2) the
 * field i, and ?(i + SQL_ANY) in SQL_FIND is 1 where an optional key may be any.
 */
#ifndef DB_SQL_H
#define DB_SQL_H

#include "db/db_internal.h"

#define SQL_ANY (2 + RECORD_FIELDS_MAX)

enum sql_use {
	SQL_INSERT,       /* id and all columns */
	SQL_UPDATE,       /* all columns that are no keys, of the row ?1 */
	SQL_UPDATE_LIGHT, /* of those, the light ones */
	SQL_STORED,       /* rows as they are stored, and their id, from ?1 on */
	SQL_FIND,         /* ids of the rows with these keys, ascending */
	SQL_KEYS,         /* id and key columns of all rows */
	SQL_ALL,          /* id and row as people see it, in the order of the port */
	SQL_OF,           /* the same for the account ?1 */
	SQL_BY_ID,        /* all rows as people see them, ascending by id */
	SQL_SOME,         /* 1 when the table has rows */
	SQL_LAST_ID,      /* highest id */
	SQL_WRITE,        /* all columns of the row ?1 */
	SQL_REMOVE,       /* the row ?1 */
	SQL_UNENDED, /* id and row as stored, not ended, or on the day ?2 or later; by
		      * account and id */
	SQL_UNENDED_NAMES, /* the same in any order, NULL for texts that are no names */
	SQL_PAST_NAMES,    /* the same of the first ?2 rows after the id ?1, by id */
	SQL_UNENDED_OF,    /* as SQL_UNENDED, of the account ?1 */
	SQL_UNENDED_PART,  /* the same of the accounts ?1 to ?3 */
	SQL_UNENDED_STALE, /* the same of those of them whose mirror of source ?4 is stale
			    */
	SQL_USES
};

/* The text lives as long as d; NULL: out of memory. */
const char *sql_text(struct db *d, enum record_kind kind, enum sql_use use);
void sql_clear(struct db *d);
/* A statement of it; closed as any other. *s is NULL where it can't be had. */
enum status sql_open(struct db *d, enum record_kind kind, enum sql_use use,
	struct stmt **s, struct err *e) MUST_USE;

/* Whether the record's table has a column for the field, and its name. */
bool sql_stored(const struct field *f);
/* The kind whose rows are in this table; REC_COUNT: none. */
int sql_kind(struct text table);
const char *sql_column(const struct field *f);

/* Whether changing the column is cheap: it stands in no index and refers to nothing. */
bool sql_light(const struct field *f);

#endif
