/*
 * FNV-1a of 64 bits (Fowler, Noll, Vo): for tables, and for names of what was seen.
 * Anybody can make two texts that collide, so it protects nothing.
 */
#ifndef CORE_FNV_H
#define CORE_FNV_H

#include "core/text.h"

#define FNV_START UINT64_C(14695981039346656037)

static inline uint64_t fnv_step(uint64_t hash, uint64_t next)
{
	return (hash ^ next) * UINT64_C(1099511628211);
}

static inline uint64_t fnv_of(struct text t)
{
	uint64_t hash = FNV_START;

	for (size_t i = 0; i < t.n; i++)
		hash = fnv_step(hash, (unsigned char)t.s[i]);
	return hash;
}

#endif
