/* Tiers on disk: what tiers_save refuses, what other clients can do, what follows. */
#include "tests/unit/test_db_help.h"

#include "core/review.h"

enum { DAY = 20000 };

/* A book of n accounts, all active; their tiers given as a string: "1233". */
static struct store *book(const char *name, uint32_t n)
{
	struct store *s = help_open(name);
	rows_add_accounts(s, n);
	return s;
}

static enum status save(struct store *s, const char *tiers, uint32_t active)
{
	struct tiers t;
	enum status st;
	MUST(s->ops->tiers_load(s, &t, &e));
	for (uint32_t i = 0; i < t.n && i < strlen(tiers); i++) {
		t.tier[i] = (uint8_t)(tiers[i] - '0');
		t.since[i] = DAY;
		t.up[i] = 1;
	}
	t.review_day = DAY;
	MUST(s->ops->begin(s, &e));
	st = s->ops->tiers_save(s, &t, DAY, active, NULL);
	if (st == ST_OK)
		MUST(s->ops->commit(s, &e));
	else
		s->ops->rollback(s);
	tiers_clear(&t);
	return st;
}

static void tiers_are(struct store *s, const char *expected)
{
	struct tiers t;
	char got[64] = "";
	MUST(s->ops->tiers_load(s, &t, &e));
	for (uint32_t i = 0; i < t.n; i++)
		got[i] = (char)('0' + t.tier[i]);
	tiers_clear(&t);
	assert_string_equal(got, expected);
}

static void test_caps(void **state)
{
	(void)state;
	struct store *s = book("caps", 20);
	/* 10 % of 20 = 2, 30 % = 6 */
	assert_int_equal(save(s, "11222222333333333333", 20), ST_OK);
	tiers_are(s, "11222222333333333333");
	assert_int_equal(save(s, "11122222333333333333", 20), ST_FORBIDDEN);
	assert_int_equal(save(s, "11222222233333333333", 20), ST_FORBIDDEN);
	tiers_are(s, "11222222333333333333");
	/* swapping members of a full tier, and of all tiers at once */
	assert_int_equal(save(s, "22112222333333333333", 20), ST_OK);
	assert_int_equal(save(s, "33333333333322222211", 20), ST_OK);
	/* a base that is not there can't be claimed */
	assert_int_equal(save(s, "11133333333322222233", 40), ST_FORBIDDEN);
	/* a base that shrank: the tier is over its cap, and may only shrink */
	assert_int_equal(save(s, "33333333333322222211", 10), ST_OK);
	assert_int_equal(save(s, "33333333333222222211", 10), ST_FORBIDDEN);
	assert_int_equal(save(s, "33333333333332222213", 10), ST_OK);
	assert_int_equal(save(s, "33333333333332222211", 10), ST_FORBIDDEN);
	tiers_are(s, "33333333333332222213");
	s->ops->close(s);
}

static void test_first_place(void **state)
{
	(void)state;
	struct store *s = book("first", 3); /* the cap is at least one */
	assert_int_equal(save(s, "123", 3), ST_OK);
	assert_int_equal(save(s, "113", 3), ST_FORBIDDEN);
	assert_int_equal(save(s, "000", 0), ST_OK);
	assert_int_equal(save(s, "123", 0), ST_OK);
	s->ops->close(s);
}

static int32_t policy(struct store *s, uint32_t cap1, uint32_t cap2)
{
	uint32_t caps[TIER_COUNT] = { cap1, cap2, 10000 };
	struct policy_version p = { .at = 1, .author = "a", .reason = "r", .text = "t" };
	int32_t version = 0;
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->policy_save(s, &p, caps, &version, &e));
	MUST(s->ops->commit(s, &e));
	return version;
}

static void test_caps_follow_the_policy(void **state)
{
	(void)state;
	struct store *s = book("policy", 20);
	assert_int_equal(save(s, "11222222333333333333", 20), ST_OK);
	assert_int_equal(policy(s, 2000, 3000), 1);
	assert_int_equal(save(s, "11112222333333333333", 20), ST_OK);
	/* lowering never fails: the tier is over, and says so */
	assert_int_equal(policy(s, 500, 500), 2);
	tiers_are(s, "11112222333333333333");
	struct help_findings f = help_verify(s);
	assert_int_equal(f.n, 2);
	assert_non_null(strstr(f.text, "3 over its cap"));
	assert_int_equal(save(s, "11111222333333333333", 20), ST_FORBIDDEN);
	assert_int_equal(save(s, "13333333333333333332", 20), ST_OK);
	assert_int_equal(help_verify(s).n, 0);
	assert_int_equal(policy(s, 10000, 10000), 3); /* all of the base */
	assert_int_equal(save(s, "11111111112222222222", 20), ST_OK);
	s->ops->close(s);
}

/* Accounts that leave make the base smaller at once, whoever writes it. */
static void test_base_shrinks(void **state)
{
	static const struct {
		const char *sql;
		int gone;
	} rows[] = {
		{ "UPDATE account SET arr = arr + 1", 0 },
		{ "UPDATE account SET churned_on = 20001 WHERE id = 20", 0 },
		{ "UPDATE account SET churned_on = 20000 WHERE id = 20", 1 },
		{ "UPDATE account SET churned_on = 19000 WHERE id = 20", 0 },
		{ "UPDATE account SET status = 'churned' WHERE id = 19", 1 },
		{ "UPDATE account SET contract_start = 20001 WHERE id = 18", 1 },
		{ "DELETE FROM account WHERE id = 17", 1 },
		{ "DELETE FROM account WHERE id = 19", 0 },
		{ "INSERT INTO account(account_id) VALUES ('new')", 0 },
		{ "UPDATE account SET status = 'churned', churned_on = 30000"
		  " WHERE id = 16",
			0 },
	};
	(void)state;
	struct store *s = book("shrinks", 20);
	assert_int_equal(save(s, "11222222333333333333", 20), ST_OK);
	s->ops->close(s);
	int64_t active = 20;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(help_sql("shrinks", rows[i].sql), SQLITE_OK);
		active -= rows[i].gone;
		if (help_int("shrinks", "SELECT n_active FROM book") != active)
			fail_msg("%s", rows[i].sql);
	}
	/* 16 active: the cap of tier 1 is 1 now, one of its two may go, none come */
	assert_int_equal(help_int("shrinks", "SELECT places FROM tier_cap"), 1);
	assert_int_equal(help_sql("shrinks", "UPDATE account_tier SET tier = 3"
					     " WHERE account_id = '1'"),
		SQLITE_OK);
	assert_int_equal(help_sql("shrinks", "UPDATE account_tier SET tier = 1"
					     " WHERE account_id = '3'"),
		SQLITE_CONSTRAINT);
}

/* Moves typed into another client are taken over: in the tier since the last count. */
static void test_moved_by_hand(void **state)
{
	struct tiers t;
	(void)state;
	struct store *s = book("hand", 20);
	assert_int_equal(save(s, "1122222333333333333", 20), ST_OK);
	assert_int_equal(
		help_sql("hand", "UPDATE account_tier SET tier = 3 WHERE id = 1"),
		SQLITE_OK);
	assert_int_equal(
		help_sql("hand", "UPDATE account_tier SET tier = 1 WHERE id IN (9, 10)"),
		SQLITE_CONSTRAINT);
	assert_int_equal(
		help_sql("hand", "UPDATE account_tier SET tier = 1 WHERE id = 20"),
		SQLITE_OK);
	assert_int_equal(
		help_sql("hand", "UPDATE account_tier SET tier = 4 WHERE id = 20"),
		SQLITE_CONSTRAINT);
	assert_int_equal(
		help_sql("hand", "UPDATE account_tier SET name = 'x' WHERE id = 20"),
		SQLITE_CONSTRAINT);
	tiers_are(s, "31222223333333333331");
	MUST(s->ops->tiers_load(s, &t, &e));
	assert_int_equal(t.up[0], 0); /* moved: streaks begin anew */
	assert_int_equal(t.since[0], DAY);
	assert_int_equal(t.up[1], 1);
	tiers_clear(&t);
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
}

static void test_verify_finds(void **state)
{
	static const struct {
		const char *sql, *finding;
	} rows[] = {
		{ "UPDATE tier_roster SET members = CAST('00000002,00000002,' AS BLOB)"
		  " WHERE tier = 1",
			"a second time" },
		{ "UPDATE tier_roster SET members = CAST('00000777,' AS BLOB)"
		  " WHERE tier = 1",
			"not there" },
		{ "UPDATE tier_roster SET members = CAST('garbage!!' AS BLOB)"
		  " WHERE tier = 1",
			"no member" },
		{ "UPDATE tier_roster SET members = CAST(' 0000001,' AS BLOB)"
		  " WHERE tier = 1",
			"no member" },
		{ "UPDATE account SET csm = 99 WHERE id = 1", "not there" },
		{ "INSERT INTO ticket(ticket_id, account, opened_on) VALUES ('t', 99, 1)",
			"not there" },
		{ "UPDATE tier_state SET data = x'00'", "tier_state" },
		{ "INSERT INTO review VALUES (1, 1, 1, '', 1, 1, 1, 1);"
		  "INSERT INTO review_moves VALUES (1, 0, x'00')",
			"review" },
		{ "INSERT INTO review VALUES (1, 1, 1, '', 1, 1, 4294967295, 1)",
			"moves where there should be" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char name[32];
		snprintf(name, sizeof(name), "verify%zu", i);
		struct store *s = book(name, 20);
		assert_int_equal(save(s, "11222222333333333333", 20), ST_OK);
		assert_int_equal(help_verify(s).n, 0);
		assert_int_equal(help_sql(name, rows[i].sql), SQLITE_OK);
		struct help_findings f = help_verify(s);
		if (f.n == 0 || strstr(f.text, rows[i].finding) == NULL)
			fail_msg("%s: found %d: %s", rows[i].sql, f.n, f.text);
		s->ops->close(s);
	}
}

static void test_ids_are_not_given_again(void **state)
{
	uint32_t id;
	(void)state;
	struct store *s = book("again", 3);
	assert_int_equal(
		help_sql("again", "DELETE FROM account WHERE id = 3"), SQLITE_OK);
	rows_put(s, REC_ACCOUNT, "account_id=new\n");
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("new"), &id, &e));
	assert_int_equal(id, 4);
	s->ops->close(s);
}

/* What a book takes in, a tier can hold. */
static void test_members_of_a_full_book(void **state)
{
	(void)state;
	struct store *s = book("full", 1);
	const int most = sqlite3_limit(db_of(s)->h, SQLITE_LIMIT_LENGTH, -1);
	assert_true(most / DB_MEMBER_BYTES >= DB_ACCOUNT_MAX);
	assert_true(DB_ACCOUNT_MAX <= 99999999); /* eight digits */
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members_of_a_full_book),
		cmocka_unit_test(test_caps),
		cmocka_unit_test(test_first_place),
		cmocka_unit_test(test_caps_follow_the_policy),
		cmocka_unit_test(test_base_shrinks),
		cmocka_unit_test(test_moved_by_hand),
		cmocka_unit_test(test_verify_finds),
		cmocka_unit_test(test_ids_are_not_given_again),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
