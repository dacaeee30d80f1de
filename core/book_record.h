/*
 * What the book tells of itself: entries of the history for what is not a change of rows.
 * Each inside the transaction that it tells of; for the files of the book service.
 */
#ifndef CORE_BOOK_RECORD_H
#define CORE_BOOK_RECORD_H

#include "core/book_internal.h"

/* A review that was applied: its number, the tiers before it, why (may be NULL). */
enum status book_record_review(struct book *b, const struct review *r, int64_t number,
	const struct tiers *before, const char *reason, struct err *e) MUST_USE;
/* A new policy version, and the policy before it. */
enum status book_record_policy(struct book *b, const struct policy *was,
	const struct policy *is, int32_t version, const char *reason,
	struct err *e) MUST_USE;
/* A recalculation, when it did more than figures, or a copy was made before it. */
enum status book_record_recalc(struct book *b, const struct recalc_result *r,
	struct text backup, struct err *e) MUST_USE;

#endif
