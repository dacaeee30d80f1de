/* Whether this is the build with sanitizers: what only takes longer there is left out. */
#ifndef TESTS_SUPPORT_SANITIZED_H
#define TESTS_SUPPORT_SANITIZED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static inline bool sanitized(void)
{
	const char *said = getenv("TIERDESK_SANITIZED");

	return said && strcmp(said, "yes") == 0;
}

/* How far to step where every place is tried: with sanitizers fewer of them are. */
static inline size_t sanitized_step(size_t step)
{
	return sanitized() ? 8 * step : step;
}

#endif
