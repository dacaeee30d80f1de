/* Errors: formatting without ever overrunning, or cutting a character in two. */
#include "core/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* s was cut at its buffer's end: drops what may be the first half of a character. */
static void drop_half_character(char *s)
{
	size_t n = strlen(s);
	for (int i = 0; i < 3 && n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80; i++)
		n--;
	if (n > 0 && (unsigned char)s[n - 1] >= 0xC0)
		n--;
	s[n] = '\0';
}

/* The arguments may point into the destination (a message quoting the one before it),
 * so both functions below format into a buffer of their own first. */
static void format_line(char out[ERR_TEXT_MAX], const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

static void format_line(char out[ERR_TEXT_MAX], const char *format, va_list arguments)
{
	int length = vsnprintf(out, ERR_TEXT_MAX, format, arguments);
	if (length < 0)
		out[0] = '\0';
	else if (length >= ERR_TEXT_MAX)
		drop_half_character(out);
}

enum status err_fill(
	struct err *e, enum status status, const char *origin, const char *format, ...)
{
	if (e == NULL)
		return status;
	char line[ERR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	format_line(line, format, arguments);
	va_end(arguments);
	e->status = status;
	e->origin = origin;
	memcpy(e->text, line, strlen(line) + 1);
	return status;
}

enum status err_prefix(struct err *e, const char *format, ...)
{
	if (e == NULL)
		return ST_INVALID;
	char prefix[ERR_TEXT_MAX], line[2 * ERR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	format_line(prefix, format, arguments);
	va_end(arguments);
	int length = snprintf(line, sizeof(line), "%s: %s", prefix, e->text);
	if (length >= ERR_TEXT_MAX) {
		line[ERR_TEXT_MAX - 1] = '\0';
		drop_half_character(line);
	}
	memcpy(e->text, line, strlen(line) + 1);
	return e->status;
}

int err_exit_code(enum status status)
{
	switch (status) {
	case ST_OK:
		return 0;
	case ST_USAGE:
	case ST_NOTFOUND:
		return 2;
	case ST_UNOPENED:
	case ST_CORRUPT:
		return 3;
	case ST_INVALID:
	case ST_DUPLICATE:
		return 4;
	case ST_FORBIDDEN:
	case ST_STALE:
		return 5;
	case ST_IO:
	case ST_NOMEM:
		return 6;
	case ST_CANCELLED:
		return 130;
	}
	return 6;
}
