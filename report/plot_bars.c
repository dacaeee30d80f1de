/* Bars, one below the other. */
#include "report/plot.h"

#include <math.h>

#include "report/doc.h"
#include "report/ruler.h"

enum { BAR = 11, PITCH = 17, BELOW = 26, LABELS_MAX = 150, VALUES_MAX = 150 };

static double widest(const struct plot_bars *p, bool value, double most)
{
	double width = 24;

	for (uint32_t i = 0; i < p->n; i++) {
		const struct text t = value ? p->bar[i].value : p->bar[i].label;
		const double w = ruler_width(t, PLOT_LABEL, value && p->bar[i].alarm);

		width = w > width ? w : width;
	}
	return width > most ? most : width;
}

static double length(const struct plot_bars *p, const struct plot_bar *b)
{
	double all = 0;

	for (int k = 0; k < p->parts; k++)
		all += b->part[k];
	return all;
}

static void put_bar(struct drawing *d, const struct plot_bars *p,
	const struct plot_field *f, const struct plot_scale *s, uint32_t i)
{
	const struct letters label = { PLOT_LABEL, false, INK_TEXT, ANCHOR_END };
	const struct letters value = { PLOT_LABEL, p->bar[i].alarm,
		p->bar[i].alarm ? INK_ALARM : INK_TEXT, ANCHOR_START };
	const struct plot_bar *b = &p->bar[i];
	const double unit = (f->x1 - f->x0) / (s->to - s->from);
	const double y = f->y0 + PITCH * i + (PITCH - BAR) / 2.0;
	double x = f->x0;

	drawing_text(d, f->x0 - 6, y + BAR - 2.6, f->x0 - 6, &label, b->label);
	for (int k = 0; k < p->parts; k++) {
		drawing_rect(d, x, y, b->part[k] * unit, BAR, p->part[k].ink);
		x += b->part[k] * unit;
	}
	if (!isnan(b->limit)) {
		const double at = f->x0 + b->limit * unit;

		drawing_line(d, at, y - 2.5, at, y + BAR + 2.5, INK_TEXT, 1.6);
	}
	drawing_text(
		d, f->x1 + 8, y + BAR - 2.6, DOC_WIDTH - f->x1 - 8, &value, b->value);
}

struct drawing *plot_bars(struct arena *a, const struct plot_bars *p)
{
	const double labels = widest(p, false, LABELS_MAX),
		     values = widest(p, true, VALUES_MAX);
	struct plot_key keys[PLOT_PARTS + 1];
	struct plot_field f = { labels + 8, 0, DOC_WIDTH - values - 10, 0 };
	struct plot_scale s;
	struct drawing *d = drawing_new(a, DOC_WIDTH, 0);
	double most = p->most;
	int n = 0;

	if (!d)
		return NULL;
	for (uint32_t i = 0; i < p->n; i++) {
		const double all = length(p, &p->bar[i]), limit = p->bar[i].limit;

		most = all > most ? all : most;
		most = limit > most ? limit : most;
	}
	s = plot_scale(0, most, 5, p->unit);
	for (int k = 0; k < p->parts; k++)
		keys[n++] = p->part[k];
	if (p->limit)
		keys[n++] = (struct plot_key){ p->limit, INK_TEXT, true, false };
	f.y0 = plot_legend(d, 0, 0, DOC_WIDTH, keys, n) + 4;
	f.y1 = f.y0 + PITCH * p->n + 2;
	d->h = f.y1 + BELOW;
	plot_axis_x(d, &f, &s, p->unit, p->currency, p->title);
	for (uint32_t i = 0; i < p->n; i++)
		put_bar(d, p, &f, &s, i);
	return d;
}
