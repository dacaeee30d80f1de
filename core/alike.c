#include "core/alike.h"

#include <string.h>

/* Names of root causes are sentences. */
enum { LETTERS_MAX = 200, SHORT = 5, BEGUN = 3 };

void alike_begin(struct alike *a, struct text typed)
{
	*a = (struct alike){ typed, NULL, typed.n <= SHORT ? 2 : 3 };
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Slips between two words: optimal string alignment, three rows of its table. *begun gets
 * those between a and the beginning of b that is nearest to it. */
static int slips(struct text a, struct text b, int *begun)
{
	int row[3][LETTERS_MAX + 1];

	for (size_t k = 0; k <= b.n; k++)
		row[0][k] = (int)k;
	for (size_t i = 1; i <= a.n; i++) {
		int *now = row[i % 3];
		const int *last = row[(i - 1) % 3], *before = row[(i + 1) % 3];

		now[0] = (int)i;
		for (size_t k = 1; k <= b.n; k++) {
			const char x = lower(a.s[i - 1]), y = lower(b.s[k - 1]);

			now[k] = least(
				last[k - 1] + (x != y), least(last[k], now[k - 1]) + 1);
			if (i > 1 && k > 1 && x == lower(b.s[k - 2]) &&
				y == lower(a.s[i - 2]))
				now[k] = least(now[k], before[k - 2] + 1);
		}
	}
	*begun = row[a.n % 3][0];
	for (size_t k = 1; k <= b.n; k++)
		*begun = least(*begun, row[a.n % 3][k]);
	return row[a.n % 3][b.n];
}

void alike_try(struct alike *a, const char *word)
{
	const struct text w = text_of(word);
	int distance, begun;

	if (a->typed.n < 2 || a->typed.n > LETTERS_MAX || w.n > LETTERS_MAX)
		return;
	distance = slips(a->typed, w, &begun);
	if (begun == 0 ? a->typed.n >= BEGUN : a->typed.n > SHORT)
		distance = least(distance, begun + 1);
	if (distance < a->distance) {
		a->word = word;
		a->distance = distance;
	}
}
