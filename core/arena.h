/*
 * Arena: memory that lives and dies together (a result page, one policy).
 * Out of memory is reported as NULL; the caller turns it into ST_NOMEM.
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

struct arena_block;

struct arena {
	struct arena_block *head; /* newest block first; owned */
};

void arena_init(struct arena *a);
void arena_clear(struct arena *a);
/* Takes the memory now: what comes next finds room in so many bytes, where each
 * allocation is rounded up to what any type may begin on. False: no memory. */
bool arena_reserve(struct arena *a, size_t size);
/* Zeroed memory, aligned for any type, borrowed until arena_clear. NULL: no memory. */
void *arena_alloc(struct arena *a, size_t size);
/* Copies of n bytes plus a NUL, or of a C string. */
char *arena_copy(struct arena *a, const char *bytes, size_t n);
char *arena_strdup(struct arena *a, const char *text);
/* Makes a borrowed text, if there is one, a copy. False: no memory, it is empty. */
bool arena_keep(struct arena *a, struct text *t);

#endif
