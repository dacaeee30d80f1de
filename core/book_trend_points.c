/* The days of trends: what their snapshots add up to, the caps in force, and the lines of
 * single accounts. */
#include "core/book_trend_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WEEKS_MAX = 104, LONG_STEP = 28 };

/* ---- points --------------------------------------------------------------------- */

static enum status take_sums(void *arg, const struct snapshot_sums *sums, struct err *e)
{
	struct book_trend *t = arg;

	if (t->t.points == t->room) {
		const uint32_t room = t->room ? 2 * t->room : 128;
		void *grown = realloc(t->point, room * sizeof(*t->point));

		if (!grown)
			return book_trend_no_memory(e);
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
		return book_trend_no_memory(e);
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
	const uint8_t *in = book_trend_chosen(t, 0, &n);

	trend_count(&sums, f->scores->health, f->tier, in, n);
	trend_point_of(&sums, &t->book->policy, p);
}

/* Whether it was the day of the figures, which counts at once. */
static enum status counted_today(
	struct book_trend *t, struct trend_point *p, bool *out, struct err *e)
{
	struct book_figures f;
	enum status st = book_figures(t->book, &f, e);

	*out = st == ST_OK && p->at.day == t->book->columns.day.day;
	if (*out)
		count_today(t, &f, p);
	return st;
}

static void end_counting(struct book_trend *t)
{
	free(t->health);
	free(t->tier);
	t->health = t->tier = NULL;
}

enum status book_trend_points_count(struct book_trend *t, struct err *e)
{
	struct trend_point *p = &t->point[t->t.counted - 1];
	struct store *s = t->book->store;
	const uint32_t first = t->slice_at, left = t->in_n - first;
	const uint32_t n = left < TREND_SLICE ? left : TREND_SLICE;
	bool today = false;
	enum status st = first ? ST_OK : counted_today(t, p, &today, e);

	if (st == ST_OK && !today) {
		if (first == 0)
			t->slice = (struct snapshot_sums){ .at = p->at };
		st = s->ops->snapshot_health(
			s, p->at.day, first, n, t->health, t->tier, e);
	}
	if (st != ST_OK)
		return st;
	if (!today) {
		trend_count(&t->slice, t->health, t->tier, t->in + first, n);
		t->slice_at += n;
		if (t->slice_at < t->in_n)
			return ST_OK;
		trend_point_of(&t->slice, &t->book->policy, p);
	}
	t->slice_at = 0;
	if (--t->t.counted == 0)
		end_counting(t);
	return ST_OK;
}

/* ---- caps ----------------------------------------------------------------------- */

/* Those of a version; one that can't be read any more has none that are known. */
static enum status read_caps(
	struct book *b, int32_t version, struct trend_caps *out, struct err *e)
{
	struct policy_version v;
	struct policy policy;
	struct arena a;
	enum status st;

	*out = (struct trend_caps){ .version = version };
	arena_init(&a);
	st = b->store->ops->policy_load(b->store, version, &a, &v, e);
	if (st == ST_OK && policy_parse(v.text, "policy of the book", &policy, NULL,
				   NULL) == ST_OK) {
		out->known = true;
		memcpy(out->bp, policy.cap_bp, sizeof(out->bp));
	}
	arena_clear(&a);
	return st == ST_NOTFOUND ? ST_OK : st;
}

static enum status caps_of(
	struct book_trend *t, uint32_t i, int32_t version, struct err *e)
{
	const struct book *b = t->book;
	struct trend_caps *caps = &t->caps[i];

	if (version == b->policy_version) {
		*caps = (struct trend_caps){ .version = version, .known = true };
		memcpy(caps->bp, b->policy.cap_bp, sizeof(caps->bp));
		return ST_OK;
	}
	if (i == 0 || version != caps[-1].version)
		return read_caps(t->book, version, caps, e);
	*caps = caps[-1];
	return ST_OK;
}

/* A snapshot says which policy was in force when its tiers were what they are in it. The
 * newest of all counts with the tiers of now, and so with the policy of now. */
static enum status load_caps(struct book_trend *t, struct err *e)
{
	struct store *s = t->book->store;
	struct book_info info;
	enum status st = s->ops->info(s, &info, e);

	t->caps = calloc((size_t)t->t.points + 1, sizeof(*t->caps));
	if (st == ST_OK && !t->caps)
		st = book_trend_no_memory(e);
	for (uint32_t i = 0; st == ST_OK && i < t->t.points; i++) {
		const struct snapshot_day at = t->point[i].at;

		st = caps_of(t, i,
			at.day == info.newest_snapshot ? t->book->policy_version
						       : at.policy_version,
			e);
	}
	t->t.caps = t->caps;
	return st;
}

/* ---- all of the days ------------------------------------------------------------ */

enum status book_trend_points_load(struct book_trend *t, int weeks, struct err *e)
{
	const int32_t from = weeks ? t->as_of - TREND_WEEK * weeks + 1 : DAY_MIN;
	const struct store *s = t->book->store;
	enum status st;
	bool today;

	t->t.step = TREND_WEEK;
	st = s->ops->snapshot_sums(t->book->store, from, t->as_of, take_sums, t, e);
	if (st == ST_OK && t->t.points > 0 &&
		t->as_of - t->point[0].at.day >= TREND_WEEK * WEEKS_MAX)
		t->t.step = LONG_STEP;
	if (st == ST_OK)
		st = thin_out(t, e);
	if (st == ST_OK)
		st = load_caps(t, e);
	t->t.point = t->point;
	t->t.month = t->month;
	t->t.counted = t->t.points;
	if (st == ST_OK && !t->in && t->t.points > 0)
		st = counted_today(t, &t->point[t->t.points - 1], &today, e);
	if (t->in && t->t.points > 0) {
		const size_t slice = t->in_n < TREND_SLICE ? t->in_n + 1u : TREND_SLICE;

		t->health = malloc(slice);
		t->tier = malloc(slice);
		if (!t->health || !t->tier)
			st = book_trend_no_memory(e);
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

enum status book_trend_points_line(struct book_trend *t, int k, struct err *e)
{
	const struct line l = { t, t->line + (size_t)k * t->t.points };

	if (t->t.points == 0)
		return ST_OK;
	return t->book->store->ops->snapshot_history(t->book->store, t->line_of[k],
		t->point[0].at.day, t->as_of, take_line, (void *)&l, e);
}

enum status book_trend_points_lines(
	struct book_trend *t, const struct trend_query *q, struct err *e)
{
	const size_t n = (size_t)q->lines * t->t.points;

	t->line = malloc((n + 1) * sizeof(*t->line));
	if (!t->line)
		return book_trend_no_memory(e);
	for (size_t i = 0; i < n; i++)
		t->line[i] = NAN;
	t->t.lines = q->lines;
	for (int k = 0; k < q->lines; k++) {
		t->line_of[k] = q->line[k];
		t->t.line[k] = t->line + (size_t)k * t->t.points;
	}
	return ST_OK;
}
