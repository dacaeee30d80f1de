#include "report/board_internal.h"

#include <math.h>
#include <stdio.h>

#include "core/capacity_text.h"
#include "core/money.h"

double board_share(int64_t part, int64_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : (double)NAN;
}

double *board_series(
	struct board *x, double (*figure)(const struct trend *t, uint32_t point))
{
	double *y =
		arena_alloc(&x->d->arena, ((size_t)x->trend->points + 1) * sizeof(*y));

	x->d->failed |= !y;
	for (uint32_t k = 0; y && k < x->trend->points; k++)
		y[k] = figure(x->trend, k);
	return y;
}

bool board_has_trend(
	struct board *x, double (*figure)(const struct trend *t, uint32_t point))
{
	int known = 0;

	for (uint32_t k = 0; k < x->trend->points && known < 2; k++)
		known += !isnan(figure(x->trend, k));
	return known >= 2;
}

/* ---- what is read ---- */

static void look_at_days(struct board *x)
{
	const struct trend *t = x->trend;

	x->day = arena_alloc(&x->d->arena, ((size_t)t->points + 1) * sizeof(*x->day));
	x->d->failed |= !x->day;
	for (uint32_t k = 0; x->day && k < t->points; k++) {
		const int32_t version = t->point[k].at.policy_version;

		x->day[k] = t->point[k].at.day;
		if (k && version != t->point[k - 1].at.policy_version &&
			x->events < BOARD_EVENTS)
			x->event[x->events++] = (struct plot_event){ x->day[k],
				doc_text(x->d, "policy %d", version).s };
	}
}

static enum status read_revenue(struct board *x, struct err *e)
{
	struct revenue_query q = { .by = REVENUE_BY_TIER };
	enum status st;

	q.to = book_as_of(x->b); /* the year of the screen and of `tierdesk revenue` */
	q.from = revenue_opening(q.to, TREND_YEAR);
	st = book_revenue_new(x->b, &q, &x->earning, e);
	if (st == ST_OK)
		st = book_revenue_all(x->earning, e);
	if (st == ST_OK)
		x->revenue = book_revenue_known(x->earning);
	return st;
}

static enum status read_all(struct board *x, struct err *e)
{
	const struct trend_query weeks = { .weeks = BOARD_WEEKS };
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
	enum status st = book_summary(x->b, &x->sum, e);

	if (st == ST_OK)
		st = book_capacity(
			x->b, &(struct capacity_what_if){ 0 }, &x->capacity, e);
	if (st == ST_OK)
		st = book_queue(x->b, &all, &x->queue, NULL, e);
	if (st == ST_OK)
		st = book_trend_new(x->b, &weeks, &x->trending, e);
	while (st == ST_OK && !book_trend_known(x->trending)->done)
		st = book_trend_step(x->trending, e);
	if (st == ST_OK)
		st = read_revenue(x, e);
	if (st != ST_OK)
		return st;
	x->trend = book_trend_known(x->trending);
	look_at_days(x);
	return ST_OK;
}

/* ---- the first page ---- */

static enum tone tone_of(enum revenue_verdict v)
{
	return v == VERDICT_RED ? TONE_ALARM : v == VERDICT_WATCH ? TONE_ASK : TONE_PLAIN;
}

/* Whether what was kept is told: that of survivors only where it is too little all the
 * same. */
static bool is_told(const struct board *x, enum revenue_verdict verdict)
{
	return revenue_observed(x->revenue) || verdict == VERDICT_RED;
}

/* Of a rate of the whole base; green and so on is said of both rates together. */
static void put_target(struct board *x, double target, char *out, size_t size)
{
	const struct revenue_group *all = &x->revenue->all;
	const enum revenue_verdict verdict = revenue_verdict(x->policy, x->revenue, all);
	char day[DOC_FIGURE_MAX];

	if (!all->money.cohort.accounts)
		snprintf(out, size, "not known");
	else if (!is_told(x, verdict))
		snprintf(out, size, "survivors only: no lost customer is on record");
	else
		snprintf(out, size, "12 months up to %s; target %g %%%s%s",
			doc_day(all->to, day), target, verdict ? "; both: " : "",
			revenue_verdict_name[verdict]);
}

/* What became of the revenue of a year before, and the verdict on that alone. */
static void put_kept(struct board *x)
{
	const struct revenue_group *all = &x->revenue->all;
	const struct trend_cohort *year = &all->money.cohort;
	const enum revenue_verdict verdict = revenue_verdict(x->policy, x->revenue, all);
	const bool told = is_told(x, verdict);
	char a[DOC_FIGURE_MAX], nrr[160], grr[160], lost[160] = "";

	put_target(x, revenue_target(x->policy, x->revenue, all), nrr, sizeof(nrr));
	put_target(x, x->policy->number[POLICY_REVENUE_GRR], grr, sizeof(grr));
	if (year->accounts)
		snprintf(lost, sizeof(lost), "of %s with revenue a year before",
			doc_count(year->accounts, a));
	doc_tile(x->d, tone_of(verdict), "Net revenue retention", nrr, "%s",
		told ? doc_percent(trend_nrr(year), a) : "--");
	doc_tile(x->d, tone_of(verdict), "Gross revenue retention", grr, "%s",
		told ? doc_percent(trend_grr(year), a) : "--");
	doc_tile(x->d, TONE_PLAIN, "Accounts lost in 12 months", lost, "%s",
		year->accounts && told ? doc_count(year->lost, a) : "--");
}

static void put_outcomes(struct board *x)
{
	const uint32_t healthy = x->sum.in_band[BAND_HEALTHY],
		       at_risk = x->sum.in_band[BAND_AT_RISK];
	char a[DOC_FIGURE_MAX], note[160];
	struct doc *d = x->d;

	doc_head(d, "Outcomes: what became of the base");
	snprintf(note, sizeof(note), "a year, of %s active accounts",
		doc_count(x->sum.active, a));
	doc_tile(d, TONE_PLAIN, "Annual recurring revenue", note, "%s",
		doc_money(x->sum.arr, x->currency, a));
	put_kept(x);
	snprintf(note, sizeof(note), "health of %d or more", x->policy->healthy_from);
	doc_tile(d, TONE_PLAIN, "Healthy accounts", note, "%s",
		doc_percent(board_share(healthy, x->sum.active), a));
	snprintf(note, sizeof(note), "%s accounts, health below %d",
		doc_count(at_risk, a), x->policy->watch_from);
	doc_tile(d, at_risk ? TONE_ASK : TONE_PLAIN, "Accounts at risk", note, "%s",
		doc_percent(board_share(at_risk, x->sum.active), a));
}

static void put_activity(struct board *x)
{
	const struct queue *q = x->queue;
	char count[DOC_FIGURE_MAX], money[DOC_FIGURE_MAX];
	char note[160], heads[NUMBER_TEXT_MAX];
	struct doc *d = x->d;

	doc_head(d, "Activity: what is being done, which is no result by itself");
	snprintf(note, sizeof(note), "of them %s at risk",
		doc_money(q->at_risk[QUEUE_NOW], x->currency, money));
	doc_tile(d, TONE_PLAIN, "Accounts to look at now", note, "%s",
		doc_count(q->in[QUEUE_NOW], count));
	snprintf(note, sizeof(note), "a step was due before this day; %s at risk",
		doc_money(q->at_risk[QUEUE_OVERDUE], x->currency, money));
	doc_tile(d, q->in[QUEUE_OVERDUE] ? TONE_ASK : TONE_PLAIN,
		"Accounts with overdue work", note, "%s",
		doc_count(q->in[QUEUE_OVERDUE], count));
	snprintf(note, sizeof(note), "about %s a year to win",
		doc_money(q->to_win[QUEUE_OPPORTUNITY], x->currency, money));
	doc_tile(d, TONE_PLAIN, "Opportunities", note, "%s",
		doc_count(q->in[QUEUE_OPPORTUNITY], count));
	snprintf(note, sizeof(note), "%u needed by the bands of the policy",
		x->capacity->heads_needed);
	doc_tile(d,
		x->capacity->heads_needed > x->capacity->heads_present + 0.005
			? TONE_ASK
			: TONE_PLAIN,
		"CSMs in place", note, "%s",
		capacity_figure(x->capacity->heads_present, heads));
}

static void put_summary(struct board *x)
{
	char day[DOC_FIGURE_MAX], as_of[DOC_FIGURE_MAX];

	doc_section(x->d, "summary", "Where we stand");
	if (x->sum.figures_day == DAY_NONE)
		doc_say(x->d, TONE_ALARM,
			"Nothing was ever calculated in this book: there is no health, "
			"value "
			"or effort yet. Run `tierdesk recalc`.");
	else if (x->sum.figures_day != book_as_of(x->b))
		doc_say(x->d, TONE_ASK,
			"Health, value and effort are those of %s, the newest "
			"calculation on "
			"or before %s.",
			doc_day(x->sum.figures_day, day),
			doc_day(book_as_of(x->b), as_of));
	put_outcomes(x);
	put_activity(x);
}

enum status board_make(struct book *b, struct doc *d, struct err *e)
{
	struct board x = { .b = b, .d = d, .policy = book_policy(b) };
	enum status st;

	x.currency = x.policy->currency;
	d->kind = TEXT("Board book");
	st = read_all(&x, e);
	if (st == ST_OK) {
		put_summary(&x);
		st = board_questions(&x, e);
	}
	if (st == ST_OK) {
		board_tiers(&x);
		st = board_quadrant(&x, e);
	}
	if (st == ST_OK)
		st = board_moves(&x, e);
	if (st == ST_OK) {
		board_retention(&x);
		st = board_features(&x, e);
	}
	if (st == ST_OK)
		st = board_insights(&x, e);
	if (st == ST_OK) {
		board_health(&x);
		st = board_backtest(&x, e);
	}
	if (st == ST_OK)
		st = board_capacity(&x, e);
	if (st == ST_OK)
		st = board_work(&x, e);
	if (st == ST_OK)
		st = board_audits(&x, e);
	if (st == ST_OK)
		board_rules(&x);
	capacity_free(&x.capacity);
	queue_free(&x.queue);
	book_trend_free(&x.trending);
	book_revenue_free(&x.earning);
	return st;
}
