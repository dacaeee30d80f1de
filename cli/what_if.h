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

/* Whether anything is to be otherwise. */
bool what_if_is_set(const struct capacity_what_if *w);

/* The first of some parts with commas between, trimmed; false: there is none. A comma, or
 * below an =, in double quotes is part of a name; a quote in them is written twice. */
bool what_if_part(struct text *rest, struct text *part);
struct what_if_sides {
	struct text left, right; /* without their quotes; in the buffers */
	char room[2][512];
};
/* What stands before and behind the =; false: there is none, or one of them is empty. */
bool what_if_sides(struct text part, struct what_if_sides *out);

#endif
