/* The Account screen: what it looks like, and that what is typed on it is what the book
 * holds afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "core/fix.h"
#include "tests/support/by_hand.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* ---- goldens -------------------------------------------------------------------- */

#define PLAN                                                              \
	"j Enter ] ] ] ] Enter 'Half of the seats live by summer' Enter " \
	"j Enter 'Call Ada about the exports' Enter "                     \
	"j Enter '2026-04-12' Enter j Enter 'Stays on the old contract' Enter "

/* ---- reading the book back ------------------------------------------------------ */

static struct tui *on;
static struct book *book;

static void start(const char *keys)
{
	on = scene_fresh(FIXTURE_COMPLETE, 40, 120, keys);
	book = scene_own();
}

/* Fields of the account, from the first one on: where the cursor has to go, what is
 * typed, and what the book holds then. */
static void test_says_who_closes(void **state)
{
	(void)state;
	scene_says("1 Enter d", 22, "D closes alerts");
}

static void test_fields(void **state)
{
	static const struct {
		const char *keys;
		int field;
		const char *text;
		int64_t number;
	} cases[] = {
		{ "g Enter C-u 'mei' Enter", F_CSM, "Mei Tanaka", 0 },
		{ "g Enter C-u 'pool' Enter", F_CSM, "", 0 },
		{ "g l E C-u '2027-01-31' Enter", F_RENEWAL_DATE, NULL, 20849 },
		{ "g l E C-u '14d' Enter", F_RENEWAL_DATE, NULL, 20543 + 14 },
		{ "g l E C-u Enter", F_RENEWAL_DATE, NULL, -1 },
		{ "g j E C-u 'public sector' Enter", F_SEGMENT, "public sector", 0 },
		{ "g j E C-u 'public sector' Esc", F_SEGMENT, "enterprise", 0 },
		{ "g j E ' \346\227\245\346\234\254' Enter", F_SEGMENT,
			"enterprise \346\227\245\346\234\254", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct account_view *v;

		start("/ 'A-015' Enter Enter");
		scene_feed(on, cases[i].keys);
		v = by_hand_account("A-015");
		if (cases[i].text)
			by_hand_text_is(&v->cells[cases[i].field], cases[i].text);
		else if (cases[i].number < 0)
			assert_int_equal(v->cells[cases[i].field].type, CELL_MISSING);
		else
			assert_int_equal(v->cells[cases[i].field].i, cases[i].number);
		account_view_free(&v);
		tui_free(&on);
	}
}

/* What makes no sense is not taken, stays in the line, and can be put right. */
static void test_invalid(void **state)
{
	struct account_view *v;
	int64_t before;

	(void)state;
	start("/ 'A-015' Enter Enter g l");
	v = by_hand_account("A-015");
	before = v->cells[F_RENEWAL_DATE].i;
	account_view_free(&v);
	scene_feed(on, "E C-u 'soon' Enter");
	assert_true(scene_shows(on, 4, "soon"));
	assert_true(scene_shows(on, -1, "is no day"));
	v = by_hand_account("A-015");
	assert_int_equal(v->cells[F_RENEWAL_DATE].i, before);
	account_view_free(&v);
	scene_feed(on, "C-u '2026-12-24' Enter");
	assert_false(scene_shows(on, -1, "is not a day"));
	assert_true(scene_shows(on, 4, "2026-12-24"));
	tui_free(&on);
}

/* Somebody else changes the field while it is being typed: both are shown, and the
 * person says which. */
static void test_stale(void **state)
{
	static const struct {
		const char *key, *segment;
	} cases[] = { { "m", "mine" }, { "t", "theirs" }, { "Esc Esc", "theirs" },
		{ "Esc Enter m", "mine" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct account_view *v;

		start("/ 'A-015' Enter Enter g j E C-u 'mine'");
		by_hand_elsewhere("A-015", F_SEGMENT, "theirs");
		scene_feed(on, "Enter");
		assert_true(scene_shows(on, -1, "theirs    theirs"));
		assert_true(scene_shows(on, -1, "yours     mine"));
		v = by_hand_account("A-015");
		by_hand_text_is(&v->cells[F_SEGMENT], "theirs");
		account_view_free(&v);
		scene_feed(on, cases[i].key);
		v = by_hand_account("A-015");
		by_hand_text_is(&v->cells[F_SEGMENT], cases[i].segment);
		account_view_free(&v);
		assert_false(scene_shows(on, -1, "meanwhile"));
		tui_free(&on);
	}
}

static bool has_ticket_of(const struct account_view *v, struct text cause)
{
	for (uint32_t i = 0; i < v->rows[REC_TICKET].n; i++)
		if (text_eq(account_view_row(v, REC_TICKET, i)[F_TICKET_CAUSE].t, cause))
			return true;
	return false;
}

/* From the ticket that it is about, a step on by a key each, and back. */
static void test_fix(void **state)
{
	static const struct {
		const char *keys;
		int32_t day[4]; /* from noticed on; 0: none */
	} steps[] = {
		{ "", { 20543 } },
		{ "d", { 20543, 20543 } },
		{ "d d", { 20543, 20543, 20543, 20543 } },
		{ "d", { 20543, 20543, 20543, 20543 } }, /* it is verified */
		{ "u", { 20543, 20543, 20543 } },
		{ "u u", { 20543 } },
	};
	struct account_view *v;
	const struct cell *c;

	(void)state;
	start("j Enter ] ] ] ] ] ] ] ] Down X Down 'A first-week checklist' C-s ");
	if (!scene_shows(on, -1, "the fix is added"))
		fail_msg("%s", scene_dump(on));
	scene_feed(on, "] ");
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		scene_feed(on, steps[i].keys);
		v = by_hand_account("A-015");
		assert_int_equal(v->rows[REC_FIX].n, 1);
		c = v->rows[REC_FIX].cells;
		by_hand_text_is(&c[F_FIX_TEXT], "A first-week checklist");
		assert_true(has_ticket_of(v, c[F_FIX_CAUSE].t));
		for (int k = 0; k < 4; k++)
			assert_int_equal(c[fix_state_field[k]].type == CELL_INT
						 ? c[fix_state_field[k]].i
						 : 0,
				steps[i].day[k]);
		account_view_free(&v);
	}
	/* not before it was noticed */
	scene_feed(on, "Enter Down Down Down C-u '2026-03-01' C-s");
	assert_true(scene_shows(on, -1, "is before noticed_on"));
	scene_feed(on, "Esc Del");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_FIX].n, 0);
	account_view_free(&v);
	tui_free(&on);
}

/* What tier 1 is to have in place stands with its service, and of no other tier. */
static void test_in_place(void **state)
{
	static const struct {
		const char *keys;
		bool says;
	} rows[] = { { "/ 'tier:1' Enter Enter", true },
		{ "/ 'tier:2' Enter Enter", false },
		{ "/ 'tier:3' Enter Enter", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_start(FIXTURE_COMPLETE, 60, 200, rows[i].keys);

		assert_true(scene_shows(t, -1, "SERVICE LEVEL"));
		assert_int_equal(scene_shows(t, -1, " of 5; missing: "), rows[i].says);
		tui_free(&t);
	}
}

static void test_plan(void **state)
{
	struct account_view *v;
	const struct cell *c;

	(void)state;
	start(PLAN);
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_PLAN].n, 1);
	c = v->rows[REC_PLAN].cells;
	by_hand_text_is(&c[F_PLAN_GOAL], "Half of the seats live by summer");
	by_hand_text_is(&c[F_PLAN_NEXT_STEP], "Call Ada about the exports");
	assert_int_equal(c[F_PLAN_NEXT_DUE].i, 20543 + 12);
	by_hand_text_is(&c[F_PLAN_DECISION], "Stays on the old contract");
	account_view_free(&v);
	scene_feed(on, "i 'Second team trained' Enter '2w' C-s");
	scene_feed(on, "i 'First dashboard' C-s j");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_MILESTONE].n, 2);
	account_view_free(&v);
	/* The one with a day stands first: it is ticked, then open again, then gone. */
	scene_feed(on, "d");
	v = by_hand_account("A-015");
	for (uint32_t i = 0; i < 2; i++) {
		c = v->rows[REC_MILESTONE].cells + i * MILESTONE_FIELDS;
		assert_int_equal(c[F_MILESTONE_DONE_ON].type,
			c[F_MILESTONE_DUE].type == CELL_INT ? CELL_INT : CELL_MISSING);
	}
	account_view_free(&v);
	scene_feed(on, "d Del");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_MILESTONE].n, 1);
	by_hand_text_is(
		&v->rows[REC_MILESTONE].cells[F_MILESTONE_TITLE], "First dashboard");
	account_view_free(&v);
	scene_feed(on, "u");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_MILESTONE].n, 2);
	account_view_free(&v);
	tui_free(&on);
}

static void test_contacts(void **state)
{
	struct account_view *v;
	const struct cell *c;
	uint32_t n;

	(void)state;
	start("/ 'A-015' Enter Enter ] ] ] ] ] ]");
	v = by_hand_account("A-015");
	n = v->rows[REC_CONTACT].n;
	account_view_free(&v);
	scene_feed(on, "c C-s");
	assert_true(scene_shows(on, -1, "a name or an address"));
	scene_feed(on, "'Grace Hopper' Enter 'grace@example.org' Enter 'champion' C-s");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_CONTACT].n, n + 1);
	c = v->rows[REC_CONTACT].cells;
	by_hand_text_is(&c[F_CONTACT_NAME], "Grace Hopper");
	by_hand_text_is(&c[F_CONTACT_EMAIL], "grace@example.org");
	by_hand_text_is(&c[F_CONTACT_ROLE], "champion");
	account_view_free(&v);
	scene_feed(on, "] [ Enter C-u 'Grace B. Hopper' C-s");
	v = by_hand_account("A-015");
	by_hand_text_is(&v->rows[REC_CONTACT].cells[F_CONTACT_NAME], "Grace B. Hopper");
	account_view_free(&v);
	scene_feed(on, "d");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_CONTACT].cells[F_CONTACT_LEFT_ON].i, 20543);
	account_view_free(&v);
	assert_true(scene_shows(on, -1, "left 2026-03-31, today"));
	/* the rows of files are held to the same: the line that is wrong is shown */
	scene_feed(on, "c 'Bo' Down Down Down '2026-03-10' Down '2026-03-01' C-s");
	assert_true(scene_shows(on, -1, "2026-03-01 is before since"));
	scene_feed(on, "C-u '2026-03-11' C-s");
	v = by_hand_account("A-015");
	assert_int_equal(v->rows[REC_CONTACT].n, n + 2);
	account_view_free(&v);
	tui_free(&on);
}

/* ---- hostile texts -------------------------------------------------------------- */

/* Whatever stands in a field stays in its cell: no control character gets out, and the
 * next label is where it always is. */
static void test_hostile(void **state)
{
	static const char *const texts[] = { "\033[2J\033[31mx", "a\r\nb\tc",
		"\342\200\256gnp.exe", "\033]0;title\007", "\302\233 31m",
		"e\314\201\314\201\314\201\314\201\314\201\314\201\314\201",
		("\360\237\221\250\342\200\215\360\237\221\251\342\200\215"
		 "\360\237\221\247\360\237\221\246"),
		"%s%n%n%n%d", "\177\177\177",
		"株式会社さくら情報システム株式会社さくら" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		static const int fields[] = { F_NAME, F_SEGMENT, F_REGION, F_INDUSTRY,
			F_TAGS, F_PARENT_ID, F_CHURN_REASON };
		const char *dump;

		start("/ 'A-015' Enter Enter");
		for (size_t k = 0; k < sizeof(fields) / sizeof(*fields); k++)
			by_hand_elsewhere("A-015", fields[k], texts[i]);
		tui_tick(on);
		scene_feed(on, "Esc Enter g j j j Enter");
		for (int page = 0; page < 6; page++) {
			dump = scene_dump(on);
			for (const char *s = dump; *s; s++)
				assert_true((unsigned char)*s >= ' ' || *s == '\n');
			assert_null(strstr(dump, "\342\200\256"));
			if (page == 0)
				assert_true(scene_shows(on, 5, "region "));
			scene_feed(on, "PgDn");
		}
		tui_free(&on);
	}
}

/* Forms are about the account that is shown, also when the list below it is about
 * something else. */
static void test_is_meant(void **state)
{
	static const struct {
		const char *keys, *name;
	} cases[] = {
		{ "Enter J ? Esc t", "Lucerne Publishing" },
		{ "Enter J t C-s t", "Lucerne Publishing" },
		/* it has left the list */
		{ "/ 'csm:me' Enter j Enter A C-u 'pool' C-s t", "Alpine Ski House" },
		{ "j j Enter / 'nobody has this' Esc t", "Alpine Ski House" },
		{ "Space Space Enter / 'nobody has this' Esc t", "Alpine Ski House" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		start(cases[i].keys);
		assert_true(scene_shows(on, 2, cases[i].name));
		assert_true(scene_shows(on, 14, cases[i].name));
		tui_free(&on);
	}
}

/* What is entered after the recalculation: one line has both numbers and the key, and the
 * changes below belong to the newer one. */
static void test_since(void **state)
{
	struct account_view *v;
	char keys[64];
	int sum = 0, silent = 0, i = 1;

	(void)state;
	for (; silent < 60 && i < 30;
		i++) { /* the first that a talk does something for */
		snprintf(keys, sizeof(keys), "A-%03d", i);
		start("");
		v = by_hand_account(keys);
		silent = v->health.health
				 ? (int)v->health.component[COMP_ENGAGEMENT].input
				 : 0;
		account_view_free(&v);
		tui_free(&on);
	}
	snprintf(keys, sizeof(keys), "/ 'A-%03d' Enter Enter", i - 1);
	start(keys);
	assert_false(scene_shows(on, -1, "as of the last recalculation"));
	scene_feed(on, "t C-s");
	snprintf(keys, sizeof(keys), "A-%03d", i - 1);
	v = by_hand_account(keys);
	assert_int_not_equal(v->row.health, v->health.health);
	for (int c = 0; c < COMP_COUNT; c++)
		sum += v->points_change[c];
	assert_true(v->has_before);
	assert_int_equal(sum + v->pulse_change, v->health.health - v->before.health);
	assert_true(v->points_change[COMP_ENGAGEMENT] >= 0);
	account_view_free(&v);
	assert_true(scene_shows(on, -1, "with what was entered since: r recalculates"));
	scene_feed(on, "r");
	assert_false(scene_shows(on, -1, "as of the last recalculation"));
	tui_free(&on);
}

/* What was said comes first, the newest of a day first, and words find it. */
static void test_said(void **state)
{
	int row = 0;

	(void)state;
	start("/ 'A-015' Enter Enter n 'asks about exports' C-s n 'wants SSO' C-s");
	scene_feed(on, "g ] ] ] ] ]");
	assert_true(scene_shows(on, -1, " what was said"));
	assert_false(scene_shows(on, -1, " opened, "));
	while (row < 40 && !scene_shows(on, row, "asks about exports"))
		row++;
	assert_true(scene_shows(on, row - 1, "wants SSO"));
	scene_feed(on, "F 'EXPORTS asks' Enter");
	assert_true(scene_shows(on, -1, "what was said with \"EXPORTS asks\", 1"));
	assert_false(scene_shows(on, -1, "wants SSO"));
	scene_feed(on, "F C-u 'nobody says this' Enter");
	assert_true(scene_shows(on, -1, "nothing of this kind has these words"));
	scene_feed(on, "F C-u Enter f");
	assert_true(scene_shows(on, -1, "everything, "));
	assert_true(scene_shows(on, -1, "wants SSO"));
	tui_free(&on);
}

/* What the points add up to is not the health where the pulse holds it: the headline of
 * the points says so, which is on the screen where the line of the pulse is not. */
static void test_held_by_pulse(void **state)
{
#define SIG(kind, value) "account_id=A|date=2026-03-01|signal=" kind "|value=" value "\n"
	struct store *s = fake_store_new();
	struct host_memory *m = host_memory_new();
	struct book *b;
	struct recalc_result r;
	struct err e = { .text = "" };
	struct tui *t;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A|name=Acme|arr=100");
	rows_put(s, REC_SIGNAL,
		SIG("active_days", "20") SIG("tickets_90d", "0") SIG("pulse", "1"));
	b = rules_book(s, "2026-03-01", "Dana");
	assert_int_equal(book_recalc(b, &r, &e), ST_OK);
	assert_int_equal(tui_open(b, host_memory_host(m), 24, 80, false, &t, &e), ST_OK);
	scene_feed(t, "2 Enter");
	assert_true(scene_shows(t, -1, " 100 held at 49 by the pulse, 40 % known"));
	tui_free(&t);
	book_free(&b);
	host_memory_free(&m);
#undef SIG
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says_who_closes),
		cmocka_unit_test(test_since),
		cmocka_unit_test(test_held_by_pulse),
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_in_place),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_fix),
		cmocka_unit_test(test_contacts),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_is_meant),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
