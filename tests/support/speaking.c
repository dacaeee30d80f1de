#include "tests/support/speaking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/book.h"
#include "tests/support/proposing.h"
#include "tests/support/rules.h"

enum { ACCOUNTS = 48, CSMS = 4, KINDS = 3, WORDS = 2, MORE = 80 };

/* Of an account: none, the first or the second word; of a CSM: all, one of them, both. */
static const char *const asks[KINDS][WORDS + 1] = {
	{ "", "region=EMEA", "region=APAC" },
	{ "", "segment=SMB", "segment=Mid" },
	{ "", "language=German", "language=Français" },
};
static const char *const serves[KINDS][1 << WORDS] = {
	{ "", "|regions=EMEA", "|regions=apac;", "|regions=APAC; EMEA" },
	{ "", "|segments= smb", "|segments=Mid", "|segments=SMB;Large;Mid" },
	{ "", "|languages=german;English", "|languages=Français",
		"|languages=FRANÇAIS;German" },
};
static const char *const names[CSMS] = { "Ana", "Ben", "Cid", "Dot" };

struct thrown {
	struct lot lot[ACCOUNTS];
	char more[ACCOUNTS][MORE];
	uint32_t n, owner[ACCOUNTS];
	unsigned word[ACCOUNTS][KINDS]; /* 0: none, else 1 and more */
	unsigned mask[CSMS][KINDS];     /* bits of words; 0: all */
	double share[CSMS];
};

static void throw_account(struct thrown *t, uint32_t i, uint64_t *seed)
{
	const int tier = rules_throw(seed, 4) ? 1 : 2;
	size_t n = 0;

	for (int k = 0; k < KINDS; k++) {
		t->word[i][k] = rules_throw(seed, WORDS + 1);
		n += (size_t)snprintf(t->more[i] + n, MORE - n, "%s%s",
			n && t->word[i][k] ? "|" : "", asks[k][t->word[i][k]]);
	}
	t->owner[i] = rules_throw(seed, 5) ? rules_throw(seed, CSMS) / 2
					   : rules_throw(seed, CSMS + 1);
	t->lot[i] = (struct lot){ .owner = t->owner[i] < CSMS ? names[t->owner[i]] : "",
		.tier = tier,
		.n = 1,
		.dollars = (int)(tier == 1 ? 80000 + rules_throw(seed, 100000)
					   : 20000 + rules_throw(seed, 40000)),
		.more = n ? t->more[i] : NULL };
}

static struct book *throw_book(struct thrown *t, uint64_t seed)
{
	char csms[1024];
	size_t n = 0;

	t->n = ACCOUNTS / 4 + rules_throw(&seed, 3 * ACCOUNTS / 4);
	for (int j = 0; j < CSMS; j++) {
		const uint32_t there = rules_throw(&seed, 8);

		for (int k = 0; k < KINDS; k++)
			t->mask[j][k] = rules_throw(&seed, 2)
						? rules_throw(&seed, 1 << WORDS)
						: 0;
		t->share[j] = there == 0 ? 0 : there == 1 ? 0.5 : 1;
		n += (size_t)snprintf(csms + n, sizeof(csms) - n,
			"name=%s|capacity=%g%s%s%s\n", names[j], t->share[j],
			serves[0][t->mask[j][0]], serves[1][t->mask[j][1]],
			serves[2][t->mask[j][2]]);
	}
	for (uint32_t i = 0; i < t->n; i++)
		throw_account(t, i, &seed);
	return proposing_book(csms, t->lot, t->n);
}

static bool can_serve(const struct thrown *t, uint32_t csm, uint32_t i)
{
	for (int k = 0; k < KINDS; k++)
		if (t->word[i][k] && t->mask[csm][k] &&
			!(t->mask[csm][k] >> (t->word[i][k] - 1) & 1))
			return false;
	return true;
}

void speaking_make(struct speaking *s, uint64_t seed)
{
	static struct thrown t;
	double all = 0;

	s->book = throw_book(&t, seed);
	balancing_plain(&s->same, t.n, CSMS);
	free(s->same.reaches);
	s->same.reaches = calloc((size_t)t.n * CSMS, 1);
	assert_non_null(s->same.reaches);
	s->same.p.reaches = s->same.reaches;
	s->same.p.reaches_n = t.n;
	for (uint32_t i = 0; i < t.n; i++)
		all += t.lot[i].dollars;
	for (uint32_t j = 0; j < CSMS; j++)
		s->same.share[j] = t.share[j];
	for (uint32_t i = 0; i < t.n; i++) {
		const int tier = t.lot[i].tier - 1;
		struct rebalance_item *x = &s->same.item[i];

		*x = (struct rebalance_item){ .reach = (uint16_t)i,
			.owner = t.owner[i] < CSMS ? (int32_t)t.owner[i] : REBALANCE_POOL,
			.pin = REBALANCE_FREE,
			.cost = (int64_t)(((tier ? 2 : 5) +
						  100 * t.lot[i].dollars / all) *
						  REBALANCE_UNIT +
					  0.5) };
		x->n[tier] = 1;
		x->arr[tier] = t.lot[i].dollars * INT64_C(100);
		for (uint32_t j = 0; j < CSMS; j++)
			s->same.reaches[i * CSMS + j] = can_serve(&t, j, i);
	}
}

static int32_t csm_of(const struct proposal *p, uint32_t row)
{
	return row == CAPACITY_POOL ? REBALANCE_POOL
				    : (int32_t)p->before->row[row].csm - 1;
}

void speaking_answer(
	const struct speaking *s, const struct proposal *p, struct rebalance_result *out)
{
	const struct rebalance_problem *q = &s->same.p;
	bool holds;

	*out = (struct rebalance_result){ .to = calloc(q->items, sizeof(*out->to)),
		.bound = p->bound,
		.least = p->least,
		.optimal = p->optimal };
	assert_non_null(out->to);
	for (uint32_t i = 0; i < q->items; i++)
		out->to[i] = q->item[i].owner;
	for (uint32_t k = 0; k < p->moves; k++) {
		assert_int_equal(csm_of(p, p->move[k].from),
			q->item[p->move[k].account - 1].owner);
		out->to[p->move[k].account - 1] = csm_of(p, p->move[k].to);
	}
	assert_int_equal(rebalance_measure(q, out->to, &out->after, &holds, NULL), ST_OK);
	assert_true(holds);
	assert_int_equal(rebalance_compare(&out->after, &p->score_after), 0);
}

void speaking_clear(struct speaking *s)
{
	balancing_clear(&s->same);
	book_free(&s->book);
}
