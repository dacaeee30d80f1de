/*
 * What the tests of signals share: a book of a few accounts in three parts, at the edges
 * of them, and rows for it.
 */
#ifndef TESTS_UNIT_TEST_DB_SIGNALS_H
#define TESTS_UNIT_TEST_DB_SIGNALS_H

#include "tests/unit/test_db_plain.h"

#include "db/signal.h"

static const uint32_t accounts[] = { 1, 2, 77, 4096, 4097, 8192, 8193 };
enum { ACCOUNTS = LENGTH(accounts), KINDS = 3, DAYS = 90, DAY_0 = 20000 };

static inline int signals_setup(void **state)
{
	struct book *b;
	char sql[128];

	plain_setup(state);
	b = *state;
	for (int i = 0; i < ACCOUNTS; i++) {
		snprintf(sql, sizeof(sql),
			"INSERT INTO account(id, account_id) VALUES (%u, 'A%u')",
			accounts[i], accounts[i]);
		run(b->d->h, sql);
	}
	return 0;
}

static inline void put(struct book *b, uint32_t account, int32_t day, uint32_t kind,
	double value, uint64_t line)
{
	struct cell cells[SIGNAL_FIELDS] = { CELL_OF_INT(account), CELL_OF_INT(day),
		CELL_OF_INT(kind), CELL_OF_NUMBER(value) };
	MUST(b->s->ops->put(b->s, cells, line, NULL, &e));
}

static inline void put_days(
	struct book *b, int32_t from, int32_t to, struct put_counts *counts)
{
	static const struct put_batch batch = { .kind = REC_SIGNAL, .mapped = 15 };
	uint64_t line = 0;
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->batch_begin(b->s, &batch, &e));
	for (int32_t day = from; day < to; day++)
		for (int a = 0; a < ACCOUNTS; a++)
			put(b, accounts[a], day, 1, day % 20 + a, ++line);
	MUST(b->s->ops->batch_end(b->s, counts, &e));
	MUST(b->s->ops->commit(b->s, &e));
}

#endif
