#include "core/book_import.h"

#include "core/book_internal.h"

enum status book_import(struct book *b, const struct import_request *request,
	struct import_result *result, struct err *e)
{
	const enum status st = import_run(b->store, request, result, e);

	book_forget(b);
	return st;
}
