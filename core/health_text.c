#include "core/health_text.h"

#include <stdio.h>
#include <string.h>

/* What is there but rounds to nothing: "<0.1". */
static char *small_number(double v, int decimals, char out[NUMBER_TEXT_MAX])
{
	number_format(v, decimals, out);
	if (v > 0 && strcmp(out, "0") == 0)
		snprintf(out, NUMBER_TEXT_MAX, "%s", decimals ? "<0.1" : "<1");
	return out;
}

char *health_input(
	enum component c, const struct component_explained *x, char out[HEALTH_TEXT_MAX])
{
	static const struct {
		const char *one, *many;
		int decimals;
	} form[COMP_COUNT] = {
		[COMP_USAGE] = { " active day", " active days", 0 },
		[COMP_ADOPTION] = { " % of features", " % of features", 0 },
		[COMP_SUPPORT] = { " ticket per 10 seats", " tickets per 10 seats", 1 },
		[COMP_SENTIMENT] = { " of 10, survey", " of 10, survey", 0 },
		[COMP_UTILISATION] = { " % of seats", " % of seats", 0 },
		[COMP_ENGAGEMENT] = { " day since a talk", " days since a talk", 0 },
		[COMP_STAKEHOLDER] = { "", "", 0 },
		[COMP_RENEWAL] = { " day to renewal", " days to renewal", 0 },
	};
	static const char *const tickets[] = { " ticket, seats unknown",
		" tickets, seats unknown" };
	char number[NUMBER_TEXT_MAX];
	bool one;

	if (x->state == COMP_MISSING) {
		snprintf(out, HEALTH_TEXT_MAX, "left out: no data");
	} else if (x->state == COMP_SETTLING) {
		snprintf(out, HEALTH_TEXT_MAX, "left out while onboarding");
	} else if (c == COMP_STAKEHOLDER) {
		snprintf(out, HEALTH_TEXT_MAX, "%s",
			x->input >= 100 ? "champion and sponsor"
			: x->input > 0  ? "champion or sponsor"
					: "all of them left");
	} else {
		small_number(x->input, form[c].decimals, number);
		one = strcmp(number, "1") == 0;
		snprintf(out, HEALTH_TEXT_MAX, "%s%s%s", number,
			x->per_account ? tickets[!one]
			: one          ? form[c].one
				       : form[c].many,
			x->state == COMP_TOO_OLD ? ", left out: too old" : "");
	}
	return out;
}

char *health_input_short(
	enum component c, const struct component_explained *x, char out[HEALTH_TEXT_MAX])
{
	static const struct {
		const char *before, *after;
		int decimals;
	} form[COMP_COUNT] = {
		[COMP_USAGE] = { "", " d active", 0 },
		[COMP_ADOPTION] = { "", " % in use", 0 },
		[COMP_SUPPORT] = { "", "/10 seats", 1 },
		[COMP_SENTIMENT] = { "", " of 10", 0 },
		[COMP_UTILISATION] = { "", " % of seats", 0 },
		[COMP_ENGAGEMENT] = { "quiet ", " d", 0 },
		[COMP_RENEWAL] = { "in ", " d", 0 },
	};
	char number[NUMBER_TEXT_MAX];
	bool overdue = c == COMP_RENEWAL && x->input < 0;
	const char *after = overdue ? " d overdue" : form[c].after;

	if (x->state != COMP_PRESENT)
		snprintf(out, HEALTH_TEXT_MAX, "%s",
			x->state == COMP_MISSING   ? "no data"
			: x->state == COMP_TOO_OLD ? "too old"
						   : "onboarding");
	else if (c == COMP_STAKEHOLDER)
		snprintf(out, HEALTH_TEXT_MAX, "%s",
			x->input >= 100 ? "both in place"
			: x->input > 0  ? "one of two"
					: "all left");
	else {
		small_number(overdue ? -x->input : x->input, form[c].decimals, number);
		if (x->per_account)
			after = strcmp(number, "1") == 0 ? " ticket" : " tickets";
		snprintf(out, HEALTH_TEXT_MAX, "%s%s%s", overdue ? "" : form[c].before,
			number, after);
	}
	return out;
}
