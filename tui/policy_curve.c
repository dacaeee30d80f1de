/* A curve of the policy as a picture: the points that were typed, lines between them,
 * flat beyond both ends; the one in force behind it. */
#include "tui/policy.h"

#include <math.h>
#include <stdio.h>

#include "tui/draw.h"

enum { AXIS = 5, FEW_ROWS = 4, FEW_COLUMNS = 16 };

struct area {
	struct rect r;    /* of the dots */
	double low, high; /* of x; y goes from 0 to 100 */
};

static int dot_x(const struct area *a, double x)
{
	const int last = 2 * a->r.columns - 1;

	return (int)floor((x - a->low) / (a->high - a->low) * last + 0.5);
}

static int dot_y(const struct area *a, double y)
{
	const int last = 4 * a->r.rows - 1;

	return last - (int)floor(y / 100 * last + 0.5);
}

static void draw(
	struct canvas *c, const struct area *a, const struct curve *curve, enum role role)
{
	struct plot p;
	int x = 0, y = dot_y(a, curve->y[0]);

	plot_init(&p);
	plot_reset(&p, a->r.rows, a->r.columns);
	for (int k = 0; k < curve->n; k++) {
		const int to_x = dot_x(a, curve->x[k]), to_y = dot_y(a, curve->y[k]);

		plot_line(&p, x, y, to_x, to_y);
		x = to_x;
		y = to_y;
	}
	plot_line(&p, x, y, 2 * a->r.columns - 1, y);
	for (int row = 0; row < p.rows; row++)
		for (int column = 0; column < p.columns; column++) {
			const uint8_t dots = p.dots[row * p.columns + column];

			if (dots)
				canvas_dots(c, a->r.row + row, a->r.column + column, role,
					dots);
		}
	plot_clear(&p);
}

/* From the first point to the last, with a tenth beyond where it goes on flat. */
static void spread(struct area *a, const struct curve *was, const struct curve *is)
{
	const double first = was->x[0] < is->x[0] ? was->x[0] : is->x[0];
	const double one = was->x[was->n - 1], other = is->x[is->n - 1];

	a->low = first;
	a->high = one > other ? one : other;
	a->high += (a->high - a->low) / 10;
	if (!(a->high > a->low))
		a->high = a->low + 1;
}

static void axes(struct canvas *c, const struct area *a)
{
	const struct rect r = a->r;
	const double middle = (a->low + a->high) / 2;
	char text[NUMBER_TEXT_MAX];

	canvas_put_right(c, r.row, r.column - AXIS, AXIS - 1, ROLE_QUIET, TEXT("100"));
	canvas_put_right(
		c, r.row + r.rows / 2, r.column - AXIS, AXIS - 1, ROLE_QUIET, TEXT("50"));
	canvas_put_right(
		c, r.row + r.rows - 1, r.column - AXIS, AXIS - 1, ROLE_QUIET, TEXT("0"));
	for (int k = 0; k < r.rows; k++)
		canvas_glyph(c, r.row + k, r.column - 1, ROLE_LINE, GLYPH_VERTICAL);
	snprintf(text, sizeof(text), "%g", a->low);
	canvas_put(c, r.row + r.rows, r.column, 10, ROLE_QUIET, text_of(text));
	snprintf(text, sizeof(text), "%.4g", middle);
	canvas_put(c, r.row + r.rows, r.column + r.columns / 2 - 2, 10, ROLE_QUIET,
		text_of(text));
	snprintf(text, sizeof(text), "%.4g", a->high);
	canvas_put_right(c, r.row + r.rows, r.column + r.columns - 10, 10, ROLE_QUIET,
		text_of(text));
}

void policy_paint_curve(
	struct canvas *c, struct rect r, const struct curve *was, const struct curve *is)
{
	struct area a = { { r.row, r.column + AXIS, r.rows - 1, r.columns - AXIS }, 0,
		0 };

	if (a.r.rows < FEW_ROWS || a.r.columns < FEW_COLUMNS || !was || !is)
		return;
	spread(&a, was, is);
	axes(c, &a);
	draw(c, &a, was, ROLE_QUIET);
	draw(c, &a, is, ROLE_GOOD);
}
