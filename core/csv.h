/*
 * CSV: a pull reader over bytes in memory and a writer. RFC 4180 with LF, CRLF
 * and CR-only (and mixed) line ends; quoted fields may hold newlines.
 *
 * The reader works in place on valid UTF-8 (see recode.h) and copies only
 * fields with doubled quotes. Unlike permissive parsers it refuses an
 * unterminated quote, text after a closing quote, NUL bytes, fields over
 * 1 MB, rows over 16 MB and more than 1000 columns, each with line and column.
 */
#ifndef CORE_CSV_H
#define CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/text.h"

#define CSV_FIELD_MAX (1u << 20)
#define CSV_ROW_MAX (16u << 20)
#define CSV_COLUMNS_MAX 1000u

struct csv_reader {
	const char *bytes; /* borrowed */
	size_t size, at;
	char delimiter;
	uint64_t line;     /* line on which the last row began, from 1 */
	uint64_t next_line;
	uint32_t columns;  /* fields in the last row */
	struct text *field; /* borrowed until the next csv_next; owned by the reader */
	bool *quoted;       /* field i stood in quotes */
	uint32_t capacity;
	char *scratch; /* unescaped fields of this row; owned */
	size_t scratch_size, scratch_used;
};

/* delimiter: ',' ';' '\t' '|'. bytes is borrowed until csv_clear. */
enum status csv_init(struct csv_reader *r, const char *bytes, size_t size, char delimiter,
	struct err *e) MUST_USE;
void csv_clear(struct csv_reader *r);

/* Reads one row. ST_OK with *more false at the end of the input. A blank line is
 * a row with one empty unquoted field. On ST_INVALID the message names line and
 * column ("line 7, column 3: quote is never closed"); with *resume_at set
 * reading can go on with the next call (bad row skipped). */
enum status csv_next(struct csv_reader *r, bool *more, struct err *e) MUST_USE;

/* The delimiter among , ; tab | that splits the first rows most evenly. */
char csv_guess_delimiter(const char *bytes, size_t size);

/* Writer: appends to a growing buffer or flushes through a function. */
typedef enum status (*csv_sink)(void *arg, const char *bytes, size_t n, struct err *e);

struct csv_writer {
	csv_sink sink; /* borrowed with arg until csv_finish */
	void *arg;
	bool raw;       /* no guard before = + - @ ... in text fields */
	bool row_begun;
	enum status failed;
	size_t used;
	char buffer[65536];
};

void csv_writer_init(struct csv_writer *w, csv_sink sink, void *arg, bool raw);
/* A text field: quoted when needed; a text that a spreadsheet would take for a
 * formula gets a leading ' unless raw. */
void csv_text(struct csv_writer *w, struct text t);
/* A field that is known to be a number, date or keyword: written as it is. */
void csv_plain(struct csv_writer *w, const char *text);
void csv_end_row(struct csv_writer *w); /* "\n" */
/* Flushes; the first failure of the sink since init is returned. */
enum status csv_finish(struct csv_writer *w, struct err *e) MUST_USE;
/* True when t, as a text field, would be given a guard (also used on import to
 * strip exactly one from files that carry the header marker). */
bool csv_needs_guard(struct text t);

#endif
