#include "core/churn.h"

const struct churn_class_row churn_classes[CHURN_CLASSES] = {
#define CHURN_CLASS(id, name, ours, help) [CHURN_##id] = { name, help, ours },
#include "core/churn.def"
};

static const struct {
	enum churn_class is;
	struct text word;
} words[] = {
#define CHURN_WORD(id, word) { CHURN_##id, { word, sizeof(word) - 1 } },
#include "core/churn.def"
};

/* "product: no export". */
static bool is_named(struct text reason, struct text name)
{
	return reason.n >= name.n && text_ieq((struct text){ reason.s, name.n }, name) &&
	       (reason.n == name.n || reason.s[name.n] == ':');
}

enum churn_class churn_class_named(struct text reason)
{
	int k = 0;

	reason = text_trim(reason);
	while (k < CHURN_CLASSES && !is_named(reason, text_of(churn_classes[k].name)))
		k++;
	return (enum churn_class)k;
}

enum churn_class churn_class_of(struct text reason)
{
	const enum churn_class named = churn_class_named(reason);

	if (named != CHURN_CLASSES)
		return named;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (text_icontains(reason, words[i].word))
			return words[i].is;
	return CHURN_UNKNOWN;
}
