/*
 * Reports: the picture book of a book for a board, the sheet of a CSM for a one-to-one,
 * that of an account for a business review. Made from the same figures as the screens and
 * verbs, as of the book's day; two runs over the same book give the same bytes.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "core/book.h"
#include "core/out.h"
#include "report/doc.h"

enum report_kind { REPORT_BOARD, REPORT_CSM, REPORT_ACCOUNT, REPORT_KINDS };
extern const char *const report_kind_name[REPORT_KINDS]; /* "board" ... */

enum report_format { REPORT_HTML, REPORT_PDF, REPORT_SVG, REPORT_PNG, REPORT_FORMATS };
/* By the ending of a file's name, in any case; REPORT_FORMATS: another one. */
enum report_format report_format_of(struct text path);

/* subject: the id of the CSM or the account. out is initialised and cleared by doc_clear,
 * also on failure. ST_NOTFOUND: there is no such subject. */
enum status report_make(struct book *b, enum report_kind kind, uint32_t subject,
	struct doc *out, struct err *e) MUST_USE;

/* program: the folder that the program lies in, for painter.h; NULL: not known. */
enum status report_write(struct doc *d, enum report_format format, const char *program,
	out_sink sink, void *arg, struct err *e) MUST_USE;

#endif
