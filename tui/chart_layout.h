/* Where the parts of a chart lie, and its inside. For chart*.c alone. */
#ifndef TUI_CHART_LAYOUT_H
#define TUI_CHART_LAYOUT_H

#include "tui/chart.h"
#include "tui/chart_axis.h"

/* Where everything lies, worked out from the rectangle and the data alone, so that a
 * click finds what was painted. */
struct chart_layout {
	struct rect plot;
	int legend_rows;
	struct chart_scale scale;
	int32_t from, to;
};

/* Dots of the picture from the top; what lies beyond the axis lies at its end. */
int chart_dot(const struct chart_layout *l, double y);
/* Column of the picture that a day lies in. */
int chart_place(const struct chart_layout *l, int32_t day);
int chart_nearest(const struct chart *chart, const struct chart_layout *l, int column);

enum glyph chart_density(int series);                                    /* of a band */
bool chart_by_letter(const struct chart *chart, const struct canvas *c); /* bands are */
void chart_letter(struct canvas *c, int row, int column, const struct chart_series *s);
void chart_lines(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l);
void chart_stack(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l);

#endif
