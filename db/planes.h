/*
 * Planes: how the codec of packed columns (pack.h) lays out numbers of so many bits,
 * and the little-endian words and the checksum that go with it. For the codec and
 * for mirrors that keep bytes beside packs.
 *
 * The bits of n elements of a width lie in planes, lowest bits first: one of 2^k bits
 * for every k that is set in the width. A plane of less than a byte per element is
 * striped: byte j of s holds the elements j, j + s, j + 2s ...
 */
#ifndef DB_PLANES_H
#define DB_PLANES_H

#include <stddef.h>
#include <stdint.h>

/* gcc has to be asked to vectorise (#pragma omp simd); clang would only complain where
 * it could not, as in builds with sanitizers. */
#ifdef __clang__
#	pragma clang diagnostic ignored "-Wpass-failed"
#endif

/* Bytes of the planes of n elements; width up to 32. */
size_t planes_bytes(uint32_t n, unsigned width);
/* Writes the lowest `width` bits of n elements; gives the end. */
uint8_t *planes_put(uint8_t *to, const uint32_t *v, uint32_t n, unsigned width);
/* Reads what planes_put wrote; gives the end. */
const uint8_t *planes_get(const uint8_t *from, uint32_t *v, uint32_t n, unsigned width);

/* The i-th of the n elements alone. */
uint32_t planes_at(const uint8_t *from, uint32_t n, unsigned width, uint32_t i);

void planes_put_u64(uint8_t *to, uint64_t v);
uint64_t planes_get_u64(const uint8_t *from);

/* Of the first `start` bytes only the first eight count (the sum stands in the rest);
 * n is at least start, start at least 8. */
uint64_t planes_checksum(const uint8_t *data, size_t n, size_t start);

#endif
