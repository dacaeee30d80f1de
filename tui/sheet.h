/*
 * Sheet: a popup with something to read that scrolls. A screen that is one has a struct
 * sheet as the first member of its state and the functions of sheet_* as its own.
 */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include "tui/page.h"

struct app;

struct sheet {
	const char *title; /* borrowed; may be set anew by fill */
	int columns;       /* inside the box, as wished */
	/* Puts into the page what is to be read, whenever its width may have changed. */
	void (*fill)(struct app *a, void *state, struct page *p);
	struct page page;
	struct rect box;
};

void sheet_open(struct app *a, struct sheet *s, const char *title, int columns,
	void (*fill)(struct app *a, void *state, struct page *p));

/* ---- for struct screen_ops; state begins with a struct sheet ---- */
void sheet_close(struct app *a, void *state);
void sheet_layout(struct app *a, void *state, struct rect body);
void sheet_paint(struct app *a, void *state, struct canvas *c, struct rect body);
bool sheet_act(struct app *a, void *state, enum action action);
void sheet_click(struct app *a, void *state, int row, int column);

/* Of a screen that is a sheet and nothing else; opens: calls sheet_open. */
#define SHEET_OPS(opens)                                                           \
	{                                                                          \
		.size = sizeof(struct sheet), .open = opens, .close = sheet_close, \
		.layout = sheet_layout, .paint = sheet_paint, .act = sheet_act,    \
		.click = sheet_click                                               \
	}

#endif
