/*
 * Audits: what a manager should look at, as findings with a remedy each. The checks are
 * the rows of audit.def; RULES.md says how each is read.
 */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/book.h"

struct audit_check {
	const char *name, *title, *remedy;
};
/* The checks in their order; *n: how many. */
const struct audit_check *audit_checks(int *n);

/* Whether the health of so many is not known that it says little about the book. */
bool audit_unmeasured(const struct book_summary *s);

#define AUDIT_TEXT_MAX 240
#define AUDIT_EXAMPLES 5 /* so many accounts are named where there is little room */

struct audit_finding {
	const struct audit_check *check;
	uint32_t count;            /* accounts concerned, 0: it is not about accounts */
	const uint32_t *account;   /* their ids, the most urgent first where there is an
				      order; borrowed during the call */
	char text[AUDIT_TEXT_MAX]; /* what was found */
};

typedef enum status (*audit_fn)(void *arg, const struct audit_finding *f, struct err *e);

/* Runs every check on the figures of the book; calls fn for each finding. */
enum status audit_run(struct book *b, audit_fn fn, void *arg, struct err *e) MUST_USE;

#endif
