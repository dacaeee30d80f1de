#include "core/service_sum.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/clinic.h"
#include "core/service.h"
#include "core/task.h"

enum { KEY_MAX = 128 }; /* a longer one is looked up each time */

struct counts {
	int32_t last;   /* talk */
	int32_t review; /* that counts */
	uint32_t human, digital, commercial;
	uint32_t reviews, rituals;
	bool next; /* its plan says what comes next */
};

struct summing {
	struct book *b;
	struct service_sums *out;
	struct counts *of; /* by account id - 1 */
	/* By tier; 0: no reviews, nor without a tier. */
	int32_t review_days[TIER_COUNT + 1];
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

/* What is counted of the account with that key; *out NULL: there is none. */
static enum status find_account(
	struct summing *m, struct text key, struct counts **out, struct err *e)
{
	const struct store_ops *ops = m->b->store->ops;
	enum status st = ST_OK;

	if (!m->id || key.n != m->key_n || memcmp(key.s, m->key, key.n) != 0) {
		m->key_n = key.n <= KEY_MAX ? key.n : 0;
		memcpy(m->key, key.s, m->key_n);
		st = ops->find(m->b->store, REC_ACCOUNT, key, &m->id, e);
	}
	*out = st == ST_OK && m->id && m->id <= m->out->of->n ? &m->of[m->id - 1] : NULL;
	return st;
}

/* ---- business reviews: as core/service.c has them ---- */

/* Days between two of the account's tier; 0: it gets none. */
static int32_t review_days(const struct summing *m, const struct counts *of)
{
	return m->review_days[m->out->of->tier[of - m->of]];
}

static enum status take_plan(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct summing *m = arg;
	struct counts *of = NULL;
	enum status st = ST_OK;

	(void)id;
	if (service_plan_goes_on(c))
		st = find_account(m, cell_as_text(&c[F_PLAN_ACCOUNT]), &of, e);
	if (st == ST_OK && of)
		of->next = true;
	return st;
}

static void take_review(
	const struct summing *m, struct counts *of, int32_t day, bool counts)
{
	const bool lately = m->out->as_of - day <= review_days(m, of);

	of->rituals += lately && !counts;
	of->reviews += lately && counts;
	if (counts && day > of->review)
		of->review = day;
}

static enum status take_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct summing *m = arg;
	struct counts *of;
	struct task t;

	(void)e;
	if (!task_from_row(id, cells, &t) || t.state != TASK_DONE ||
		!service_review_play(t.play) || t.ended == DAY_NONE ||
		t.ended > m->out->as_of || t.account > m->out->of->n)
		return ST_OK;
	of = &m->of[t.account - 1];
	if (review_days(m, of))
		take_review(m, of, t.ended, true);
	return ST_OK;
}

/* Plans and tasks are read only where a tier is to get reviews. */
static enum status read_reviews(struct summing *m, struct err *e)
{
	const struct store_ops *ops = m->b->store->ops;
	int32_t most = 0;
	enum status st;

	for (int tier = 1; tier <= TIER_COUNT; tier++) {
		const int n = service_reviews(&m->out->of->policy, tier);

		m->review_days[tier] = service_review_days(n);
		most = m->review_days[tier] > most ? m->review_days[tier] : most;
	}
	if (most == 0)
		return ST_OK;
	st = ops->rows(m->b->store, REC_PLAN, 0, take_plan, m, e);
	if (st == ST_OK)
		st = ops->unended_names(
			m->b->store, REC_TASK, m->out->as_of - most, take_task, m, e);
	return st;
}

/* ---- touches and messages ---- */

static enum status take_touch(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct summing *m = arg;
	const int32_t day = cell_day(&c[F_TOUCH_DATE]);
	struct counts *of;
	enum status st;

	(void)id;
	if (day == DAY_NONE || day > m->out->as_of)
		return ST_OK;
	st = find_account(m, cell_as_text(&c[F_TOUCH_ACCOUNT]), &of, e);
	if (st != ST_OK || !of)
		return st;
	if (c[F_TOUCH_TWO_WAY].type == CELL_INT && c[F_TOUCH_TWO_WAY].i && day > of->last)
		of->last = day;
	if (review_days(m, of) && service_is_review(c))
		take_review(m, of, day, service_review_counts(c, of->next));
	if (!in_window(m->out, day))
		return ST_OK;
	if (clinic_is(&c[F_TOUCH_KIND])) {
		of->digital++; /* one hour of a person for all who came */
		return ST_OK;
	}
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

/* How an account was served. */
struct judged {
	bool late, oversold, review_late;
};

static void add(
	struct service_sum *to, const struct counts *of, const struct judged *judged)
{
	to->accounts++;
	to->human += of->human;
	to->digital += of->digital;
	to->commercial += of->commercial;
	to->value += of->human - of->commercial;
	to->reviews += of->reviews;
	to->rituals += of->rituals;
	to->late += judged->late;
	to->oversold += judged->oversold;
	to->reviews_late += judged->review_late;
}

static void add_account(const struct summing *m, uint32_t i)
{
	const struct counts *of = &m->of[i];
	struct service_sums *s = m->out;
	const struct policy *p = &s->of->policy;
	const int tier = s->of->tier[i];
	const struct judged judged = { .late = service_late(service_cadence(p, tier),
					       of->last, s->as_of),
		.oversold =
			service_oversold(p, of->commercial, of->human - of->commercial),
		.review_late = service_late(m->review_days[tier], of->review, s->as_of) };
	const uint32_t row =
		s->of->row_of[i] == CAPACITY_POOL ? s->of->rows : s->of->row_of[i];

	add(&s->sum[(size_t)row * TIER_COUNT + (size_t)tier - 1], of, &judged);
	add(&s->all[tier - 1], of, &judged);
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
	enum status st = read_reviews(m, e);

	if (st == ST_OK)
		st = ops->rows(m->b->store, REC_TOUCH, 0, take_touch, m, e);
	if (st == ST_OK)
		st = ops->unended(m->b->store, REC_MESSAGE, 0, s->as_of - s->days,
			take_message, m, e);
	for (uint32_t i = 0; st == ST_OK && i < s->of->n; i++)
		if (s->of->tier[i])
			add_account(m, i);
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
		m->of[i].last = m->of[i].review = DAY_NONE;
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
	return s->off || s->late || s->reviews_late || s->oversold;
}

/* ---- in words ---- */

static void say_reviews(
	const struct service_sums *s, int tier, service_line_fn fn, void *arg)
{
	const struct service_sum *x = &s->all[tier - 1];
	const int days = service_review_days(service_reviews(&s->of->policy, tier));
	char line[SERVICE_SUM_TEXT_MAX];

	if (x->reviews_late) {
		snprintf(line, sizeof(line),
			"tier %d: %u of %u accounts wait longer for a business review "
			"than %d d; %u held since",
			tier, x->reviews_late, x->accounts, days, x->reviews);
		fn(arg, true, line);
	}
	if (x->rituals) {
		snprintf(line, sizeof(line),
			"tier %d: %u business review%s of %d d without an outcome or a "
			"next step %s not count",
			tier, x->rituals, TEXT_S(x->rituals), days,
			x->rituals == 1 ? "does" : "do");
		fn(arg, true, line);
	}
}

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
	say_reviews(s, tier, fn, arg);
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
