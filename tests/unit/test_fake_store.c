/* The fake store keeps the contract that it is there to stand for. */
#include "tests/support/fake_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/contract.h"
#include "tests/support/rows_text.h"

static struct store *make(void *arg)
{
	(void)arg;
	return fake_store_new();
}

/* Stores that a sequence leaves equal have equal digests, others have not. */
static void test_digest(void **state)
{
	struct store *a = fake_store_new(), *b = fake_store_new();
	uint64_t empty = fake_digest(a);

	(void)state;
	contract_differential(a, b, 1, 100);
	contract_large_batches(a, b, 1, 2);
	assert_true(fake_digest(a) == fake_digest(b));
	assert_true(fake_digest(a) != empty);
	rows_put(a, REC_ACCOUNT, "account_id=digest\n");
	assert_true(fake_digest(a) != fake_digest(b));
	a->ops->close(a);
	b->ops->close(b);
}

/* What a database would let pass, and a test should not. */
static void test_strict(void **state)
{
	struct store *s = fake_store_new();
	struct put_batch batch = { .kind = REC_ACCOUNT, .mapped = ALL_FIELDS };
	struct cell cells[RECORD_FIELDS_MAX] = { CELL_OF_TEXT(TEXT("1")) };
	struct put_counts counts;

	(void)state;
	assert_int_equal(s->ops->batch_begin(s, &batch, NULL), ST_USAGE);
	assert_int_equal(s->ops->put(s, cells, 1, NULL, NULL), ST_USAGE);
	assert_int_equal(s->ops->commit(s, NULL), ST_USAGE);
	MUST(s->ops->begin(s, &e));
	assert_int_equal(s->ops->begin(s, NULL), ST_USAGE);
	MUST(s->ops->batch_begin(s, &batch, &e));
	assert_int_equal(s->ops->batch_begin(s, &batch, NULL), ST_USAGE);
	assert_int_equal(s->ops->commit(s, NULL), ST_USAGE); /* the batch is open */
	cells[F_ARR] = CELL_OF_NUMBER(1);                    /* amounts are cents */
	assert_int_equal(s->ops->put(s, cells, 1, NULL, NULL), ST_USAGE);
	cells[F_ARR] = CELL_OF_INT(1);
	cells[F_CSM] = CELL_OF_INT(1);
	assert_int_equal(s->ops->put(s, cells, 1, NULL, NULL), ST_NOTFOUND);
	MUST(s->ops->batch_end(s, &counts, &e));
	assert_int_equal(s->ops->batch_end(s, &counts, NULL), ST_USAGE);
	MUST(s->ops->commit(s, &e));
	assert_int_equal(s->ops->backup(s, "book", true, NULL), ST_FORBIDDEN);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_strict),
	};

	return contract_run("fake store", make, NULL) +
	       cmocka_run_group_tests_name("of its own", tests, NULL, NULL);
}
