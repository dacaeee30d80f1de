/* What the files of the layout share; nobody else includes it. */
#ifndef REPORT_PAGES_INTERNAL_H
#define REPORT_PAGES_INTERNAL_H

#include "report/pages.h"

enum {
	PAGE_LEFT = (PAGES_WIDTH - DOC_WIDTH) / 2,
	PAGE_TOP = 62,
	PAGE_BOTTOM = PAGES_HEIGHT - 58
};

struct laying {
	struct doc *doc;
	struct pages *to;
	struct drawing *page; /* the last one; NULL: no memory */
	double y;             /* where the next block begins */
	bool fresh;           /* nothing is on it yet */
	bool full;            /* there are too many */
};

void pages_turn(struct laying *l);
/* Turns when so much does not fit any more. */
void pages_need(struct laying *l, double height);
void pages_table(struct laying *l, const struct doc_table *t);
/* A text in lines of its own; returns the height. */
double pages_lines(struct laying *l, double x, double width, double leading,
	const struct letters *how, struct text t);

#endif
