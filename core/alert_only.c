/*
 * Which alerts hold in a part, and how severe they are, without the evidence: the
 * conditions of alert_find (alert_condition.h), kind by kind instead of account by
 * account, so that the same comes out in a fraction of the time.
 */
#include "core/alert_condition.h"

#include <string.h>

/* Of a part as many as it has accounts: four counts fit into one number. */
enum { COUNT_BITS = 16 };
_Static_assert(PART_ACCOUNTS < 1u << COUNT_BITS, "a count has room");
_Static_assert((SEVERITIES - 1) * COUNT_BITS <= 64, "counts of all severities have room");

struct looking {
	const struct policy *p;
	const struct alert_part *part;
	uint16_t *holds;
	uint8_t *critical; /* by position */
};

static void unpack_counts(uint64_t counts, uint32_t out[SEVERITIES])
{
	out[SEV_OFF] = 0;
	for (int v = SEV_OFF + 1; v < SEVERITIES; v++, counts >>= COUNT_BITS)
		out[v] = (uint32_t)(counts & ((1u << COUNT_BITS) - 1));
}

__attribute__((always_inline)) static inline void look(
	const struct looking *l, enum alert_kind kind, struct alert_counts *out)
{
	const struct base *b = l->part->base;
	uint64_t counts = 0;

	for (uint32_t i = 0; i < b->n; i++) {
		const struct alert_subject s = alert_subject_of(l->part, i);
		struct finding f = finding_of(l->p, &s);
		enum severity v;

		if (!b->active[i])
			continue;
		f.critical = l->critical[i];
		v = condition_of(kind, &f).severity;
		if (v == SEV_OFF) /* as most have it: nothing is written then */
			continue;
		counts += UINT64_C(1) << (v - 1) * COUNT_BITS;
		l->holds[i] |= (uint16_t)(1u << kind);
		l->critical[i] |= v == SEV_CRITICAL;
	}
	unpack_counts(counts, out->n[kind]);
}

void alert_only(const struct policy *p, const struct alert_part *part, uint16_t *holds,
	struct alert_counts *out)
{
	uint8_t critical[PART_ACCOUNTS];
	const struct looking l = { p, part, holds, critical };

	memset(holds, 0, part->base->n * sizeof(*holds));
	memset(critical, 0, part->base->n);
	look(&l, ALERT_HEALTH_DROP, out);
	look(&l, ALERT_HEALTH_RED, out);
	look(&l, ALERT_SILENT, out);
	look(&l, ALERT_SLOW_START, out);
	look(&l, ALERT_RENEWAL, out);
	look(&l, ALERT_CHAMPION_LEFT, out);
	look(&l, ALERT_TICKET_SPIKE, out);
	look(&l, ALERT_DETRACTOR, out);
	look(&l, ALERT_WARM_BUT_IDLE, out);
	look(&l, ALERT_UNDERUSED, out);
	look(&l, ALERT_NO_TOUCH, out);
	look(&l, ALERT_BLIND, out);
	look(&l, ALERT_EXPANSION, out); /* the last one: it asks what else was found */
	_Static_assert(ALERT_KINDS == 13, "each of them is looked for");
}
