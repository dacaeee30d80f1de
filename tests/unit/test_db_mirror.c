/* Mirrors: however they came about, a part says what the rows say. */
#include "tests/unit/test_db_plain.h"

#include "db/mirror.h"

/* Accounts lie thinly over more parts than are made one by one. */
enum {
	PARTS = 12,
	ACCOUNTS = 400,
	STEP = PARTS * PART_ACCOUNTS / ACCOUNTS,
	AS_OF = 20500
};

static uint32_t random_account(void)
{
	return 1 + random_below(ACCOUNTS) * STEP;
}

/* ---- rows ---- */

static const char *random_currency(void)
{
	static const char *const codes[] = { "NULL", "NULL", "'EUR'", "'USD'", "'CHF'",
		"'euro'" };
	return codes[random_below(LENGTH(codes))];
}

/* A number, now and then none. */
static const char *maybe(int64_t n)
{
	static char text[8][24];
	static int at;
	at = (at + 1) % 8;
	if (random_below(4) == 0)
		return "NULL";
	snprintf(text[at], sizeof(text[at]), "%lld", (long long)n);
	return text[at];
}

static void add_account(sqlite3 *h, uint32_t id)
{
	char sql[512];
	snprintf(sql, sizeof(sql),
		"INSERT INTO account(id, account_id, arr, currency, contract_start,"
		" renewal_date, status, churned_on, growth, reference, marquee, advocate,"
		" parent_expansion, complexity, seats_purchased, onboarding_started)"
		" VALUES (%u, 'A%u', %s, %s, %s, %s, %s, %s, %s / 100.0, %u, %s, %u,"
		" NULL, %s, %s, %s)",
		id, id, maybe(random_below(1000000)), random_currency(),
		maybe(19000 + random_below(1500)), maybe(20000 + random_below(900)),
		random_below(5) ? "'active'" : "'churned'", maybe(20300),
		maybe(random_below(200)), random_below(2), maybe(1), random_below(2),
		maybe(random_below(100)), maybe(random_below(500)), maybe(20400));
	run(h, sql);
}

static void add_child(sqlite3 *h)
{
	static int number;
	char sql[256];
	uint32_t account = random_account();
	int32_t day = 19500 + (int32_t)random_below(1200);
	int32_t until = day + (int32_t)random_below(400);
	switch (random_below(6)) {
	case 0:
		snprintf(sql, sizeof(sql),
			"INSERT INTO ticket(ticket_id, account, opened_on)"
			" VALUES ('T%d', %u, %d)",
			++number, account, day);
		break;
	case 1:
		snprintf(sql, sizeof(sql),
			"INSERT INTO survey(account, date, kind, score) VALUES"
			" (%u, %d, '%s', %s)",
			account, 20000 + day % 3,
			(const char *[]){ "nps", "csat", "ces" }[random_below(3)],
			maybe(random_below(11)));
		break;
	case 2:
		snprintf(sql, sizeof(sql),
			"INSERT INTO touch(account, date, two_way) VALUES (%u, %d, %s)",
			account, day, maybe(random_below(3) > 0));
		break;
	case 3:
		snprintf(sql, sizeof(sql),
			"INSERT INTO contact(account, role, since, left_on) VALUES"
			" (%u, '%s', %s, %s)",
			account,
			(const char *[]){
				"champion", "sponsor", "user" }[random_below(3)],
			maybe(day), maybe(until));
		break;
	case 4:
		snprintf(sql, sizeof(sql),
			"INSERT INTO contract(contract_id, account, start, \"end\", arr,"
			" currency) VALUES ('C%d', %u, %d, %s, %u, %s)",
			++number, account, day, maybe(until), random_below(900000),
			random_currency());
		break;
	default:
		snprintf(sql, sizeof(sql),
			"INSERT INTO movement(account, date, kind, arr_delta, currency)"
			" VALUES (%u, %d, '%s', %u, %s)",
			account, day,
			(const char *[]){ "new", "expansion", "contraction", "churn",
				"reactivation" }[random_below(5)],
			random_below(90000), random_currency());
	}
	run(h, sql);
}

static void fill(struct book *b)
{
	if (made_before(b->other))
		return;
	run(b->other, "BEGIN");
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		add_account(b->other, 1 + i * STEP);
	for (int i = 0; i < 4000; i++)
		add_child(b->other);
	run(b->other, "COMMIT");
	made_keep(b->other);
}

/* ---- comparing ---- */

#define SAME(a, b, array, n) \
	assert_memory_equal((a)->array, (b)->array, (n) * sizeof(*(a)->array))

static void same_currencies(
	struct book *b, const currency_id *x, const currency_id *y, uint32_t n)
{
	const char(*codes)[4];
	uint32_t count;
	MUST(b->s->ops->currencies(b->s, &codes, &count, &e));
	for (uint32_t i = 0; i < n; i++) {
		assert_true(x[i] < count && y[i] < count);
		assert_string_equal(codes[x[i]], codes[y[i]]);
	}
}

static void parts_equal(struct book *b, const struct part *x, const struct part *y)
{
	assert_int_equal(x->first_id, y->first_id);
	assert_int_equal(x->n, y->n);
	SAME(x, y, flags, x->n);
	SAME(x, y, arr, x->n);
	SAME(x, y, csm, x->n);
	SAME(x, y, contract_start, x->n);
	SAME(x, y, renewal, x->n);
	SAME(x, y, churned_on, x->n);
	SAME(x, y, onboarding, x->n);
	SAME(x, y, first_value, x->n);
	SAME(x, y, growth, x->n);
	SAME(x, y, complexity, x->n);
	SAME(x, y, maturity, x->n);
	SAME(x, y, stakeholders, x->n);
	SAME(x, y, seats_purchased, x->n);
	SAME(x, y, features_available, x->n);
	same_currencies(b, x->currency, y->currency, x->n);
#define SAME_LIST(list, array) SAME(&x->list, &y->list, array, x->list.n)
	assert_int_equal(x->tickets.n, y->tickets.n);
	SAME_LIST(tickets, at);
	SAME_LIST(tickets, opened);
	assert_int_equal(x->surveys.n, y->surveys.n);
	SAME_LIST(surveys, at);
	SAME_LIST(surveys, day);
	SAME_LIST(surveys, is_csat);
	SAME_LIST(surveys, score);
	assert_int_equal(x->touches.n, y->touches.n);
	SAME_LIST(touches, at);
	SAME_LIST(touches, day);
	assert_int_equal(x->contacts.n, y->contacts.n);
	SAME_LIST(contacts, at);
	SAME_LIST(contacts, is_sponsor);
	SAME_LIST(contacts, since);
	SAME_LIST(contacts, left);
	assert_int_equal(x->contracts.n, y->contracts.n);
	SAME_LIST(contracts, at);
	SAME_LIST(contracts, start);
	SAME_LIST(contracts, end);
	SAME_LIST(contracts, arr);
	same_currencies(b, x->contracts.currency, y->contracts.currency, x->contracts.n);
	assert_int_equal(x->movements.n, y->movements.n);
	SAME_LIST(movements, at);
	SAME_LIST(movements, day);
	SAME_LIST(movements, kind);
	SAME_LIST(movements, delta);
	same_currencies(b, x->movements.currency, y->movements.currency, x->movements.n);
}

/* A part of one account: what the whole one has at its position. */
static void one_equals(struct book *b, const struct part *x, uint32_t i)
{
	struct part one, cut = *x;
	MUST(part_init(&one, &e));
	MUST(b->s->ops->part_of_one(b->s, x->first_id + i, AS_OF, &one, &e));
	cut.first_id = x->first_id + i;
	cut.n = 1;
#define CUT(array) (cut.array = x->array + i)
	CUT(flags), CUT(arr), CUT(csm), CUT(contract_start), CUT(renewal);
	CUT(churned_on), CUT(onboarding), CUT(first_value), CUT(growth);
	CUT(complexity), CUT(maturity), CUT(stakeholders), CUT(seats_purchased);
	CUT(features_available), CUT(currency);
/* From the first of its rows to the last; their positions are compared on the way. */
#define CUT_LIST(list, ...)                                                    \
	do {                                                                   \
		uint32_t from = 0, to;                                         \
		while (from < x->list.n && x->list.at[from] < i)               \
			from++;                                                \
		for (to = from; to < x->list.n && x->list.at[to] == i; to++) { \
			assert_true(to - from < one.list.n);                   \
			assert_int_equal(one.list.at[to - from], 0);           \
		}                                                              \
		cut.list.n = to - from;                                        \
		cut.list.at = one.list.at;                                     \
		__VA_ARGS__;                                                   \
	} while (0)
	CUT_LIST(tickets, cut.tickets.opened += from);
	CUT_LIST(surveys, cut.surveys.day += from, cut.surveys.is_csat += from,
		cut.surveys.score += from);
	CUT_LIST(touches, cut.touches.day += from);
	CUT_LIST(contacts, cut.contacts.is_sponsor += from, cut.contacts.since += from,
		cut.contacts.left += from);
	CUT_LIST(contracts, cut.contracts.start += from, cut.contracts.end += from,
		cut.contracts.arr += from, cut.contracts.currency += from);
	CUT_LIST(movements, cut.movements.day += from, cut.movements.kind += from,
		cut.movements.delta += from, cut.movements.currency += from);
	parts_equal(b, &cut, &one);
	part_clear(&one);
}

static int64_t mirrors(struct book *b)
{
	int64_t n = 0;
	MUST(stmt_query_int(
		b->d, "SELECT count(*) FROM mirror WHERE source < 100", 0, &n, &e));
	return n;
}

static void refresh(struct book *b)
{
	MUST(b->s->ops->begin(b->s, &e));
	MUST(mirror_refresh(b->d, &e));
	MUST(b->s->ops->commit(b->s, &e));
	assert_int_equal(mirrors(b), PARTS * MIRROR_SOURCES);
}

/* Parts as they are read now, and then as the rows alone give them. */
static void mirrors_are_right(struct book *b)
{
	static struct part now[PARTS];
	struct part rows;
	MUST(part_init(&rows, &e));
	for (uint32_t i = 0; i < PARTS; i++) {
		MUST(part_init(&now[i], &e));
		MUST(b->s->ops->part(b->s, i, AS_OF, &now[i], &e));
	}
	run(b->other, "DELETE FROM mirror");
	for (uint32_t i = 0; i < PARTS; i++) {
		MUST(b->s->ops->part(b->s, i, AS_OF, &rows, &e));
		parts_equal(b, &now[i], &rows);
		for (uint32_t k = 0; k < now[i].n; k++) /* and some that are not there */
			if (random_below(now[i].flags[k] & ACC_PRESENT ? 20 : 500) == 0)
				one_equals(b, &now[i], k);
		part_clear(&now[i]);
	}
	assert_int_equal(mirrors(b), 0); /* reading stores nothing */
	part_clear(&rows);
}

/* ---- tests ---- */

static void test_made_all_at_once(void **state)
{
	struct book *b = *state;
	fill(b);
	refresh(b);
	MUST(db_mirror_check(b->d, not_found, NULL, &e));
	mirrors_are_right(b);
}

static void test_made_one_by_one(void **state)
{
	struct book *b = *state;
	struct part p;
	fill(b);
	MUST(part_init(&p, &e));
	MUST(b->s->ops->begin(b->s, &e));
	for (uint32_t i = 0; i < PARTS; i++)
		MUST(b->s->ops->part(b->s, i, AS_OF, &p, &e));
	MUST(b->s->ops->commit(b->s, &e));
	part_clear(&p);
	assert_int_equal(mirrors(b), PARTS * MIRROR_SOURCES);
	MUST(db_mirror_check(b->d, not_found, NULL, &e));
	mirrors_are_right(b);
}

/* Changes of every kind by another program, through which the mirrors stay right. */
static void random_change(struct book *b)
{
	static const char *const changes[] = {
		"UPDATE ticket SET opened_on = opened_on - 9 WHERE account = ?1",
		"UPDATE ticket SET account = 1 WHERE account = ?1",
		"DELETE FROM ticket WHERE account = ?1",
		"UPDATE survey SET score = 3 WHERE account = ?1",
		"DELETE FROM survey WHERE account = ?1",
		"UPDATE touch SET two_way = 1 WHERE account = ?1",
		"UPDATE contact SET left_on = 20100 WHERE account = ?1",
		"UPDATE contact SET account = 1 WHERE account = ?1",
		"DELETE FROM contract WHERE account = ?1",
		"UPDATE contract SET currency = 'SEK' WHERE account = ?1",
		"UPDATE movement SET arr_delta = arr_delta + 1 WHERE account = ?1",
		"UPDATE account SET arr = 5, currency = 'NOK' WHERE id = ?1",
		"UPDATE account SET status = 'churned', churned_on = 20200 WHERE id = ?1",
		"REPLACE INTO ticket VALUES (7, 'T-7', ?1, 1, NULL, NULL, NULL, NULL)",
	};
	if (random_below(3) == 0) {
		add_child(b->other);
		return;
	}
	sqlite3_stmt *change;
	const char *sql = changes[random_below(LENGTH(changes))];
	assert_int_equal(sqlite3_prepare_v2(b->other, sql, -1, &change, NULL), SQLITE_OK);
	sqlite3_bind_int64(change, 1, random_account());
	assert_int_equal(sqlite3_step(change), SQLITE_DONE);
	sqlite3_finalize(change);
}

static void test_changed_by_others(void **state)
{
	struct book *b = *state;
	fill(b);
	for (int round = 0; round < 12; round++) {
		refresh(b);
		int before = sqlite3_total_changes(b->other);
		run(b->other, "BEGIN");
		for (int i = 0; i < 1 + round * 4; i++)
			random_change(b);
		run(b->other, "COMMIT");
		if (sqlite3_total_changes(b->other) > before)
			assert_true(mirrors(b) < PARTS * MIRROR_SOURCES);
		/* those that are left are still right, with or without the others */
		MUST(db_mirror_check(b->d, not_found, NULL, &e));
		if (round % 2)
			refresh(b);
		mirrors_are_right(b);
	}
}

static void test_new_accounts(void **state)
{
	struct book *b = *state;
	struct part p;
	fill(b);
	refresh(b);
	add_account(b->other, PARTS * PART_ACCOUNTS - 1);
	MUST(part_init(&p, &e));
	MUST(b->s->ops->part(b->s, PARTS - 1, AS_OF, &p, &e));
	assert_int_equal(p.n, PART_ACCOUNTS - 1);
	assert_true(p.flags[p.n - 1] & ACC_PRESENT);
	/* its ticket stays: foreign keys are a matter of the connection */
	run(b->other, "INSERT INTO ticket(ticket_id, account, opened_on)"
		      " VALUES ('last', 49151, 20000)");
	refresh(b);
	run(b->other, "DELETE FROM account WHERE id = 49151");
	MUST(b->s->ops->part(b->s, PARTS - 1, AS_OF, &p, &e));
	assert_true(p.n < PART_ACCOUNTS - 1);
	for (uint32_t i = 0; i < p.tickets.n; i++)
		assert_true(p.tickets.at[i] < p.n);
	MUST(b->s->ops->part(b->s, PARTS, AS_OF, &p, &e));
	assert_int_equal(p.n, 0);
	MUST(b->s->ops->part(b->s, PARTS + 7, AS_OF, &p, &e));
	assert_int_equal(p.n, 0);
	part_clear(&p);
}

static void test_damaged_mirrors(void **state)
{
	static const char *const harm[] = {
		"UPDATE mirror SET data = x''",
		"UPDATE mirror SET data = CAST(substr(data, 1, 30) AS BLOB)",
		"UPDATE mirror SET data = CAST(substr(data, 1, 19) || x'55' ||"
		" substr(data, 21) AS BLOB)",
		/* whole, but of another source, or of another part */
		"UPDATE mirror SET data = (SELECT data FROM mirror m WHERE m.source = 4"
		" AND m.part = mirror.part) WHERE source <> 4",
	};
	struct book *b = *state;
	fill(b);
	for (size_t i = 0; i < LENGTH(harm); i++) {
		int found = 0;
		refresh(b);
		run(b->other, harm[i]);
		MUST(db_mirror_check(b->d, count_found, &found, &e));
		assert_in_range(found, PARTS * 5, PARTS * (MIRROR_SOURCES + 4));
		if (i < 3)
			mirrors_are_right(b);
		else
			run(b->other, "DELETE FROM mirror");
	}
}

/* What lies outside of every range counts as missing; nothing overflows later on. */
static void test_figures_no_rule_can_use(void **state)
{
	struct book *b = *state;
	struct book_info info;
	struct part p;
	run(b->other,
		"INSERT INTO account(id, account_id, arr, contract_start, renewal_date,"
		" growth, complexity, csm) VALUES"
		" (1, 'a', 9223372036854775807, 99999999, -9223372036854775807, 9e999,"
		" -9e999, NULL), (2, 'b', 5, 20000, 20001, 0.5, 7, NULL);"
		"INSERT INTO ticket(ticket_id, account, opened_on) VALUES"
		" ('x', 1, 4000000000), ('y', 1, 84005), ('z', 1, 84006),"
		" ('w', 1, -4000000000);"
		"INSERT INTO contact(account, role, since) VALUES"
		" (1, 'champion', 4000000000);"
		"INSERT INTO contract(contract_id, account, start, arr) VALUES"
		" ('x', 1, 20000, -9223372036854775808), ('y', 1, 20000, 7);"
		"INSERT INTO survey(account, date, kind, score) VALUES"
		" (1, 20000, 'nps', 9e999), (1, 20000, 'nps', 9)");
	MUST(b->s->ops->info(b->s, &info, &e));
	assert_int_equal(info.first_ticket, DAY_MAX);
	MUST(part_init(&p, &e));
	for (int stored = 0; stored < 2; stored++) {
		MUST(b->s->ops->part(b->s, 0, AS_OF, &p, &e));
		assert_true(p.arr[0] == MONEY_NONE && p.arr[1] == 5);
		assert_true(p.contract_start[0] == DAY_NONE && p.renewal[0] == DAY_NONE);
		assert_true(isnan(p.growth[0]) && isnan(p.complexity[0]));
		assert_true(p.growth[1] == 0.5);
		assert_int_equal(p.tickets.n, 1);
		assert_int_equal(p.tickets.opened[0], DAY_MAX);
		assert_int_equal(p.contacts.n, 1);
		assert_int_equal(p.contacts.since[0], DAY_NONE);
		assert_int_equal(p.contracts.n, 1);
		assert_int_equal(p.contracts.arr[0], 7);
		assert_int_equal(p.surveys.n, 1);
		MUST(b->s->ops->begin(b->s, &e));
		MUST(mirror_refresh(b->d, &e));
		MUST(b->s->ops->commit(b->s, &e));
	}
	part_clear(&p);
}

/* Between hold and release nobody else changes the book; holds nest. */
static void test_others_wait_for_a_hold(void **state)
{
	static const char sql[] = "INSERT INTO account(account_id) VALUES ('new')";
	struct book *b = *state;
	struct book_info info;
	MUST(b->s->ops->hold(b->s, &e));
	MUST(b->s->ops->hold(b->s, &e));
	b->s->ops->release(b->s);
	assert_int_equal(sqlite3_exec(b->other, sql, NULL, NULL, NULL), SQLITE_BUSY);
	MUST(b->s->ops->info(b->s, &info, &e));
	assert_int_equal(info.last_id, 0);
	b->s->ops->release(b->s);
	run(b->other, sql);
	MUST(b->s->ops->info(b->s, &info, &e));
	assert_int_equal(info.last_id, 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, plain_setup, plain_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_made_all_at_once),
		TEST(test_made_one_by_one),
		TEST(test_changed_by_others),
		TEST(test_new_accounts),
		TEST(test_damaged_mirrors),
		TEST(test_figures_no_rule_can_use),
		TEST(test_others_wait_for_a_hold),
	};
	return cmocka_run_group_tests(tests, NULL, made_end);
}
