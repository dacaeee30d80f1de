/*
 * INI: policies and mappings, read from memory with inih.
 *
 * Spaces around names and values don't count; a line that begins with ';' or '#' is
 * a comment, and so is the rest of a line after " ;". Indented lines are lines of
 * their own. inih's limits are not met in silence: a line over INI_LINE_BYTES is refused.
 */
#ifndef CORE_INI_H
#define CORE_INI_H

#include "core/err.h"

#define INI_LINE_BYTES 190

struct ini_key {
	const char *section; /* "" before the first; all borrowed during the call */
	const char *name, *value;
	int line; /* from 1 */
};

/* Called for every key in order of the file; other than ST_OK ends the reading. */
typedef enum status (*ini_key_fn)(void *arg, const struct ini_key *key, struct err *e);

/* Reads text (NUL-terminated). file is its name for messages: the first failure, be it
 * of the file's form (ST_INVALID) or fn's, is told as "file:line: ...". */
enum status ini_read(const char *text, const char *file, ini_key_fn fn, void *arg,
	struct err *e) MUST_USE;

#endif
