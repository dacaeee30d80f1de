/* What the values of a field are, and how many accounts have them. */
#include "core/complete.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct book *book(void)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_ACCOUNT,
		"account_id=A1|name=One|csm=Dana|segment=small|tags=vip; eu ;vip2\n"
		"account_id=A2|name=Two|csm=Dana|segment=large|tags=vip\n"
		"account_id=A3|name=Three|csm=Ben|segment=small|tags=;;\n"
		"account_id=A4|name=Four|segment=large|region=Zürich\n"
		"account_id=A5|name=Gone|csm=Eve|segment=small|status=churned");
	return rules_book(s, "2026-03-31", "Dana");
}

static void values_are(
	struct book *b, enum list_field field, bool all, const char *wanted)
{
	struct field_value *v;
	struct arena a;
	char text[512] = "";
	uint32_t n;

	arena_init(&a);
	MUST(complete_values(b, field, all, &a, &v, &n, &e));
	for (uint32_t i = 0; i < n; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%.*s %u, ",
			(int)v[i].text.n, v[i].text.s, v[i].accounts);
	assert_string_equal(text, wanted);
	arena_clear(&a);
}

static void counts(void **state)
{
	struct book *b = book();

	(void)state;
	values_are(b, LIST_CSM, false, "Dana 2, Ben 1, ");
	values_are(b, LIST_CSM, true, "Dana 2, Ben 1, Eve 1, ");
	values_are(b, LIST_SEGMENT, false, "large 2, small 2, ");
	values_are(b, LIST_SEGMENT, true, "small 3, large 2, ");
	values_are(b, LIST_REGION, false, "Zürich 1, ");
	values_are(b, LIST_TAGS, false, "vip 2, eu 1, vip2 1, ");
	values_are(b, LIST_STATUS, true, "active 4, churned 1, ");
	values_are(b, LIST_INDUSTRY, true, "");
	values_are(b, LIST_QUADRANT, false, ""); /* never computed */
	book_free(&b);
}

/* What every account has of its own, and what is no text, is not offered. */
static void some_have_none(void **state)
{
	static const enum list_field none[] = { LIST_ID, LIST_NAME, LIST_PARENT, LIST_ARR,
		LIST_HEALTH, LIST_RENEWAL, LIST_TIER };
	struct book *b = book();

	(void)state;
	for (size_t i = 0; i < LENGTH(none); i++)
		values_are(b, none[i], true, "");
	book_free(&b);
}

/* The table grows, and the answer stays within bounds. */
static void many_values(void **state)
{
	enum { MANY = 2000 };
	struct store *s = fake_store_new();
	static char lines[MANY * 48];
	struct field_value *v;
	struct arena a;
	struct book *b;
	size_t used = 0;
	uint32_t n;

	(void)state;
	for (int i = 0; i < MANY; i++)
		used += (size_t)snprintf(lines + used, sizeof(lines) - used,
			"%saccount_id=A%d|segment=s%d", i ? "\n" : "", i, i % 3 ? i : -1);
	rows_put(s, REC_ACCOUNT, lines);
	b = rules_book(s, "2026-03-31", "Dana");
	arena_init(&a);
	MUST(complete_values(b, LIST_SEGMENT, false, &a, &v, &n, &e));
	assert_int_equal(n, COMPLETE_MAX);
	assert_memory_equal(v[0].text.s, "s-1", 3);
	assert_int_equal(v[0].accounts, (MANY + 2) / 3);
	for (uint32_t i = 1; i < n; i++)
		assert_int_equal(v[i].accounts, 1);
	arena_clear(&a);
	book_free(&b);
}

static void empty_book(void **state)
{
	struct book *b = rules_book(fake_store_new(), "2026-03-31", "Dana");

	(void)state;
	values_are(b, LIST_CSM, true, "");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts),
		cmocka_unit_test(some_have_none),
		cmocka_unit_test(many_values),
		cmocka_unit_test(empty_book),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
