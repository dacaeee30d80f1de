/* The CSMs and signals that an import adds, or takes for ones written otherwise, and the
 * contracts that it takes for their accounts. */
#ifndef CORE_IMPORT_ADDED_H
#define CORE_IMPORT_ADDED_H

#include "core/import.h"

#define IMPORT_CSMS_NAMED 12u
#define IMPORT_CONTRACT_SHOWN 60

struct import_added {
	uint32_t csms, signals;
	uint64_t contracts; /* rows that name one for the account it is of */
	char contract[IMPORT_CONTRACT_SHOWN + 1]; /* the first of those */
	uint32_t alike; /* names that were taken for a CSM written otherwise */
	char names[ERR_TEXT_MAX - 64]; /* of the first CSMs */
	uint32_t named;
};

/* known: a CSM of nearly that name, who may be meant; NULL: there is none. */
void import_added_csm(struct import_added *x, struct text name, const char *known,
	struct import_result *r);
void import_added_signal(
	struct import_added *x, struct text name, struct import_result *r);
void import_added_alike(struct import_added *x, struct text name, struct text known,
	struct import_result *r);
void import_added_contract(struct import_added *x, struct text id);
/* What is to be said when all rows were read. */
void import_added_notes(const struct import_added *x, struct import_result *r);

#endif
