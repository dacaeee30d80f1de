/*
 * What messages of an import say to mend a file by: who asks for the import has its own
 * ways to set how a file is read, and says them.
 */
#ifndef CORE_IMPORT_WORDS_H
#define CORE_IMPORT_WORDS_H

struct import_request;

struct import_words {
	const char *dates, *decimal; /* how to set them: "say --decimal . or ..." */
	const char *signs;           /* how they are left out */
	const char *encoding;        /* stands before the name of one: "--encoding" */
	const char *tiers;           /* stands behind "leave tiers out with" */
	const char *map; /* what gives a column its field: "--map takes it as it is" */
	const char *currency; /* what sets that of the book, before "sets another" */
	const char *room;     /* when there is none for a copy of the book */
};

/* Those of the request; where it has none, those of the command line. */
const struct import_words *import_words_of(const struct import_request *q);

#endif
