#include "tui/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

char *words_money(const struct policy *p, int64_t cents, char out[MONEY_TEXT_MAX])
{
	const char *symbol = money_symbol(p->currency);

	if (cents == MONEY_NONE) {
		snprintf(out, MONEY_TEXT_MAX, "--");
		return out;
	}
	/* columns have no room for the name of a currency */
	return money_short(cents, symbol ? symbol : "", out);
}

static void append(char out[NUMBER_TEXT_MAX], const char *c)
{
	size_t n = strlen(out);

	if (n + 1 < NUMBER_TEXT_MAX)
		memcpy(out + n, c, 2);
}

char *words_number(double v, int decimals, char out[NUMBER_TEXT_MAX])
{
	char plain[NUMBER_TEXT_MAX];
	const char *point;
	size_t have, want = (size_t)decimals;

	if (isnan(v)) {
		snprintf(out, NUMBER_TEXT_MAX, "--");
		return out;
	}
	/* The zeros at the end keep columns of figures aligned. */
	number_format(v, decimals, plain);
	point = strchr(plain, '.');
	have = point ? strlen(point + 1) : 0;
	memcpy(out, plain, strlen(plain) + 1);
	if (!point && want > 0)
		append(out, ".");
	for (; have < want; have++)
		append(out, "0");
	return out;
}

char *words_ahead(int32_t day, int32_t as_of, char out[WORDS_MAX])
{
	if (day == DAY_NONE)
		snprintf(out, WORDS_MAX, "--");
	else
		snprintf(out, WORDS_MAX, "%dd", (int)(day - as_of));
	return out;
}

char *words_age(int32_t day, int32_t as_of, char out[WORDS_MAX])
{
	if (day == DAY_NONE)
		out[0] = '\0';
	else if (day == as_of)
		snprintf(out, WORDS_MAX, "today");
	else if (day < as_of)
		snprintf(out, WORDS_MAX, "%d d ago", (int)(as_of - day));
	else
		snprintf(out, WORDS_MAX, "in %d d", (int)(day - as_of));
	return out;
}

char *words_rest(int above, int below, char out[WORDS_MAX])
{
	out[0] = '\0';
	if (above > 0 && below > 0)
		snprintf(out, WORDS_MAX, "%d more above, %d below", above, below);
	else if (above > 0 || below > 0)
		snprintf(out, WORDS_MAX, "%d more %s", above > 0 ? above : below,
			above > 0 ? "above" : "below");
	return out;
}

char *words_cell(const struct field *f, const struct cell *cell, char *out, size_t size)
{
	char number[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX], money[MONEY_TEXT_MAX];

	out[0] = '\0';
	switch (cell->type) {
	case CELL_MISSING:
		break;
	case CELL_TEXT:
		snprintf(out, size, "%.*s", (int)(cell->t.n < size ? cell->t.n : size),
			cell->t.s);
		break;
	case CELL_NUMBER:
		snprintf(out, size, "%s", number_format(cell->n, 2, number));
		break;
	case CELL_INT:
		if (f->type == FT_DAY)
			snprintf(out, size, "%s", day_format((int32_t)cell->i, day));
		else if (f->type == FT_MONEY)
			snprintf(out, size, "%s", money_short(cell->i, "", money));
		else if (f->type == FT_BOOL)
			snprintf(out, size, "%s", cell->i ? "yes" : "no");
		else
			snprintf(out, size, "%lld", (long long)cell->i);
		break;
	}
	return out;
}

enum role words_band_role(enum health_band band)
{
	static const enum role role[] = { ROLE_UNKNOWN, ROLE_BAD, ROLE_WATCH, ROLE_GOOD };

	return role[band];
}

enum glyph words_band_glyph(enum health_band band)
{
	static const enum glyph glyph[] = { GLYPH_UNKNOWN, GLYPH_RISK, GLYPH_WATCH,
		GLYPH_HEALTHY };

	return glyph[band];
}

const char *words_band(enum health_band band)
{
	static const char *const name[] = { "unknown", "at risk", "watch", "healthy" };

	return name[band];
}

enum role words_tier_role(unsigned tier)
{
	static const enum role role[] = { ROLE_UNKNOWN, ROLE_TIER1, ROLE_TIER2,
		ROLE_TIER3 };

	return tier < 4 ? role[tier] : ROLE_UNKNOWN;
}

char *words_some(
	const struct text *item, uint32_t n, uint32_t named, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < n && i < named && at < size; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%.*s", i ? ", " : "",
			(int)item[i].n, item[i].n ? item[i].s : "");
	if (named < n && at < size)
		snprintf(out + at, size - at, " and %u more", n - named);
	return out;
}
