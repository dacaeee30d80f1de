#include "report/plot.h"

#include <math.h>
#include <stdio.h>

#include "core/money.h"
#include "report/doc.h"
#include "report/ruler.h"

/* The round number at or above it: 1, 2 or 5 of its power of ten. */
static double round_step(double x)
{
	const double power = pow(10, floor(log10(x)));

	return x <= power       ? power
	       : x <= 2 * power ? 2 * power
	       : x <= 5 * power ? 5 * power
				: 10 * power;
}

struct plot_scale plot_scale(double from, double to, int want, enum plot_unit unit)
{
	struct plot_scale s;

	if (!(to > from))
		to = from + (unit == PLOT_MONEY ? 100 : 1);
	s.step = round_step((to - from) / want);
	if (unit == PLOT_COUNT && s.step < 1)
		s.step = 1;
	s.from = s.step * floor(from / s.step + 1e-9);
	s.to = s.step * ceil(to / s.step - 1e-9);
	if (!(s.to > s.from))
		s.to = s.from + s.step;
	return s;
}

const char *plot_number(
	double v, enum plot_unit unit, const char *currency, char out[PLOT_NUMBER_MAX])
{
	char plain[NUMBER_TEXT_MAX];

	if (unit == PLOT_MONEY)
		return doc_money((int64_t)llround(v), currency, out);
	if (unit == PLOT_COUNT && fabs(v) >= 1000)
		return doc_count((int64_t)llround(v), out);
	snprintf(out, PLOT_NUMBER_MAX, "%.20s%s", number_format(v, 2, plain),
		unit == PLOT_PERCENT ? " %" : "");
	return out;
}

static const struct letters small = { PLOT_SMALL, false, INK_MUTED, ANCHOR_START };

double plot_legend(struct drawing *d, double x, double y, double width,
	const struct plot_key *key, int n)
{
	enum { LINE = 12, SIGN = 14, GAP = 16 };
	double at = x, line = y + 8;
	bool any = false;

	for (int i = 0; i < n; i++) {
		double wide;

		if (!key[i].name)
			continue;
		any = true;
		wide = ruler_width(text_of(key[i].name), PLOT_SMALL, false);
		if (at > x && at + SIGN + wide > x + width) {
			at = x;
			line += LINE;
		}
		if (key[i].dashed)
			drawing_dashes(
				d, at, line - 2.5, at + 10, line - 2.5, key[i].ink, 1.4);
		else if (key[i].line)
			drawing_line(
				d, at, line - 2.5, at + 10, line - 2.5, key[i].ink, 1.8);
		else
			drawing_rect(d, at + 1, line - 6, 8, 7, key[i].ink);
		drawing_text(
			d, at + SIGN, line, wide + GAP - 4, &small, text_of(key[i].name));
		at += SIGN + wide + GAP;
	}
	return any ? line - y + 6 : 0;
}

void plot_axis_y(struct drawing *d, const struct plot_field *f,
	const struct plot_scale *s, enum plot_unit unit, const char *currency,
	const char *title)
{
	const struct letters how = { PLOT_SMALL, false, INK_MUTED, ANCHOR_END };
	const int steps = (int)lround((s->to - s->from) / s->step);
	char number[PLOT_NUMBER_MAX];

	drawing_text(d, 0, f->y0 - 7, f->x1, &small, text_of(title));
	for (int k = 0; k <= steps; k++) {
		const double y = f->y1 - (f->y1 - f->y0) * k / steps;

		drawing_line(
			d, f->x0, y, f->x1, y, k ? INK_GRID : INK_RULE, k ? 0.5 : 0.8);
		/* The title stands above the last one. */
		drawing_text(d, f->x0 - 5, y + 2.5, f->x0 - 5, &how,
			text_of(plot_number(
				s->from + k * s->step, unit, currency, number)));
	}
}

void plot_axis_x(struct drawing *d, const struct plot_field *f,
	const struct plot_scale *s, enum plot_unit unit, const char *currency,
	const char *title)
{
	const struct letters how = { PLOT_SMALL, false, INK_MUTED, ANCHOR_MIDDLE };
	const struct letters end = { PLOT_SMALL, false, INK_MUTED, ANCHOR_END };
	const int steps = (int)lround((s->to - s->from) / s->step);
	char number[PLOT_NUMBER_MAX];

	for (int k = 0; k <= steps; k++) {
		const double x = f->x0 + (f->x1 - f->x0) * k / steps;

		drawing_line(
			d, x, f->y0, x, f->y1, k ? INK_GRID : INK_RULE, k ? 0.5 : 0.8);
		drawing_text(d, x, f->y1 + 10, 80, &how,
			text_of(plot_number(
				s->from + k * s->step, unit, currency, number)));
	}
	drawing_text(d, f->x1, f->y1 + 21, f->x1 - f->x0, &end, text_of(title));
}
