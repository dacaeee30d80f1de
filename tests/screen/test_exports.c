/* What is shown, as a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

enum { HEADER = 2, MESSAGE = 22 };

static const char *exported(const char *path)
{
	const char *text = host_memory_get(scene_host(), path);

	assert_non_null(text);
	return text;
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void test_export(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "x C-s");
	const char *csv;

	(void)state;
	assert_true(scene_shows(
		t, MESSAGE, "36 accounts are in /home/dana/book-2026-03-31.csv"));
	csv = exported("/home/dana/book-2026-03-31.csv");
	/* Also what has no room at this width. */
	assert_ptr_equal(
		strstr(csv, "Id,Tier,Account,Owner,ARR,Health,28d,Renewal,Score,"), csv);
	assert_non_null(strstr(csv, ",Segment,Region,Industry,Tags\n"));
	assert_non_null(strstr(csv, "\nA-011,3,Contoso,Ben Okafor,140000.00,34,0,"));
	assert_in_range(lines_of(csv), 37, 40); /* a name has two lines */
	/* Not over what is there, unless that is said. */
	host_memory_put(scene_host(), "/home/dana/book-2026-03-31.csv", "precious");
	scene_feed(t, "x C-s");
	assert_string_equal(exported("/home/dana/book-2026-03-31.csv"), "precious");
	scene_feed(t, "Right C-s");
	assert_in_range(lines_of(exported("/home/dana/book-2026-03-31.csv")), 37, 40);
	tui_free(&t);
}

/* The columns that were chosen, the marked accounts, the other formats. */
static void test_export_choice(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80,
		"c j j Space Esc Space Space j Space x Right Down C-u '~/three' C-s");
	const char *json, *html;

	(void)state;
	assert_true(scene_shows(t, MESSAGE, "3 accounts are in /home/dana/three.json"));
	json = exported("/home/dana/three.json");
	assert_null(strstr(json, "\"csm\""));
	assert_non_null(strstr(json, "[{\"tier\":2,\"name\":"));
	scene_feed(t, "x Right Right Down C-u '~/page.htm' C-s");
	html = exported("/home/dana/page.htm");
	assert_non_null(strstr(html, "<p>3 accounts"));
	assert_non_null(strstr(html, "marked"));
	tui_free(&t);
}

/* The host makes reports; the form says of what, and as which file. */
static void test_report(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "j : 'report' Enter");

	(void)state;
	assert_true(scene_shows(t, -1, "the whole book")); /* wherever the cursor is */
	scene_feed(t, "Right");
	assert_true(scene_shows(t, -1, "the accounts of a CSM"));
	scene_feed(t, "Right");
	assert_false(scene_shows(t, -1, "the accounts of a CSM"));
	assert_true(scene_shows(t, -1, "\xE2\x94\x82 Lucerne Publishing "));
	scene_feed(t, "Left Left C-s");
	assert_true(scene_shows(
		t, MESSAGE, "the report is in /home/dana/report-2026-03-31.html"));
	assert_string_equal(exported("/home/dana/report-2026-03-31.html"), "board 0");
	/* Not over what is there, unless that is said. */
	scene_feed(t, ": 'report' Enter C-s");
	assert_true(scene_shows(t, -1, "is there already"));
	scene_feed(t, "Right C-s");
	scene_feed(t, ": 'report' Enter Right Down C-u 'Ben Okafor' Down Right C-s");
	assert_non_null(strstr(exported("/home/dana/report-2026-03-31.pdf"), "csm "));
	assert_string_not_equal(exported("/home/dana/report-2026-03-31.pdf"), "csm 0");
	scene_feed(t, ": 'report' Enter Right Right Down Down Right Right C-s");
	assert_non_null(strstr(exported("/home/dana/report-2026-03-31.svg"), "account "));
	tui_free(&t);
}

static void test_export_fails(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "x");

	(void)state;
	host_memory_full(scene_host(), true);
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, -1, "Export what is shown"));
	assert_null(host_memory_get(scene_host(), "/home/dana/book-2026-03-31.csv"));
	host_memory_full(scene_host(), false);
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, MESSAGE, "36 accounts are in"));
	tui_free(&t);
	scene_says("/ 'zzzz' Enter x", MESSAGE, "no account is shown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_export),
		cmocka_unit_test(test_export_choice),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_export_fails),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
