/*
 * Paint: pages as PDF or PNG, by cairo and pango. It is a module of its own, which is
 * loaded when such a file is asked for: the program starts without these libraries, and
 * does without them where they are not installed. It shares nothing with the program but
 * the shapes below and of drawing.h.
 */
#ifndef REPORT_PAINT_H
#define REPORT_PAINT_H

#include <stddef.h>

#include "report/drawing.h"

/* Raised with any change of the shapes that both sides see: a module of another program
 * is not taken. */
#define PAINT_SHAPES 2
#define PAINT_MODULE "tierdesk-paint.so"

enum paint_format { PAINT_PDF, PAINT_PNG };

struct paint_heading {
	const char *title; /* UTF-8, clean */
	int page;          /* from 0 */
	double y;
};

struct paint_job {
	enum paint_format format;
	const struct drawing *const *page;
	int pages;
	const struct ink_row *ink; /* [INKS] */
	const char *fonts;         /* families, comma between them */
	const char *title;
	const char *made; /* "2026-11-29T00:00:00Z", for the file's own date */
	const struct paint_heading *heading;
	int headings;
	/* Takes the bytes; false: it failed and wants no more. */
	bool (*sink)(void *arg, const unsigned char *bytes, size_t n);
	void *arg;
};

enum { PAINT_WHY_MAX = 200 };
/* What the module has, under the name "paint_module". */
struct paint_module {
	int shapes; /* PAINT_SHAPES */
	/* False: why says why, unless the sink failed. */
	bool (*run)(const struct paint_job *job, char why[PAINT_WHY_MAX]);
};

#endif
