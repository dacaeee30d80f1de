/*
 * Reports as files, for the verb and for the console: made, painted and put in the place
 * of the target as every other file (file.h).
 */
#ifndef CLI_REPORT_FILE_H
#define CLI_REPORT_FILE_H

#include "report/report.h"

/* The format is that of the path's ending. replace: also what is there; book: the path of
 * the book, which is never replaced. */
enum status report_file(struct book *b, enum report_kind kind, uint32_t subject,
	const char *path, bool replace, const char *book, struct err *e) MUST_USE;

/* As HTML to a sink. */
enum status report_stream(struct book *b, enum report_kind kind, uint32_t subject,
	out_sink sink, void *arg, struct err *e) MUST_USE;

#endif
