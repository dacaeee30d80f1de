/* Points between two axes of 0 to 100, cut in four by two lines. */
#include "report/plot.h"

#include <math.h>

#include "report/doc.h"

enum { LEFT = 30, RIGHT = 12, STRIP = 14, PAD = 5, BELOW = 26, HEIGHT = 300 };
enum { ACROSS = 72, UP = 40 };

static double at_x(const struct plot_field *f, double x)
{
	return f->x0 + (f->x1 - f->x0) * x / 100;
}

static double at_y(const struct plot_field *f, double y)
{
	return f->y1 - (f->y1 - f->y0) * y / 100;
}

/* The large ones first, so that none hides a small one. */
static void put_points(
	struct drawing *d, const struct plot_field *f, const struct plot_scatter *p)
{
	for (int large = 3; large >= 0; large--)
		for (uint32_t i = 0; i < p->n; i++) {
			const struct plot_point *at = &p->point[i];
			const int size = at->size >= 1 ? 3 : (int)(4 * at->size);

			if (size == large)
				drawing_dot(d, at_x(f, at->x), at_y(f, at->y),
					1.6 + 3 * (double)at->size,
					p->key[at->series].ink, 0.72);
		}
}

static int field_of(float v, int fields)
{
	const int k = (int)(v / 100 * (float)fields);

	return k < 0 ? 0 : k >= fields ? fields - 1 : k;
}

/* Where there are too many, each field has the colour of most of those in it, the more
 * the larger. */
static void put_fields(
	struct drawing *d, const struct plot_field *f, const struct plot_scatter *p)
{
	uint32_t(*in)[ACROSS][PLOT_PARTS] = arena_alloc(d->arena, UP * sizeof(*in));
	const double w = (f->x1 - f->x0) / ACROSS, h = (f->y1 - f->y0) / UP;
	uint32_t most = 1;

	d->failed |= !in;
	for (uint32_t i = 0; in && i < p->n; i++) {
		uint32_t *cell =
			in[field_of(p->point[i].y, UP)][field_of(p->point[i].x, ACROSS)];
		uint32_t all = 0;

		cell[p->point[i].series]++;
		for (int k = 0; k < p->keys; k++)
			all += cell[k];
		most = all > most ? all : most;
	}
	for (int r = 0; in && r < UP; r++)
		for (int c = 0; c < ACROSS; c++) {
			uint32_t all = 0;
			int best = 0;
			double size;

			for (int k = 0; k < p->keys; k++) {
				all += in[r][c][k];
				best = in[r][c][k] > in[r][c][best] ? k : best;
			}
			if (!all)
				continue;
			size = 0.25 + 0.7 * sqrt(log1p(all) / log1p(most));
			drawing_rect(d, f->x0 + w * (c + (1 - size) / 2),
				f->y1 - h * (r + (1 + size) / 2), w * size, h * size,
				p->key[best].ink);
		}
}

static void put_corners(
	struct drawing *d, const struct plot_field *f, const struct plot_scatter *p)
{
	const struct letters left = { PLOT_LABEL, true, INK_TEXT, ANCHOR_START };
	const struct letters right = { PLOT_LABEL, true, INK_TEXT, ANCHOR_END };
	const double half = (f->x1 - f->x0) / 2 - 8;

	drawing_text(d, f->x0 + 4, f->y0 - PAD - 4, half, &left, p->corner[0]);
	drawing_text(d, f->x1 - 4, f->y0 - PAD - 4, half, &right, p->corner[1]);
	drawing_text(d, f->x0 + 4, f->y1 + PAD + 10, half, &left, p->corner[2]);
	drawing_text(d, f->x1 - 4, f->y1 + PAD + 10, half, &right, p->corner[3]);
}

struct drawing *plot_scatter(struct arena *a, const struct plot_scatter *p)
{
	struct drawing *d = drawing_new(a, DOC_WIDTH, HEIGHT);
	const struct plot_scale whole = { 0, 100, 20 };
	struct plot_field f, below;
	double y;

	if (!d)
		return NULL;
	y = plot_legend(d, 0, 0, DOC_WIDTH, p->key, p->keys);
	f = (struct plot_field){ LEFT + PAD, y + 14 + STRIP + PAD,
		DOC_WIDTH - RIGHT - PAD, HEIGHT - BELOW - STRIP - PAD };
	/* The titles of the axes beyond the strips. */
	below = f;
	below.y1 += STRIP + PAD;
	plot_axis_x(d, &below, &whole, PLOT_POINTS, NULL, p->title_x);
	drawing_rect(d, f.x0, f.y0 - STRIP - PAD, f.x1 - f.x0, STRIP, INK_PANEL);
	drawing_rect(d, f.x0, f.y1 + PAD, f.x1 - f.x0, STRIP, INK_PANEL);
	drawing_text(d, 0, f.y0 - STRIP - PAD - 5, DOC_WIDTH,
		&(const struct letters){ PLOT_SMALL, false, INK_MUTED, ANCHOR_START },
		text_of(p->title_y));
	plot_axis_y(d, &f, &whole, PLOT_POINTS, NULL, "");
	if (p->n > PLOT_POINTS_MAX)
		put_fields(d, &f, p);
	else
		put_points(d, &f, p);
	/* On a light ground, so that they are seen across full fields. */
	for (int k = 0; k < 2; k++) {
		const enum ink ink = k ? INK_TEXT : INK_PAPER;
		const double thick = k ? 1 : 2.6;

		drawing_line(d, at_x(&f, p->line_x), f.y0, at_x(&f, p->line_x), f.y1, ink,
			thick);
		drawing_line(d, f.x0, at_y(&f, p->line_y), f.x1, at_y(&f, p->line_y), ink,
			thick);
	}
	put_corners(d, &f, p);
	return d;
}
