/* The keys screen: what it lists, and keys that are changed there: at once, in hints,
 * help and commands, and at the next start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"
#include "tui/key_list.h"

#define BEGIN_WITH_BOOK "[options]\nstart-screen = Book\n"

static struct tui *t;

/* On the Book; file and kept may be NULL. */
static void start(const char *file, const char *kept, const char *keys)
{
	static char text[1024];

	snprintf(text, sizeof(text), "%s%s", BEGIN_WITH_BOOK, file ? file : "");
	t = scene_settings(text, kept, keys);
}

static void end(void)
{
	tui_free(&t);
}

/* The next console, with what this one kept. */
static void start_again(const char *file, const char *keys)
{
	end();
	start(file, host_memory_kept(scene_host()), keys);
}

static bool kept(const char *line)
{
	return strstr(host_memory_kept(scene_host()), line);
}

static void shows(const char *text)
{
	if (!scene_shows(t, -1, text))
		fail_msg("\"%s\" is not there:\n%s", text, scene_dump(t));
}

static void shows_not(const char *text)
{
	if (scene_shows(t, -1, text))
		fail_msg("\"%s\" is there:\n%s", text, scene_dump(t));
}

static int32_t key_of(const char *name)
{
	int32_t key = 0;

	assert_true(key_parse(text_of(name), &key));
	return key;
}

static enum action does(const char *key)
{
	return keys_find(SCOPE_BOOK, key_of(key));
}

/* To the first row that has these words. */
#define TO(words) "C-k / '" words "' Enter "

/* ---- changes -------------------------------------------------------------------- */

/* Each from keys as they were shipped; the place is the Book. */
static const struct {
	const char *keys;
	const char *says; /* on the line below, or in the question */
	const char *key;  /* and what it does then */
	enum action action;
	const char *keeps; /* a line that is kept then; NULL: none of keys is */
	const char *key2;  /* the same of another one; NULL: of none */
	enum action action2;
} changes[] = {
	/* in the place of its key */
	{ TO("book touch") "Enter F6", "Book: F6 is log a touch now", "F6", ACT_TOUCH,
		"book.F6 = touch\nbook.t = none\n", "t", ACT_NONE },
	/* beside it */
	{ TO("book touch") "+ F6", "Book: F6 is log a touch now", "F6", ACT_TOUCH,
		"book.F6 = touch\n", "t", ACT_TOUCH },
	/* whatever the key means in a list or a popup */
	{ TO("book touch") "Enter PgUp Enter", "Book: PgUp is log a touch now", "PgUp",
		ACT_TOUCH, "book.PgUp = touch\n", "t", ACT_NONE },
	{ TO("book touch") "Enter q Enter", "Book: q is log a touch now", "q", ACT_TOUCH,
		"book.q = touch\n", "t", ACT_NONE },
	{ TO("book touch") "Enter M-x", "Book: M-x is log a touch now", "M-x", ACT_TOUCH,
		"book.M-x = touch\n", "t", ACT_NONE },
	{ TO("book touch") "Enter C-z Enter", "Book: C-z is log a touch now", "C-z",
		ACT_TOUCH, "book.C-z = touch\n", "t", ACT_NONE },
	{ TO("book touch") "Enter = Enter", "Book: = is log a touch now", "=", ACT_TOUCH,
		"book.%3D = touch\n", "t", ACT_NONE },
	{ TO("book touch") "Enter ; ", "Book: ; is log a touch now", ";", ACT_TOUCH,
		"book.%3B = touch\n", "t", ACT_NONE },
	/* it is another's, here or around */
	{ TO("book touch") "Enter n", "n is note here, which has no key then", "n",
		ACT_NOTE, NULL, "t", ACT_TOUCH },
	{ TO("book touch") "Enter n Enter", "Book: n is log a touch now", "n", ACT_TOUCH,
		"book.n = touch\n", "t", ACT_NONE },
	{ TO("book touch") "Enter n F6", "Book: F6 is log a touch now", "F6", ACT_TOUCH,
		"book.F6 = touch\n", "n", ACT_NOTE },
	{ TO("book touch") "Enter n Esc", "log a touch", "n", ACT_NOTE, NULL, "t",
		ACT_TOUCH },
	{ TO("book touch") "Enter x", "x is export, which it does elsewhere only then",
		"x", ACT_EXPORT, NULL, "t", ACT_TOUCH },
	/* further in it does something else */
	{ TO("every screen help ?") "Enter z", "on Today z is snooze, and stays so", "z",
		ACT_SNOOZE, NULL, "?", ACT_HELP },
	{ TO("every screen help ?") "Enter z Enter",
		"On every screen: z is help now; on Today it is snooze", "z", ACT_SNOOZE,
		"screen.z = help\nscreen.? = none\n", "?", ACT_NONE },
	{ TO("book touch") "Enter k", "k is up, which it does elsewhere only then", "k",
		ACT_MOVE_UP, NULL, "t", ACT_TOUCH },
	{ TO("every screen undo u") "Enter x", "Rebalance it is", "x", ACT_EXPORT, NULL,
		"u", ACT_UNDO },
	/* what takes it is no answer, as when the key that asked is held down */
	{ TO("every screen undo u") "Enter Enter",
		"Enter takes what is offered: only the settings", "u", ACT_UNDO, NULL,
		"Enter", ACT_OPEN },
	{ TO("every screen undo u") "Enter Enter F6", "On every screen: F6 is undo now",
		"F6", ACT_UNDO, "screen.F6 = undo\nscreen.u = none\n", "u", ACT_NONE },
	/* no change */
	{ TO("book touch") "Enter Esc", "log a touch", "t", ACT_TOUCH, NULL, NULL,
		ACT_NONE },
	{ TO("book touch") "Enter t", "t does that already", "t", ACT_TOUCH, NULL, NULL,
		ACT_NONE },
	{ TO("book touch") "r", "that is as usual", "t", ACT_TOUCH, NULL, NULL,
		ACT_NONE },
	/* taken away, and back */
	{ TO("book touch") "Del", "Book: t does nothing now", "t", ACT_NONE,
		"book.t = none\n", NULL, ACT_NONE },
	{ TO("book touch") "Backspace", "Book: t does nothing now", "t", ACT_NONE,
		"book.t = none\n", NULL, ACT_NONE },
	{ TO("book touch") "Del Del", "log a touch has no key to take away", "t",
		ACT_NONE, "book.t = none\n", NULL, ACT_NONE },
	{ TO("book touch") "Del r", "Book: t is log a touch again", "t", ACT_TOUCH, NULL,
		NULL, ACT_NONE },
	{ TO("book touch") "Enter F6 r", "Book: t is log a touch again", "F6", ACT_NONE,
		NULL, "t", ACT_TOUCH },
	{ TO("book touch") "Enter n Enter r", "Book: t is log a touch again", "n",
		ACT_NOTE, NULL, "t", ACT_TOUCH },
	{ TO("book touch") "Del Enter t", "Book: t is log a touch now", "t", ACT_TOUCH,
		NULL, NULL, ACT_NONE },
	/* keys that must be */
	{ TO("every palette :") "Del", "menu must have a key", ":", ACT_PALETTE, NULL,
		NULL, ACT_NONE },
	{ TO("book back Esc") "Del", "back must have a key (Book)", "Esc", ACT_BACK, NULL,
		NULL, ACT_NONE },
	{ TO("new key Esc back") "Del", "back must have a key (New key)", "Esc", ACT_BACK,
		NULL, NULL, ACT_NONE },
	{ TO("every palette :") "Enter !", "On every screen: ! is menu now", "!",
		ACT_PALETTE, "screen.! = palette\n", ":", ACT_NONE },
	{ TO("book touch") "Enter :", "menu must have a key (Book)", ":", ACT_PALETTE,
		NULL, "t", ACT_TOUCH },
	{ TO("input keep C-s") "Enter a", "a is a letter, which is typed there", "a",
		ACT_INACTIVE, NULL, NULL, ACT_NONE },
	/* what only the commands have */
	{ TO("every report") "Enter F9", "On every screen: F9 is", "F9", ACT_REPORT,
		"screen.F9 = report\n", NULL, ACT_NONE },
	{ TO("every report") "Enter F9 Del", "On every screen: F9 does nothing now", "F9",
		ACT_NONE, NULL, NULL, ACT_NONE },
};

static void test_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		start(NULL, NULL, changes[i].keys);
		shows(changes[i].says);
		assert_int_equal(does(changes[i].key), changes[i].action);
		if (changes[i].key2)
			assert_int_equal(does(changes[i].key2), changes[i].action2);
		assert_int_equal(kept("[keys]"), changes[i].keeps != NULL);
		if (changes[i].keeps && !kept(changes[i].keeps))
			fail_msg("%s keeps %s", changes[i].keys,
				host_memory_kept(scene_host()));
		/* The next start has it. */
		start_again(NULL, "");
		shows_not("chosen under keys");
		assert_int_equal(does(changes[i].key), changes[i].action);
		if (changes[i].key2)
			assert_int_equal(does(changes[i].key2), changes[i].action2);
		end();
	}
}

/* Hints, help and commands have it at once. */
static void test_seen_at_once(void **state)
{
	(void)state;
	start(NULL, NULL, TO("book touch") "Enter F6 Esc Esc");
	assert_true(scene_shows(t, 23, "F6 log a touch"));
	scene_feed(t, "?");
	shows("F6                   Write down a call");
	scene_feed(t, "Esc : 'log a touch'");
	shows("log a touch               F6");
	scene_feed(t, "Esc F6");
	shows("Log a touch");
	end();
	start(NULL, NULL, TO("every quadrant 3") "Enter F12");
	assert_true(scene_shows(t, 1, "2 Book  F12 Quadrant 4 Trends"));
	end();
}

/* ---- the settings file ---------------------------------------------------------- */

/* What it says comes before what was chosen, and holds again at the next start. */
static void test_file_fixes(void **state)
{
	static const char file[] = "[keys]\nbook.F6 = touch\n";

	(void)state;
	start(file, NULL, TO("book touch F6"));
	shows("settings file, line 4");
	scene_feed(t, "Enter F7");
	shows("F7 is log a touch now; F6 is back at the next start (file, line 4)");
	assert_int_equal(does("F6"), ACT_NONE);
	assert_int_equal(does("F7"), ACT_TOUCH);
	assert_true(kept("book.F7 = touch\n"));
	assert_false(kept("F6"));
	start_again(file, "");
	assert_int_equal(does("F6"), ACT_TOUCH);
	assert_int_equal(does("F7"), ACT_TOUCH);
	end();
	start(file, NULL, TO("book touch F6") "Del");
	shows("Book: F6 does nothing now, until you leave (line 4 of the file)");
	assert_false(kept("F6"));
	end();
	start("[keys]\nbook.F7 = note\n", "[keys]\nbook.F7 = touch\n", "");
	assert_int_equal(does("F7"), ACT_NOTE);
	shows("tierdesk.conf:4: book.F7 = note comes before touch, chosen under keys");
	end();
	/* The same twice is nothing to be told. */
	start("[keys]\nbook.F7 = note\n", "[keys]\nbook.F7 = note\n", "");
	shows_not("comes before");
	end();
	/* What is wrong with the file is told, and the choice holds. */
	start("[keys]\nbook.F7 = nonsense\n", "[keys]\nbook.F7 = touch\n", "");
	assert_int_equal(does("F7"), ACT_TOUCH);
	shows("tierdesk.conf:4: there is no action");
	end();
}

/* Changed twice and more: what is said of the next start is what it has. */
static void test_file_again(void **state)
{
	static const struct {
		const char *file, *keys, *says;
		const char *key;
		enum action now, then;
	} rows[] = {
		{ "screen.q = none", TO("on every screen quit") "r",
			"q is quit again, until you leave (line 4 of the file)", "q",
			ACT_QUIT, ACT_NONE },
		{ "screen.q = none", TO("on every screen quit") "r Enter F6",
			"On every screen: F6 is quit now ", "q", ACT_NONE, ACT_NONE },
		{ "screen.q = none", TO("on every screen quit") "r Del",
			"On every screen: q does nothing now ", "q", ACT_NONE, ACT_NONE },
		{ "screen.q = help", TO("on every screen quit") "r Enter F6",
			"F6 is quit now; q is help at the next start (file, line 4)", "q",
			ACT_NONE, ACT_HELP },
		{ "book.n = none", TO("book touch") "Enter n Enter F6",
			"now; n does nothing at the next start (file, line 4)", "n",
			ACT_NOTE, ACT_NONE },
		{ "book.F6 = touch", TO("book touch F6") "Enter F7",
			"F6 is back at the next start (file, line 4)", "F6", ACT_NONE,
			ACT_TOUCH },
	};
	char file[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		snprintf(file, sizeof(file), "[keys]\n%s\n", rows[i].file);
		start(file, NULL, rows[i].keys);
		shows(rows[i].says);
		assert_int_equal(does(rows[i].key), rows[i].now);
		start_again(file, "");
		assert_int_equal(does(rows[i].key), rows[i].then);
		end();
	}
}

/* ---- what was kept -------------------------------------------------------------- */

/* Of another version, or of another file beside it. */
static void test_kept(void **state)
{
	static const struct {
		const char *kept, *says; /* NULL: nothing */
	} rows[] = {
		{ "[keys]\nbok.F6 = touch\nbook.F66 = touch\nbook.F6 = touched\n", NULL },
		{ "[keys]\ninput.a = input-accept\nbook = touch\nbook.=touch\n", NULL },
		{ "[keys]\nscreen.: = none\n",
			"chosen under keys: screen.: = none leaves palette without a "
			"key" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start(NULL, rows[i].kept, "");
		if (rows[i].says)
			shows(rows[i].says);
		else
			shows_not("chosen under keys");
		assert_int_equal(does(":"), ACT_PALETTE);
		assert_int_equal(does("t"), ACT_TOUCH);
		end();
	}
}

/* What is kept and can't hold, or does not as the file comes before it, is told at every
 * start, until the row that has the key is made as usual. */
static void test_left_out(void **state)
{
	static const struct {
		const char *file, *kept, *told;
		const char *keys, *says;
	} rows[] = {
		{ "screen.q = none", "always.C-c = none", "leaves quit without a key",
			TO("everywhere quit C-c") "r",
			"always.C-c = none, which was left out, is forgotten" },
		{ "", "screen.: = none", "leaves palette without a key",
			TO("every palette :") "r",
			"screen.: = none, which was left out, is forgotten" },
		{ "", "book.: = touch", "leaves palette without a key",
			TO("every palette :") "r",
			"book.: = touch, which was left out, is forgotten" },
		{ "book.t = touch", "book.t = none", "comes before none, chosen under",
			TO("book touch") "r",
			"book.t = none, which was left out, is forgotten" },
	};
	char file[64], was[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		snprintf(file, sizeof(file), "[keys]\n%s\n", rows[i].file);
		snprintf(was, sizeof(was), "[keys]\n%s\nbook.F6 = note\n", rows[i].kept);
		start(file, was, "");
		shows(rows[i].told);
		scene_feed(t, rows[i].keys);
		shows(rows[i].says);
		scene_feed(t, "r");
		shows("that is as usual");
		assert_false(kept(rows[i].kept));
		assert_true(kept("book.F6 = note\n"));
		start_again(file, "");
		shows_not("chosen under");
		assert_int_equal(does("F6"), ACT_NOTE);
		end();
	}
	/* The row says so meanwhile. */
	start(NULL, "[keys]\nscreen.: = none\n", TO("every palette :"));
	shows("screen.: = none, chosen here, is left out");
	scene_feed(t, "r Down Up");
	shows_not("is left out");
	end();
}

/* Sentences name the key that does it here. */
static void test_sentences(void **state)
{
	static const struct {
		const char *file, *says;
	} rows[] = {
		{ "", "; C-u erases it, none is last" },
		{ "[keys]\ninput.C-u = none\npick.F6 = input-erase-line\n",
			"; F6 erases it, none is last" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start(rows[i].file, NULL, "W C-u 'qqq'");
		shows(rows[i].says);
		end();
	}
}

/* The key works until the end; that it can't be kept is one line. */
static void test_full_disk(void **state)
{
	(void)state;
	start(NULL, NULL, TO("book touch") "Enter");
	host_memory_full(scene_host(), true);
	scene_feed(t, "F6");
	assert_true(scene_shows(t, 22, "can't write: no space left on device"));
	assert_int_equal(does("F6"), ACT_TOUCH);
	end();
}

/* ---- what is listed ------------------------------------------------------------- */

static bool lists(const struct key_list *l, enum scope scope, enum action action)
{
	for (int i = 0; i < l->n; i++)
		if (l->row[i].action == action &&
			(scope == SCOPE_NONE || l->row[i].scope == scope))
			return true;
	return false;
}

/* Every key, and every action, each once; also when there are no keys left of them. */
static void test_lists_all(void **state)
{
	static const char *const kept[] = { NULL,
		"[keys]\nbook.t = none\nbook.F6 = touch\nbook.F7 = touch\n"
		"book.n = touch\nscreen.F9 = report\n" };
	const struct binding *b;
	struct key_list l = { 0 };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		int n;

		start(NULL, kept[k], "");
		key_list_make(&l);
		for (int i = 1; i < ACT_COUNT; i++)
			assert_true(lists(&l, SCOPE_NONE, (enum action)i));
		n = keys_bindings(&b);
		for (int i = 0; i < n; i++)
			assert_true(b[i].action == ACT_NONE ||
				    lists(&l, b[i].scope, b[i].action));
		for (int i = 0; i < l.n; i++)
			for (int j = 0; l.row[i].key && j < i; j++)
				assert_false(l.row[i].scope == l.row[j].scope &&
					     l.row[i].key == l.row[j].key);
		key_list_clear(&l);
		end();
	}
}

/* From the list of a screen to its keys, and to the options and back. */
static void test_ways(void **state)
{
	(void)state;
	start(NULL, NULL, "C-k");
	assert_true(scene_shows(t, 5, "Book             Esc"));
	scene_feed(t, "Tab");
	shows("escape-delay");
	scene_feed(t, "Tab");
	shows_not("escape-delay");
	scene_feed(t, "Esc 3 : 'keys' Enter");
	assert_true(scene_shows(t, 5, "Quadrant         Enter"));
	scene_feed(t, "c");
	shows("quadrant.Enter = account-open   below [keys] in tierdesk.conf");
	scene_feed(t, "/ 'nobody has this'");
	shows("no key has that in it");
	scene_feed(t, "Enter Enter Del r + c");
	shows("no key has that in it");
	scene_feed(t, "/ Esc");
	shows("Everywhere       Up");
	end();
}

/* Without a book as well. */
static void test_without_a_book(void **state)
{
	struct host_memory *m = host_memory_new();
	struct err e = { .text = "" };

	(void)state;
	assert_int_equal(
		tui_open(NULL, host_memory_host(m), 24, 80, false, &t, &e), ST_OK);
	scene_feed(t, ": 'keys' Enter / 'book touch' Enter Enter F6");
	shows("Book: F6 is log a touch now");
	assert_non_null(strstr(host_memory_kept(m), "book.F6 = touch\n"));
	end();
	host_memory_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_seen_at_once),
		cmocka_unit_test(test_file_fixes),
		cmocka_unit_test(test_file_again),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_lists_all),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_without_a_book),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
