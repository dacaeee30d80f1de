/* The contract: signals, which come in any order and in runs. */
#include "tests/support/contract_tests.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

void contract_signals_out_of_order(void **state)
{
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	counts_are(rows_put(s, REC_SIGNAL,
			   "account_id=2|date=2024-03-01|signal=nps|value=1\n"
			   "account_id=1|date=2024-03-01|signal=logins|value=2\n"
			   "account_id=2|date=2024-01-01|signal=nps|value=3\n"
			   "account_id=1|date=2024-02-01|signal=own|value=4\n"
			   "account_id=1|date=2024-02-01|signal=logins|value=5\n"
			   "account_id=2|date=2024-02-01|signal=nps|value=6\n"),
		6, 0, 0);
	rows_are(s, REC_SIGNAL, 0,
		"account_id=1|date=2024-02-01|signal=logins|value=5\n"
		"account_id=1|date=2024-03-01|signal=logins|value=2\n"
		"account_id=1|date=2024-02-01|signal=own|value=4\n"
		"account_id=2|date=2024-01-01|signal=nps|value=3\n"
		"account_id=2|date=2024-02-01|signal=nps|value=6\n"
		"account_id=2|date=2024-03-01|signal=nps|value=1\n");
}

static enum status say_kind(void *arg, uint32_t kind, struct text name, struct err *e)
{
	char *out = arg;
	const size_t n = strlen(out);

	(void)e;
	if (kind > SIG_KNOWN) /* those are alike in every book */
		snprintf(out + n, 400 - n, "%u %.*s\n", kind - SIG_KNOWN, (int)name.n,
			name.s);
	return ST_OK;
}

static enum status say_value(
	void *arg, uint32_t account, int32_t day, double value, struct err *e)
{
	char *out = arg, date[DAY_TEXT_MAX];
	const size_t n = strlen(out);

	(void)e;
	snprintf(out + n, 400 - n, "%u %s %g\n", account, day_format(day, date), value);
	return ST_OK;
}

static enum status stop(
	void *arg, uint32_t account, int32_t day, double value, struct err *e)
{
	(void)arg;
	return err_set(e, ST_CANCELLED, "%u %d %g", account, day, value);
}

/* Whatever block they lie in, with the newest word, and of no other kind or part. */
void contract_signals_of_a_kind(void **state)
{
	struct store *s = *state;
	struct err stopped = { .status = ST_OK };
	char said[400] = "";
	uint32_t own = 0;

	rows_add_accounts(s, PART_ACCOUNTS + 2);
	rows_put(s, REC_SIGNAL,
		"account_id=2|date=2024-03-01|signal=own|value=1\n"
		"account_id=4098|date=2024-03-01|signal=own|value=7\n"
		"account_id=2|date=2024-03-01|signal=nps|value=2\n");
	rows_put(s, REC_SIGNAL,
		"account_id=2|date=2024-02-01|signal=own|value=3\n"
		"account_id=1|date=2024-03-01|signal=other|value=4\n"
		"account_id=1|date=2024-05-01|signal=own|value=-2.5\n");
	rows_put(s, REC_SIGNAL, "account_id=2|date=2024-03-01|signal=own|value=0\n");
	MUST(s->ops->signal_kinds(s, say_kind, said, &e));
	assert_string_equal(said, "1 own\n2 other\n");
	MUST(s->ops->find(s, REC_SIGNAL, TEXT("own"), &own, &e));
	*said = '\0';
	MUST(s->ops->signals(s, own, 0, say_value, said, &e));
	assert_string_equal(said, "1 2024-05-01 -2.5\n2 2024-02-01 3\n2 2024-03-01 0\n");
	*said = '\0';
	MUST(s->ops->signals(s, own, 1, say_value, said, &e));
	assert_string_equal(said, "4098 2024-03-01 7\n");
	*said = '\0';
	MUST(s->ops->signals(s, own, 2, say_value, said, &e));
	MUST(s->ops->signals(s, own + 9, 0, say_value, said, &e));
	assert_string_equal(said, "");
	assert_int_equal(s->ops->signals(s, own, 0, stop, NULL, &stopped), ST_CANCELLED);
}

void contract_signals_in_many_batches(void **state)
{
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	/* behind, before, between, over, and all of them in one transaction */
	MUST(s->ops->begin(s, &e));
	counts_are(rows_take(s, REC_SIGNAL, PUT_OVERWRITE, ALL_FIELDS,
			   "account_id=1|date=2024-02-01|signal=nps|value=2\n"),
		1, 0, 0);
	counts_are(rows_take(s, REC_SIGNAL, PUT_OVERWRITE, ALL_FIELDS,
			   "account_id=1|date=2024-04-01|signal=nps|value=4\n"),
		1, 0, 0);
	counts_are(rows_take(s, REC_SIGNAL, PUT_OVERWRITE, ALL_FIELDS,
			   "account_id=1|date=2024-01-01|signal=nps|value=1\n"
			   "account_id=1|date=2024-04-01|signal=nps|value=9\n"),
		1, 1, 0);
	MUST(s->ops->commit(s, &e));
	counts_are(rows_put(s, REC_SIGNAL,
			   "account_id=1|date=2024-03-01|signal=nps|value=3\n"
			   "account_id=1|date=2024-02-01|signal=nps|value=2\n"
			   "account_id=1|date=2024-01-01|signal=nps|value=-1\n"),
		1, 1, 1);
	rows_are(s, REC_SIGNAL, 0,
		"account_id=1|date=2024-01-01|signal=nps|value=-1\n"
		"account_id=1|date=2024-02-01|signal=nps|value=2\n"
		"account_id=1|date=2024-03-01|signal=nps|value=3\n"
		"account_id=1|date=2024-04-01|signal=nps|value=9\n");
}

/* A signal always has its value, so that filling is keeping. */
void contract_signal_modes(void **state)
{
	static const char again[] = "account_id=1|date=2024-01-01|signal=nps|value=5\n"
				    "account_id=1|date=2024-01-02|signal=nps|value=6\n";
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	rows_put(s, REC_SIGNAL, "account_id=1|date=2024-01-01|signal=nps|value=1\n");
	MUST(s->ops->begin(s, &e));
	counts_are(rows_take(s, REC_SIGNAL, PUT_KEEP, ALL_FIELDS, again), 1, 0, 1);
	counts_are(rows_take(s, REC_SIGNAL, PUT_FILL, ALL_FIELDS, again), 0, 0, 2);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_SIGNAL, 0,
		"account_id=1|date=2024-01-01|signal=nps|value=1\n"
		"account_id=1|date=2024-01-02|signal=nps|value=6\n");
}

struct repeats {
	int n;
	uint64_t lines; /* their sum */
	enum status answer;
};

static enum status repeated(void *arg, uint64_t line, struct err *e)
{
	struct repeats *r = arg;

	r->n++;
	r->lines += line;
	return r->answer == ST_OK ? ST_OK : err_set(e, r->answer, "told so");
}

/* Puts these rows in an open batch, counting repeats by whichever way they are told. */
static enum status put_all(struct store *s, const char *lines, struct repeats *r)
{
	struct cell cells[RECORD_FIELDS_MAX];
	uint32_t mapped;

	for (uint64_t line = 1; lines; line++) {
		enum status st;

		lines = row_parse(s, REC_SIGNAL, lines, cells, &mapped);
		st = s->ops->put(s, cells, line, NULL, NULL);
		if (st == ST_DUPLICATE)
			st = repeated(r, line, NULL);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static const char repeating[] = "account_id=1|date=2024-01-01|signal=nps|value=1\n"
				"account_id=1|date=2024-01-02|signal=nps|value=2\n"
				"account_id=2|date=2024-01-01|signal=nps|value=3\n"
				"account_id=1|date=2024-01-01|signal=nps|value=4\n"
				"account_id=1|date=2024-01-01|signal=csat|value=5\n"
				"account_id=2|date=2024-01-01|signal=nps|value=3\n"
				"account_id=1|date=2024-01-01|signal=nps|value=6\n";

/* The first of equal keys is taken, also when that one changes an older row. */
void contract_signal_repeats(void **state)
{
	struct store *s = *state;
	struct repeats r = { .answer = ST_OK };
	struct put_batch batch = {
		.kind = REC_SIGNAL, .mapped = ALL_FIELDS, .repeated = repeated, .arg = &r
	};
	struct put_counts c;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_SIGNAL, "account_id=2|date=2024-01-01|signal=nps|value=9\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	assert_int_equal(put_all(s, repeating, &r), ST_OK);
	MUST(s->ops->batch_end(s, &c, &e));
	MUST(s->ops->commit(s, &e));
	assert_int_equal(r.n, 3);
	assert_int_equal(r.lines, 4 + 6 + 7);
	counts_are(c, 3, 1, 0);
	rows_are(s, REC_SIGNAL, 0,
		"account_id=1|date=2024-01-01|signal=nps|value=1\n"
		"account_id=1|date=2024-01-02|signal=nps|value=2\n"
		"account_id=1|date=2024-01-01|signal=csat|value=5\n"
		"account_id=2|date=2024-01-01|signal=nps|value=3\n");
}

void contract_signal_repeat_that_fails(void **state)
{
	struct store *s = *state;
	struct repeats r = { .answer = ST_CANCELLED };
	struct put_batch batch = {
		.kind = REC_SIGNAL, .mapped = ALL_FIELDS, .repeated = repeated, .arg = &r
	};
	struct put_counts c;
	enum status st;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	st = put_all(s, repeating, &r);
	if (st == ST_OK)
		st = s->ops->batch_end(s, &c, NULL);
	assert_int_equal(st, ST_CANCELLED);
	assert_int_equal(r.n, 1); /* the first answer ends it */
	s->ops->rollback(s);
	rows_are(s, REC_SIGNAL, 0, "");
}

/* Values of every size, and days at both ends of the calendar, are kept exactly. */
void contract_signal_values(void **state)
{
	static const char rows[] =
		"account_id=1|date=1900-01-01|signal=own|value=0\n"
		"account_id=1|date=1969-12-31|signal=own|value=-7\n"
		"account_id=1|date=1970-01-01|signal=own|value=0.1\n"
		"account_id=1|date=1970-01-02|signal=own|value=-0.000001\n"
		"account_id=1|date=2024-02-29|signal=own|value=3.14159265358979\n"
		"account_id=1|date=2024-03-01|signal=own|value=127\n"
		"account_id=1|date=2024-03-02|signal=own|value=128\n"
		"account_id=1|date=2024-03-03|signal=own|value=-128\n"
		"account_id=1|date=2024-03-04|signal=own|value=65536\n"
		"account_id=1|date=2024-03-05|signal=own|value=2147483648\n"
		"account_id=1|date=2024-03-06|signal=own|value=123456789012345\n"
		"account_id=1|date=2024-03-07|signal=own|value=0.0000000123456789\n"
		"account_id=1|date=2199-12-31|signal=own|value=1\n";
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	counts_are(rows_put(s, REC_SIGNAL, rows), 13, 0, 0);
	rows_are(s, REC_SIGNAL, 0, rows);
	counts_are(rows_put(s, REC_SIGNAL, rows), 0, 0, 13);
}

/* Of any kind, as of a day: of one account and another, none, and none in this part. */
void contract_signals_newest(void **state)
{
	static const struct {
		const char *as_of, *first, *second;
		double one, two;
	} all[] = {
		{ "2023-12-31", NULL, NULL, 0, 0 },
		{ "2024-01-01", "2024-01-01", NULL, 5, 0 },
		{ "2024-02-01", "2024-01-01", "2024-02-01", 5, 0 },
		{ "2024-03-01", "2024-03-01", "2024-02-01", 7, 0 },
	};
	struct store *s = *state;
	int32_t day[PART_ACCOUNTS];
	double value[PART_ACCOUNTS];
	uint32_t kind;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_SIGNAL,
		"account_id=1|date=2024-03-01|signal=own|value=7\n"
		"account_id=1|date=2024-01-01|signal=own|value=5\n"
		"account_id=1|date=2024-02-01|signal=other|value=9\n"
		"account_id=2|date=2024-02-01|signal=own|value=0\n");
	MUST(s->ops->find(s, REC_SIGNAL, TEXT("own"), &kind, &e));
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		MUST(s->ops->signal(s, kind, 0, day_of(all[i].as_of), day, value, &e));
		assert_int_equal(day[0], all[i].first ? day_of(all[i].first) : DAY_NONE);
		assert_int_equal(
			day[1], all[i].second ? day_of(all[i].second) : DAY_NONE);
		assert_true(all[i].first ? value[0] == all[i].one : isnan(value[0]));
		assert_true(all[i].second ? value[1] == all[i].two : isnan(value[1]));
		assert_int_equal(day[2], DAY_NONE);
	}
	MUST(s->ops->signal(s, kind, 1, DAY_MAX, day, value, &e));
	assert_int_equal(day[0], DAY_NONE);
	MUST(s->ops->signal(s, kind + 7, 0, DAY_MAX, day, value, &e));
	assert_int_equal(day[PART_ACCOUNTS - 1], DAY_NONE);
}

struct check_run {
	uint32_t rows, account, kind;
	int64_t day;
};

enum { RUN_ACCOUNTS = 40, RUN_DAYS = 60 };

static double run_value(uint32_t account, uint32_t kind, uint32_t day)
{
	return account * 1000.0 + kind * 100 + day + (day % 3 ? 0.25 : 0);
}

/* Rows have to come as account, kind, day, and be what was put. */
static enum status check_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct check_run *at = arg;
	char key[16];

	(void)id;
	(void)e;
	if (at->day == RUN_DAYS) {
		at->day = 0;
		at->kind = at->kind == 1 ? 2 : 1;
		at->account += at->kind == 1;
	}
	snprintf(key, sizeof(key), "k%u", at->account);
	assert_true(text_eq(cells[F_SIGNAL_ACCOUNT].t, text_of(key)));
	assert_true(text_eq(
		cells[F_SIGNAL_KIND].t, text_of(known_signal_name[at->kind - 1])));
	assert_int_equal(cells[F_SIGNAL_DATE].i, 19000 + at->day);
	assert_true(cells[F_SIGNAL_VALUE].n ==
		    run_value(at->account, at->kind, (uint32_t)at->day));
	at->rows++;
	at->day++;
	return ST_OK;
}

/* Enough of them for several runs; the days come backwards, in steps that miss none. */
void contract_signals_of_many_accounts(void **state)
{
	struct store *s = *state;
	struct put_batch batch = { .kind = REC_SIGNAL, .mapped = ALL_FIELDS };
	struct check_run at = { .account = 1, .kind = 1 };
	struct put_counts c;
	char key[16];

	for (uint32_t i = 1; i <= RUN_ACCOUNTS; i++) {
		snprintf(key, sizeof(key), "account_id=k%u\n", i);
		rows_put(s, REC_ACCOUNT, key);
	}
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	for (uint32_t d = 0; d < RUN_DAYS; d++) {
		uint32_t day = (RUN_DAYS - 1 - d) * 7 % RUN_DAYS; /* 7 and 60: coprime */

		for (uint32_t i = 0; i < 2 * RUN_ACCOUNTS; i++) {
			uint32_t account = i / 2 + 1, kind = i % 2 + 1;
			struct cell cells[SIGNAL_FIELDS] = { CELL_OF_INT(account),
				CELL_OF_INT(19000 + day), CELL_OF_INT(kind),
				CELL_OF_NUMBER(run_value(account, kind, day)) };

			MUST(s->ops->put(s, cells, i, NULL, &e));
		}
	}
	MUST(s->ops->batch_end(s, &c, &e));
	MUST(s->ops->commit(s, &e));
	counts_are(c, 2 * RUN_ACCOUNTS * RUN_DAYS, 0, 0);
	MUST(s->ops->rows(s, REC_SIGNAL, 0, check_row, &at, &e));
	assert_int_equal(at.rows, 2 * RUN_ACCOUNTS * RUN_DAYS);
}
