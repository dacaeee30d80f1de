/* What helps is said in the words of whoever asks for the import. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/importing.h"

/* What helps is said in the words of whoever asks. */
static void messages_say_the_words_of_the_request(void **state)
{
	static const struct import_words own = { "say DATES", "say DECIMAL", "or DROP",
		"ENC=", "NO TIERS", "a MAP", "a POLICY", "find ROOM" };
	static const struct {
		const char *csv, *encoding, *shell, *own;
	} rows[] = {
		{ "account_id,renewal_date\nA1,03/04/2024\n", NULL,
			": say --dates dmy or", ": say DATES" },
		{ "account_id,arr\nA1,\"1,234\"\n", NULL, ": say --decimal . or",
			": say DECIMAL" },
		{ "account_id,arr\nA1,$5\n", NULL, "; --signs drop leaves", "; or DROP" },
		{ "account_id\n\xE9\n", NULL, "try --encoding latin-1 or cp1252",
			"try ENC= latin-1 or cp1252" },
		{ "account_id\n\x81\n", "cp1252", "try --encoding latin-1",
			"try ENC= latin-1" },
		{ "account_id,tier\nA1,1\nA2,1\n", NULL,
			"leave tiers out with --ignore-tiers",
			"leave tiers out with NO TIERS" },
		{ "account,arr\n", NULL, "Say which is which with --map",
			"Say which is which with a MAP" },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, rows[i / 2].csv);
		const char *wanted = i % 2 ? rows[i / 2].own : rows[i / 2].shell;
		struct import_result r;
		struct err e;

		q.encoding = rows[i / 2].encoding;
		q.words = i % 2 ? &own : NULL;
		assert_int_not_equal(importing_run(s, &q, &r, &e), ST_OK);
		if (strstr(e.text, wanted) == NULL)
			fail_msg("%s: \"%s\" is not in: %s", q.bytes, wanted, e.text);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Of a column that is left out, and where there is no room for the copy. */
static void notes_say_the_words_of_the_request(void **state)
{
	static const struct import_words own = { .map = "a MAP", .room = "find ROOM" };
	static const struct {
		const char *header, *shell, *own;
	} rows[] = {
		{ "ARR (k EUR)", "may be a unit: --map takes it as it is",
			"may be a unit: a MAP takes it as it is" },
		{ "Growth (%)", "40 % is 0.4 here: --map takes it as it is",
			"40 % is 0.4 here: a MAP takes it as it is" },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q;
		struct import_result r;
		struct err e;
		char csv[80];

		snprintf(csv, sizeof(csv), "account_id,%s\nA1,1\n", rows[i / 2].header);
		q = importing_request(REC_ACCOUNT, csv);
		q.words = i % 2 ? &own : NULL;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		if (!importing_has_note(&r, i % 2 ? rows[i / 2].own : rows[i / 2].shell))
			fail_msg("%s", csv);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static enum status no_room(struct store *s, int64_t operation, struct arena *a,
	struct text *name, struct err *e)
{
	(void)s;
	(void)operation;
	(void)a;
	(void)name;
	return err_set(e, ST_IO, "disk full");
}

static void no_copy_says_the_words_of_the_request(void **state)
{
	static const struct import_words own = { .map = "a MAP", .room = "find ROOM" };
	struct store *s = importing_book("account_id=A1\n");
	const struct store_ops *theirs = s->ops;
	struct store_ops ops = *theirs;
	struct import_request q = importing_request(
		REC_SIGNAL, "account_id,date,signal,value\nA1,2024-01-01,own,1\n");

	(void)state;
	ops.keep = no_room;
	q.actor = "Lea";
	for (int i = 0; i < 2; i++) {
		struct import_result r;
		struct err e;

		s->ops = &ops;
		q.words = i ? &own : NULL;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_IO);
		assert_non_null(strstr(
			e.text, i ? "the import; find ROOM" : "import with --no-backup"));
		import_result_clear(&r);
		s->ops = theirs;
	}
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_say_the_words_of_the_request),
		cmocka_unit_test(notes_say_the_words_of_the_request),
		cmocka_unit_test(no_copy_says_the_words_of_the_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
