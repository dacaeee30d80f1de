#include "core/choices.h"

#include <string.h>

struct text choices_next(const char **rest)
{
	const struct text word = { *rest, strcspn(*rest, "|") };

	*rest += word.n + ((*rest)[word.n] == '|');
	return word;
}

struct text choices_at(const char *choices, int i)
{
	struct text word;

	while ((word = choices_next(&choices)).n > 0)
		if (i-- == 0)
			return word;
	return (struct text){ NULL, 0 };
}

int choices_find(const char *choices, struct text word)
{
	struct text one;

	for (int i = 0; (one = choices_next(&choices)).n > 0; i++)
		if (text_ieq(one, word))
			return i;
	return -1;
}
