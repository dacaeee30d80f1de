/* Demo books of tests: six people, 18 months. A failure fails the test. */
#ifndef TESTS_SUPPORT_DEMOS_H
#define TESTS_SUPPORT_DEMOS_H

#include "core/demo.h"

/* The day as YYYY-MM-DD. */
struct demo_request demos_request(uint32_t accounts, uint64_t seed, const char *today);
/* A store in memory with the demo in it, owned. */
struct store *demos_filled(const struct demo_request *r);

#endif
