#include "report/svg.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/markup.h"
#include "core/money.h"
#include "report/ruler.h"

/* The widest usual fonts are so much wider than the ruler thinks. */
#define TIGHT 0.84

const char svg_fonts[] = "Helvetica Neue,Helvetica,Arial,Liberation Sans,Noto Sans,"
			 "DejaVu Sans,sans-serif";

static void put(struct out *o, const char *markup)
{
	out_text(o, text_of(markup));
}

static void print(struct out *o, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Of what is no data. */
static void print(struct out *o, const char *format, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	put(o, text);
}

/* name="1.25" */
static void number(struct out *o, const char *name, double v)
{
	char text[NUMBER_TEXT_MAX];

	print(o, " %s=\"%s\"", name, number_format(v, 2, text));
}

void svg_colours(struct out *o, bool dark)
{
	for (int k = 0; k < INKS; k++)
		print(o, "--%s:#%06x;", ink_rows[k].class,
			dark ? ink_rows[k].dark : ink_rows[k].light);
}

void svg_rules(struct out *o, bool variables)
{
	for (int k = 0; k < INKS; k++) {
		const char *class = ink_rows[k].class;
		char colour[40];

		if (variables)
			snprintf(colour, sizeof(colour), "var(--%s)", class);
		else
			snprintf(colour, sizeof(colour), "#%06x", ink_rows[k].light);
		print(o, ".f-%s{fill:%s}.s-%s{stroke:%s;fill:none}", class, colour, class,
			colour);
	}
	print(o, "svg text{font-family:%s;white-space:pre}", svg_fonts);
}

static void spots(struct out *o, const struct mark *m, bool closed)
{
	char x[NUMBER_TEXT_MAX], y[NUMBER_TEXT_MAX];

	put(o, " d=\"");
	for (uint32_t k = 0; k < m->spots; k++)
		print(o, "%c%s %s", k ? 'L' : 'M', number_format(m->spot[k].x, 2, x),
			number_format(m->spot[k].y, 2, y));
	put(o, closed ? "Z\"/>\n" : "\"/>\n");
}

static void stroke(struct out *o, const char *element, const struct mark *m)
{
	print(o, "<%s class=\"s-%s\"", element, ink_rows[m->ink].class);
	number(o, "stroke-width", m->thick);
	if (m->dashed)
		put(o, " stroke-dasharray=\"3 2\"");
}

static void text(struct out *o, const struct mark *m)
{
	static const char *const anchors[] = { NULL, "middle", "end" };
	const double wide = ruler_width(m->text, m->size, m->bold);

	print(o, "<text class=\"f-%s\"", ink_rows[m->ink].class);
	number(o, "x", m->x);
	number(o, "y", m->y);
	number(o, "font-size", m->size);
	if (m->bold)
		put(o, " font-weight=\"bold\"");
	if (anchors[m->anchor])
		print(o, " text-anchor=\"%s\"", anchors[m->anchor]);
	/* What has little room is kept in it, should the font be a wider one. */
	if (wide > TIGHT * m->w) {
		number(o, "textLength", wide < m->w ? wide : m->w);
		put(o, " lengthAdjust=\"spacingAndGlyphs\"");
	}
	put(o, ">");
	markup_text(o, m->text);
	put(o, "</text>\n");
}

static void shape(struct out *o, const struct mark *m)
{
	const bool round = m->kind == MARK_DOT;

	print(o, "<%s class=\"f-%s\"", round ? "circle" : "rect", ink_rows[m->ink].class);
	number(o, round ? "cx" : "x", m->x);
	number(o, round ? "cy" : "y", m->y);
	number(o, round ? "r" : "width", m->w);
	if (!round)
		number(o, "height", m->h);
	if (m->opacity < 1)
		number(o, "opacity", m->opacity);
	put(o, "/>\n");
}

static void mark(struct out *o, const struct mark *m)
{
	switch (m->kind) {
	case MARK_RECT:
	case MARK_DOT:
		shape(o, m);
		break;
	case MARK_LINE:
		stroke(o, "line", m);
		number(o, "x1", m->x);
		number(o, "y1", m->y);
		number(o, "x2", m->w);
		number(o, "y2", m->h);
		put(o, "/>\n");
		break;
	case MARK_PATH:
		stroke(o, "path", m);
		spots(o, m, false);
		break;
	case MARK_AREA:
		print(o, "<path class=\"f-%s\"", ink_rows[m->ink].class);
		spots(o, m, true);
		break;
	case MARK_TEXT:
		text(o, m);
		break;
	case MARK_GROUP:
		put(o, "<g role=\"img\" aria-label=\"");
		markup_text(o, m->text);
		put(o, "\"><desc>");
		markup_text(o, m->says);
		put(o, "</desc>\n");
		break;
	case MARK_TAG:
	case MARK_TAG_END:
		break;
	case MARK_END:
		put(o, "</g>\n");
		break;
	}
}

static void marks(struct out *o, const struct drawing *d)
{
	for (uint32_t k = 0; k < d->n; k++)
		mark(o, &d->mark[k]);
}

void svg_inline(struct out *o, const struct drawing *d, const char *id, struct text name,
	struct text says)
{
	char w[NUMBER_TEXT_MAX], h[NUMBER_TEXT_MAX];

	print(o,
		"<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-labelledby=\"%s %sd\">"
		"<title id=\"%s\">",
		number_format(d->w, 2, w), number_format(d->h, 2, h), id, id, id);
	markup_text(o, name);
	print(o, "</title><desc id=\"%sd\">", id);
	markup_text(o, says);
	put(o, "</desc>\n");
	marks(o, d);
	put(o, "</svg>\n");
}

enum status svg_file(const struct doc *d, const struct pages *p, out_sink sink, void *arg,
	struct err *e)
{
	struct out *o = malloc(sizeof(*o));
	const int height = p->n * PAGES_HEIGHT;
	enum status st;

	if (!o)
		return err_set(e, ST_NOMEM, "not enough memory");
	out_init(o, sink, arg);
	print(o,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dpt\" "
		"height=\"%dpt\" "
		"viewBox=\"0 0 %d %d\" role=\"document\" "
		"aria-labelledby=\"t\" lang=\"en\">\n<title id=\"t\">",
		PAGES_WIDTH, height, PAGES_WIDTH, height);
	markup_text(o, d->kind);
	put(o, ", ");
	markup_text(o, d->name);
	put(o, ", ");
	markup_text(o, d->day);
	put(o, "</title>\n<style>");
	svg_rules(o, false);
	put(o, "</style>\n");
	for (int k = 0; k < p->n; k++) {
		print(o,
			"<g transform=\"translate(0 %d)\" role=\"group\" "
			"aria-label=\"page %d of %d\">\n",
			k * PAGES_HEIGHT, k + 1, p->n);
		marks(o, p->page[k]);
		put(o, "</g>\n");
	}
	put(o, "</svg>\n");
	st = out_finish(o, e);
	free(o);
	return st;
}
