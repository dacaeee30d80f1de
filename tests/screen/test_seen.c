/* What a step of the cursor costs: the account that it leads to was read before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"
#include "tui/seen.h"

static const struct store_ops *real;
static struct store_ops counting;
static int reads;
static bool refuses;

/* Every account that is looked at asks for its history, and nothing else does here. */
static enum status counted(struct store *s, uint32_t account, int32_t from, int32_t to,
	snapshot_fn fn, void *arg, struct err *e)
{
	reads++;
	return refuses ? err_set(e, ST_UNOPENED, "another program has it")
		       : real->snapshot_history(s, account, from, to, fn, arg, e);
}

static void count_reads(struct book *b)
{
	real = b->store->ops;
	counting = *real;
	counting.snapshot_history = counted;
	b->store->ops = &counting;
	reads = 0;
	refuses = false;
}

static bool nobody_waits(void *arg)
{
	(void)arg;
	return false;
}

static void rest(struct tui *t)
{
	while (tui_pause(t))
		;
	reads = 0;
}

/* On Today and in the Book, where there is room for a preview. */
static void test_steps(void **state)
{
	static const char *const screens[] = { "1", "2" };

	(void)state;
	for (size_t i = 0; i < sizeof(screens) / sizeof(*screens); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, screens[i]);

		count_reads(scene_own());
		tui_pending(t, nobody_waits, NULL);
		scene_feed(t, "j j");
		assert_true(reads > 0); /* nobody rested */
		rest(t);
		scene_feed(t, "j");
		assert_int_equal(reads, 0);
		rest(t);
		scene_feed(t, "k");
		assert_int_equal(reads, 0);
		rest(t);
		scene_feed(t, "k");
		assert_int_equal(reads, 0);
		rest(t);
		scene_feed(t, "Enter");          /* the account itself: all of it */
		assert_int_equal(reads, i == 0); /* the Book has its trend beside it */
		tui_free(&t);
		scene_own()->store->ops = real;
	}
}

/* While steps follow each other quickly nothing is read, and where there is no preview
 * never. */
static void test_not_asked(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "2");

	(void)state;
	count_reads(scene_own());
	tui_walk(t);
	scene_feed(t, "j j j");
	assert_int_equal(reads, 0);
	tui_resize(t, 24, 80);
	rest(t);
	scene_feed(t, "j k");
	while (tui_pause(t))
		;
	assert_int_equal(reads, 0);
	tui_free(&t);
	scene_own()->store->ops = real;
}

/* What can't be had for later is not tried again and again, and told when it is needed.
 */
static void test_refused(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "2");

	(void)state;
	count_reads(scene_own());
	rest(t);
	scene_feed(t, "j j");
	refuses = true;
	rest(t);
	assert_false(scene_shows(t, -1, "another program has it"));
	scene_feed(t, "j");
	assert_true(scene_shows(t, -1, "another program has it"));
	tui_free(&t);
	scene_own()->store->ops = real;
}

/* The ones that were asked for last, and none of another state of the book. */
static void test_kept(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "");
	struct book *b = scene_own();
	struct seen s = { .generation = 0 };
	const struct account_view *first, *second;
	struct recalc_result done;
	struct err why = { .status = ST_OK };

	(void)state;
	assert_int_equal(seen_last(&s), 0);
	assert_false(seen_has(&s, 0));
	first = seen_get(&s, b, 1, true, &why);
	assert_int_equal(first->row.account, 1);
	assert_true(first->brief);
	assert_true(seen_ahead(&s, b, 2));
	assert_false(seen_ahead(&s, b, 2));
	assert_false(seen_ahead(&s, b, 0));
	assert_int_equal(seen_last(&s), 1);
	assert_true(seen_ahead(&s, b, 3));
	second = seen_get(&s, b, 2, true, &why);
	assert_int_equal(second->row.account, 2);
	assert_ptr_equal(seen_get(&s, b, 1, true, &why), first);
	assert_non_null(seen_get(&s, b, 4, true, &why)); /* in the place of 3 */
	assert_false(seen_has(&s, 3));
	assert_ptr_equal(seen_get(&s, b, 2, true, &why), second);
	first = seen_get(&s, b, 1, false, &why); /* all of it, in its own place */
	assert_int_equal(first->row.account, 1);
	assert_false(first->brief);
	assert_ptr_equal(seen_get(&s, b, 1, true, &why), first);
	assert_true(seen_has(&s, 4));
	assert_ptr_equal(seen_get(&s, b, 2, true, &why), second);
	assert_null(seen_get(&s, b, UINT32_MAX, true, &why));
	assert_int_equal(why.status, ST_NOTFOUND);
	assert_int_equal(seen_last(&s), 2);
	seen_keep(
		&s, b); /* looking for nobody may have found another state of the book */
	assert_non_null(seen_get(&s, b, 1, true, &why));
	assert_non_null(seen_get(&s, b, 2, true, &why));
	seen_keep(&s, b);
	assert_true(seen_has(&s, 2));
	MUST(book_recalc(b, &done, &e));
	seen_keep(&s, b);
	for (uint32_t id = 1; id <= 4; id++)
		assert_false(seen_has(&s, id));
	seen_clear(&s);
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_not_asked),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
