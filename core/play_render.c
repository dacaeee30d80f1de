/* Templates: words in braces become what is known of the account. */
#include "core/play.h"

#include <string.h>

size_t play_placeholder(struct text t, enum play_word *out)
{
	for (int w = 0; t.n > 2 && t.s[0] == '{' && w < PLAY_WORDS; w++) {
		const size_t n = strlen(play_words[w].name);

		if (t.n < n + 2 || t.s[n + 1] != '}' ||
			memcmp(t.s + 1, play_words[w].name, n) != 0)
			continue;
		*out = (enum play_word)w;
		return n + 2;
	}
	return 0;
}

/* What a control, or a break of the line, becomes: a blank. */
static bool breaks(int32_t code)
{
	return code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
	       code == 0x2029;
}

/* They would turn round the text behind the value. */
static bool turns(int32_t code)
{
	return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

struct text play_value(struct text value, char out[PLAY_VALUE_MAX])
{
	size_t used = 0;

	while (value.n > 0) {
		char piece[4] = " ";
		int32_t code;
		size_t n = text_decode(value, &code);

		value = (struct text){ value.s + n, value.n - n };
		if (code < 0)
			code = 0xFFFD;
		if (turns(code) || (used == 0 && (code == ' ' || breaks(code))))
			continue;
		n = breaks(code) ? 1 : text_encode(code, piece);
		if (used + n > PLAY_VALUE_BYTES) {
			memcpy(out + used, "…", 3);
			return (struct text){ out, used + 3 };
		}
		memcpy(out + used, piece, n);
		used += n;
	}
	return text_trim((struct text){ out, used });
}

/* Bytes of the whole; written when out is not NULL. */
static size_t fill(struct text template, const struct text value[PLAY_WORDS], char *out)
{
	size_t used = 0;

	while (template.n > 0) {
		enum play_word word;
		size_t n = play_placeholder(template, &word);
		const struct text piece =
			n ? value[word] : (struct text){ template.s, n = 1 };

		if (out)
			memcpy(out + used, piece.s, piece.n);
		used += piece.n;
		template = (struct text){ template.s + n, template.n - n };
	}
	return used;
}

const char *play_render(
	struct text template, const struct play_values *v, struct arena *a)
{
	char cleaned[PLAY_WORDS][PLAY_VALUE_MAX];
	struct text value[PLAY_WORDS];
	char *out;

	for (int w = 0; w < PLAY_WORDS; w++) {
		value[w] = play_value(v->value[w], cleaned[w]);
		if (value[w].n == 0)
			value[w] = text_of(play_words[w].neutral);
	}
	out = arena_alloc(a, fill(template, value, NULL) + 1);
	if (out)
		fill(template, value, out);
	return out;
}
