/* Proposals: what moves, what holds an account, what stands in the way, and applying. */
#include "core/proposal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"
#define BASE 1000 /* active accounts that the caps of the fixture are of */

static struct err why;

/* ---- books ---------------------------------------------------------------------------
 */

/* So many accounts of a tier with an owner ("": the pool); more: further fields. */
struct lot {
	const char *owner;
	int tier;
	uint32_t n;
	int dollars;
	const char *more;
};
enum { LOTS = 5, TEXT_MAX = 40000 };

/* Accounts A1, A2 ... of the lots, in their order. */
static struct book *book_of(const char *csms, const struct lot *lot, uint32_t lots)
{
	static char lines[TEXT_MAX];
	struct store *s = fake_store_new();
	struct tiers t = { 0 };
	uint32_t id = 0;
	size_t n = 0;

	if (*csms)
		rows_put(s, REC_CSM, csms);
	for (uint32_t k = 0; k < lots; k++)
		for (uint32_t i = 0; i < lot[k].n; i++)
			n += (size_t)snprintf(lines + n, sizeof(lines) - n,
				"account_id=A%u|csm=%s|arr=%d00%s%s\n", ++id,
				lot[k].owner, lot[k].dollars, lot[k].more ? "|" : "",
				lot[k].more ? lot[k].more : "");
	assert_true(n < sizeof(lines));
	rows_put(s, REC_ACCOUNT, lines);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_load(s, &t, &e));
	id = 0;
	for (uint32_t k = 0; k < lots; k++)
		for (uint32_t i = 0; i < lot[k].n; i++, id++) {
			t.tier[id] = (uint8_t)lot[k].tier;
			t.since[id] = day_of("2026-01-01");
		}
	MUST(s->ops->tiers_save(s, &t, day_of("2026-01-01"), BASE, &e));
	tiers_clear(&t);
	MUST(s->ops->commit(s, &e));
	return rules_book(s, DAY, "Lea");
}

static struct proposal *propose(struct book *b, const struct proposal_options *o)
{
	static const struct proposal_options none = { .what = NULL };
	struct proposal *p;

	MUST(book_propose(b, o ? o : &none, &p, &e));
	return p;
}

static struct text name(const struct proposal *p, uint32_t row)
{
	return row == CAPACITY_POOL ? TEXT("pool") : p->before->row[row].name;
}

/* "A3 Ana>Ben; A7 pool>Ana" */
static const char *moves_text(const struct proposal *p)
{
	static char out[TEXT_MAX];
	size_t n = 0;

	out[0] = '\0';
	for (uint32_t k = 0; k < p->moves; k++) {
		const struct text from = name(p, p->move[k].from),
				  to = name(p, p->move[k].to);

		n += (size_t)snprintf(out + n, sizeof(out) - n, "%sA%u %.*s>%.*s",
			k ? "; " : "", p->move[k].account, (int)from.n, from.s, (int)to.n,
			to.s);
	}
	return out;
}

/* How many leave one book for another. */
static uint32_t moved(const struct proposal *p, const char *from, const char *to)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < p->moves; k++)
		n += text_eq(name(p, p->move[k].from), text_of(from)) &&
		     text_eq(name(p, p->move[k].to), text_of(to));
	return n;
}

static void adds_up(const struct proposal *p)
{
	int64_t cost = 0;

	for (uint32_t k = 0; k < p->moves; k++)
		cost += p->move[k].cost;
	assert_int_equal(cost, p->cost);
	assert_true(p->bound <= p->cost);
}

/* ---- what moves ----------------------------------------------------------------------
 */

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
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = book_of(rows[i].csms, rows[i].lot, LOTS);
		struct proposal *p = propose(b, NULL);

		if (p->moves != rows[i].n ||
			moved(p, rows[i].from, rows[i].to) != rows[i].n)
			fail_msg("%s: %s", rows[i].why, moves_text(p));
		if (rows[i].n && strcmp(p->move[0].reason, rows[i].reason) != 0)
			fail_msg("%s: %s", rows[i].why, p->move[0].reason);
		adds_up(p);
		assert_int_equal(p->obstacles, 0);
		proposal_free(&p);
		book_free(&b);
	}
}

/* ---- what holds an account ------------------------------------------------------------
 */

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
		struct book *b = book_of("name=Ana\nname=Ben\n", lots, LENGTH(lots));
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
		p = propose(b, NULL);
		if (p->moves != 1 || (p->move[0].account == 21) != rows[i].holds)
			fail_msg("%s: %s", rows[i].why, moves_text(p));
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
			"is locked: `tierdesk unlock` first" },
		{ "nobody serves it",
			"name=Ana|active_until=2026-03-30\nname=Ben|regions=EMEA\n",
			"region=APAC", false,
			"nobody who is there serves region APAC, segment any" },
		{ "no room", "name=Ana|active_until=2026-03-30\nname=Ben|capacity=0.4\n",
			NULL, false,
			"no book that could take it has room under its limits" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct lot lots[] = { { "Ana", 1, 1, 200000, rows[i].more },
			{ "Ben", 1, 8, 200000, NULL } };
		struct book *b = book_of(rows[i].csms, lots, LENGTH(lots));
		struct proposal *p;

		if (rows[i].lock)
			rows_put(book_store(b), REC_LOCK,
				"account_id=A1|until=2026-12-31|reason=x\n");
		rules_day(b, DAY);
		p = propose(b, NULL);
		if (!rows[i].obstacle) {
			assert_string_equal(moves_text(p), "A1 Ana>Ben");
			assert_int_equal(p->obstacles, 0);
		} else {
			assert_int_equal(p->obstacles, 1);
			assert_int_equal(p->obstacle[0].account, 1);
			if (strcmp(p->obstacle[0].why, rows[i].obstacle) != 0)
				fail_msg("%s: %s", rows[i].why, p->obstacle[0].why);
			assert_int_equal(moved(p, "Ana", "Ben"), 0);
		}
		adds_up(p);
		proposal_free(&p);
		book_free(&b);
	}
}

/* ---- families, costs, limits ----------------------------------------------------------
 */

static void families(void **state)
{
	/* A22 is the parent of A21, both the cheapest: they go together, one would do. */
	static const struct lot lots[] = { { "Ana", 1, 20, 190000, NULL },
		{ "Ana", 1, 1, 50000, "parent_id=A22" }, { "Ana", 2, 1, 10000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	struct book *b = book_of("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct capacity_what_if apart = { .policy = NULL };
	struct policy policy = *book_policy(b);
	struct proposal *p = propose(b, NULL);

	(void)state;
	assert_true(moved(p, "Ana", "Ben") == p->moves);
	for (uint32_t k = 0; k < p->moves; k++)
		if (p->move[k].account == 21 || p->move[k].account == 22)
			assert_true(strstr(moves_text(p), "A21 ") &&
				    strstr(moves_text(p), "A22 "));
	proposal_free(&p);
	policy.number[POLICY_REBALANCE_FAMILIES] = 0;
	apart.policy = &policy;
	p = propose(b, &(struct proposal_options){ .what = &apart });
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
	struct book *b = book_of("name=Ana\nname=Ben\n", lots, LENGTH(lots));

	(void)state;
	for (uint32_t account = 1; account <= 3; account++) {
		const struct proposal_pin pin = { account, 2 };
		struct proposal *p =
			propose(b, &(struct proposal_options){ .pin = &pin, .pins = 1 });

		assert_string_equal(moves_text(p), "A1 Ana>Ben; A2 Ana>Ben; A3 Ana>Ben");
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
	struct book *b = book_of("name=Ana|active_from=2026-04-01\nname=Ben\n"
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
	p = propose(b, NULL);
	assert_int_equal(moved(p, "Ana", "Ben"), 0);
	assert_int_equal(moved(p, "Cid", "Ana"), 0);
	proposal_free(&p);
	p = propose(b, &(struct proposal_options){ .what = &what });
	assert_int_equal(moved(p, "Cid", "Ana"), 1); /* there is room for one */
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
		struct book *b =
			book_of("name=Ana\nname=Ben\nname=Cid\n", lots, LENGTH(lots));
		const struct proposal_pin pin = { 1, 3 };
		const uint32_t one = 1;
		/* 5 for the tier, and 100000 of 2.6M are 3.846 % of the ARR */
		const int64_t cost = 5000000 + 3846154;
		struct proposal *p;

		book_set_day(b,
			&(struct clock){ .today = day_of(rows[i].day), .now = midnight });
		MUST(book_assign(b, &one, 1, 2, NULL, &e));
		if (rows[i].back)
			MUST(book_assign(b, &one, 1, 1, NULL, &e));
		rules_day(b, DAY);
		p = propose(b, &(struct proposal_options){ .pin = &pin, .pins = 1 });
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
	struct book *b = book_of("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct proposal *p = propose(b, &(struct proposal_options){ .moves_max = 3 });

	(void)state;
	assert_int_equal(p->moves, 3);
	proposal_free(&p);
	p = propose(b, &(struct proposal_options){ .csm_moves_max = 2 });
	assert_int_equal(p->moves, 2);
	proposal_free(&p);
	p = propose(b, NULL);
	assert_int_equal(p->moves, 6);
	proposal_free(&p);
	book_free(&b);
}

/* ---- a person's word ------------------------------------------------------------------
 */

static void pins(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 21, 100000, NULL },
		{ "Ben", 1, 8, 200000, NULL }, { "Cid", 1, 8, 200000, NULL },
		{ "", 3, 1, 5000, NULL } };
	static const struct {
		const char *why;
		struct proposal_pin pin;
		enum status status;
		const char *says;
	} refused[] = {
		{ "a lock", { 2, 2 }, ST_FORBIDDEN, "locked" },
		{ "who is away", { 3, 4 }, ST_FORBIDDEN, "Dan is not there" },
		{ "nobody", { 3, 9 }, ST_NOTFOUND, "no CSM number 9" },
		{ "no account", { 99, 1 }, ST_NOTFOUND, "not active" },
		{ "the pool, while Ana is there", { 3, 0 }, ST_FORBIDDEN,
			"A3 can't be put there: its CSM is there" },
	};
	const struct proposal_pin pin[] = { { 1, 3 }, { 2, 1 }, { 22, 2 }, { 38, 2 } };
	struct book *b = book_of("name=Ana\nname=Ben\nname=Cid\nname=Dan|capacity=0\n",
		lots, LENGTH(lots));
	struct proposal *p;

	(void)state;
	rows_put(book_store(b), REC_LOCK, "account_id=A2|until=2026-12-31|reason=x\n");
	rules_day(b, DAY);
	p = propose(b, &(struct proposal_options){ .pin = pin, .pins = LENGTH(pin) });
	assert_string_equal(moves_text(p), "A1 Ana>Cid; A38 pool>Ben");
	assert_string_equal(p->move[0].reason, "as you said");
	adds_up(p);
	proposal_free(&p);
	for (size_t i = 0; i < LENGTH(refused); i++) {
		if (book_propose(b,
			    &(struct proposal_options){
				    .pin = &refused[i].pin, .pins = 1 },
			    &p, &why) != refused[i].status ||
			!strstr(why.text, refused[i].says))
			fail_msg("%s: %s", refused[i].why, why.text);
		assert_null(p);
	}
	book_free(&b);
}

/* ---- applying
 * --------------------------------------------------------------------------- */

static void applying(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 21, 100000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	struct book *b = book_of("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct store *s = book_store(b);
	struct proposal *p;
	struct operation o;
	struct arena a;
	char line[256];
	uint64_t before;

	(void)state;
	p = propose(b, NULL);
	assert_int_equal(p->moves, 1);
	/* One step runs there and Ana had claimed it, one is the owner's. */
	snprintf(line, sizeof(line),
		"account_id=A%u|play=x|title=X|step=1|state=open|started_on=2026-03-01|"
		"csm=Ana\n"
		"account_id=A%u|play=y|title=Y|step=1|state=open|started_on=2026-03-01\n",
		p->move[0].account, p->move[0].account);
	rows_put(s, REC_TASK, line);
	rules_day(b, "2026-04-01"); /* what it was made of is not so any more */
	assert_int_equal(book_apply(b, p, NULL, &why), ST_STALE);
	assert_non_null(strstr(why.text, "propose again"));
	proposal_free(&p);
	rules_day(b, DAY);
	before = fake_digest(s);
	p = propose(b, NULL);
	MUST(book_apply(b, p, "quarter", &e));
	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	assert_true(text_eq(o.title, TEXT("rebalance: 1 account")));
	assert_true(text_eq(o.reason, TEXT("quarter")));
	assert_int_equal(o.changes, 3); /* owner, claim, the hand-over */
	proposal_free(&p);
	p = propose(b, NULL);
	assert_int_equal(p->moves, 0);
	MUST(book_undo(b, o.id, &e));
	assert_int_equal(fake_digest(s), before);
	proposal_free(&p);
	p = propose(b, NULL);
	assert_int_equal(p->moves, 1);
	proposal_free(&p);
	arena_clear(&a);
	book_free(&b);
}

static void what_if(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 28, 100000, NULL } };
	struct book *b = book_of("name=Ana\n", lots, LENGTH(lots));
	const struct capacity_what_if what = { .added = 1 };
	const struct capacity_what_if sized = { .size = { 20 }, .sized = { true } };
	struct proposal *p = propose(b, &(struct proposal_options){ .what = &what });

	(void)state;
	assert_true(p->moves >= 8);
	assert_int_equal(moved(p, "Ana", "(new CSM 1)"), p->moves);
	assert_int_equal(book_apply(b, p, NULL, &why), ST_FORBIDDEN);
	assert_non_null(strstr(why.text, "not in the book yet"));
	proposal_free(&p);
	p = propose(b, &(struct proposal_options){ .what = &sized });
	assert_int_equal(book_apply(b, p, NULL, &why), ST_FORBIDDEN);
	assert_non_null(strstr(why.text, "only asked about"));
	proposal_free(&p);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moving),
		cmocka_unit_test(holding),
		cmocka_unit_test(obstacles),
		cmocka_unit_test(families),
		cmocka_unit_test(generations),
		cmocka_unit_test(coming),
		cmocka_unit_test(recent),
		cmocka_unit_test(limits),
		cmocka_unit_test(pins),
		cmocka_unit_test(applying),
		cmocka_unit_test(what_if),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
