/*
 * List as a page: a table of accounts for a browser or a mail. Nothing is fetched and
 * nothing runs; whatever is in the data is text. A part of list_export.c.
 */
#ifndef CORE_LIST_HTML_H
#define CORE_LIST_HTML_H

#include "core/list_export.h"
#include "core/out.h"

struct list_html {
	struct out out;
	const struct list_export *x; /* borrowed */
};

/* Head, heading and the titles of the columns. */
void list_html_init(
	struct list_html *h, const struct list_export *x, out_sink sink, void *arg);
void list_html_row(struct list_html *h, const struct list_row *r);
/* foot: a last line, "": none. */
enum status list_html_finish(
	struct list_html *h, const char *foot, struct err *e) MUST_USE;

#endif
