/*
 * CSV: a pull reader over bytes in memory and a writer. RFC 4180 with LF, CRLF
 * and CR-only (and mixed) line ends; quoted fields may hold newlines.
 *
 * The reader works in place on valid UTF-8 (see recode.h) and copies only
 * fields with doubled quotes. Unlike permissive parsers it refuses an
 * unterminated quote, text after a closing quote, NUL bytes, fields over
 * 1 MB, rows over 16 MB and more than 1000 columns, each with line and column.
 * A quote inside a field that doesn't begin with one is data. Rows may differ in
 * length: the caller sees columns and judges.
 */
#ifndef CORE_CSV_H
#define CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/out.h"
#include "core/text.h"

#define CSV_FIELD_MAX (1u << 20)
#define CSV_ROW_MAX (16u << 20)
#define CSV_COLUMNS_MAX 1000u

/* The first thing wrong with a row; its place is where a person finds it. */
struct csv_fault {
	const char *what; /* NULL: nothing */
	uint64_t line;
	uint32_t column;
};

struct csv_reader {
	const char *bytes; /* borrowed */
	size_t size, at;   /* at: where the next row begins */
	char delimiter;
	bool special[256]; /* bytes that mean something: delimiter, line ends, quote, NUL
			    */
	size_t row_at; /* bytes[row_at..at) is the last row as it stands, also a bad one
			*/
	uint64_t line; /* line on which the last row began, from 1 */
	uint64_t next_line;
	uint32_t columns;   /* fields in the last row, 0 after a bad one */
	struct text *field; /* borrowed until the next csv_next; owned by the reader */
	bool *quoted;       /* field i stood in quotes */
	struct csv_fault fault; /* of the last row */
	char *scratch;          /* unescaped fields of this row; owned */
	size_t scratch_size;
};

/* delimiter: ',' ';' '\t' '|'. bytes is borrowed until csv_clear. */
enum status csv_init(struct csv_reader *r, const char *bytes, size_t size, char delimiter,
	struct err *e) MUST_USE;
void csv_clear(struct csv_reader *r);

/* Reads one row. ST_OK with *more false at the end of the input. A blank line is
 * a row with one empty unquoted field. On ST_INVALID the message names line and
 * column ("line 7, column 3: the quote is never closed ..."), fault has them apart, and
 * the bad row is behind: the next call goes on with the row after it. Rows are told apart
 * as if the bad field were sound, so one fault costs one row; a quote that is never
 * closed costs the rest of the input. After ST_NOMEM the same row would be read again. */
enum status csv_next(struct csv_reader *r, bool *more, struct err *e) MUST_USE;

/* The delimiter among , ; tab | that splits the first rows most evenly. */
char csv_guess_delimiter(const char *bytes, size_t size);

/* Writer: collects rows and hands them to a sink, comma and LF. */
struct csv_writer {
	struct out out;
	char delimiter;  /* ',' unless set after init */
	bool raw;        /* no guard before = + - @ ... in text fields */
	uint32_t fields; /* in the row so far */
	bool blank;      /* the row so far is one empty field */
};

void csv_writer_init(struct csv_writer *w, out_sink sink, void *arg, bool raw);
/* A text field: quoted when needed; a text that a spreadsheet would take for a
 * formula gets a leading ' unless raw. */
void csv_text(struct csv_writer *w, struct text t);
/* A field as a reader with the same delimiter found it: in quotes where it was. */
void csv_kept(struct csv_writer *w, struct text t, bool quoted);
/* A field that is known to be a number, date or keyword: written as it is. */
void csv_plain(struct csv_writer *w, const char *text);
void csv_end_row(struct csv_writer *w); /* "\n" */
/* Flushes; the first failure of the sink since init is returned. */
enum status csv_finish(struct csv_writer *w, struct err *e) MUST_USE;
/* True when t, as a text field, would be given a guard: it begins with = + - @ TAB CR
 * LF NUL or their full-width forms, after any number of '. */
bool csv_needs_guard(struct text t);
/* t without the guard csv_text gave it, if it did: for files that carry the header
 * marker. For every t, csv_unguard(what csv_text wrote for t) is t. */
struct text csv_unguard(struct text t);

#endif
