/*
 * The lines an import leaves for the person: notes and rejected rows. For import*.c.
 * Without memory a line is lost, never the import.
 */
#ifndef CORE_IMPORT_RESULT_H
#define CORE_IMPORT_RESULT_H

#include "core/import.h"
#include "core/intake.h"

void import_result_init(struct import_result *r);
/* Returns the line, of the result's arena; NULL: it was lost. */
const char *import_result_note(struct import_result *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Counts the row as rejected and keeps the first IMPORT_ERRORS_KEPT. */
void import_result_reject(
	struct import_result *r, uint64_t line, const struct intake_fault *fault);
/* Refuses the file for the rows of it that were rejected. */
enum status import_result_refuse(
	const struct import_result *r, const char *file, struct err *e);
/* What became of the headers: guesses, and columns that were not taken. */
void import_result_headers(
	struct import_result *r, const struct intake *in, const struct import_request *q);
/* Warnings that only the whole file gives, when all rows were read. */
void import_result_rows(struct import_result *r, const struct intake *in);

#endif
