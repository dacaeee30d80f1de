/* Arena: a chain of blocks, each at least as big as the one before it. */
#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN ((size_t)4096)
#define BLOCK_MAX ((size_t)1 << 20) /* blocks stop growing here */

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *a)
{
	a->head = NULL;
}

void arena_clear(struct arena *a)
{
	while (a->head != NULL) {
		struct arena_block *next = a->head->next;
		free(a->head);
		a->head = next;
	}
}

static struct arena_block *add_block(struct arena *a, size_t need)
{
	size_t size = BLOCK_MIN;
	if (a->head != NULL)
		size = a->head->size < BLOCK_MAX ? a->head->size * 2 : BLOCK_MAX;
	if (size < need)
		size = need;
	if (size > SIZE_MAX - sizeof(struct arena_block))
		return NULL;
	struct arena_block *b = calloc(1, sizeof(*b) + size);
	if (b == NULL)
		return NULL;
	b->size = size;
	b->next = a->head;
	a->head = b;
	return b;
}

bool arena_reserve(struct arena *a, size_t size)
{
	return add_block(a, size) != NULL;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t unit = alignof(max_align_t);
	if (size > SIZE_MAX - unit)
		return NULL;
	size = size == 0 ? unit : (size + unit - 1) / unit * unit;
	struct arena_block *b = a->head;
	if (b == NULL || b->size - b->used < size) {
		b = add_block(a, size);
		if (b == NULL)
			return NULL;
	}
	void *p = b->bytes + b->used;
	b->used += size;
	return p;
}

char *arena_copy(struct arena *a, const char *bytes, size_t n)
{
	char *copy = n < SIZE_MAX ? arena_alloc(a, n + 1) : NULL;
	if (copy != NULL && n > 0)
		memcpy(copy, bytes, n);
	return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
	return arena_copy(a, text, strlen(text));
}

bool arena_keep(struct arena *a, struct text *t)
{
	if (t->s == NULL)
		return true;
	t->s = arena_copy(a, t->s, t->n);
	if (t->s == NULL)
		t->n = 0;
	return t->s != NULL;
}
