/* What is known of the accounts beside their money: health, first value, answers, alerts
 * and talks. */
#include "core/book_revenue_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/alert_life.h"

/* One account of the part. */
struct one {
	struct book_revenue *x;
	struct revenue_facts *to[2]; /* of all, and of its group */
	int n;                       /* of those */
	uint32_t i, at;              /* position in the part; id - 1 */
	unsigned marks;
};

static void put_health(const struct one *o)
{
	const struct book_revenue *x = o->x;
	const uint8_t was = x->was[o->i], is = x->is[o->i];
	const bool both = (o->marks & REVENUE_COHORT) && was >= 1 && was <= 100 &&
			  is >= 1 && is <= 100;

	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		if (x->base.active[o->i]) {
			f->active++;
			f->in_band[health_band(
				&x->policy, is < HEALTH_LEVELS ? is : HEALTH_UNKNOWN)]++;
		}
		f->watched += both;
		f->health_was += both ? was : 0;
		f->health_is += both ? is : 0;
	}
}

static bool fresh(const struct one *o, int signal, int component)
{
	const int32_t day = o->x->base.day[signal][o->i];
	const int age = o->x->policy.health[0].max_age[component];

	return day != DAY_NONE && (age == AGE_NEVER || o->x->r.asked.to - day <= age);
}

static void put_adoption(const struct one *o)
{
	const struct base *b = &o->x->base;
	const double whole = b->features_available[o->i];
	const double used = b->signal[SIG_FEATURES_USED][o->i];

	if (!b->active[o->i] || !(whole > 0) || isnan(used) ||
		!fresh(o, SIG_FEATURES_USED, COMP_ADOPTION))
		return;
	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		f->adopted++;
		f->adoption += fmin(100, 100 * used / whole);
	}
}

static unsigned put_answers(const struct one *o)
{
	const struct base *b = &o->x->base;
	const bool nps = b->active[o->i] && fresh(o, SIG_NPS, COMP_SENTIMENT),
		   csat = b->active[o->i] && fresh(o, SIG_CSAT, COMP_SENTIMENT);
	const double score = b->signal[SIG_NPS][o->i], stars = b->signal[SIG_CSAT][o->i];
	const bool praises = nps && score >= 9, blames = nps && score <= 6;

	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		f->nps.n += nps;
		f->nps.good += praises;
		f->nps.bad += blames;
		f->csat.n += csat;
		f->csat.good += csat && stars >= 4;
	}
	return (nps || csat ? REVENUE_ANSWERED : 0u) | (praises ? REVENUE_PRAISES : 0u) |
	       (blames ? REVENUE_BLAMES : 0u);
}

/* ---- first value ---------------------------------------------------------------- */

static enum status note_wait(struct one *o, int32_t days, bool came, struct err *e)
{
	struct book_revenue *x = o->x;

	if (x->r.waits == x->waits_room) {
		const uint32_t room = x->waits_room ? 2 * x->waits_room : 256;
		void *grown = realloc(x->r.wait, room * sizeof(*x->r.wait));

		if (!grown)
			return book_revenue_no_memory(e);
		x->r.wait = grown;
		x->waits_room = room;
	}
	x->r.wait[x->r.waits++] =
		(struct revenue_wait){ o->at, x->r.group_of[o->at], days, came };
	return ST_OK;
}

static int32_t start_of(const struct part *p, uint32_t i)
{
	return p->contract_start[i] != DAY_NONE ? p->contract_start[i] : p->onboarding[i];
}

/* Where neither the begin of the onboarding nor first value is written down, nothing is
 * known of it. */
static bool is_recorded(const struct part *p, uint32_t i)
{
	return (p->flags[i] & ACC_PRESENT) &&
	       (p->onboarding[i] != DAY_NONE || p->first_value[i] != DAY_NONE);
}

static enum status put_beginning(struct one *o, struct err *e)
{
	const struct part *p = &o->x->part;
	const struct revenue_query *q = &o->x->r.asked;
	const int32_t start = start_of(p, o->i), value = p->first_value[o->i],
		      left = p->churned_on[o->i];
	const bool came = value != DAY_NONE && value <= q->to;
	int32_t until = q->to;

	if (!is_recorded(p, o->i) || start == DAY_NONE || start <= q->from ||
		start > q->to)
		return ST_OK;
	if (left != DAY_NONE && left < until)
		until = left;
	o->marks |= REVENUE_BEGAN;
	return note_wait(o, (came ? value : until) - start, came, e);
}

/* Of the cohort, as it stood at the opening: who had its first value soon, and who had
 * not.
 */
static void put_speed(struct one *o)
{
	const struct part *p = &o->x->part;
	const int32_t start = start_of(p, o->i), value = p->first_value[o->i],
		      from = o->x->r.asked.from;
	const int32_t limit = (int32_t)o->x->policy.number[POLICY_TRIAGE_SLOW_DAYS];
	const bool lost = o->marks & REVENUE_LOST;
	bool quick;

	if (!(o->marks & REVENUE_COHORT) || !is_recorded(p, o->i) || start == DAY_NONE)
		return;
	if (value != DAY_NONE && value <= from)
		quick = value - start <= limit;
	else if (from - start > limit)
		quick = false;
	else
		return; /* its time was not over */
	o->marks |= quick ? 0u : REVENUE_SLOW;
	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		f->quick += quick;
		f->quick_lost += quick && lost;
		f->slow += !quick;
		f->slow_lost += !quick && lost;
	}
}

static void put_early(struct one *o)
{
	const struct part *p = &o->x->part;
	const struct revenue_query *q = &o->x->r.asked;
	const int32_t start = start_of(p, o->i), left = p->churned_on[o->i];
	const int32_t term = (int32_t)o->x->policy.number[POLICY_REVENUE_FIRST_TERM];
	const bool inside = left != DAY_NONE && left > q->from && left <= q->to;
	const int32_t until = inside ? left : q->to;
	const bool early =
		(o->marks & REVENUE_LOST) && start != DAY_NONE && until - start < term;
	const bool fleeting = !(o->marks & (REVENUE_COHORT | REVENUE_ARRIVED)) &&
			      inside && start != DAY_NONE && start > q->from;

	o->marks |= (early ? REVENUE_EARLY : 0u) | (fleeting ? REVENUE_FLEETING : 0u);
	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		f->early += early;
		if (early) /* it was added up in the churn before: there is room */
			f->early_arr += o->x->r.opening[o->at];
		f->fleeting += fleeting;
	}
}

/* ---- activity ------------------------------------------------------------------- */

/* By the tier of the closing day; who came since has time yet. */
static void put_cadence(struct one *o)
{
	const struct book_revenue *x = o->x;
	const uint8_t tier = x->is[PART_ACCOUNTS + o->i];
	const int32_t to = x->r.asked.to, start = x->part.contract_start[o->i];
	int32_t days;
	bool in_time;

	if (!x->base.active[o->i] || (tier != 1 && tier != 2))
		return;
	days = (int32_t)x->policy.number[tier == 1 ? POLICY_ALERT_NO_TOUCH_1
						   : POLICY_ALERT_NO_TOUCH_2];
	if (start != DAY_NONE && to - start < days)
		return;
	in_time = x->base.last_touch[o->i] != DAY_NONE &&
		  to - x->base.last_touch[o->i] <= days;
	o->marks |= in_time ? 0u : REVENUE_LATE;
	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		f->talks_due++;
		f->in_time += in_time;
	}
}

static struct one one_of(struct book_revenue *x, uint32_t at)
{
	const uint32_t i = at % PART_ACCOUNTS, group = x->r.group_of[at];

	const bool grouped = group < x->r.groups && !revenue_by_months(x->r.asked.by);

	return (struct one){ x,
		{ &x->r.all.facts, grouped ? &x->r.group[group].facts : NULL },
		grouped ? 2 : 1, i, at, x->r.marks[at] };
}

static void count_talks(struct book_revenue *x)
{
	const struct part_touches *t = &x->part.touches;

	for (uint32_t k = 0; k < t->n; k++) {
		struct one o;

		if (t->at[k] >= x->part.n || t->day[k] <= x->r.asked.from ||
			t->day[k] > x->r.asked.to ||
			!book_revenue_meant(x, x->part.first_id - 1 + t->at[k]))
			continue;
		o = one_of(x, x->part.first_id - 1 + t->at[k]);
		for (int j = 0; j < o.n; j++)
			o.to[j]->talks++;
	}
}

static enum revenue_origin origin_of(const struct alert *a)
{
	if (a->severity < SEV_WARNING)
		return ORIGIN_NONE;
	return a->kind == ALERT_RENEWAL     ? ORIGIN_RENEWAL
	       : a->kind == ALERT_DETRACTOR ? ORIGIN_CUSTOMER
					    : ORIGIN_ALERT;
}

static void put_origin(struct one *o, enum revenue_origin origin)
{
	if (origin == ORIGIN_NONE || !(o->marks & REVENUE_COHORT))
		return;
	o->marks |= REVENUE_FLAGGED;
	for (int k = 0; k < o->n; k++) {
		struct revenue_facts *f = o->to[k];

		f->flagged[origin]++;
		f->saved[origin] += !(o->marks & REVENUE_LOST);
	}
	o->x->r.marks[o->at] = (uint16_t)o->marks;
}

/* Alerts lie by account and id, which is the order in which they were opened. */
enum status book_revenue_alerts(struct book_revenue *x, struct err *e)
{
	struct store *s = x->book->store;
	const struct revenue_query *q = &x->r.asked;
	const struct alert *a;
	uint32_t n;
	enum status st = s->ops->alerts(s, x->alerts_at, q->from + 1, &a, &n, e);

	for (uint32_t k = 0; st == ST_OK && k < n;) {
		const uint32_t account = a[k].account;
		enum revenue_origin first = ORIGIN_NONE;
		struct one o;

		if (account < 1 || account > x->r.n ||
			!book_revenue_meant(x, account - 1)) {
			k++;
			continue;
		}
		o = one_of(x, account - 1);
		for (; k < n && a[k].account == account; k++) {
			const bool over = a[k].ended != DAY_NONE && a[k].ended <= q->to;

			if (a[k].opened <= q->from || a[k].opened > q->to)
				continue;
			if (first == ORIGIN_NONE)
				first = origin_of(&a[k]);
			for (int j = 0; j < o.n; j++) {
				struct revenue_facts *f = o.to[j];

				f->alerts++;
				f->closed += over && a[k].state == ALERT_CLOSED;
				f->resolved += over && a[k].state != ALERT_CLOSED;
				f->open += !over;
			}
		}
		put_origin(&o, first);
	}
	return st;
}

enum status book_revenue_facts(struct book_revenue *x, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < x->part.n; i++) {
		struct one o = one_of(x, x->part.first_id - 1 + i);

		if (!book_revenue_meant(x, o.at))
			continue;
		put_health(&o);
		put_adoption(&o);
		o.marks |= put_answers(&o);
		o.marks |= x->base.active[i] ? REVENUE_ACTIVE : 0u;
		put_speed(&o);
		put_early(&o);
		put_cadence(&o);
		st = put_beginning(&o, e);
		x->r.marks[o.at] = (uint16_t)o.marks;
	}
	count_talks(x);
	return st;
}

/* ---- at the end ----------------------------------------------------------------- */

static int by_group(const void *a, const void *b)
{
	const struct revenue_wait *x = a, *y = b;

	return (x->group > y->group) - (x->group < y->group);
}

static void settle_waits(
	struct book_revenue *x, uint32_t first, uint32_t n, struct revenue_facts *f)
{
	memset(&x->survival, 0, sizeof(x->survival));
	for (uint32_t k = first; k < first + n; k++)
		survival_add(&x->survival, x->r.wait[k].days, x->r.wait[k].came);
	f->began = n;
	f->came = x->survival.came;
	f->ttv_median = survival_median(&x->survival);
	for (int k = 0; k < REVENUE_TTV_DAYS; k++)
		f->ttv_within[k] = survival_within(&x->survival, revenue_ttv_day[k]);
}

void book_revenue_settle(struct book_revenue *x)
{
	const bool grouped = !revenue_by_months(x->r.asked.by);

	for (uint32_t k = 0; k < x->r.groups; k++)
		settle_waits(x, 0, 0, &x->r.group[k].facts);
	settle_waits(x, 0, x->r.waits, &x->r.all.facts);
	if (x->r.waits)
		qsort(x->r.wait, x->r.waits, sizeof(*x->r.wait), by_group);
	for (uint32_t k = 0; grouped && k < x->r.waits;) {
		const uint32_t group = x->r.wait[k].group;
		uint32_t n = 0;

		while (k + n < x->r.waits && x->r.wait[k + n].group == group)
			n++;
		if (group < x->r.groups)
			settle_waits(x, k, n, &x->r.group[group].facts);
		k += n;
	}
}
