/*
 * The tier column of an accounts file: collected row by row, put in place at the end.
 */
#ifndef CORE_IMPORT_TIERS_H
#define CORE_IMPORT_TIERS_H

#include "core/import_history.h"

struct import_tiers {
	uint8_t *wanted; /* by id - 1; TIER_NONE: nothing said; owned */
	uint32_t n;      /* elements; 0: no row had a tier */
};

/* Remembers the tier a row gives to the account. */
enum status import_tiers_want(
	struct import_tiers *t, uint32_t account, uint8_t tier, struct err *e) MUST_USE;
/* Tiers of accounts active on request->as_of become those wanted, dated that day; other
 * accounts keep theirs. ST_FORBIDDEN: a tier would grow beyond its cap. */
enum status import_tiers_save(struct import_tiers *t, struct store *s,
	const struct import_request *request, struct import_history *h,
	struct import_result *result, struct err *e) MUST_USE;
void import_tiers_clear(struct import_tiers *t);

#endif
