/*
 * Reports in tests: made, laid out and written, and what must hold of any of them.
 * Whatever fails in here fails the test.
 */
#ifndef TESTS_SUPPORT_REPORTING_H
#define TESTS_SUPPORT_REPORTING_H

#include "report/report.h"
#include "tests/support/buffer.h"

/* Owned until doc_clear. */
struct doc report_doc(struct book *b, enum report_kind kind, uint32_t subject);
/* No text touches another, or the edge, on any of its pages. Returns how many there are.
 */
int report_check_pages(struct doc *d, const char *what);
/* The bytes of a file that needs no module; owned until buffer_clear. */
struct buffer report_written(struct book *b, enum report_kind kind, uint32_t subject,
	enum report_format format);
/* Elements are opened and closed in order, attributes have their quotes, and neither an
 * element nor an attribute is there that a report has no use for. */
void report_check_markup(const char *s, bool xml);

#endif
