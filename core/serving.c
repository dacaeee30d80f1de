#include "core/serving.h"

#include "core/convert.h"

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

/* word: folded, as texts keep it. */
static bool lists(struct text list, struct text word)
{
	char folded[TEXTS_CUT];

	if (list.n == 0)
		return true;
	for (size_t from = 0, at = 0; at <= list.n; at++) {
		if (at < list.n && list.s[at] != ';')
			continue;
		const struct text one =
			text_trim((struct text){ list.s + from, at - from });
		if (text_eq((struct text){ folded,
				    text_fold(one, folded, sizeof(folded)) },
			    word))
			return true;
		from = at + 1;
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
