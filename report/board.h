/*
 * The board book: the five questions of a founder, how the base is distributed and
 * capped, where value and effort lie, who moved and why, what was kept, how healthy it
 * is, who looks after it, what is at risk, what is wrong, and by which rules all of that
 * was found.
 */
#ifndef REPORT_BOARD_H
#define REPORT_BOARD_H

#include "core/book.h"
#include "report/doc.h"

enum status board_make(struct book *b, struct doc *d, struct err *e) MUST_USE;

#endif
