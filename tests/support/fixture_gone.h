/* What fills FIXTURE_GONE. */
#ifndef TESTS_SUPPORT_FIXTURE_GONE_H
#define TESTS_SUPPORT_FIXTURE_GONE_H

#include "core/store.h"

/* Into an empty store, in a transaction of its own; a failure fails the test. */
void fixture_gone_fill(struct store *s, int32_t today);

#endif
