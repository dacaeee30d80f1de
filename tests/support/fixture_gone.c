/* The book with accounts that left: 60 of them, of which 18 did within the last year,
 * most after they were used less and less. */
#include "tests/support/fixture_gone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

enum { ACCOUNTS = 60, GONE = 18, ROW = 400 };

/* One in four leaves without a sign. */
static int level_of(int i, int left, int32_t day)
{
	const int own = 6 + i * 7 % 11;

	return left < 120 && i % 4 ? 2 + i % 3 : own + (i + day / 7) % 3;
}

static void put_account(struct store *s, int i, int32_t gone)
{
	static const char *const odd[] = { "\033[31mRed Herring\033[0m",
		"株式会社さくら情報システム" };
	char name[64], day[DAY_TEXT_MAX], row[ROW];

	snprintf(name, sizeof(name), "Customer %02d", i + 1);
	snprintf(row, sizeof(row),
		"account_id=G-%03d|name=%s|csm=%s|arr=%d|contract_start=2022-05-01|"
		"renewal_date=%s|seats_purchased=20|features_available=12|status=%s|"
		"churned_on=%s\n",
		i + 1, i == 4 || i == 8 ? odd[i / 8] : name,
		i % 3 ? "Dana Reyes" : "Mei Tanaka", (i % 9 + 1) * 1200000,
		gone == DAY_NONE ? "2026-09-01" : "",
		gone == DAY_NONE ? "active" : "churned", day_format(gone, day));
	rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, row_fields(REC_ACCOUNT, row), row);
}

static void put_signals(struct store *s, int i, int32_t gone, int32_t today)
{
	for (int32_t d = today - 400; d <= today; d += 10) {
		const int left = gone == DAY_NONE ? 9999 : gone - d;
		const int level = level_of(i, left, d);
		char day[DAY_TEXT_MAX], rows[ROW];

		if (left <= 0)
			break;
		day_format(d, day);
		snprintf(rows, sizeof(rows),
			"account_id=G-%03d|date=%s|signal=active_days|value=%d\n"
			"account_id=G-%03d|date=%s|signal=features_used|value=%d\n"
			"account_id=G-%03d|date=%s|signal=seats_active|value=%d\n",
			i + 1, day, level, i + 1, day, 3 + (level + i) % 8, i + 1, day,
			8 + (level * 3 + i) % 12);
		rows_take(s, REC_SIGNAL, PUT_OVERWRITE, ALL_FIELDS, rows);
		if (d % 90 >= 10)
			continue;
		snprintf(rows, sizeof(rows),
			"account_id=G-%03d|date=%s|kind=nps|score=%d\n", i + 1, day,
			(level + i * 5) % 11);
		rows_take(
			s, REC_SURVEY, PUT_OVERWRITE, row_fields(REC_SURVEY, rows), rows);
	}
}

/* Of their first week: what most who stayed used, what all did alike, what few did. */
static void put_features(struct store *s, int i, bool gone)
{
	static const char *const names[] = { "invite colleagues", "予定表 calendar",
		"\033[31mred\033[0m export", "rare" };
	const bool used[] = { gone ? i % 4 == 0 : i % 4 != 0,
		gone ? i % 3 == 0 : i % 5 != 0, i % 2 == 0, i == 30 };

	for (int k = 0; k < 4; k++) {
		char row[ROW];

		snprintf(row, sizeof(row),
			"account_id=G-%03d|date=2022-05-0%d|signal=feature:%s|value=%d\n",
			i + 1, 1 + (k + i) % 5, names[k], used[k] ? 1 + i % 4 : 0);
		rows_take(s, REC_SIGNAL, PUT_OVERWRITE, ALL_FIELDS, row);
	}
}

/* What those that left said of it: of the last one a word tells the cause. */
static void put_exit(struct store *s, int i, int32_t gone)
{
	static const char *const said[] = {
		"We thank you all, and go on without it from here",
		"\033[31mnot\033[0m for us, 他の道を行きます", "your support is slow"
	};
	const int answers = sizeof(said) / sizeof(*said);
	char day[DAY_TEXT_MAX], row[ROW];

	if (i % 5 || i / 5 >= answers || gone == DAY_NONE)
		return;
	snprintf(row, sizeof(row), "account_id=G-%03d|date=%s|kind=exit|comment=%s\n",
		i + 1, day_format(gone, day), said[i / 5]);
	rows_take(s, REC_SURVEY, PUT_OVERWRITE, row_fields(REC_SURVEY, row), row);
}

void fixture_gone_fill(struct store *s, int32_t today)
{
	MUST(s->ops->begin(s, &e));
	for (int i = 0; i < ACCOUNTS; i++) {
		const int32_t gone = i < GONE ? today - 15 - 19 * i : DAY_NONE;

		put_account(s, i, gone);
		put_signals(s, i, gone, today);
		put_features(s, i, gone != DAY_NONE);
		put_exit(s, i, gone);
	}
	MUST(s->ops->commit(s, &e));
}
