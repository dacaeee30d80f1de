/* What the files behind core/intake.h share. */
#ifndef CORE_INTAKE_INTERNAL_H
#define CORE_INTAKE_INTERNAL_H

#include "core/intake.h"

/* The row that the reader stands on has no text in any cell. */
bool intake_is_blank(const struct csv_reader *r);

/* What field f is where its cells are blank or it has no column: a text in the canonical
 * way. */
enum status intake_constant(
	struct intake *in, int f, const char *constant, struct err *e) MUST_USE;

/* Columns of amounts whose header or cells say their currency: it is that of all rows
 * that no column and no mapping says another for, and its sign may stand there. */
enum status intake_take_currency(struct intake *in, struct err *e) MUST_USE;

#endif
