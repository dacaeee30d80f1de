/*
 * The Quadrant screen's state: the picture, what part of the plane it shows, the lines
 * as they stand now, and what the four quadrants would hold. For the files of the screen.
 */
#ifndef TUI_QUADRANT_H
#define TUI_QUADRANT_H

#include "core/quadrants.h"
#include "tui/app.h"
#include "tui/scatter.h"
#include "tui/window.h"

enum quadrant_drag { DRAG_NONE, DRAG_EFFORT, DRAG_VALUE };

struct quadrant_state {
	struct scatter scatter;
	struct scatter_axes axes; /* what is shown */
	struct scatter_axes whole;
	struct rect picture, pane;
	int axis; /* columns for the numbers of the value axis */
	struct quadrants_lines line;
	double line_height; /* of the value line on the axis shown */
	bool moved;         /* they are not the policy's */
	bool due;           /* what they divide is not summed yet */
	bool digits;        /* tiers as digits instead of dots */
	enum quadrant_drag drag;
	/* of the whole list, whatever the picture shows; with the lines as they stand,
	 * and as the policy has them */
	struct quadrants now, by_policy;
	int row, column; /* cell under the cursor */
	bool in_pane;    /* choosing among those of the cell */
	uint32_t at;     /* which of them */
	uint32_t top;    /* the first of them that is shown */
	struct window window;
	uint8_t *marked; /* owned; per cell whether one of it is marked */
	uint64_t marks;  /* the marks then */
	bool seen;       /* the cursor has found its first place */
	bool zoomed;     /* axes are a part of the whole */
};

/* The ids in the cell under the cursor: index of the first among the scatter's, and how
 * many. */
uint32_t quadrant_here_first(const struct quadrant_state *s);
uint32_t quadrant_here_n(const struct quadrant_state *s);
enum quadrant quadrant_of(
	const struct quadrant_state *s, const struct book_figures *f, uint32_t account);

/* quadrant_screen.c: the account under the cursor is the one chosen in the cell. */
void quadrant_follow(struct app *a, struct quadrant_state *s);
/* The cursor to the cell of an account, if it has one. */
bool quadrant_go_to(struct quadrant_state *s, const struct book_figures *f, uint32_t id);
void quadrant_move(struct app *a, struct quadrant_state *s, int rows, int columns);

/* quadrant_mouse.c, as struct screen_ops has them */
void quadrant_click(struct app *a, void *state, int row, int column);
void quadrant_drag(struct app *a, void *state, int row, int column, bool done);

/* quadrant_paint.c */
void quadrant_paint(struct app *a, struct quadrant_state *s, struct canvas *c);
/* The quadrant that a line of the pane is about; QUAD_NONE: none. */
enum quadrant quadrant_on_row(const struct quadrant_state *s, int row);
/* First line of the list of accounts in the pane. */
int quadrant_list_row(const struct quadrant_state *s);

/* quadrant_lines.c: sums of what the scatter has chosen, and moving the lines. anew:
 * not only the lines are other ones. */
void quadrant_sum(
	struct app *a, struct quadrant_state *s, const struct book_figures *f, bool anew);
/* The same where the lines were moved since: once for all of a burst of steps. */
void quadrant_sum_due(struct app *a, struct quadrant_state *s);
/* Steps of one percent or point; what follows from it is summed anew. */
void quadrant_move_line(
	struct app *a, struct quadrant_state *s, enum quadrant_drag line, int steps);
/* The line that can be taken hold of there, or one cell beside it: where no account is,
 * or on its axis. */
enum quadrant_drag quadrant_line_at(const struct quadrant_state *s, int row, int column);
/* The line goes to a row or column of the picture. */
void quadrant_drag_to(struct app *a, struct quadrant_state *s, int row, int column);
void quadrant_reset_lines(struct app *a, struct quadrant_state *s);
/* Asks for a reason and makes the lines a new version of the policy. */
void quadrant_keep_lines(struct app *a, struct quadrant_state *s);
/* Adds the quadrant under the cursor, by the lines as they stand, to the filter. */
bool quadrant_narrow(struct app *a, struct quadrant_state *s);

#endif
