#include "tests/support/leavers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

static char day_text[DAY_TEXT_MAX];

const char *leavers_iso(int32_t day)
{
	return day_format(day, day_text);
}

void leavers_put(struct store *s, enum record_kind kind, const char *format, ...)
{
	char row[300];
	va_list ap;

	va_start(ap, format);
	vsnprintf(row, sizeof(row), format, ap);
	va_end(ap);
	MUST(s->ops->begin(s, &e));
	rows_take(s, kind, PUT_OVERWRITE, row_fields(kind, row), row);
	MUST(s->ops->commit(s, &e));
}

int32_t leavers_gone_on(int i)
{
	return day_of("2025-06-10") + 20 * i;
}

struct store *leavers_store(void)
{
	struct store *s = fake_store_new();

	for (int i = 0; i < LEAVERS_ACCOUNTS; i++) {
		const bool gone = i < LEAVERS_GONE;

		if (gone)
			leavers_put(s, REC_ACCOUNT,
				"account_id=A%02d|arr=120000|contract_start=2023-01-01|"
				"features_available=10|seats_purchased=20|status=churned|"
				"churned_on=%s",
				i + 1, leavers_iso(leavers_gone_on(i)));
		else
			leavers_put(s, REC_ACCOUNT,
				"account_id=A%02d|arr=120000|contract_start=2023-01-01|"
				"features_available=10|seats_purchased=20|"
				"renewal_date=2026-08-01",
				i + 1);
		for (int32_t d = day_of("2025-02-20"); d < day_of(LEAVERS_DAY); d += 10) {
			const int32_t left = gone ? leavers_gone_on(i) - d : 9999;
			const int use = left < 100 ? 4 + i % 3 : 8 + (i * 7 + d) % 12;

			if (left <= 0)
				continue;
			leavers_put(s, REC_SIGNAL,
				"account_id=A%02d|date=%s|signal=active_days|value=%d",
				i + 1, leavers_iso(d), use);
			leavers_put(s, REC_SIGNAL,
				"account_id=A%02d|date=%s|signal=features_used|value=%d",
				i + 1, leavers_iso(d), 2 + (i + d) % 8);
			leavers_put(s, REC_SIGNAL,
				"account_id=A%02d|date=%s|signal=seats_active|value=%d",
				i + 1, leavers_iso(d), 5 + (i * 3 + d) % 15);
		}
	}
	return s;
}

struct backtest leavers_backtest(struct book *b)
{
	struct backtest t;

	MUST(book_backtest(b, 90, &t, &e));
	return t;
}
