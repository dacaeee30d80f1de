#include "core/word_set.h"

#include <stdlib.h>

#include "core/fnv.h"

enum { SLOTS_FIRST = 256, FOLDED_BYTES = 1024 };

void word_set_init(struct word_set *s)
{
	*s = (struct word_set){ .n = 0 };
	arena_init(&s->arena);
}

void word_set_clear(struct word_set *s)
{
	arena_clear(&s->arena);
	free(s->word);
	free(s->slot);
	word_set_init(s);
}

static uint64_t hash_of(struct text t)
{
	const uint64_t h = fnv_of(t);

	return h ^ h >> 32;
}

/* Where it stands, or would stand. */
static uint32_t slot_of(const struct word_set *s, struct text word, uint64_t hash)
{
	uint32_t at = (uint32_t)hash & (s->slots - 1);

	while (s->slot[at] && (s->word[s->slot[at] - 1].hash != hash ||
				      !text_eq(s->word[s->slot[at] - 1].text, word)))
		at = (at + 1) & (s->slots - 1);
	return at;
}

static bool grow_slots(struct word_set *s)
{
	const uint32_t slots = s->slots ? s->slots * 2 : SLOTS_FIRST;
	uint32_t *slot = calloc(slots, sizeof(*slot));

	if (!slot)
		return false;
	free(s->slot);
	s->slot = slot;
	s->slots = slots;
	for (uint32_t i = 0; i < s->n; i++)
		s->slot[slot_of(s, s->word[i].text, s->word[i].hash)] = i + 1;
	return true;
}

static bool append(struct word_set *s, struct text word, uint64_t hash)
{
	if (s->n == s->room) {
		const uint32_t room = s->room ? s->room * 2 : SLOTS_FIRST / 2;
		struct word *grown = realloc(s->word, room * sizeof(*grown));

		if (!grown)
			return false;
		s->word = grown;
		s->room = room;
	}
	if (!arena_keep(&s->arena, &word))
		return false;
	s->word[s->n++] = (struct word){ word, hash };
	return true;
}

static bool add_at(
	struct word_set *s, uint32_t at, struct text word, uint64_t hash, uint32_t *out)
{
	if (!s->slot[at]) {
		if (!append(s, word, hash))
			return false;
		s->slot[at] = s->n;
	}
	*out = s->slot[at] - 1;
	return true;
}

static bool has_room(struct word_set *s)
{
	return s->n < s->slots / 2 || grow_slots(s);
}

bool word_set_add(struct word_set *s, struct text word, uint32_t *out)
{
	const uint64_t hash = hash_of(word);

	return has_room(s) && add_at(s, slot_of(s, word, hash), word, hash, out);
}

bool word_set_add_spelled(struct word_set *s, struct text word, uint32_t *out)
{
	char key[FOLDED_BYTES], other[FOLDED_BYTES];
	const struct text folded = { key, text_fold(word, key, sizeof(key)) };
	const uint64_t hash = hash_of(folded);
	uint32_t at;

	if (!has_room(s))
		return false;
	for (at = (uint32_t)hash & (s->slots - 1); s->slot[at];
		at = (at + 1) & (s->slots - 1)) {
		const struct word *w = &s->word[s->slot[at] - 1];

		if (w->hash == hash &&
			text_eq((struct text){ other,
					text_fold(w->text, other, sizeof(other)) },
				folded))
			break;
	}
	return add_at(s, at, word, hash, out);
}
