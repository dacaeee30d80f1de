/*
 * make_data accounts|signals|base ACCOUNTS VALUES: the files of the benchmarks on
 * stdout, always the same ones. Accounts have 25 columns and about 169 bytes a row;
 * VALUES signals come in the order of days, as systems that export them every night
 * write them. base is what a recalculation reads, one row per account with its newest
 * signals: peers get it made, tierdesk makes it itself.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"

#define FIRST_DAY 20000 /* 2024-10-04 */
#define KINDS 4
#define DRAWS 32 /* of one account */

static const char *const kinds[KINDS] = { "active_days", "logins", "features_used",
	"seats_active" };
static const unsigned most[KINDS] = { 29, 400, 40, 300 };

static const char *const segments[] = { "Enterprise", "Mid-market", "SMB" };
static const char *const regions[] = { "EMEA", "AMER", "APAC", "LATAM" };
static const char *const industries[] = { "Retail", "Logistics", "Finance", "Health",
	"Education", "Energy" };

struct account {
	unsigned segment, industry, region, csm, units, cents, growth;
	int32_t start, renewal, first_value;
	unsigned auto_renew, reference, marquee, advocate, parent_expansion;
	unsigned complexity, maturity, stakeholders, seats, features, tag[2];
};

/* Number k of a sequence that looks random. */
static uint64_t drawn(uint64_t k)
{
	uint64_t z = (k + 1) * UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static struct account account(uint64_t i)
{
	struct account a;
	unsigned n[DRAWS];

	for (unsigned k = 0; k < DRAWS; k++)
		n[k] = (unsigned)(drawn(i * DRAWS + k) >> 32);
	a.segment = n[0] % 3;
	a.industry = n[1] % 6;
	a.region = n[2] % 4;
	a.csm = n[3] % 200;
	a.units = 1000 + n[4] % 90 * (n[5] % 90) * 11;
	a.cents = n[6] % 100;
	a.growth = n[7] % 60;
	a.start = FIRST_DAY - 1200 + (int32_t)(n[8] % 1100);
	a.renewal = FIRST_DAY + (int32_t)(n[9] % 600);
	a.first_value = a.start + (int32_t)(n[10] % 40);
	a.auto_renew = n[11] % 2;
	a.reference = n[12] % 20 == 0;
	a.marquee = n[13] % 50 == 0;
	a.advocate = n[14] % 15 == 0;
	a.parent_expansion = n[15] % 60 == 0;
	a.complexity = n[16] % 101;
	a.maturity = n[17] % 101;
	a.stakeholders = 1 + n[18] % 12;
	a.seats = 5 + n[19] % 400;
	a.features = 20 + n[20] % 30;
	a.tag[0] = n[21] % 50;
	a.tag[1] = n[22] % 50;
	return a;
}

static void accounts(uint64_t rows)
{
	puts("account_id,name,segment,industry,region,csm,arr,contract_start,"
	     "renewal_date,auto_renew,status,growth,reference,marquee,advocate,"
	     "parent_expansion,complexity,maturity,stakeholders,seats_purchased,"
	     "features_available,onboarding_started,first_value_on,churn_reason,tags");
	for (uint64_t i = 0; i < rows; i++) {
		const struct account a = account(i);
		char start[DAY_TEXT_MAX], renewal[DAY_TEXT_MAX], first[DAY_TEXT_MAX];

		day_format(a.start, start);
		day_format(a.renewal, renewal);
		day_format(a.first_value, first);
		printf("ACC-%08" PRIu64 ",Customer %08" PRIu64 " Holding,%s,%s,%s,",
			i + 1, i + 1, segments[a.segment], industries[a.industry],
			regions[a.region]);
		printf("CSM %03u,%u.%02u,%s,%s,%s,active,0.%02u,%u,%u,%u,%u,", a.csm,
			a.units, a.cents, start, renewal, a.auto_renew ? "yes" : "no",
			a.growth, a.reference, a.marquee, a.advocate, a.parent_expansion);
		printf("%u,%u,%u,%u,%u,%s,%s,,tag%u;tag%u\n", a.complexity, a.maturity,
			a.stakeholders, a.seats, a.features, start, first, a.tag[0],
			a.tag[1]);
	}
}

/* Signal k of a file about so many accounts: a week's values of all, week by week. */
static unsigned signal_value(uint64_t k)
{
	return (unsigned)(drawn(~k) >> 32) % most[k % KINDS];
}

static int32_t signal_day(uint64_t k, uint64_t of)
{
	return FIRST_DAY + (int32_t)(k / (of * KINDS)) * 7;
}

static void signals(uint64_t of, uint64_t rows)
{
	char day[DAY_TEXT_MAX];

	puts("account_id,date,signal,value");
	for (uint64_t k = 0; k < rows; k++)
		printf("ACC-%08" PRIu64 ",%s,%s,%u\n", k % (of * KINDS) / KINDS + 1,
			day_format(signal_day(k, of), day), kinds[k % KINDS],
			signal_value(k));
}

/* The newest value of account i and its day, both empty when there is none. */
static void newest(uint64_t i, unsigned kind, uint64_t of, uint64_t rows)
{
	const uint64_t each = of * KINDS, first = i * KINDS + kind;

	if (first < rows) {
		const uint64_t k = first + (rows - 1 - first) / each * each;

		printf(",%u,%d", signal_value(k), (int)signal_day(k, of));
	} else {
		printf(",,");
	}
}

static void base(uint64_t of, uint64_t rows)
{
	puts("account_id,arr,growth,reference,marquee,advocate,parent_expansion,"
	     "complexity,maturity,stakeholders,seats,features,renewal,onboarding,"
	     "first_value,active_days,active_days_on,features_used,features_used_on,"
	     "seats_active,seats_active_on");
	for (uint64_t i = 0; i < of; i++) {
		const struct account a = account(i);

		printf("ACC-%08" PRIu64 ",%u%02u,0.%02u,%u,%u,%u,%u,", i + 1, a.units,
			a.cents, a.growth, a.reference, a.marquee, a.advocate,
			a.parent_expansion);
		printf("%u,%u,%u,%u,%u,%d,%d,%d", a.complexity, a.maturity,
			a.stakeholders, a.seats, a.features, (int)a.renewal, (int)a.start,
			(int)a.first_value);
		newest(i, 0, of, rows);
		newest(i, 2, of, rows);
		newest(i, 3, of, rows);
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	const uint64_t of = argc == 4 ? strtoull(argv[2], NULL, 10) : 0;
	const uint64_t rows = argc == 4 ? strtoull(argv[3], NULL, 10) : 0;

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	if (of > 0 && strcmp(argv[1], "accounts") == 0)
		accounts(of);
	else if (of > 0 && strcmp(argv[1], "signals") == 0)
		signals(of, rows);
	else if (of > 0 && strcmp(argv[1], "base") == 0)
		base(of, rows);
	else
		return 2;
	return fflush(stdout) != 0;
}
