/* Audits of the loop from tickets to what makes them stop. */
#include "core/audit_internal.h"

#include <stdio.h>

#include "core/convert.h"

enum { AGAIN_MIN = 3, NAME = 60 }; /* tickets that come again: below, it may be chance */

static enum status need_causes(struct audit *a, struct err *e)
{
	return a->causes.days ? ST_OK : causes_of(a->b, CAUSES_DAYS, &a->causes, e);
}

static int shown(const struct cause_row *r)
{
	return convert_shown(r->name, NAME);
}

/* A cause comes again and again, and nobody has noted a fix. */
enum status audit_unfixed(struct audit *a, struct err *e)
{
	const struct cause_row *worst = NULL;
	uint32_t n = 0;
	enum status st = need_causes(a, e);

	for (uint32_t i = 0; st == ST_OK && i < a->causes.n; i++) {
		const struct cause_row *r = &a->causes.row[i];

		if (r->fix || r->repeated < AGAIN_MIN)
			continue;
		n++;
		worst = worst && worst->repeated >= r->repeated ? worst : r;
	}
	if (st == ST_OK && n)
		st = audit_note(a, worst->begin, e);
	if (st != ST_OK || n == 0)
		return st;
	return audit_tell(a, e,
		"%u root cause%s again without a fix; most of all %.*s: %u of %u tickets "
		"in %d days, at %u account%s",
		n, n == 1 ? " comes" : "s come", shown(worst), worst->name.s,
		worst->repeated, worst->tickets, CAUSES_DAYS, worst->accounts,
		TEXT_S(worst->accounts));
}

/* Tickets came after a fix that should have ended them; noted is where it was made. */
enum status audit_came_back(struct audit *a, struct err *e)
{
	const struct cause_row *worst = NULL;
	struct store *s = a->b->store;
	enum status st = need_causes(a, e);

	for (uint32_t i = 0; st == ST_OK && i < a->causes.n; i++) {
		const struct cause_row *r = &a->causes.row[i];
		uint32_t id = 0;

		if (r->verdict != FIX_BACK)
			continue;
		worst = worst && worst->since >= r->since ? worst : r;
		st = s->ops->find(s, REC_ACCOUNT, r->fix->account, &id, e);
		if (st == ST_OK && id)
			st = audit_note(a, id, e);
	}
	if (st != ST_OK || !worst)
		return st;
	return audit_tell(a, e,
		"tickets of %u root cause%s came after the fix; most of all %.*s: %u "
		"since it was automated",
		a->causes.verdicts[FIX_BACK], TEXT_S(a->causes.verdicts[FIX_BACK]),
		shown(worst), worst->name.s, worst->since);
}
