#include "core/service_sum.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/service.h"
#include "core/touch_class.h"

enum { KEY_MAX = 128 }; /* a longer one is looked up each time */

struct counts {
	int32_t last; /* talk */
	uint32_t human, digital, commercial;
};

struct summing {
	struct book *b;
	struct service_sums *out;
	struct counts *of; /* by account id - 1 */
	/* Rows come account by account: whose the last one was; id 0: nobody's. */
	char key[KEY_MAX];
	size_t key_n;
	uint32_t id;
};

static bool in_window(const struct service_sums *s, int32_t day)
{
	return day != DAY_NONE && day <= s->as_of && day > s->as_of - s->days;
}

/* ---- the rows ---- */

static enum status find_account(struct summing *m, struct text key, struct err *e)
{
	const struct store_ops *ops = m->b->store->ops;

	if (m->id && key.n == m->key_n && memcmp(key.s, m->key, key.n) == 0)
		return ST_OK;
	m->key_n = key.n <= KEY_MAX ? key.n : 0;
	memcpy(m->key, key.s, m->key_n);
	return ops->find(m->b->store, REC_ACCOUNT, key, &m->id, e);
}

static enum status take_touch(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct summing *m = arg;
	const int32_t day = cell_day(&c[F_TOUCH_DATE]);
	struct counts *of;
	enum status st;

	(void)id;
	if (day == DAY_NONE || day > m->out->as_of)
		return ST_OK;
	st = find_account(m, cell_as_text(&c[F_TOUCH_ACCOUNT]), e);
	if (st != ST_OK || m->id == 0 || m->id > m->out->of->n)
		return st;
	of = &m->of[m->id - 1];
	if (c[F_TOUCH_TWO_WAY].type == CELL_INT && c[F_TOUCH_TWO_WAY].i && day > of->last)
		of->last = day;
	if (!in_window(m->out, day))
		return ST_OK;
	of->human++;
	of->commercial += touch_class_of(&c[F_TOUCH_PURPOSE]) == TOUCH_COMMERCIAL;
	return ST_OK;
}

static enum status take_message(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct summing *m = arg;
	const uint32_t account = cell_id(&c[F_MESSAGE_ACCOUNT]);

	(void)id;
	(void)e;
	if (account && account <= m->out->of->n && service_message(c) &&
		in_window(m->out, cell_day(&c[F_MESSAGE_SENT])))
		m->of[account - 1].digital++;
	return ST_OK;
}

/* ---- adding up ---- */

static void add(struct service_sum *to, const struct counts *of, bool late, bool oversold)
{
	to->accounts++;
	to->human += of->human;
	to->digital += of->digital;
	to->commercial += of->commercial;
	to->value += of->human - of->commercial;
	to->late += late;
	to->oversold += oversold;
}

static void add_account(struct service_sums *s, uint32_t i, const struct counts *of)
{
	const struct policy *p = &s->of->policy;
	const int tier = s->of->tier[i];
	const int32_t cadence = service_cadence(p, tier);
	const bool late = service_late(cadence, of->last, s->as_of);
	const bool oversold =
		service_oversold(p, of->commercial, of->human - of->commercial);
	const uint32_t row =
		s->of->row_of[i] == CAPACITY_POOL ? s->of->rows : s->of->row_of[i];

	add(&s->sum[(size_t)row * TIER_COUNT + (size_t)tier - 1], of, late, oversold);
	add(&s->all[tier - 1], of, late, oversold);
}

static void settle(const struct policy *p, int tier, struct service_sum *s)
{
	s->target = (int)p->number[POLICY_SERVICE_HUMAN_1 + tier - 1];
	s->share = service_share(s->human, s->digital);
	s->off = service_off(p, s->share, s->target);
}

static void find_spread(struct service_sums *s, int tier)
{
	struct service_spread *x = &s->spread[tier - 1];
	double sum = 0, squares = 0;

	*x = (struct service_spread){ 0, NAN, NAN, NAN };
	if (service_cadence(&s->of->policy, tier) == 0)
		return;
	for (uint32_t r = 0; r < s->of->rows; r++) {
		const struct service_sum *of = service_sums_of(s, r, tier);
		const double kept =
			of->accounts ? 100.0 * (of->accounts - of->late) / of->accounts
				     : 0;

		if (of->accounts == 0)
			continue;
		x->low = x->csms && x->low < kept ? x->low : kept;
		x->high = x->csms && x->high > kept ? x->high : kept;
		x->csms++;
		sum += kept;
		squares += kept * kept;
	}
	if (x->csms < 2)
		x->low = x->high = NAN;
	else
		x->deviation =
			sqrt(fmax(0, squares / x->csms - sum * sum / x->csms / x->csms));
}

static enum status gather(struct summing *m, struct err *e)
{
	const struct store_ops *ops = m->b->store->ops;
	struct service_sums *s = m->out;
	enum status st = ops->rows(m->b->store, REC_TOUCH, 0, take_touch, m, e);

	if (st == ST_OK)
		st = ops->unended(m->b->store, REC_MESSAGE, 0, s->as_of - s->days,
			take_message, m, e);
	for (uint32_t i = 0; st == ST_OK && i < s->of->n; i++)
		if (s->of->tier[i])
			add_account(s, i, &m->of[i]);
	for (uint32_t r = 0; st == ST_OK && r <= s->of->rows; r++)
		for (int tier = 1; tier <= TIER_COUNT; tier++)
			settle(&s->of->policy, tier,
				&s->sum[(size_t)r * TIER_COUNT + (size_t)tier - 1]);
	for (int tier = 1; st == ST_OK && tier <= TIER_COUNT; tier++) {
		settle(&s->of->policy, tier, &s->all[tier - 1]);
		find_spread(s, tier);
	}
	return st;
}

static enum status make(struct summing *m, struct err *e)
{
	struct service_sums *s = m->out;
	enum status st = book_capacity(
		m->b, &(struct capacity_what_if){ .policy = NULL }, &s->of, e);

	if (st != ST_OK)
		return st;
	s->as_of = s->of->as_of;
	s->days = (int32_t)s->of->policy.number[POLICY_SERVICE_DAYS];
	s->sum = calloc(((size_t)s->of->rows + 1) * TIER_COUNT, sizeof(*s->sum));
	m->of = calloc((size_t)s->of->n + 1, sizeof(*m->of));
	if (!s->sum || !m->of)
		return err_set(e, ST_NOMEM, "not enough memory");
	for (uint32_t i = 0; i < s->of->n; i++)
		m->of[i].last = DAY_NONE;
	return gather(m, e);
}

enum status service_sums(struct book *b, struct service_sums **out, struct err *e)
{
	struct summing m = { .b = b, .out = calloc(1, sizeof(*m.out)) };
	enum status st = m.out ? b->store->ops->hold(b->store, e)
			       : err_set(e, ST_NOMEM, "not enough memory");

	*out = NULL;
	if (st == ST_OK) {
		st = make(&m, e);
		b->store->ops->release(b->store);
	}
	free(m.of);
	if (st == ST_OK)
		*out = m.out;
	else
		service_sums_free(&m.out);
	return st;
}

void service_sums_free(struct service_sums **s)
{
	if (!*s)
		return;
	capacity_free(&(*s)->of);
	free((*s)->sum);
	free(*s);
	*s = NULL;
}

bool service_sum_missed(const struct service_sum *s)
{
	return s->off || s->late || s->oversold;
}

/* ---- in words ---- */

static void say_tier(
	const struct service_sums *s, int tier, service_line_fn fn, void *arg)
{
	const struct service_sum *x = &s->all[tier - 1];
	const struct service_spread *spread = &s->spread[tier - 1];
	char line[SERVICE_SUM_TEXT_MAX];

	if (x->share >= 0) {
		snprintf(line, sizeof(line),
			"tier %d: %d %% of %u touches and messages in %d d are by "
			"people; "
			"%d %% wanted%s",
			tier, x->share, x->human + x->digital, (int)s->days, x->target,
			x->off ? ": off" : "");
		fn(arg, x->off, line);
	}
	if (x->late) {
		snprintf(line, sizeof(line),
			"tier %d: %u of %u accounts wait longer for a talk than %d d",
			tier, x->late, x->accounts,
			(int)service_cadence(&s->of->policy, tier));
		fn(arg, true, line);
	}
	if (spread->csms > 1) {
		snprintf(line, sizeof(line),
			"tier %d: %u CSMs keep %.0f to %.0f %% of their talks, standard "
			"deviation %.0f points",
			tier, spread->csms, spread->low, spread->high, spread->deviation);
		fn(arg, false, line);
	}
	if (x->oversold) {
		snprintf(line, sizeof(line),
			"tier %d: %u account%s sold to rather than served: %d or more "
			"touches that sell in %d d, fewer that do not",
			tier, x->oversold, x->oversold == 1 ? " is" : "s are",
			(int)s->of->policy.number[POLICY_SERVICE_SELLING], (int)s->days);
		fn(arg, true, line);
	}
}

void service_sums_say(const struct service_sums *s, service_line_fn fn, void *arg)
{
	for (int tier = 1; tier <= TIER_COUNT; tier++)
		say_tier(s, tier, fn, arg);
}
