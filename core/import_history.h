/*
 * The entry of an import in the history. What a small file changes is told row by row;
 * before a large one, or signals, a copy of the book is kept. Which of them it is, is
 * known before the first row is written.
 */
#ifndef CORE_IMPORT_HISTORY_H
#define CORE_IMPORT_HISTORY_H

#include "core/import.h"

#define IMPORT_TOLD_ROWS                                              \
	10000u /* lines of a file whose rows are told, and its header \
		*/

struct import_history {
	struct store *store; /* NULL: no entry is made */
	const struct import_request *request;
	struct operation op;
	bool rows;        /* they are told */
	bool tiers;       /* some were set */
	uint32_t several; /* it concerns more than one account */
	struct arena arena;
};

/* At the beginning of the transaction. Clear it in any case. */
enum status import_history_begin(struct import_history *h, struct store *s,
	const struct import_request *q, struct err *e) MUST_USE;
void import_history_clear(struct import_history *h);

/* A row of the batch; a CSM that was not known; tiers that are about to be saved. */
enum status import_history_row(
	struct import_history *h, const struct row_change *c, struct err *e) MUST_USE;
enum status import_history_csm(
	struct import_history *h, uint32_t id, struct text name, struct err *e) MUST_USE;
enum status import_history_tiers(
	struct import_history *h, const struct tiers *after, struct err *e) MUST_USE;

/* Saves the entry, when the import changed anything, and tells the result which it is. */
enum status import_history_end(
	struct import_history *h, struct import_result *r, struct err *e) MUST_USE;

#endif
