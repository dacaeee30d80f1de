/* Mirrors of accounts on their way in: made of what the import has at hand. */
#include "tests/unit/test_db_plain.h"

#include "db/mirror.h"

static int64_t mirrors(struct book *b)
{
	int64_t n = 0;
	MUST(stmt_query_int(
		b->d, "SELECT count(*) FROM mirror WHERE source < 100", 0, &n, &e));
	return n;
}

static struct cell some(int64_t n)
{
	return random_below(5) ? CELL_OF_INT(n) : (struct cell){ .type = CELL_MISSING };
}

static void put_account(struct book *b, int number)
{
	static const char *const codes[] = { "EUR", "USD", "CHF" };
	char name[16];
	struct cell cells[ACCOUNT_FIELDS] = { 0 };
	int length = snprintf(name, sizeof(name), "N%d", number);
	cells[F_ACCOUNT_ID] = CELL_OF_TEXT(((struct text){ name, (size_t)length }));
	cells[F_ARR] = some(random_below(1000000));
	if (random_below(3))
		cells[F_CURRENCY] = CELL_OF_TEXT(text_of(codes[random_below(3)]));
	cells[F_CONTRACT_START] = some(19000 + random_below(900));
	cells[F_RENEWAL_DATE] = some(20000 + random_below(900));
	cells[F_STATUS] = CELL_OF_TEXT(text_of(random_below(4) ? "active" : "churned"));
	cells[F_CHURNED_ON] = some(20000);
	cells[F_REFERENCE] = some(random_below(2));
	cells[F_MARQUEE] = some(random_below(2));
	cells[F_ADVOCATE] = some(random_below(2));
	cells[F_PARENT_EXPANSION] = some(random_below(2));
	if (random_below(3))
		cells[F_GROWTH] = CELL_OF_NUMBER(random_below(100) / 100.0);
	cells[F_COMPLEXITY] = CELL_OF_NUMBER(random_below(100));
	cells[F_MATURITY] = CELL_OF_NUMBER(random_below(100) / 7.0);
	cells[F_STAKEHOLDERS] = CELL_OF_NUMBER(random_below(9));
	cells[F_SEATS_PURCHASED] = CELL_OF_NUMBER(random_below(900));
	cells[F_FEATURES_AVAILABLE] = CELL_OF_NUMBER(30);
	cells[F_ONBOARDING_STARTED] = some(20100);
	cells[F_FIRST_VALUE_ON] = some(20200);
	MUST(b->s->ops->put(b->s, cells, 1, NULL, &e));
}

/* A batch of new accounts; inside its transaction so many parts have their mirror. */
static void put_accounts(struct book *b, int from, int to, uint32_t mapped, int64_t parts)
{
	struct put_batch batch = { .kind = REC_ACCOUNT, .mapped = mapped };
	struct put_counts counts;
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	for (int i = from; i < to; i++)
		put_account(b, i);
	MUST(b->s->ops->batch_end(b->s, &counts, &e));
	counts_are(counts, (uint64_t)(to - from), 0, 0);
	assert_int_equal(mirrors(b), parts);
	MUST(db_mirror_check(b->d, not_found, NULL, &e));
}

static void test_fed_by_the_import(void **state)
{
	static const struct {
		int from, to;
		uint32_t mapped;
		int64_t parts; /* with a mirror before the commit makes the others */
	} rows[] = {
		{ 0, 5000, ALL_FIELDS, 2 },
		{ 5000, 5001, ALL_FIELDS, 1 + 2 * (MIRROR_SOURCES - 1) },
		{ 5001, 8192, ALL_FIELDS, 1 + 2 * (MIRROR_SOURCES - 1) },
		{ 8192, 8193, ALL_FIELDS, 1 + 2 * MIRROR_SOURCES },
		{ 8193, 20000, 1u << F_ACCOUNT_ID | 1u << F_ARR,
			4 + 3 * (MIRROR_SOURCES - 1) },
	};
	struct book *b = *state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		for (int again = 0; again < 2; again++) { /* the first is given up */
			put_accounts(b, rows[i].from, rows[i].to, rows[i].mapped,
				rows[i].parts);
			if (again == 0)
				b->s->ops->rollback(b->s);
		}
		MUST(b->s->ops->commit(b->s, &e));
		MUST(db_mirror_check(b->d, not_found, NULL, &e));
	}
	assert_int_equal(mirrors(b), 5 * MIRROR_SOURCES);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, plain_setup, plain_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_fed_by_the_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
