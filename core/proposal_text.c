#include "core/proposal_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/convert.h"

enum { NAME_SHOWN = 40 };

/* ---- moves ---- */

/* Of a book before and after: its name, and the band that is meant. */
struct sides {
	const struct capacity_row *before, *after;
};

static struct sides sides_of(const struct proposal *p, uint32_t row)
{
	return (struct sides){ &p->before->row[row], &p->after->row[row] };
}

static const char *percent(double share, char out[16])
{
	snprintf(out, 16, "%.0f %%", capacity_percent(share));
	return out;
}

static int only_tier(const struct capacity *c, const struct capacity_book *b)
{
	int found = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		if (c->band[t].pooled || !b->accounts[t])
			continue;
		if (found)
			return 0;
		found = t + 1;
	}
	return found;
}

/* "Ana: 23 -> 20, tier-1 limit 20"; of a book of both tiers or a part of one, shares. */
static void say_load(
	const struct proposal *p, uint32_t row, bool by_arr, char *out, size_t size)
{
	const struct sides s = sides_of(p, row);
	const int tier =
		by_arr || s.before->share < 1 ? 0 : only_tier(p->before, &s.before->book);
	const int n = convert_shown(s.before->name, NAME_SHOWN);
	char was[16], is[16], room[16];

	if (tier)
		snprintf(out, size, "%.*s: %u -> %u, tier-%d limit %.0f", n,
			s.before->name.s, s.before->book.accounts[tier - 1],
			s.after->book.accounts[tier - 1], tier,
			p->before->band[tier - 1].max);
	else
		snprintf(out, size, "%.*s: %s %s -> %s of a whole book, limit %s", n,
			s.before->name.s, by_arr ? "ARR" : "accounts",
			percent(by_arr ? s.before->load.arr_max
				       : s.before->load.count_max,
				was),
			percent(by_arr ? s.after->load.arr_max : s.after->load.count_max,
				is),
			percent(s.before->share, room));
}

static bool is_over(double load, const struct capacity_row *r)
{
	return load > r->share + 1e-9;
}

static void say_under(const struct proposal *p, uint32_t row, char *out, size_t size)
{
	const struct sides s = sides_of(p, row);
	const bool by_arr = s.before->load.arr_min < s.before->load.count_min;
	char was[16], is[16];

	snprintf(out, size, "fills %.*s: %s %s -> %s of the least",
		convert_shown(s.before->name, NAME_SHOWN), s.before->name.s,
		by_arr ? "ARR" : "accounts",
		percent(by_arr ? s.before->load.arr_min : s.before->load.count_min, was),
		percent(by_arr ? s.after->load.arr_min : s.after->load.count_min, is));
}

static void say_even(
	const struct proposal *p, const struct proposal_move *m, char *out, size_t size)
{
	const struct sides f = sides_of(p, m->from), t = sides_of(p, m->to);
	char was[16], is[16], had[16], has[16];
	const bool makes_room =
		capacity_fills(&f.after->load) > capacity_fills(&f.before->load) - 1e-9;

	snprintf(out, size, "%s: %.*s %s -> %s, %.*s %s -> %s",
		makes_room ? "makes room for what comes" : "evens out the load",
		convert_shown(f.before->name, NAME_SHOWN), f.before->name.s,
		percent(capacity_fills(&f.before->load), was),
		percent(capacity_fills(&f.after->load), is),
		convert_shown(t.before->name, NAME_SHOWN), t.before->name.s,
		percent(capacity_fills(&t.before->load), had),
		percent(capacity_fills(&t.after->load), has));
}

/* "Ana is not there any more, and nobody who serves EMEA has room"; "Ana leaves on
 * 2026-12-31" until then. */
static void say_gone(const struct proposal_problem *q, const struct proposal *p,
	struct proposal_move *m)
{
	const struct capacity_row *r = &p->before->row[m->from];
	const bool asks = m->to == CAPACITY_POOL && !p->before->band[m->tier - 1].pooled;
	char nobody[PROPOSAL_TEXT_MAX] = "", day[DAY_TEXT_MAX];
	const bool leaves = r->until != DAY_NONE && r->until >= p->before->as_of;

	if (asks)
		proposal_text_nobody(q, p, m->account - 1, nobody);
	snprintf(m->reason, sizeof(m->reason), "%.*s %s%s%s%s",
		convert_shown(r->name, NAME_SHOWN), r->name.s,
		leaves ? "leaves on " : "is not there any more",
		leaves ? day_format(r->until, day) : "", asks ? ", and " : "", nobody);
}

void proposal_text_reason(const struct proposal_problem *q, const struct proposal *p,
	struct proposal_move *m)
{
	const struct capacity *c = p->before;
	char load[PROPOSAL_TEXT_MAX - 16];

	if (m->pinned) {
		snprintf(m->reason, sizeof(m->reason), "as you said");
	} else if (m->from == CAPACITY_POOL) {
		snprintf(m->reason, sizeof(m->reason),
			"has no owner, and tier %d asks for one", m->tier);
	} else if (!(c->row[m->from].share > 0)) {
		say_gone(q, p, m);
	} else if (is_over(c->row[m->from].load.count_max, &c->row[m->from])) {
		say_load(p, m->from, false, load, sizeof(load));
		snprintf(m->reason, sizeof(m->reason), "relieves %s", load);
	} else if (is_over(c->row[m->from].load.arr_max, &c->row[m->from])) {
		say_load(p, m->from, true, load, sizeof(load));
		snprintf(m->reason, sizeof(m->reason), "relieves %s", load);
	} else if (m->to != CAPACITY_POOL && c->row[m->to].load.under > 0) {
		say_under(p, m->to, m->reason, sizeof(m->reason));
	} else if (m->to != CAPACITY_POOL) {
		say_even(p, m, m->reason, sizeof(m->reason));
	} else {
		snprintf(m->reason, sizeof(m->reason), "tier %d has no owners", m->tier);
	}
}

/* ---- obstacles ---- */

static void say_asked(const struct proposal_problem *q, const struct proposal *p,
	const struct rebalance_result *r, uint32_t i, char out[PROPOSAL_TEXT_MAX])
{
	switch (rebalance_obstacle(&q->p, r, q->item_of[i])) {
	case REBALANCE_PINNED:
		snprintf(out, PROPOSAL_TEXT_MAX, "held by an account of the family");
		break;
	case REBALANCE_MOVES:
		snprintf(out, PROPOSAL_TEXT_MAX, "the limits on moves are used up");
		break;
	case REBALANCE_NO_REACH:
	case REBALANCE_NO_ROOM:
	case REBALANCE_CLEAR:
		proposal_text_no_room(q, p, i, out);
	}
}

void proposal_text_obstacle(const struct proposal_problem *q, const struct proposal *p,
	const struct rebalance_result *r, uint32_t i, char out[PROPOSAL_TEXT_MAX])
{
	if (q->hold[i] == HOLD_PINNED)
		snprintf(out, PROPOSAL_TEXT_MAX, "kept there, as you said");
	else if (q->hold[i] == HOLD_LOCKED)
		snprintf(out, PROPOSAL_TEXT_MAX, "locked: `tierdesk unlock` first");
	else if (q->asked[i])
		say_asked(q, p, r, i, out);
	else
		snprintf(out, PROPOSAL_TEXT_MAX, "held");
}
