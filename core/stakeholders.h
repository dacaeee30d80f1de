/*
 * Who is known at a customer, and whether it hangs on one person or one role: then nobody
 * else can tell what it is worth when that one leaves.
 */
#ifndef CORE_STAKEHOLDERS_H
#define CORE_STAKEHOLDERS_H

#include "core/book.h"

enum { STAKEHOLDERS_CHAMPION = 1, STAKEHOLDERS_SPONSOR = 2 };

struct stakeholders {
	uint32_t people; /* who are there on the day */
	uint32_t placed; /* of them those whose role is known */
	unsigned roles;  /* which; bits as above, and others */
};

/* One more contact; nothing when it is not there on the day. */
void stakeholders_add(struct stakeholders *s, const struct cell *contact, int32_t day);
void stakeholders_of(const struct account_view *v, int32_t day, struct stakeholders *out);

/* Fewer than two people, or all of one role. */
bool stakeholders_fragile(const struct stakeholders *s);
#define STAKEHOLDERS_TEXT_MAX 64
/* What makes it fragile. */
char *stakeholders_text(const struct stakeholders *s, char out[STAKEHOLDERS_TEXT_MAX]);

#endif
