/* Single cells of changes by hand: whether a record takes them, and how they read. */
#ifndef CORE_CHANGE_CELL_H
#define CORE_CHANGE_CELL_H

#include "core/policy.h"
#include "core/record.h"

#define CHANGE_TEXT_MAX 4000 /* bytes of a text */

/* Trims a text, makes an empty one missing, and checks what the field takes. References
 * are left to who can look them up. ST_INVALID, naming the field. */
enum status change_check(const struct field *f, const struct policy *p, struct cell *c,
	struct err *e) MUST_USE;

/* A cell for people: "50000.00", "2026-03-31", "yes", "nothing" when it is missing. At
 * most size bytes; texts are cut. References are shown as text. Returns out. */
char *change_text(const struct field *f, const struct cell *c, char *out, size_t size);

#endif
