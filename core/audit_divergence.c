/* Audit of what revenue does not show yet: it holds, and the health of those who stayed
 * does not. By the same rule the Revenue screen says so of its period. */
#include "core/audit_internal.h"

#include <stdlib.h>

#include "core/revenue_text.h"

enum { SPANS = 2, OLD_DAYS = 31 }; /* older figures are not those of the opening */
/* Until today; the first that diverges. */
static const int span_months[SPANS] = { 12, 3 };

/* What is known of the health of accounts, on the opening and now. */
struct watch {
	struct audit *a;
	int32_t from;
	uint8_t *was; /* owned; by id - 1; HEALTH_NONE: no customer then */
};

struct fall {
	uint32_t id;
	int by;
};

static bool watched(const struct watch *w, uint32_t i)
{
	const struct book_columns *c = &w->a->b->columns;

	return c->active[i] && scores_health_known(w->was[i]) &&
	       scores_health_known(c->scores.health[i]);
}

/* The healths of the opening; *there: there are any. */
static enum status read_opening(struct watch *w, bool *there, struct err *e)
{
	struct store *s = w->a->b->store;
	const uint32_t n = w->a->b->columns.n;
	struct snapshot_day at;
	uint8_t *tier = NULL;
	enum status st = s->ops->snapshot_find(s, w->from, &at, e);

	*there = st == ST_OK && at.day != DAY_NONE && w->from - at.day <= OLD_DAYS;
	if (!*there)
		return st;
	w->was = malloc((size_t)n + 1);
	tier = malloc((size_t)n + 1);
	st = w->was && tier ? s->ops->snapshot_health(s, at.day, 0, n, w->was, tier, e)
			    : err_set(e, ST_NOMEM, "not enough memory for the audits");
	free(tier);
	return st;
}

/* The revenue takes a pass over all contracts: it is looked at where the health of those
 * who are there fell by half as much as is told, or more. */
static bool may_diverge(const struct watch *w)
{
	const struct book_columns *c = &w->a->b->columns;
	double fell = 0, n = 0;

	for (uint32_t i = 0; i < c->n; i++)
		if (watched(w, i)) {
			fell += w->was[i] - c->scores.health[i];
			n++;
		}
	return n > 0 && fell / n >= w->a->b->policy.number[POLICY_REVENUE_DIVERGES] / 2;
}

static int by_fall(const void *x, const void *y)
{
	const struct fall *a = x, *b = y;

	if (a->by != b->by)
		return a->by > b->by ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* Those who fell by as much as all of them in the mean may, the deepest fall first. */
static enum status note_fallen(
	const struct watch *w, const struct revenue *r, struct err *e)
{
	const struct book_columns *c = &w->a->b->columns;
	const double limit = w->a->b->policy.number[POLICY_REVENUE_DIVERGES];
	struct fall *fall = malloc(((size_t)c->n + 1) * sizeof(*fall));
	enum status st = ST_OK;
	size_t n = 0;

	if (!fall)
		return err_set(e, ST_NOMEM, "not enough memory for the audits");
	for (uint32_t i = 0; i < c->n && i < r->n; i++) {
		const int by = w->was[i] - c->scores.health[i];

		if ((r->marks[i] & REVENUE_COHORT) && watched(w, i) && by > 0 &&
			by >= limit)
			fall[n++] = (struct fall){ i + 1, by };
	}
	qsort(fall, n, sizeof(*fall), by_fall);
	for (size_t i = 0; st == ST_OK && i < n; i++)
		st = audit_note(w->a, fall[i].id, e);
	free(fall);
	return st;
}

static enum status look_at_revenue(const struct watch *w, bool *told, struct err *e)
{
	const struct policy *p = &w->a->b->policy;
	const struct revenue_query q = { .from = w->from, .to = w->a->b->clock.today };
	struct book_revenue *job = NULL;
	const struct revenue *r = NULL;
	char from[DAY_TEXT_MAX];
	double was, is;
	enum status st = book_revenue_new(w->a->b, &q, &job, e);

	if (st == ST_OK)
		st = book_revenue_all(job, e);
	if (st == ST_OK)
		r = book_revenue_known(job);
	if (r && revenue_diverges(r, p, &was, &is)) {
		*told = true;
		st = note_fallen(w, r, e);
		if (st == ST_OK)
			st = audit_tell(w->a, e,
				"revenue holds since %s (GRR %.1f %%, NRR %.1f %%), "
				"health does not: in the mean of %u account%s that "
				"stayed "
				"it went from %.1f to %.1f",
				day_format(w->from, from),
				trend_grr(&r->all.money.cohort),
				trend_nrr(&r->all.money.cohort), r->all.facts.watched,
				TEXT_S(r->all.facts.watched), was, is);
	}
	book_revenue_free(&job);
	return st;
}

enum status audit_divergence(struct audit *a, struct err *e)
{
	enum status st = ST_OK;
	bool told = false;

	for (int k = 0; st == ST_OK && !told && k < SPANS; k++) {
		struct watch w = { .a = a,
			.from = revenue_opening(a->b->clock.today, span_months[k]) };
		bool there;

		st = read_opening(&w, &there, e);
		if (st == ST_OK && there && may_diverge(&w))
			st = look_at_revenue(&w, &told, e);
		free(w.was);
	}
	return st;
}
