/*
 * A document as one page for a browser: nothing is fetched and nothing runs. Charts are
 * inline SVG with their numbers as tables beneath; printed, it is sheets of A4.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "core/out.h"
#include "report/doc.h"

enum status html_write(
	const struct doc *d, out_sink sink, void *arg, struct err *e) MUST_USE;

#endif
