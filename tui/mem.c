#include "tui/mem.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef __GLIBC__
#	include <malloc.h>
#endif

void *mem_new(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		abort();
	return p;
}

void *mem_resize(void *p, size_t n, size_t size)
{
	void *grown;

	if (size && n > SIZE_MAX / size)
		abort();
	grown = realloc(p, n && size ? n * size : 1);
	if (!grown)
		abort();
	return grown;
}

struct text mem_text(struct arena *a, struct text t)
{
	const char *copy = arena_copy(a, t.s ? t.s : "", t.n);

	if (!copy)
		abort();
	return (struct text){ copy, t.n };
}

void mem_give_back(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
