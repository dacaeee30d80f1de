/* The audit of the score itself: whether anybody ever held it against who left. */
#ifndef CORE_AUDIT_BACKTEST_H
#define CORE_AUDIT_BACKTEST_H

#include "core/audit.h"

/* Part of audit_run, with the columns there. Nothing where too few left to tell. */
enum status audit_backtest(
	struct book *b, audit_fn fn, void *arg, struct err *e) MUST_USE;

#endif
