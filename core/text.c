/* Text: decoding, clusters and columns on top of utf8proc's tables. */
#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define LOW_BITS UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)

#define CLUSTER_MARKS 4
#define CLUSTER_CODES 16 /* the longest emoji in use has 10 */
#define PIECE_MAX (CLUSTER_CODES * 4)

#define VS15 0xFE0E /* the character before it as text */
#define VS16 0xFE0F /* ... as an emoji */
#define JOINER 0x200D
#define KEYCAP 0x20E3

struct text text_of(const char *cstring)
{
	return (struct text){ cstring, cstring == NULL ? 0 : strlen(cstring) };
}

bool text_eq(struct text a, struct text b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool text_ieq(struct text a, struct text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (ascii_lower(a.s[i]) != ascii_lower(b.s[i]))
			return false;
	}
	return true;
}

const char *text_among(struct text t, const char *const *words)
{
	while (*words && !text_ieq(t, text_of(*words)))
		words++;
	return *words;
}

bool text_icontains(struct text t, struct text word)
{
	for (size_t i = 0; i + word.n <= t.n; i++)
		if (text_ieq((struct text){ t.s + i, word.n }, word))
			return true;
	return false;
}

int text_cmp(struct text a, struct text b)
{
	size_t shared = a.n < b.n ? a.n : b.n;
	int order = shared == 0 ? 0 : memcmp(a.s, b.s, shared);
	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct text text_trim(struct text t)
{
	while (t.n > 0 && is_blank(t.s[0])) {
		t.s++;
		t.n--;
	}
	while (t.n > 0 && is_blank(t.s[t.n - 1]))
		t.n--;
	return t;
}

struct text text_word(struct text *rest)
{
	const struct text t = text_trim(*rest);
	size_t n = 0;

	while (n < t.n && !is_blank(t.s[n]))
		n++;
	*rest = (struct text){ t.s + n, t.n - n };
	return (struct text){ t.s, n };
}

static void skip(struct text *t, size_t n)
{
	t->s += n;
	t->n -= n;
}

size_t text_decode(struct text t, int32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	*code = -1;
	if (t.n == 0)
		return 0;
	const unsigned char *s = (const unsigned char *)t.s;
	if (s[0] < 0x80) {
		*code = s[0];
		return 1;
	}
	size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	if (s[0] < 0xC2 || s[0] > 0xF4 || n > t.n)
		return 1;
	uint32_t c = s[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (s[i] & 0x3Fu);
	}
	bool surrogate = c >= 0xD800 && c <= 0xDFFF;
	if (c < least[n] || c > 0x10FFFF || surrogate)
		return 1;
	*code = (int32_t)c;
	return n;
}

size_t text_encode(int32_t code, char out[4])
{
	static const unsigned char first[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	const size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 0;
	out[0] = (char)(first[n] | (uint32_t)code >> 6 * (n - 1));
	for (size_t i = 1; i < n; i++)
		out[i] = (char)(0x80 | ((uint32_t)code >> 6 * (n - 1 - i) & 0x3F));
	return n;
}

/* Bytes at the front of t that are ASCII without NUL, in steps of eight. */
static size_t ascii_words(struct text t)
{
	size_t at = 0;
	for (; t.n - at >= 8; at += 8) {
		uint64_t word;
		memcpy(&word, t.s + at, 8);
		if (((word - LOW_BITS) | word) & HIGH_BITS)
			break;
	}
	return at;
}

__attribute__((format(printf, 3, 0))) static void add(
	char *out, size_t size, const char *format, va_list ap)
{
	const size_t used = strlen(out);

	vsnprintf(out + used, size - used, format, ap);
}

void text_add(char *out, size_t size, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	add(out, size, format, ap);
	va_end(ap);
}

void text_say(char out[TEXT_SAID_MAX], const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	add(out, TEXT_SAID_MAX, format, ap);
	va_end(ap);
}

size_t text_invalid_at(struct text t)
{
	struct text rest = t;
	while (rest.n > 0) {
		int32_t code;
		skip(&rest, ascii_words(rest));
		/* A few characters at a time: beyond ASCII, words of eight rarely fit. */
		for (int i = 0; i < 8 && rest.n > 0; i++) {
			size_t n = text_decode(rest, &code);
			if (code <= 0)
				return t.n - rest.n;
			skip(&rest, n);
		}
	}
	return t.n;
}

/* Has no look of its own: controls, format characters, private use, unassigned ... */
static bool is_hidden(int32_t code)
{
	switch (utf8proc_category(code)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return code == VS15 || code == VS16;
	}
}

static bool is_mark(int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
	       category == UTF8PROC_CATEGORY_MC;
}

static bool is_pictographic(int32_t code)
{
	return code >= 0 && utf8proc_get_property(code)->boundclass ==
				    UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(int32_t code)
{
	return code >= 0x1F3FB && code <= 0x1F3FF;
}

static bool is_keycap_base(int32_t code)
{
	return (code >= '0' && code <= '9') || code == '#' || code == '*';
}

struct cluster {
	int32_t last; /* newest character */
	bool emoji;   /* it, or what its marks stand on, is pictographic */
	int codes, marks, columns;
	utf8proc_int32_t state; /* of utf8proc's break rules */
};

/* Columns that code adds to the cluster it joins. */
static int added_columns(const struct cluster *c, int32_t code)
{
	bool to_emoji = code == VS16 || (is_skin_tone(code) && c->emoji);
	if (to_emoji)
		return 2 - c->columns;
	if (code == JOINER || c->last == JOINER)
		return 0;
	/* Medial and final jamo are drawn inside the first one. */
	int class = utf8proc_get_property(code)->boundclass;
	bool inside = class == UTF8PROC_BOUNDCLASS_V || class == UTF8PROC_BOUNDCLASS_T;
	return inside && c->codes > 0 ? 0 : utf8proc_charwidth(code);
}

/* Whether code, which stands before rest, is welcome in the cluster that the break
 * rules would put it into. */
static bool is_welcome(const struct cluster *c, int32_t code, struct text rest)
{
	int32_t next;
	text_decode(rest, &next);
	if (code == JOINER)
		return c->emoji && is_pictographic(next);
	if (code == VS15 || code == VS16)
		return is_pictographic(c->last) ||
		       (is_keycap_base(c->last) && next == KEYCAP);
	if (is_hidden(code) || (is_mark(code) && c->marks == CLUSTER_MARKS))
		return false;
	return c->columns + added_columns(c, code) <= 2;
}

static void add_code(struct cluster *c, int32_t code)
{
	c->columns += added_columns(c, code);
	if (is_pictographic(code) || c->codes == 0) {
		c->emoji = is_pictographic(code);
		c->marks = 0;
	} else if (is_mark(code)) {
		c->marks++;
	}
	c->last = code;
	c->codes++;
}

/* Whether the first byte is a letter of ASCII that no mark may follow: most are. */
static bool begins_plain(struct text t)
{
	return t.n > 0 && t.s[0] >= ' ' && t.s[0] <= '~' &&
	       (t.n == 1 || (unsigned char)t.s[1] < 0x80);
}

size_t text_cluster(struct text t, int *columns)
{
	if (begins_plain(t)) {
		*columns = 1;
		return 1;
	}
	struct cluster c = { .last = -1 };
	struct text rest = t;
	int32_t code;
	*columns = 0;
	size_t n = text_decode(t, &code);
	if (n == 0 || code < 0 || is_hidden(code) || is_mark(code) ||
		utf8proc_charwidth(code) == 0)
		return n;
	do {
		add_code(&c, code);
		skip(&rest, n);
		n = text_decode(rest, &code);
	} while (n > 0 && code >= 0 && c.codes < CLUSTER_CODES &&
		 !utf8proc_grapheme_break_stateful(c.last, code, &c.state) &&
		 is_welcome(&c, code, (struct text){ rest.s + n, rest.n - n }));
	*columns = c.columns;
	return t.n - rest.n;
}

/* "<1B>" for a character, or a byte that is none. Returns its length. */
static size_t write_token(struct text cluster, char out[PIECE_MAX])
{
	static const char digit[] = "0123456789ABCDEF";
	int32_t code;
	size_t n = 0;
	text_decode(cluster, &code);
	uint32_t value = code < 0 ? (unsigned char)cluster.s[0] : (uint32_t)code;
	int shift = 4;
	while (value >> shift >> 4 != 0)
		shift += 4;
	out[n++] = '<';
	for (; shift >= 0; shift -= 4)
		out[n++] = digit[value >> shift & 15];
	out[n++] = '>';
	return n;
}

/* Takes the next cluster off t and writes it as a terminal may see it. */
static size_t take_piece(struct text *t, bool ascii, char out[PIECE_MAX], int *columns)
{
	struct text cluster = { t->s, text_cluster(*t, columns) };
	skip(t, cluster.n);
	if (*columns == 0) {
		size_t n = write_token(cluster, out);
		*columns = (int)n;
		return n;
	}
	if (ascii && (cluster.n > 1 || (unsigned char)cluster.s[0] >= 0x80)) {
		*columns = 1;
		out[0] = '?';
		return 1;
	}
	memcpy(out, cluster.s, cluster.n);
	return cluster.n;
}

int text_sanitise(struct text t, char *out, size_t size, int max_columns, bool ascii)
{
	const char *tail = ascii ? "~" : "…";
	size_t tail_size = strlen(tail), used = 0, keep = 0;
	int columns = 0, kept = 0;
	bool clipped = false;
	if (size == 0)
		return 0;
	while (t.n > 0 && !clipped) {
		char piece[PIECE_MAX];
		int width;
		if (columns < max_columns && used + tail_size < size) {
			keep = used; /* the tail can still stand here */
			kept = columns;
		}
		size_t n = take_piece(&t, ascii, piece, &width);
		clipped = width > max_columns - columns || n >= size - used;
		if (!clipped) {
			memcpy(out + used, piece, n);
			used += n;
			columns += width;
		}
	}
	if (clipped) {
		used = keep;
		columns = kept;
		if (max_columns > 0 && used + tail_size < size) {
			memcpy(out + used, tail, tail_size);
			used += tail_size;
			columns++;
		}
	}
	out[used] = '\0';
	return columns;
}

int text_columns(struct text t)
{
	int sum = 0;
	while (t.n > 0) {
		char piece[PIECE_MAX];
		int columns = 1;
		if (begins_plain(t))
			skip(&t, 1);
		else
			take_piece(&t, false, piece, &columns);
		sum += columns;
	}
	return sum;
}

static size_t fold_ascii(struct text t, char *out, size_t size)
{
	size_t n = t.n < size ? t.n : size;
	for (size_t i = 0; i < n; i++)
		out[i] = ascii_lower(t.s[i]);
	return n;
}

/* Texts of ASCII and the letters of Latin-1, as most names are, need no table: each
 * letter has a folded form of its own, whatever stands beside it. False: this is none. */
static bool fold_latin(struct text t, char *out, size_t size, size_t *n)
{
	bool room = true;
	*n = 0;
	for (size_t i = 0; i < t.n; i++) {
		char folded[2] = { ascii_lower(t.s[i]) };
		size_t bytes = 1;
		if ((unsigned char)t.s[i] >= 0x80) {
			unsigned char trail = i + 1 < t.n ? (unsigned char)t.s[i + 1] : 0;
			if ((unsigned char)t.s[i] != 0xC3 || (trail & 0xC0) != 0x80)
				return false;
			i++;
			bytes = 2;
			folded[1] = (char)(trail < 0x9F && trail != 0x97 ? trail + 0x20
									 : trail);
			if (trail == 0x9F) /* the sharp s */
				memset(folded, 's', 2);
		}
		room &= bytes <= size - *n;
		if (room)
			memcpy(out + *n, folded, bytes);
		*n += room ? bytes : 0;
	}
	return true;
}

size_t text_fold(struct text t, char *out, size_t size)
{
	size_t latin;
	if (fold_latin(t, out, size, &latin))
		return latin;
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t length =
		utf8proc_map((const utf8proc_uint8_t *)t.s, (utf8proc_ssize_t)t.n,
			&folded, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	if (length < 0) /* not UTF-8, or no memory for more than this */
		return fold_ascii(t, out, size);
	size_t n = (size_t)length < size ? (size_t)length : size;
	while (n > 0 && n < (size_t)length && (folded[n] & 0xC0) == 0x80)
		n--;
	memcpy(out, folded, n);
	free(folded);
	return n;
}
