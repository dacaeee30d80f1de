/*
 * What the fields of a row say of each other: an end is not before its beginning, a score
 * is on its scale, a loss is negative. Files, verbs and forms are held to the same rules;
 * what one cell may hold is change_cell's and convert's.
 */
#ifndef CORE_RECORD_CHECK_H
#define CORE_RECORD_CHECK_H

#include "core/complaint.h"
#include "core/record.h"

struct record_flaw {
	int field;             /* of the record: the one to look at */
	struct complaint what; /* without its name: what is wrong, what to do */
};

/* Whether a row may be as it is. Cells in field order, references as ids. Rules in which
 * none of the fields (bit i: field i) takes part are passed over: who changes an address
 * need not mend a date. False: *out says why. */
bool record_check(enum record_kind kind, const struct cell *cells, uint32_t fields,
	struct record_flaw *out);

#endif
