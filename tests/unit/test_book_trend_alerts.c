/* The alerts of trends, against counting every row on every day. */
#include "core/book_trend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { ACCOUNTS = 36, POINTS_MAX = 61 };

struct counting {
	const struct trend *t;
	const uint8_t *in;
	struct trend_alerts *x;
	uint32_t rows;
};

/* Day by day, of every row. */
static enum status count_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct counting *c = arg;
	struct alert a;

	(void)e;
	assert_true(alert_from_row(id, cells, &a));
	if (c->in && !c->in[a.account - 1])
		return ST_OK;
	c->rows++;
	for (uint32_t i = 0; i < c->t->points; i++) {
		const int32_t day = c->t->point[i].at.day;
		const int32_t before = i ? c->t->point[i - 1].at.day : day - c->t->step;
		const bool ended = a.ended > before && a.ended <= day;

		c->x[i].open[a.severity] +=
			a.opened <= day && (a.ended == DAY_NONE || a.ended > day);
		c->x[i].opened += a.opened > before && a.opened <= day;
		c->x[i].closed += ended && a.state == ALERT_CLOSED;
		c->x[i].resolved += ended && a.state == ALERT_RESOLVED;
	}
	return ST_OK;
}

static void check_alerts(struct book *b, const uint8_t *in, int weeks)
{
	const struct trend_query q = { .in = in, .in_n = ACCOUNTS, .weeks = weeks };
	struct book_trend *t = rules_trend(b, &q);
	struct trend_alerts expected[POINTS_MAX] = { 0 };
	struct counting c = { book_trend_known(t), in, expected, 0 };

	assert_true(c.t->alerts);
	MUST(book_store(b)->ops->unended(
		book_store(b), REC_ALERT, 0, DAY_MIN, count_alert, &c, &e));
	assert_true(c.rows > 0);
	for (uint32_t i = 0; i < c.t->points; i++) {
		expected[i].known = c.t->alert[i].known;
		assert_memory_equal(&expected[i], &c.t->alert[i], sizeof(*expected));
	}
	assert_true(c.t->alert[c.t->points - 1].known);
	book_trend_free(&t);
}

static void alerts(void **state)
{
	uint8_t in[ACCOUNTS];

	for (int i = 0; i < ACCOUNTS; i++)
		in[i] = i % 2 == 0;
	check_alerts(*state, NULL, 52);
	check_alerts(*state, NULL, 0);
	check_alerts(*state, in, 26);
}

/* More rows than a step reads, of a book without a snapshot and of one with some. */
static void many_alerts(void **state)
{
	enum { MANY = 5000 };
	static const uint8_t healths[] = { 60, 60, 60, 60 };
	struct store *s = fake_store_new();
	struct book *b = rules_book(s, "2026-04-10", "");
	struct trend_query q = { .weeks = 13 };
	char *rows = malloc(MANY * 128), *at = rows;
	struct book_trend *t;

	(void)state;
	assert_non_null(rows);
	rows_add_accounts(s, 4);
	for (int i = 0; i < MANY; i++)
		at += snprintf(at, 128,
			"account_id=%d|kind=%s|opened_on=2026-03-0%d|severity=info|"
			"state=resolved|ended_on=2026-%s-%02d\n",
			1 + i % 4, alert_kinds[i % 9].name, i % 2 ? 2 : 5,
			i % 2 ? "03" : "04", 3 + i / 2 % 8);
	rows_put(s, REC_ALERT, rows);
	free(rows);
	t = rules_trend(b, &q);
	assert_true(book_trend_known(t)->alerts);
	book_trend_free(&t);
	rules_healths(s, "2026-03-01", healths, 4);
	rules_healths(s, "2026-03-31", healths, 4);
	t = rules_trend(b, &q);
	assert_false(book_trend_known(t)->alert[0].known);
	assert_int_equal(book_trend_known(t)->alert[1].open[SEV_INFO], MANY / 2);
	assert_int_equal(book_trend_known(t)->alert[1].opened, MANY);
	assert_int_equal(book_trend_known(t)->alert[1].resolved, MANY / 2);
	book_trend_free(&t);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alerts),
		cmocka_unit_test(many_alerts),
	};

	return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
