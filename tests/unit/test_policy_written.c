/* A policy that is written and read again is the same, and what differs is told. */
#include "core/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/policy_table.h"
#include "tests/support/rules.h"

static struct policy parsed(const char *text)
{
	struct policy p;
	struct err e;

	if (policy_parse(text, "p.ini", &p, NULL, &e) != ST_OK)
		fail_msg("%s\nwas refused: %s", text, e.text);
	return p;
}

static void same_entry(
	const struct policy *a, const struct policy *b, const struct policy_entry *x)
{
	static const size_t size[] = { [PT_NUMBER] = sizeof(double),
		[PT_WHOLE] = sizeof(double),
		[PT_INT] = sizeof(int),
		[PT_AGE] = sizeof(int),
		[PT_PERCENT] = sizeof(uint32_t),
		[PT_CODE] = 4,
		[PT_CURVE] = sizeof(int),
		[PT_SEVERITY] = TIER_COUNT,
		[PT_PLAY] = TIER_COUNT * PLAY_NAME_MAX,
		[PT_RATES] = sizeof(((struct policy *)0)->fx_rate) };
	const char *p = (const char *)a + x->offset, *q = (const char *)b + x->offset;
	const struct curve *c = (const void *)p, *d = (const void *)q;

	if (memcmp(p, q, size[x->type]) != 0)
		fail_msg("[%s] %s came back as another", x->section, x->key);
	for (int k = 0; x->type == PT_CURVE && k < c->n; k++)
		assert_true(c->x[k] == d->x[k] && c->y[k] == d->y[k]);
}

static void same_policy(const struct policy *a, const struct policy *b)
{
	char section[32];

	for (size_t i = 0; i < policy_entries_n; i++)
		same_entry(a, b, &policy_entries[i]);
	for (int t = 0; t <= TIER_COUNT; t++)
		for (int c = 0; c < COMP_COUNT; c++)
			for (int part = 0; part < POLICY_HEALTH_PARTS; part++) {
				const struct policy_entry x =
					policy_health_entry(t, c, part, section);

				same_entry(a, b, &x);
			}
	assert_int_equal(a->fx_count, b->fx_count);
	for (int k = 0; k < a->fx_count; k++) {
		assert_string_equal(a->fx_code[k], b->fx_code[k]);
		assert_true(a->fx_rate[k] == b->fx_rate[k]);
	}
}

static void comes_back(const struct policy *p)
{
	struct policy again;
	struct arena a;
	struct err e;
	const char *text;

	arena_init(&a);
	text = policy_write(p, &a);
	assert_non_null(text);
	if (policy_parse(text, "p.ini", &again, NULL, &e) != ST_OK)
		fail_msg("%s\n%s", e.text, text);
	same_policy(p, &again);
	assert_string_equal(policy_write(&again, &a), text);
	arena_clear(&a);
}

/* A random policy that the rules allow: weights by moving points to and fro. */
static struct policy random_policy(uint64_t *seed)
{
	struct policy p;

	policy_default(&p);
	for (int t = 0; t <= TIER_COUNT; t++) {
		struct health_rules *r = &p.health[t];
		const int part = (int)rules_throw(seed, 4);
		const double d = rules_throw(seed, 5000);

		if (t && rules_throw(seed, 2)) {
			p.health[t] = p.health[0];
			continue;
		}
		r->weight[part] = (r->weight[part] * 1000 + d) / 1000;
		r->weight[COMP_RENEWAL] = (5000 - d) / 1000;
		r->max_age[rules_throw(seed, COMP_COUNT)] =
			(int)rules_throw(seed, 400) + AGE_NEVER;
		r->curve[COMP_USAGE].n = 12;
		for (int k = 0; k < 12; k++) {
			r->curve[COMP_USAGE].x[k] =
				(k * 1000 + (int)rules_throw(seed, 999)) / 1000.0;
			r->curve[COMP_USAGE].y[k] = rules_throw(seed, 100001) / 1000.0;
		}
	}
	p.cap_bp[0] = rules_throw(seed, 5001);
	p.cap_bp[1] = rules_throw(seed, 5001);
	p.growth_min = -(1.0 + rules_throw(seed, 1000)) / 1000;
	p.min_coverage = rules_throw(seed, 1001) / 1000.0;
	p.number[POLICY_TRIAGE_FLOOR] = rules_throw(seed, 1000000001) / 1e9;
	for (int k = 0; k < ALERT_KINDS; k++) {
		const int t = (int)rules_throw(seed, TIER_COUNT);

		p.alert_severity[k][t] = k == ALERT_EXPANSION
						 ? (uint8_t)rules_throw(seed, 2)
						 : (uint8_t)rules_throw(seed, 4);
		if (p.alert_severity[k][t] == SEV_OPPORTUNITY && k != ALERT_EXPANSION)
			p.alert_severity[k][t] = SEV_CRITICAL;
		memset(p.alert_play[k][t], 0, PLAY_NAME_MAX);
		if (rules_throw(seed, 2))
			memset(p.alert_play[k][t], 'x',
				1 + rules_throw(seed, PLAY_NAME_MAX - 1));
	}
	p.fx_count = (int)rules_throw(seed, 4);
	for (int k = 0; k < p.fx_count; k++) {
		snprintf(p.fx_code[k], sizeof(p.fx_code[k]), "X%cA", 'A' + k);
		p.fx_rate[k] = (1 + rules_throw(seed, 100000000)) / 1e5;
	}
	return p;
}

static void written_and_read_it_is_the_same(void **state)
{
	uint64_t seed = 7;
	struct policy p;

	(void)state;
	policy_default(&p);
	comes_back(&p);
	for (int i = 0; i < 2000; i++) {
		p = random_policy(&seed);
		comes_back(&p);
	}
}

struct heard {
	char text[200];
};

static void hear_change(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct heard *h = arg;
	const size_t n = strlen(h->text);

	snprintf(h->text + n, sizeof(h->text) - n, "[%s] %s %s > %s; ", section, key, was,
		is);
}

/* In whatever order they come, and as one value; "none" takes one away, or all. */
static void rates_are_kept_in_order_and_taken_away(void **state)
{
	const struct policy_entry x = { "fx", "rates", PT_RATES, 0, 0, 0, NULL };
	struct policy p = parsed("[fx]\nGBP = 1.25\nEUR = 1.08\nJPY = 0.0065\n"), next,
		      merged;
	static const struct {
		const char *in, *out, *changes;
	} rows[] = {
		{ "JPY:0.0065 EUR:1.08 GBP:1.25", "EUR:1.08 GBP:1.25 JPY:0.0065", "" },
		{ "GBP:1.3", "GBP:1.3",
			"[fx] EUR 1.08 > none; [fx] GBP 1.25 > 1.3; "
			"[fx] JPY 0.0065 > none; " },
		{ "AUD:0.66  EUR:1.08 GBP:1.25 JPY:0.0065 ZAR:0.05",
			"AUD:0.66 EUR:1.08 GBP:1.25 JPY:0.0065 ZAR:0.05",
			"[fx] AUD none > 0.66; [fx] ZAR none > 0.05; " },
		{ "none", "none",
			"[fx] EUR 1.08 > none; [fx] GBP 1.25 > none; "
			"[fx] JPY 0.0065 > none; " },
		{ "", "none",
			"[fx] EUR 1.08 > none; [fx] GBP 1.25 > none; "
			"[fx] JPY 0.0065 > none; " },
	};
	static const char *const bad[] = { "EUR", "EUR:", "EUR:x", "eur:1", "EUR=1.1",
		"EUR:0", "EUR:1.1 GBP", "EURO:1", "none EUR:1" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[POLICY_TEXT_VALUE_MAX];
		struct heard h = { "" };

		next = p;
		assert_int_equal(policy_parse_rates(&next, &x, rows[i].in, NULL), ST_OK);
		assert_string_equal(policy_entry_text(&next, &x, text), rows[i].out);
		policy_compare(&p, &next, hear_change, &h);
		assert_string_equal(h.text, rows[i].changes);
		comes_back(&next);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		next = p;
		if (policy_parse_rates(&next, &x, bad[i], NULL) != ST_INVALID)
			fail_msg("%s was taken", bad[i]);
		assert_memory_equal(&next, &p, sizeof(p));
	}
	assert_int_equal(policy_merge(&p, "[fx]\nGBP = none\nCHF = none\n", "p", &merged,
				 NULL, NULL),
		ST_OK);
	assert_int_equal(merged.fx_count, 2);
	assert_true(policy_rate(&merged, "GBP") == 0);
	assert_true(policy_rate(&merged, "JPY") == 0.0065);
}

/* A curve may fill its line: the words behind it must not make it too long to read. */
static void a_long_curve_comes_back(void **state)
{
	const struct policy p = parsed(
		"[effort]\nstakeholders_curve = 1.123456:10.12345 2.123456:11.12345"
		" 3.123456:12.12345 4.123456:13.12345 5.123456:14.12345"
		" 6.123456:15.12345 7.123456:16.12345 8.123456:17.12345\n");

	(void)state;
	comes_back(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_are_kept_in_order_and_taken_away),
		cmocka_unit_test(written_and_read_it_is_the_same),
		cmocka_unit_test(a_long_curve_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
