/*
 * Today: the queue of the day as lines on the screen, and what its files share. The
 * screen is the owner; what is done to an account is in the files hand_*.c.
 */
#ifndef TUI_TODAY_H
#define TUI_TODAY_H

#include "core/queue.h"
#include "tui/app.h"
#include "tui/page.h"
#include "tui/window.h"

enum today_column {
	TODAY_TIER,
	TODAY_NAME,
	TODAY_WHY,
	TODAY_RISK,
	TODAY_RENEWAL,
	TODAY_SPARK,
	TODAY_NEXT,
	TODAY_COLUMNS
};

/* Where a column stands in the list; width 0: there is no room for it. */
struct today_place {
	int at, width;
};

/* What the queue was asked for: asked again only when something of it changed. */
struct today_asked {
	uint64_t generation;
	enum whose whose;
	int32_t csm;
	struct input filter;
};

struct today {
	struct queue *queue; /* owned; NULL: there is none yet */
	struct today_asked asked;
	struct list list;       /* its accounts; id is owned */
	struct window window;   /* of these */
	int64_t to_win;         /* cents: the ranks of the opportunities together */
	uint32_t at;            /* row of the queue with the cursor */
	uint32_t top;           /* first line shown */
	enum today_column here; /* of the cursor */
	struct rect rows, foot, preview; /* preview.columns, foot.rows 0: no room */
	struct today_place place[TODAY_COLUMNS];
};

/* Lines: of every section that has rows a heading, and the rows. */
uint32_t today_lines(const struct today *t);
uint32_t today_line_of(const struct today *t, uint32_t row);
/* The row on a line; false: it is the heading of *section, or behind the last line. */
bool today_row_at(
	const struct today *t, uint32_t line, uint32_t *row, enum queue_section *section);
/* NULL: there is no row. */
const struct queue_row *today_here(const struct today *t);

void today_layout(struct today *t, struct rect body);
void today_paint(struct app *a, struct today *t, struct canvas *c);
/* The account in a few lines beside the queue. */
void today_preview(struct app *a, struct today *t, struct canvas *c);

#endif
