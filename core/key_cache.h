/*
 * Key cache: ids of the keys seen lately, in front of the store's own search: a file
 * names the same few CSMs and signals over and over. Forgets freely.
 */
#ifndef CORE_KEY_CACHE_H
#define CORE_KEY_CACHE_H

#include "core/record.h"

struct key_cache;

struct key_cache *key_cache_new(void); /* NULL: no memory */
void key_cache_free(struct key_cache **c);
/* Id of the key, or 0 when it is not here. */
uint32_t key_cache_find(
	const struct key_cache *c, enum record_kind kind, struct text key);
void key_cache_put(
	struct key_cache *c, enum record_kind kind, struct text key, uint32_t id);

#endif
