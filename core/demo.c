#include "core/demo.h"

#include <stdlib.h>
#include <string.h>

#include "core/demo_features.h"
#include "core/demo_fixes.h"
#include "core/demo_plans.h"
#include "core/demo_rows.h"

#define WEEK 7
#define REVIEW_MONTHS 12
#define PROGRESS_EVERY 1024u

bool demo_named(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strncmp(slash ? slash + 1 : path, "demo", sizeof("demo") - 1) == 0;
}

/* ---- the days ---- */

struct days {
	struct demo_day *out;
	uint32_t n, max;
};

/* From the newest back. */
static void add_day(struct days *d, int32_t day, bool review)
{
	if (d->n < d->max)
		d->out[d->n++] = (struct demo_day){ day, review };
}

static void turn_round(struct days *d)
{
	for (uint32_t i = 0, k = d->n; i + 1 < k; i++) {
		const struct demo_day other = d->out[--k];

		d->out[k] = d->out[i];
		d->out[i] = other;
	}
}

/* The month's last day before the one given. */
static int32_t month_end_before(int32_t day)
{
	return day_month_start(day) - 1;
}

uint32_t demo_days(const struct demo_request *r, struct demo_day *out, uint32_t max)
{
	const bool large = r->accounts > DEMO_LARGE;
	const int32_t reviews_from = day_add_months(r->today, -REVIEW_MONTHS);
	const int32_t from = demo_world_signals_from(r);
	int32_t week = r->today - WEEK, month = month_end_before(r->today);
	struct days d = { out, 0, max };

	add_day(&d, r->today, true);
	while (week > from || month > from) {
		const int32_t day = large || month > week ? month : week;

		if (day <= from)
			break;
		add_day(&d, day, day == month && day > reviews_from);
		if (day == month)
			month = month_end_before(day);
		if (day == week)
			week -= WEEK;
	}
	turn_round(&d);
	return d.n;
}

/* Large books are measured on the days they live through, others every week. */
static void find_measures(struct demo_pass *p)
{
	struct demo_day days[DEMO_MEASURES];
	const uint32_t n = demo_days(p->world->r, days, DEMO_MEASURES);

	for (uint32_t k = 0; k < n; k++)
		if (p->world->large || (p->world->r->today - days[k].day) % WEEK == 0)
			p->measure[p->measures++] = days[k].day;
}

/* ---- the passes ---- */

static const struct {
	enum record_kind kind;
	demo_rows_fn rows;
} passes[] = {
	{ REC_ACCOUNT, demo_rows_account },
	{ REC_CONTACT, demo_rows_contacts },
	{ REC_CONTRACT, demo_rows_contracts },
	{ REC_MOVEMENT, demo_rows_movements },
	{ REC_SIGNAL, demo_signs_signals },
	{ REC_TICKET, demo_signs_tickets },
	{ REC_FIX, demo_fixes_row },
	{ REC_SURVEY, demo_signs_surveys },
	{ REC_TOUCH, demo_signs_touches },
	{ REC_PLAN, demo_plans_row },
};
#define PASSES (sizeof(passes) / sizeof(*passes))

static enum status begin_batch(struct demo_pass *p, enum record_kind kind, struct err *e)
{
	struct put_batch batch = { .kind = kind, .mode = PUT_OVERWRITE };

	p->line = 0;
	batch.mapped = (UINT32_C(1) << record_of(kind)->count) - 1;
	return p->store->ops->batch_begin(p->store, &batch, e);
}

static bool goes_on(const struct demo_request *r, uint64_t done, uint64_t total)
{
	return !r->progress || r->progress(r->arg, done, total);
}

static enum status run_pass(struct demo_pass *p, size_t pass, struct err *e)
{
	const struct demo_world *w = p->world;
	struct put_counts counts;
	struct demo_life life;
	enum status st = begin_batch(p, passes[pass].kind, e);

	for (uint32_t i = 0; st == ST_OK && i < w->total; i++) {
		if (i % PROGRESS_EVERY == 0 &&
			!goes_on(w->r, (uint64_t)pass * w->total + i,
				(uint64_t)PASSES * w->total))
			return err_set(e, ST_CANCELLED, "interrupted");
		demo_life_make(w, i, &life);
		st = passes[pass].rows(p, &life, e);
	}
	return st == ST_OK ? p->store->ops->batch_end(p->store, &counts, e) : st;
}

static enum status run_passes(struct demo_pass *p, struct err *e)
{
	struct put_counts counts;
	enum status st = demo_features_begin(p, e);

	if (st == ST_OK)
		st = begin_batch(p, REC_CSM, e);
	if (st == ST_OK)
		st = demo_rows_csms(p, e);
	if (st == ST_OK)
		st = p->store->ops->batch_end(p->store, &counts, e);
	for (size_t pass = 0; st == ST_OK && pass < PASSES; pass++)
		st = run_pass(p, pass, e);
	return st;
}

static enum status fill(struct demo_pass *p, struct err *e)
{
	enum status st = p->store->ops->begin(p->store, e);

	if (st != ST_OK)
		return st;
	st = run_passes(p, e);
	if (st == ST_OK)
		st = p->store->ops->commit(p->store, e);
	if (st != ST_OK)
		p->store->ops->rollback(p->store);
	return st;
}

enum status demo_fill(struct store *s, const struct demo_request *r, struct err *e)
{
	struct demo_world world;
	struct demo_pass pass = { .world = &world, .store = s };
	enum status st = demo_world_init(&world, r, e);

	if (st == ST_OK) {
		pass.account_id = calloc((size_t)world.total + 1, sizeof(uint32_t));
		pass.csm_id = calloc((size_t)r->csms + 1, sizeof(uint32_t));
		find_measures(&pass);
		st = pass.account_id && pass.csm_id
			     ? fill(&pass, e)
			     : err_set(e, ST_NOMEM, "not enough memory for the demo");
	}
	free(pass.account_id);
	free(pass.csm_id);
	demo_world_clear(&world);
	return st;
}
