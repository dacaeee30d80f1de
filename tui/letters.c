#include "tui/letters.h"

#include <string.h>

#include "tui/pick.h"

void letters_init(struct letters *l, struct text typed)
{
	l->n = text_fold(typed, l->s, sizeof(l->s));
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
		if (have[i - 1] == ' ' || have[i - 1] == '-')
			return LETTERS_WORD;
		best = LETTERS_INSIDE;
	}
	return best ? best
		    : pick_rank((struct text){ have, n }, (struct text){ l->s, l->n });
}
