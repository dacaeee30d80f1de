/*
 * Rows: the cursor in a list and the window that follows it. The tables of accounts
 * (Today, Book) have all of it in struct rows: lines with headings among them, a preview
 * where there is room, steps, screenfuls, marks, clicks. Lists of other things take the
 * two functions below it.
 */
#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include "tui/actions.h"
#include "tui/canvas.h"

struct app;

enum { ROWS_HEADINGS = 4 };

/* Its rows are the accounts of app_list. */
struct rows {
	struct rect place;   /* of the lines; the line above them is the table's header */
	struct rect preview; /* beside them; columns 0: there is no room */
	uint32_t n;          /* rows */
	uint32_t at;         /* the row under the cursor */
	uint32_t top;        /* the first line shown */
	/* The rows above which a line is a heading, from the first on. */
	uint32_t heading[ROWS_HEADINGS];
	int headings;
	uint32_t tail; /* lines below the last row, in sight with it */
	bool found;    /* the cursor was put where it is, see rows_find */
};

void rows_layout(struct rows *r, struct rect body);
/* After the list, the cursor or the place changed: the cursor stays inside the list and
 * the lines follow it; the account under it becomes the one that is acted on. */
void rows_follow(struct app *a, struct rows *r);
/* To a row, or to the end that is nearest. */
void rows_go(struct app *a, struct rows *r, int64_t to);
/* Something else than a step puts the cursor on this row: when rows_follow is called
 * next, it stands in the middle unless it was in sight. */
void rows_find(struct rows *r, uint32_t row);
/* Where the cursor is, for the frame to say, of a list that is longer than its place. */
void rows_tell(struct app *a, const struct rows *r);
/* Steps, screenfuls, ends, headings, and marking, which steps on; false: none of these.
 */
bool rows_act(struct app *a, struct rows *r, enum action action);
/* On the row under the cursor: opens it. True: the cursor went to another one. */
bool rows_click(struct app *a, struct rows *r, int row, int column);

uint32_t rows_lines(const struct rows *r);
/* The row on a line. False: it is the heading above *row, or behind the last line. */
bool rows_on_line(const struct rows *r, uint32_t line, uint32_t *row);

/* ---- for any list ---- */

/* Moves *at among n things; false: the action is no such movement. */
bool rows_step(enum action action, int page, int n, int *at);
/* A click on a list of which n things are shown from the top on in a place: on the one at
 * *at opens it, on another one goes there; false: on none of them. */
bool rows_point(
	struct app *a, struct rect place, int top, int n, int row, int column, int *at);
/* Scrolls as little as brings *top .. *top + height - 1 to where at is. */
void rows_show(int at, int height, int *top);

#endif
