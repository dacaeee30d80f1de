/* Policies as texts: what is read, what is refused with which words, what is doubted,
 * and that writing and reading give the same policy. */
#include "core/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct policy parsed(const char *text)
{
	struct policy p;
	struct err e;

	if (policy_parse(text, "p.ini", &p, NULL, &e) != ST_OK)
		fail_msg("%s\nwas refused: %s", text, e.text);
	return p;
}

static const struct {
	const char *text, *error;
} refused[] = {
	/* the issue's own: weights of 99 and 101, with the difference */
	{ "[health]\nrenewal = 4\n",
		"p.ini: [health]: the weights total 99, they must total exactly 100: 1 "
		"too few" },
	{ "[health]\nrenewal = 6\n",
		"p.ini: [health]: the weights total 101, they must total exactly 100: 1 "
		"too many" },
	{ "[health]\nusage = 24.5\n", "total 99.5, they must total exactly 100: 0.5" },
	{ "[effort]\ntickets = 9\n",
		"p.ini: [effort]: the weights total 99, they must total exactly 100: 1 "
		"too few" },
	{ "[effort]\ntickets = 11\n", "[effort]: the weights total 101" },
	{ "[health.tier2]\nusage = 26\n",
		"p.ini: [health.tier2]: the weights total 101" },
	{ "[health.tier3]\nusage = 0\n", "[health.tier3]: the weights total 75" },
	/* unknown names, with file and line */
	{ "\n[health]\nusag = 25\n", "p.ini:3: [health] has no key usag" },
	{ "[alerts]\nnoise = 1\n", "p.ini:2: [alerts] has no key noise" },
	{ "[heath]\nusage = 25\n", "p.ini:2: there is no section [heath]" },
	{ "usage = 25\n", "p.ini:1: there is no section []" },
	{ "[health.tier4]\nusage = 25\n", "p.ini:2: [health.tier4] has no key usage" },
	{ "[health.tier1.curve]\nusage = 0:0 1:1\n",
		"p.ini:2: [health.tier1.curve] has" },
	{ "[health.tier1]\nmin_coverage = 0.5\n", "p.ini:2: [health.tier1] has no key" },
	{ "[policy]\nnonsense\n", "p.ini:2: neither [section] nor name = value" },
	/* values */
	{ "[health]\nusage = many\n", "p.ini:2: usage = many" },
	{ "[health]\nusage = -1\n", "p.ini:2: usage = -1: must be from 0 to 100" },
	{ "[health]\nusage = 100.5\n", "must be from 0 to 100" },
	{ "[health]\nusage =\n", "p.ini:2: usage = " },
	{ "[health]\nusage = nan\n", "p.ini:2: usage = nan" },
	{ "[health]\nusage = 2,5\n", "p.ini:2: usage = 2,5" },
	{ "[health]\nmin_coverage = 1.01\n", "must be from 0 to 1" },
	{ "[health]\nsettling_days = 1.5\n", "settling_days = 1.5: must be a whole" },
	{ "[health]\npulse_red_max = 0\n", "must be from 1 to 100" },
	{ "[health.max_age]\nusage = -1\n", "usage = -1: must be from 0 to 36500" },
	{ "[health.max_age]\nusage = ever\n", "p.ini:2: usage = ever" },
	{ "[tiers]\ntier1_cap = 10.125\n", "tier1_cap = 10.125: at most two decimals" },
	{ "[tiers]\ntier1_cap = 101\n", "tier1_cap = 101: must be from 0 to 100" },
	{ "[policy]\ncurrency = usd\n", "currency = usd: three capital letters" },
	{ "[policy]\ncurrency = EURO\n", "currency = EURO: three capital letters" },
	{ "[fx]\neur = 1\n", "p.ini:2: eur is not a currency" },
	{ "[fx]\nEUR = 0\n", "p.ini:2: EUR = 0: must be from 1e-09 to 1e+09" },
	{ "[fx]\nEUR = -1\n", "p.ini:2: EUR = -1: must be from" },
	{ "[fx]\nrates = EUR:1\n", "p.ini:2: rates is not a currency" },
	{ "[review]\nup_streak = 0\n", "up_streak = 0: must be from 1 to 24" },
	{ "[alerts]\ndrop_days = 28.9\n",
		"p.ini:2: drop_days = 28.9: must be a whole number" },
	{ "[alerts]\nsilent_tier2 = 13.5\n", "silent_tier2 = 13.5: must be a whole" },
	{ "[alerts]\ntickets = 3.5\n", "tickets = 3.5: must be a whole number" },
	{ "[capacity]\ntier1_max = 20.5\n", "tier1_max = 20.5: must be a whole" },
	{ "[service]\ndays = 90.5\n", "days = 90.5: must be a whole number" },
	{ "[triage]\nmax = 1.5\n", "p.ini:2: max = 1.5: must be from 0 to 1" },
	/* alerts: a word for each tier */
	{ "[alerts.severity]\nsilence = info info info\n",
		"p.ini:2: [alerts.severity] has no key silence" },
	{ "[alerts.severity]\nsilent = critical warning\n",
		"p.ini:2: silent = critical warning: 3 words, one for each tier" },
	{ "[alerts.severity]\nsilent =\n", "silent = : 3 words" },
	{ "[alerts.severity]\nsilent = info info info info\n", "3 words, one for each" },
	{ "[alerts.severity]\nsilent = Critical info info\n",
		"p.ini:2: silent: Critical is not a severity: critical, warning, info" },
	{ "[alerts.severity]\nsilent = off off -\n", "silent: - is not a severity" },
	{ "[alerts.severity]\nsilent = info info opportunity\n",
		"silent = info info opportunity: it is no opportunity" },
	{ "[alerts.severity]\nexpansion = opportunity info off\n",
		"expansion = opportunity info off: it is an opportunity, or off" },
	{ "[alerts.plays]\nsilent = a b\n", "p.ini:2: silent = a b: 3 words" },
	{ "[alerts.plays]\nsilent = a b c d\n", "silent = a b c d: 3 words" },
	{ "[alerts.plays]\nsilent = a B c\n",
		"p.ini:2: silent: B can't be the name of a play: a-z, 0-9 and -" },
	{ "[alerts.plays]\nsilent = a -- c\n", "silent: -- can't be the name" },
	{ "[alerts.plays]\nsilent = a 1st c\n", "silent: 1st can't be the name" },
	{ "[alerts.plays]\nsilent = a ../x c\n", "silent: ../x can't be the name" },
	{ "[alerts.plays]\nsilent = a b a234567890123456789012345678901234567890\n",
		"a234567890123456789012345678901234567890 can't be the name of a play" },
	/* curves */
	{ "[health.curves]\nusage = 0:0\n", "usage: a curve needs two points or more" },
	{ "[health.curves]\nusage =\n", "usage: a curve needs two points or more" },
	{ "[health.curves]\nusage = 0:0 0:10\n", "x must ascend, 0:10 does not" },
	{ "[health.curves]\nusage = 5:0 4:10\n", "x must ascend, 4:10 does not" },
	{ "[health.curves]\nusage = 0:0 1:101\n", "y must be from 0 to 100, 1:101" },
	{ "[health.curves]\nusage = 0:0 1:-1\n", "y must be from 0 to 100, 1:-1" },
	{ "[health.curves]\nusage = 0:0 1\n", "usage: 1 is not a point x:y" },
	{ "[health.curves]\nusage = 0:0 1:\n", "usage: 1: is not a point x:y" },
	{ "[health.curves]\nusage = 0:0 :1\n", "usage: :1 is not a point x:y" },
	{ "[health.curves]\nusage = 0:0 1:1:1\n", "1:1:1 is not a point" },
	{ "[health.curves]\nusage = 0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 "
	  "12:12\n",
		"usage: more than 12 points" },
	/* what must hold between values */
	{ "[tiers]\nvalue_weight = 0.6\n",
		"value_weight and effort_weight must total 1" },
	{ "[tiers]\ntier1_from = 40\n", "tier1_from must be above tier2_from" },
	{ "[bands]\nwatch = 75\n", "[bands]: healthy must be above watch" },
	{ "[effort]\nrenewal_near = 180\n", "renewal_near must be below renewal_far" },
	{ "[tiers]\ntier2_cap = 90.01\n", "the caps total more than 100 %" },
	{ "[alerts]\ndrop_worse = 19\n",
		"p.ini: [alerts]: drop (20) must not be above drop_worse (19)" },
	{ "[alerts]\nslow_start = 1\n", "slow_start_info (2) must not be above slow" },
	{ "[triage]\nfar_days = 89\n", "near_days (90) must not be above far_days (89)" },
	{ "[capacity]\ntier1_min = 11\n", "tier1_min (11) must not be above tier1_t" },
	{ "[capacity]\ntier2_max = 59\n", "tier2_target (60) must not be above tier2_" },
	{ "[capacity]\ntier1_arr_min = 4000001\n", "must not be above tier1_arr_max" },
};

static void refuses_with_the_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(refused); i++) {
		struct err e = { .status = ST_OK };
		struct policy p;
		const enum status st =
			policy_parse(refused[i].text, "p.ini", &p, NULL, &e);

		if (st != ST_INVALID || !strstr(e.text, refused[i].error))
			fail_msg("%s\ngave %d: %s\nnot: %s", refused[i].text, st, e.text,
				refused[i].error);
		/* without anybody to tell, the answer is the same */
		assert_int_equal(policy_parse(refused[i].text, "p.ini", &p, NULL, NULL),
			ST_INVALID);
	}
}

static void edges_are_accepted(void **state)
{
	static const char *const rows[] = { "", "; nothing\n", "[health]\n", "[tiers]\n",
		"[health]\nusage = 24.5\nrenewal = 5.5\n",
		"[health]\nusage = 33.3\nadoption = 11.7\n",
		"[health]\nmin_coverage = 0\n", "[health]\nmin_coverage = 1\n",
		"[tiers]\ntier2_cap = 90\n", "[tiers]\ntier1_cap = 10.12\n",
		/* of two limits the lower one may be the higher one */
		"[alerts]\ndrop = 40\n", "[alerts]\nslow_start_info = 7\n",
		"[triage]\nnear_days = 180\n", "[capacity]\ntier1_min = 10\n",
		"[capacity]\ntier2_max = 60\n", "[capacity]\ntier1_arr_min = 4000000\n",
		"[tiers]\ntier1_cap = 0\n", "[review]\nmin_days = 0\n",
		"[fx]\nEUR = 0.000000001\n", "[fx]\nEUR = 1000000000\n",
		"[health.curves]\nusage = -5:100 0.5:0\n",
		("[health.curves]\nusage = 0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 "
		 "11:11\n"),
		"[health.curves]\nusage =   0:0\t20:100  \n" };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		parsed(rows[i]);
	assert_int_equal(parsed("[tiers]\ntier1_cap = 10.12\n").cap_bp[0], 1012);
	assert_int_equal(parsed("[health.max_age]\nusage = 0\n").health[0].max_age[0], 0);
	assert_int_equal(parsed("[health.max_age]\nusage = never\n").health[0].max_age[0],
		AGE_NEVER);
}

/* What is not named keeps its default; of two lines the last counts. */
static void reads_over_the_defaults(void **state)
{
	const struct policy p =
		parsed("[policy]\ncurrency = EUR\n[review]\nmin_days = 30\n"
		       "min_days = 45\n[triage]\nfloor = 0.05\n");

	(void)state;
	assert_string_equal(p.currency, "EUR");
	assert_int_equal(p.min_days, 45);
	assert_int_equal(p.down_streak, 2);
	assert_true(p.number[POLICY_TRIAGE_FLOOR] == 0.05);
	assert_true(p.number[POLICY_TRIAGE_SPAN] == 0.48);
}

/* Overrides stand on the general rules, wherever in the file both are. */
static void overrides_for_a_tier(void **state)
{
	const struct policy p = parsed("[health.tier1]\nsentiment = 10\n"
				       "[health.tier3.curves]\nusage = 0:0 10:100\n"
				       "[health.tier2.max_age]\nusage = never\n"
				       "[health]\nusage = 20\nrenewal = 10\n"
				       "[health.tier1]\nusage = 25\n"
				       "[health.max_age]\nadoption = 60\n");
	static const double usage[] = { 20, 25, 20, 20 };
	static const double sentiment[] = { 15, 10, 15, 15 };
	static const int usage_age[] = { 14, 14, AGE_NEVER, 14 };
	static const double at_ten[] = { 60, 60, 60, 100 };

	(void)state;
	for (int t = 0; t <= TIER_COUNT; t++) {
		assert_true(p.health[t].weight[COMP_USAGE] == usage[t]);
		assert_true(p.health[t].weight[COMP_SENTIMENT] == sentiment[t]);
		assert_true(p.health[t].weight[COMP_RENEWAL] == 10);
		assert_int_equal(p.health[t].max_age[COMP_USAGE], usage_age[t]);
		assert_int_equal(p.health[t].max_age[COMP_ADOPTION], 60);
		assert_true(curve_at(&p.health[t].curve[COMP_USAGE], 10) == at_ten[t]);
	}
}

/* Words may stand apart by any blanks; what is not named keeps its default. */
static void severities_and_plays_of_alerts(void **state)
{
	const struct policy p =
		parsed("[alerts.severity]\nsilent = warning\toff   info\n"
		       "expansion = off opportunity off\n"
		       "[alerts.plays]\nsilent = - own-play - ; nobody calls tier 1\n"
		       "blind = a23456789012345678901234567890123456789 x-1 -\n");

	(void)state;
	assert_int_equal(p.alert_severity[ALERT_SILENT][0], SEV_WARNING);
	assert_int_equal(p.alert_severity[ALERT_SILENT][1], SEV_OFF);
	assert_int_equal(p.alert_severity[ALERT_SILENT][2], SEV_INFO);
	assert_int_equal(p.alert_severity[ALERT_EXPANSION][0], SEV_OFF);
	assert_int_equal(p.alert_severity[ALERT_EXPANSION][1], SEV_OPPORTUNITY);
	assert_int_equal(p.alert_severity[ALERT_BLIND][0], SEV_WARNING);
	assert_string_equal(p.alert_play[ALERT_SILENT][0], "");
	assert_string_equal(p.alert_play[ALERT_SILENT][1], "own-play");
	assert_string_equal(p.alert_play[ALERT_SILENT][2], "");
	assert_string_equal(
		p.alert_play[ALERT_BLIND][0], "a23456789012345678901234567890123456789");
	assert_string_equal(p.alert_play[ALERT_DETRACTOR][0], "detractor-call");
}

static void rates(void **state)
{
	const struct policy p = parsed("[fx]\nEUR = 1.08\nGBP = 1.25\nEUR = 1.1\n");
	char text[FX_MAX * 16 + 64] = "[fx]\n", code[16];
	struct policy many;

	(void)state;
	assert_int_equal(p.fx_count, 2);
	assert_true(policy_rate(&p, "EUR") == 1.1);
	assert_true(policy_rate(&p, "GBP") == 1.25);
	assert_true(policy_rate(&p, "USD") == 1);
	assert_true(policy_rate(&p, (const char[4]){ "" }) == 1);
	assert_true(policy_rate(&p, "CHF") == 0);
	for (int i = 0; i <= FX_MAX; i++) {
		snprintf(code, sizeof(code), "X%c%c = 2\n", 'A' + i / 26, 'A' + i % 26);
		if (i == FX_MAX)
			assert_int_equal(parsed(text).fx_count, FX_MAX);
		strcat(text, code);
	}
	assert_int_equal(policy_parse(text, "p.ini", &many, NULL, NULL), ST_INVALID);
}

/* ---- doubts ---------------------------------------------------------------------- */

static void hear(void *arg, const char *sentence)
{
	char *heard = arg;

	strcat(strcat(heard, sentence), "\n");
}

static void doubts(void **state)
{
	static const struct {
		const char *text, *warning;
	} rows[] = {
		{ "", "" },
		{ "[tiers]\ntier1_cap = 10\n", "" },
		{ "[tiers]\ntier1_cap = 15\n", "" },
		{ "[tiers]\ntier1_cap = 15.01\n", "the cap of tier 1 is 15.01 %" },
		{ "[tiers]\ntier1_cap = 9.99\n", "the cap of tier 1 is 9.99 %" },
		{ "[health]\nusage = 100\nadoption = 0\nsupport = 0\nsentiment = 0\n"
		  "utilisation = 0\nengagement = 0\nstakeholder = 0\nrenewal = 0\n",
			"health rests on a single component" },
		{ "[health]\nusage = 95\nadoption = 5\nsupport = 0\nsentiment = 0\n"
		  "utilisation = 0\nengagement = 0\nstakeholder = 0\nrenewal = 0\n",
			"health rests on the use of the product alone" },
		{ "[health]\nusage = 90\nadoption = 5\nsupport = 5\nsentiment = 0\n"
		  "utilisation = 0\nengagement = 0\nstakeholder = 0\nrenewal = 0\n",
			"" },
		{ "[health]\nsentiment = 16\nusage = 24\n", "sentiment has more than" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char heard[1024] = "";
		const struct policy_warning warning = { hear, heard };
		struct policy p;

		assert_int_equal(
			policy_parse(rows[i].text, "p.ini", &p, &warning, NULL), ST_OK);
		if ((*heard != '\0') != (*rows[i].warning != '\0') ||
			!strstr(heard, rows[i].warning))
			fail_msg("%s\nwas doubted with: %s", rows[i].text, heard);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_the_reason),
		cmocka_unit_test(edges_are_accepted),
		cmocka_unit_test(reads_over_the_defaults),
		cmocka_unit_test(overrides_for_a_tier),
		cmocka_unit_test(severities_and_plays_of_alerts),
		cmocka_unit_test(rates),
		cmocka_unit_test(doubts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
