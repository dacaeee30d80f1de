/* Views, and what is kept from one time to the next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/scene.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

enum { HEADER = 2, MESSAGE = 22 };

/* ---- views and what is kept -------------------------------------------------------- */

static struct tui *again(const char *kept, const char *keys, struct host_memory **m)
{
	struct tui *t = NULL;

	*m = host_memory_new();
	host_memory_host(*m)->kept = kept;
	assert_int_equal(tui_open(scene_book(FIXTURE_COMPLETE), host_memory_host(*m), 24,
				 80, false, &t, NULL),
		ST_OK);
	scene_feed(t, keys);
	return t;
}

static void test_views(void **state)
{
	static const char save[] = "/ 'health:<60' Enter s w 'Low ones' C-s ";
	char keys[256];

	(void)state;
	scene_says(save, MESSAGE, "\"Low ones\" is saved: v picks it");
	snprintf(keys, sizeof(keys), "%s \\ h s v 'low' Enter", save);
	scene_says(keys, 1, "filter health:<60");
	scene_says(keys, HEADER, "Health↑");
	scene_says(keys, MESSAGE, "view: Low ones");
	/* A second one of that name asks first. */
	snprintf(keys, sizeof(keys), "%s \\ w 'Low ones' C-s", save);
	scene_says(keys, -1, "There is a view \"Low ones\" already. Replace it?");
	snprintf(keys, sizeof(keys), "%s \\ w 'Low ones' C-s n Esc v 'low' Enter", save);
	scene_says(keys, 1, "filter health:<60");
	snprintf(keys, sizeof(keys), "%s \\ w 'Low ones' C-s y v 'low' Enter", save);
	scene_says(keys, MESSAGE, "view: Low ones");
	snprintf(keys, sizeof(keys), "%s \\ g", save);
	scene_leads_to(keys, "s g");
	/* Removed only when that was meant; those of the program stay. */
	snprintf(keys, sizeof(keys), "%s v 'low' Del n", save);
	scene_says(keys, -1, "Low ones   ");
	snprintf(keys, sizeof(keys), "%s v 'low' Del y C-u 'low on'", save);
	scene_says(keys, -1, "no view of that name");
	scene_says("v 'everything' Del", MESSAGE, "comes with the program");
}

/* However many there are, all are found: also those of the program, which come last. */
static void test_many_views(void **state)
{
	static char kept[300 * 64];
	struct host_memory *m;
	struct tui *t;
	size_t n = (size_t)snprintf(kept, sizeof(kept), "[views]\n");

	(void)state;
	for (int i = 0; i < 300; i++)
		n += (size_t)snprintf(kept + n, sizeof(kept) - n,
			"Mine %03d = whose=all sort=-arr filter=health:<60\n", i);
	t = again(kept, "v 'mine 299' Enter", &m);
	assert_true(scene_shows(t, MESSAGE, "view: Mine 299"));
	scene_feed(t, "v 'everything' Enter");
	assert_true(scene_shows(t, MESSAGE, "view: Everything"));
	scene_feed(t, "v 'mine 298' Del y C-u 'mine 298'");
	assert_true(scene_shows(t, -1, "no view of that name"));
	scene_feed(t, "C-u 'mine 297' Enter");
	assert_true(scene_shows(t, MESSAGE, "view: Mine 297"));
	tui_free(&t);
	host_memory_free(&m);
}

static void test_shipped_views(void **state)
{
	static const char *const names[] = { "my book", "renewals in", "at risk",
		"falling", "big and", "first 48", "no owner", "tiers by", "costly",
		"not understood", "everything" };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		char keys[64];
		struct tui *t;

		snprintf(keys, sizeof(keys), "v '%s' Enter", names[i]);
		t = scene_start(FIXTURE_COMPLETE, 24, 120, keys);
		assert_true(scene_shows(t, MESSAGE, "view: "));
		/* None of them has a filter that is not understood. */
		scene_feed(t, "/ Enter");
		assert_false(scene_shows(t, MESSAGE, "filter:"));
		tui_free(&t);
	}
}

/* A screen of the whole base claims neither an owner nor a filter. */
static void test_screens_of_all(void **state)
{
	static const char *const whole[] = { "5", "6", "8", "5 b" };
	static const char view[] = "o / 'health:<60' Enter";

	(void)state;
	scene_says(view, 0, "mine: ");
	scene_says(view, 1, "filter health:<60");
	for (size_t i = 0; i < LENGTH(whole); i++) {
		char keys[64];
		struct tui *t;

		snprintf(keys, sizeof(keys), "%s %s", view, whole[i]);
		t = scene_start(FIXTURE_COMPLETE, 24, 120, keys);
		assert_true(scene_shows(t, 0, " all "));
		assert_false(scene_shows(t, 0, "mine: "));
		assert_false(scene_shows(t, 0, "ARR"));
		assert_false(scene_shows(t, 1, "filter"));
		/* Those of the view have it again. */
		scene_feed(t, "2");
		assert_true(scene_shows(t, 0, "mine: "));
		assert_true(scene_shows(t, 1, "filter health:<60"));
		tui_free(&t);
	}
}

/* A view shows the columns it is about. */
static void test_view_columns(void **state)
{
	(void)state;
	scene_says("v 'big and' Enter", HEADER, "Cover");
	scene_says("v 'tiers by' Enter", HEADER, "Score↓2");
	scene_says("v 'tiers by' Enter", HEADER, "↑1");
	scene_says(
		"v 'first 48' Enter / C-u 'first_value:none' Enter", HEADER, "Started");
	scene_says("v 'costly' Enter", HEADER, "Quadrant");
	scene_says("v 'costly' Enter", HEADER, "Effort↓1");
	scene_leads_to("v 'costly' Enter v 'everything' Enter", "");
	/* They go with its filter, and are not mixed into the next one. */
	scene_says("v 'costly' Enter \\", HEADER, "Health  28d");
	scene_says("v 'tiers by' Enter \\", HEADER, "Health  28d");
	scene_says("v 'big and' Enter v 'renewals' Enter", HEADER, "28d");
	/* Changed, they are those of the view all the same, which is said. */
	scene_says("v 'costly' Enter c Home Space Esc", MESSAGE,
		"the columns are those of the view: \\ goes back to yours, w keeps "
		"these");
	scene_leads_to("v 'costly' Enter c Home Space Esc \\ c Esc",
		"v 'costly' Enter \\ c Esc");
	/* The same as one's own are one's own. */
	scene_leads_to("v 'my book' Enter c Home Down Down Down Space Esc v 'everything' "
		       "Enter \\",
		"c Home Down Down Down Space Esc");
}

/* It is the same whatever a person made of the columns before, and theirs come back. */
static void test_view_brings_columns(void **state)
{
	static const char *const names[] = { "my book", "renewals in", "at risk",
		"falling", "no owner", "everything" };
	static const char own[] = "c g j j Space j Space j j j j Space Esc "; /* off */
	char keys[160];

	(void)state;
	scene_says(own, HEADER, "Account");
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct tui *t;
		const char *view;

		snprintf(keys, sizeof(keys), "v '%s' Enter g", names[i]);
		t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);
		view = scene_dump(t);
		tui_free(&t);
		snprintf(keys, sizeof(keys), "%s v '%s' Enter", own, names[i]);
		t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);
		assert_true(scene_shows(t, MESSAGE, ", with its columns; \\ goes back"));
		scene_feed(t, "g");
		screen_same(names[i], scene_dump(t), view);
		scene_feed(t, "\\");
		assert_false(scene_shows(t, HEADER, "Renewal"));
		assert_false(scene_shows(t, HEADER, "ARR"));
		tui_free(&t);
	}
}

/* One that is in use at the end takes nobody's own columns away, nor does a look at the
 * list of all. */
static void test_lent_is_not_kept(void **state)
{
	static const char *const uses[] = { "v 'my book' Enter",
		"v 'tiers by' Enter c Esc", "v 'at risk' Enter c Esc",
		"v 'at risk' Enter c g j j Space Esc", /* changed in it */
		"v 'everything' Enter" };

	(void)state;
	scene_book(FIXTURE_COMPLETE)->path = "/books/a.db";
	for (size_t i = 0; i < LENGTH(uses); i++) {
		struct tui *t = scene_start(
			FIXTURE_COMPLETE, 24, 80, "c g j j j Space Esc "); /* no ARR */
		struct host_memory *m;
		char *kept;

		assert_false(scene_shows(t, HEADER, "ARR"));
		scene_feed(t, uses[i]);
		assert_true(scene_shows(t, HEADER, "ARR"));
		tui_free(&t);
		kept = strdup(host_memory_kept(scene_host()));
		t = again(kept, "g", &m);
		if (scene_shows(t, HEADER, "ARR"))
			fail_msg("%s:\n%s", uses[i], scene_dump(t));
		tui_free(&t);
		host_memory_free(&m);
		free(kept);
	}
	scene_book(FIXTURE_COMPLETE)->path = NULL;
}

/* Two consoles keep things in the same place: neither takes the other's away. */
static void test_kept_by_two(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "w 'Mine' C-s");
	const char *kept;

	(void)state;
	kept = host_memory_kept(scene_host());
	assert_non_null(strstr(kept, "Mine"));
	host_memory_keep(scene_host(), "[elsewhere]\nother = thing\n");
	scene_feed(t, "w 'Second' C-s");
	kept = host_memory_kept(scene_host());
	assert_non_null(strstr(kept, "other = thing"));
	assert_non_null(strstr(kept, "Second"));
	assert_null(strstr(
		kept, "Mine")); /* taken away by the other one, and not set again */
	tui_free(&t);
}

static void test_kept(void **state)
{
	struct book *b = scene_book(FIXTURE_COMPLETE);
	struct host_memory *m;
	struct tui *t;
	char *kept, *anew;

	(void)state;
	b->path = "/books/one = [1].db";
	t = scene_start(FIXTURE_COMPLETE, 24, 80,
		"s l + h c End Space Esc w 'Mine & \"so\" = [on] 100%' C-s o / 'a' "
		"Enter");
	tui_free(&t);
	assert_non_null(host_memory_kept(scene_host()));
	kept = strdup(host_memory_kept(scene_host()));
	t = again(kept, "g", &m);
	anew = strdup(scene_dump(t));
	tui_free(&t);
	/* The filter is not kept, all else is. */
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "s l + h c End Space Esc o g");
	screen_same("kept", scene_dump(t), anew);
	tui_free(&t);
	host_memory_free(&m);
	t = again(kept, "v 'mine' ", &m);
	assert_true(scene_shows(t, -1, "Mine & \"so\" = [on] 100%"));
	tui_free(&t);
	host_memory_free(&m);
	/* Another book begins as at the first start of all. */
	b->path = "/books/two.db";
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "g");
	free(anew);
	anew = strdup(scene_dump(t));
	tui_free(&t);
	t = again(kept, "g", &m);
	screen_same("another book", anew, scene_dump(t));
	tui_free(&t);
	host_memory_free(&m);
	b->path = NULL;
	free(kept);
	free(anew);
}

/* Whatever stands in the file: the console opens and what it does not know stays. */
static void test_kept_garbage(void **state)
{
	static const char *const texts[] = { "", "\n\n[", "[views]\n=\n= =\nx\n[]\n",
		"[views]\nx = whose=9 sort=bogus columns=,,:,+ filter=%zz%4\n",
		"[views]\nA = whose=one owner=Nobody%20There sort=-arr\n[other]\nk = v\n",
		"[list]\n/books/a.db = whose=one owner= sort= columns=bogus\n",
		"[list]\n/books/a.db = sort=arr,arr,arr,arr,arr,arr\n[other]\nk = v\n",
		"\xff\xfe[views]\n\x01 = \x02\n" };

	(void)state;
	scene_book(FIXTURE_COMPLETE)->path = "/books/a.db";
	for (size_t i = 0; i < LENGTH(texts); i++) {
		struct host_memory *m;
		struct tui *t = again(texts[i], "v Down Enter s", &m);

		assert_true(scene_shows(t, HEADER, "Account") ||
			    scene_shows(t, -1, "No account is shown"));
		tui_free(&t);
		if (strstr(texts[i], "[other]"))
			assert_non_null(strstr(host_memory_kept(m), "[other]\nk = v"));
		host_memory_free(&m);
	}
	scene_book(FIXTURE_COMPLETE)->path = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_many_views),
		cmocka_unit_test(test_shipped_views),
		cmocka_unit_test(test_screens_of_all),
		cmocka_unit_test(test_view_columns),
		cmocka_unit_test(test_view_brings_columns),
		cmocka_unit_test(test_lent_is_not_kept),
		cmocka_unit_test(test_kept_by_two),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_kept_garbage),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
