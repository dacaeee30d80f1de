/*
 * Painter: finds and loads the module that makes PDF and PNG (paint.h).
 */
#ifndef REPORT_PAINTER_H
#define REPORT_PAINTER_H

#include "core/out.h"
#include "report/paint.h"
#include "report/pages.h"

/* folder: where the program lies, and in the build tree the module too; NULL: not known.
 * ST_USAGE: there is no module, and what to do. */
enum status painter_write(const struct doc *d, const struct pages *p,
	enum paint_format format, const char *folder, out_sink sink, void *arg,
	struct err *e) MUST_USE;

#endif
