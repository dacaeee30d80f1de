/* Which features an account of the demo uses in its first days: signals "feature:...". */
#ifndef CORE_DEMO_FEATURES_H
#define CORE_DEMO_FEATURES_H

#include "core/demo_rows.h"

/* Before any batch: the kinds of signals. */
enum status demo_features_begin(struct demo_pass *p, struct err *e) MUST_USE;
/* Rows of the pass of signals. */
enum status demo_features_rows(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;

#endif
