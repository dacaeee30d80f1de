/*
 * Pages: a document laid out on sheets of A4, each with what the figures are of at its
 * foot. Pure arithmetic with the ruler: the same on every machine.
 */
#ifndef REPORT_PAGES_H
#define REPORT_PAGES_H

#include "core/err.h"
#include "report/doc.h"

enum { PAGES_MAX = 60, PAGES_WIDTH = 595, PAGES_HEIGHT = 842, PAGES_HEADS_MAX = 40 };

struct pages {
	struct drawing *page[PAGES_MAX];
	int n;
	struct pages_head {
		struct text title;
		int page; /* from 0 */
		double y;
	} head[PAGES_HEADS_MAX]; /* the sections */
	int heads;
};

/* They live in the document's arena. ST_INVALID: more than PAGES_MAX. */
enum status pages_make(struct doc *d, struct pages *out, struct err *e) MUST_USE;

#endif
