/*
 * Rows in whichever form the call asks for: a table for people, a JSON array of objects,
 * or CSV. A verb names its columns once and then puts the values of each row in their
 * order; a value that its form does not have is passed over.
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "cli/call.h"
#include "cli/table.h"
#include "core/csv.h"
#include "core/json.h"
#include "core/list.h"

struct rows_column {
	const char *forms; /* which have it: T text, J JSON, C CSV */
	const char *key;   /* of JSON and CSV */
	const char *title; /* of the table, with the marks that table.h knows */
};

#define ROWS_CELL_MAX 512

struct rows {
	const struct call *call; /* borrowed */
	enum format format;
	const struct rows_column *column; /* borrowed; ends with forms NULL */
	int at;                           /* the column that comes next */
	uint32_t n;                       /* rows so far */
	int cells;                        /* of this row of the table */
	char cell[TABLE_COLUMNS_MAX][ROWS_CELL_MAX];
	const char *title[TABLE_COLUMNS_MAX];
	struct table table;
	struct json json;
	struct csv_writer csv;
};

/* A table on stdout that fits the terminal; elsewhere its lines have any length. */
void rows_table(struct table *t, int columns, const char *const *titles);
/* Finishes it, and tells what it had no room for. */
enum status rows_end_table(struct table *t, const struct call *c, struct err *e) MUST_USE;

/* On stdout, in the form of the call. Owned: rows_end frees it and must follow. */
enum status rows_begin(struct rows **out, const struct call *c,
	const struct rows_column *columns, struct err *e) MUST_USE;
/* st is what became of the rows; a failure leaves the document unfinished. Sets *r to
 * NULL. */
enum status rows_end(struct rows **r, enum status st, struct err *e) MUST_USE;

/* Of a list that is empty: that nothing matches the filter, and the field that may have
 * been meant; without one what the verb says. */
void rows_nothing(const struct call *c, const char *what);

void rows_row(struct rows *r); /* begins one */
enum status rows_end_row(struct rows *r, struct err *e) MUST_USE;

void rows_text(struct rows *r, struct text t); /* {NULL, 0}: missing */
void rows_int(struct rows *r, int64_t v);
void rows_count(struct rows *r, int64_t v);               /* 0: missing */
void rows_number(struct rows *r, double v, int decimals); /* NaN: missing */
void rows_day(struct rows *r, int32_t day);               /* DAY_NONE: missing */
void rows_bool(struct rows *r, int v);                    /* -1: missing */
/* MONEY_NONE: missing; shown: the same for people */
void rows_cents(struct rows *r, int64_t cents, const char *shown);
/* A column of JSON alone: where its value is to be written; NULL: of another form. */
struct json *rows_json(struct rows *r);

#endif
