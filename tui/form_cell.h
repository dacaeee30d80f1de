/* Lines of a form that are fields of a row: what the book has is put into them, and what
 * they say becomes a change of it. */
#ifndef TUI_FORM_CELL_H
#define TUI_FORM_CELL_H

#include "core/record.h"
#include "tui/form.h"

/* What the book has, to its last byte, so that it is read back as the same. */
void form_cell_put(struct input *out, const struct field *f, const struct cell *c);

struct form_cells {
	struct cell to[RECORD_FIELDS_MAX], seen[RECORD_FIELDS_MAX]; /* by field */
	uint32_t fields;                                            /* as bits */
};

/* Of the first n lines, which are these fields, those that were changed; filled: those
 * that are filled in, as of a new row. Texts live in the form. On failure *line is the
 * one to blame, and the message does not name the field; else -1. */
enum status form_cell_read(struct app *a, const struct form *f, enum record_kind kind,
	const int *fields, int n, bool filled, struct form_cells *out, int *line,
	struct err *e) MUST_USE;

#endif
