/* Importing into an open book: what it has loaded is forgotten afterwards. */
#ifndef CORE_BOOK_IMPORT_H
#define CORE_BOOK_IMPORT_H

#include "core/book.h"
#include "core/import.h"

/* import_run on the book's store, with an entry in the history. */
enum status book_import(struct book *b, const struct import_request *request,
	struct import_result *result, struct err *e) MUST_USE;

#endif
