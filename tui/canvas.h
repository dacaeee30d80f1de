/*
 * Canvas: the screen as a grid of tiles before any terminal sees it. Screens paint
 * here; the terminal shows it, tests compare it. A page that scrolls is a canvas too,
 * copied into the screen window by window.
 *
 * canvas_put is the only entry for text: it sanitises and clips by columns. Rows and
 * columns count from 0; whatever falls outside is not drawn.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/text.h"
#include "tui/theme.h"

enum glyph {
#define GLYPH(id, utf8, ascii) GLYPH_##id,
#include "tui/glyphs.def"
	GLYPH_COUNT
};

#define TILE_BYTES 27
struct tile {
	char s[TILE_BYTES]; /* one cluster of sanitised UTF-8, not NUL-terminated */
	uint8_t n;
	uint8_t columns; /* 1 or 2; 0: the right half of the one before */
	uint8_t role;
	bool focus; /* lies on the bar of the focused row */
};

struct rect {
	int row, column, rows, columns;
};

struct canvas {
	int rows, columns;
	bool ascii;
	struct tile *tile;             /* owned; row by row */
	size_t room;                   /* tiles there is memory for */
	int cursor_row, cursor_column; /* -1: nowhere */
	bool caret;                    /* text is being typed there: let it be seen */
};

void canvas_init(struct canvas *c, bool ascii);
void canvas_clear(struct canvas *c);
/* The size, and all blank. */
void canvas_reset(struct canvas *c, int rows, int columns);
/* At least so many rows; the new ones are blank. */
void canvas_extend(struct canvas *c, int rows);

/* Text of at most width columns; returns the columns used. */
int canvas_put(
	struct canvas *c, int row, int column, int width, enum role role, struct text t);
int canvas_print(struct canvas *c, int row, int column, int width, enum role role,
	const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The same against the right end of the width. */
int canvas_put_right(
	struct canvas *c, int row, int column, int width, enum role role, struct text t);
void canvas_glyph(struct canvas *c, int row, int column, enum role role, enum glyph g);
/* A Braille sign of eight dots (bit 0..7 as in Unicode); in ASCII a letter. */
void canvas_dots(struct canvas *c, int row, int column, enum role role, unsigned dots);
const char *canvas_glyph_text(const struct canvas *c, enum glyph g);

bool canvas_hit(struct rect r, int row, int column); /* whether it lies in there */
void canvas_blank(struct canvas *c, struct rect r, enum role role);
void canvas_focus(struct canvas *c, struct rect r);
void canvas_role(struct canvas *c, struct rect r, enum role role);
/* The last one painted has the cursor; what lies below it no longer types. */
void canvas_cursor(struct canvas *c, int row, int column);
void canvas_caret(struct canvas *c, int row, int column); /* where text is typed */

/* Rows from `first` of src into the rectangle; what src does not have stays blank. */
void canvas_copy(struct canvas *c, struct rect r, const struct canvas *src, int first);

/* For tests: the text, a map of roles (capital X where focused: see canvas.c) and the
 * cursor. Arena string; NULL without memory. */
char *canvas_dump(const struct canvas *c, struct arena *a);

#endif
