#include "core/touch_class.h"

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
	{ "sales", TOUCH_COMMERCIAL },
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

enum touch_class touch_class_of(const struct cell *purpose)
{
	const struct text t =
		purpose->type == CELL_TEXT ? text_trim(purpose->t) : TEXT("");

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (text_icontains(t, text_of(words[k].word)))
			return words[k].is;
	return t.n ? TOUCH_VALUE : TOUCH_UNSAID;
}
