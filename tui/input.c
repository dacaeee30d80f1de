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

/* ---- as it is shown --------------------------------------------------------------- */

/* Steps over a cluster; returns the columns that the canvas gives to it. */
static int step(struct text *t, bool ascii)
{
	char shown[128];
	int columns;
	const size_t n = text_cluster(*t, &columns);

	columns = text_sanitise(
		(struct text){ t->s, n }, shown, sizeof(shown), sizeof(shown), ascii);
	t->s += n;
	t->n -= n;
	return columns;
}

static int columns_of(const char *from, const char *to, bool ascii)
{
	struct text t = { from, (size_t)(to - from) };
	int sum = 0;

	while (t.n > 0)
		sum += step(&t, ascii);
	return sum;
}

/* From here on it is shown, for the cursor to be seen, and what stands under it. */
static struct text shown_in(const struct input *in, int columns, bool ascii)
{
	const char *const cursor = in->s + in->at;
	struct text t = input_text(in), under = { cursor, in->n - in->at };
	int need = columns_of(in->s, cursor, ascii) + 1;

	if (under.n > 0)
		need += step(&under, ascii); /* and the sign that there is more */
	while (need > columns && t.s < cursor)
		need -= step(&t, ascii);
	return t;
}

static int room(const struct canvas *c, struct rect line)
{
	const int left = c->columns - line.column;

	return line.columns < left ? line.columns : left;
}

int input_paint(const struct input *in, struct canvas *c, struct rect line,
	enum role role, bool typed)
{
	const int columns = room(c, line);
	const struct text t = typed ? shown_in(in, columns, c->ascii) : input_text(in);
	const int used = canvas_put(c, line.row, line.column, columns,
		typed && in->picked ? ROLE_TAB_HERE : role, t);

	/* What is too long to be changed can't be typed into. */
	if (typed && in->cut)
		canvas_cursor(c, line.row, line.column);
	else if (typed)
		canvas_caret(c, line.row,
			line.column + columns_of(t.s, in->s + in->at, c->ascii));
	return used;
}

void input_paint_part(const struct input *in, struct canvas *c, struct rect line,
	enum role role, struct text part)
{
	const int columns = room(c, line);
	const struct text t = shown_in(in, columns, c->ascii);
	const char *end = part.s + part.n;
	int from, to;

	if (end <= t.s)
		return;
	from = part.s > t.s ? columns_of(t.s, part.s, c->ascii) : 0;
	to = columns_of(t.s, end, c->ascii);
	if (to > columns)
		to = columns;
	canvas_role(c, (struct rect){ line.row, line.column + from, 1, to - from }, role);
}

/* ---- as it is typed --------------------------------------------------------------- */

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
