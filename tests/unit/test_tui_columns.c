/* The choice of columns: as text and back, by hand, and out of garbage. */
#include "tui/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void text_is(const struct list_columns *c, const char *wanted)
{
	char text[COLUMNS_TEXT_MAX];

	assert_string_equal(columns_text(c, text), wanted);
}

static int place(const struct list_columns *c, int field)
{
	int i = 0;

	while (c->of[i].field != field)
		i++;
	return i;
}

/* Whatever was done, every field is there once and the name is shown. */
static void is_sound(const struct list_columns *c)
{
	bool seen[COLUMNS] = { false };

	for (int i = 0; i < COLUMNS; i++) {
		assert_in_range(c->of[i].field, 0, COLUMNS - 1);
		assert_false(seen[c->of[i].field]);
		seen[c->of[i].field] = true;
		assert_in_range(c->of[i].width, 0, 60);
	}
	assert_int_not_equal(c->of[place(c, LIST_NAME)].shown, COLUMN_HIDDEN);
}

static void texts(void **state)
{
	static const struct {
		const char *given, *kept;
	} rows[] = {
		{ "", "" }, { "tier,name", "tier,name" },
		{ "name:30,+quadrant,spark", "name:30,+quadrant,spark" },
		{ "name,next:40,Spark", "name,next:40,spark" },
		{ "name,coverage", "name,+coverage" }, /* is only shown when chosen */
		{ " name , TIER ", "name,tier" },
		{ "tier", "tier,name" },                 /* the name is always there */
		{ "name,name,tier", "name,tier" },       /* once is enough */
		{ "name:900,tier:0", "name:60,tier:2" }, /* within bounds */
		{ "name:x,health:1", "name,health:7" },
		{ "name,bogus,arr_cents", "name,arr" }, { ",,+,:,+:3,name", "name" },
		{ "bogus", "" }, /* nothing in it: as shipped */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct list_columns c;

		columns_parse(&c, text_of(rows[i].given));
		is_sound(&c);
		text_is(&c, rows[i].kept);
		columns_parse(&c, text_of(rows[i].kept));
		text_is(&c, rows[i].kept);
	}
}

/* All of them, each as wide as can be, still fit into their text. */
static void longest_text(void **state)
{
	struct list_columns c, back;
	char text[COLUMNS_TEXT_MAX];

	(void)state;
	columns_init(&c);
	for (int i = 0; i < COLUMNS; i++) {
		c.of[i].shown = COLUMN_WANTED;
		columns_widen(&c, i, 100);
	}
	columns_text(&c, text);
	assert_true(strlen(text) + 1 < COLUMNS_TEXT_MAX);
	columns_parse(&back, text_of(text));
	text_is(&back, text);
}

static void by_hand(void **state)
{
	struct list_columns c;
	int i;

	(void)state;
	columns_init(&c);
	text_is(&c, "");
	i = place(&c, LIST_NAME);
	c.of[i].now = 20;
	columns_toggle(&c, i);
	assert_int_equal(c.of[i].shown, COLUMN_USUAL);
	/* Hidden, chosen, hidden again. */
	i = place(&c, LIST_QUADRANT);
	columns_toggle(&c, i);
	assert_int_equal(c.of[i].shown, COLUMN_WANTED);
	columns_toggle(&c, i);
	assert_int_equal(c.of[i].shown, COLUMN_HIDDEN);
	/* A usual one without room is wanted before it is hidden. */
	i = place(&c, LIST_TAGS);
	columns_toggle(&c, i);
	assert_int_equal(c.of[i].shown, COLUMN_WANTED);
	i = place(&c, LIST_ARR);
	c.of[i].now = 7;
	columns_toggle(&c, i);
	assert_int_equal(c.of[i].shown, COLUMN_HIDDEN);
	/* From the width it has now. */
	i = place(&c, LIST_CSM);
	c.of[i].now = 14;
	columns_widen(&c, i, 1);
	assert_int_equal(c.of[i].width, 15);
	/* Ends hold. */
	assert_int_equal(columns_move(&c, 0, -1), 0);
	assert_int_equal(columns_move(&c, COLUMNS - 1, 1), COLUMNS - 1);
	assert_int_equal(columns_move(&c, 0, 1), 1);
	is_sound(&c);
}

/* A generator of its own: the same garbage everywhere. */
static void garbage(void **state)
{
	static const char letters[] = "tiername,:+-0129 \001\xc3\xbc";
	uint32_t x = 1;

	(void)state;
	for (int k = 0; k < 2000; k++) {
		struct list_columns c;
		char text[40];
		size_t n;

		x = x * 1664525 + 1013904223;
		n = x >> 24 & 31;
		for (size_t i = 0; i < n; i++) {
			x = x * 1664525 + 1013904223;
			text[i] = letters[(x >> 16) % (sizeof(letters) - 1)];
		}
		columns_parse(&c, (struct text){ text, n });
		is_sound(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(longest_text),
		cmocka_unit_test(by_hand),
		cmocka_unit_test(garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
