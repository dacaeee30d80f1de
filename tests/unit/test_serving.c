/* What a CSM would serve that no account asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static void unknown(void **state)
{
	static const struct {
		const char *regions, *segments, *languages, *says;
	} rows[] = {
		{ NULL, NULL, NULL, "" },
		{ "EMEA", "Large", "English", "" },
		{ "emea; APAC", NULL, NULL, "" },
		{ "EMEA, APAC", NULL, NULL, "" },
		/* a name may have a comma */
		{ "Berlin, Hamburg", NULL, NULL, "" },
		{ "EMEA;;APAC;", NULL, NULL, "" },
		{ "EMEA, ; ,", NULL, NULL, "" },
		{ "EMEA;LATTAM", NULL, NULL, "no account has the region \"LATTAM\"" },
		{ "LATTAM", "Huge", "Englsh",
			"no account has the region \"LATTAM\", the segment \"Huge\", "
			"the language \"Englsh\"" },
	};
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A|region=EMEA|segment=Large|language=English\n"
		"account_id=B|region=APAC\naccount_id=C|region=Berlin, Hamburg");
	b = rules_book(s, "2026-03-31", "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cell csm[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
		char out[CSM_UNKNOWN_MAX];

		if (rows[i].regions)
			csm[F_CSM_REGIONS] = CELL_OF_TEXT(text_of(rows[i].regions));
		if (rows[i].segments)
			csm[F_CSM_SEGMENTS] = CELL_OF_TEXT(text_of(rows[i].segments));
		if (rows[i].languages)
			csm[F_CSM_LANGUAGES] = CELL_OF_TEXT(text_of(rows[i].languages));
		MUST(book_csm_unknown(b, csm, out, &e));
		assert_string_equal(out, rows[i].says);
	}
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
