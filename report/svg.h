/*
 * Drawings as SVG: texts stay texts, groups have names and say what they show.
 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "core/out.h"
#include "report/pages.h"

/* Rules for the classes that marks have. variables: colours are taken from --name, as
 * svg_colours declares them. */
void svg_rules(struct out *o, bool variables);
void svg_colours(struct out *o, bool dark);
extern const char svg_fonts[]; /* a value of font-family */

/* An <svg> inside of a page, described by its title and desc; id is that of the title,
 * and with "d" behind it that of the desc. */
void svg_inline(struct out *o, const struct drawing *d, const char *id, struct text name,
	struct text says);
/* A file of its own: pages below each other. */
enum status svg_file(const struct doc *d, const struct pages *p, out_sink sink, void *arg,
	struct err *e) MUST_USE;

#endif
