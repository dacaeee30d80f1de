#include "core/insights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/churn.h"

const struct insight_row insight_rows[INSIGHTS] = {
#define INSIGHT(id, name, whom, text) { name, whom, text },
#include "core/insight.def"
};

void insights_clear(struct insights *x)
{
	free(x->row);
	arena_clear(&x->arena);
	*x = (struct insights){ .row = NULL };
}

/* ---- words ---- */

/* What stands behind "competitor:", up to what is said of it. */
static struct text named(struct text words)
{
	const char *colon = words.n ? memchr(words.s, ':', words.n) : NULL;
	struct text out = { words.s, words.n };

	if (!colon)
		return words;
	out.n -= (size_t)(colon + 1 - out.s);
	out.s = colon + 1;
	for (size_t i = 0; i < out.n; i++)
		if (out.s[i] == ',' || out.s[i] == ';' || out.s[i] == '\n')
			out.n = i;
	return text_trim(out);
}

bool insight_of_words(
	struct text words, bool talk, enum insight_kind *kind, struct text *subject)
{
	const enum churn_class named_class = churn_class_named(words);

	words = text_trim(words);
	*subject = named_class == CHURN_CLASSES ? words : named(words);
	if (talk && named_class == CHURN_CLASSES &&
		churn_class_of(words) != CHURN_COMPETITOR)
		return false;
	switch (churn_class_of(words)) {
	case CHURN_COMPETITOR:
		*kind = INSIGHT_COMPETITOR;
		return true;
	case CHURN_POSITIONING:
		*kind = INSIGHT_EXPECTATION;
		return true;
	case CHURN_SALES_FIT:
		*kind = INSIGHT_FIT;
		return true;
	case CHURN_PRICE:
		*kind = INSIGHT_PRICE;
		return true;
	case CHURN_PRODUCT:
		*kind = INSIGHT_PRODUCT;
		return true;
	default:
		return false;
	}
}

/* ---- in words ---- */

char *insight_text(const struct insight *x, char out[INSIGHT_TEXT_MAX])
{
	static const char *const where[INSIGHT_WORDS] = { "as reason", "in exit surveys",
		"at renewal" };
	size_t n = 0;

	out[0] = '\0';
	if (x->kind == INSIGHT_VALUE) {
		if (x->median >= 0)
			n = (size_t)snprintf(
				out, INSIGHT_TEXT_MAX, "median %d d", (int)x->median);
		else
			n = (size_t)snprintf(
				out, INSIGHT_TEXT_MAX, "not half of them yet");
		if (!isnan(x->within))
			snprintf(out + n, INSIGHT_TEXT_MAX - n, ", %.0f %% within 7 d",
				100 * x->within);
	} else if (x->of) {
		n = (size_t)snprintf(out, INSIGHT_TEXT_MAX, "%u of %u left%s, %.0f %%",
			x->accounts, x->of, x->kind == INSIGHT_SOURCE ? " early" : "",
			100.0 * x->accounts / x->of);
		if (!isnan(x->lost.difference))
			snprintf(out + n, INSIGHT_TEXT_MAX - n,
				", %+.0f points (%+.0f to %+.0f) against others",
				100 * x->lost.difference, 100 * x->lost.range.low,
				100 * x->lost.range.high);
	} else {
		for (int k = 0; k < INSIGHT_WORDS && n < INSIGHT_TEXT_MAX; k++)
			if (x->words[k])
				n += (size_t)snprintf(out + n, INSIGHT_TEXT_MAX - n,
					"%s%u %s", n ? ", " : "", x->words[k], where[k]);
	}
	return out;
}
