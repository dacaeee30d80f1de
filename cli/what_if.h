/* What the options of `capacity` and `rebalance` say is to be otherwise. */
#ifndef CLI_WHAT_IF_H
#define CLI_WHAT_IF_H

#include "cli/call.h"
#include "core/book_capacity.h"

enum { WHAT_IF_CSMS_MAX = 256 };

struct what_if {
	struct capacity_what_if what; /* points into the rest */
	struct policy policy;
	struct capacity_change change[WHAT_IF_CSMS_MAX];
};

/* q is all 0 before, and stays where it is as long as q->what is used. */
enum status what_if_read(
	const struct call *c, struct book *b, struct what_if *q, struct err *e) MUST_USE;

/* The first of some parts with commas between, trimmed; false: there is none. */
bool what_if_part(struct text *rest, struct text *part);

#endif
