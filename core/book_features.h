/*
 * The features of the first days against the staying of the customers of a period: read
 * from the signals "feature:NAME" and from a revenue that knows its outcome
 * (features.h). Made in steps of a few milliseconds.
 */
#ifndef CORE_BOOK_FEATURES_H
#define CORE_BOOK_FEATURES_H

#include "core/book_revenue.h"
#include "core/features.h"

struct book_features;
/* r: is borrowed until it is done. ST_USAGE: days are not 1..FEATURES_DAYS_MAX. */
enum status book_features_new(struct book *b, const struct revenue *r, int days,
	struct book_features **out, struct err *e) MUST_USE;
void book_features_free(struct book_features **f);
/* One step on; nothing when it is done. */
enum status book_features_step(struct book_features *f, struct err *e) MUST_USE;
/* All of them. */
enum status book_features_all(struct book_features *f, struct err *e) MUST_USE;
/* NULL: not done yet. Borrowed until it is freed. */
const struct features *book_features_known(const struct book_features *f);

#endif
