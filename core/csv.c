/*
 * CSV reader: from one byte that means something to the next, by a table: fields are so
 * short that eight bytes at a time are slower. Bad rows are read to their end like good
 * ones, so that reading can go on.
 */
#include "core/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A row being read. */
struct row {
	size_t at;       /* next byte */
	uint64_t line;   /* its line */
	uint32_t column; /* fields before it */
	size_t escapes;  /* bytes of fields that hold doubled quotes */
	struct csv_fault fault;
};

enum status csv_init(struct csv_reader *r, const char *bytes, size_t size, char delimiter,
	struct err *e)
{
	*r = (struct csv_reader){
		.bytes = bytes, .size = size, .delimiter = delimiter, .next_line = 1
	};
	if (delimiter != ',' && delimiter != ';' && delimiter != '\t' && delimiter != '|')
		return err_set(
			e, ST_USAGE, "the delimiter must be one of , ; | or a tab");
	const char special[] = { delimiter, '\n', '\r', '"', '\0' };
	for (size_t i = 0; i < sizeof(special); i++)
		r->special[(unsigned char)special[i]] = true;
	r->field = calloc(CSV_COLUMNS_MAX, sizeof(*r->field));
	r->quoted = calloc(CSV_COLUMNS_MAX, sizeof(*r->quoted));
	if (r->field == NULL || r->quoted == NULL) {
		csv_clear(r);
		return err_set(e, ST_NOMEM, "no memory to read CSV");
	}
	return ST_OK;
}

void csv_clear(struct csv_reader *r)
{
	free(r->field);
	free(r->quoted);
	free(r->scratch);
	*r = (struct csv_reader){ .bytes = NULL };
}

/* The next delimiter, quote, line end or NUL from at on, or the end. */
static size_t find_special(const struct csv_reader *r, size_t at)
{
	while (at < r->size && !r->special[(unsigned char)r->bytes[at]])
		at++;
	return at;
}

static void blame(struct row *row, uint64_t line, const char *what)
{
	if (row->fault.what == NULL)
		row->fault = (struct csv_fault){ what, line, row->column + 1 };
}

/* Takes a LF, CR or CRLF that row->at stands on. */
static void take_line_end(const struct csv_reader *r, struct row *row)
{
	bool cr = r->bytes[row->at++] == '\r';
	if (cr && row->at < r->size && r->bytes[row->at] == '\n')
		row->at++;
	row->line++;
}

/* Goes on to the delimiter, line end or end of input that ends an unquoted field. */
static void take_plain(const struct csv_reader *r, struct row *row)
{
	for (;; row->at++) {
		row->at = find_special(r, row->at);
		if (row->at >= r->size)
			return;
		char c = r->bytes[row->at];
		if (c == r->delimiter || c == '\n' || c == '\r')
			return;
		if (c == '\0')
			blame(row, row->line, "NUL byte: the file is not text");
	}
}

/* Reads a field whose opening quote row->at stands on. Returns what stands between
 * the quotes; quotes that are doubled in it still are, *doubled says how many. */
static struct text take_quoted(
	const struct csv_reader *r, struct row *row, size_t *doubled)
{
	uint64_t first_line = row->line;
	size_t from = ++row->at;
	for (;;) {
		row->at = find_special(r, row->at);
		if (row->at >= r->size) {
			blame(row, first_line,
				"the quote is never closed: close it, or double the "
				"quotes inside the field");
			return (struct text){ r->bytes + from, r->size - from };
		}
		char c = r->bytes[row->at];
		if (c == '\n' || c == '\r') {
			take_line_end(r, row);
			continue;
		}
		if (c == '\0')
			blame(row, row->line, "NUL byte: the file is not text");
		row->at++;
		if (c != '"')
			continue;
		if (row->at >= r->size || r->bytes[row->at] != '"')
			break;
		row->at++;
		(*doubled)++;
	}
	struct text inside = { r->bytes + from, row->at - 1 - from };
	size_t end = row->at;
	take_plain(r, row);
	if (row->at > end)
		blame(row, row->line,
			"text after the closing quote: double the quotes inside the "
			"field");
	return inside;
}

static void take_field(struct csv_reader *r, struct row *row)
{
	size_t from = row->at, doubled = 0;
	uint64_t line = row->line;
	bool quoted = from < r->size && r->bytes[from] == '"';
	struct text t;
	if (quoted) {
		t = take_quoted(r, row, &doubled);
		row->escapes += doubled > 0 ? t.n : 0;
	} else {
		take_plain(r, row);
		t = (struct text){ r->bytes + from, row->at - from };
	}
	if (t.n - doubled > CSV_FIELD_MAX)
		blame(row, line, "the field is larger than 1 MB");
	if (row->column < CSV_COLUMNS_MAX) {
		r->field[row->column] = t;
		r->quoted[row->column] = quoted;
	} else {
		blame(row, line, "more than 1000 columns");
	}
	row->column++;
}

/* Replaces the fields that hold doubled quotes by copies without them. */
static enum status unescape(struct csv_reader *r, const struct row *row, struct err *e)
{
	if (row->escapes > r->scratch_size) {
		char *scratch = realloc(r->scratch, row->escapes);
		if (scratch == NULL)
			return err_set(e, ST_NOMEM, "no memory to read line %" PRIu64,
				r->next_line);
		r->scratch = scratch;
		r->scratch_size = row->escapes;
	}
	char *to = r->scratch;
	for (uint32_t i = 0; i < row->column; i++) {
		struct text *t = &r->field[i];
		if (!r->quoted[i] || t->n == 0 || memchr(t->s, '"', t->n) == NULL)
			continue;
		char *copy = to;
		for (size_t at = 0; at < t->n; at++) {
			*to++ = t->s[at];
			at += t->s[at] == '"';
		}
		*t = (struct text){ copy, (size_t)(to - copy) };
	}
	return ST_OK;
}

enum status csv_next(struct csv_reader *r, bool *more, struct err *e)
{
	*more = r->at < r->size;
	r->columns = 0;
	if (!*more)
		return ST_OK;
	struct row row = { .at = r->at, .line = r->next_line };
	take_field(r, &row);
	while (row.at < r->size && r->bytes[row.at] == r->delimiter) {
		row.at++;
		take_field(r, &row);
	}
	if (row.at - r->at > CSV_ROW_MAX) {
		row.column = 0;
		blame(&row, r->next_line, "the row is larger than 16 MB");
	}
	if (row.at < r->size)
		take_line_end(r, &row);
	if (row.fault.what == NULL && row.escapes > 0) {
		enum status status = unescape(r, &row, e);
		if (status != ST_OK)
			return status;
	}
	r->row_at = r->at;
	r->line = r->next_line;
	r->at = row.at;
	r->next_line = row.line;
	r->fault = row.fault;
	if (row.fault.what != NULL)
		return err_set(e, ST_INVALID, "line %" PRIu64 ", column %" PRIu32 ": %s",
			row.fault.line, row.fault.column, row.fault.what);
	r->columns = row.column;
	return ST_OK;
}

#define GUESS_BYTES ((size_t)65536)
#define GUESS_ROWS 50

/* How many of the first rows have as many columns as the first, and how many that is.
 * A file that was cut to a sample ends in half a row, which is left out. */
static uint32_t even_rows(struct csv_reader *r, bool cut, uint32_t *columns)
{
	uint32_t rows = 0;
	bool more;
	*columns = 0;
	for (int i = 0; i < GUESS_ROWS; i++) {
		enum status status = csv_next(r, &more, NULL);
		if ((status == ST_OK && !more) || (cut && i > 0 && r->at >= r->size))
			break;
		bool blank = r->columns == 1 && r->field[0].n == 0;
		if (status != ST_OK || blank)
			continue;
		if (*columns == 0)
			*columns = r->columns;
		rows += r->columns == *columns;
	}
	return rows;
}

char csv_guess_delimiter(const char *bytes, size_t size)
{
	static const char candidates[] = { ',', ';', '\t', '|' };
	bool cut = size > GUESS_BYTES;
	char best = ',';
	uint32_t most_rows = 0, most_columns = 0;
	for (size_t i = 0; i < sizeof(candidates); i++) {
		struct csv_reader r;
		uint32_t columns, rows;
		if (csv_init(&r, bytes, cut ? GUESS_BYTES : size, candidates[i], NULL))
			continue;
		rows = even_rows(&r, cut, &columns);
		csv_clear(&r);
		if (columns > 1 &&
			(rows > most_rows ||
				(rows == most_rows && columns > most_columns))) {
			best = candidates[i];
			most_rows = rows;
			most_columns = columns;
		}
	}
	return best;
}
