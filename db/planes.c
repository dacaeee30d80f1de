/* Planes: loops that compilers vectorise, one for each power of two. */
#include "db/planes.h"

#include <string.h>

static void put_u32(uint8_t *to, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(v >> (8 * i));
}

void planes_put_u64(uint8_t *to, uint64_t v)
{
	put_u32(to, (uint32_t)v);
	put_u32(to + 4, (uint32_t)(v >> 32));
}

static uint32_t get_u32(const uint8_t *from)
{
	return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
	       (uint32_t)from[3] << 24;
}

/* The order of the bytes on disk, as one load where the machine has the same. */
static inline uint64_t word_at(const uint8_t *from)
{
	uint64_t word;
	memcpy(&word, from, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

uint64_t planes_get_u64(const uint8_t *from)
{
	return word_at(from);
}

static uint64_t mix(uint64_t lane, uint64_t word)
{
	lane = (lane ^ word) * 0x9E3779B97F4A7C15u;
	return lane ^ lane >> 29;
}

/* Four lanes side by side; every step can be undone, so a change that is confined to
 * one word never goes unnoticed. */
uint64_t planes_checksum(const uint8_t *data, size_t n, size_t start)
{
	uint64_t a = n, b = 1, c = 2, d = word_at(data);
	size_t at = start;
	for (; n - at >= 32; at += 32) {
		a = mix(a, word_at(data + at));
		b = mix(b, word_at(data + at + 8));
		c = mix(c, word_at(data + at + 16));
		d = mix(d, word_at(data + at + 24));
	}
	for (; at < n; at += 8) {
		uint8_t last[8] = { 0 };
		memcpy(last, data + at, n - at < 8 ? n - at : 8);
		a = mix(a, word_at(last));
	}
	return mix(mix(mix(mix(0, a), b), c), d);
}

static size_t plane_bytes(uint32_t n, unsigned bits)
{
	return ((size_t)n * bits + 7) / 8;
}

size_t planes_bytes(uint32_t n, unsigned width)
{
	size_t bytes = 0;
	for (unsigned bits = 1; bits <= 32; bits *= 2)
		if (width & bits)
			bytes += plane_bytes(n, bits);
	return bytes;
}

static void put_stripes(
	uint8_t *to, const uint32_t *v, uint32_t n, unsigned shift, unsigned bits)
{
	uint32_t stride = (uint32_t)plane_bytes(n, bits);
	uint32_t mask = (1u << bits) - 1;
	memset(to, 0, stride);
	for (uint32_t at = 0, left = 0; at < n; at += stride, left += bits) {
		uint32_t m = n - at < stride ? n - at : stride;
#pragma omp simd
		for (uint32_t j = 0; j < m; j++)
			to[j] |= (uint8_t)((v[at + j] >> shift & mask) << left);
	}
}

static void set_bits(
	const uint8_t *from, uint32_t *v, uint32_t n, unsigned right, uint32_t mask)
{
#pragma omp simd
	for (uint32_t j = 0; j < n; j++)
		v[j] = from[j] >> right & mask;
}

static void add_bits(const uint8_t *from, uint32_t *v, uint32_t n, unsigned right,
	uint32_t mask, unsigned left)
{
#pragma omp simd
	for (uint32_t j = 0; j < n; j++)
		v[j] |= (from[j] >> right & mask) << left;
}

/* Here and below the first plane sets the elements, the others add to them. */
static void get_stripes(
	const uint8_t *from, uint32_t *v, uint32_t n, unsigned shift, unsigned bits)
{
	uint32_t stride = (uint32_t)plane_bytes(n, bits);
	uint32_t mask = (1u << bits) - 1;
	for (uint32_t at = 0, right = 0; at < n; at += stride, right += bits) {
		uint32_t m = n - at < stride ? n - at : stride;
		if (shift == 0)
			set_bits(from, v + at, m, right, mask);
		else
			add_bits(from, v + at, m, right, mask, shift);
	}
}

static void get_bytes(const uint8_t *from, uint32_t *v, uint32_t n, unsigned shift)
{
	if (shift == 0)
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			v[i] = from[i];
	else
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			v[i] |= (uint32_t)from[i] << shift;
}

static uint32_t get_u16(const uint8_t *from)
{
	return (uint32_t)from[0] | (uint32_t)from[1] << 8;
}

static void get_words(const uint8_t *from, uint32_t *v, uint32_t n, unsigned shift)
{
	if (shift == 0)
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			v[i] = get_u16(from + 2 * (size_t)i);
	else
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			v[i] |= get_u16(from + 2 * (size_t)i) << shift;
}

uint8_t *planes_put(uint8_t *to, const uint32_t *v, uint32_t n, unsigned width)
{
	unsigned shift = 0;
	for (unsigned bits = 1; bits <= 4; bits *= 2) {
		if (!(width & bits))
			continue;
		put_stripes(to, v, n, shift, bits);
		to += plane_bytes(n, bits);
		shift += bits;
	}
	if (width & 8) {
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			to[i] = (uint8_t)(v[i] >> shift);
		to += n;
		shift += 8;
	}
	if (width & 16) {
#pragma omp simd
		for (uint32_t i = 0; i < n; i++) {
			uint32_t x = v[i] >> shift;
			to[2 * i] = (uint8_t)x;
			to[2 * i + 1] = (uint8_t)(x >> 8);
		}
		to += 2 * (size_t)n;
	}
	if (width & 32) {
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			put_u32(to + 4 * (size_t)i, v[i]);
		to += 4 * (size_t)n;
	}
	return to;
}

const uint8_t *planes_get(const uint8_t *from, uint32_t *v, uint32_t n, unsigned width)
{
	unsigned shift = 0;
	if (width & 32) {
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			v[i] = get_u32(from + 4 * (size_t)i);
		return from + 4 * (size_t)n;
	}
	if (width == 0)
		memset(v, 0, n * sizeof(*v));
	for (unsigned bits = 1; bits <= 4; bits *= 2) {
		if (!(width & bits))
			continue;
		get_stripes(from, v, n, shift, bits);
		from += plane_bytes(n, bits);
		shift += bits;
	}
	if (width & 8) {
		get_bytes(from, v, n, shift);
		from += n;
		shift += 8;
	}
	if (width & 16) {
		get_words(from, v, n, shift);
		from += 2 * (size_t)n;
	}
	return from;
}

uint32_t planes_at(const uint8_t *from, uint32_t n, unsigned width, uint32_t i)
{
	uint32_t v = 0;
	unsigned shift = 0;
	if (width & 32)
		return get_u32(from + 4 * (size_t)i);
	for (unsigned bits = 1; bits <= 4; bits *= 2) {
		if (!(width & bits))
			continue;
		uint32_t stride = (uint32_t)plane_bytes(n, bits);
		uint32_t x = from[i % stride] >> i / stride * bits;
		v |= (x & ((1u << bits) - 1)) << shift;
		from += stride;
		shift += bits;
	}
	if (width & 8) {
		v |= (uint32_t)from[i] << shift;
		from += n;
		shift += 8;
	}
	if (width & 16)
		v |= get_u16(from + 2 * (size_t)i) << shift;
	return v;
}
