#include "tui/page.h"

#include <stdarg.h>
#include <stdio.h>

#include "tui/rows.h"

/* More lines of one text than anybody reads. */
enum { TEXT_LINES = 400 };

void page_init(struct page *p, bool ascii)
{
	canvas_init(&p->c, ascii);
	p->top = p->headings = 0;
}

void page_clear(struct page *p)
{
	canvas_clear(&p->c);
}

void page_reset(struct page *p, int columns)
{
	canvas_reset(&p->c, 0, columns);
	p->headings = 0;
}

int page_lines(struct page *p, int n)
{
	int row = p->c.rows;

	canvas_extend(&p->c, row + n);
	return row;
}

int page_line(struct page *p)
{
	return page_lines(p, 1);
}

void page_heading(struct page *p, const char *title, const char *right)
{
	int width = p->c.columns;
	int row = page_line(p);
	int used = canvas_put(&p->c, row, 0, width, ROLE_HEADER, text_of(title));
	int end = width;

	if (p->headings < PAGE_HEADINGS)
		p->heading[p->headings++] = row;
	if (right && right[0]) {
		end -= text_columns(text_of(right)) + 1;
		canvas_put_right(
			&p->c, row, end + 1, width - end - 1, ROLE_QUIET, text_of(right));
	}
	for (int i = used + 1; i < end; i++)
		canvas_glyph(&p->c, row, i, ROLE_LINE, GLYPH_HORIZONTAL);
}

/* Bytes of t that fit into the width, up to a blank where there is one; at most a line.
 */
static size_t line_end(struct text t, int width)
{
	size_t at = 0, blank = 0;
	int used = 0;

	while (at < t.n) {
		int columns = 0;
		struct text rest = { t.s + at, t.n - at };
		size_t n = text_cluster(rest, &columns);

		if (rest.s[0] == '\n')
			return at;
		if (columns == 0)
			columns = text_columns((struct text){ rest.s, n });
		if (rest.s[0] == ' ')
			blank = at;
		if (used + columns > width)
			return blank ? blank : (at ? at : n);
		used += columns;
		at += n;
	}
	return t.n;
}

bool page_lines_of(struct page *p, int column, enum role role, struct text t, int lines)
{
	int width = p->c.columns - column;

	do {
		size_t n = width > 0 ? line_end(t, width) : t.n, next = n;

		if (lines-- == 0)
			return false;
		if (n > 0 && n < t.n && t.s[n] == '\n' && t.s[n - 1] == '\r')
			n--;
		canvas_put(&p->c, page_line(p), column, width, role,
			(struct text){ t.s, n });
		while (next < t.n && t.s[next] == ' ')
			next++;
		if (next < t.n && t.s[next] == '\n')
			next++;
		t.s += next;
		t.n -= next;
	} while (t.n > 0);
	return true;
}

void page_text(struct page *p, int column, enum role role, struct text t)
{
	page_lines_of(p, column, role, t, TEXT_LINES);
}

void page_print(struct page *p, int column, enum role role, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	page_text(p, column, role, text_of(text));
}

const char *page_more(bool ascii)
{
	return ascii ? " ~" : " …";
}

void page_put(struct canvas *c, struct rect *r, enum role role, const char *format, ...)
{
	struct page p;
	char text[1024];
	va_list args;
	int rows;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	page_init(&p, c->ascii);
	page_reset(&p, r->columns);
	page_text(&p, 0, role, text_of(text));
	rows = p.c.rows < r->rows ? p.c.rows : r->rows;
	canvas_copy(c, (struct rect){ r->row, r->column, rows, r->columns }, &p.c, 0);
	if (p.c.rows > rows && rows > 0)
		canvas_put_right(c, r->row + rows - 1, r->column, r->columns, role,
			text_of(page_more(c->ascii)));
	page_clear(&p);
	r->row += rows;
	r->rows -= rows;
}

static void clamp(struct page *p, int rows)
{
	if (p->top > p->c.rows - rows)
		p->top = p->c.rows - rows;
	if (p->top < 0)
		p->top = 0;
}

bool page_act(struct page *p, enum action a, int rows)
{
	return rows_step(a, rows > 2 ? rows - 1 : 1, p->c.rows - rows + 1, &p->top);
}

void page_paint(struct page *p, struct canvas *c, struct rect r)
{
	clamp(p, r.rows);
	canvas_copy(c, r, &p->c, p->top);
	canvas_cursor(c, r.row, r.column);
	page_signs(c, r, p->top, p->c.rows);
}

void page_signs(struct canvas *c, struct rect r, int top, int n)
{
	const int right = r.column + r.columns - 1;

	if (top > 0)
		canvas_glyph(c, r.row, right, ROLE_KEY, GLYPH_MORE_ABOVE);
	if (top + r.rows < n)
		canvas_glyph(c, r.row + r.rows - 1, right, ROLE_KEY, GLYPH_MORE_BELOW);
}
