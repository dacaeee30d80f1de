#include "tui/input.h"

#include <string.h>

#include "tui/keys.h"

/* What is too long ends between two characters. */
void input_set(struct input *in, struct text t)
{
	in->cut = t.n > INPUT_MAX;
	if (in->cut)
		for (t.n = INPUT_MAX;
			t.n > 0 && ((unsigned char)t.s[t.n] & 0xc0) == 0x80;)
			t.n--;
	memcpy(in->s, t.s ? t.s : "", t.n);
	in->n = in->at = t.n;
	in->picked = false;
}

struct text input_text(const struct input *in)
{
	return (struct text){ in->s, in->n };
}

size_t input_shown(const struct input *in, int columns)
{
	int before = text_columns((struct text){ in->s, in->at }), wide;
	size_t from = 0;

	while (before >= columns && from < in->at) {
		from += text_cluster((struct text){ in->s + from, in->n - from }, &wide);
		before -= wide;
	}
	return from;
}

static bool insert(struct input *in, const char *s, size_t n)
{
	if (in->picked && n > 0)
		input_set(in, TEXT(""));
	if (n == 0 || n > INPUT_MAX - in->n)
		return false;
	memmove(in->s + in->at + n, in->s + in->at, in->n - in->at);
	memcpy(in->s + in->at, s, n);
	in->n += n;
	in->at += n;
	return true;
}

bool input_full(const struct input *in)
{
	return in->n + 4 > INPUT_MAX;
}

static bool has_word(struct text line, struct text word)
{
	for (size_t i = 0; i + word.n <= line.n; i++)
		if (memcmp(line.s + i, word.s, word.n) == 0)
			return true;
	return false;
}

bool input_in_folded(const struct input *in, struct text folded)
{
	char words[3 * INPUT_MAX]; /* folding makes some characters longer */
	const size_t n = text_fold(input_text(in), words, sizeof(words));

	for (size_t at = 0, to; at < n; at = to + 1) {
		for (to = at; to < n && words[to] != ' ';)
			to++;
		if (!has_word(folded, (struct text){ words + at, to - at }))
			return false;
	}
	return true;
}

bool input_within(const struct input *in, const char *line)
{
	char folded[512];

	return input_in_folded(in, (struct text){ folded, text_fold(text_of(line), folded,
								  sizeof(folded)) });
}

bool input_key(struct input *in, int32_t code)
{
	char s[4];

	if (code < ' ' || (code >= 0x7f && code < 0xa0))
		return false;
	return insert(in, s, text_encode(code, s));
}

bool input_paste(struct input *in, struct text t)
{
	bool any = false;

	while (t.n > 0) {
		int32_t code;
		size_t n = text_decode(t, &code);

		if (code == '\r' && t.n > 1 && t.s[1] == '\n')
			n++; /* one line end */
		if (code == '\n' || code == '\r' || code == '\t')
			code = ' ';
		any |= input_key(in, code);
		t.s += n;
		t.n -= n;
	}
	return any;
}

bool input_unreadable(struct text t)
{
	int32_t code = 0;

	while (t.n > 0 && code != KEY_UNREADABLE_) {
		const size_t n = text_decode(t, &code);

		t.s += n;
		t.n -= n;
	}
	return code == KEY_UNREADABLE_;
}

/* Start of the cluster that ends at the cursor. */
static size_t before(const struct input *in)
{
	size_t at = 0, last = 0;

	while (at < in->at) {
		int columns;
		size_t n =
			text_cluster((struct text){ in->s + at, in->n - at }, &columns);

		last = at;
		at += n ? n : 1;
	}
	return last;
}

static size_t after(const struct input *in)
{
	int columns;

	return in->at +
	       text_cluster((struct text){ in->s + in->at, in->n - in->at }, &columns);
}

static void erase(struct input *in, size_t from, size_t to)
{
	memmove(in->s + from, in->s + to, in->n - to);
	in->n -= to - from;
	in->at = from;
}

bool input_act(struct input *in, enum action a)
{
	const bool picked = in->picked;
	size_t word = in->at;

	in->picked = false;
	switch (a) {
	case ACT_MOVE_LEFT:
		in->at = before(in);
		return true;
	case ACT_MOVE_RIGHT:
		in->at = after(in);
		return true;
	case ACT_MOVE_FIRST:
		in->at = 0;
		return true;
	case ACT_MOVE_LAST:
		in->at = in->n;
		return true;
	case ACT_ERASE:
		erase(in, picked ? 0 : before(in), in->at);
		return true;
	case ACT_ERASE_NEXT:
		erase(in, in->at, after(in));
		return true;
	case ACT_ERASE_WORD:
		while (word > 0 && in->s[word - 1] == ' ')
			word--;
		while (word > 0 && in->s[word - 1] != ' ')
			word--;
		erase(in, word, in->at);
		return true;
	case ACT_ERASE_LINE:
		erase(in, 0, in->at);
		return true;
	default:
		return false;
	}
}
