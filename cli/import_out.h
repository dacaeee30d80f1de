/* What an import did, or would do; taken: the rows are in the book. */
#ifndef CLI_IMPORT_OUT_H
#define CLI_IMPORT_OUT_H

#include "cli/verbs.h"
#include "core/import.h"

void import_out_text(const struct call *c, const struct import_request *q,
	const struct import_result *r, bool taken);
enum status import_out_json(const struct import_request *q, const struct import_result *r,
	bool taken, struct err *e) MUST_USE;

#endif
