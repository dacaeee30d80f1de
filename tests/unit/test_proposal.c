/* Proposals: what moves, what holds an account, what stands in the way, what it costs. */
#include "core/proposal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/proposing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY PROPOSING_DAY
enum { LOTS = 5 };

static struct err why;

/* ---- what moves ---- */

static void moving(void **state)
{
	static const struct {
		const char *why, *csms;
		struct lot lot[LOTS];
		const char *from, *to; /* that `n` go from and to; nobody else moves */
		uint32_t n;
		const char *reason; /* of the first */
	} rows[] = {
		{ "nothing", "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 20, 200000, NULL }, { "Ben", 1, 8, 200000, NULL } },
			"Ana", "Ben", 0, NULL },
		{ "one too many", "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 21, 100000, NULL },
				{ "Ben", 1, 15, 200000, NULL } },
			"Ana", "Ben", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "too much ARR", "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 11, 400000, NULL }, { "Ben", 1, 8, 250000, NULL } },
			"Ana", "Ben", 1,
			"relieves Ana: ARR 110 % -> 100 % of a whole book, limit 100 %" },
		{ "of both tiers", "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 10, 150000, NULL }, { "Ana", 2, 41, 50000, NULL },
				{ "Ben", 1, 10, 150000, NULL } },
			"Ana", "Ben", 1,
			"relieves Ana: accounts 101 % -> 100 % of a whole book, limit "
			"100 %" },
		{ "half a CSM", "name=Ana|capacity=0.5\nname=Ben\n",
			{ { "Ana", 1, 11, 150000, NULL },
				{ "Ben", 1, 10, 150000, NULL } },
			"Ana", "Ben", 1,
			"relieves Ana: accounts 55 % -> 50 % of a whole book, limit 50 "
			"%" },
		{ "without an owner", "name=Ana\nname=Ben|capacity=0\n",
			{ { "Ana", 1, 9, 200000, NULL }, { "", 1, 2, 200000, NULL } },
			"pool", "Ana", 2, "has no owner, and tier 1 asks for one" },
		{ "too little", "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 12, 200000, NULL }, { "Ben", 1, 7, 200000, NULL } },
			"Ana", "Ben", 1,
			"fills Ben: accounts 88 % -> 100 % of the least" },
		{ "a leaver", "name=Ana|active_until=2026-03-30\nname=Ben\n",
			{ { "Ana", 1, 5, 200000, NULL }, { "Ben", 1, 8, 200000, NULL } },
			"Ana", "Ben", 5, "Ana is not there any more" },
		{ "the last day", "name=Ana|active_until=2026-03-31\nname=Ben\n",
			{ { "Ana", 1, 8, 200000, NULL }, { "Ben", 1, 8, 200000, NULL } },
			"Ana", "Ben", 0, NULL },
		{ "a leaver's tier 3", "name=Ana|active_until=2026-03-30\nname=Ben\n",
			{ { "Ana", 3, 4, 5000, NULL }, { "Ben", 1, 8, 200000, NULL } },
			"Ana", "pool", 4, "Ana is not there any more" },
		{ "tier 3 of somebody who is there", "name=Ana\nname=Ben\n",
			{ { "Ana", 3, 400, 5000, NULL }, { "Ana", 1, 8, 200000, NULL },
				{ "Ben", 1, 8, 200000, NULL } },
			"Ana", "pool", 0, NULL },
		{ "who comes tomorrow keeps what waits",
			"name=Ana|active_from=2026-04-01\nname=Ben\n",
			{ { "Ana", 1, 5, 200000, NULL }, { "Ben", 1, 8, 200000, NULL } },
			"Ana", "Ben", 0, NULL },
		{ "no further than they serve",
			"name=Ana\nname=Ben|regions=APAC; EMEA\nname=Cid|regions=LATAM\n",
			{ { "Ana", 1, 21, 100000, "region=emea" },
				{ "Ben", 1, 15, 200000, NULL },
				{ "Cid", 1, 8, 200000, NULL } },
			"Ana", "Ben", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "nor segment",
			"name=Ana\nname=Ben|segments=SMB\nname=Cid|segments=Mid;SMB\n",
			{ { "Ana", 1, 21, 100000, "segment=Mid" },
				{ "Ben", 1, 8, 200000, NULL },
				{ "Cid", 1, 15, 200000, NULL } },
			"Ana", "Cid", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "nor language",
			"name=Ana\nname=Ben|languages=English; French\n"
			"name=Cid|languages=English;german\n",
			{ { "Ana", 1, 21, 100000, "language=German" },
				{ "Ben", 1, 8, 200000, NULL },
				{ "Cid", 1, 15, 200000, NULL } },
			"Ana", "Cid", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "in whatever case",
			"name=Ana\nname=Ben|languages=ÇA; "
			"FRANÇAIS\nname=Cid|languages=Ça\n",
			{ { "Ana", 1, 21, 100000, "language=français" },
				{ "Ben", 1, 15, 200000, NULL },
				{ "Cid", 1, 8, 200000, NULL } },
			"Ana", "Ben", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "without a language anybody will do",
			"name=Ana\nname=Ben|languages=English\n",
			{ { "Ana", 1, 21, 100000, NULL },
				{ "Ben", 1, 8, 200000, "language=English" } },
			"Ana", "Ben", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "nobody is limited by a language", "name=Ana\nname=Ben|languages= \n",
			{ { "Ana", 1, 21, 100000, "language=Klingon" },
				{ "Ben", 1, 8, 200000, NULL } },
			"Ana", "Ben", 1, "relieves Ana: 21 -> 20, tier-1 limit 20" },
		{ "region, segment and language, all of them",
			"name=Ana\nname=Ben|regions=EMEA|segments=SMB\n"
			"name=Cid|regions=EMEA|languages=German\n"
			"name=Dot|regions=EMEA|segments=Mid|languages=German\n",
			{ { "Ana", 1, 21, 100000,
				  "region=EMEA|segment=Mid|language=French" },
				{ "Ana", 1, 1, 100000,
					"region=EMEA|segment=Mid|language=German" },
				{ "Ben", 1, 8, 200000, NULL },
				{ "Cid", 1, 20, 200000, NULL },
				{ "Dot", 1, 15, 200000, NULL } },
			"Ana", "Dot", 1, "relieves Ana: 22 -> 21, tier-1 limit 20" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = proposing_book(rows[i].csms, rows[i].lot, LOTS);
		struct proposal *p = proposing(b, NULL);

		if (p->moves != rows[i].n ||
			proposing_moved(p, rows[i].from, rows[i].to) != rows[i].n)
			fail_msg("%s: %s", rows[i].why, proposing_moves(p));
		if (rows[i].n && strcmp(p->move[0].reason, rows[i].reason) != 0)
			fail_msg("%s: %s", rows[i].why, p->move[0].reason);
		proposing_adds_up(p);
		assert_int_equal(p->obstacles, 0);
		proposal_free(&p);
		book_free(&b);
	}
}

/* ---- what holds an account ---- */

/* Ana has 21 accounts, 20 of them held: which one goes says what holds. */
static void holding(void **state)
{
	static const struct {
		const char *why, *more; /* of the 20 */
		const char *alert;      /* on each of them */
		const char *lock;       /* until */
		bool holds;
		struct proposal_held held;
	} rows[] = {
		{ "a renewal in 60 days", "renewal_date=2026-05-30", NULL, NULL, true,
			{ .renewal = 20 } },
		{ "today", "renewal_date=2026-03-31", NULL, NULL, true,
			{ .renewal = 20 } },
		{ "in 61 days", "renewal_date=2026-05-31", NULL, NULL, false, { 0 } },
		{ "yesterday", "renewal_date=2026-03-30", NULL, NULL, false, { 0 } },
		{ "a critical alert", NULL, "severity=critical|state=open", NULL, true,
			{ .critical = 20 } },
		{ "a warning", NULL, "severity=warning|state=open", NULL, false, { 0 } },
		{ "a critical one that sleeps", NULL,
			"severity=critical|state=snoozed|snoozed_until=2026-04-30", NULL,
			false, { 0 } },
		{ "a lock", NULL, NULL, "2026-03-31", true, { .locked = 20 } },
		{ "a lock that is over", NULL, NULL, "2026-03-30", false, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		/* The one that is free is the dearest to move. */
		const struct lot lots[] = { { "Ana", 1, 20, 100000, rows[i].more },
			{ "Ana", 1, 1, 900000, NULL }, { "Ben", 1, 8, 200000, NULL } };
		struct book *b =
			proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
		struct store *s = book_store(b);
		struct proposal *p;
		char line[256];

		for (uint32_t k = 1; k <= 20; k++) {
			snprintf(line, sizeof(line),
				"account_id=A%u|kind=health-red|opened_on=2026-03-30|x="
				"40|%s\n",
				k, rows[i].alert ? rows[i].alert : "");
			if (rows[i].alert)
				rows_put(s, REC_ALERT, line);
			snprintf(line, sizeof(line), "account_id=A%u|until=%s|reason=x\n",
				k, rows[i].lock ? rows[i].lock : "");
			if (rows[i].lock)
				rows_put(s, REC_LOCK, line);
		}
		rules_day(b, DAY);
		p = proposing(b, NULL);
		if (p->moves != 1 || (p->move[0].account == 21) != rows[i].holds)
			fail_msg("%s: %s", rows[i].why, proposing_moves(p));
		if (memcmp(&p->held, &rows[i].held, sizeof(p->held)) != 0)
			fail_msg("%s: %u %u %u", rows[i].why, p->held.locked,
				p->held.renewal, p->held.critical);
		proposal_free(&p);
		book_free(&b);
	}
}

/* What protects a relationship does not hold with somebody who left; a lock does, and it
 * is said. */
static void obstacles(void **state)
{
	static const struct {
		const char *why, *csms, *more;
		bool lock;
		const char *obstacle; /* NULL: none, it moves */
	} rows[] = {
		{ "a renewal", "name=Ana|active_until=2026-03-30\nname=Ben\n",
			"renewal_date=2026-04-15", false, NULL },
		{ "a lock", "name=Ana|active_until=2026-03-30\nname=Ben\n", NULL, true,
			"locked: `tierdesk unlock` first" },
		{ "nobody serves it",
			"name=Ana|active_until=2026-03-30\nname=Ben|regions=EMEA\n",
			"region=APAC", false, "nobody who is there serves APAC" },
		{ "nobody speaks it",
			"name=Ana|active_until=2026-03-30\n"
			"name=Ben|languages=English;French\n",
			"language=German", false, "nobody who is there serves German" },
		{ "nobody serves it there and speaks it",
			"name=Ana|active_until=2026-03-30\n"
			"name=Ben|regions=EMEA|segments=SMB|languages=French\n",
			"region=EMEA|segment=SMB|language=German", false,
			"nobody who is there serves EMEA, SMB, German" },
		{ "no room", "name=Ana|active_until=2026-03-30\nname=Ben|capacity=0.4\n",
			NULL, false, "nobody has room for it: Ben is full to 100 %" },
		{ "no room where it is served",
			"name=Ana|active_until=2026-03-30\n"
			"name=Ben|capacity=0.4|regions=APAC\nname=Cid|regions=EMEA\n",
			"region=APAC", false,
			"nobody who serves APAC has room: Ben is full to 100 %; Cid, "
			"with 0 %, does not serve it" },
		{ "no room where it is spoken",
			"name=Ana|active_until=2026-03-30\n"
			"name=Ben|capacity=0.4|languages=German\n"
			"name=Cid|languages=English\n",
			"region=APAC|language=German", false,
			"nobody who serves German has room: Ben is full to 100 %; Cid, "
			"with 0 %, does not serve it" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct lot lots[] = { { "Ana", 1, 1, 200000, rows[i].more },
			{ "Ben", 1, 8, 200000, rows[i].more } };
		struct book *b = proposing_book(rows[i].csms, lots, LENGTH(lots));
		struct proposal *p;

		if (rows[i].lock)
			rows_put(book_store(b), REC_LOCK,
				"account_id=A1|until=2026-12-31|reason=x\n");
		rules_day(b, DAY);
		p = proposing(b, NULL);
		if (!rows[i].obstacle) {
			assert_string_equal(proposing_moves(p), "A1 Ana>Ben");
			assert_int_equal(p->obstacles, 0);
		} else {
			assert_int_equal(p->obstacles, 1);
			assert_int_equal(p->obstacle[0].account, 1);
			if (strcmp(p->obstacle[0].why, rows[i].obstacle) != 0)
				fail_msg("%s: %s", rows[i].why, p->obstacle[0].why);
			assert_int_equal(proposing_moved(p, "Ana", "Ben"), 0);
		}
		proposing_adds_up(p);
		proposal_free(&p);
		book_free(&b);
	}
}

/* Of two who serve it and are full the emptier is named, of equals the first. */
static void the_emptiest(void **state)
{
	static const struct {
		const char *csms, *obstacle;
	} rows[] = {
		{ "name=Ben|capacity=0.4\nname=Cid|capacity=0.425\n",
			"nobody has room for it: the emptiest, Cid is full to 94 %" },
		{ "name=Ben|capacity=0.425\nname=Cid|capacity=0.4\n",
			"nobody has room for it: the emptiest, Ben is full to 94 %" },
		{ "name=Ben|capacity=0.4\nname=Cid|capacity=0.4\n",
			"nobody has room for it: the emptiest, Ben is full to 100 %" },
		/* who is about to go is nobody to count on */
		{ "name=Ben|capacity=0.4\nname=Cid|capacity=0.4\n"
		  "name=Dan|active_until=2026-04-10\n",
			"nobody has room for it: the emptiest, Ben is full to 100 %" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct lot lots[] = { { "Ana", 1, 1, 200000, NULL },
			{ "Ben", 1, 8, 200000, NULL }, { "Cid", 1, 8, 200000, NULL } };
		char csms[200];
		struct book *b;
		struct proposal *p;

		snprintf(csms, sizeof(csms), "name=Ana|active_until=2026-03-30\n%s",
			rows[i].csms);
		b = proposing_book(csms, lots, LENGTH(lots));
		p = proposing(b, NULL);
		assert_int_equal(p->obstacles, 1);
		if (strcmp(p->obstacle[0].why, rows[i].obstacle) != 0)
			fail_msg("%zu: %s", i, p->obstacle[0].why);
		proposal_free(&p);
		book_free(&b);
	}
}

/* ---- families, costs, limits ---- */

static void families(void **state)
{
	/* A22 is the parent of A21, both the cheapest: they go together, one would do. */
	static const struct lot lots[] = { { "Ana", 1, 20, 190000, NULL },
		{ "Ana", 1, 1, 50000, "parent_id=A22" }, { "Ana", 2, 1, 10000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct capacity_what_if apart = { .policy = NULL };
	struct policy policy = *book_policy(b);
	struct proposal *p = proposing(b, NULL);

	(void)state;
	assert_true(proposing_moved(p, "Ana", "Ben") == p->moves);
	for (uint32_t k = 0; k < p->moves; k++)
		if (p->move[k].account == 21 || p->move[k].account == 22)
			assert_true(strstr(proposing_moves(p), "A21 ") &&
				    strstr(proposing_moves(p), "A22 "));
	proposal_free(&p);
	policy.number[POLICY_REBALANCE_FAMILIES] = 0;
	apart.policy = &policy;
	p = proposing(b, &(struct proposal_options){ .what = &apart });
	assert_true(p->moves > 0);
	proposal_free(&p);
	book_free(&b);
}

/* A1 has A2, which has A3: where one goes, all go. */
static void generations(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 1, 100000, NULL },
		{ "Ana", 1, 1, 100000, "parent_id=A1" },
		{ "Ana", 1, 1, 100000, "parent_id=A2" }, { "Ana", 1, 8, 200000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));

	(void)state;
	for (uint32_t account = 1; account <= 3; account++) {
		const struct proposal_pin pin = { account, 2 };
		struct proposal *p = proposing(
			b, &(struct proposal_options){ .pin = &pin, .pins = 1 });

		assert_string_equal(
			proposing_moves(p), "A1 Ana>Ben; A2 Ana>Ben; A3 Ana>Ben");
		proposal_free(&p);
	}
	book_free(&b);
}

/* Who comes tomorrow keeps what waits, as long as nobody says otherwise; what is said is
 * counted like anything else. */
static void coming(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 19, 100000, NULL },
		{ "Ben", 1, 20, 100000, NULL }, { "Cid", 1, 5, 100000, NULL } };
	struct book *b = proposing_book("name=Ana|active_from=2026-04-01\nname=Ben\n"
					"name=Cid|active_until=2026-03-30\n",
		lots, LENGTH(lots));
	const struct proposal_pin pin = { 1, 2 };
	struct capacity_change there = { 1, 1 };
	const struct capacity_what_if what = { .changed = &there, .changed_n = 1 };
	struct proposal *p;

	(void)state;
	assert_int_equal(
		book_propose(b, &(struct proposal_options){ .pin = &pin, .pins = 1 }, &p,
			&why),
		ST_FORBIDDEN);
	p = proposing(b, NULL);
	assert_int_equal(proposing_moved(p, "Ana", "Ben"), 0);
	assert_int_equal(proposing_moved(p, "Cid", "Ana"), 0);
	proposal_free(&p);
	p = proposing(b, &(struct proposal_options){ .what = &what });
	assert_int_equal(proposing_moved(p, "Cid", "Ana"), 1); /* there is room for one */
	proposal_free(&p);
	book_free(&b);
}

static int64_t midnight(const struct clock *c)
{
	return (int64_t)c->today * DAY_SECONDS;
}

/* An owner that changed lately counts twice; one that came back does not. */
static void recent(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 10, 100000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	static const struct {
		const char *day;
		bool back, twice;
	} rows[] = { { "2026-03-30", false, true }, { "2025-10-02", false, true },
		{ "2025-10-01", false, false }, { "2026-03-30", true, false } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = proposing_book(
			"name=Ana\nname=Ben\nname=Cid\n", lots, LENGTH(lots));
		const struct proposal_pin pin = { 1, 3 };
		const uint32_t one = 1;
		/* 5 for the tier, and 100000 of 2.6M are 3.846 % of the ARR */
		const int64_t cost = 5000000 + 3846154;
		struct proposal *p;

		book_set_day(b,
			&(struct clock){ .today = day_of(rows[i].day), .now = midnight });
		MUST(book_assign(b, &one, 1, 2, NULL, NULL, &e));
		if (rows[i].back)
			MUST(book_assign(b, &one, 1, 1, NULL, NULL, &e));
		rules_day(b, DAY);
		p = proposing(b, &(struct proposal_options){ .pin = &pin, .pins = 1 });
		assert_true(p->moves >= 1);
		for (uint32_t k = 0; k < p->moves; k++)
			if (p->move[k].account == 1)
				assert_int_equal(
					p->move[k].cost, rows[i].twice ? 2 * cost : cost);
		proposal_free(&p);
		book_free(&b);
	}
}

static void limits(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 26, 100000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct proposal *p = proposing(b, &(struct proposal_options){ .moves_max = 3 });

	(void)state;
	assert_int_equal(p->moves, 3);
	proposal_free(&p);
	p = proposing(b, &(struct proposal_options){ .csm_moves_max = 2 });
	assert_int_equal(p->moves, 2);
	proposal_free(&p);
	p = proposing(b, NULL);
	assert_int_equal(p->moves, 6);
	proposal_free(&p);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moving),
		cmocka_unit_test(holding),
		cmocka_unit_test(obstacles),
		cmocka_unit_test(the_emptiest),
		cmocka_unit_test(families),
		cmocka_unit_test(generations),
		cmocka_unit_test(coming),
		cmocka_unit_test(recent),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
