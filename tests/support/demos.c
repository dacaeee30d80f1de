#include "tests/support/demos.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

struct demo_request demos_request(uint32_t accounts, uint64_t seed, const char *today)
{
	return (struct demo_request){ .accounts = accounts,
		.csms = 6,
		.seed = seed,
		.months = 18,
		.today = day_of(today) };
}

struct store *demos_filled(const struct demo_request *r)
{
	struct store *s = fake_store_new();

	MUST(demo_fill(s, r, &e));
	return s;
}
