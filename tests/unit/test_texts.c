/* Columns of texts: folding, searching and ranks, compared with the obvious way. */
#include "core/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define MUST(call) assert_int_equal(call, ST_OK)

enum { ROWS = 6000, WORDS = 24 };

static struct {
	char text[ROWS][64];
	size_t n[ROWS];
	struct texts own;
} column;

/* Names of words that begin alike, with bytes of all sorts between them. */
static int fill(void **state)
{
	static const char *const words[WORDS] = { "north", "northern", "northwind", "n",
		"Caf\xC3\xA9", "cafe", "M\xC3\x9CLLER", "m\xC3\xBCller", "-", "; ", "  ",
		"\xFF\xFE", "\xC3", "e\xCC\x81", "\xE6\x97\xA5\xE6\x9C\xAC", "trading",
		"Trading Co.", "company", "42", "\x1B[2J", "\"x\"", "a", "aa", "aaa" };
	uint32_t seed = 7;

	(void)state;
	column.own.own = true;
	for (int i = 0; i < ROWS; i++) {
		int parts;

		seed = seed * 1664525u + 1013904223u;
		parts = (int)(seed >> 24) % 5;
		for (int k = 0; k < parts; k++) {
			const char *word;

			seed = seed * 1664525u + 1013904223u;
			word = words[(seed >> 20) % WORDS];
			strcpy(column.text[i] + column.n[i], word);
			column.n[i] += strlen(word);
		}
		MUST(texts_add(&column.own,
			(struct text){ column.n[i] ? column.text[i] : NULL, column.n[i] },
			NULL));
	}
	return 0;
}

static int clear(void **state)
{
	(void)state;
	texts_clear(&column.own);
	return 0;
}

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool holds(int row, struct text needle, enum texts_how how)
{
	char folded[256];
	const size_t n = text_fold(
		(struct text){ column.text[row], column.n[row] }, folded, sizeof(folded));

	if (n == 0)
		return false;
	if (how == TEXTS_WHOLE)
		return n == needle.n && memcmp(folded, needle.s, n) == 0;
	for (size_t i = 0; i + needle.n <= n; i++)
		if (memcmp(folded + i, needle.s, needle.n) == 0 &&
			(how == TEXTS_ANYWHERE || i == 0 || !in_word(folded[i - 1])))
			return true;
	return false;
}

static void finds_what_the_obvious_way_finds(void **state)
{
	static const char *const needles[] = { "a", "n", "or", "north", "northwind",
		"caf\xC3\xA9", "m\xC3\xBCller", "co", "; ", " ", "\xE6\x97\xA5", "42",
		"trading co.", "zz", "", "aaaa", "\xFF", "northnorthernnorthwind",
		("a name that is far longer than most of the texts in the column are, so "
		 "that nothing can hold it") };
	static uint8_t hit[ROWS];

	(void)state;
	for (size_t k = 0; k < 3 * LENGTH(needles); k++) {
		const struct text needle = text_of(needles[k / 3]);
		const enum texts_how how = (enum texts_how)(k % 3);

		/* In pieces too: they begin and end between texts. */
		memset(hit, 0, sizeof(hit));
		texts_search(&column.own, 0, 1000, needle, how, hit);
		texts_search(&column.own, 1000, 1, needle, how, hit + 1000);
		texts_search(&column.own, 1001, ROWS - 1001, needle, how, hit + 1001);
		for (int i = 0; i < ROWS; i++)
			if (hit[i] != holds(i, needle, how))
				fail_msg("\"%s\" (%d) in row %d, \"%s\"", needle.s,
					(int)how, i, column.text[i]);
	}
}

static int compare(uint32_t a, uint32_t b)
{
	return text_cmp(texts_at(&column.own, a), texts_at(&column.own, b));
}

static void ranks_are_byte_order(void **state)
{
	(void)state;
	MUST(texts_rank(&column.own, NULL));
	for (uint32_t i = 0; i < ROWS; i += 7) {
		for (uint32_t k = i + 1; k < ROWS; k += 11) {
			const uint32_t *rank = column.own.rank;
			const int order = compare(i, k);

			if ((rank[i] > rank[k]) - (rank[i] < rank[k]) !=
				(order > 0) - (order < 0))
				fail_msg("\"%s\" and \"%s\"", column.text[i],
					column.text[k]);
		}
	}
}

/* NUL counts as any other byte, wherever it stands. */
static void ranks_with_nul(void **state)
{
	static const struct text rows[] = { { "b", 1 }, { "a\0b", 3 }, { "a", 1 },
		{ "a\0", 2 }, { "a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0z", 19 },
		{ "a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0y", 19 }, { "a\0a", 3 } };
	static const uint32_t rank[] = { 6, 5, 0, 1, 3, 2, 4 };
	struct texts t = { .own = true };

	(void)state;
	for (int copy = 0; copy < 10; copy++) /* enough of them to be sorted as numbers */
		for (size_t i = 0; i < LENGTH(rows); i++)
			MUST(texts_add(&t, rows[i], NULL));
	MUST(texts_rank(&t, NULL));
	for (uint32_t i = 0; i < t.n; i++)
		assert_int_equal(t.rank[i], rank[i % LENGTH(rows)]);
	texts_clear(&t);
}

/* More than a step takes, and more than that which begin alike. */
static void ranks_in_steps(void **state)
{
	enum { MANY = 60000, FACTOR = 7919 };
	struct texts t = { .own = true };
	int steps = 0;

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		char text[32];

		snprintf(text, sizeof(text), "%s%05u", i % 3 ? "customer no. " : "",
			i * FACTOR % MANY);
		MUST(texts_add(&t, text_of(text), NULL));
	}
	for (; !texts_ranked(&t); steps++)
		MUST(texts_rank_step(&t, NULL));
	assert_in_range(steps, 8, 40);
	for (uint32_t i = 0; i < MANY; i++) {
		const uint32_t number = i * FACTOR % MANY;

		/* FACTOR and MANY leave the remainder by 3 in a fixed place. */
		assert_int_equal(t.rank[i] < MANY / 3, i % 3 == 0);
		assert_int_equal(t.rank[i],
			i % 3 == 0 ? number / 3 : MANY / 3 + number - (number + 2) / 3);
	}
	texts_clear(&t);
}

static void shares_what_is_folded_alike(void **state)
{
	struct texts t = { 0 };
	uint32_t number[5];

	(void)state;
	MUST(texts_share(&t, TEXT("EMEA"), &number[0], NULL));
	MUST(texts_share(&t, TEXT("Americas"), &number[1], NULL));
	MUST(texts_share(&t, TEXT("emea"), &number[2], NULL));
	MUST(texts_share(&t, (struct text){ NULL, 0 }, &number[3], NULL));
	for (int i = 0; i < 1000; i++) {
		char word[16];

		snprintf(word, sizeof(word), "w%d", i % 500);
		MUST(texts_share(&t, text_of(word), &number[4], NULL));
		assert_int_equal(number[4], 2 + i % 500);
	}
	texts_settle(&t);
	assert_int_equal(number[0], 0);
	assert_int_equal(number[1], 1);
	assert_int_equal(number[2], 0);
	assert_int_equal(number[3], TEXTS_NONE);
	assert_int_equal(t.n, 502);
	assert_true(text_eq(texts_at(&t, 0), TEXT("emea")));
	assert_true(text_eq(t.spelled[0], TEXT("EMEA")));
	MUST(texts_share(
		&t, TEXT("W499"), &number[4], NULL)); /* it goes on all the same */
	assert_int_equal(number[4], 501);
	MUST(texts_share(&t, TEXT("one more"), &number[4], NULL));
	assert_int_equal(number[4], 502);
	texts_clear(&t);
}

static void long_texts_are_cut(void **state)
{
	char wide[3 * TEXTS_CUT];
	struct texts t = { .own = true };
	uint8_t hit[2] = { 0, 0 };

	(void)state;
	memset(wide, 'x', sizeof(wide));
	wide[TEXTS_CUT - 1] = 'Y';
	wide[TEXTS_CUT] = 'Z';
	MUST(texts_add(&t, (struct text){ wide, sizeof(wide) }, NULL));
	MUST(texts_add(&t, TEXT("z"), NULL));
	assert_int_equal(texts_at(&t, 0).n, TEXTS_CUT);
	texts_search(&t, 0, 2, TEXT("xy"), TEXTS_ANYWHERE, hit);
	assert_int_equal(hit[0], 1);
	hit[0] = 0;
	texts_search(&t, 0, 2, TEXT("z"), TEXTS_ANYWHERE, hit);
	assert_int_equal(hit[0], 0);
	assert_int_equal(hit[1], 1);
	texts_clear(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_the_obvious_way_finds),
		cmocka_unit_test(ranks_are_byte_order),
		cmocka_unit_test(ranks_with_nul),
		cmocka_unit_test(ranks_in_steps),
		cmocka_unit_test(shares_what_is_folded_alike),
		cmocka_unit_test(long_texts_are_cut),
	};
	return cmocka_run_group_tests(tests, fill, clear);
}
