/* Words and their numbers, in the order in which they first came. */
#ifndef CORE_WORD_SET_H
#define CORE_WORD_SET_H

#include <stdint.h>

#include "core/arena.h"

struct word_set {
	struct word {
		struct text text; /* in the arena, with a NUL behind it */
		uint64_t hash;
	} * word; /* owned */
	uint32_t n, room;
	uint32_t *slot; /* owned; by hash, open: number + 1, 0: free */
	uint32_t slots;
	struct arena arena;
};

void word_set_init(struct word_set *s);
void word_set_clear(struct word_set *s);
/* The number of a word, which is added where it is new. False: no memory. */
bool word_set_add(struct word_set *s, struct text word, uint32_t *out);
/* Words that are folded alike are one, spelled as the first of them; a set takes all of
 * its words like this, or none. */
bool word_set_add_spelled(struct word_set *s, struct text word, uint32_t *out);

#endif
