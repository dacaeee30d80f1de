/* The word lists of the demo (assets/demo), one entry per line. */
#ifndef CORE_DEMO_WORDS_H
#define CORE_DEMO_WORDS_H

#include <stdint.h>

#include "core/err.h"
#include "core/text.h"

enum demo_list {
	WORDS_COMPANY,
	WORDS_TRADE, /* industry|trade */
	WORDS_CITY,  /* region|city */
	WORDS_GIVEN,
	WORDS_FAMILY,
	WORDS_CAUSE,
	WORDS_REASON, /* the first: champion left, failed start, new prices */
	WORDS_PRAISE,
	WORDS_MIXED,
	WORDS_COMPLAINT,
	WORDS_PURPOSE,
	WORDS_OUTCOME,
	WORDS_DOUBT,
	WORDS_SILENCE,
	WORDS_TAG,
	WORDS_COUNT
};

struct demo_words {
	struct text *list[WORDS_COUNT]; /* into the assets; owned */
	uint32_t n[WORDS_COUNT];
};

/* w is cleared by demo_words_clear, also after a failure. */
enum status demo_words_read(struct demo_words *w, struct err *e) MUST_USE;
void demo_words_clear(struct demo_words *w);

/* The entry at, counted round. */
struct text demo_words_at(const struct demo_words *w, enum demo_list list, uint32_t at);
/* The part of an entry before and after the '|'. */
struct text demo_words_left(struct text entry);
struct text demo_words_right(struct text entry);

#endif
