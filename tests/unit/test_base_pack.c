/* A base in few bytes, as the trial of a policy holds it, comes back bit for bit. */
#include "core/base_pack.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static void odd_numbers(struct base *b, uint64_t *seed)
{
	static const double some[] = { 0, 1, 254, 255, 256, 65534, 65535, 0.5, -1, 1e300,
		0.1, 12.25, -0.0 };
	static const int32_t ago[] = { 0, 1, 254, 255, 300, -3, 32766, 32767, 40000,
		-40000 };

	for (uint32_t i = 0; i < b->n; i++) {
		const double v = some[rules_throw(seed, sizeof(some) / sizeof(*some))];

		b->growth[i] = rules_throw(seed, 4) ? v : (double)NAN;
		b->maturity[i] = rules_throw(seed, 9)
					 ? (rules_throw(seed, 65535) - 32767.0) / 10000
					 : (double)NAN;
		b->tickets[i] = rules_throw(seed, 256);
		b->complexity[i] = rules_throw(seed, 65537);
		b->renewal[i] = rules_throw(seed, 5)
					? b->as_of - ago[rules_throw(seed, 10)]
					: DAY_NONE;
		b->last_touch[i] = rules_throw(seed, 5)
					   ? b->as_of - (int32_t)rules_throw(seed, 255)
					   : DAY_NONE;
		b->flags[i] = (uint8_t)rules_throw(seed, 256);
		b->active[i] = (uint8_t)rules_throw(seed, 2);
		b->left_sponsor[i] = b->n % 2; /* the same of all */
	}
}

static void same_or_missing(double a, double b)
{
	assert_int_equal(isnan(a), isnan(b));
	if (!isnan(b))
		rules_same_number(a, b);
}

static void a_packed_base_comes_back_bit_for_bit(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int k = 0; k < 200; k++) {
		struct base b, out;
		struct base_pack p;

		MUST(base_init(&b, &e));
		MUST(base_init(&out, &e));
		b.as_of = out.as_of = 20543;
		b.first_id = 1;
		b.n = rules_throw(&seed, 40);
		odd_numbers(&b, &seed);
		MUST(base_pack(&b, &p, &e));
		base_unpack(&p, &out);
		assert_int_equal(out.n, b.n);
		for (uint32_t i = 0; i < b.n; i++) {
			rules_same_number(out.tickets[i], b.tickets[i]);
			rules_same_number(out.complexity[i], b.complexity[i]);
			same_or_missing(out.growth[i], b.growth[i]);
			same_or_missing(out.maturity[i], b.maturity[i]);
			assert_int_equal(out.renewal[i], b.renewal[i]);
			assert_int_equal(out.last_touch[i], b.last_touch[i]);
			assert_int_equal(out.flags[i], b.flags[i]);
			assert_int_equal(out.active[i], b.active[i]);
			assert_int_equal(out.left_sponsor[i], b.left_sponsor[i]);
		}
		base_pack_clear(&p);
		base_clear(&b);
		base_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packed_base_comes_back_bit_for_bit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
