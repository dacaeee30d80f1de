/* How forms are typed in: ways through them, what is kept of what was typed, and that
 * nothing anybody types or pastes breaks one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/by_hand.h"

static void assert_same(const char *keys, const char *same_as)
{
	struct tui *a = by_hand_on("A-004", keys), *b;
	const char *dump = scene_dump(a);

	tui_free(&a);
	b = by_hand_on("A-004", same_as);
	screen_same(keys, scene_dump(b), dump);
	tui_free(&b);
}

static void test_ways(void **state)
{
	(void)state;
	assert_same("t Tab Tab S-Tab", "t Enter");
	assert_same("t Down Up", "t");
	assert_same("t Up Down", "t");
	assert_same("t Up Up", "t Up");
	assert_same("t Up 'c'", "t Up");
	assert_same("t Up 'cc'", "t Up Right Right Right");
	assert_same("t Up Right 'c'", "t Up");
	assert_same("t Up 'ch'", "t Up Right Right Right");
	assert_same("t Up 'm'", "t Up Right");
	assert_same("t Up 'mm'", "t Up Right Right");
	assert_same("t Up 'mee'", "t Up Right Right");
	assert_same("t Up 'v'", "t Up Right Right Right Right");
	assert_same("t Up 'ccc'", "t Up Right Right Right Right Right");
	assert_same("t Up 'ccc' Right", "t Up 'cl'");
	assert_same("t Up Left", "t Up");
	assert_same("t Up 'z' Down Up", "t Down Up Up");
	assert_same("t Esc", "");
	assert_same("t 'x' Backspace Esc", "");
	assert_same("n 'abc' Left Left Del", "n 'ac' Left");
	assert_same("A 'mei' Tab S-Tab", "A 'Mei Tanaka' Tab S-Tab");
	assert_same("t 'q?:/=u'", "t 'q?:/' '=u'");
}

/* Letters that choose nothing are not lost silently. */
static void test_letters_choose(void **state)
{
	struct tui *t = by_hand_on("A-004", "t Up 'call'");

	(void)state;
	assert_false(scene_shows(t, 22, "letters choose here"));
	scene_feed(t, "' z'");
	assert_true(scene_shows(t, 22, "letters choose here, and none begins so"));
	scene_feed(t, "Enter 'z'");
	assert_false(scene_shows(t, 22, "letters choose here"));
	tui_free(&t);
}

static void test_mouse(void **state)
{
	struct tui *t = by_hand_on("A-004", "t");
	struct account_view *v;
	int row = 0;

	(void)state;
	while (!scene_shows(t, row, "Kind"))
		row++;
	tui_click(t, row, 30); /* a choice of the first line */
	assert_false(scene_shows(t, row, "[call]"));
	assert_true(scene_shows(t, row, "[mail]") || scene_shows(t, row, "[meeting]"));
	tui_click(t, row + 1, 30);
	scene_feed(t, "'typed'");
	assert_true(scene_shows(t, row + 1, "typed"));
	while (!scene_shows(t, row, " log it "))
		row++;
	tui_click(t, row, 72);
	assert_true(scene_shows(t, 22, "logged a "));
	v = by_hand_account("A-004");
	by_hand_text_is(&v->rows[REC_TOUCH].cells[F_TOUCH_OUTCOME], "typed");
	account_view_free(&v);
	scene_feed(t, "t");
	assert_false(scene_shows(t, -1, "[call]")); /* what was logged last */
	tui_click(t, 23, 2);                        /* the first hint */
	assert_true(scene_shows(t, 22, "logged a m"));
	scene_feed(t, "n 'not lost'");
	tui_click(t, 2, 0); /* outside */
	assert_false(scene_shows(t, -1, " write it "));
	scene_feed(t, "n");
	assert_true(scene_shows(t, -1, "not lost"));
	tui_free(&t);
}

/* Words that the book has already complete, and only when asked to: another word may be
 * meant. */
static void test_words_of_the_book(void **state)
{
	struct tui *t = by_hand_on("A-004", "E Down Down Down C-u");

	(void)state;
	assert_true(scene_shows(t, -1, "In the book: EMEA") ||
		    scene_shows(t, -1, "In the book: A"));
	scene_feed(t, "'emea'");
	assert_true(scene_shows(t, -1, "Right: EMEA"));
	scene_feed(t, "Left Right"); /* only from the end */
	assert_true(scene_shows(t, -1, "Right: EMEA"));
	scene_feed(t, "Right");
	assert_false(scene_shows(t, -1, "Right: EMEA"));
	assert_true(scene_shows(t, -1, " accounts"));
	scene_feed(t, "C-u 'a'");
	assert_true(scene_shows(t, -1, ", not A"));
	scene_feed(t, "'ntarctica'");
	assert_true(scene_shows(t, -1, "no account has that"));
	scene_feed(t, "C-s");
	by_hand_account_is("A-004", F_REGION, "antarctica");
	scene_feed(t, "E Down Down Down C-u 'emea' Right C-s");
	by_hand_account_is("A-004", F_REGION, "EMEA");
	tui_free(&t);
}

/* Of a list the last word is the one that is typed. */
static void test_words_of_a_list(void **state)
{
#define TO_TAGS "E Down Down Down Down Down Down Down Down Down Down Down C-u "
	struct tui *t = by_hand_on("A-004", TO_TAGS "'pilot; q3 risk' C-s T 'q3 r'");

	(void)state;
	assert_true(scene_shows(t, -1, "Right: q3 risk"));
	scene_feed(t, "C-u Esc " TO_TAGS "'new; PIL' Right C-s");
	by_hand_account_is("A-004", F_TAGS, "new; pilot");
	tui_free(&t);
}

/* A field on the spot takes words that the book has, and is kept with the key of forms.
 */
static void test_words_on_the_spot(void **state)
{
	struct tui *t = by_hand_on("A-004", "Enter g l j Enter C-u 'emea'");

	(void)state;
	assert_true(scene_shows(t, -1, "Right: EMEA"));
	scene_feed(t, "Right C-s");
	by_hand_account_is("A-004", F_REGION, "EMEA");
	tui_free(&t);
}

/* A line that is full says so: what comes after is not in it. */
static void test_full_line(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "/ 'A-00' Enter g n");
	char many[INPUT_MAX + 8];

	(void)state;
	memset(many, 'x', sizeof(many));
	many[INPUT_MAX - 5] = '\0';
	tui_paste(t, text_of(many));
	assert_false(scene_shows(t, -1, "the line is full"));
	scene_feed(t, "'abcde'");
	assert_true(scene_shows(t, -1, "the line is full"));
	tui_free(&t);
}

/* What is kept belongs to one account. */
static void test_kept(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "n 'first' Esc j n");

	(void)state;
	assert_false(scene_shows(t, -1, "first"));
	scene_feed(t, "'second' Esc k n");
	assert_true(scene_shows(t, -1, "first"));
	scene_feed(t, "C-u Esc n");
	assert_false(scene_shows(t, -1, "first"));
	scene_feed(t, "Esc j n");
	assert_true(scene_shows(t, -1, "second"));
	scene_feed(t, "C-s n");
	assert_false(scene_shows(t, -1, "second"));
	tui_free(&t);
}

/* What was kept is picked: a letter begins anew, a step of the cursor goes on with it. */
static void test_kept_is_picked(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "n 'first' Esc n 'other'");

	(void)state;
	assert_true(scene_shows(t, -1, "other"));
	assert_false(scene_shows(t, -1, "firstother"));
	scene_feed(t, "Esc n End '!'");
	assert_true(scene_shows(t, -1, "other!"));
	scene_feed(t, "Esc n Backspace");
	assert_false(scene_shows(t, -1, "other"));
	tui_free(&t);
}

/* What is kept of a form is what was typed: the rest is as the book has it by now. */
static void test_kept_lines(void **state)
{
	struct tui *t = by_hand_on("A-004", "E Down Down C-u 'Typed segment' Esc");
	struct account_view *v;

	(void)state;
	by_hand_elsewhere("A-004", F_NAME, "Renamed elsewhere");
	scene_feed(t, "a a E C-s"); /* shown anew, then saved */
	v = by_hand_account("A-004");
	by_hand_text_is(&v->cells[F_SEGMENT], "Typed segment");
	by_hand_text_is(&v->cells[F_NAME], "Renamed elsewhere");
	account_view_free(&v);
	tui_free(&t);
}

/* ---- hostile text --------------------------------------------------------------- */

static const char *const hostile[] = { "\033[31mred\033[0m", "\r\n\t\b\a", "%s%n%d",
	"\xff\xfe\x80", "\342\200\256gpj.exe", "'; DROP TABLE account; --", "a|b|c",
	"\360\237\221\250\342\200\215\360\237\221\251\342\200\215\360\237\221\247",
	"e\314\201\314\201\314\201\314\201\314\201\314\201", "../../etc/passwd", "=1+1",
	"-1e999", "999999999999999999999", "\302\205\302\233", "\357\273\277bom",
	"한국전자株式会社", "${HOME}`id`", "0x10", "1,5", "-", "+", ":", "\"", "\\" };

static void test_hostile(void **state)
{
	static const char *const forms[] = { "t", "n", "E", "A", "L", "T" };
	struct tui *t = by_hand_on("A-004", "");
	char wide[2000];

	(void)state;
	memset(wide, 'w', sizeof(wide));
	for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++) {
		for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
			scene_feed(t, forms[f]);
			for (int line = 0; line < 12; line++) {
				tui_paste(t, text_of(hostile[i]));
				for (int k = 0; line < 2 && hostile[i][k]; k++)
					tui_key(t, (unsigned char)hostile[i][k] & 127);
				scene_feed(t, "Down");
			}
			scene_feed(t, "C-s");
			for (const char *s = scene_dump(t); *s; s++)
				assert_true(*s == '\n' || (unsigned char)*s >= ' ');
			scene_feed(t, "Esc Esc Esc Esc");
		}
		scene_feed(t, forms[f]);
		for (int line = 0; line < 12; line++) {
			tui_paste(t, (struct text){ wide, sizeof(wide) });
			scene_feed(t, "Home End Left C-w Down");
		}
		tui_resize(t, 15, 60);
		tui_resize(t, 3, 10);
		tui_resize(t, 24, 80);
		scene_feed(t, "C-s Esc Esc Esc");
	}
	scene_feed(t, "Esc 2");
	assert_true(scene_shows(t, 1, "Book"));
	tui_free(&t);
}

/* What other runs left, and nobody came back to, does not pile up: the newest stay. */
static void test_left_by_others(void **state)
{
	char kept[8192] = "[drafts]\n";
	const struct scene s = { .book = FIXTURE_COMPLETE, .kept = kept };
	const char *left;
	struct tui *t;
	size_t n = strlen(kept);
	int lines = 0;

	(void)state;
	for (int i = 1; i <= 260; i++)
		n += (size_t)snprintf(kept + n, sizeof(kept) - n, "left%03d = a|b\n", i);
	t = scene_open(&s, 24, 80);
	scene_feed(t, "2 n 'one more'");
	tui_free(&t);
	left = host_memory_kept(scene_host());
	assert_non_null(strstr(left, "left260 = a|b"));
	assert_null(strstr(left, "left005 "));
	while ((left = strstr(left, " = a|b")) != NULL) {
		left++;
		lines++;
	}
	assert_int_equal(lines, 256 - 1);
}

/* Text that goes on before it was shown that its line closed is no command below; what no
 * text has is one, and what follows that. */
static void test_typed_on(void **state)
{
	static const struct {
		const char *open, *unseen;
		const char *says, *segment; /* NULL: it is not looked at */
	} rows[] = {
		{ "n 'thanks'", "C-s 'u next' Enter '/u' Tab 'q'",
			"left out: u next /u q", NULL },
		{ "n 'thanks'", "C-s Tab Enter ' '", "wrote a note", NULL },
		{ "n 'thanks'", "Esc 'uq'", "left out: uq", NULL },
		{ "Enter g j E C-u 'SMB'", "Enter 'u' Enter 'x'", "left out: u x",
			"SMB" },
		{ "n 'thanks'", "C-s Down 'u'", "undone: write a note", NULL },
		{ "n 'thanks'", "C-s Esc 'u'", "undone: write a note", NULL },
		{ "n 'than'", "'ks' C-s", "wrote a note", NULL },
		{ "", "n 'thanks' C-s", "wrote a note", NULL },
		/* A question that comes with it is nothing that was seen either. */
		{ "/ C-u Enter Space j Space j Space j Space j Space j Space A 'mei'",
			"C-s 'y'", "left out: y", NULL },
		/* Lines that only look for something. */
		{ "", "/ C-u Enter 'n'", "Enter go on", NULL },
		{ "Enter", "/ C-u Enter 'n'", "Enter go on", NULL },
		{ ": 'note'", "Enter 'thanks' C-s", "wrote a note", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = by_hand_on("A-004", rows[i].open);

		tui_unseen(t, true);
		scene_feed(t, rows[i].unseen);
		tui_unseen(t, false);
		if (!scene_shows(t, -1, rows[i].says))
			fail_msg("%zu: no \"%s\" in\n%s", i, rows[i].says, scene_dump(t));
		if (rows[i].segment)
			by_hand_account_is("A-004", F_SEGMENT, rows[i].segment);
		tui_free(&t);
	}
}

/* Once it was shown, letters are commands again. */
static void test_typed_after(void **state)
{
	struct tui *t = by_hand_on("A-004", "n 'thanks'");

	(void)state;
	tui_unseen(t, true);
	scene_feed(t, "C-s 'u'");
	tui_unseen(t, false);
	scene_feed(t, "'u'");
	assert_true(scene_shows(t, 22, "undone: write a note"));
	tui_free(&t);
}

/* The mouse writes no text: who uses it has seen what there is. */
static void test_mouse_after(void **state)
{
	for (int way = 0; way < 2; way++) {
		struct tui *t = by_hand_on("A-004", "n 'thanks'");

		(void)state;
		tui_unseen(t, true);
		scene_feed(t, "C-s");
		if (way)
			tui_wheel(t, 1);
		else
			tui_click(t, 3, 10);
		scene_feed(t, "'u'");
		tui_unseen(t, false);
		assert_true(scene_shows(t, 22, "undone: write a note"));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_letters_choose),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_words_of_the_book),
		cmocka_unit_test(test_words_of_a_list),
		cmocka_unit_test(test_words_on_the_spot),
		cmocka_unit_test(test_full_line),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_kept_is_picked),
		cmocka_unit_test(test_kept_lines),
		cmocka_unit_test(test_left_by_others),
		cmocka_unit_test(test_typed_on),
		cmocka_unit_test(test_typed_after),
		cmocka_unit_test(test_mouse_after),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
