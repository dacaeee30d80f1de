#include "core/book_import.h"

#include "core/book_internal.h"
#include "core/import_result.h"
#include "core/over_cap.h"

/* Accounts that left take places with them. The rows are in, whatever this comes to. */
static void note_caps(struct book *b, struct import_result *r)
{
	struct over_caps over;
	char text[OVER_CAPS_MAX];

	if (over_caps_now(b, &over, NULL) != ST_OK || !over.n)
		return;
	over_caps_text(&over, text);
	import_result_note(r, "%s", text);
}

enum status book_import(struct book *b, const struct import_request *request,
	struct import_result *result, struct err *e)
{
	struct import_request told = *request;
	enum status st;

	told.actor = b->me;
	told.at = b->clock.now(&b->clock);
	st = import_run(b->store, &told, result, e);
	book_forget(b);
	if (st == ST_OK && told.kind == REC_ACCOUNT && !told.dry_run)
		note_caps(b, result);
	return st;
}
