/* The audit of owners who do not serve what is theirs. */
#include "core/audit.h"

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
#define DAY "2026-03-31"

/* The finding, and its accounts behind it. */
static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	char *heard = arg;
	size_t n;

	(void)e;
	if (strcmp(f->check->name, "owner-not-serving") != 0)
		return ST_OK;
	assert_string_equal(heard, ""); /* it is told once */
	n = (size_t)snprintf(heard, 300, "%s;", f->text);
	for (uint32_t i = 0; i < f->count; i++)
		n += (size_t)snprintf(heard + n, 300 - n, " %u", f->account[i]);
	return ST_OK;
}

static void finds(struct book *b, const char *what)
{
	char heard[300] = "";

	MUST(audit_run(b, hear, heard, &e));
	assert_string_equal(heard, what);
}

/* One account, "A", of a tier and these fields, whose owner is Ana, of hers. */
static void of_one(void **state)
{
#define NOT "1 account has an owner who does not serve it: "
	static const struct {
		const char *tier, *account, *ana, *finds;
	} rows[] = {
		{ "1", "region=EMEA", "regions=EMEA", "" },
		{ "1", "region=emea", "regions=APAC; EMEA ", "" },
		{ "1", "region=EMEA", "regions=APAC", NOT "the region of 1; 1" },
		{ "2", "region=EMEA", "regions=EMEA North", NOT "the region of 1; 1" },
		{ "3", "region=EMEA", "regions=APAC", "" }, /* of the pool's tier */
		{ "0", "region=EMEA", "regions=APAC", "" },
		{ "1", "", "regions=APAC", "" },
		{ "1", "region=EMEA", "", "" },
		{ "1", "region=EMEA|status=churned", "regions=APAC", "" },
		{ "1", "segment=SMB", "segments=Enterprise", NOT "the segment of 1; 1" },
		{ "1", "language=German", "languages=French;English",
			NOT "the language of 1; 1" },
		{ "1", "region=EMEA|segment=SMB|language=German",
			"regions=APAC|segments=SMB|languages=French",
			NOT "the region of 1, the language of 1; 1" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct book *b;
		char row[200];

		snprintf(row, sizeof(row), "name=Ana%s%s", *rows[i].ana ? "|" : "",
			rows[i].ana);
		rows_put(s, REC_CSM, row);
		snprintf(row, sizeof(row), "account_id=A|arr=100|csm=Ana%s%s",
			*rows[i].account ? "|" : "", rows[i].account);
		rows_put(s, REC_ACCOUNT, row);
		rules_tiers(s, rows[i].tier, NULL, DAY, 1000);
		b = rules_book(s, DAY, "Ana");
		finds(b, rows[i].finds);
		book_free(&b);
	}
}

/* Of several, those that have an owner, each by its own. */
static void of_several(void **state)
{
	static const char pooled[] = "[capacity]\ntier2_pooled = 1\n";
	struct store *s = fake_store_new();
	struct book *b;
	int32_t version;

	(void)state;
	rows_put(s, REC_CSM,
		"name=Ana|regions=EMEA\nname=Bo|regions=APAC|languages=French\nname=Cy");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|csm=Ana|region=EMEA\n"
		"account_id=B|csm=Bo|region=EMEA\n"
		"account_id=C|csm=Cy|region=EMEA\n"
		"account_id=D|region=EMEA\n"
		"account_id=E|csm=Bo|region=APAC|language=German\n"
		"account_id=F|csm=Ana|region=APAC|language=German\n");
	rules_tiers(s, "112122", NULL, DAY, 1000);
	b = rules_book(s, DAY, "Ana");
	finds(b, "3 accounts have an owner who does not serve them: the region of 2, the "
		 "language of 1; 2 5 6");
	MUST(book_policy_apply(b, pooled, "p", "", &version, &e));
	finds(b, NOT "the region of 1; 2");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_one),
		cmocka_unit_test(of_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
