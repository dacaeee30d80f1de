#include "core/serving.h"

#include <string.h>

#include "core/change.h"
#include "core/convert.h"

enum { NAME_SHOWN = 30 };

/* Where a CSM's limits stand, and the text of accounts that they are of. */
static const struct {
	int field;
	enum account_text text;
} limits[SERVING_LIMITS] = { { F_CSM_REGIONS, TXT_REGION },
	{ F_CSM_SEGMENTS, TXT_SEGMENT }, { F_CSM_LANGUAGES, TXT_LANGUAGE } };

enum account_text serving_text(enum serving_limit limit)
{
	return limits[limit].text;
}

static struct text list_of(const struct cell *csm, int limit)
{
	return text_trim(cell_as_text(&csm[limits[limit].field]));
}

unsigned serving_limits(const struct cell *csm)
{
	unsigned has = 0;

	for (int l = 0; l < SERVING_LIMITS; l++)
		has |= list_of(csm, l).n ? 1u << l : 0;
	return has;
}

uint32_t serving_texts(unsigned has)
{
	uint32_t texts = 0;

	for (int l = 0; l < SERVING_LIMITS; l++)
		texts |= has >> l & 1 ? 1u << limits[l].text : 0;
	return texts;
}

struct serving_as serving_of(const struct book *b, uint32_t i, unsigned has)
{
	struct serving_as as;

	for (int l = 0; l < SERVING_LIMITS; l++) {
		const uint32_t *which = b->texts.which[limits[l].text];

		as.number[l] = has >> l & 1 && which ? which[i] : TEXTS_NONE;
	}
	return as;
}

/* The next one of a list with that sign between, its blanks trimmed; false: no more. */
static bool next_of(struct text *rest, char sign, struct text *one)
{
	const char *end = rest->n ? memchr(rest->s, sign, rest->n) : NULL;
	const size_t n = end ? (size_t)(end - rest->s) : rest->n;

	if (!rest->n)
		return false;
	*one = text_trim((struct text){ rest->s, n });
	rest->s += n + (end != NULL);
	rest->n -= n + (end != NULL);
	return true;
}

/* word: folded, as texts keep it. */
static bool is_word(struct text one, struct text word)
{
	char folded[TEXTS_CUT];
	const size_t n = text_fold(one, folded, sizeof(folded));

	return text_eq((struct text){ folded, n }, word);
}

/* A comma divides as well, unless the word has one itself. */
static bool lists(struct text list, struct text word)
{
	struct text part, one;

	if (list.n == 0)
		return true;
	while (next_of(&list, ';', &part)) {
		if (is_word(part, word))
			return true;
		while (next_of(&part, ',', &one))
			if (is_word(one, word))
				return true;
	}
	return false;
}

unsigned serving_lacks(
	const struct book *b, const struct serving_as *as, const struct cell *csm)
{
	unsigned lacks = 0;

	for (int l = 0; l < SERVING_LIMITS; l++)
		if (as->number[l] != TEXTS_NONE &&
			!lists(list_of(csm, l),
				texts_at(&b->texts.of[limits[l].text], as->number[l])))
			lacks |= 1u << l;
	return lacks;
}

/* ---- what no account asks for ---- */

static bool is_known(const struct book *b, int limit, struct text one)
{
	const struct texts *t = &b->texts.of[limits[limit].text];
	char folded[TEXTS_CUT];
	const struct text word = { folded, text_fold(one, folded, sizeof(folded)) };

	for (uint32_t i = 0; i < t->n; i++)
		if (text_eq(texts_at(t, i), word))
			return true;
	return one.n == 0;
}

static void say_unknown(int limit, struct text one, char *out, size_t size)
{
	static const char *const names[SERVING_LIMITS] = { "region", "segment",
		"language" };

	text_add(out, size, "%sthe %s \"%.*s\"", *out ? ", " : "no account has ",
		names[limit], convert_shown(one, NAME_SHOWN), one.s);
}

enum status book_csm_unknown(
	struct book *b, const struct cell *csm, char out[CSM_UNKNOWN_MAX], struct err *e)
{
	const enum status st = book_need_texts(b, serving_texts(serving_limits(csm)), e);

	out[0] = '\0';
	for (int l = 0; st == ST_OK && l < SERVING_LIMITS; l++) {
		struct text list = list_of(csm, l), part, one;

		while (next_of(&list, ';', &part)) {
			if (is_known(b, l, part))
				continue;
			while (next_of(&part, ',', &one))
				if (!is_known(b, l, one))
					say_unknown(l, one, out, CSM_UNKNOWN_MAX);
		}
	}
	return st;
}
