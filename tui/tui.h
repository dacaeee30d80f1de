/*
 * The console: runs on a terminal until the user leaves, or, for tests, without any
 * terminal on a canvas that is fed with keys and dumped.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>

#include "tui/canvas.h"
#include "tui/host.h"
#include "tui/screen.h"
#include "tui/settings.h"

struct tui_options {
	const char *given[SETTING_COUNT]; /* values of the command line, or NULL */
};

/* Runs the console on the terminal at stdin and stdout. Takes the book; NULL: it begins
 * by asking for one. host is borrowed and may be NULL. Returns the exit status: 0, 2
 * (no terminal to run on), 3 (a terminal that can't show it) or 128 + the signal that
 * ended it. With 2 and 3 e says why and what to do; the caller prints it. */
int tui_run(struct book *b, const struct host *host, const struct tui_options *o,
	struct err *e) MUST_USE;

/* ---- without a terminal --------------------------------------------------------- */

struct tui;

/* Borrows the book (NULL: none is open) and the host until tui_free; a book that the
 * console opens is its own. */
enum status tui_open(struct book *b, const struct host *host, int rows, int columns,
	bool ascii, struct tui **out, struct err *e) MUST_USE;
void tui_free(struct tui **t);

/* Names of keys separated by blanks ("j j Enter"), text between quotes ("/ 'acme'");
 * all is done before it returns. ST_USAGE for a name that is no key. */
enum status tui_feed(struct tui *t, const char *keys, struct err *e) MUST_USE;
void tui_key(struct tui *t, int32_t key); /* of tui/keys.h */
void tui_paste(struct tui *t, struct text text);
void tui_click(struct tui *t, int row, int column);
void tui_click_right(struct tui *t, int row, int column);
void tui_drag(struct tui *t, int row, int column, bool done); /* after a click */
void tui_wheel(struct tui *t, int step);                      /* negative up */
void tui_resize(struct tui *t, int rows, int columns);
void tui_tick(struct tui *t);
/* Called whenever long work tells how far it is, with its popup painted; false: stop. */
void tui_pump(struct tui *t, bool (*fn)(void *arg), void *arg);
/* As on a terminal, whose pauses are tui_pause: asked whether the next key waits already;
 * then what costs time is left for later. */
void tui_pending(struct tui *t, bool (*fn)(void *arg), void *arg);
bool tui_pause(struct tui *t); /* false: nothing was left */
/* From now on keys follow each other quickly, until the next pause. */
void tui_walk(struct tui *t);
/* From now on keys come in one go: nothing is shown before all of them are in. */
void tui_unseen(struct tui *t, bool unseen);
bool tui_done(const struct tui *t);             /* the user left */
enum screen_id tui_screen(const struct tui *t); /* what is on top */
/* The screen; borrowed until the next event. */
const struct canvas *tui_canvas(const struct tui *t);
/* What must be true after any event; ST_INVALID says what is not. See check.h. */
enum status tui_check(struct tui *t, struct err *e) MUST_USE;
/* The screen as text; see canvas_dump. Arena string. */
const char *tui_dump(struct tui *t, struct arena *a);

#endif
