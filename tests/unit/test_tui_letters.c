/* What typed letters name, and how well. */
#include "tui/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct {
	const char *typed, *name;
	int least, most;
} rows[] = {
	{ "mei tanaka", "Mei Tanaka", LETTERS_WHOLE, LETTERS_WHOLE },
	{ "ME", "Mei Tanaka", LETTERS_BEGINNING, LETTERS_BEGINNING },
	{ "tan", "Mei Tanaka", LETTERS_WORD, LETTERS_WORD },
	{ "lena", "Anna-Lena", LETTERS_WORD, LETTERS_WORD },
	{ "id", "account_id", LETTERS_WORD, LETTERS_WORD },
	{ "id", "industry", LETTERS_SOME, 1000 },
	{ "ai", "account_id", LETTERS_INITIALS, LETTERS_INITIALS },
	{ "na", "Tina Naber", LETTERS_WORD, LETTERS_WORD }, /* also inside, before it */
	{ "mt", "Mei Tanaka", LETTERS_INITIALS, LETTERS_INITIALS },
	{ "ma", "Mina Abara", LETTERS_INITIALS, LETTERS_INITIALS },
	{ "ma", "Abena Hoffmann", LETTERS_INSIDE, LETTERS_INSIDE },
	{ "cm", "Anna-Clara M\xC3\xBCller", LETTERS_INITIALS, LETTERS_INITIALS },
	{ "\xC3\xB6m", "Hans \xC3\x96zil Meyer", LETTERS_INITIALS, LETTERS_INITIALS },
	{ "mit", "Mei Tanaka", LETTERS_SOME, 1000 },
	{ "nak", "Mei Tanaka", LETTERS_INSIDE, LETTERS_INSIDE },
	{ "mta", "Mei Tanaka", LETTERS_SOME, 1000 },
	{ "m t", "Mei Tanaka", LETTERS_SOME, 1000 },
	{ "\xC3\x84NN", "\xC3\xA4nne", LETTERS_BEGINNING, LETTERS_BEGINNING },
	{ "tm", "Mei Tanaka", LETTERS_NO, LETTERS_NO },
	{ "mei tanakas", "Mei Tanaka", LETTERS_NO, LETTERS_NO },
	{ "", "Mei Tanaka", LETTERS_BEGINNING, LETTERS_BEGINNING },
	{ "", "", LETTERS_BEGINNING, LETTERS_BEGINNING },
	{ "a", "", LETTERS_NO, LETTERS_NO },
};

static void letters_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct letters l;
		int rank;

		letters_init(&l, text_of(rows[i].typed));
		rank = letters_rank(&l, text_of(rows[i].name));
		if (rank < rows[i].least || rank > rows[i].most)
			fail_msg("\"%s\" names \"%s\" %d", rows[i].typed, rows[i].name,
				rank);
	}
}

/* The closer they are together, the better. */
static void scattered(void **state)
{
	struct letters l;

	(void)state;
	letters_init(&l, TEXT("ac"));
	assert_true(letters_rank(&l, TEXT("xabc")) > letters_rank(&l, TEXT("xabbbbc")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_name),
		cmocka_unit_test(scattered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
