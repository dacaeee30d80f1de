/*
 * Page: lines of text and pictures longer than the screen, built once on a canvas of
 * its own and shown through a window that scrolls.
 */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include "tui/actions.h"
#include "tui/canvas.h"

enum { PAGE_HEADINGS = 64 };

struct page {
	struct canvas c;            /* owned; c.rows is the number of lines */
	int top;                    /* first line shown */
	int heading[PAGE_HEADINGS]; /* their lines, ascending; of more the first ones */
	int headings;
};

void page_init(struct page *p, bool ascii);
void page_clear(struct page *p);
/* Empties it; the place in it is kept. */
void page_reset(struct page *p, int columns);

/* Adds a blank line and returns its row, for canvas_put and friends. */
int page_line(struct page *p);
int page_lines(struct page *p, int n); /* returns the first of n */
/* A heading with a rule; right (may be NULL) stands at the right end. */
void page_heading(struct page *p, const char *title, const char *right);
/* Text wrapped at blanks, from the given column on; its own line ends break it too. */
void page_text(struct page *p, int column, enum role role, struct text t);
void page_print(struct page *p, int column, enum role role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* At most so many lines of it; false: there is more. */
bool page_lines_of(struct page *p, int column, enum role role, struct text t, int lines);

/* Scrolling; false: not a movement. rows: height of the window. */
bool page_act(struct page *p, enum action a, int rows);
/* Paints the window, with signs in its right column where there is more. */
void page_paint(struct page *p, struct canvas *c, struct rect r);
/* These signs for any list of n lines that r shows from `top` on. */
void page_signs(struct canvas *c, struct rect r, int top, int n);

/* What stands at the end of a text that is cut, with a blank before it. */
const char *page_more(bool ascii);

/* Text without a page: wrapped straight onto the canvas, as far as r has room; r becomes
 * what is left below it. What has no room is cut, with page_more. */
void page_put(struct canvas *c, struct rect *r, enum role role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
