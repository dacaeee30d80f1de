#include "tests/support/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

static enum status read_base(struct store *s, const struct policy *p, int32_t day,
	struct part *part, struct base *out, struct err *e)
{
	struct rates rates = { .rate = { 1 } };
	struct book_info info;
	const char(*codes)[4];
	enum status st = s->ops->info(s, &info, e);

	if (st == ST_OK)
		st = s->ops->part(s, 0, day, part, e);
	if (st == ST_OK)
		st = s->ops->currencies(s, &codes, &rates.n, e);
	for (uint32_t i = 1; st == ST_OK && i < rates.n; i++)
		rates.rate[i] = policy_rate(p, codes[i]);
	return st == ST_OK ? base_from_part(out, part, &rates, day,
				     info.first_ticket != DAY_NONE &&
					     info.first_ticket <= day,
				     e)
			   : st;
}

enum status rules_base_try(struct store *s, const struct policy *p, const char *as_of,
	struct base *out, struct err *e)
{
	struct part part = { 0 };
	enum status st;

	memset(out, 0, sizeof(*out));
	st = part_init(&part, e);
	if (st == ST_OK)
		st = base_init(out, e);
	if (st == ST_OK)
		st = read_base(s, p, day_of(as_of), &part, out, e);
	part_clear(&part);
	return st;
}

struct base rules_base(struct store *s, const struct policy *p, const char *as_of)
{
	struct base b;

	MUST(rules_base_try(s, p, as_of, &b, &e));
	return b;
}

struct base rules_base_of(const struct policy *p, const char *as_of, const char *fields,
	enum record_kind kind, const char *rows)
{
	struct store *s = fake_store_new();
	struct base b;
	char line[512];

	snprintf(line, sizeof(line), "account_id=A%s%s", *fields ? "|" : "", fields);
	rows_put(s, REC_ACCOUNT, line);
	if (rows)
		rows_put(s, kind, rows);
	b = rules_base(s, p, as_of);
	s->ops->close(s);
	return b;
}

static int64_t fixed_now(const struct clock *c)
{
	return c->fixed;
}

static struct clock clock_on(const char *as_of)
{
	return (struct clock){ .today = day_of(as_of), .now = fixed_now, .fixed = 1 };
}

struct book *rules_book(struct store *s, const char *as_of, const char *me)
{
	const struct clock clock = clock_on(as_of);
	struct book *b = NULL;

	MUST(book_open(s, &clock, me, &b, &e));
	return b;
}

void rules_day(struct book *b, const char *as_of)
{
	const struct clock clock = clock_on(as_of);

	book_set_day(b, &clock);
}

static enum status no_plays(void *arg, struct plays *out, struct err *e)
{
	(void)arg;
	(void)out;
	(void)e;
	return ST_OK;
}

void rules_without_plays(struct book *b)
{
	book_plays_from(b, no_plays, NULL);
}

/* xorshift64*, which needs a seed other than 0. */
void rules_tiers(struct store *s, const char *tiers, const char *since,
	const char *review_day, uint32_t active)
{
	const uint32_t n = (uint32_t)strlen(tiers);
	struct tiers t;

	MUST(tiers_init(&t, n, &e));
	for (uint32_t i = 0; i < n; i++) {
		t.tier[i] = (uint8_t)(tiers[i] - '0');
		t.since[i] = since ? day_of(since) : DAY_NONE;
	}
	t.review_day = day_of(review_day);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_save(s, &t, t.review_day, active, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
}

void rules_healths(struct store *s, const char *day, const uint8_t *health, uint32_t n)
{
	struct scores scores;
	struct tiers tiers;

	MUST(scores_init(&scores, n, &e));
	MUST(tiers_init(&tiers, n, &e));
	memcpy(scores.health, health, n);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->snapshot_save(
		s, (struct snapshot_day){ day_of(day), 1 }, &scores, &tiers, &e));
	MUST(s->ops->commit(s, &e));
	scores_clear(&scores);
	tiers_clear(&tiers);
}

struct book_trend *rules_trend(struct book *b, const struct trend_query *q)
{
	struct book_trend *t;
	int steps = 0;

	MUST(book_trend_new(b, q, &t, &e));
	while (!book_trend_known(t)->done) {
		MUST(book_trend_step(t, &e));
		assert_true(++steps < 2000);
	}
	MUST(book_trend_step(t, &e)); /* done: nothing happens */
	return t;
}

struct book_revenue *rules_revenue(
	struct book *b, const char *from, const char *to, enum revenue_by by)
{
	const struct revenue_query q = { day_of(from), day_of(to), by, NULL, 0 };
	struct book_revenue *r;

	MUST(book_revenue_new(b, &q, &r, &e));
	MUST(book_revenue_all(r, &e));
	assert_true(book_revenue_known(r)->done);
	return r;
}

void rules_same_number(double a, double b)
{
	if (memcmp(&a, &b, sizeof(a)) != 0)
		fail_msg("%.17g is not %.17g", a, b);
}

uint32_t rules_throw(uint64_t *seed, uint32_t sides)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return (uint32_t)((*seed * UINT64_C(2685821657736338717)) >> 33) % sides;
}
