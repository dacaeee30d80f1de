/* Whether this is the build with sanitizers: what only takes longer there is left out. */
#ifndef TESTS_SUPPORT_SANITIZED_H
#define TESTS_SUPPORT_SANITIZED_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline bool sanitized(void)
{
	const char *said = getenv("TIERDESK_SANITIZED");

	return said && strcmp(said, "yes") == 0;
}

#endif
