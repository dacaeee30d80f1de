/*
 * What the accounts that an import takes come to: their ARR, and what they are without.
 */
#ifndef CORE_IMPORT_TAKEN_H
#define CORE_IMPORT_TAKEN_H

#include "core/import.h"

#define IMPORT_FIRST_SHOWN 60

/* Accounts of one flaw. */
struct import_flawed {
	uint64_t n;
	char first[IMPORT_FIRST_SHOWN + 1]; /* its account_id */
};

struct import_taken {
	int64_t arr;                /* in the base currency */
	char currency[4];           /* which that is; "": the policy was not asked */
	uint64_t arr_rows, foreign; /* rows that gave it; rows in another currency */
	struct import_flawed nameless, ownerless, overdue;
};

/* A row of accounts that was taken; given: the fields that the file has. */
void import_taken_row(struct import_taken *t, const struct import_request *q,
	const struct cell *row, uint32_t given);
void import_taken_notes(const struct import_taken *t, struct import_result *r);

#endif
