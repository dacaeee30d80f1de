/*
 * List export: rows of a list as a file or for a pipe, with the columns that were asked
 * for, as CSV, JSON or a page for a browser. The verb `list` and the console's export
 * are this.
 *
 * CSV: texts that a spreadsheet would run are guarded (csv.h). JSON: an array of objects
 * as cli's `list` documents it. HTML: one page that needs nothing else and runs nothing.
 * A sheet is CSV for people: the titles of the screen, amounts with their cents behind
 * the point.
 */
#ifndef CORE_LIST_EXPORT_H
#define CORE_LIST_EXPORT_H

#include "core/book.h"
#include "core/json.h"

enum list_format { LIST_CSV, LIST_SHEET, LIST_JSON, LIST_HTML };

struct list_export {
	struct book *book;
	const uint32_t *ids; /* borrowed; the rows in their order */
	uint32_t n;
	const enum list_field *field; /* borrowed; the columns in their order */
	int fields;
	/* of an HTML page: its heading, and what the rows are ("tier:1, Dana's") */
	struct text title, about;
};

/* Writes them all. The first failure of the sink or of the book ends it. */
enum status list_export(const struct list_export *x, enum list_format format,
	out_sink sink, void *arg, struct err *e) MUST_USE;

/* The same rows one by one, for writers of other shapes. */
typedef enum status (*list_row_fn)(void *arg, const struct list_row *r, struct err *e);
enum status list_each_row(struct book *b, const uint32_t *ids, uint32_t n, list_row_fn fn,
	void *arg, struct err *e) MUST_USE;

/* The heading of a column for people. */
const char *list_title(enum list_field f);
/* The whole text of a field that is one, as it is in the book; {NULL, 0}: missing. */
struct text list_text(const struct list_row *r, enum list_field f);
/* Key and value of a field of an object that is open. */
void list_json_field(struct json *j, const struct list_row *r, enum list_field f);

#endif
