/* Open columns: how their cells are written, as all of them together say. */
#include "core/convert_internal.h"

#include <stdio.h>
#include <string.h>

static void weigh_day(struct text t, struct convert_evidence *v)
{
	int32_t day, dmy, mdy;
	if (day_parse(t, DAY_ISO, &day))
		return;
	bool first = day_parse(t, DAY_DMY, &dmy), second = day_parse(t, DAY_MDY, &mdy);
	/* With dots the day comes first wherever days are written so. */
	const bool dots = first && memchr(t.s, '.', t.n) != NULL;
	v->first += first && (dots || !second);
	v->second += second && !first;
	if (first && second && !dots && dmy != mdy && v->doubtful.n == 0)
		v->doubtful = t;
}

static void weigh_number(struct text t, struct convert_evidence *v)
{
	const int by = convert_readings(t);
	v->first += by == 1;
	v->second += by == 2;
	if (by == 3 && v->doubtful.n == 0)
		v->doubtful = t;
}

void convert_weigh(const struct convert *c, struct text t, struct convert_evidence *v)
{
	t = text_trim(t);
	if (c->field->type == FT_DAY)
		weigh_day(t, v);
	else
		weigh_number(convert_amount(c, t).t, v);
}

static void explain_days(
	const struct convert *c, const struct convert_evidence *v, char *why, size_t size)
{
	int32_t dmy = DAY_NONE, mdy = DAY_NONE;
	char first[DAY_TEXT_MAX], second[DAY_TEXT_MAX];
	(void)day_parse(v->doubtful, DAY_DMY, &dmy);
	(void)day_parse(v->doubtful, DAY_MDY, &mdy);
	snprintf(why, size, "\"%.*s\" can be %s or %s: %s",
		convert_shown(v->doubtful, CONVERT_SHOWN_MAX), v->doubtful.s,
		day_format(dmy, first), day_format(mdy, second), c->words->dates);
}

static void explain_numbers(
	const struct convert *c, const struct convert_evidence *v, char *why, size_t size)
{
	double dot = 0, comma = 0;
	char first[NUMBER_TEXT_MAX], second[NUMBER_TEXT_MAX];
	(void)number_parse(v->doubtful, '.', &dot, NULL);
	(void)number_parse(v->doubtful, ',', &comma, NULL);
	snprintf(why, size, "\"%.*s\" can be %s or %s: %s",
		convert_shown(v->doubtful, CONVERT_SHOWN_MAX), v->doubtful.s,
		number_format(dot, 6, first), number_format(comma, 6, second),
		c->words->decimal);
}

bool convert_settle(
	struct convert *c, const struct convert_evidence *v, char *why, size_t size)
{
	bool days = c->field->type == FT_DAY;
	bool both = v->first > 0 && v->second > 0;
	bool none = v->first == 0 && v->second == 0;
	/* 12.345 as a plain number is what programs write; amounts have no third decimal.
	 */
	bool plain = c->field->type == FT_NUMBER && v->doubtful.n > 0 &&
		     memchr(v->doubtful.s, ',', v->doubtful.n) == NULL;
	if (both) {
		if (days)
			snprintf(why, size,
				"some days are written day/month and some month/day: "
				"write all as YYYY-MM-DD, or %s, which leaves the others "
				"out",
				c->words->dates);
		else
			snprintf(why, size,
				"some numbers are written with a decimal point and some "
				"with a decimal comma; write all the same way");
		return false;
	}
	if (none && v->doubtful.n > 0 && !plain) {
		(days ? explain_days : explain_numbers)(c, v, why, size);
		return false;
	}
	c->open = false;
	c->found = !none;
	c->dates = v->second > 0 ? DAY_MDY : DAY_DMY;
	c->decimal = v->second > 0 ? ',' : '.';
	return true;
}
