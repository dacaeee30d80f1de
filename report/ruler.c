#include "report/ruler.h"

#include <stdint.h>

/* Thousandths of the size, from the blank on. */
static const uint16_t plain[] = { 278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389,
	584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
	278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500,
	667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611,
	278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
	500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
	334, 260, 334, 584 };
static const uint16_t heavy[] = { 278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389,
	584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333,
	333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556,
	722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611,
	333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278,
	556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500,
	389, 280, 389, 584 };
enum { LAST = sizeof(plain) / sizeof(*plain) };
/* Of what is not ASCII, by the columns of a terminal; of what has none, a sign for it. */
static const uint16_t others[] = { 1000, 640, 1000 };
enum { PICTURES = 0x1f000, PICTURE = 1270, HEAVIER = 40 };

static double cluster_width(struct text t, size_t *bytes, bool bold)
{
	const unsigned char first = t.n ? (unsigned char)t.s[0] : 0;
	int32_t code;
	int columns;

	*bytes = text_cluster(t, &columns);
	if (*bytes == 1 && first >= ' ' && first < ' ' + LAST)
		return (bold ? heavy[first - ' '] : plain[first - ' ']) / 1000.0;
	text_decode(t, &code);
	if (code >= PICTURES)
		return PICTURE / 1000.0;
	return (others[columns < 0 || columns > 2 ? 0 : columns] + (bold ? HEAVIER : 0)) /
	       1000.0;
}

double ruler_width(struct text t, double size, bool bold)
{
	double width = 0;
	size_t n;

	for (; t.n; t.s += n, t.n -= n)
		width += cluster_width(t, &n, bold);
	return width * size;
}

size_t ruler_fit(struct text t, double size, bool bold, double width)
{
	double used = 0;
	size_t at = 0, n;

	while (at < t.n) {
		used += size *
			cluster_width((struct text){ t.s + at, t.n - at }, &n, bold);
		if (used > width)
			break;
		at += n;
	}
	return at;
}

/* Between a number and its unit ("21 d", "90 %") no line ends. */
static bool is_unit(struct text t, size_t blank)
{
	const size_t next = blank + 1;

	return blank > 0 && t.s[blank - 1] >= '0' && t.s[blank - 1] <= '9' &&
	       next < t.n && (t.s[next] == 'd' || t.s[next] == '%') &&
	       (next + 1 == t.n ||
		       !((t.s[next + 1] | 32) >= 'a' && (t.s[next + 1] | 32) <= 'z'));
}

struct text ruler_line(struct text *rest, double size, bool bold, double width)
{
	size_t fits = ruler_fit(*rest, size, bold, width), cut = fits, n;
	struct text line;

	if (fits == 0 && rest->n) {
		cluster_width(*rest, &n, bold);
		cut = fits = n;
	}
	if (fits < rest->n && (rest->s[fits] != ' ' || is_unit(*rest, fits)))
		for (size_t i = fits; i > 0 && cut == fits; i--)
			if (rest->s[i - 1] == ' ' && !is_unit(*rest, i - 1))
				cut = i;
	line = text_trim((struct text){ rest->s, cut });
	rest->s += cut;
	rest->n -= cut;
	*rest = text_trim(*rest);
	return line;
}

int ruler_lines(struct text t, double size, bool bold, double width)
{
	int n = 0;

	for (t = text_trim(t); t.n; n++)
		ruler_line(&t, size, bold, width);
	return n;
}

double ruler_longest_word(struct text t, double size, bool bold)
{
	double longest = 0;

	for (struct text word; (word = text_word(&t)).n;) {
		const double width = ruler_width(word, size, bold);

		longest = width > longest ? width : longest;
	}
	return longest;
}
