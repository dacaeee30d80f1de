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

static bool ends_in(struct text word, struct text end)
{
	return word.n > end.n &&
	       text_ieq((struct text){ word.s + word.n - end.n, end.n }, end);
}

/* The last word of *t, which goes on before it. */
static struct text last_word(struct text *t)
{
	const struct text all = text_trim(*t);
	size_t from = all.n;

	while (from > 0 && all.s[from - 1] != ' ')
		from--;
	*t = (struct text){ all.s, from };
	return (struct text){ all.s + from, all.n - from };
}

/* Whether the last word denies what follows: "not", "hasn't", "not yet". */
static bool denies(struct text before)
{
	static const char *const no[] = { "not", "no", "never", "without", "cannot",
		NULL };
	static const char *const between[] = { "yet", "really", "been", "ever", NULL };
	struct text word = last_word(&before);

	while (text_among(word, between))
		word = last_word(&before);
	return text_among(word, no) || ends_in(word, TEXT("n't")) ||
	       ends_in(word, TEXT("n\xe2\x80\x99t"));
}

/* No "other vendor" in "another vendor". */
static bool begins_word(struct text t, size_t i)
{
	return i == 0 || !((t.s[i - 1] >= 'a' && t.s[i - 1] <= 'z') ||
				 (t.s[i - 1] >= 'A' && t.s[i - 1] <= 'Z') ||
				 (t.s[i - 1] >= '0' && t.s[i - 1] <= '9'));
}

struct text churn_behind(struct text reason, struct text word)
{
	for (size_t i = 0; i + word.n <= reason.n; i++)
		if (begins_word(reason, i) &&
			text_ieq((struct text){ reason.s + i, word.n }, word) &&
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
