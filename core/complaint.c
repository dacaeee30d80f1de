#include "core/complaint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

static void fill(
	char out[ERR_TEXT_MAX], const char *said, const char *value, const char *other)
{
	const char *here;

	out[0] = '\0';
	while (value && (here = strstr(said, "{}"))) {
		text_add(out, ERR_TEXT_MAX, "%.*s%s", (int)(here - said), said, value);
		said = here + 2;
		value = other;
	}
	text_add(out, ERR_TEXT_MAX, "%s", said);
}

void complaint_say(struct complaint *c, const char *value, const char *other,
	const char *format, ...)
{
	static const char any[] = "...";
	char said[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(said, sizeof(said), format, ap);
	va_end(ap);
	fill(c->message, said, value, other);
	fill(c->kind, said, value ? any : NULL, other ? any : NULL);
}
