#include "tests/support/ten.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

struct store *ten_accounts(void)
{
	struct store *s = fake_store_new();
	char row[160];

	rows_put(s, REC_CSM, "name=Dana\nname=Ben");
	for (int i = 1; i <= 10; i++) {
		snprintf(row, sizeof(row), "account_id=A%02d|arr=%d|complexity=%d%s", i,
			i * 1000000, i * 10, i <= 5 ? "|csm=Dana" : "");
		rows_put(s, REC_ACCOUNT, row);
	}
	rows_put(s, REC_ACCOUNT,
		"account_id=A11|arr=99000000|status=churned\n"
		"account_id=A12|arr=99000000|contract_start=2026-04-01");
	for (int i = 1; i <= 4; i++) {
		static const char *const kind[] = { "active_days", "tickets_90d" };

		for (size_t k = 0; k < sizeof(kind) / sizeof(*kind); k++) {
			snprintf(row, sizeof(row),
				"account_id=A%02d|date=2026-03-30|signal=%s|value=%d", i,
				kind[k], k ? 0 : 5 * i);
			rows_put(s, REC_SIGNAL, row);
		}
	}
	return s;
}

struct book *ten_book(void)
{
	return rules_book(ten_accounts(), TEN_DAY, "Dana");
}

struct book_summary ten_summary(struct book *b)
{
	struct book_summary s;

	MUST(book_summary(b, &s, &e));
	return s;
}
