#include "core/book_trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"

enum { WEEK = 7, WEEKS_MAX = 104, LONG_STEP = 28, CAUSES_MAX = 64 };

/* Causes as they come, before the most frequent are known; the last one takes what has
 * no room, and what has no cause. */
struct causes {
	int n;
	char name[CAUSES_MAX][48];
	uint32_t count[CAUSES_MAX][TREND_MONTHS_MAX];
};

struct book_trend {
	struct book *book; /* borrowed */
	struct trend t;
	struct trend_point *point; /* owned, as all below */
	uint32_t room;
	struct trend_month month[TREND_MONTHS_MAX];
	uint8_t *in;
	uint32_t in_n;
	uint32_t line_of[TREND_LINES];
	double *line;    /* points of the first, of the second ... */
	uint8_t *health; /* room for in_n of both, to count a day */
	uint8_t *tier;
	int32_t as_of;
	bool all; /* all there is was asked for */
	int lines_read;
	/* revenue */
	int32_t end[TREND_MONTHS_MAX + TREND_YEAR]; /* last days of months */
	int64_t *arr;
	struct part part;
	uint32_t parts, part_at;
	/* tickets */
	struct causes *causes;
	int32_t week_at; /* first day of those that are read next */
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the trends");
}

/* ---- points --------------------------------------------------------------------- */

static const uint8_t *chosen(const struct book_trend *t, uint32_t first, uint32_t *n)
{
	static const uint8_t nobody[PART_ACCOUNTS];

	if (!t->in)
		return NULL;
	if (first >= t->in_n)
		return nobody;
	if (*n > t->in_n - first)
		*n = t->in_n - first;
	return t->in + first;
}

static enum status take_sums(void *arg, const struct snapshot_sums *sums, struct err *e)
{
	struct book_trend *t = arg;

	if (t->t.points == t->room) {
		const uint32_t room = t->room ? 2 * t->room : 128;
		void *grown = realloc(t->point, room * sizeof(*t->point));

		if (!grown)
			return no_memory(e);
		t->point = grown;
		t->room = room;
	}
	trend_point_of(sums, &t->book->policy, &t->point[t->t.points++]);
	return ST_OK;
}

/* One of each week or four stays. */
static enum status thin_out(struct book_trend *t, struct err *e)
{
	const uint32_t n = t->t.points;
	int32_t *day = malloc(((size_t)n + 1) * sizeof(*day));
	uint32_t *keep = malloc(((size_t)n + 1) * sizeof(*keep));

	if (!day || !keep) {
		free(day);
		free(keep);
		return no_memory(e);
	}
	for (uint32_t i = 0; i < n; i++)
		day[i] = t->point[i].at.day;
	t->t.points = trend_sample(day, n, t->t.step, keep);
	for (uint32_t i = 0; i < t->t.points; i++)
		t->point[i] = t->point[keep[i]];
	free(day);
	free(keep);
	return ST_OK;
}

/* The day of the figures counts with the tiers as they are now, as all screens do. */
static void count_today(
	struct book_trend *t, const struct book_figures *f, struct trend_point *p)
{
	struct snapshot_sums sums = { .at = p->at };
	uint32_t n = f->n;
	const uint8_t *in = chosen(t, 0, &n);

	trend_count(&sums, f->scores->health, f->tier, in, n);
	trend_point_of(&sums, &t->book->policy, p);
}

static enum status count_day(struct book_trend *t, uint32_t i, struct err *e)
{
	struct trend_point *p = &t->point[i];
	struct snapshot_sums sums = { .at = p->at };
	struct book_figures f;
	enum status st = book_figures(t->book, &f, e);

	if (st != ST_OK)
		return st;
	if (p->at.day == t->book->columns.day.day) {
		count_today(t, &f, p);
		return ST_OK;
	}
	if (!t->in)
		return ST_OK;
	st = t->book->store->ops->snapshot_health(
		t->book->store, p->at.day, t->in_n, t->health, t->tier, e);
	if (st != ST_OK)
		return st;
	trend_count(&sums, t->health, t->tier, t->in, t->in_n);
	trend_point_of(&sums, &t->book->policy, p);
	return ST_OK;
}

static enum status load_points(struct book_trend *t, int weeks, struct err *e)
{
	const int32_t from = weeks ? t->as_of - WEEK * weeks + 1 : DAY_MIN;
	const struct store *s = t->book->store;
	enum status st;

	t->t.step = WEEK;
	st = s->ops->snapshot_sums(t->book->store, from, t->as_of, take_sums, t, e);
	if (st == ST_OK && t->t.points > 0 &&
		t->as_of - t->point[0].at.day >= WEEK * WEEKS_MAX)
		t->t.step = LONG_STEP;
	if (st == ST_OK)
		st = thin_out(t, e);
	t->t.point = t->point;
	t->t.month = t->month;
	t->t.counted = t->t.points;
	if (st == ST_OK && !t->in && t->t.points > 0)
		st = count_day(t, t->t.points - 1, e);
	if (t->in && t->t.points > 0) {
		t->health = malloc(t->in_n + 1u);
		t->tier = malloc(t->in_n + 1u);
		if (!t->health || !t->tier)
			st = no_memory(e);
	} else {
		t->t.counted = 0;
	}
	return st;
}

/* ---- lines ---------------------------------------------------------------------- */

struct line {
	const struct book_trend *t;
	double *y;
};

static enum status take_line(void *arg, const struct snapshot_row *row, struct err *e)
{
	const struct line *l = arg;
	const struct trend *t = &l->t->t;
	uint32_t low = 0, high = t->points;

	(void)e;
	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (l->t->point[middle].at.day < row->at.day)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < t->points && l->t->point[low].at.day == row->at.day &&
		row->health != HEALTH_UNKNOWN)
		l->y[low] = row->health;
	return ST_OK;
}

static enum status read_line(struct book_trend *t, int k, struct err *e)
{
	const struct line l = { t, t->line + (size_t)k * t->t.points };

	if (t->t.points == 0)
		return ST_OK;
	return t->book->store->ops->snapshot_history(t->book->store, t->line_of[k],
		t->point[0].at.day, t->as_of, take_line, (void *)&l, e);
}

static enum status make_lines(
	struct book_trend *t, const struct trend_query *q, struct err *e)
{
	const size_t n = (size_t)q->lines * t->t.points;

	t->line = malloc((n + 1) * sizeof(*t->line));
	if (!t->line)
		return no_memory(e);
	for (size_t i = 0; i < n; i++)
		t->line[i] = NAN;
	t->t.lines = q->lines;
	for (int k = 0; k < q->lines; k++) {
		t->line_of[k] = q->line[k];
		t->t.line[k] = t->line + (size_t)k * t->t.points;
	}
	return ST_OK;
}

/* ---- months --------------------------------------------------------------------- */

/* Whole months since the one that a day lies in, or nearly. */
static int months_since(const struct book_trend *t, int32_t first)
{
	int n = 0;

	for (int32_t day = day_month_start(t->as_of + 1);
		n < TREND_MONTHS_MAX && day_add_months(day, -n - 1) >= first - 15;)
		n++;
	return n < 3 ? 3 : n;
}

/* Whether the month is the first in which ARR is known to have come or gone: amounts
 * without a date reach back for ever. */
static bool has_revenue(const struct trend_month *m)
{
	return m->month.opening != m->month.closing ||
	       m[1].month.accounts != m->month.accounts;
}

static bool has_tickets(const struct trend_month *m)
{
	for (int k = 0; k < TREND_CAUSES; k++)
		if (m->tickets[k] > 0)
			return true;
	return false;
}

/* Contracts, movements and tickets may know of more than the snapshots: where all there
 * is was asked for, all months are read, and shown from the first that has something,
 * or from the first snapshot. */
static int first_month(
	const struct book_trend *t, bool (*known)(const struct trend_month *m))
{
	int m = 0, most = 0;

	if (t->all)
		most = t->t.months -
		       months_since(t, t->t.points ? t->point[0].at.day : t->as_of - 365);
	while (m < most && !known(&t->month[m]))
		m++;
	return m;
}

static void make_months(struct book_trend *t, int weeks)
{
	/* The first day of the first month that is not over. */
	const int32_t open = day_month_start(t->as_of + 1);

	t->all = weeks == 0;
	t->t.months = weeks ? months_since(t, t->as_of - WEEK * weeks) : TREND_MONTHS_MAX;
	for (int i = 0; i < t->t.months + TREND_YEAR; i++)
		t->end[i] = day_add_months(open, i - t->t.months - TREND_YEAR + 1) - 1;
	for (int i = 0; i < t->t.months; i++)
		t->month[i].first = day_add_months(open, i - t->t.months);
	t->week_at = t->t.months ? t->month[0].first : t->as_of;
}

static enum status begin_revenue(struct book_trend *t, struct err *e)
{
	const size_t days = (size_t)t->t.months + TREND_YEAR;
	struct book_info info;
	enum status st = t->book->store->ops->info(t->book->store, &info, e);

	if (st != ST_OK)
		return st;
	t->parts = (info.last_id + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	t->arr = malloc(days * PART_ACCOUNTS * sizeof(*t->arr));
	if (!t->arr)
		return no_memory(e);
	return part_init(&t->part, e);
}

static enum status add_part(struct book_trend *t, struct err *e)
{
	struct rates rates;
	struct store *s = t->book->store;
	const int days = t->t.months + TREND_YEAR;
	enum status st = s->ops->hold(s, e);

	if (st != ST_OK)
		return st;
	st = book_load_rates(t->book, &rates, e);
	if (st == ST_OK)
		st = s->ops->part(s, t->part_at, t->as_of, &t->part, e);
	s->ops->release(s);
	if (st == ST_OK)
		st = trend_arr(&t->part, &rates, t->end, days, t->as_of, t->arr, e);
	for (int m = 0; st == ST_OK && m < t->t.months; m++) {
		uint32_t n = t->part.n;
		const uint8_t *in = chosen(t, t->part_at * PART_ACCOUNTS, &n);
		const int64_t *close = &t->arr[(size_t)(m + TREND_YEAR) * PART_ACCOUNTS];
		const int64_t *year = &t->arr[(size_t)m * PART_ACCOUNTS];

		st = trend_cohort_add(
			&t->month[m].month, close - PART_ACCOUNTS, close, in, n, e);
		if (st == ST_OK)
			st = trend_cohort_add(&t->month[m].year, year, close, in, n, e);
	}
	return st;
}

/* Part by part. */
static enum status step_revenue(struct book_trend *t, struct err *e)
{
	enum status st = t->arr ? ST_OK : begin_revenue(t, e);

	if (st == ST_OK && t->part_at < t->parts)
		st = add_part(t, e);
	t->part_at++;
	t->t.revenue = st == ST_OK && t->part_at >= t->parts;
	if (t->t.revenue)
		t->t.revenue_first = first_month(t, has_revenue);
	return st;
}

/* ---- tickets -------------------------------------------------------------------- */

static int cause_of(struct causes *c, struct text name)
{
	if (name.n == 0 || name.n >= sizeof(c->name[0]))
		return CAUSES_MAX - 1;
	for (int i = 0; i < c->n; i++)
		if (text_eq(text_of(c->name[i]), name))
			return i;
	if (c->n == CAUSES_MAX - 1)
		return CAUSES_MAX - 1;
	memcpy(c->name[c->n], name.s, name.n);
	return c->n++;
}

static enum status take_ticket(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e)
{
	struct book_trend *t = arg;
	int m = t->t.months - 1;

	(void)e;
	if (t->in && (account == 0 || account > t->in_n || !t->in[account - 1]))
		return ST_OK;
	while (m > 0 && t->month[m].first > opened)
		m--;
	t->causes->count[cause_of(t->causes, cause)][m]++;
	return ST_OK;
}

static uint64_t total_of(const struct book_trend *t, int cause)
{
	uint64_t total = 0;

	for (int m = 0; m < t->t.months; m++)
		total += t->causes->count[cause][m];
	return total;
}

/* The most frequent causes get a place of their own; of equals, the one first in byte
 * order. */
static void settle_causes(struct book_trend *t)
{
	bool placed[CAUSES_MAX] = { false };
	int k = 0;

	for (; k < TREND_CAUSES - 1; k++) {
		int best = -1;

		for (int i = 0; i < t->causes->n; i++) {
			if (placed[i])
				continue;
			if (best < 0 || total_of(t, i) > total_of(t, best) ||
				(total_of(t, i) == total_of(t, best) &&
					strcmp(t->causes->name[i],
						t->causes->name[best]) < 0))
				best = i;
		}
		if (best < 0)
			break;
		placed[best] = true;
		memcpy(t->t.cause[k], t->causes->name[best], sizeof(t->t.cause[k]));
		for (int m = 0; m < t->t.months; m++)
			t->month[m].tickets[k] = t->causes->count[best][m];
	}
	for (int i = 0; i < CAUSES_MAX; i++) {
		if (placed[i] || total_of(t, i) == 0)
			continue;
		memcpy(t->t.cause[k], "others", sizeof("others"));
		for (int m = 0; m < t->t.months; m++)
			t->month[m].tickets[k] += t->causes->count[i][m];
	}
}

/* Week by week. */
static enum status step_tickets(struct book_trend *t, struct err *e)
{
	const int32_t end = day_month_start(t->as_of + 1);
	const int32_t upto = t->week_at + WEEK < end ? t->week_at + WEEK : end;
	struct store *s = t->book->store;
	enum status st = ST_OK;

	if (!t->causes)
		t->causes = calloc(1, sizeof(*t->causes));
	if (!t->causes)
		return no_memory(e);
	if (t->week_at < end)
		st = s->ops->tickets_opened(s, t->week_at, upto - 1, take_ticket, t, e);
	t->week_at = upto;
	if (st == ST_OK && t->week_at >= end) {
		settle_causes(t);
		t->t.tickets_first = first_month(t, has_tickets);
		t->t.tickets = true;
	}
	return st;
}

/* ---- all of it ------------------------------------------------------------------ */

enum status book_trend_new(struct book *b, const struct trend_query *q,
	struct book_trend **out, struct err *e)
{
	struct book_trend *t = calloc(1, sizeof(*t));
	enum status st = ST_OK;

	*out = NULL;
	if (!t)
		return no_memory(e);
	t->book = b;
	t->as_of = b->clock.today;
	if (q->in) {
		t->in = malloc(q->in_n + 1u);
		if (t->in)
			memcpy(t->in, q->in, q->in_n);
		else
			st = no_memory(e);
		t->in_n = q->in_n;
	}
	if (st == ST_OK)
		st = load_points(t, q->weeks, e);
	if (st == ST_OK)
		st = make_lines(t, q, e);
	if (st == ST_OK)
		make_months(t, q->weeks);
	if (st == ST_OK)
		*out = t;
	else
		book_trend_free(&t);
	return st;
}

void book_trend_free(struct book_trend **t)
{
	if (!*t)
		return;
	free((*t)->point);
	free((*t)->in);
	free((*t)->line);
	free((*t)->health);
	free((*t)->tier);
	free((*t)->arr);
	part_clear(&(*t)->part);
	free((*t)->causes);
	free(*t);
	*t = NULL;
}

enum status book_trend_step(struct book_trend *t, struct err *e)
{
	enum status st;

	if (t->t.done)
		return ST_OK;
	if (t->t.counted > 0)
		st = count_day(t, --t->t.counted, e);
	else if (t->lines_read < t->t.lines)
		st = read_line(t, t->lines_read++, e);
	else if (!t->t.revenue)
		st = step_revenue(t, e);
	else
		st = step_tickets(t, e);
	t->t.done = st != ST_OK || (t->t.revenue && t->t.tickets);
	return st;
}

const struct trend *book_trend_known(const struct book_trend *t)
{
	return &t->t;
}
