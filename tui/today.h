/*
 * Today: the queue of the day as lines on the screen, and what its files share. The
 * screen is the owner; what is done to an account is in the files hand_*.c.
 */
#ifndef TUI_TODAY_H
#define TUI_TODAY_H

#include "core/queue.h"
#include "tui/app.h"
#include "tui/page.h"
#include "tui/rows.h"
#include "tui/window.h"

enum today_column {
	TODAY_TIER,
	TODAY_NAME,
	TODAY_WHY,
	TODAY_RISK,
	TODAY_RENEWAL,
	TODAY_SPARK,
	TODAY_NEXT,
	TODAY_WHO, /* in the queue of everybody */
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

/* What a row says. */
struct today_said {
	uint32_t of; /* the row + 1; 0: of none */
	char why[QUEUE_TEXT_MAX], next[QUEUE_TEXT_MAX];
};
enum { TODAY_SAID = 128 }; /* more than a screen has rows */

struct today {
	struct queue *queue;                /* owned; NULL: there is none yet */
	struct today_said said[TODAY_SAID]; /* of its rows that were in sight, by row */
	struct today_asked asked;
	bool away;              /* another tab is shown, or none was yet */
	struct input told;      /* the filter that this one was last shown with */
	struct list list;       /* its accounts; id is owned */
	struct window window;   /* of these */
	struct rows rows;       /* of every section that has any, under its heading */
	enum today_column here; /* of the cursor */
	struct rect foot;       /* below them; foot.rows 0: there is no room */
	struct today_place place[TODAY_COLUMNS];
};

/* NULL: there is no row. */
const struct queue_row *today_here(const struct today *t);
/* Worked out once, of rows of the book: a step paints all rows in sight again. Borrowed
 * until the next call. */
const struct today_said *today_said(struct app *a, struct today *t, uint32_t row);

void today_layout(struct today *t, struct rect body);
void today_paint(struct app *a, struct today *t, struct canvas *c);
/* In its place where nothing waits. */
void today_empty(struct app *a, const struct today *t, struct canvas *c);
/* The account in a few lines beside the queue. */
void today_preview(struct app *a, struct today *t, struct canvas *c);

#endif
