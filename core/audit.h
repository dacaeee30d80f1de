/*
 * Audits: what a manager should look at, as findings with a remedy.
 */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/book.h"

#define AUDIT_EXAMPLES 5

struct audit_finding {
	const char *check; /* name of the check: "over-cap" */
	uint32_t count;    /* accounts concerned, 0 when it is not about accounts */
	uint32_t example[AUDIT_EXAMPLES]; /* ids of the first of them */
	char text[200];                   /* what and what to do */
};

typedef enum status (*audit_fn)(void *arg, const struct audit_finding *f, struct err *e);

/* Runs every check on the figures of the book; calls fn for each finding. */
enum status audit_run(struct book *b, audit_fn fn, void *arg, struct err *e) MUST_USE;

#endif
