/* Damage to packed signals: told, or made anew from what is whole. */
#include "tests/unit/test_db_signals.h"

/* Flips a bit in each blob that the statement (blob, rowid) finds. */
static void flip(struct book *b, const char *table)
{
	char sql[160];
	snprintf(sql, sizeof(sql),
		"UPDATE %s SET data = CAST(substr(data, 1, 20) || x'7f' ||"
		" substr(data, 22) AS BLOB)",
		table);
	assert_int_equal(sqlite3_exec(b->d->h, sql, NULL, NULL, NULL), SQLITE_OK);
}

static enum status ignore_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	(void)id;
	(void)arg;
	(void)cells;
	(void)e;
	return ST_OK;
}

static void test_damaged_blocks(void **state)
{
	struct book *b = *state;
	struct put_counts counts;
	struct err e = { .status = ST_OK };
	int found = 0;
	put_days(b, DAY_0, DAY_0 + 50, &counts);
	flip(b, "signal_block");
	assert_int_equal(
		b->s->ops->rows(b->s, REC_SIGNAL, 0, ignore_row, NULL, &e), ST_CORRUPT);
	assert_non_null(strstr(e.text, "backup"));
	struct part p;
	assert_int_equal(part_init(&p, &e), ST_OK);
	/* today's figures do not need the history, yesterday's do */
	assert_int_equal(b->s->ops->part(b->s, 0, DAY_0 + 50, &p, &e), ST_OK);
	assert_int_equal(b->s->ops->part(b->s, 0, DAY_0, &p, &e), ST_CORRUPT);
	part_clear(&p);
	assert_int_equal(db_signal_check(b->d, count_found, &found, &e), ST_OK);
	assert_int_equal(found, 3); /* one per part */
}

static void test_newest_values_are_made_anew(void **state)
{
	struct book *b = *state;
	struct put_counts counts;
	struct part good, p;
	static const char *const harm[] = { NULL, "DELETE FROM signal_latest",
		"UPDATE signal_latest SET data = x''" };
	put_days(b, DAY_0, DAY_0 + 50, &counts);
	MUST(part_init(&good, &e));
	MUST(part_init(&p, &e));
	MUST(b->s->ops->part(b->s, 1, DAY_0 + 50, &good, &e));
	for (size_t i = 0; i < LENGTH(harm); i++) {
		if (harm[i] == NULL)
			flip(b, "signal_latest");
		else
			assert_int_equal(sqlite3_exec(b->d->h, harm[i], NULL, NULL, NULL),
				SQLITE_OK);
		MUST(b->s->ops->part(b->s, 1, DAY_0 + 50, &p, &e));
		assert_memory_equal(
			p.signal_day[0], good.signal_day[0], good.n * sizeof(int32_t));
		assert_memory_equal(
			p.signal_value[0], good.signal_value[0], good.n * sizeof(double));
	}
	/* new values come on top of what was lost */
	put_days(b, DAY_0 + 50, DAY_0 + 51, &counts);
	MUST(b->s->ops->part(b->s, 1, DAY_0 + 49, &p, &e));
	assert_int_equal(p.signal_day[0][0], DAY_0 + 49);
	MUST(b->s->ops->part(b->s, 1, DAY_0 + 60, &p, &e));
	assert_int_equal(p.signal_day[0][0], DAY_0 + 50);
	MUST(db_signal_check(b->d, not_found, NULL, &e));
	part_clear(&p);
	part_clear(&good);
}

/* A book of another hand may have used up the numbers of the blocks. */
static void test_no_number_is_left(void **state)
{
	struct book *b = *state;
	struct put_batch batch = { .kind = REC_SIGNAL, .mapped = 15 };
	struct put_counts counts;
	struct err why = { .status = ST_OK };
	put_days(b, DAY_0, DAY_0 + 2, &counts);
	assert_int_equal(
		sqlite3_exec(b->d->h, "UPDATE signal_block SET seq = 9223372036854775807",
			NULL, NULL, NULL),
		SQLITE_OK);
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	put(b, 1, DAY_0 + 9, 1, 1, 1);
	assert_int_equal(b->s->ops->batch_end(b->s, &counts, &why), ST_CORRUPT);
	assert_non_null(strstr(why.text, "backup"));
	b->s->ops->rollback(b->s);
}

/* Newest values that are whole but not those of the blocks are found by verify. */
static void test_wrong_newest_values(void **state)
{
	struct book *b = *state;
	struct put_counts counts;
	int found = 0;
	put_days(b, DAY_0, DAY_0 + 2, &counts);
	assert_int_equal(sqlite3_exec(b->d->h,
				 "UPDATE signal_latest SET data = (SELECT data FROM"
				 " signal_latest WHERE part = 1) WHERE part = 0",
				 NULL, NULL, NULL),
		SQLITE_OK);
	MUST(db_signal_check(b->d, count_found, &found, &e));
	assert_int_equal(found, 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, signals_setup, plain_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_damaged_blocks),
		TEST(test_no_number_is_left),
		TEST(test_newest_values_are_made_anew),
		TEST(test_wrong_newest_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
