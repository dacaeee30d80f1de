#include "core/touch_class.h"

#include <string.h>

#include "core/text.h"

const char *const touch_class_name[TOUCH_CLASSES] = { [TOUCH_VALUE] = "value",
	[TOUCH_COMMERCIAL] = "commercial",
	[TOUCH_TEACHING] = "teaching",
	[TOUCH_SUPPORT] = "support",
	[TOUCH_UNSAID] = "unsaid" };

/* The first that the purpose contains decides: a training on renewals sells. */
static const struct {
	const char *word;
	enum touch_class is;
} words[] = {
	{ "renewal", TOUCH_COMMERCIAL },
	{ "upsell", TOUCH_COMMERCIAL },
	{ "commercial", TOUCH_COMMERCIAL },
	{ "pricing", TOUCH_COMMERCIAL },
	{ "contract", TOUCH_COMMERCIAL },
	{ "expansion", TOUCH_COMMERCIAL },
	{ "quote", TOUCH_COMMERCIAL },
	{ "price", TOUCH_COMMERCIAL },
	{ "cross-sell", TOUCH_COMMERCIAL },
	{ "ticket", TOUCH_SUPPORT },
	{ "support", TOUCH_SUPPORT },
	{ "how-to", TOUCH_SUPPORT },
	{ "how to", TOUCH_SUPPORT },
	{ "incident", TOUCH_SUPPORT },
	{ "outage", TOUCH_SUPPORT },
	{ "bug", TOUCH_SUPPORT },
	{ "onboarding", TOUCH_TEACHING },
	{ "training", TOUCH_TEACHING },
	{ "kick-off", TOUCH_TEACHING },
	{ "kickoff", TOUCH_TEACHING },
	{ "setup", TOUCH_TEACHING },
	{ "set-up", TOUCH_TEACHING },
};

/* A word by itself, as what is done with Salesforce sells nothing. */
static bool says_sales(struct text t)
{
	static const char blanks[] = " ,.;:/()-";
	const struct text word = TEXT("sales");

	for (size_t i = 0; i + word.n <= t.n; i++)
		if (text_ieq((struct text){ t.s + i, word.n }, word) &&
			(i + word.n == t.n || strchr(blanks, t.s[i + word.n])))
			return true;
	return false;
}

enum touch_class touch_class_of(const struct cell *purpose)
{
	const struct text t =
		purpose->type == CELL_TEXT ? text_trim(purpose->t) : TEXT("");

	if (says_sales(t))
		return TOUCH_COMMERCIAL;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (text_icontains(t, text_of(words[k].word)))
			return words[k].is;
	return t.n ? TOUCH_VALUE : TOUCH_UNSAID;
}

bool touch_class_minutes(const struct cell *minutes, double unsaid, double *out)
{
	const bool said = minutes->type == CELL_NUMBER;

	*out = said ? minutes->n : unsaid;
	return said;
}
