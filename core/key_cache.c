/* Key cache: one place per hash, the last key wins; long keys are not kept. */
#include "core/key_cache.h"

#include <stdlib.h>
#include <string.h>

#include "core/fnv.h"

#define PLACES 4096u
#define KEY_BYTES 42

struct place {
	uint32_t id; /* 0: free */
	uint8_t kind, length;
	char key[KEY_BYTES];
};

struct key_cache {
	struct place places[PLACES];
};

struct key_cache *key_cache_new(void)
{
	return calloc(1, sizeof(struct key_cache));
}

void key_cache_free(struct key_cache **c)
{
	free(*c);
	*c = NULL;
}

static uint32_t place_of(enum record_kind kind, struct text key)
{
	uint64_t hash = key.n * 31 + (uint64_t)kind;
	size_t i = 0;
	for (uint64_t word; i + 8 <= key.n; i += 8) {
		memcpy(&word, key.s + i, 8);
		hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
		hash ^= hash >> 32;
	}
	for (; i < key.n; i++)
		hash = fnv_step(hash, (unsigned char)key.s[i]);
	hash *= 0x9E3779B97F4A7C15u;
	return (uint32_t)(hash >> 32) % PLACES;
}

uint32_t key_cache_find(const struct key_cache *c, enum record_kind kind, struct text key)
{
	if (key.n > KEY_BYTES)
		return 0;
	const struct place *p = &c->places[place_of(kind, key)];
	bool same = p->kind == (uint8_t)kind && p->length == key.n &&
		    memcmp(p->key, key.s, key.n) == 0;
	return same ? p->id : 0;
}

void key_cache_put(
	struct key_cache *c, enum record_kind kind, struct text key, uint32_t id)
{
	if (key.n > KEY_BYTES)
		return;
	struct place *p = &c->places[place_of(kind, key)];
	*p = (struct place){ .id = id, .kind = (uint8_t)kind, .length = (uint8_t)key.n };
	memcpy(p->key, key.s, key.n);
}
