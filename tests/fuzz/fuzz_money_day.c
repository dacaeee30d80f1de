/* Amounts, numbers and days: what is accepted comes back from its own text. */
#include "core/money.h"

#include <math.h>
#include <string.h>

#include "core/day.h"
#include "tests/support/fuzz.h"

static void check_money(struct text t, char decimal)
{
	int64_t cents, again;
	char text[MONEY_TEXT_MAX];
	const char *why = NULL;
	if (!money_parse(t, decimal, &cents, &why)) {
		REQUIRE(why != NULL && *why != '\0');
		return;
	}
	REQUIRE(cents >= -MONEY_MAX && cents <= MONEY_MAX);
	REQUIRE(money_parse(text_of(money_format(cents, text)), '.', &again, NULL));
	REQUIRE(again == cents);
	REQUIRE(text_columns(text_of(money_short(cents, "$", text))) <= 8);
	/* Whatever is an amount is a number too, and the same one. */
	double value;
	REQUIRE(number_parse(t, decimal, &value, NULL));
	REQUIRE(fabs(value * 100 - (double)cents) <= 0.25);
}

static void check_number(struct text t, char decimal)
{
	double value, again;
	char text[NUMBER_TEXT_MAX];
	if (!number_parse(t, decimal, &value, NULL))
		return;
	REQUIRE(fabs(value) < 1e15 && !(value == 0 && signbit(value)));
	REQUIRE(number_parse(text_of(number_exact(value, text)), '.', &again, NULL));
	REQUIRE(again == value);
}

static void check_day(struct text t, enum day_order order)
{
	int32_t day, again;
	char text[DAY_TEXT_MAX];
	if (!day_parse(t, order, &day))
		return;
	REQUIRE(day >= DAY_MIN && day <= DAY_MAX);
	REQUIRE(day_parse(text_of(day_format(day, text)), DAY_ISO, &again) &&
		again == day);
	for (int months = -13; months <= 13; months++) {
		int32_t moved = day_add_months(day, months);
		REQUIRE(moved >= DAY_MIN && moved <= DAY_MAX);
		REQUIRE(months == 0 ? moved == day
				    : moved - day <= months * 31 || months < 0);
	}
}

/* A double of any bits is written within bounds and without an exponent. */
static void check_any_double(const uint8_t *data, size_t size)
{
	double value;
	char text[NUMBER_TEXT_MAX];
	if (size < sizeof(value) + 1)
		return;
	memcpy(&value, data, sizeof(value));
	number_format(value, data[sizeof(value)] % 30 - 3, text);
	REQUIRE(strspn(text, "-0123456789.") == strlen(text) && strcmp(text, "-0") != 0);
	number_exact(value, text);
	REQUIRE(strspn(text, "-0123456789.") == strlen(text) && strcmp(text, "-0") != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text t = { (const char *)data, size };
	check_money(t, '.');
	check_money(t, ',');
	check_number(t, '.');
	check_number(t, ',');
	for (int order = DAY_ISO; order <= DAY_MDY; order++)
		check_day(t, (enum day_order)order);
	check_any_double(data, size);
	return 0;
}
