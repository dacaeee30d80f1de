/* Large batches: the schema comes back word for word, and nothing slips past. */
#include "tests/unit/test_db_help.h"

#include "db/schema.h"

enum { MANY = 5000 };

struct batch {
	struct store *s;
	struct cell cells[RECORD_FIELDS_MAX];
};

static void begin(struct batch *b, struct store *s, enum record_kind kind)
{
	struct put_batch given = { .kind = kind, .mapped = ALL_FIELDS };
	*b = (struct batch){ .s = s };
	MUST(s->ops->batch_begin(s, &given, &e));
}

static enum status put_account(struct batch *b, int n)
{
	char key[16];
	snprintf(key, sizeof(key), "A-%05d", n);
	b->cells[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(key));
	b->cells[F_ARR] = CELL_OF_INT(n);
	return b->s->ops->put(b->s, b->cells, (uint64_t)n, NULL, NULL);
}

static enum status put_touch(struct batch *b, uint32_t account, int day)
{
	b->cells[F_TOUCH_ACCOUNT] = CELL_OF_INT(account);
	b->cells[F_TOUCH_DATE] = CELL_OF_INT(day);
	b->cells[F_TOUCH_TWO_WAY] = CELL_OF_INT(1);
	return b->s->ops->put(b->s, b->cells, 1, NULL, NULL);
}

static struct put_counts end(struct batch *b)
{
	struct put_counts c;
	MUST(b->s->ops->batch_end(b->s, &c, &e));
	return c;
}

static void schema_is_whole(struct store *s)
{
	struct help_findings f = { .n = 0 };
	MUST(schema_compare(db_of(s), &schema_current, help_found, &f, &e));
	if (f.n > 0)
		fail_msg("%s", f.text);
}

static struct store *filled(const char *name)
{
	struct store *s = help_open(name);
	struct batch b;
	MUST(s->ops->begin(s, &e));
	begin(&b, s, REC_ACCOUNT);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(put_account(&b, i), ST_OK);
	counts_are(end(&b), MANY, 0, 0);
	MUST(s->ops->commit(s, &e));
	return s;
}

static void test_into_nothing(void **state)
{
	(void)state;
	struct store *s = filled("nothing");
	schema_is_whole(s);
	assert_int_equal(help_verify(s).n, 0);
	/* the rules are in force again */
	assert_int_equal(
		help_sql("nothing", "INSERT INTO account(account_id) VALUES ('A-00007')"),
		SQLITE_CONSTRAINT);
	s->ops->close(s);
	assert_int_equal(help_try("nothing", (struct db_options){ 0 }, NULL), ST_OK);
}

static void test_again(void **state)
{
	struct batch b;
	(void)state;
	struct store *s = filled("again");
	MUST(s->ops->begin(s, &e));
	begin(&b, s, REC_ACCOUNT);
	for (int i = MANY - 1; i >= 0; i--) /* in another order, some of them twice */
		assert_int_equal(put_account(&b, i), ST_OK);
	assert_int_equal(put_account(&b, 3), ST_DUPLICATE);
	assert_int_equal(put_account(&b, MANY), ST_OK);
	assert_int_equal(put_account(&b, MANY), ST_DUPLICATE);
	counts_are(end(&b), 1, 0, MANY);
	MUST(s->ops->commit(s, &e));
	schema_is_whole(s);
	s->ops->close(s);
}

/* The first rows of a batch are found by the index, the later ones by the map. */
static void test_twice_across_the_turn(void **state)
{
	struct batch b;
	(void)state;
	struct store *s = filled("turn");
	MUST(s->ops->begin(s, &e));
	begin(&b, s, REC_ACCOUNT);
	assert_int_equal(put_account(&b, 4999), ST_OK);
	assert_int_equal(put_account(&b, 6000), ST_OK);
	for (int i = 0; i < 2500; i++)
		assert_int_equal(put_account(&b, i), ST_OK);
	assert_int_equal(put_account(&b, 4999), ST_DUPLICATE);
	assert_int_equal(put_account(&b, 6000), ST_DUPLICATE);
	counts_are(end(&b), 1, 0, 2501);
	s->ops->rollback(s);
	s->ops->close(s);
}

static void test_rolled_back(void **state)
{
	struct batch b;
	struct book_info info;
	(void)state;
	struct store *s = help_open("back");
	MUST(s->ops->begin(s, &e));
	begin(&b, s, REC_ACCOUNT);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(put_account(&b, i), ST_OK);
	s->ops->rollback(s); /* in the middle: indexes and triggers are out */
	schema_is_whole(s);
	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.last_id, 0);
	MUST(s->ops->begin(s, &e));
	s->ops->rollback(s);
	s->ops->close(s);
}

/* While the index is out, accounts are still found by their key. */
static void test_found_meanwhile(void **state)
{
	struct batch b;
	uint32_t id;
	(void)state;
	struct store *s = help_open("found");
	MUST(s->ops->begin(s, &e));
	begin(&b, s, REC_ACCOUNT);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(put_account(&b, i), ST_OK);
		MUST(s->ops->find(s, REC_ACCOUNT, TEXT("A-00001"), &id, &e));
		assert_int_equal(id, i >= 1 ? 2 : 0);
	}
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("nobody"), &id, &e));
	assert_int_equal(id, 0);
	(void)end(&b);
	/* and by all keys in memory, once there were many questions */
	for (int i = 0; i < MANY; i++) {
		char key[16];
		snprintf(key, sizeof(key), "A-%05d", MANY - 1 - i);
		MUST(s->ops->find(s, REC_ACCOUNT, text_of(key), &id, &e));
		assert_int_equal(id, MANY - i);
	}
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("nobody"), &id, &e));
	assert_int_equal(id, 0);
	begin(&b, s, REC_ACCOUNT);
	assert_int_equal(put_account(&b, 7777), ST_OK);
	(void)end(&b);
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("A-07777"), &id, &e));
	assert_int_equal(id, MANY + 1);
	MUST(s->ops->commit(s, &e));
	s->ops->close(s);
}

/* Rows without a name: the nth of equal rows is the nth again. */
static void test_equal_rows(void **state)
{
	struct batch b;
	(void)state;
	struct store *s = filled("equal");
	for (int round = 0; round < 2; round++) {
		MUST(s->ops->begin(s, &e));
		begin(&b, s, REC_TOUCH);
		for (int i = 0; i < MANY; i++) /* each of them twice */
			assert_int_equal(
				put_touch(&b, 1 + (uint32_t)(i / 2), 20000), ST_OK);
		if (round == 0)
			counts_are(end(&b), MANY, 0, 0);
		else
			counts_are(end(&b), 0, 0, MANY);
		MUST(s->ops->commit(s, &e));
	}
	MUST(s->ops->begin(s, &e));
	begin(&b, s, REC_TOUCH);
	for (int i = 0; i < 3; i++) /* a third one is new */
		assert_int_equal(put_touch(&b, 1, 20000), ST_OK);
	counts_are(end(&b), 1, 0, 2);
	MUST(s->ops->commit(s, &e));
	schema_is_whole(s);
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
}

/* Mirrors of the parts that got rows are not left as they were. */
static void test_mirrors(void **state)
{
	struct batch b;
	struct part p;
	(void)state;
	struct store *s = filled("mirrors");
	MUST(part_init(&p, &e));
	MUST(s->ops->part(s, 0, 20000, &p, &e));
	assert_int_equal(p.touches.n, 0);
	for (int round = 1; round <= 2; round++) {
		MUST(s->ops->begin(s, &e));
		begin(&b, s, REC_TOUCH);
		for (int i = 0; i < MANY; i++)
			assert_int_equal(
				put_touch(&b, 1 + (uint32_t)i, 19000 + round), ST_OK);
		(void)end(&b);
		MUST(s->ops->commit(s, &e));
		MUST(s->ops->part(s, 0, 20000, &p, &e));
		assert_int_equal(p.touches.n, round * (int)PART_ACCOUNTS);
	}
	part_clear(&p);
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
}

/* Whatever the order a file comes in, its rows are found and told when they repeat. */
static void test_orders(void **state)
{
	(void)state;
	static const struct {
		int first, step; /* modulo MANY */
		int rows;
	} orders[] = {
		{ 0, 1, MANY }, /* that of the book */
		{ MANY - 1, -1, MANY },
		{ 0, 2, MANY / 2 },    /* the next row is never the one */
		{ 3, 1777, MANY },     /* all over the place */
		{ MANY / 2, 1, MANY }, /* once around */
	};
	struct store *s = filled("orders");
	for (size_t k = 0; k < sizeof(orders) / sizeof(orders[0]); k++) {
		const int first = orders[k].first, step = orders[k].step + MANY;
		struct batch b;
		MUST(s->ops->begin(s, &e));
		begin(&b, s, REC_ACCOUNT);
		for (int i = 0; i < orders[k].rows; i++)
			assert_int_equal(
				put_account(&b, (first + i * step) % MANY), ST_OK);
		assert_int_equal(put_account(&b, first), ST_DUPLICATE);
		assert_int_equal(put_account(&b, (first + step) % MANY), ST_DUPLICATE);
		assert_int_equal(put_account(&b, MANY), ST_OK);
		counts_are(end(&b), 1, 0, (uint64_t)orders[k].rows);
		s->ops->rollback(s);
	}
	s->ops->close(s);
}

/* Asked for one key or for tens of thousands, the answer is the same. */
static void test_many_keys(void **state)
{
	(void)state;
	enum { ASKED = 30000 };
	struct store *s = filled("keys");
	static uint32_t ids[ASKED];
	static struct text keys[ASKED];
	struct arena a;
	arena_init(&a);
	for (uint32_t i = 0; i < ASKED; i++)
		ids[i] = i * 7919 % (MANY + 100); /* some 0, some beyond the last */
	MUST(s->ops->account_keys(s, ids, ASKED, &a, keys, &e));
	for (uint32_t i = 0; i < ASKED; i++) {
		struct text one;
		MUST(s->ops->account_keys(s, &ids[i], 1, &a, &one, &e));
		assert_int_equal(one.s == NULL, ids[i] < 1 || ids[i] > MANY);
		assert_int_equal(one.s == NULL, keys[i].s == NULL);
		assert_true(text_eq(one, keys[i]));
	}
	arena_clear(&a);
	s->ops->close(s);
}

/* More than there is room for: none of them may stay in unnoticed. */
static void test_many_indexes(void **state)
{
	enum status st = ST_OK;
	struct batch b;
	(void)state;
	struct store *s = help_open("indexed");
	MUST(s->ops->begin(s, &e));
	for (int i = 0; i < 20; i++) {
		char sql[80];
		snprintf(sql, sizeof(sql), "CREATE INDEX more_%d ON account(name)", i);
		assert_int_equal(sqlite3_exec(db_of(s)->h, sql, NULL, NULL, NULL), 0);
	}
	begin(&b, s, REC_ACCOUNT);
	for (int i = 0; st == ST_OK && i < MANY; i++)
		st = put_account(&b, i);
	assert_int_equal(st, ST_UNOPENED);
	s->ops->rollback(s);
	schema_is_whole(s);
	s->ops->close(s);
}

static void test_row_that_is_not_there(void **state)
{
	struct err why = { .text = "" };
	(void)state;
	struct store *s = help_open("referring");
	assert_int_equal(
		stmt_exec(db_of(s),
			"INSERT INTO note(account, date, text) VALUES (7, 1, '')", &why),
		ST_INVALID);
	assert_non_null(
		strstr(why.text, "refers to another one that is not in the book"));
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_into_nothing),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_twice_across_the_turn),
		cmocka_unit_test(test_rolled_back),
		cmocka_unit_test(test_found_meanwhile),
		cmocka_unit_test(test_equal_rows),
		cmocka_unit_test(test_mirrors),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_many_indexes),
		cmocka_unit_test(test_row_that_is_not_there),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
