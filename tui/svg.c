#include "tui/svg.h"

#include <string.h>

/* A cell in tenths of a pixel, and the edge around all. */
enum { CELL = 84, LINE = 180, EDGE = 120, BASE = 135 };

struct ground {
	unsigned fg, bg; /* 0xRRGGBB */
};

static struct look look_at(const struct tile *t, enum theme theme)
{
	return t->focus ? theme_focus((enum role)t->role, theme, 256)
			: theme_look((enum role)t->role, theme, 256);
}

static bool same(struct look a, struct look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attributes == b.attributes;
}

static bool is_blank(const struct tile *t)
{
	return t->n == 1 && t->s[0] == ' ';
}

static void put_escaped(FILE *to, const struct tile *t)
{
	for (int i = 0; i < t->n; i++) {
		switch (t->s[i]) {
		case '&':
			fputs("&amp;", to);
			break;
		case '<':
			fputs("&lt;", to);
			break;
		case '>':
			fputs("&gt;", to);
			break;
		default:
			fputc(t->s[i], to);
		}
	}
}

/* A length in pixels, given in tenths; no locale has a say in the point. */
static void put_length(FILE *to, const char *name, int tenths)
{
	fprintf(to, " %s=\"%d", name, tenths / 10);
	if (tenths % 10)
		fprintf(to, ".%d", tenths % 10);
	fputc('"', to);
}

static void put_back(FILE *to, int row, int from, int columns, unsigned colour)
{
	fputs("<rect", to);
	put_length(to, "x", EDGE + from * CELL);
	put_length(to, "y", EDGE + row * LINE);
	put_length(to, "width", columns * CELL);
	put_length(to, "height", LINE);
	fprintf(to, " fill=\"#%06x\"/>\n", colour);
}

/* Tiles without blanks at their ends. */
static void put_text(FILE *to, int row, int from, int columns, const struct tile *t,
	unsigned attributes, unsigned fg, unsigned ground)
{
	fputs("<text", to);
	put_length(to, "x", EDGE + from * CELL);
	put_length(to, "y", EDGE + row * LINE + BASE);
	put_length(to, "textLength", columns * CELL);
	if (fg != ground)
		fprintf(to, " fill=\"#%06x\"", fg);
	if (attributes & LOOK_BOLD)
		fputs(" font-weight=\"bold\"", to);
	if (attributes & LOOK_UNDERLINE)
		fputs(" text-decoration=\"underline\"", to);
	fputc('>', to);
	for (int i = 0; i < columns; i++)
		put_escaped(to, &t[i]);
	fputs("</text>\n", to);
}

/* Tiles of one look. Where two blanks meet, or at an end, programs that show pictures
 * squeeze them, and stretch the letters to the length: none are in a text. */
static void put_run(FILE *to, int row, int from, int columns, const struct tile *t,
	struct look look, struct ground ground)
{
	const unsigned fg = look.fg < 0 ? ground.fg : theme_rgb(look.fg);
	const unsigned bg = look.bg < 0 ? ground.bg : theme_rgb(look.bg);
	const bool reverse = look.attributes & LOOK_REVERSE;
	int i = 0, end;

	if (look.bg >= 0 || reverse)
		put_back(to, row, from, columns, reverse ? fg : bg);
	for (; i < columns; i = end) {
		end = i + 1;
		if (is_blank(&t[i]))
			continue;
		while (end < columns &&
			!(is_blank(&t[end]) &&
				(end + 1 == columns || is_blank(&t[end + 1]))))
			end++;
		put_text(to, row, from + i, end - i, &t[i], look.attributes,
			reverse ? bg : fg, ground.fg);
	}
}

static void put_row(
	FILE *to, const struct canvas *c, int row, enum theme theme, struct ground ground)
{
	const struct tile *t = &c->tile[(size_t)row * (size_t)c->columns];
	int from = 0;

	while (from < c->columns) {
		struct look look = look_at(&t[from], theme);
		int to_column = from + 1;

		while (to_column < c->columns &&
			same(look, look_at(&t[to_column], theme)))
			to_column++;
		put_run(to, row, from, to_column - from, &t[from], look, ground);
		from = to_column;
	}
}

void svg_write(FILE *to, const struct canvas *c, enum theme theme, const char *title)
{
	const struct ground dark = { 0xd0d0d0, 0x1c1c1c }, light = { 0x1c1c1c, 0xffffff };
	const struct ground ground = theme == THEME_DARK ? dark : light;

	fputs("<svg xmlns=\"http://www.w3.org/2000/svg\"", to);
	put_length(to, "width", 2 * EDGE + c->columns * CELL);
	put_length(to, "height", 2 * EDGE + c->rows * LINE);
	fprintf(to,
		" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, "
		"monospace\" font-size=\"14\" fill=\"#%06x\" "
		"role=\"img\">\n<title>%s</title>\n",
		ground.fg, title);
	fprintf(to, "<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"#%06x\"/>\n",
		ground.bg);
	for (int row = 0; row < c->rows; row++)
		put_row(to, c, row, theme, ground);
	fputs("</svg>\n", to);
}
