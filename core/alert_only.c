/*
 * Which alerts hold in a part, and how severe they are, without the evidence: the
 * conditions of alert_find (alert_condition.h), kind by kind instead of account by
 * account, so that the same comes out in a fraction of the time.
 */
#include "core/alert_condition.h"

/* Of a part as many as it has accounts: four counts fit into one number. */
enum { COUNT_BITS = 16 };
_Static_assert(PART_ACCOUNTS < 1u << COUNT_BITS, "a count has room");
_Static_assert((SEVERITIES - 1) * COUNT_BITS <= 64, "counts of all severities have room");

struct looking {
	const struct policy *p;
	const struct alert_part *part;
	unsigned kinds;
	const struct alert_holds *holds;
	struct alert_counts *counts;
};

static void unpack_counts(uint64_t counts, uint32_t out[SEVERITIES])
{
	out[SEV_OFF] = 0;
	for (int v = SEV_OFF + 1; v < SEVERITIES; v++, counts >>= COUNT_BITS)
		out[v] = (uint32_t)(counts & ((1u << COUNT_BITS) - 1));
}

__attribute__((always_inline)) static inline void look(
	const struct looking *l, enum alert_kind kind)
{
	const struct base *b = l->part->base;
	uint64_t counts = 0;

	if (!(l->kinds >> kind & 1))
		return;
	for (uint32_t i = 0; i < b->n; i++) {
		const struct alert_subject s = alert_subject_of(l->part, i);
		struct finding f = finding_of(l->p, &s);
		enum severity v;

		if (!b->active[i])
			continue;
		f.critical = l->holds->critical[i] != 0;
		v = condition_of(kind, &f).severity;
		if (v == SEV_OFF) /* as most have it: nothing is written then */
			continue;
		counts += UINT64_C(1) << (v - 1) * COUNT_BITS;
		l->holds->live[i] |= (uint16_t)(1u << kind);
		if (v == SEV_CRITICAL)
			l->holds->critical[i] |= (uint16_t)(1u << kind);
	}
	unpack_counts(counts, l->counts->n[kind]);
}

static void forget(const struct looking *l)
{
	const uint16_t others = (uint16_t)~l->kinds;
	uint16_t *live = l->holds->live, *critical = l->holds->critical;

#pragma omp simd
	for (uint32_t i = 0; i < l->part->base->n; i++) {
		live[i] &= others;
		critical[i] &= others;
	}
}

void alert_only(const struct policy *p, const struct alert_part *part, unsigned kinds,
	const struct alert_holds *holds, struct alert_counts *counts)
{
	const struct looking l = { p, part, kinds, holds, counts };

	forget(&l);
	look(&l, ALERT_HEALTH_DROP);
	look(&l, ALERT_HEALTH_RED);
	look(&l, ALERT_SILENT);
	look(&l, ALERT_SLOW_START);
	look(&l, ALERT_RENEWAL);
	look(&l, ALERT_CHAMPION_LEFT);
	look(&l, ALERT_TICKET_SPIKE);
	look(&l, ALERT_DETRACTOR);
	look(&l, ALERT_WARM_BUT_IDLE);
	look(&l, ALERT_UNDERUSED);
	look(&l, ALERT_NO_TOUCH);
	look(&l, ALERT_BLIND);
	look(&l, ALERT_EXPANSION);
	_Static_assert(ALERT_KINDS == 13, "each of them is looked for");
}
