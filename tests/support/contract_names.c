/* The contract: ids, names and texts. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

void contract_dense_ids(void **state)
{
	static const struct put_batch batch = { .kind = REC_CSM, .mapped = ALL_FIELDS };
	struct store *s = *state;
	struct put_batch accounts = { .kind = REC_ACCOUNT, .mapped = ALL_FIELDS };
	struct cell cells[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	uint32_t id = 0;
	char key[8];

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &accounts, &e));
	for (uint32_t i = 1; i <= 300; i++) {
		snprintf(key, sizeof(key), "k%u", 1000 - i);
		cells[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(key));
		MUST(s->ops->put(s, cells, i, &id, &e));
		assert_int_equal(id, i);
	}
	MUST(s->ops->batch_end(s, &(struct put_counts){ 0 }, &e));
	MUST(s->ops->batch_begin(s, &accounts, &e)); /* the id of a row that is there */
	cells[F_ACCOUNT_ID] = CELL_OF_TEXT(TEXT("k998"));
	MUST(s->ops->put(s, cells, 1, &id, &e));
	assert_int_equal(id, 2);
	MUST(s->ops->batch_end(s, &(struct put_counts){ 0 }, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	cells[F_CSM_NAME] = CELL_OF_TEXT(TEXT("Zoe"));
	MUST(s->ops->put(s, cells, 1, &id, &e));
	assert_int_equal(id, 1);
	cells[F_CSM_NAME] = CELL_OF_TEXT(TEXT("Ann"));
	MUST(s->ops->put(s, cells, 1, &id, &e));
	assert_int_equal(id, 2);
	MUST(s->ops->batch_end(s, &(struct put_counts){ 0 }, &e));
	MUST(s->ops->commit(s, &e));
}

void contract_names(void **state)
{
	struct store *s = *state;
	uint32_t id = 99, again = 0;
	bool added = true;

	for (int i = 0; i < SIG_KNOWN; i++) { /* the same in every book */
		MUST(s->ops->find(s, REC_SIGNAL, text_of(known_signal_name[i]), &id, &e));
		assert_int_equal(id, i + 1);
	}
	MUST(s->ops->find(s, REC_CONTRACT, TEXT("nobody"), &id, &e));
	assert_int_equal(id, 0);
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("nobody"), &id, &e));
	assert_int_equal(id, 0);
	id = 99;
	MUST(s->ops->find(s, REC_CSM, TEXT("nobody"), &id, &e));
	assert_int_equal(id, 0);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->find_or_add(s, REC_SIGNAL, TEXT("logins"), &id, &added, &e));
	assert_int_equal(id, SIG_LOGINS + 1);
	assert_false(added);
	MUST(s->ops->find_or_add(s, REC_SIGNAL, TEXT("own"), &id, &added, &e));
	assert_int_equal(id, SIG_KNOWN + 1);
	assert_true(added);
	MUST(s->ops->find_or_add(s, REC_CSM, TEXT("Ann"), &id, &added, &e));
	assert_int_equal(id, 1);
	assert_true(added);
	MUST(s->ops->find_or_add(s, REC_CSM, TEXT("Ann"), &again, &added, &e));
	assert_int_equal(again, id);
	assert_false(added);
	MUST(s->ops->find_or_add(s, REC_CSM, TEXT("ann"), &again, &added, &e));
	assert_true(added); /* letters count */
	MUST(s->ops->commit(s, &e));
	/* a CSM that was added by name is a row, and the rest is filled in later */
	rows_are(s, REC_CSM, 0, "name=Ann\nname=ann\n");
	counts_are(rows_put(s, REC_CSM, "name=Ann|team=North\n"), 0, 1, 0);
	MUST(s->ops->find(s, REC_CSM, TEXT("Ann"), &again, &e));
	assert_int_equal(again, id);
}

void contract_keys_of_ids(void **state)
{
	struct store *s = *state;
	const uint32_t ids[] = { 3, 1, 9, 3, 0 };
	struct text out[5], one;
	struct arena a;

	rows_put(s, REC_ACCOUNT, "account_id=x\naccount_id=y\naccount_id=z\n");
	rows_put(s, REC_CSM, "name=Ann\n");
	arena_init(&a);
	MUST(s->ops->account_keys(s, ids, 5, &a, out, &e));
	assert_true(text_eq(out[0], TEXT("z")) && text_eq(out[3], TEXT("z")));
	assert_true(text_eq(out[1], TEXT("x")));
	assert_true(!out[2].s && !out[2].n && !out[4].s && !out[4].n);
	MUST(s->ops->key(s, REC_ACCOUNT, 2, &a, &one, &e));
	assert_true(text_eq(one, TEXT("y")));
	MUST(s->ops->key(s, REC_CSM, 1, &a, &one, &e));
	assert_true(text_eq(one, TEXT("Ann")));
	MUST(s->ops->key(s, REC_SIGNAL, SIG_PULSE + 1, &a, &one, &e));
	assert_true(text_eq(one, TEXT("pulse")));
	MUST(s->ops->key(s, REC_CSM, 2, &a, &one, &e));
	assert_true(!one.s && !one.n);
	MUST(s->ops->key(s, REC_ACCOUNT, 0, &a, &one, &e));
	assert_true(!one.s && !one.n);
	arena_clear(&a);
}

struct expected_text {
	struct text text;
	int rows;
};

static enum status same_text(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct expected_text *x = arg;

	(void)id;
	(void)e;
	if (text_eq(cells[F_ACCOUNT_ID].t, x->text)) {
		x->rows++;
		assert_int_equal(cells[F_NAME].type, CELL_TEXT);
		assert_true(text_eq(cells[F_NAME].t, x->text));
	}
	return ST_OK;
}

/* Stores one text as key and as name, and finds it by the key. */
static void text_round_trip(struct store *s, struct text t)
{
	static const struct put_batch batch = { .kind = REC_ACCOUNT,
		.mapped = ALL_FIELDS };
	struct cell cells[RECORD_FIELDS_MAX] = {
		[F_ACCOUNT_ID] = CELL_OF_TEXT(t), [F_NAME] = CELL_OF_TEXT(t)
	};
	struct expected_text x = { t, 0 };
	uint32_t id = 0, found = 0;

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	MUST(s->ops->put(s, cells, 1, &id, &e));
	MUST(s->ops->batch_end(s, &(struct put_counts){ 0 }, &e));
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->find(s, REC_ACCOUNT, t, &found, &e));
	assert_int_equal(found, id);
	MUST(s->ops->rows(s, REC_ACCOUNT, 0, same_text, &x, &e));
	assert_int_equal(x.rows, 1);
}

void contract_any_text(void **state)
{
	static const char *const naughty[] = {
		"'; DROP TABLE account; --",
		"\"quoted\", 'twice' and `so`",
		"%s%n%d ?1 :name @x $y",
		"back\\slash \\0 \\n",
		"line\nbreak\r\n and\ttab",
		"\x01\x1b[31m\x7f\xc2\x85",
		" leading and trailing ",
		"1",
		"01",
		"1.0",
		"1e3",
		"NULL",
		"e\xcc\x81",
		"\xc3\xa9", /* the same to the eye, another text */
		"\xe2\x80\xaegpj.exe",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9",
		"\xef\xbf\xbf\xf4\x8f\xbf\xbf", /* noncharacters */
		"\xef\xbb\xbf with a mark",
		"i\xcc\x87 I \xc4\xb0 \xc4\xb1 \xc3\x9f \xe1\xba\x9e",
	};
	struct store *s = *state;

	for (size_t i = 0; i < sizeof(naughty) / sizeof(naughty[0]); i++)
		text_round_trip(s, text_of(naughty[i]));
	/* a text ends where it ends, whatever stands behind it */
	text_round_trip(s, (struct text){ "cut here, not there", 8 });
}

void contract_long_text(void **state)
{
	size_t n = 1000000;
	char *bytes = malloc(n);

	assert_non_null(bytes);
	memset(bytes, 'a', n);
	text_round_trip(*state, (struct text){ bytes, n });
	text_round_trip(*state, (struct text){ bytes, n - 1 });
	free(bytes);
}
