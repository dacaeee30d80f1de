#include "core/book_import.h"

#include "core/book_internal.h"

enum status book_import(struct book *b, const struct import_request *request,
	struct import_result *result, struct err *e)
{
	struct import_request told = *request;
	enum status st;

	told.actor = b->me;
	told.at = b->clock.now(&b->clock);
	st = import_run(b->store, &told, result, e);
	book_forget(b);
	return st;
}
