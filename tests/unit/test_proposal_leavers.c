/* Proposals for whoever leaves: who takes what over, what can't wait, what is kept until
 * the last day, and what goes back to nobody. */
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
enum { TEXT_MAX = 4000 };

/* Ana is away in a proposal: with a last day noted the next one gives nothing back,
 * however much room there is with Ana; without, it does. */
static void a_leaver(void **state)
{
	static const struct {
		const char *why, *last_day, *title;
		uint32_t back; /* accounts that the next proposal moves */
	} rows[] = {
		{ "for this proposal alone", NULL, "rebalance: 16 accounts", 11 },
		{ "today", DAY, "rebalance: 16 accounts, the last day of Ana", 0 },
		{ "it is over", "2026-03-30",
			"rebalance: 16 accounts, the last day of Ana", 0 },
		{ "in half a year less a day", "2026-09-27",
			"rebalance: 16 accounts, the last day of Ana", 0 },
		{ "in more than that", "2026-09-28",
			"rebalance: 16 accounts, the last day of Ana", 11 },
	};
	static const struct lot lots[] = { { "Ana", 1, 16, 100000, NULL },
		{ "Ben", 1, 10, 100000, NULL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b =
			proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
		struct store *s = book_store(b);
		const uint64_t before = fake_digest(s);
		struct capacity_change gone = { .csm = 1 };
		const struct capacity_what_if what = { .changed = &gone, .changed_n = 1 };
		struct proposal *p =
			proposing(b, &(struct proposal_options){ .what = &what });
		int32_t last_day = DAY_NONE;
		struct operation o;
		struct arena a;
		char who[64];

		assert_int_equal(p->moves, 16);
		assert_int_equal(proposal_leavers(p, who, sizeof(who)), 1);
		assert_string_equal(who, "Ana");
		if (rows[i].last_day)
			assert_true(
				day_parse(text_of(rows[i].last_day), DAY_ISO, &last_day));
		MUST(book_apply(b, p, last_day, NULL, &e));
		proposal_free(&p);
		p = proposing(b, NULL);
		if (p->moves != rows[i].back)
			fail_msg("%s: %s", rows[i].why, proposing_moves(p));
		proposal_free(&p);
		arena_init(&a);
		MUST(book_undoable(b, false, &a, &o, &e));
		if (!text_eq(o.title, text_of(rows[i].title)))
			fail_msg("%s: %.*s", rows[i].why, (int)o.title.n, o.title.s);
		MUST(book_undo(b, o.id, &e));
		assert_int_equal(fake_digest(s), before);
		arena_clear(&a);
		book_free(&b);
	}
}

/* What was promised below the least limits is so once it is applied: the emptied book of
 * whoever still has some days has no least to keep. */
static void no_least_of_a_leaver(void **state)
{
	static const char *const last_day[] = { DAY, "2026-06-30", "2026-09-27" };
	static const struct lot lots[] = { { "Ana", 1, 10, 200000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(last_day); i++) {
		struct book *b = proposing_book(
			"name=Ana|capacity=0.8\nname=Ben\n", lots, LENGTH(lots));
		struct capacity_change gone = { .csm = 1 };
		const struct capacity_what_if what = { .changed = &gone, .changed_n = 1 };
		struct proposal *p =
			proposing(b, &(struct proposal_options){ .what = &what });
		const int64_t promised = p->score_after.under;
		int32_t day;

		assert_int_equal(p->moves, 10);
		assert_true(day_parse(text_of(last_day[i]), DAY_ISO, &day));
		MUST(book_apply(b, p, day, NULL, &e));
		proposal_free(&p);
		p = proposing(b, NULL);
		assert_int_equal(p->moves, 0);
		assert_int_equal(p->score_before.under, promised);
		assert_int_equal(p->score_after.under, promised);
		assert_int_equal(p->after->row[0].load.state, CAPACITY_OK);
		proposal_free(&p);
		book_free(&b);
	}
}

/* Until the last day it is still to come; what can't wait and gets nobody is named. */
static void words_of_a_leaver(void **state)
{
	static const struct {
		const char *csms, *reason;
	} rows[] = {
		{ "name=Ana\n", "Ana is not there any more" },
		{ "name=Ana|active_until=2026-03-30\n", "Ana is not there any more" },
		{ "name=Ana|active_until=2026-03-31\n", "Ana leaves on 2026-03-31" },
		{ "name=Ana|active_until=2026-08-31\n", "Ana leaves on 2026-08-31" },
	};
	static const struct lot lots[] = { { "Ana", 1, 2, 100000, NULL } };
	struct capacity_change gone = { .csm = 1 };
	const struct capacity_what_if what = { .changed = &gone, .changed_n = 1 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = proposing_book(rows[i].csms, lots, LENGTH(lots));
		struct proposal *p =
			proposing(b, &(struct proposal_options){ .what = &what });

		assert_int_equal(p->moves, 2);
		if (strncmp(p->move[0].reason, rows[i].reason, strlen(rows[i].reason)) !=
			0)
			fail_msg("%s: %s", rows[i].csms, p->move[0].reason);
		proposal_free(&p);
		book_free(&b);
	}
}

static void what_cannot_wait(void **state)
{
	static const struct {
		const char *why, *csm, *alert;
		int tier;
		const char *more, *urgent;
	} rows[] = {
		{ "nothing", "name=Ana", NULL, 1, NULL, "" },
		{ "an alert", "name=Ana", "severity=critical|state=open", 1, NULL, "A2" },
		{ "a lesser one", "name=Ana", "severity=warning|state=open", 1, NULL,
			"" },
		{ "one that sleeps", "name=Ana",
			"severity=critical|state=snoozed|snoozed_until=2026-04-30", 1,
			NULL, "" },
		{ "in the pool's tier", "name=Ana", "severity=critical|state=open", 3,
			NULL, "" },
		{ "soon", "name=Ana", NULL, 2, "renewal_date=2026-04-01",
			"A1, A2, A3 and 1 more" },
		{ "it was", "name=Ana", NULL, 2, "renewal_date=2026-03-30", "" },
		{ "late", "name=Ana", NULL, 1, "renewal_date=2026-08-31", "" },
		{ "until the last day", "name=Ana|active_until=2026-08-31", NULL, 1,
			"renewal_date=2026-08-31", "A1, A2, A3 and 1 more" },
		{ "after it", "name=Ana|active_until=2026-08-31", NULL, 1,
			"renewal_date=2026-09-01", "" },
	};
	struct capacity_change gone = { .csm = 1 };
	const struct capacity_what_if what = { .changed = &gone, .changed_n = 1 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct lot lot = { "Ana", rows[i].tier, 4, 100000, rows[i].more };
		struct book *b = proposing_book(rows[i].csm, &lot, 1);
		struct proposal *p;
		char line[256];

		if (rows[i].alert) {
			snprintf(line, sizeof(line),
				"account_id=A2|kind=health-red|opened_on=2026-03-30|x=40|"
				"%s\n",
				rows[i].alert);
			rows_put(book_store(b), REC_ALERT, line);
			rules_day(b, DAY);
		}
		p = proposing(b, &(struct proposal_options){ .what = &what });
		assert_int_equal(p->moves, 4);
		if (strcmp(p->urgent, rows[i].urgent) != 0)
			fail_msg("%s: %s", rows[i].why, p->urgent);
		proposal_free(&p);
		book_free(&b);
	}
}

/* Who leaves and is asked about by nobody keeps what no book below its least wants, which
 * is told. */
static void leaves_later(void **state)
{
	static const struct {
		const char *csms, *who;
		uint32_t accounts, more;
	} rows[] = {
		{ "name=Ana\nname=Ben\n", NULL, 0, 0 },
		{ "name=Ana\nname=Ben|active_until=2026-05-31\n", "Ben", 4, 0 },
		{ "name=Ana|active_until=2026-03-31\nname=Ben|active_until=2026-05-31\n",
			"Ana", 40, 1 },
		{ "name=Ana|active_until=2026-03-30\nname=Ben\n", NULL, 0, 0 },
		{ "name=Ana\nname=Ben|active_until=2027-05-31\n", NULL, 0, 0 },
		{ "name=Ana\nname=Ben\nname=Cid|active_until=2026-05-31\n", NULL, 0, 0 },
	};
	static const struct lot lots[] = { { "Ana", 2, 40, 50000, NULL },
		{ "Ben", 2, 4, 100000, NULL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = proposing_book(rows[i].csms, lots, LENGTH(lots));
		struct proposal *p = proposing(b, NULL);
		uint32_t accounts, more;
		const struct capacity_row *r = proposal_leaves_later(p, &accounts, &more);

		if (!r != !rows[i].who || accounts != rows[i].accounts ||
			more != rows[i].more ||
			(r && !text_eq(r->name, text_of(rows[i].who))))
			fail_msg("%s: %u, %u more", rows[i].csms, accounts, more);
		proposal_free(&p);
		book_free(&b);
	}
}

/* One book alone: what else is to be mended stays, and is not told of. */
static void one_book(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 2, 100000, NULL },
		{ "Ben", 1, 22, 100000, NULL }, { "Cid", 1, 8, 100000, NULL },
		{ "", 1, 2, 100000, NULL } };
	static const struct {
		uint32_t only, from_ana, all;
	} rows[] = { { 0, 2, 7 }, { 1, 2, 2 } };
	struct capacity_change away[] = { { 1, 0 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct capacity_what_if what = {
			.changed = away, .changed_n = 1, .only = rows[i].only
		};
		struct book *b = proposing_book(
			"name=Ana\nname=Ben\nname=Cid\n", lots, LENGTH(lots));
		struct proposal *p =
			proposing(b, &(struct proposal_options){ .what = &what });

		assert_int_equal(proposing_moved(p, "Ana", "Cid"), rows[i].from_ana);
		assert_int_equal(p->moves, rows[i].all);
		assert_int_equal(p->obstacles, 0);
		assert_int_equal(p->overs, 0);
		{ /* the other question begins anew */
			const struct capacity_what_if other = {
				.changed = away, .changed_n = 1, .only = rows[1 - i].only
			};
			struct proposal *next =
				proposing(b, &(struct proposal_options){
						     .what = &other, .before = p });

			assert_int_equal(next->moves, rows[1 - i].all);
			proposal_free(&next);
		}
		proposal_free(&p);
		book_free(&b);
	}
}

/* Two that are away, of three. */
struct last_day {
	const char *why, *csms;
	bool same;
	const char *of, *given, *title;
};

static void check_last_day(const struct last_day *row)
{
	static const struct lot lots[] = { { "Ana", 1, 2, 100000, NULL },
		{ "Ben", 1, 2, 100000, NULL }, { "Cid", 1, 8, 100000, NULL } };
	struct capacity_change gone[] = { { .csm = 1 }, { .csm = 2 } };
	const struct capacity_what_if what = { .changed = gone, .changed_n = 2 };
	struct book *b = proposing_book(row->csms, lots, LENGTH(lots));
	struct proposal *p = proposing(b, &(struct proposal_options){ .what = &what });
	int32_t of, given = DAY_NONE;
	const bool same = proposal_last_day(p, &of);
	char text[DAY_TEXT_MAX];
	struct operation o;
	struct arena a;

	if (same != row->same ||
		(same &&
			strcmp(of == DAY_NONE ? "" : day_format(of, text), row->of) != 0))
		fail_msg("%s", row->why);
	if (row->given)
		assert_true(day_parse(text_of(row->given), DAY_ISO, &given));
	MUST(book_apply(b, p, given, NULL, &e));
	proposal_free(&p);
	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	if (!text_eq(o.title, text_of(row->title)))
		fail_msg("%s: %.*s", row->why, (int)o.title.n, o.title.s);
	arena_clear(&a);
	p = proposing(b, &(struct proposal_options){ .what = &what });
	assert_false(proposal_changes(p, given));
	assert_true(proposal_changes(p, (given == DAY_NONE ? 0 : given) + 1));
	proposal_free(&p);
	book_free(&b);
}

/* Which last day the book has of those who are away, and whose changes. */
static void last_days(void **state)
{
	static const struct last_day rows[] = {
		{ "none", "name=Ana\nname=Ben\nname=Cid\n", true, "", NULL,
			"rebalance: 4 accounts" },
		{ "the same",
			"name=Ana|active_until=2026-04-30\nname=Ben|active_until="
			"2026-04-30\nname=Cid\n",
			true, "2026-04-30", "2026-04-30", "rebalance: 4 accounts" },
		{ "one has none",
			"name=Ana|active_until=2026-04-30\nname=Ben\nname=Cid\n", false,
			NULL, "2026-04-30",
			"rebalance: 4 accounts, the last day of 2 CSMs" },
		{ "the first has none",
			"name=Ana\nname=Ben|active_until=2026-04-30\nname=Cid\n", false,
			NULL, NULL, "rebalance: 4 accounts" },
		{ "others",
			"name=Ana|active_until=2026-04-30\nname=Ben|active_until="
			"2026-05-31\nname=Cid\n",
			false, NULL, NULL, "rebalance: 4 accounts" },
		{ "another is given",
			"name=Ana|active_until=2026-04-30\nname=Ben|active_until="
			"2026-04-30\nname=Cid\n",
			true, "2026-04-30", "2026-06-30",
			"rebalance: 4 accounts, the last day of 2 CSMs" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_last_day(&rows[i]);
}

/* What goes to nobody; tier 3, and a tier 2 that is pooled, ask for nobody. */
static void to_nobody(void **state)
{
	static struct proposal_move moves[] = {
		{ .to = CAPACITY_POOL, .tier = 1, .arr = 100000 },
		{ .to = 0, .tier = 1, .arr = 1 },
		{ .to = CAPACITY_POOL, .tier = 2, .arr = 20 },
		{ .to = CAPACITY_POOL, .tier = 3, .arr = 3 },
		{ .to = CAPACITY_POOL, .tier = 2, .arr = MONEY_MAX },
	};
	static const struct {
		uint32_t moves;
		bool pooled; /* tier 2 */
		struct proposal_nobody out;
		const char *text;
	} rows[] = {
		{ 0, false, { 0, { 0, 0 }, 0 }, "" },
		{ 2, false, { 1, { 1, 0 }, 100000 }, "1 of tier 1, $ 1.0k ARR" },
		{ 4, false, { 3, { 1, 1 }, 100000 + 20 },
			"1 of tier 1 and 1 of tier 2, $ 1.0k ARR" },
		{ 4, true, { 3, { 1, 0 }, 100000 }, "1 of tier 1, $ 1.0k ARR" },
		{ 5, false, { 4, { 1, 2 }, MONEY_MAX + 100020 }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char text[CAPACITY_TEXT_MAX];
		struct capacity before = { .rows = 0 };
		struct capacity after = { .band = { [1] = { .pooled = rows[i].pooled },
						  [2] = { .pooled = true } } };
		const struct proposal p = { .before = &before,
			.after = &after,
			.move = moves,
			.moves = rows[i].moves };
		const struct proposal_nobody out = proposal_nobody(&p);

		assert_int_equal(out.moves, rows[i].out.moves);
		assert_int_equal(out.asking[0], rows[i].out.asking[0]);
		assert_int_equal(out.asking[1], rows[i].out.asking[1]);
		assert_int_equal(out.arr, rows[i].out.arr);
		snprintf(before.policy.currency, sizeof(before.policy.currency), "USD");
		proposal_nobody_text(&p, text);
		if (rows[i].text)
			assert_string_equal(text, rows[i].text);
	}
}

static enum status count_claims(
	void *arg, int64_t id, const struct cell *c, struct err *error)
{
	(void)id;
	(void)error;
	*(uint32_t *)arg += c[F_TASK_CSM].type == CELL_INT;
	return ST_OK;
}

static uint32_t claims(struct store *s)
{
	uint32_t n = 0;

	MUST(s->ops->unended(s, REC_TASK, 0, INT32_MAX, count_claims, &n, &e));
	return n;
}

/* Ana left: what she had claimed of the pool and of others goes back, however much it is,
 * and though nothing has to move. */
static void claims_of_a_leaver(void **state)
{
	static const struct lot lots[] = { { "Ben", 1, 8, 200000, NULL },
		{ "", 3, 92, 5000, NULL } };
	struct book *b = proposing_book(
		"name=Ana|active_until=2026-03-30\nname=Ben\n", lots, LENGTH(lots));
	struct store *s = book_store(b);
	struct proposal *p;
	struct operation o;
	struct arena a;
	uint64_t before;

	(void)state;
	for (int k = 1; k <= 100; k++) {
		char line[128];

		snprintf(line, sizeof(line),
			"account_id=A%d|play=x|title=X|step=1|state=open|"
			"started_on=2026-03-01|csm=%s\n",
			k, k <= 90 ? "Ana" : "Ben");
		rows_put(s, REC_TASK, line);
	}
	before = fake_digest(s);
	p = proposing(b, NULL);
	assert_int_equal(p->moves, 0);
	assert_int_equal(p->claims, 90);
	assert_true(proposal_changes(p, DAY_NONE));
	MUST(book_apply(b, p, DAY_NONE, NULL, &e));
	assert_int_equal(claims(s), 10);
	proposal_free(&p);
	p = proposing(b, NULL);
	assert_int_equal(p->claims, 0);
	assert_false(proposal_changes(p, DAY_NONE));
	assert_false(proposal_changes(p, 1)); /* of nobody */
	proposal_free(&p);
	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	MUST(book_undo(b, o.id, &e));
	assert_int_equal(fake_digest(s), before);
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leaver),
		cmocka_unit_test(no_least_of_a_leaver),
		cmocka_unit_test(words_of_a_leaver),
		cmocka_unit_test(what_cannot_wait),
		cmocka_unit_test(leaves_later),
		cmocka_unit_test(one_book),
		cmocka_unit_test(last_days),
		cmocka_unit_test(to_nobody),
		cmocka_unit_test(claims_of_a_leaver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
