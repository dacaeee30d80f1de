/* What another policy would make of the base, as text and as JSON. */
#ifndef CLI_POLICY_DIFF_H
#define CLI_POLICY_DIFF_H

#include "cli/call.h"
#include "core/policy.h"

/* Tries it on the book, which stays as it is. The answer is no when somebody would end in
 * another tier. */
enum status policy_diff(
	struct call *c, struct book *b, const struct policy *p, struct err *e) MUST_USE;

#endif
