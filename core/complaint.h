/* A complaint about values: the message, and what it has in common with those about other
 * values. */
#ifndef CORE_COMPLAINT_H
#define CORE_COMPLAINT_H

#include "core/err.h"

struct complaint {
	char message[ERR_TEXT_MAX];
	char kind[ERR_TEXT_MAX]; /* with "..." for values */
};

/* The first {} of the format is the value, the next one the other; NULL: there is none.
 */
void complaint_say(struct complaint *c, const char *value, const char *other,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
