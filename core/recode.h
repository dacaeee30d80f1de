/*
 * Encodings: turns the bytes of a file into valid UTF-8, or says where they fail.
 */
#ifndef CORE_RECODE_H
#define CORE_RECODE_H

#include <stddef.h>

#include "core/err.h"

enum encoding { ENC_AUTO, ENC_UTF8, ENC_UTF16, ENC_LATIN1, ENC_CP1252 };

/* Result: text/size is UTF-8 without BOM. When the input already was, it points
 * into the input and owned is NULL; else owned is a buffer to free(). */
struct recoded {
	const char *text;
	size_t size;
	char *owned;
	enum encoding from;
};

/* What a file in UTF-8 may begin with: its byte order mark. */
#define RECODE_MARK "\xEF\xBB\xBF"

/* A file that begins with that mark is UTF-8, whatever from says. ENC_AUTO: BOM decides
 * between UTF-8 and UTF-16LE/BE, without one UTF-8 is expected. Invalid UTF-8 is refused
 * with line and column and the offer of latin-1 or cp1252; NUL bytes are refused (a hint
 * says UTF-16). option: what sets an encoding, as it stands before the name of one in
 * messages. */
enum status recode(const char *bytes, size_t size, enum encoding from, const char *option,
	struct recoded *out, struct err *e) MUST_USE;
void recode_clear(struct recoded *r);

#endif
