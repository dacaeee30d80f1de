/* Words of a list. */
#include "core/choices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void words(void **state)
{
	static const struct {
		const char *choices;
		int i;
		const char *word; /* NULL: there is none */
	} rows[] = {
		{ "", 0, NULL },
		{ "one", 0, "one" },
		{ "one", 1, NULL },
		{ "keep|replace", 0, "keep" },
		{ "keep|replace", 1, "replace" },
		{ "keep|replace", 2, NULL },
		{ "keep|replace", 99, NULL },
		{ "auto|Today|", 1, "Today" },
		{ "auto|Today|", 2, NULL },
		{ "|a", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct text t = choices_at(rows[i].choices, rows[i].i);

		if (rows[i].word ? !text_eq(t, text_of(rows[i].word)) : t.s != NULL)
			fail_msg("row %zu: %.*s", i, (int)t.n, t.s ? t.s : "");
	}
}

static void found(void **state)
{
	static const struct {
		const char *choices, *word;
		int is;
	} rows[] = {
		{ "low|high", "low", 0 },
		{ "low|high", "HIGH", 1 },
		{ "low|high", "lo", -1 },
		{ "low|high", "low|high", -1 },
		{ "low|high", "", -1 },
		{ "low|high|", "", -1 },
		{ "", "low", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (choices_find(rows[i].choices, text_of(rows[i].word)) != rows[i].is)
			fail_msg("row %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
