/* Encodings: one function reads the next character of each, whatever it is. */
#include "core/recode.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

/* A two-byte encoding's byte order, once it is known; single bytes need none. */
struct source {
	const unsigned char *s;
	size_t n;
	enum encoding from;
	bool big_endian;
};

/* 0x80..0x9F of cp1252; 0: not assigned. */
static const uint16_t cp1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
	0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019,
	0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
	0x017E, 0x0178 };

static uint32_t utf16_unit(const struct source *in, size_t at)
{
	unsigned first = in->s[at], second = in->s[at + 1];
	return in->big_endian ? first << 8 | second : second << 8 | first;
}

/* Bytes of the character at `at`; its code, 0 when it is none (or NUL). */
static size_t next_utf16(const struct source *in, size_t at, uint32_t *code)
{
	*code = 0;
	if (in->n - at < 2)
		return 1;
	uint32_t unit = utf16_unit(in, at);
	if (unit < 0xD800 || unit > 0xDFFF) {
		*code = unit;
		return 2;
	}
	if (unit > 0xDBFF || in->n - at < 4)
		return 2;
	uint32_t low = utf16_unit(in, at + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return 2;
	*code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
	return 4;
}

static size_t next_code(const struct source *in, size_t at, uint32_t *code)
{
	if (in->from == ENC_UTF16)
		return next_utf16(in, at, code);
	unsigned char c = in->s[at];
	bool special = in->from == ENC_CP1252 && c >= 0x80 && c < 0xA0;
	*code = special ? cp1252[c - 0x80] : c;
	return 1;
}

static size_t put_code(uint32_t code, char *to)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--) {
		to[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	to[0] = (char)((0xF00u >> n & 0xF0) | code);
	return n;
}

struct flaw {
	const char *what;
	const char *other; /* encodings to try; NULL: none */
};

/* Line, and character in it, from 1, of the first bad byte of valid UTF-8 so far. */
static enum status refuse(
	struct text before, const char *option, struct flaw flaw, struct err *e)
{
	uint64_t line = 1, character = 1;
	char helps[128] = "";
	if (flaw.other != NULL)
		snprintf(helps, sizeof(helps), " try %s %s", option, flaw.other);
	for (size_t i = 0; i < before.n; i++) {
		char c = before.s[i];
		bool crlf = c == '\r' && i + 1 < before.n && before.s[i + 1] == '\n';
		if ((c == '\n' || c == '\r') && !crlf) {
			line++;
			character = 1;
		} else if (((unsigned char)c & 0xC0) != 0x80 && !crlf) {
			character++;
		}
	}
	return err_set(e, ST_INVALID, "line %" PRIu64 ", character %" PRIu64 ": %s%s",
		line, character, flaw.what, helps);
}

static enum status check_utf8(
	const char *bytes, size_t size, const char *option, struct err *e)
{
	size_t bad = text_invalid_at((struct text){ bytes, size });
	if (bad == size)
		return ST_OK;
	return refuse((struct text){ bytes, bad }, option,
		bytes[bad] == '\0'
			? (struct flaw){ "NUL byte: if the file is UTF-16,", "utf-16" }
			: (struct flaw){ "not UTF-8: save the file as UTF-8, or",
				  "latin-1 or cp1252" },
		e);
}

static struct flaw bad_character(const struct source *in, size_t at)
{
	if (in->from == ENC_CP1252 && in->s[at] != 0)
		return (struct flaw){ "not cp1252:", "latin-1" };
	if (in->from == ENC_UTF16 && in->n - at < 2)
		return (struct flaw){ "the file ends in half a character: it is not "
				      "UTF-16, or incomplete",
			NULL };
	if (in->from == ENC_UTF16 && utf16_unit(in, at) != 0)
		return (struct flaw){ "not UTF-16: half of a surrogate pair", NULL };
	return (struct flaw){ "NUL byte: the file is not text in this encoding", NULL };
}

static enum status convert(
	const struct source *in, const char *option, struct recoded *out, struct err *e)
{
	/* A UTF-16 unit gives up to 3 bytes, a byte of cp1252 up to 3, of Latin-1 up
	 * to 2. */
	if (in->n >= SIZE_MAX / 3)
		return err_set(e, ST_NOMEM, "the file is too large to convert");
	char *text = malloc(in->n * 3 + 1);
	if (text == NULL)
		return err_set(e, ST_NOMEM, "no memory to convert the file to UTF-8");
	size_t used = 0;
	for (size_t at = 0; at < in->n;) {
		uint32_t code;
		size_t n = next_code(in, at, &code);
		if (code == 0) {
			enum status status = refuse((struct text){ text, used }, option,
				bad_character(in, at), e);
			free(text);
			return status;
		}
		used += put_code(code, text + used);
		at += n;
	}
	text[used] = '\0';
	*out = (struct recoded){ text, used, text, in->from };
	return ST_OK;
}

static bool begins(const char *bytes, size_t size, const char *mark, size_t n)
{
	return size >= n && memcmp(bytes, mark, n) == 0;
}

enum status recode(const char *bytes, size_t size, enum encoding from, const char *option,
	struct recoded *out, struct err *e)
{
	bool little = begins(bytes, size, "\xFF\xFE", 2);
	bool big = begins(bytes, size, "\xFE\xFF", 2);
	const bool marked = begins(bytes, size, RECODE_MARK, 3);
	*out = (struct recoded){ .from = from };
	if (marked)
		from = ENC_UTF8;
	if (from == ENC_AUTO)
		from = little || big ? ENC_UTF16 : ENC_UTF8;
	if (from == ENC_UTF8) {
		const size_t bom = marked ? strlen(RECODE_MARK) : 0;
		*out = (struct recoded){ bytes + bom, size - bom, NULL, ENC_UTF8 };
		return check_utf8(out->text, out->size, option, e);
	}
	struct source in = { (const unsigned char *)bytes, size, from, false };
	if (from == ENC_UTF16) {
		/* Without a BOM: a file begins with ASCII, whose high byte is 0. */
		in.big_endian = big || (!little && size > 0 && *bytes == '\0');
		in.s += little || big ? 2 : 0;
		in.n -= little || big ? 2 : 0;
	}
	return convert(&in, option, out, e);
}

void recode_clear(struct recoded *r)
{
	free(r->owned);
	*r = (struct recoded){ .text = NULL };
}
