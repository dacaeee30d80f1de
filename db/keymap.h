/*
 * A hash table from keys to ids, eight bytes an entry: it knows 32 bits of the hash of
 * a key, so a hit must be compared with the row itself. Nothing is ever removed.
 */
#ifndef DB_KEYMAP_H
#define DB_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/text.h"

#define KEYMAP_ID_MAX 0x7FFFFFFFu

struct keymap_entry {
	uint32_t hash;
	uint32_t id : 31;  /* 0: free */
	uint32_t seen : 1; /* for the owner's use */
};

struct keymap {
	struct keymap_entry *entries; /* owned */
	size_t capacity, used;        /* capacity: a power of two */
};

void keymap_clear(struct keymap *m);
/* Room for n entries in all, to add them without growing in between. */
enum status keymap_reserve(struct keymap *m, size_t n, struct err *e) MUST_USE;
enum status keymap_add(
	struct keymap *m, uint32_t hash, uint32_t id, bool seen, struct err *e) MUST_USE;
/* Entries with this hash, one per call; *at starts at 0. NULL: no more. Borrowed until
 * something is added. */
struct keymap_entry *keymap_next(const struct keymap *m, uint32_t hash, size_t *at);

/* Hashing: start with 0, mix in value by value, finish. */
uint64_t keymap_mix(uint64_t h, uint64_t value);
uint64_t keymap_mix_text(uint64_t h, struct text t);
uint32_t keymap_finish(uint64_t h);

#endif
