/* The success plans of the demo: where customers are to be, and what comes next. */
#ifndef CORE_DEMO_PLANS_H
#define CORE_DEMO_PLANS_H

#include "core/demo_rows.h"

/* The plan of an account, where its CSM keeps one. */
enum status demo_plans_row(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;

#endif
