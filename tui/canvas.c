#include "tui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

static const char *const glyph_text[GLYPH_COUNT][2] = {
#define GLYPH(id, utf8, ascii) { utf8, ascii },
#include "tui/glyphs.def"
};

void canvas_init(struct canvas *c, bool ascii)
{
	*c = (struct canvas){ .ascii = ascii, .cursor_row = -1, .cursor_column = -1 };
}

void canvas_clear(struct canvas *c)
{
	free(c->tile);
	canvas_init(c, c->ascii);
}

static void blank(struct tile *t, size_t n, enum role role)
{
	for (size_t i = 0; i < n; i++)
		t[i] = (struct tile){
			.s = " ", .n = 1, .columns = 1, .role = (uint8_t)role
		};
}

void canvas_reset(struct canvas *c, int rows, int columns)
{
	if (rows < 0)
		rows = 0;
	if (columns < 0)
		columns = 0;
	if (rows != c->rows || columns != c->columns) {
		c->room = (size_t)rows * (size_t)columns;
		c->tile = mem_resize(c->tile, c->room, sizeof(*c->tile));
	}
	c->rows = rows;
	c->columns = columns;
	c->cursor_row = c->cursor_column = -1;
	c->caret = false;
	blank(c->tile, (size_t)rows * (size_t)columns, ROLE_TEXT);
}

void canvas_extend(struct canvas *c, int rows)
{
	size_t old = (size_t)c->rows * (size_t)c->columns;
	size_t size;

	if (rows <= c->rows)
		return;
	size = (size_t)rows * (size_t)c->columns;
	/* A page grows line by line. */
	if (size > c->room) {
		c->room = 2 * size;
		c->tile = mem_resize(c->tile, c->room, sizeof(*c->tile));
	}
	blank(c->tile + old, size - old, ROLE_TEXT);
	c->rows = rows;
}

static struct tile *tile_at(struct canvas *c, int row, int column)
{
	if (row < 0 || row >= c->rows || column < 0 || column >= c->columns)
		return NULL;
	return &c->tile[(size_t)row * (size_t)c->columns + (size_t)column];
}

/* A tile is about to be overwritten: no half of a wide one may be left over. */
static void release(struct canvas *c, int row, int column)
{
	struct tile *t = tile_at(c, row, column);
	struct tile *other;

	if (t->columns == 0 && column > 0) {
		other = t - 1;
		blank(other, 1, (enum role)other->role);
	} else if (t->columns == 2) {
		other = t + 1;
		blank(other, 1, (enum role)other->role);
	}
}

/* One cluster; false when there is no room for it. */
static bool set(struct canvas *c, int row, int column, enum role role, const char *s,
	size_t n, int columns)
{
	struct tile *t = tile_at(c, row, column);
	int own = columns;
	bool focus;

	if (!t || column + columns > c->columns)
		return false;
	if (n > TILE_BYTES) { /* the base says enough, a blank makes up for its width */
		int32_t code;

		n = text_decode((struct text){ s, n }, &code);
		text_cluster((struct text){ s, n }, &own);
	}
	for (int i = 0; i < columns; i++)
		release(c, row, column + i);
	focus = t->focus;
	*t = (struct tile){ .n = (uint8_t)n,
		.columns = (uint8_t)own,
		.role = (uint8_t)role,
		.focus = focus };
	memcpy(t->s, s, n);
	if (own == 2) {
		t[1] = (struct tile){ .role = (uint8_t)role, .focus = focus };
	} else if (columns == 2) {
		blank(&t[1], 1, role);
		t[1].focus = focus;
	}
	return true;
}

int canvas_put(
	struct canvas *c, int row, int column, int width, enum role role, struct text t)
{
	char clean[4096];
	struct text rest;
	int used = 0;

	if (width > c->columns - column)
		width = c->columns - column;
	if (row < 0 || row >= c->rows || column < 0 || width <= 0)
		return 0;
	text_sanitise(t, clean, sizeof(clean), width, c->ascii);
	rest = text_of(clean);
	while (rest.n > 0 && used < width) {
		int columns;
		size_t n = text_cluster(rest, &columns);

		if (n == 0 || columns == 0 || used + columns > width ||
			!set(c, row, column + used, role, rest.s, n, columns))
			break;
		used += columns;
		rest.s += n;
		rest.n -= n;
	}
	return used;
}

int canvas_print(struct canvas *c, int row, int column, int width, enum role role,
	const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return canvas_put(c, row, column, width, role, text_of(text));
}

int canvas_put_right(
	struct canvas *c, int row, int column, int width, enum role role, struct text t)
{
	int used = text_columns(t);

	if (used > width)
		used = width;
	return canvas_put(c, row, column + width - used, used, role, t);
}

const char *canvas_glyph_text(const struct canvas *c, enum glyph g)
{
	return glyph_text[g][c->ascii];
}

void canvas_glyph(struct canvas *c, int row, int column, enum role role, enum glyph g)
{
	const char *s = canvas_glyph_text(c, g);

	set(c, row, column, role, s, strlen(s), 1);
}

void canvas_dots(struct canvas *c, int row, int column, enum role role, unsigned dots)
{
	char s[3] = { (char)0xe2, (char)(0xa0 | (dots >> 6 & 3)),
		(char)(0x80 | (dots & 0x3f)) };
	unsigned lit = 0;

	if (!c->ascii) {
		set(c, row, column, role, s, 3, 1);
		return;
	}
	for (unsigned i = 0; i < 8; i++)
		lit += dots >> i & 1;
	s[0] = " .:ooOO##"[lit];
	set(c, row, column, role, s, 1, 1);
}

/* The part of r that lies on the canvas. */
static struct rect inside(const struct canvas *c, struct rect r)
{
	if (r.row < 0) {
		r.rows += r.row;
		r.row = 0;
	}
	if (r.column < 0) {
		r.columns += r.column;
		r.column = 0;
	}
	if (r.rows > c->rows - r.row)
		r.rows = c->rows - r.row;
	if (r.columns > c->columns - r.column)
		r.columns = c->columns - r.column;
	return r;
}

static void blank_tile(struct canvas *c, int row, int column, enum role role)
{
	set(c, row, column, role, " ", 1, 1);
	tile_at(c, row, column)->focus = false;
}

bool canvas_hit(struct rect r, int row, int column)
{
	return row >= r.row && row < r.row + r.rows && column >= r.column &&
	       column < r.column + r.columns;
}

void canvas_blank(struct canvas *c, struct rect r, enum role role)
{
	r = inside(c, r);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int column = r.column; column < r.column + r.columns; column++)
			blank_tile(c, row, column, role);
}

void canvas_focus(struct canvas *c, struct rect r)
{
	r = inside(c, r);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int i = 0; i < r.columns; i++)
			tile_at(c, row, r.column + i)->focus = true;
}

void canvas_role(struct canvas *c, struct rect r, enum role role)
{
	r = inside(c, r);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int i = 0; i < r.columns; i++)
			tile_at(c, row, r.column + i)->role = (uint8_t)role;
}

void canvas_cursor(struct canvas *c, int row, int column)
{
	if (row >= 0 && row < c->rows && column >= 0 && column < c->columns) {
		c->cursor_row = row;
		c->cursor_column = column;
		c->caret = false;
	}
}

void canvas_caret(struct canvas *c, int row, int column)
{
	canvas_cursor(c, row, column);
	c->caret = c->cursor_row == row && c->cursor_column == column;
}

void canvas_copy(struct canvas *c, struct rect r, const struct canvas *src, int first)
{
	int left = r.column < 0 ? -r.column : 0;

	first += r.row < 0 ? -r.row : 0;
	canvas_blank(c, r, ROLE_TEXT);
	r = inside(c, r);
	for (int i = 0; i < r.rows && first + i < src->rows; i++) {
		const struct tile *t =
			&src->tile[(size_t)(first + i) * (size_t)src->columns];

		for (int k = 0; k < r.columns && left + k < src->columns; k++) {
			const struct tile *from = &t[left + k];
			struct rect at = { r.row + i, r.column + k, 1, from->columns };

			if (from->columns == 0 || k + from->columns > r.columns)
				continue;
			set(c, at.row, at.column, (enum role)from->role, from->s, from->n,
				from->columns);
			if (from->focus)
				canvas_focus(c, at);
		}
	}
}

/* Text without the blanks at the end, then for each tile the letter of its role, '#'
 * before a row that lies under the bar. */
char *canvas_dump(const struct canvas *c, struct arena *a)
{
	size_t tiles = (size_t)c->rows * (size_t)c->columns;
	char *out = arena_alloc(a, tiles * (TILE_BYTES + 1) + (size_t)c->rows * 8 + 128);
	size_t n = 0, end;

	if (!out)
		return NULL;
	for (int row = 0; row < c->rows; row++) {
		const struct tile *t = &c->tile[(size_t)row * (size_t)c->columns];

		end = n;
		for (int i = 0; i < c->columns; i++) {
			memcpy(out + n, t[i].s, t[i].n);
			n += t[i].n;
			if (t[i].n != 1 || t[i].s[0] != ' ')
				end = t[i].n ? n : end;
		}
		n = end;
		out[n++] = '\n';
	}
	memcpy(out + n, "--\n", 3);
	n += 3;
	for (int row = 0; row < c->rows; row++) {
		const struct tile *t = &c->tile[(size_t)row * (size_t)c->columns];
		bool focus = false;

		for (int i = 0; i < c->columns; i++)
			focus |= t[i].focus;
		out[n++] = focus ? '#' : ' ';
		end = n;
		for (int i = 0; i < c->columns; i++) {
			out[n++] = theme_role_letter((enum role)t[i].role);
			if (t[i].role != ROLE_TEXT)
				end = n;
		}
		n = end;
		if (out[n - 1] == ' ')
			n--;
		out[n++] = '\n';
	}
	snprintf(out + n, 64, "-- cursor %d,%d%s\n", c->cursor_row, c->cursor_column,
		c->caret ? " caret" : "");
	return out;
}
