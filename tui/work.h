/*
 * Work: something that takes long, done step by step while the screen stays alive: a
 * popup says how far it is, Esc ends it, a new size is followed. Who does it calls
 * work_start, hands on the progress, and work_stop when it came back; when it came back
 * with ST_CANCELLED nothing was changed.
 */
#ifndef TUI_WORK_H
#define TUI_WORK_H

#include "core/progress.h"

struct app;
struct canvas;

struct work {
	struct progress progress; /* for whoever does the work */
	const char *title;        /* NULL: nothing is being done */
	bool fresh;               /* nobody has looked at it yet */
	char what[96];
	uint64_t done, total;
	/* Set by who runs the console: looks at what came in meanwhile and shows the
	 * canvas; false: stop. NULL: nobody can see it. */
	bool (*pump)(void *arg);
	void *pump_arg;
};

/* The title is borrowed until work_stop. Returns the progress to hand on. */
const struct progress *work_start(struct app *a, const char *title);
void work_stop(struct app *a);

/* ---- for the pump ---- */
/* Paints the popup over what the canvas shows. */
void work_paint(struct app *a);
bool work_is_end(int32_t key); /* the key that ends it */
/* Over what a canvas shows: that one waits for another program, and how to stop that. */
void work_paint_waiting(struct canvas *c, int64_t milliseconds);

#endif
