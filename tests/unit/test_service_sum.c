/* The service of many accounts, added up by CSM and tier. */
#include "core/service_sum.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "tests/support/proposing.h"
#include "tests/support/rows_text.h"

/* A1 and A2 are Ana's, A3 is Ben's, A4 nobody's, all of tier 2; A5 is Ana's in tier 1. */
static struct book *make_book(void)
{
	static const struct lot lots[] = { { "Ana", 2, 2, 1000, NULL },
		{ "Ben", 2, 1, 1000, NULL }, { "", 2, 1, 1000, NULL },
		{ "Ana", 1, 1, 9000, NULL } };

	return proposing_book("name=Ana\nname=Ben\n", lots, 4);
}

static void put_touches(
	struct book *b, const char *account, const char *day, const char *rest, int n)
{
	char lines[4096] = "";
	size_t used = 0;

	for (int i = 0; i < n; i++)
		used += (size_t)snprintf(lines + used, sizeof(lines) - used,
			"account_id=%s|date=%s|kind=call%s\n", account, day, rest);
	rows_put(book_store(b), REC_TOUCH, lines);
}

static void put_messages(struct book *b, const char *account, const char *sent, int n)
{
	char lines[8192] = "";
	size_t used = 0;

	for (int i = 0; i < n; i++)
		used += (size_t)snprintf(lines + used, sizeof(lines) - used,
			"account_id=%s|made_on=2026-01-02|kind=customer|subject=x|"
			"sent_on=%s\n",
			account, sent);
	rows_put(book_store(b), REC_MESSAGE, lines);
}

static struct service_sums *sums_of(struct book *b)
{
	struct service_sums *s = NULL;

	MUST(service_sums(b, &s, &e));
	return s;
}

static const struct service_sum *of(
	const struct service_sums *s, const char *csm, int tier)
{
	for (uint32_t r = 0; r < s->of->rows; r++)
		if (text_eq(s->of->row[r].name, text_of(csm)))
			return service_sums_of(s, r, tier);
	fail_msg("no CSM %s", csm);
	return NULL;
}

/* 50 of tier 2 of which 15 are by people: 30 % where 20 % are wanted. */
static void mix(void **state)
{
	struct book *b = make_book();
	struct service_sums *s;
	int32_t version;

	(void)state;
	put_touches(b, "A1", "2026-03-30", "|two_way=1", 9);
	put_touches(b, "A2", "2026-01-01", "", 1); /* the first day that counts */
	put_touches(b, "A2", "2025-12-31", "|two_way=1", 3);
	put_touches(b, "A3", "2026-03-31", "", 5);
	put_touches(b, "A3", "2026-04-01", "|two_way=1", 5); /* still to come */
	put_touches(b, "A5", "2026-03-31", "", 2);
	put_messages(b, "A1", "2026-03-31", 20);
	put_messages(b, "A4", "2026-02-28", 15);
	put_messages(b, "A4", "2025-12-31", 4);
	put_messages(b, "A4", "", 4); /* they wait */
	s = sums_of(b);
	assert_int_equal(s->all[1].human, 15);
	assert_int_equal(s->all[1].digital, 35);
	assert_int_equal(s->all[1].share, 30);
	assert_int_equal(s->all[1].target, 20);
	assert_false(s->all[1].off); /* ten points are no matter */
	assert_int_equal(s->all[0].share, 100);
	assert_int_equal(s->all[2].share, -1);
	assert_int_equal(of(s, "Ana", 2)->human, 10);
	assert_int_equal(of(s, "Ana", 2)->digital, 20);
	assert_int_equal(of(s, "Ana", 2)->share, 33);
	assert_true(of(s, "Ana", 2)->off);
	assert_int_equal(of(s, "Ben", 2)->share, 100);
	assert_int_equal(service_sums_of(s, CAPACITY_POOL, 2)->share, 0);
	assert_int_equal(service_sums_of(s, CAPACITY_POOL, 2)->accounts, 1);
	service_sums_free(&s);
	MUST(book_policy_apply(
		b, "[service]\ntolerance = 9\n", "a file", NULL, &version, &e));
	s = sums_of(b);
	assert_true(s->all[1].off);
	service_sums_free(&s);
	book_free(&b);
}

/* Talks on time, and how far the CSMs lie apart. */
static void talks(void **state)
{
	struct book *b = make_book();
	struct service_sums *s;

	(void)state;
	put_touches(b, "A1", "2025-12-31", "|two_way=1", 1); /* 90 d ago */
	put_touches(b, "A2", "2025-12-30", "|two_way=1", 1); /* 91 d ago */
	put_touches(b, "A2", "2026-03-30", "", 1);           /* nobody answered */
	put_touches(b, "A3", "2026-03-30", "|two_way=1", 1);
	s = sums_of(b);
	assert_int_equal(of(s, "Ana", 2)->late, 1);
	assert_int_equal(of(s, "Ben", 2)->late, 0);
	assert_int_equal(s->all[1].late, 2); /* and the pool's */
	assert_int_equal(of(s, "Ana", 1)->late, 1);
	assert_int_equal(s->spread[1].csms, 2);
	assert_true(s->spread[1].low == 50 && s->spread[1].high == 100);
	assert_true(fabs(s->spread[1].deviation - 25) < 1e-9);
	assert_int_equal(s->spread[0].csms, 1);
	assert_true(isnan(s->spread[0].deviation) && isnan(s->spread[2].deviation));
	service_sums_free(&s);
	book_free(&b);
}

static void take_line(void *arg, bool bad, const char *line)
{
	char *all = arg;
	const size_t n = strlen(all);

	snprintf(all + n, 1024 - n, "%c %s\n", bad ? '!' : ' ', line);
}

/* Three that sell and none of value in a quarter: too much. */
static void selling(void **state)
{
	struct book *b = make_book();
	struct service_sums *s;
	char said[1024] = "";

	(void)state;
	put_touches(b, "A3", "2026-03-30", "|two_way=1|purpose=Renewal talk", 3);
	put_touches(b, "A1", "2026-03-30", "|two_way=1|purpose=upsell", 2);
	put_touches(b, "A2", "2026-03-30", "|two_way=1|purpose=pricing", 3);
	put_touches(b, "A2", "2026-03-30", "|two_way=1|purpose=training", 2);
	put_touches(b, "A2", "2026-03-30", "", 1);
	s = sums_of(b);
	assert_int_equal(of(s, "Ben", 2)->oversold, 1);
	assert_int_equal(of(s, "Ana", 2)->oversold, 0);
	assert_int_equal(of(s, "Ana", 2)->commercial, 5);
	assert_int_equal(of(s, "Ana", 2)->value, 3);
	service_sums_say(s, take_line, said);
	assert_non_null(
		strstr(said, "! tier 2: 1 account is sold to rather than served"));
	assert_non_null(strstr(said, "! tier 1: 1 of 1 accounts wait longer"));
	assert_null(strstr(said, "tier 3"));
	service_sums_free(&s);
	book_free(&b);
}

/* A review counts with an outcome and a next step, or as a play that was done; others are
 * told apart. */
static void reviews(void **state)
{
	struct book *b = make_book();
	struct service_sums *s;
	char said[1024] = "";
	int32_t version;

	(void)state;
	put_touches(b, "A5", "2026-03-01", "|purpose=QBR|outcome=two goals", 1);
	put_touches(b, "A5", "2025-12-30", "|purpose=QBR|outcome=two goals", 1);
	put_touches(b, "A5", "2025-12-29", "|purpose=QBR|outcome=two goals", 1);
	put_touches(b, "A1", "2026-03-01", "|purpose=QBR", 1); /* tier 2 gets none */
	s = sums_of(b);
	assert_int_equal(s->all[0].reviews, 0);
	assert_int_equal(s->all[0].rituals, 2);
	assert_int_equal(s->all[0].reviews_late, 1);
	assert_int_equal(s->all[1].rituals + s->all[1].reviews_late, 0);
	assert_true(service_sum_missed(&s->all[0]));
	service_sums_say(s, take_line, said);
	assert_non_null(strstr(said, "! tier 1: 1 of 1 accounts wait longer for a "
				     "business review than 91 d; 0 held since"));
	assert_non_null(strstr(said, "! tier 1: 2 business reviews of 91 d without an "
				     "outcome or a next step do not count"));
	service_sums_free(&s);
	rows_put(book_store(b), REC_PLAN, "account_id=A5|next_step=a pilot\n");
	s = sums_of(b);
	assert_int_equal(of(s, "Ana", 1)->reviews, 2);
	assert_int_equal(s->all[0].rituals + s->all[0].reviews_late, 0);
	service_sums_free(&s);
	rows_put(book_store(b), REC_TASK,
		"account_id=A1|play=strategic-business-review|started_on=2026-02-01|"
		"title=Review|step=1|ended_on=2026-02-20|state=done\n"
		"account_id=A2|play=strategic-business-review|started_on=2026-02-01|"
		"title=Review|step=1|ended_on=2026-02-20|state=dropped\n"
		"account_id=A4|play=strategic-business-review|started_on=2026-03-31|"
		"title=Review|step=1|ended_on=2026-03-31|state=done\n");
	s = sums_of(b);
	assert_int_equal(s->all[1].reviews, 0); /* also on the day of one */
	service_sums_free(&s);
	MUST(book_policy_apply(
		b, "[service]\nreviews_tier2 = 2\n", "a file", NULL, &version, &e));
	s = sums_of(b);
	assert_int_equal(of(s, "Ana", 2)->reviews, 1);
	assert_int_equal(of(s, "Ana", 2)->rituals, 1);
	assert_int_equal(of(s, "Ana", 2)->reviews_late, 1);
	assert_int_equal(of(s, "Ben", 2)->reviews_late, 1);
	service_sums_free(&s);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mix),
		cmocka_unit_test(talks),
		cmocka_unit_test(selling),
		cmocka_unit_test(reviews),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
