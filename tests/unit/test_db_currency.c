/* Numbers of currencies, in parts and mirrors: the same for everybody, or none. */
#include "tests/unit/test_db_plain.h"

#include "db/mirror.h"

enum { AS_OF = 20500 };

static const char *code_of(struct book *b, const struct part *p, uint32_t i)
{
	const char(*codes)[4];
	uint32_t n;
	MUST(b->s->ops->currencies(b->s, &codes, &n, &e));
	assert_true(p->currency[i] < n);
	return codes[p->currency[i]];
}

/* Numbers of currencies: all known before the parts are read, the same for everybody
 * once they are stored. */
static void test_currencies(void **state)
{
	struct book *b = *state;
	struct part p;
	const char(*codes)[4];
	uint32_t n;
	run(b->other, "INSERT INTO account(id, account_id, currency) VALUES"
		      " (1, 'a', 'EUR'), (2, 'b', 'euro'), (3, 'c', NULL),"
		      " (4, 'd', ''), (5, 'e', 'USD')");
	MUST(b->s->ops->currencies(b->s, &codes, &n, &e));
	bool usd = false;
	for (uint32_t i = 0; i < n; i++)
		usd |= strcmp(codes[i], "USD") == 0;
	assert_true(usd);
	MUST(part_init(&p, &e));
	for (int stored = 0; stored < 3; stored++) {
		MUST(b->s->ops->part(b->s, 0, AS_OF, &p, &e));
		assert_string_equal(code_of(b, &p, 0), "EUR");
		assert_string_equal(code_of(b, &p, 1), "???");
		assert_string_equal(code_of(b, &p, 2), "");
		assert_string_equal(code_of(b, &p, 3), "???");
		assert_string_equal(code_of(b, &p, 4), "USD");
		if (stored == 0) {
			MUST(b->s->ops->begin(b->s, &e));
			MUST(mirror_refresh(b->d, &e));
			MUST(b->s->ops->commit(b->s, &e));
			int64_t kept = 0;
			MUST(stmt_query_int(b->d,
				"SELECT count(*) FROM currency WHERE id <= 3", 0, &kept,
				&e));
			assert_int_equal(kept, 3);
		} else {
			/* a mirror with a number that nobody knows is not believed */
			run(b->other, "DELETE FROM currency WHERE code = 'USD'");
			db_mirror_forget(b->d);
		}
	}
	part_clear(&p);
}

static void test_too_many_currencies(void **state)
{
	struct book *b = *state;
	struct part p;
	char sql[128];
	struct err error = { .status = ST_OK };
	for (int i = 0; i < 256; i++) {
		snprintf(sql, sizeof(sql),
			"INSERT INTO account(account_id, currency) VALUES"
			" ('%d', '%c%c%c')",
			i, 'A' + i / 26, 'A' + i % 26, 'Q');
		if (i == 255) {
			MUST(part_init(&p, &e));
			MUST(b->s->ops->part(b->s, 0, AS_OF, &p, &e));
			part_clear(&p);
		}
		run(b->other, sql);
	}
	MUST(part_init(&p, &e));
	assert_int_equal(b->s->ops->part(b->s, 0, AS_OF, &p, &error), ST_INVALID);
	assert_non_null(strstr(error.text, "255"));
	part_clear(&p);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, plain_setup, plain_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_currencies),
		TEST(test_too_many_currencies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
