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

/* Whether the last word denies what follows: "not", "hasn't". */
static bool denies(struct text before)
{
	static const char *const no[] = { "not", "no", "never", "without", "cannot" };
	struct text word = text_trim(before);
	size_t from = word.n;

	while (from > 0 && word.s[from - 1] != ' ')
		from--;
	word = (struct text){ word.s + from, word.n - from };
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (text_ieq(word, text_of(no[i])))
			return true;
	return word.n > 3 &&
	       text_ieq((struct text){ word.s + word.n - 3, 3 }, TEXT("n't"));
}

struct text churn_behind(struct text reason, struct text word)
{
	for (size_t i = 0; i + word.n <= reason.n; i++)
		if (text_ieq((struct text){ reason.s + i, word.n }, word) &&
			!denies((struct text){ reason.s, i }))
			return (struct text){ reason.s + i + word.n,
				reason.n - i - word.n };
	return (struct text){ NULL, 0 };
}

/* What is missing is a reason, a competitor that there is not is none. */
static bool tells(struct text reason, enum churn_class is, struct text word)
{
	return is == CHURN_COMPETITOR ? churn_behind(reason, word).s != NULL
				      : text_icontains(reason, word);
}

enum churn_class churn_class_of(struct text reason)
{
	const enum churn_class named = churn_class_named(reason);

	if (named != CHURN_CLASSES)
		return named;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (tells(reason, words[i].is, words[i].word))
			return words[i].is;
	return CHURN_UNKNOWN;
}
