/* Runs: the figures of a day on their way into the book, by a recalculation or a review.
 */
#ifndef CORE_BOOK_RUN_H
#define CORE_BOOK_RUN_H

#include "core/book_internal.h"

struct book_alerts;

struct book_run {
	struct policy policy; /* that they are computed with */
	int32_t policy_version;
	bool shown; /* the next screen begins with them: with the facts */
	bool brief; /* nobody saves them: scores_init_brief */
	struct scores scores;
	struct tiers tiers; /* of the day */
	struct book_columns facts;
};

void book_run_clear(struct book_run *r);

/* Where the ids end. */
enum status book_run_last(struct book *b, uint32_t *n, struct err *e) MUST_USE;
/* The tiers are there. alerts NULL: not looked for. */
enum status book_run_score(struct book *b, struct book_run *r, struct book_alerts *alerts,
	struct err *e) MUST_USE;
/* Once more, with other tiers. */
enum status book_run_score_as(
	struct book *b, struct book_run *r, const uint8_t *tier, struct err *e) MUST_USE;
/* Figures and alerts of the day, saved and told. */
enum status book_run_recalc(struct book *b, struct book_run *r, struct recalc_result *out,
	struct err *e) MUST_USE;
/* What was just computed and saved is what the next screen begins with. */
enum status book_run_picture(struct book *b, struct book_run *r,
	const struct tiers *tiers, struct err *e) MUST_USE;

#endif
