/* Audits of the method: words that decide tiers, service levels, health. */
#include "core/audit_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/history.h"
#include "core/in_place.h"

enum {
	LOCK_ENDS_DAYS = 14, /* a lock that ends within is worth a look */
	OVERRIDE_DAYS = 365, /* words of the last year */
	REQUEST_DAYS = 14,   /* a request waits for an answer, at most */
	UNKNOWN_MAX = 25,    /* percent of the active accounts without a health */
	STALE_DAYS = 7,
};

/* ---- locks ---- */

struct locks {
	struct audit *a;
	uint32_t over, ending;
};

static bool is_here(const struct audit *a, uint32_t account)
{
	return account >= 1 && account <= a->b->columns.n &&
	       a->b->columns.active[account - 1];
}

/* Rows come with the account's key: the id is looked up. */
static enum status account_of(
	struct audit *a, const struct cell *c, uint32_t *id, struct err *e)
{
	*id = 0;
	if (c->type != CELL_TEXT)
		return ST_OK;
	return a->b->store->ops->find(a->b->store, REC_ACCOUNT, c->t, id, e);
}

static enum status take_lock(void *arg, int64_t row, const struct cell *c, struct err *e)
{
	struct locks *l = arg;
	const int32_t until = cell_day(&c[F_LOCK_UNTIL]), today = l->a->b->clock.today;
	uint32_t id;
	enum status st = account_of(l->a, &c[F_LOCK_ACCOUNT], &id, e);

	(void)row;
	if (st != ST_OK || !is_here(l->a, id) || until > today + LOCK_ENDS_DAYS)
		return st;
	l->over += until < today;
	l->ending += until >= today;
	return audit_note(l->a, id, e);
}

enum status audit_locks(struct audit *a, struct err *e)
{
	struct locks l = { .a = a };
	const enum status st =
		a->b->store->ops->rows(a->b->store, REC_LOCK, 0, take_lock, &l, e);

	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e, "%u lock%s over, %u end%s within %d days", l.over,
		l.over == 1 ? " is" : "s are", l.ending, l.ending == 1 ? "s" : "",
		LOCK_ENDS_DAYS);
}

/* The account of a lock that is in force; 0: it is over, or the account is not here. */
static enum status locked(
	struct audit *a, const struct cell *c, uint32_t *id, struct err *e)
{
	enum status st = ST_OK;

	*id = 0;
	if (cell_day(&c[F_LOCK_UNTIL]) >= a->b->clock.today)
		st = account_of(a, &c[F_LOCK_ACCOUNT], id, e);
	if (!is_here(a, *id))
		*id = 0;
	return st;
}

static enum status take_bare_lock(
	void *arg, int64_t row, const struct cell *c, struct err *e)
{
	uint32_t id;
	const enum status st = locked(arg, c, &id, e);

	(void)row;
	if (st != ST_OK || !id || text_trim(cell_shown(&c[F_LOCK_REASON])).n > 0)
		return st;
	return audit_note(arg, id, e);
}

/* tierdesk asks for one; other programs may have left it out. */
enum status audit_lock_reasons(struct audit *a, struct err *e)
{
	const enum status st =
		a->b->store->ops->rows(a->b->store, REC_LOCK, 0, take_bare_lock, a, e);

	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(
		a, e, "%u lock%s no reason", a->n, a->n == 1 ? " has" : "s have");
}

/* ---- words that are no reason for a tier ---- */

static const char *const loud_words[] = { "loud", "nois", "shout", "complain",
	"relationship", "friend", "founder", "favour", "favor", "knows our",
	"knows the ceo" };

static bool is_loud(struct text reason)
{
	for (size_t i = 0; i < sizeof(loud_words) / sizeof(*loud_words); i++)
		if (text_icontains(reason, text_of(loud_words[i])))
			return true;
	return false;
}

static enum status note_once(struct audit *a, uint32_t id, struct err *e)
{
	for (uint32_t k = 0; k < a->n; k++)
		if (a->id[k] == id)
			return ST_OK;
	return audit_note(a, id, e);
}

static enum status take_loud_lock(
	void *arg, int64_t row, const struct cell *c, struct err *e)
{
	uint32_t id;
	const enum status st = locked(arg, c, &id, e);

	(void)row;
	if (st != ST_OK || !id || !is_loud(cell_shown(&c[F_LOCK_REASON])))
		return st;
	return note_once(arg, id, e);
}

/* Moves by hand, by the number under which the history tells of them. */
enum { MOVES_MAX = 256 };
struct by_hand {
	struct audit *a;
	int64_t review[MOVES_MAX]; /* whose reason is loud */
	uint32_t n;
};

static enum status take_operation(void *arg, const struct operation *o, struct err *e)
{
	struct by_hand *h = arg;

	if (h->n == MOVES_MAX) /* the newest will do */
		return err_set(e, ST_CANCELLED, "that is enough");
	if (o->kind == OPERATION_HAND && o->step == STEP_CHANGE && !o->reversed_by &&
		o->subject && is_loud(o->reason))
		h->review[h->n++] = o->subject;
	return ST_OK;
}

/* Who was moved so, upwards, and is there still. */
static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct by_hand *h = arg;
	const struct book_columns *c = &h->a->b->columns;

	if (m->cause != CAUSE_MANUAL || !is_here(h->a, m->account) ||
		m->day <= h->a->b->clock.today - OVERRIDE_DAYS ||
		(m->from != TIER_NONE && m->to > m->from) ||
		c->tier[m->account - 1] != m->to ||
		shorts_at(&c->since, m->account - 1) != m->day)
		return ST_OK;
	for (uint32_t k = 0; k < h->n; k++)
		if (h->review[k] == m->review)
			return note_once(h->a, m->account, e);
	return ST_OK;
}

enum status audit_loud(struct audit *a, struct err *e)
{
	const struct operation_query q = { .tiers = true };
	const struct store_ops *ops = a->b->store->ops;
	struct by_hand h = { .a = a };
	enum status st = ops->operations(a->b->store, &q, take_operation, &h, e);

	if (st == ST_CANCELLED)
		st = ST_OK;
	if (st == ST_OK && h.n)
		st = ops->moves(a->b->store, 0, take_move, &h, e);
	if (st == ST_OK)
		st = ops->rows(a->b->store, REC_LOCK, 0, take_loud_lock, a, e);
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e,
		"%u account%s in the tier by a person's word that speaks of noise or "
		"relationship, not of money, growth, complexity or risk",
		a->n, a->n == 1 ? " is" : "s are");
}

/* ---- requests ---- */

static enum status take_request(
	void *arg, int64_t row, const struct cell *c, struct err *e)
{
	struct audit *a = arg;
	const uint32_t id = cell_id(&c[F_REQUEST_ACCOUNT]);
	const int32_t asked = cell_day(&c[F_REQUEST_ASKED]);

	(void)row;
	if (asked == DAY_NONE || a->b->clock.today - asked <= REQUEST_DAYS ||
		!is_here(a, id))
		return ST_OK;
	return note_once(a, id, e);
}

enum status audit_requests(struct audit *a, struct err *e)
{
	const enum status st = a->b->store->ops->unended(
		a->b->store, REC_REQUEST, 0, INT32_MAX, take_request, a, e);

	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e, "requests for %u account%s wait for more than %d days",
		a->n, TEXT_S(a->n), REQUEST_DAYS);
}

/* ---- service levels, health ---- */

/* Nothing that the policy grants differs from tier to tier. */
enum status audit_uniform(struct audit *a, struct err *e)
{
	const double *n = a->b->policy.number;
	const bool talks = n[POLICY_ALERT_NO_TOUCH_1] != n[POLICY_ALERT_NO_TOUCH_2],
		   people = n[POLICY_SERVICE_HUMAN_1] != n[POLICY_SERVICE_HUMAN_2] ||
			    n[POLICY_SERVICE_HUMAN_2] != n[POLICY_SERVICE_HUMAN_3],
		   reviews = n[POLICY_SERVICE_REVIEWS_1] != n[POLICY_SERVICE_REVIEWS_2] ||
			     n[POLICY_SERVICE_REVIEWS_2] != n[POLICY_SERVICE_REVIEWS_3];

	if (talks || people || reviews)
		return ST_OK;
	return audit_tell(a, e,
		"all tiers are entitled to the same: a talk every %g days, %g %% of "
		"touches by people, %g business reviews a year",
		n[POLICY_ALERT_NO_TOUCH_1], n[POLICY_SERVICE_HUMAN_1],
		n[POLICY_SERVICE_REVIEWS_1]);
}

bool audit_unmeasured(const struct book_summary *s)
{
	return s->unknown * 100.0 > s->active * (double)UNKNOWN_MAX;
}

enum status audit_no_health(struct audit *a, struct err *e)
{
	const struct book_summary *s = &a->sum;

	if (s->active == 0)
		return ST_OK;
	if (s->figures_day == DAY_NONE)
		return audit_tell(a, e, "health was never computed");
	if (!audit_unmeasured(s))
		return ST_OK;
	for (uint32_t i = 0; i < a->b->columns.n; i++)
		if (a->b->columns.active[i] &&
			a->b->columns.scores.health[i] == HEALTH_UNKNOWN &&
			audit_note(a, i + 1, e) != ST_OK)
			return ST_NOMEM;
	return audit_tell(a, e,
		"the health of %u of %u accounts is not known, more than %d %%: too "
		"little is measured",
		s->unknown, s->active, UNKNOWN_MAX);
}

enum status audit_stale(struct audit *a, struct err *e)
{
	const int32_t of = a->sum.figures_day, today = a->b->clock.today;
	char day[DAY_TEXT_MAX];

	if (of == DAY_NONE || today - of <= STALE_DAYS)
		return ST_OK;
	return audit_tell(a, e, "health and tier scores are of %s, %d days old",
		day_format(of, day), today - of);
}

/* Health that rests on one component says little. */
enum status audit_single(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	enum status st = audit_need_components(a, e);

	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		const uint8_t present = a->components[i];

		if (!c->active[i] || c->scores.health[i] == HEALTH_NONE ||
			c->scores.health[i] == HEALTH_UNKNOWN)
			continue;
		if (present && !(present & (present - 1)))
			st = audit_note(a, i + 1, e);
	}
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e, "the health of %u account%s on a single component", a->n,
		a->n == 1 ? " rests" : "s rests");
}

/* ---- what tier 1 is to have ---- */

static enum status check_in_place(
	struct audit *a, uint32_t id, uint32_t lack[IN_PLACE_COUNT], struct err *e)
{
	struct account_view v = { .arena = { 0 } };
	unsigned missing = 0;
	enum status st;

	arena_init(&v.arena);
	st = book_account_rows(a->b, id, IN_PLACE_KINDS, &v, e);
	if (st == ST_OK)
		missing = in_place_missing(&a->b->policy, &v, book_as_of(a->b));
	arena_clear(&v.arena);
	for (int k = 0; k < IN_PLACE_COUNT; k++)
		lack[k] += missing >> k & 1;
	return st == ST_OK && missing ? audit_note(a, id, e) : st;
}

/* One account after the other, so that of a large tier 1 no more is held than the ids of
 * those that lack something; whoever waits for it can put it off. */
enum status audit_in_place(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	uint32_t lack[IN_PLACE_COUNT] = { 0 }, of = 0;
	char said[AUDIT_TEXT_MAX] = "";
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		if (!c->active[i] || c->tier[i] != 1)
			continue;
		of++;
		st = book_wait(a->b, e);
		if (st == ST_OK)
			st = check_in_place(a, i + 1, lack, e);
	}
	if (st != ST_OK || a->n == 0)
		return st;
	for (int k = 0, n = 0; k < IN_PLACE_COUNT; k++)
		if (lack[k])
			n += snprintf(said + n, sizeof(said) - (size_t)n, "%s%s (%u)",
				n ? ", " : "", in_place_rows[k].name, lack[k]);
	return audit_tell(a, e, "%u of %u accounts %s something of five; missing: %s",
		a->n, of, a->n == 1 ? "lacks" : "lack", said);
}
