/* Lines and areas over time. */
#include "report/plot.h"

#include <math.h>
#include <stdio.h>

#include "core/day.h"
#include "report/doc.h"
#include "report/ruler.h"

enum { LEFT = 46, RIGHT = 8, TITLE = 16, BELOW = 26, EVENT = 11 };

struct view {
	const struct plot_time *p;
	struct drawing *d;
	struct plot_field f;
	struct plot_scale y;
};

static double at_x(const struct view *v, int32_t day)
{
	const struct plot_time *p = v->p;
	const double span = p->n > 1 ? p->day[p->n - 1] - p->day[0] : 0;

	return span > 0 ? v->f.x0 + (v->f.x1 - v->f.x0) * (day - p->day[0]) / span
			: (v->f.x0 + v->f.x1) / 2;
}

static double at_y(const struct view *v, double y)
{
	return v->f.y1 - (v->f.y1 - v->f.y0) * (y - v->y.from) / (v->y.to - v->y.from);
}

static double sum(const struct plot_time *p, int upto, uint32_t i)
{
	double all = 0;

	for (int k = 0; k <= upto; k++)
		all += isnan(p->series[k].y[i]) ? 0 : p->series[k].y[i];
	return all;
}

static struct plot_scale scale_of(const struct plot_time *p)
{
	double least = p->zero || p->stacked ? 0 : INFINITY;
	double most = isnan(p->most) ? -INFINITY : p->most;

	for (uint32_t i = 0; i < p->n; i++)
		for (int k = 0; k < p->count; k++) {
			const double y = p->stacked ? sum(p, k, i) : p->series[k].y[i];

			if (isnan(y))
				continue;
			least = y < least ? y : least;
			most = y > most ? y : most;
		}
	if (!isfinite(least))
		least = 0;
	return plot_scale(least, most > least ? most : least, 4, p->unit);
}

/* Years and months as far apart as their names need. */
static void put_days(const struct view *v)
{
	const struct letters how = { PLOT_SMALL, false, INK_MUTED, ANCHOR_MIDDLE };
	const struct letters end = { PLOT_SMALL, false, INK_MUTED, ANCHOR_END };
	const int32_t first = v->p->day[0], last = v->p->day[v->p->n - 1];
	const double room = (v->f.x1 - v->f.x0) / 44;
	int step = 1;

	while ((last - first) / 30.4 / step > room)
		step = step < 3 ? 3 : step < 12 ? 2 * step : step + 12;
	for (int32_t day = day_month_start(first); day <= last;
		day = day_add_months(day, 1)) {
		const struct civil c = day_civil(day);
		const double x = at_x(v, day);
		char text[16];

		if (day < first || (c.year * 12 + c.month - 1) % step)
			continue;
		drawing_line(v->d, x, v->f.y1, x, v->f.y1 + 3, INK_RULE, 0.6);
		snprintf(text, sizeof(text), "%04d-%02d", c.year, c.month);
		if (x > v->f.x0 + 14 && x < v->f.x1 - 14)
			drawing_text(v->d, x, v->f.y1 + 11, 44, &how, text_of(text));
		if (day >= DAY_MAX - 31)
			break;
	}
	drawing_print(v->d, v->f.x1, v->f.y1 + 21, 240, &end,
		"month, up to the day of the figures");
}

static void put_line(const struct view *v, int k, struct spot *spot)
{
	const struct plot_series *s = &v->p->series[k];
	uint32_t n = 0;

	for (uint32_t i = 0; i <= v->p->n; i++) {
		if (i < v->p->n && !isnan(s->y[i])) {
			spot[n++] =
				(struct spot){ at_x(v, v->p->day[i]), at_y(v, s->y[i]) };
			continue;
		}
		if (n == 1)
			drawing_dot(v->d, spot[0].x, spot[0].y, 1.6, s->key.ink, 1);
		drawing_path(v->d, spot, n, s->key.ink, s->key.dashed ? 1.1 : 1.6,
			s->key.dashed);
		n = 0;
	}
}

static void put_area(const struct view *v, int k, struct spot *spot)
{
	const struct plot_time *p = v->p;
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n; i++)
		spot[n++] = (struct spot){ at_x(v, p->day[i]), at_y(v, sum(p, k, i)) };
	for (uint32_t i = p->n; i-- > 0;)
		spot[n++] = (struct spot){ at_x(v, p->day[i]),
			at_y(v, k ? sum(p, k - 1, i) : 0) };
	if (p->n == 1)
		drawing_rect(v->d, v->f.x0 + 20, spot[0].y, v->f.x1 - v->f.x0 - 40,
			spot[1].y - spot[0].y, p->series[k].key.ink);
	else
		drawing_area(v->d, spot, n, p->series[k].key.ink);
}

/* From left to right, each where the one before leaves room. */
static void put_events(const struct view *v)
{
	const struct letters how = { PLOT_SMALL, false, INK_TEXT, ANCHOR_START };
	double free_from = v->f.x0;

	for (int i = 0; i < v->p->events; i++) {
		const struct plot_event *e = &v->p->event[i];
		const double x = at_x(v, e->day);
		const double wide = ruler_width(text_of(e->name), PLOT_SMALL, false);

		if (e->day < v->p->day[0] || e->day > v->p->day[v->p->n - 1])
			continue;
		drawing_dashes(v->d, x, v->f.y0 - EVENT + 6, x, v->f.y1, INK_TEXT, 0.8);
		if (x < free_from || x + 1.2 * wide + 3 > v->f.x1)
			continue;
		drawing_text(
			v->d, x + 2, v->f.y0 - 3, 1.2 * wide, &how, text_of(e->name));
		free_from = x + 1.2 * wide + 8;
	}
}

struct drawing *plot_time(struct arena *a, const struct plot_time *p)
{
	struct plot_key keys[PLOT_SERIES];
	struct view v = { .p = p, .d = drawing_new(a, DOC_WIDTH, p->height) };
	struct spot *spot = arena_alloc(a, (2 * (size_t)p->n + 1) * sizeof(*spot));
	double y;

	if (!v.d || !spot)
		return NULL;
	for (int k = 0; k < p->count; k++)
		keys[k] = p->series[k].key;
	y = plot_legend(v.d, 0, 0, DOC_WIDTH, keys, p->count);
	v.f = (struct plot_field){ LEFT, y + TITLE + (p->events ? EVENT : 0),
		DOC_WIDTH - RIGHT, p->height - BELOW };
	v.y = scale_of(p);
	if (p->stacked)
		for (int k = p->count; k-- > 0 && p->n;)
			put_area(&v, k, spot);
	plot_axis_y(v.d, &v.f, &v.y, p->unit, p->currency, p->title);
	for (int k = 0; !p->stacked && k < p->count && p->n; k++)
		put_line(&v, k, spot);
	if (!p->n)
		return v.d;
	put_days(&v);
	put_events(&v);
	return v.d;
}
