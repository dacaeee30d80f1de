/* For tests of changes by hand: the book of the walks, and rows written as they read. */
#ifndef TESTS_SUPPORT_CHANGING_H
#define TESTS_SUPPORT_CHANGING_H

#include "core/change.h"

#define CHANGING_DAY "2026-03-31"

/* Of whoever is at the keyboard. */
struct book *changing_book(const char *me);
/* Changes a row (0: adds one) to what the line says; references by their keys. */
enum status changing(struct book *b, enum record_kind kind, int64_t row, const char *line,
	struct err *e);
/* A file of so many bytes as the text has, on the day of the book. */
enum status changing_import(struct book *b, enum record_kind kind, const char *csv,
	bool no_backup, struct err *e);
/* An account is exactly this line. */
void changing_row_is(struct book *b, const char *account_id, const char *line);
/* It can't be taken back, the reason has these words, and nothing was changed. */
void changing_refused(struct book *b, int64_t operation, enum status st, const char *why);
/* The id of the operation that was done last; 0: none. */
int64_t changing_last(struct book *b);

#endif
