/* Proposals and people: their words, applying, what is only asked about, how the figures
 * come about. */
#include "core/proposal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/change.h"
#include "core/handover_sheet.h"
#include "tests/support/fake_store.h"
#include "tests/support/proposing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY PROPOSING_DAY
enum { TEXT_MAX = 4000 };

static struct err why;

/* ---- a person's word ---- */

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
		{ "who leaves", { 3, 5 }, ST_FORBIDDEN, "Eve leaves, the last day is" },
		{ "nobody", { 3, 9 }, ST_NOTFOUND, "no CSM number 9" },
		{ "no account", { 99, 1 }, ST_NOTFOUND, "not active" },
		{ "the pool, while Ana is there", { 3, 0 }, ST_FORBIDDEN,
			"A3 can't be put there: its CSM is there" },
	};
	const struct proposal_pin pin[] = { { 1, 3 }, { 2, 1 }, { 22, 2 }, { 38, 2 } };
	struct book *b =
		proposing_book("name=Ana\nname=Ben\nname=Cid\nname=Dan|capacity=0\n"
			       "name=Eve|active_until=2026-04-15\n",
			lots, LENGTH(lots));
	struct proposal *p;

	(void)state;
	rows_put(book_store(b), REC_LOCK, "account_id=A2|until=2026-12-31|reason=x\n");
	rules_day(b, DAY);
	p = proposing(b, &(struct proposal_options){ .pin = pin, .pins = LENGTH(pin) });
	assert_string_equal(proposing_moves(p), "A1 Ana>Cid; A38 pool>Ben");
	assert_string_equal(p->move[0].reason, "as you said");
	proposing_adds_up(p);
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
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct store *s = book_store(b);
	struct proposal *p;
	struct operation o;
	struct arena a;
	char line[256];
	uint64_t before;

	(void)state;
	p = proposing(b, NULL);
	assert_int_equal(p->moves, 1);
	/* One step runs there and Ana had claimed it, one is the owner's. */
	snprintf(line, sizeof(line),
		"account_id=A%u|play=x|title=X|step=1|state=open|started_on=2026-03-01|"
		"csm=Ana\n"
		"account_id=A%u|play=y|title=Y|step=1|state=open|started_on=2026-03-01\n",
		p->move[0].account, p->move[0].account);
	rules_day(b, "2026-04-01"); /* what it was made of is not so any more */
	assert_int_equal(book_apply(b, p, DAY_NONE, NULL, &why), ST_STALE);
	assert_non_null(strstr(why.text, "propose again"));
	proposal_free(&p);
	rules_day(b, DAY);
	/* Who says that it is so again, and is mistaken, moves nothing of another's. */
	p = proposing(b, NULL);
	MUST(book_assign(b, &p->move[0].account, 1, 0, NULL, NULL, &e));
	proposal_is_back(b, p);
	before = fake_digest(s);
	assert_int_equal(book_apply(b, p, DAY_NONE, NULL, &why), ST_STALE);
	assert_int_equal(fake_digest(s), before);
	MUST(book_assign(b, &p->move[0].account, 1, 1, NULL, NULL, &e));
	proposal_free(&p);
	rows_put(s, REC_TASK, line);
	before = fake_digest(s);
	p = proposing(b, NULL);
	MUST(book_apply(b, p, DAY_NONE, "quarter", &e));
	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	assert_true(text_eq(o.title, TEXT("rebalance: 1 account")));
	assert_true(text_eq(o.reason, TEXT("quarter")));
	assert_int_equal(o.changes, 3); /* owner, claim, the hand-over */
	proposal_free(&p);
	p = proposing(b, NULL);
	assert_int_equal(p->moves, 0);
	MUST(book_undo(b, o.id, &e));
	assert_int_equal(fake_digest(s), before);
	proposal_free(&p);
	p = proposing(b, NULL);
	assert_int_equal(p->moves, 1);
	proposal_free(&p);
	arena_clear(&a);
	book_free(&b);
}

/* By hand as by a proposal: what the former owner had claimed goes along, whoever gets
 * another owner begins with a hand-over, once, and all of it is one step of undo. */
static void by_hand(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 2, 100000, NULL },
		{ "Ben", 1, 1, 200000, NULL }, { "", 1, 1, 200000, NULL },
		{ "Ana", 3, 1, 100, NULL } };
	static const struct {
		const char *what;
		uint32_t ids[3], n, csm;
		bool tasks;
		uint32_t made, changes;
	} rows[] = {
		{ "two of Ana's", { 2, 1 }, 2, 2, true, 2, 5 }, /* and what she claimed */
		{ "without tasks", { 2, 1 }, 2, 2, false, 0, 3 },
		{ "one is Ben's already", { 1, 3 }, 2, 2, true, 1, 3 },
		{ "twice the same", { 1, 1 }, 2, 2, true, 1, 3 },
		{ "of the pool", { 4 }, 1, 2, true, 1, 2 },
		{ "to the pool", { 1 }, 1, 0, true, 0, 2 },
		{ "of tier 3, where the play is no task", { 5 }, 1, 2, true, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b =
			proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
		struct store *s = book_store(b);
		uint32_t made = 0;
		uint64_t before;
		struct operation o;
		struct arena a;

		rows_put(s, REC_TASK,
			"account_id=A1|play=x|title=X|step=1|state=open|"
			"started_on=2026-03-01|csm=Ana\n"
			"account_id=A2|play=x|title=X|step=1|state=open|"
			"started_on=2026-03-01\n");
		rules_day(b, "2026-04-01");
		rules_day(b, DAY);
		before = fake_digest(s);
		MUST(book_assign(b, rows[i].ids, rows[i].n, rows[i].csm, "she leaves",
			rows[i].tasks ? &made : NULL, &e));
		arena_init(&a);
		MUST(book_undoable(b, false, &a, &o, &e));
		if (made != rows[i].made || o.changes != rows[i].changes)
			fail_msg("%s: %u tasks, %u changes", rows[i].what, made,
				(unsigned)o.changes);
		MUST(book_undo(b, o.id, &e));
		assert_int_equal(fake_digest(s), before);
		arena_clear(&a);
		book_free(&b);
	}
}

/* Where nobody says, a former owner is what makes it due. */
static void due(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 1, 100000, NULL },
		{ "", 1, 2, 200000, NULL } };
	static const struct {
		uint32_t ids[3], n;
		enum hand_over said;
		enum status without; /* the play */
		bool due;
	} rows[] = {
		{ { 1 }, 1, HAND_OVER_AS_DUE, ST_OK, true },
		{ { 2, 3 }, 2, HAND_OVER_AS_DUE, ST_OK, false },
		{ { 2, 3, 1 }, 3, HAND_OVER_AS_DUE, ST_OK, true },
		{ { 99 }, 1, HAND_OVER_AS_DUE, ST_OK, false },
		{ { 0 }, 0, HAND_OVER_AS_DUE, ST_OK, false },
		{ { 1 }, 1, HAND_OVER_NO, ST_OK, false },
		{ { 2 }, 1, HAND_OVER_YES, ST_NOTFOUND, true },
	};

	(void)state;
	for (int play = 0; play < 2; play++) {
		struct book *b =
			proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));

		if (!play)
			rules_without_plays(b);
		for (size_t i = 0; i < LENGTH(rows); i++) {
			bool out;

			assert_int_equal(book_hand_over(b, rows[i].ids, rows[i].n,
						 rows[i].said, &out, &why),
				play ? ST_OK : rows[i].without);
			assert_int_equal(out, play && rows[i].due);
		}
		book_free(&b);
	}
}

static enum status add_text(void *arg, const char *bytes, size_t n, struct err *e)
{
	char *all = arg;
	const size_t had = strlen(all);

	(void)e;
	assert_true(had + n < 4 * TEXT_MAX);
	memcpy(all + had, bytes, n);
	all[had + n] = '\0';
	return ST_OK;
}

/* Each new owner finds theirs together, by account, under a heading. */
static void sheets(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 1, 230460, "name=Pine" },
		{ "Ana", 1, 1, 100000, "name=Oak" }, { "Ana", 1, 1, 900, "name=Elm" },
		{ "Ana", 1, 9, 100000, NULL } };
	static const struct proposal_pin pins[] = { { 1, 3 }, { 2, 2 }, { 3, 3 } };
	static const char *const want[] = { "FOR         Ben: 1 account, $ 100k ARR\n",
		"HAND-OVER   Oak (A2)\n", "FOR         Cid: 2 accounts, $ 231k ARR\n",
		"HAND-OVER   Elm (A3)\n", "tier 1, ARR $ 900, ",
		"HAND-OVER   Pine (A1)\n", "tier 1, ARR $ 230k, " };
	struct book *b =
		proposing_book("name=Ana\nname=Ben\nname=Cid\n", lots, LENGTH(lots));
	struct proposal *p = proposing(b,
		&(struct proposal_options){
			.pin = pins, .pins = LENGTH(pins), .moves_max = LENGTH(pins) });
	char all[4 * TEXT_MAX] = "";
	const char *at = all;

	(void)state;
	MUST(handover_sheets(b, p, add_text, all, &e));
	for (size_t k = 0; k < LENGTH(want); k++) {
		at = strstr(at, want[k]);
		if (!at)
			fail_msg("%s is not there, or not in its place:\n%s", want[k],
				all);
	}
	proposal_free(&p);
	book_free(&b);
}

static void hear(void *arg, enum capacity_line kind, const char *text)
{
	char *all = arg;
	const size_t n = strlen(all);

	(void)kind;
	snprintf(all + n, TEXT_MAX - n, "%s\n", text);
}

/* Of 21 x 100k and 8 x 200k one goes: 5 for the tier, 2.70 for its share of the ARR. */
static void explained(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 21, 100000, NULL },
		{ "Ben", 1, 8, 200000, NULL } };
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	struct proposal *p = proposing(b, NULL);
	static char text[TEXT_MAX];

	(void)state;
	text[0] = '\0';
	proposal_say(p, hear, text);
	assert_non_null(
		strstr(text, "1 move: 1 from Ana\n1 to Ben; no other way takes less\n"
			     "books over their limits 1 -> 0\n"));
	assert_null(strstr(text, "not moved"));
	assert_null(strstr(text, "weight"));
	text[0] = '\0';
	proposal_explain(p, &p->move[0], hear, text);
	assert_non_null(
		strstr(text, "1 move of weight 7.70 (tier, ARR); at least 7.70\n"));
	assert_non_null(strstr(text, "above limits 0.05 -> 0.00 books, "));
	assert_non_null(strstr(text,
		"this move weighs 7.70 = 5 for tier 1 + 2.70 for 2.70 % of all ARR\n"));
	assert_non_null(strstr(text, "Ana is over: 105.0 % of a whole book by accounts, "
				     "52.5 % by ARR, of 100 %\n"));
	proposal_free(&p);
	book_free(&b);
}

/* From whom most goes, the three of them, and how many from all others. */
static void from_many(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 4, 100000, NULL },
		{ "Ben", 1, 2, 100000, NULL }, { "Cid", 1, 1, 100000, NULL },
		{ "Dee", 1, 1, 100000, NULL }, { "", 1, 3, 100000, NULL },
		{ "Eva", 1, 1, 100000, NULL } };
	struct capacity_change away[] = { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 } };
	const struct capacity_what_if what = { .changed = away, .changed_n = 4 };
	struct book *b = proposing_book(
		"name=Ana\nname=Ben\nname=Cid\nname=Dee\nname=Eva\n", lots, LENGTH(lots));
	struct proposal *p = proposing(b, &(struct proposal_options){ .what = &what });
	static char text[TEXT_MAX];

	(void)state;
	text[0] = '\0';
	proposal_say(p, hear, text);
	if (!strstr(text, "11 moves: 4 from Ana, 3 from the pool, 2 from Ben, 2 from "
			  "others\n11 to Eva; "))
		fail_msg("%s", text);
	proposal_free(&p);
	book_free(&b);
}

/* Why a book stays over. */
static void stays_over(void **state)
{
	static const struct {
		const char *csms;
		struct lot lots[3];
		const char *says; /* NULL: none does */
	} rows[] = {
		{ "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 21, 100000, NULL }, { "Ben", 1, 8, 200000, NULL } },
			NULL },
		{ "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 21, 100000, "renewal_date=2026-04-30" },
				{ "Ben", 1, 8, 200000, NULL } },
			"nothing that can move makes it better\n" },
		{ "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 21, 100000, "renewal_date=2026-04-30" },
				{ "Ben", 1, 8, 200000, NULL } },
			"Ana stays over at 105 %: of 21 accounts 21 held\n" },
		{ "name=Ana\nname=Ben|regions=EMEA\n",
			{ { "Ana", 1, 21, 100000, "region=APAC" },
				{ "Ben", 1, 8, 200000, NULL } },
			"of 21 accounts 0 held, 21 nobody else serves\n" },
		{ "name=Ana\nname=Ben\n",
			{ { "Ana", 1, 2, 100000, "renewal_date=2026-04-30" },
				{ "Ana", 1, 20, 100000, NULL },
				{ "Ben", 1, 20, 200000, NULL } },
			"Ana stays over at 110 %: of 22 accounts 2 held, no room for "
			"20\n" },
		{ "name=Ana|capacity=0.5\nname=Ben|regions=EMEA\n",
			{ { "Ana", 1, 11, 100000, "region=APAC" },
				{ "Ben", 1, 8, 200000, NULL } },
			"Ana stays over at 55 % of 50 %: of 11 accounts 0 held, 11 "
			"nobody else serves\n" },
		{ "name=Ana\nname=Ben\nname=Cid\n",
			{ { "Ana", 1, 21, 100000, NULL }, { "Ben", 1, 22, 100000, NULL },
				{ "Cid", 1, 21, 100000, NULL } },
			"Ben stays over at 110 %: of 22 accounts 0 held, no room for 22 "
			"(+2 more)\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = proposing_book(rows[i].csms, rows[i].lots, 3);
		struct proposal *p = proposing(b, NULL);
		static char text[TEXT_MAX];

		text[0] = '\0';
		proposal_say(p, hear, text);
		if (rows[i].says ? !strstr(text, rows[i].says)
				 : strstr(text, "stays over") != NULL)
			fail_msg("%d: %s", (int)i, text);
		proposal_free(&p);
		book_free(&b);
	}
}

static void what_if(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 28, 100000, NULL } };
	struct book *b = proposing_book("name=Ana\n", lots, LENGTH(lots));
	const struct capacity_what_if what = { .added = 1 };
	const struct capacity_what_if sized = { .size = { 20 }, .sized = { true } };
	struct proposal *p = proposing(b, &(struct proposal_options){ .what = &what });

	(void)state;
	assert_true(p->moves >= 8);
	assert_int_equal(proposing_moved(p, "Ana", "(new CSM 1)"), p->moves);
	assert_int_equal(book_apply(b, p, DAY_NONE, NULL, &why), ST_FORBIDDEN);
	assert_non_null(strstr(why.text, "not in the book yet"));
	proposal_free(&p);
	p = proposing(b, &(struct proposal_options){ .what = &sized });
	assert_int_equal(book_apply(b, p, DAY_NONE, NULL, &why), ST_FORBIDDEN);
	assert_non_null(strstr(why.text, "only asked about"));
	proposal_free(&p);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pins),
		cmocka_unit_test(applying),
		cmocka_unit_test(by_hand),
		cmocka_unit_test(due),
		cmocka_unit_test(sheets),
		cmocka_unit_test(explained),
		cmocka_unit_test(from_many),
		cmocka_unit_test(stays_over),
		cmocka_unit_test(what_if),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
