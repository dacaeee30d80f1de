/* Open addressing with linear probing, at most three quarters full. */
#include "db/keymap.h"

#include <stdlib.h>
#include <string.h>

void keymap_clear(struct keymap *m)
{
	free(m->entries);
	*m = (struct keymap){ .entries = NULL };
}

static void place(struct keymap *m, struct keymap_entry entry)
{
	size_t mask = m->capacity - 1, i = entry.hash & mask;
	while (m->entries[i].id != 0)
		i = (i + 1) & mask;
	m->entries[i] = entry;
	m->used++;
}

enum status keymap_reserve(struct keymap *m, size_t n, struct err *e)
{
	size_t capacity = m->capacity > 0 ? m->capacity : 64;
	while (n > capacity / 4 * 3)
		capacity *= 2;
	if (capacity == m->capacity)
		return ST_OK;
	struct keymap grown = {
		.entries = calloc(capacity, sizeof(*grown.entries)),
		.capacity = capacity,
	};
	if (grown.entries == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	for (size_t i = 0; i < m->capacity; i++) {
		if (m->entries[i].id != 0)
			place(&grown, m->entries[i]);
	}
	free(m->entries);
	*m = grown;
	return ST_OK;
}

enum status keymap_add(
	struct keymap *m, uint32_t hash, uint32_t id, bool seen, struct err *e)
{
	enum status st = keymap_reserve(m, m->used + 1, e);
	if (st == ST_OK)
		place(m, (struct keymap_entry){
				 .hash = hash, .id = id & KEYMAP_ID_MAX, .seen = seen });
	return st;
}

struct keymap_entry *keymap_next(const struct keymap *m, uint32_t hash, size_t *at)
{
	size_t mask = m->capacity - 1;
	while (*at < m->capacity) {
		struct keymap_entry *entry = &m->entries[(hash + *at) & mask];
		if (entry->id == 0)
			return NULL;
		++*at;
		if (entry->hash == hash)
			return entry;
	}
	return NULL;
}

uint64_t keymap_mix(uint64_t h, uint64_t value)
{
	h = (h ^ value) * 0x9E3779B97F4A7C15u;
	return h ^ (h >> 29);
}

uint64_t keymap_mix_text(uint64_t h, struct text t)
{
	size_t i = 0;
	uint64_t chunk;
	for (; i + sizeof(chunk) <= t.n; i += sizeof(chunk)) {
		memcpy(&chunk, t.s + i, sizeof(chunk));
		h = keymap_mix(h, chunk);
	}
	chunk = t.n;
	for (; i < t.n; i++)
		chunk = chunk << 8 | (unsigned char)t.s[i];
	return keymap_mix(h, chunk);
}

uint32_t keymap_finish(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	return (uint32_t)(h >> 32);
}
