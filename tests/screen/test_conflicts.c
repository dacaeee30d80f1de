/* Contacts, milestones and plans that somebody else changes meanwhile: whose stays is
 * decided, and nothing is overwritten or removed unseen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "core/change.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

static struct tui *on;
static struct book *book;

/* On the account, with a contact and a milestone that are known by name. */
static void start(const char *keys)
{
	on = scene_fresh(FIXTURE_COMPLETE, 40, 120, "/ 'A-015' Enter Enter");
	book = scene_own();
	scene_feed(on, "] ] ] ] ] c 'Grace Hopper' Enter 'grace@example.org' C-s");
	scene_feed(on, "g i 'First dashboard' Enter '2w' C-s");
	scene_feed(on, keys);
}

static uint32_t the_account(void)
{
	uint32_t id;

	MUST(book_find(book, TEXT("A-015"), &id, &e));
	return id;
}

/* Its newest row of the kind; cells are good until the next call. */
static const struct cell *newest(enum record_kind kind, int64_t *row)
{
	static struct account_view *v;

	account_view_free(&v);
	*row = 0;
	if (!book) /* the last call */
		return NULL;
	MUST(book_account(book, the_account(), &v, &e));
	if (!v->rows[kind].n)
		return NULL;
	*row = v->rows[kind].id[0];
	return v->rows[kind].cells;
}

static void is(enum record_kind kind, int field, const char *want)
{
	int64_t row;
	const struct cell *cells = newest(kind, &row);

	assert_non_null(cells);
	assert_int_equal(cells[field].type, CELL_TEXT);
	if (!text_eq(cells[field].t, text_of(want)))
		fail_msg("%s: %.*s instead of %s", record_of(kind)->name,
			(int)cells[field].t.n, cells[field].t.s, want);
}

/* On another desk. */
static void they_change(enum record_kind kind, int field, const char *text)
{
	struct cell cells[RECORD_FIELDS_MAX] = { 0 };
	struct change c = { .kind = kind, .fields = 1u << field, .cells = cells };
	const int owner = record_account_field(record_of(kind));

	(void)newest(kind, &c.row);
	cells[field] = CELL_OF_TEXT(text_of(text));
	if (!c.row) {
		cells[owner] = CELL_OF_INT(the_account());
		c.fields |= 1u << owner;
	}
	MUST(book_change(book, &c, 1, "elsewhere", NULL, &e));
}

static void they_remove(enum record_kind kind)
{
	struct change c = { .kind = kind };

	(void)newest(kind, &c.row);
	MUST(book_change(book, &c, 1, "elsewhere", NULL, &e));
}

#define TO_CONTACT "g ] ] ] ] ] ] ] "
#define TO_PLAN "g ] ] ] ] ] "
#define TO_MILESTONE TO_PLAN "j j j j "

static const struct {
	enum record_kind kind;
	int field;
	const char *there, *was; /* keys that lead to it; its first line */
} rows[] = {
	{ REC_CONTACT, F_CONTACT_NAME, TO_CONTACT, "you saw   Grace Hopper" },
	{ REC_MILESTONE, F_MILESTONE_TITLE, TO_MILESTONE, "you saw   First dashboard" },
};
enum { ROWS = sizeof(rows) / sizeof(*rows) };

static void test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS * 2; i++) {
		const bool mine = i % 2;

		start(rows[i / 2].there);
		scene_feed(on, "Enter C-u 'Mine'");
		they_change(rows[i / 2].kind, rows[i / 2].field, "Theirs");
		scene_feed(on, "C-s");
		assert_true(scene_shows(on, -1, rows[i / 2].was));
		assert_true(scene_shows(on, -1, "theirs    Theirs"));
		is(rows[i / 2].kind, rows[i / 2].field, "Theirs");
		scene_feed(on, mine ? "m" : "t");
		is(rows[i / 2].kind, rows[i / 2].field, mine ? "Mine" : "Theirs");
		tui_free(&on);
	}
}

/* Fields that only one of the two changed are both kept, without a question. */
static void test_other_fields(void **state)
{
	(void)state;
	start(TO_CONTACT);
	scene_feed(on, "Enter C-u 'Grace B. Hopper'");
	they_change(REC_CONTACT, F_CONTACT_EMAIL, "hopper@example.org");
	scene_feed(on, "C-s");
	assert_false(scene_shows(on, -1, "Somebody changed it meanwhile"));
	is(REC_CONTACT, F_CONTACT_NAME, "Grace B. Hopper");
	is(REC_CONTACT, F_CONTACT_EMAIL, "hopper@example.org");
	tui_free(&on);
}

/* What is gone can't be changed, and what was typed stays; what they changed is not
 * removed by who has not seen it. */
static void test_removing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		start(rows[i].there);
		scene_feed(on, "Enter C-u 'Mine'");
		they_remove(rows[i].kind);
		scene_feed(on, "C-s");
		assert_true(scene_shows(on, -1, "there is no such row"));
		assert_true(scene_shows(on, -1, "Mine"));
		tui_free(&on);

		start(rows[i].there);
		they_change(rows[i].kind, rows[i].field, "Theirs");
		scene_feed(on, "Del");
		assert_true(scene_shows(on, -1, "somebody changed it to Theirs"));
		is(rows[i].kind, rows[i].field, "Theirs");
		tui_free(&on);
	}
}

/* A line of the plan: there is one meanwhile, or it says something else. */
static void test_plan(void **state)
{
	(void)state;
	start(TO_PLAN "Enter 'My goal'");
	they_change(REC_PLAN, F_PLAN_GOAL, "Their goal");
	scene_feed(on, "Enter");
	assert_true(scene_shows(on, -1, "goal: whose is to stay?"));
	assert_true(scene_shows(on, -1, "you saw   nothing"));
	is(REC_PLAN, F_PLAN_GOAL, "Their goal");
	scene_feed(on, "m");
	is(REC_PLAN, F_PLAN_GOAL, "My goal");
	scene_feed(on, "j Enter 'My step'");
	they_change(REC_PLAN, F_PLAN_NEXT_STEP, "Their step");
	scene_feed(on, "Enter t");
	is(REC_PLAN, F_PLAN_NEXT_STEP, "Their step");
	is(REC_PLAN, F_PLAN_GOAL, "My goal");
	tui_free(&on);
}

/* Somebody made the plan, but another line of it: mine goes beside theirs. */
static void test_plan_made_meanwhile(void **state)
{
	(void)state;
	start(TO_PLAN "j Enter 'My step'");
	they_change(REC_PLAN, F_PLAN_GOAL, "Their goal");
	scene_feed(on, "Enter");
	assert_true(scene_shows(on, -1, "saved: next step"));
	is(REC_PLAN, F_PLAN_GOAL, "Their goal");
	is(REC_PLAN, F_PLAN_NEXT_STEP, "My step");
	tui_free(&on);
}

static int end(void **state)
{
	int64_t row;

	book = NULL;
	(void)newest(REC_PLAN, &row);
	return scene_teardown(state);
}

/* What they did is looked at, as after another program wrote. */
static void it_is_seen(void)
{
	book->data_version--; /* as if the file were another one by now */
	tui_tick(on);
}

/* What is typed outlives the line it is typed into, and ends as a note or is dropped. */
static void test_line_lost(void **state)
{
	(void)state;
	for (int keep = 0; keep < 2; keep++) {
		start("");
		they_change(REC_PLAN, F_PLAN_NEXT_STEP, "Call them");
		it_is_seen();
		scene_feed(on, "g j j j E C-u 'Ask fo'");
		they_remove(REC_PLAN);
		it_is_seen();
		assert_true(scene_shows(on, -1, "this line is gone"));
		scene_feed(on, "'r Ada'");
		assert_true(scene_shows(on, -1, "Ask for Ada"));
		assert_true(scene_shows(on, -1, "this line is gone"));
		scene_feed(on, keep ? "Enter C-s" : "Esc");
		assert_false(scene_shows(on, -1, "this line is gone"));
		if (keep)
			is(REC_NOTE, F_NOTE_TEXT, "Ask for Ada");
		else
			assert_false(scene_shows(on, -1, "Ask for Ada"));
		tui_free(&on);
	}
	/* Where nothing was typed, nothing is asked. */
	start("");
	they_change(REC_PLAN, F_PLAN_NEXT_STEP, "Call them");
	it_is_seen();
	scene_feed(on, "g j j j E");
	they_remove(REC_PLAN);
	it_is_seen();
	assert_false(scene_shows(on, -1, "this line is gone"));
	tui_free(&on);
}

/* Every byte there is comes back, or the line is not there to be typed into. */
static void test_long_texts(void **state)
{
	static const size_t sizes[] = { 511, 512, 513, INPUT_MAX - 1, INPUT_MAX,
		INPUT_MAX + 1 };
	char text[INPUT_MAX + 8];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		const size_t n = sizes[i];

		memset(text, 'x', n);
		memcpy(text + n - 2, "\xc3\xa4", 3);
		start("");
		they_change(REC_CONTACT, F_CONTACT_NAME, text);
		it_is_seen();
		scene_feed(on, TO_CONTACT "Enter C-a Del 'y' Down C-u 'a@b.example' C-s");
		text[0] = n > INPUT_MAX ? 'x' : 'y';
		is(REC_CONTACT, F_CONTACT_NAME, text);
		is(REC_CONTACT, F_CONTACT_EMAIL, "a@b.example");
		scene_feed(on, TO_CONTACT "Enter");
		assert_int_equal(scene_shows(on, -1, "too long to be changed here"),
			n > INPUT_MAX);
		tui_free(&on);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_other_fields),
		cmocka_unit_test(test_removing),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_line_lost),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_plan_made_meanwhile),
	};

	return cmocka_run_group_tests(tests, scene_setup, end);
}
