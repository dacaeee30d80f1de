/* Signals in packed blocks against a naive model, and how many blocks there are. */
#include "tests/unit/test_db_signals.h"

#include <math.h>

static int64_t one_number(struct book *b, const char *sql)
{
	int64_t n = 0;
	MUST(stmt_query_int(b->d, sql, 0, &n, &e));
	return n;
}

/* ---- the model ---- */

struct model {
	double value[ACCOUNTS][KINDS][DAYS]; /* NaN: none */
	struct put_counts counts;
	uint64_t repeated[4000]; /* lines, in the order expected */
	uint32_t repeated_n, told;
};

static enum status on_repeated(void *arg, uint64_t line, struct err *e)
{
	struct model *m = arg;
	(void)e;
	assert_true(m->told < m->repeated_n);
	assert_int_equal(m->repeated[m->told++], line);
	return ST_OK;
}

/* A batch of random rows, put into the book and worked out in the model. */
static void random_batch(struct book *b, struct model *m, enum put_mode mode)
{
	static bool seen[ACCOUNTS][KINDS][DAYS];
	struct put_batch batch = { .kind = REC_SIGNAL,
		.mapped = 15,
		.mode = mode,
		.repeated = on_repeated,
		.arg = m };
	struct put_counts counts;
	uint32_t n = random_below(2) ? random_below(12) : random_below(1000);
	uint32_t first = random_below(DAYS), span = 1 + random_below(DAYS - first);
	memset(seen, 0, sizeof(seen));
	memset(&m->counts, 0, sizeof(m->counts));
	m->repeated_n = m->told = 0;
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	for (uint32_t line = 1; line <= n; line++) {
		uint32_t a = random_below(ACCOUNTS), k = random_below(KINDS);
		uint32_t day = first + random_below(span);
		double *now = &m->value[a][k][day];
		double value =
			random_below(4) ? random_below(5) : random_below(1000) / 7.0;
		put(b, accounts[a], DAY_0 + (int32_t)day, k + 1, value, line);
		if (seen[a][k][day])
			m->repeated[m->repeated_n++] = line;
		else if (isnan(*now))
			m->counts.inserted++;
		else if (*now == value || mode != PUT_OVERWRITE)
			m->counts.unchanged++;
		else
			m->counts.updated++;
		if (!seen[a][k][day] && (isnan(*now) || mode == PUT_OVERWRITE))
			*now = value;
		seen[a][k][day] = true;
	}
	MUST(b->s->ops->batch_end(b->s, &counts, &e));
	MUST(b->s->ops->commit(b->s, &e));
	counts_are(counts, m->counts.inserted, m->counts.updated, m->counts.unchanged);
	assert_int_equal(m->told, m->repeated_n);
}

/* What one account asks for is what its part has of it. */
static void one_is(struct book *b, const struct part *p, uint32_t at, int32_t as_of)
{
	struct part one;
	MUST(part_init(&one, &e));
	MUST(b->s->ops->part_of_one(b->s, p->first_id + at, as_of, &one, &e));
	assert_int_equal(one.n, 1);
	for (int k = 0; k < SIG_KNOWN; k++) {
		assert_int_equal(one.signal_day[k][0], p->signal_day[k][at]);
		assert_memory_equal(
			&one.signal_value[k][0], &p->signal_value[k][at], sizeof(double));
	}
	part_clear(&one);
}

static void parts_are(struct book *b, const struct model *m, int32_t as_of)
{
	struct part p;
	MUST(part_init(&p, &e));
	for (int a = 0; a < ACCOUNTS; a++) {
		uint32_t at = (accounts[a] - 1) % PART_ACCOUNTS;
		if (a == 0 || db_part_of(accounts[a]) != db_part_of(accounts[a - 1]))
			MUST(b->s->ops->part(
				b->s, db_part_of(accounts[a]), as_of, &p, &e));
		for (int k = 0; k < KINDS; k++) {
			int32_t day = as_of - DAY_0 < DAYS ? as_of - DAY_0 : DAYS - 1;
			while (day >= 0 &&
				(isnan(m->value[a][k][day]) ||
					!known_signal_counts(k, m->value[a][k][day])))
				day--;
			assert_int_equal(
				p.signal_day[k][at], day < 0 ? DAY_NONE : day + DAY_0);
			if (day >= 0)
				assert_true(p.signal_value[k][at] == m->value[a][k][day]);
			else
				assert_true(isnan(p.signal_value[k][at]));
		}
		one_is(b, &p, at, as_of);
	}
	part_clear(&p);
}

struct reading {
	const struct model *m;
	int account, last; /* the only one, or 0..ACCOUNTS - 1 */
	int kind, day;     /* where the last row was */
	int rows;
};

static enum status next_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct reading *r = arg;
	char name[16];
	(void)id;
	(void)e;
	r->day++;
	while (r->day == DAYS || isnan(r->m->value[r->account][r->kind][r->day])) {
		if (r->day < DAYS) {
			r->day++;
			continue;
		}
		r->day = 0;
		if (++r->kind == KINDS) {
			r->kind = 0;
			r->account++;
		}
		assert_true(r->account <= r->last);
	}
	snprintf(name, sizeof(name), "A%u", accounts[r->account]);
	assert_true(text_eq(cells[F_SIGNAL_ACCOUNT].t, text_of(name)));
	assert_true(text_eq(cells[F_SIGNAL_KIND].t, text_of(known_signal_name[r->kind])));
	assert_int_equal(cells[F_SIGNAL_DATE].i, DAY_0 + r->day);
	assert_true(cells[F_SIGNAL_VALUE].n == r->m->value[r->account][r->kind][r->day]);
	r->rows++;
	return ST_OK;
}

static int model_rows(const struct model *m, int first, int last)
{
	int n = 0;
	for (int a = first; a <= last; a++)
		for (int k = 0; k < KINDS; k++)
			for (int day = 0; day < DAYS; day++)
				n += !isnan(m->value[a][k][day]);
	return n;
}

static void rows_match(struct book *b, const struct model *m)
{
	struct reading all = { .m = m, .last = ACCOUNTS - 1, .day = -1 };
	MUST(b->s->ops->rows(b->s, REC_SIGNAL, 0, next_row, &all, &e));
	assert_int_equal(all.rows, model_rows(m, 0, ACCOUNTS - 1));
	for (int a = 0; a < ACCOUNTS; a++) {
		struct reading one = { .m = m, .account = a, .last = a, .day = -1 };
		MUST(b->s->ops->rows(b->s, REC_SIGNAL, accounts[a], next_row, &one, &e));
		assert_int_equal(one.rows, model_rows(m, a, a));
	}
}

static void test_against_a_model(void **state)
{
	static const enum put_mode modes[] = { PUT_OVERWRITE, PUT_OVERWRITE, PUT_FILL,
		PUT_KEEP };
	static struct model m;
	struct book *b = *state;
	for (int a = 0; a < ACCOUNTS; a++)
		for (int k = 0; k < KINDS; k++)
			for (int day = 0; day < DAYS; day++)
				m.value[a][k][day] = (double)NAN;
	for (int round = 0; round < 60; round++) {
		random_batch(b, &m, modes[random_below(LENGTH(modes))]);
		parts_are(b, &m, DAY_0 + (int32_t)random_below(DAYS));
		parts_are(b, &m, DAY_0 + DAYS);
		if (round % 10 == 0)
			rows_match(b, &m);
	}
	parts_are(b, &m, DAY_0 - 1);
	rows_match(b, &m);
	MUST(db_signal_check(b->d, not_found, NULL, &e));
	b->s->ops->close(b->s);
	plain_open(b);
	parts_are(b, &m, DAY_0 + DAYS / 2);
	rows_match(b, &m);
}

/* ---- blocks ---- */

/* Each block holds at least twice as many values as the next. */
static void blocks_shrink(struct book *b)
{
	assert_int_equal(one_number(b, "SELECT count(*) FROM (SELECT n, lead(n) OVER"
				       " (PARTITION BY kind, part ORDER BY seq) AS next"
				       " FROM signal_block) WHERE n < 2 * next"),
		0);
}

static void test_increments(void **state)
{
	struct book *b = *state;
	struct put_counts counts;
	for (int32_t day = 0; day < 400; day++) {
		put_days(b, DAY_0 + day, DAY_0 + day + 1, &counts);
		counts_are(counts, ACCOUNTS, 0, 0);
		if (day % 16 == 0)
			blocks_shrink(b);
	}
	blocks_shrink(b);
	assert_in_range(one_number(b, "SELECT max(n) FROM (SELECT count(*) AS n FROM"
				      " signal_block GROUP BY kind, part)"),
		1, 9);
	assert_int_equal(
		one_number(b, "SELECT sum(n) FROM signal_block"), 400 * ACCOUNTS);
	MUST(db_signal_check(b->d, not_found, NULL, &e));
}

/* A large block before a small one, again and again, does not pile up either. */
static void test_uneven_increments(void **state)
{
	struct book *b = *state;
	struct put_counts counts;
	int32_t day = DAY_0;
	for (int i = 0; i < 40; i++) {
		int32_t days = i % 2 ? 1 : 30;
		put_days(b, day, day + days, &counts);
		day += days;
	}
	blocks_shrink(b);
	assert_in_range(one_number(b, "SELECT max(n) FROM (SELECT count(*) AS n FROM"
				      " signal_block GROUP BY kind, part)"),
		1, 9);
}

static void test_the_same_again_writes_nothing(void **state)
{
	struct book *b = *state;
	struct put_counts counts;
	put_days(b, DAY_0, DAY_0 + 50, &counts);
	put_days(b, DAY_0 + 50, DAY_0 + 60, &counts);
	int before = sqlite3_total_changes(b->d->h);
	put_days(b, DAY_0, DAY_0 + 60, &counts);
	counts_are(counts, 0, 0, 60 * ACCOUNTS);
	assert_int_equal(sqlite3_total_changes(b->d->h), before + FLAG_WRITES);
}

/* ---- more rows than the buffer takes ---- */

struct lines {
	uint64_t n, sum;
};

static enum status add_line(void *arg, uint64_t line, struct err *e)
{
	struct lines *l = arg;
	(void)e;
	l->n++;
	l->sum += line;
	return ST_OK;
}

/* Three buffers, filled from the last day to the first; every row of the first thousand
 * stands there once more at the end, with another value. */
static struct put_counts put_buffers(struct book *b, double shift, struct lines *l)
{
	enum { ROWS = 2500000, DAYS_EACH = ROWS / ACCOUNTS / 8, AGAIN = 1000 };
	struct put_batch batch = {
		.kind = REC_SIGNAL, .mapped = 15, .repeated = add_line, .arg = l
	};
	struct put_counts counts;
	uint64_t line = 0;
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	for (int again = 0; again < 2; again++)
		for (int32_t day = DAYS_EACH; day > 0; day--)
			for (uint32_t i = 0; i < 8 * ACCOUNTS; i++) {
				if (again && line >= (uint64_t)DAYS_EACH * 8 * ACCOUNTS +
							     AGAIN)
					break;
				put(b, accounts[i % ACCOUNTS], DAY_MIN + day,
					i / ACCOUNTS + 1, day % 25 + shift + again,
					++line);
			}
	MUST(b->s->ops->batch_end(b->s, &counts, &e));
	MUST(b->s->ops->commit(b->s, &e));
	assert_int_equal(l->n, AGAIN);
	assert_int_equal(l->sum, AGAIN * (line - AGAIN) + AGAIN * (AGAIN + 1) / 2);
	assert_int_equal(
		counts.inserted + counts.updated + counts.unchanged, line - AGAIN);
	return counts;
}

static void test_many_buffers(void **state)
{
	struct book *b = *state;
	struct lines l = { 0, 0 };
	struct put_counts first = put_buffers(b, 0, &l), second, third;
	counts_are(first, first.inserted, 0, 0);
	assert_int_equal(
		one_number(b, "SELECT sum(n) FROM signal_block"), first.inserted);
	assert_in_range(one_number(b, "SELECT sum(length(data)) FROM signal_block"), 1,
		4 * first.inserted);
	blocks_shrink(b);
	l = (struct lines){ 0, 0 };
	second = put_buffers(b, 0, &l); /* nothing was written, and yet it was there */
	counts_are(second, 0, 0, first.inserted);
	l = (struct lines){ 0, 0 };
	third = put_buffers(b, 3, &l);
	counts_are(third, 0, first.inserted, 0);
	MUST(db_signal_check(b->d, not_found, NULL, &e));
}

/* Neighbours measured every day for a lifetime fill a whole buffer with one place. */
static void test_a_buffer_of_one_place(void **state)
{
	enum { NEIGHBOURS = 12, LIFE = 100000 };
	struct book *b = *state;
	struct put_batch batch = { .kind = REC_SIGNAL, .mapped = 15 };
	struct put_counts counts;
	uint64_t line = 0;
	assert_int_equal(
		sqlite3_exec(b->d->h,
			"WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1"
			" FROM n WHERE i < 111) INSERT INTO account(id, account_id)"
			" SELECT i, 'N' || i FROM n",
			NULL, NULL, NULL),
		SQLITE_OK);
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	for (uint32_t i = 0; i < NEIGHBOURS; i++)
		for (int32_t day = 0; day < LIFE; day++)
			put(b, 100 + i, DAY_MIN + day, 1, day % 7, ++line);
	MUST(b->s->ops->batch_end(b->s, &counts, &e));
	MUST(b->s->ops->commit(b->s, &e));
	counts_are(counts, NEIGHBOURS * LIFE, 0, 0);
	MUST(db_signal_check(b->d, not_found, NULL, &e));
}

/* ---- withdrawn ---- */

static int count_reads(unsigned type, void *arg, void *h, void *sql)
{
	int *reads = arg;
	(void)type;
	(void)h;
	*reads += strstr(sql, "SELECT data FROM signal_block") != NULL;
	return 0;
}

/* Many accounts of a part, and days one after the other: all are looked up at once. */
static void test_withdrawn_at_once(void **state)
{
	enum { DAYS_BACK = 40, FIRST = 100, LAST = 300 };
	const uint32_t logins = SIG_LOGINS + 1;
	static const struct put_batch batch = {
		.kind = REC_SIGNAL, .mapped = 15, .mode = PUT_OVERWRITE
	};
	struct book *b = *state;
	struct put_counts counts;
	struct part p;
	int reads = 0;
	assert_int_equal(
		sqlite3_exec(b->d->h,
			"WITH RECURSIVE n(i) AS (VALUES (100) UNION ALL SELECT i + 1"
			" FROM n WHERE i < 299) INSERT INTO account(id, account_id)"
			" SELECT i, 'B' || i FROM n",
			NULL, NULL, NULL),
		SQLITE_OK);
	for (int again = 0; again < 2; again++) {
		if (again)
			sqlite3_trace_v2(b->d->h, SQLITE_TRACE_STMT, count_reads, &reads);
		MUST(b->s->ops->begin(b->s, &e));
		MUST(b->s->ops->batch_begin(b->s, &batch, &e));
		for (uint32_t a = FIRST; a < LAST; a++)
			for (int32_t day = 1; day < DAYS_BACK; day++)
				put(b, a, DAY_0 + day, logins, again ? 0 : a, 1);
		for (uint32_t a = FIRST; a < LAST && !again; a += 2)
			put(b, a, DAY_0, logins, a, 1);
		MUST(b->s->ops->batch_end(b->s, &counts, &e));
		MUST(b->s->ops->commit(b->s, &e));
	}
	assert_in_range(reads, 1, 12);
	MUST(part_init(&p, &e));
	MUST(b->s->ops->part(b->s, 0, DAY_0 + DAYS_BACK, &p, &e));
	for (uint32_t a = FIRST; a < LAST; a++)
		assert_int_equal(
			p.signal_day[SIG_LOGINS][a - 1], a % 2 == 0 ? DAY_0 : DAY_NONE);
	part_clear(&p);
	MUST(db_signal_check(b->d, not_found, NULL, &e));
}

/* Nobody changes what is read while it is read. */
static enum status row_is_held(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	(void)id;
	(void)cells;
	(void)e;
	assert_int_equal(sqlite3_txn_state(arg, "main"), SQLITE_TXN_READ);
	return ST_OK;
}

static enum status value_is_held(
	void *arg, uint32_t account, int32_t day, double value, struct err *e)
{
	(void)account;
	(void)day;
	(void)value;
	return row_is_held(arg, 0, NULL, e);
}

static void test_of_one_state(void **state)
{
	struct book *b = *state;
	struct put_batch batch = { .kind = REC_SIGNAL, .mapped = 15 };
	struct put_counts counts;
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	put(b, accounts[0], DAY_0, 1, 5, 1);
	MUST(b->s->ops->batch_end(b->s, &counts, &e));
	MUST(b->s->ops->commit(b->s, &e));
	for (uint32_t kind = 1; kind <= KINDS; kind++)
		MUST(b->s->ops->signals(b->s, kind, (accounts[0] - 1) / PART_ACCOUNTS,
			value_is_held, b->d->h, &e));
	MUST(b->s->ops->rows(b->s, REC_SIGNAL, 0, row_is_held, b->d->h, &e));
	assert_int_equal(sqlite3_txn_state(b->d->h, "main"), SQLITE_TXN_NONE);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, signals_setup, plain_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_against_a_model),
		TEST(test_increments),
		TEST(test_uneven_increments),
		TEST(test_the_same_again_writes_nothing),
		TEST(test_many_buffers),
		TEST(test_a_buffer_of_one_place),
		TEST(test_withdrawn_at_once),
		TEST(test_of_one_state),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
