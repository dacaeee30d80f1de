#include "core/import_words.h"

#include "core/import.h"

const struct import_words *import_words_of(const struct import_request *q)
{
	static const struct import_words shell = {
		.dates = "say --dates dmy or --dates mdy (dates = dmy in a mapping)",
		.decimal = "say --decimal . or --decimal , (decimal = , in a mapping)",
		.signs = "--signs drop leaves them out (signs = drop in a mapping)",
		.encoding = "--encoding",
		.tiers = "--ignore-tiers",
		.map = "--map",
		.currency = "`tierdesk policy apply`",
		.room = "make room, or import with --no-backup, without a way back",
	};
	return q->words != NULL ? q->words : &shell;
}
