#include "tui/letters.h"

#include <string.h>

#include "tui/pick.h"

void letters_init(struct letters *l, struct text typed)
{
	l->n = text_fold(typed, l->s, sizeof(l->s));
}

static bool begins_word(const char *have, size_t at)
{
	return at == 0 || have[at - 1] == ' ' || have[at - 1] == '-' ||
	       have[at - 1] == '_';
}

/* From the word at this place on: "mk" of "Mina Kim". */
static bool are_initials(const struct letters *l, const char *have, size_t n, size_t at)
{
	size_t used = 0;

	for (; at < n && used < l->n; at++) {
		size_t width = 1;

		if (!begins_word(have, at))
			continue;
		while (at + width < n && ((unsigned char)have[at + width] & 0xC0) == 0x80)
			width++;
		if (width > l->n - used || memcmp(have + at, l->s + used, width) != 0)
			return false;
		used += width;
	}
	return l->n > 1 && used == l->n;
}

int letters_rank(const struct letters *l, struct text name)
{
	char have[1024];
	const size_t n = text_fold(name, have, sizeof(have));
	int best = LETTERS_NO;

	for (size_t i = 0; i + l->n <= n; i++) {
		if (memcmp(have + i, l->s, l->n) != 0)
			continue;
		if (i == 0)
			return l->n && l->n == n ? LETTERS_WHOLE : LETTERS_BEGINNING;
		if (begins_word(have, i))
			return LETTERS_WORD;
		best = LETTERS_INSIDE;
	}
	for (size_t i = 0; i < n; i++)
		if (begins_word(have, i) && are_initials(l, have, n, i))
			return LETTERS_INITIALS;
	return best ? best
		    : pick_rank((struct text){ have, n }, (struct text){ l->s, l->n });
}
