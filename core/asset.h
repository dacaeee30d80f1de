/*
 * Assets: the text files of assets/ (schema, default policy, mappings, ...) as
 * they were when the program was built. Names are paths below assets/ with
 * forward slashes: "schema/001-book.sql". Everything here is constant for the
 * life of the program and never fails. The table is written by assets/embed.sh.
 */
#ifndef CORE_ASSET_H
#define CORE_ASSET_H

#include <stddef.h>

struct asset {
	const char *name;
	const char *text; /* the file's bytes, and a NUL that size does not count */
	size_t size;      /* bytes */
};

/* The asset of that name, or NULL. */
const struct asset *asset_find(const char *name);

/* The i-th asset in byte order of the names, or NULL past the last: lists a
 * folder ("mappings/") without knowing what is in it. */
const struct asset *asset_at(size_t i);

#endif
