/*
 * Mapping: which column of a file feeds which field of a record, and how its cells
 * are written. Read from an INI file:
 *
 *   kind = contracts
 *   [columns]    field = header in the file, or "header | other header"
 *   [options]    dates, decimal, signs, delimiter, encoding, skip_blank_lines, interval,
 *                on_conflict
 *   [constants]  field = value for cells that are blank or have no column
 *   [values]     field.From = to (a blank "to" empties the cell)
 *
 * Unknown sections, keys and words are refused with file and line. Fields the mapping
 * does not name are not touched; one without [columns] leaves the choice of columns
 * to guess.h.
 */
#ifndef CORE_MAPPING_H
#define CORE_MAPPING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/day.h"
#include "core/err.h"
#include "core/record.h"
#include "core/recode.h"
#include "core/store.h"

enum mapping_dates { DATES_AUTO, DATES_ISO, DATES_DMY, DATES_MDY };

struct mapping_value {
	int field;
	struct text from, to; /* from is compared without case */
	struct mapping_value *next;
};

struct mapping {
	enum record_kind kind;
	bool has_columns;                        /* the file has a section [columns] */
	const char *header[RECORD_FIELDS_MAX];   /* as written, NULL: none */
	const char *constant[RECORD_FIELDS_MAX]; /* NULL: none */
	struct mapping_value *values;            /* newest first */
	enum mapping_dates dates;
	char decimal;    /* '.', ',' or 0: auto */
	bool drop_signs; /* currency signs of amounts are left out */
	char delimiter;  /* ',', ';', '\t', '|' or 0: auto */
	enum encoding encoding;
	bool keep_blank_lines; /* a blank line is a row like any other */
	bool monthly;          /* amounts are per month */
	enum put_mode on_conflict;
	struct arena arena; /* owns the strings */
};

/* Everything auto, nothing mapped. */
void mapping_init(struct mapping *m, enum record_kind kind);
void mapping_clear(struct mapping *m);

/* Reads the mapping of a file for rows of this kind into m (initialised). file is its
 * name for messages. ST_USAGE when the mapping is for another kind. */
enum status mapping_parse(
	struct mapping *m, const char *text, const char *file, struct err *e) MUST_USE;

/* The kind of rows that a mapping says it is for; usual: it says none that there is. */
enum record_kind mapping_kind(const char *text, enum record_kind usual);

/* Sets one of the [options], e.g. from a flag. ST_INVALID names the words allowed. */
enum status mapping_option(
	struct mapping *m, const char *name, const char *value, struct err *e) MUST_USE;

/* The word that is in force for one of the [options] ("dmy", "auto"); NULL: no such
 * option. */
const char *mapping_word(const struct mapping *m, const char *name);

/* The mapping as a file that mapping_parse reads as the same; arena string. ST_INVALID
 * when a text of it can't be written so: it is too long for a line, or begins a comment.
 */
enum status mapping_write(const struct mapping *m, struct arena *a, const char **out,
	struct err *e) MUST_USE;

/* The replacement for a cell by [values]: *to is set and true returned. */
bool mapping_replace(
	const struct mapping *m, int field, struct text cell, struct text *to);

/* From now on `from` becomes `to`, "" for a blank cell; NULL: it stays as it is. What
 * m->values led to before stays whole, so that it can be put back. */
enum status mapping_set_value(struct mapping *m, int field, struct text from,
	const char *to, struct err *e) MUST_USE;

#endif
