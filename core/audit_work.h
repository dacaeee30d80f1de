/* Audits of alerts and plays; part of audit_run. */
#ifndef CORE_AUDIT_WORK_H
#define CORE_AUDIT_WORK_H

#include "core/audit.h"

/* Tiers without a play of their own, bindings that lead nowhere, kinds of alert that
 * people call useless, critical alerts that nobody took up. */
enum status audit_work(struct book *b, audit_fn fn, void *arg, struct err *e) MUST_USE;

#endif
