/*
 * CSMs whose names differ in case and blanks alone: a file that writes one of them in two
 * ways means one person.
 */
#ifndef CORE_IMPORT_NAMES_H
#define CORE_IMPORT_NAMES_H

#include "core/store.h"

struct import_name;
struct import_names {
	struct import_name *name; /* owned */
	uint32_t n;
	uint32_t *place; /* by hash, 1 + index into name; 0: free. Owned */
	uint32_t places;
	struct arena texts;
	bool loaded;
};

/* All 0 is an empty one; clear it in any case. */
void import_names_clear(struct import_names *x);
/* *id 0: nobody is called like that; else *known is how the name is written, borrowed. */
enum status import_names_find(struct import_names *x, struct store *s, struct text name,
	uint32_t *id, struct text *known, struct err *e) MUST_USE;
/* Who may be meant by a name that nobody has; NULL: nobody is called nearly so. */
const char *import_names_near(const struct import_names *x, struct text name);
/* One that was added since. */
enum status import_names_add(
	struct import_names *x, uint32_t id, struct text name, struct err *e) MUST_USE;

#endif
