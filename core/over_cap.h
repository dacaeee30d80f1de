/*
 * Tiers that hold more than their cap allows. A base that shrank or a cap that was
 * lowered never keeps anybody from anything: the next review moves the weakest down.
 */
#ifndef CORE_OVER_CAP_H
#define CORE_OVER_CAP_H

#include "core/book.h"

struct over_cap {
	int tier;
	uint32_t members, limit;
};
struct over_caps {
	struct over_cap tier[TIER_COUNT];
	int n;
};

void over_caps_of(const struct book_summary *s, struct over_caps *out);
/* As the book is now. */
enum status over_caps_now(struct book *b, struct over_caps *out, struct err *e) MUST_USE;

/* "tier 1 holds 7, 2 more than its cap of 5; the next review moves the weakest down:
 * ...";
 * "" when none is. */
#define OVER_CAPS_MAX 240
void over_caps_text(const struct over_caps *o, char out[OVER_CAPS_MAX]);

#endif
