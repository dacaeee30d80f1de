/* Whatever is done to a row of the history shows, and an anchor shows what the seals
 * alone can't. */
#include "tests/unit/test_db_sealed.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Nine rows of three kinds. */
static void edit(struct book *b, int number)
{
	char text[32];
	const int n = snprintf(text, sizeof(text), "Text %d", number);
	const struct cell name = CELL_OF_TEXT(((struct text){ text, (size_t)n }));
	const struct cell account[ACCOUNT_FIELDS] = { [F_NAME] = name };
	const struct cell csm[CSM_FIELDS] = { [F_CSM_TEAM] = name };
	const struct cell touch[TOUCH_FIELDS] = { [F_TOUCH_MINUTES] =
							  CELL_OF_NUMBER(number + 0.5) };
	struct change c[9];

	for (uint32_t i = 0; i < 3; i++) {
		c[i] = (struct change){ REC_ACCOUNT, i + 1, 1u << F_NAME, account, NULL };
		c[i + 3] = (struct change){ REC_CSM, i + 1, 1u << F_CSM_TEAM, csm, NULL };
		c[i + 6] = (struct change){ REC_TOUCH, i + 1, 1u << F_TOUCH_MINUTES,
			touch, NULL };
	}
	MUST(book_change(b, c, LENGTH(c), "edit", text, &e));
}

/* By hand, with tiers among it, and by another program. */
static struct book *long_log(void)
{
	struct book *b = sealed_book("log");

	walking_fill(book_store(b));
	for (int i = 0; i < 120; i++) {
		edit(b, i);
		if (i % 20 == 0)
			MUST(book_set_tier(b, 1, i % 40 ? 3 : 2, 0, "why", &e));
		if (i % 20 == 10)
			assert_int_equal(
				help_sql("log",
					"UPDATE account SET arr = arr + 1;"
					" UPDATE touch SET minutes = minutes + 1"),
				SQLITE_OK);
	}
	assert_int_equal(help_verify(book_store(b)).n, 0);
	assert_in_range(
		help_int("log", "SELECT count(*) FROM operation_change"), 1000, 2000);
	assert_true(help_int("log", "SELECT count(*) FROM operation_tiers") > 3);
	assert_int_equal(sealed_head(b).operation,
		help_int("log", "SELECT count(*) FROM operation"));
	return b;
}

/* Ways to damage one row: of which it is, temp.here tells. */
#define OPERATION "(SELECT operation FROM temp.here)"
#define SEQ "(SELECT seq FROM temp.here)"
#define CHANGE " WHERE operation = " OPERATION " AND seq = " SEQ

struct tampering {
	const char *rows; /* operation and number of each, for which it is tried */
	const char *sql;
	bool elsewhere; /* the finding may name another operation */
};

/* Of the rows each is tried with one of five flips, and with each other way. */
#define CHANGES_BY(n)                                        \
	("SELECT operation, seq FROM operation_change WHERE" \
	 " (operation * 3 + seq) % 5 = " n " ORDER BY 1, 2")
#define CHANGES "SELECT operation, seq FROM operation_change ORDER BY 1, 2"
#define OPERATIONS_BY(n) ("SELECT id, 0 FROM operation WHERE id % 11 = " n " ORDER BY 1")
#define OPERATIONS "SELECT id, 0 FROM operation ORDER BY 1"
#define TIERS "SELECT operation, 0 FROM operation_tiers ORDER BY 1"
#define SEALS "SELECT operation, 0 FROM operation_seal ORDER BY 1"

static const struct tampering tamperings[] = {
	{ CHANGES_BY("0"), ("UPDATE operation_change SET after = after || ' '" CHANGE),
		false },
	{ CHANGES_BY("1"), ("UPDATE operation_change SET before = '{}'" CHANGE), false },
	{ CHANGES_BY("2"), ("UPDATE operation_change SET row = row + 1" CHANGE), false },
	{ CHANGES_BY("3"), ("UPDATE operation_change SET kind = kind || 's'" CHANGE),
		false },
	{ CHANGES_BY("4"),
		("UPDATE operation_change SET account = ifnull(account, 0) + 1" CHANGE),
		false },
	{ CHANGES, ("DELETE FROM operation_change" CHANGE), false },
	{ CHANGES,
		("INSERT INTO operation_change SELECT operation, seq + 1000, kind, row,"
		 " account, before, after FROM operation_change" CHANGE),
		false },
	/* changes places with the one after it; the last goes to another operation */
	{ CHANGES,
		("UPDATE operation_change SET seq = -1" CHANGE
		 "; UPDATE operation_change SET seq = seq - 1 WHERE operation "
		 "= " OPERATION " AND seq = " SEQ
		 " + 1; UPDATE operation_change SET seq = " SEQ
		 " + 1 WHERE operation = " OPERATION
		 " AND seq = -1; UPDATE operation_change SET operation = operation - 1,"
		 " seq = 1000 WHERE operation = " OPERATION " AND seq = " SEQ
		 " + 1 AND NOT EXISTS (SELECT 1 FROM operation_change"
		 "  WHERE operation = " OPERATION " AND seq = " SEQ ")"),
		false },
	{ OPERATIONS_BY("0"), "UPDATE operation SET title = 'x' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("1"), "UPDATE operation SET at = at + 1 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("2"), "UPDATE operation SET actor = 'Bo' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("3"), "UPDATE operation SET step = 'redo' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("4"), "UPDATE operation SET reason = 'x' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("5"), "UPDATE operation SET reverses = -id WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("6"), "UPDATE operation SET account = 77 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("7"), "UPDATE operation SET changes = 77 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("8"),
		"UPDATE operation SET kind = 'recalc' WHERE id = " OPERATION, false },
	{ OPERATIONS_BY("9"), "UPDATE operation SET subject = 7 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("10"), "UPDATE operation SET backup = 'x' WHERE id = " OPERATION,
		false },
	{ OPERATIONS, "DELETE FROM operation WHERE id = " OPERATION, false },
	{ OPERATIONS,
		("UPDATE operation SET id = -1 WHERE id = " OPERATION
		 "; UPDATE operation SET id = id + 1 WHERE id = " OPERATION
		 " - 1; UPDATE operation SET id = " OPERATION " - 1 WHERE id = -1"),
		false },
	{ OPERATIONS,
		("INSERT INTO operation(id, at, actor, step, title, changes)"
		 " VALUES (-" OPERATION ", 0, 'Ann', 'change', 'x', 0)"),
		true },
	/* all of it, with its seal */
	{ "SELECT id, 0 FROM operation WHERE id < (SELECT max(id) FROM operation)",
		("DELETE FROM operation_change WHERE operation = " OPERATION
		 "; DELETE FROM operation_tiers WHERE operation = " OPERATION
		 "; DELETE FROM operation_seal WHERE operation = " OPERATION
		 "; DELETE FROM operation WHERE id = " OPERATION),
		false },
	{ TIERS,
		"UPDATE operation_tiers SET data = CAST(data || x'00' AS BLOB) WHERE "
		"operation "
		"= " OPERATION,
		false },
	{ TIERS,
		"UPDATE operation_tiers SET review_before = 7 WHERE operation "
		"= " OPERATION,
		false },
	{ TIERS,
		"UPDATE operation_tiers SET review_after = 7 WHERE operation "
		"= " OPERATION,
		false },
	{ TIERS, "DELETE FROM operation_tiers WHERE operation = " OPERATION, false },
	{ TIERS,
		"UPDATE operation_tiers SET operation = operation - 1 WHERE operation "
		"= " OPERATION,
		false },
	{ SEALS, "DELETE FROM operation_seal WHERE operation = " OPERATION, false },
	{ SEALS,
		("UPDATE operation_seal SET seal = substr(seal, 2) || substr(seal, 1, 1)"
		 " WHERE operation = " OPERATION),
		false },
	{ SEALS,
		("UPDATE operation_seal SET how = CASE how WHEN 'commit' THEN 'upgrade'"
		 " ELSE 'commit' END WHERE operation = " OPERATION),
		false },
};

/* The finding names the operation, or the one whose seal stands on it. */
static bool names(const char *finding, long long operation)
{
	const char *at = strrchr(finding, ':');
	const long long told = at ? strtoll(at + strlen(": operation "), NULL, 10) : 0;

	return told >= operation - 1 && told <= operation + 1;
}

static int tamper(struct db *d, const struct tampering *t)
{
	sqlite3_stmt *rows;
	char here[120];
	int tried = 0;

	assert_int_equal(sqlite3_prepare_v2(d->h, t->rows, -1, &rows, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		const long long operation = sqlite3_column_int64(rows, 0);
		struct help_findings f;
		int changed;

		snprintf(here, sizeof(here),
			"UPDATE temp.here SET operation = %lld, seq = %lld", operation,
			(long long)sqlite3_column_int64(rows, 1));
		sealed_run(d, here);
		f = sealed_after(d, t->sql, &changed);
		if (changed == 0 || f.n != 1 ||
			(!t->elsewhere && !names(f.text, operation)))
			fail_msg("%s\n%s\nfound: %s", here, t->sql, f.text);
		tried++;
	}
	sqlite3_finalize(rows);
	return tried;
}

/* Each row of the log in each of the ways. */
static void test_each_row(void **state)
{
	struct book *b = long_log();
	struct db *d = db_of(book_store(b));
	int tried = 0;

	(void)state;
	sealed_without_triggers(d);
	sealed_run(d,
		"CREATE TEMP TABLE here(operation, seq); INSERT INTO here VALUES (0, 0)");
	sealed_run(d, "BEGIN");
	for (size_t k = 0; k < LENGTH(tamperings); k++)
		tried += tamper(d, &tamperings[k]);
	sealed_run(d, "ROLLBACK");
	assert_true(tried > 4 * 1000 + 7 * 120);
	book_free(&b);
}

/* The end of the log cut off anywhere: the seals alone can't tell, the anchor can. */
static void test_truncated(void **state)
{
	struct book *b = sealed_book("log");
	struct db *d = db_of(book_store(b));
	const int64_t n = sealed_head(b).operation;
	char anchor[120], sql[400];

	(void)state;
	sealed_anchor(b, anchor);
	assert_true(sealed_holds(b, anchor));
	sealed_without_triggers(d);
	sealed_run(d, "BEGIN");
	for (int64_t last = n - 1; last >= 0; last--) {
		struct help_findings f = { .n = 0 };

		snprintf(sql, sizeof(sql),
			"DELETE FROM operation_change WHERE operation > %lld;"
			"DELETE FROM operation_tiers WHERE operation > %lld;"
			"DELETE FROM operation_seal WHERE operation > %lld;"
			"DELETE FROM operation WHERE id > %lld",
			(long long)last, (long long)last, (long long)last,
			(long long)last);
		sealed_run(d, sql);
		if (last % 50 == 0)
			MUST(seal_check(d, help_found, &f, &e));
		assert_int_equal(f.n, 0);
		if (sealed_holds(b, anchor))
			fail_msg("cut off after %lld: not told", (long long)last);
	}
	sealed_run(d, "ROLLBACK");
	book_free(&b);
}

/* All of it written anew with what the program itself uses: only the anchor knows. And
 * seals that were only removed are made again, but told. */
static void test_sealed_anew(void **state)
{
	struct book *b = sealed_book("log");
	struct db *d = db_of(book_store(b));
	struct help_findings f = { .n = 0 };
	char anchor[120];

	(void)state;
	sealed_anchor(b, anchor);
	sealed_without_triggers(d);
	for (int honest = 0; honest < 2; honest++) {
		sealed_run(d,
			"BEGIN; UPDATE operation SET reason = 'other' WHERE id = 100;"
			"DELETE FROM operation_seal WHERE operation >= 100");
		MUST(seal_history(d, honest ? SEAL_LATER : SEAL_COMMIT, &e));
		f.n = 0;
		MUST(seal_check(d, help_found, &f, &e));
		assert_int_equal(f.n, honest);
		assert_false(sealed_holds(b, anchor));
		sealed_run(d, "ROLLBACK");
	}
	assert_true(sealed_holds(b, anchor));
	book_free(&b);
}

static void test_anchors(void **state)
{
	static const char *const bad[] = { "", "7", "7:", ":12345678", "7:1234567",
		"7:1234567x", "0:12345678", "-7:12345678", "7 :12345678", " 7:12345678",
		"7:0123456789012345678901234567890123456789012345678901234567890123x",
		"9999999999999999999:12345678", "7:12345678 " };
	struct book *b = sealed_book("log");
	struct history_seal seal;
	char anchor[120];

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (history_anchor(book_store(b), text_of(bad[i]), help_found, NULL,
			    NULL) != ST_USAGE)
			fail_msg("taken for an anchor: %s", bad[i]);
	MUST(book_store(b)->ops->sealed(book_store(b), 7, &seal, &e));
	assert_int_equal(seal.operation, 7);
	snprintf(anchor, sizeof(anchor), "7:%.8s", seal.hex);
	assert_true(sealed_holds(b, anchor));
	snprintf(anchor, sizeof(anchor), "7:%s", seal.hex);
	assert_true(sealed_holds(b, anchor));
	snprintf(anchor, sizeof(anchor), "8:%s", seal.hex);
	assert_false(sealed_holds(b, anchor));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_row),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_sealed_anew),
		cmocka_unit_test(test_anchors),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
