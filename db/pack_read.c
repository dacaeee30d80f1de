/* Packs: reading. Whatever the bytes are, nothing is read beyond them. */
#include "db/pack_format.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "db/planes.h"

static enum status damaged(struct err *e)
{
	return err_set(e, ST_CORRUPT, "a packed column of the book is damaged");
}

static size_t chunk_planes(uint32_t n, unsigned width)
{
	return planes_bytes(n, width > 32 ? 32 : width) +
	       (width > 32 ? planes_bytes(n, width - 32) : 0);
}

/* Bytes of the chunk of n rows that begins at data, or 0 when it is not one. */
static size_t chunk_bytes(const uint8_t *data, size_t left, uint32_t n)
{
	if (left < PACK_CHUNK_HEADER ||
		(data[0] & ~(unsigned)(FORM_MASK | FORM_MISSING)) != 0)
		return 0;
	unsigned width = data[1];
	if (width > 64 || (data[0] == FORM_RAW && width != 64) ||
		data[0] == (FORM_RAW | FORM_MISSING))
		return 0;
	size_t bytes = PACK_CHUNK_HEADER + chunk_planes(n, width);
	return bytes <= left ? bytes : 0;
}

enum status pack_open(
	struct pack_view *v, const void *data, size_t n, unsigned columns, struct err *e)
{
	const uint8_t *bytes = data;
	assert(columns <= PACK_COLUMNS_MAX);
	uint64_t head = n < PACK_HEADER ? 0 : planes_get_u64(bytes);
	if ((uint32_t)head != (PACK_TAG | columns << 16) ||
		planes_get_u64(bytes + 8) != planes_checksum(bytes, n, PACK_HEADER))
		return damaged(e);
	*v = (struct pack_view){
		.data = bytes, .rows = (uint32_t)(head >> 32), .columns = columns
	};
	size_t at = PACK_HEADER;
	for (unsigned c = 0; c < columns; c++) {
		v->start[c] = at;
		for (uint32_t left = v->rows; left > 0;) {
			uint32_t m = left < PACK_CHUNK ? left : PACK_CHUNK;
			size_t size = chunk_bytes(bytes + at, n - at, m);
			if (size == 0)
				return damaged(e);
			at += size;
			left -= m;
		}
	}
	return at == n ? ST_OK : damaged(e);
}

/* A chunk on its way out: offsets of n elements in two halves. */
struct chunk {
	enum pack_form form;
	bool missing;
	unsigned width;
	int64_t base;
	uint32_t low[PACK_CHUNK], high[PACK_CHUNK];
};

static const uint8_t *column_of(const struct pack_view *v, unsigned column)
{
	assert(column < v->columns);
	return v->data + v->start[column];
}

/* Reads the chunk at data; gives its end. */
static const uint8_t *get_chunk(const uint8_t *data, uint32_t n, struct chunk *c)
{
	c->form = (enum pack_form)(data[0] & FORM_MASK);
	c->missing = (data[0] & FORM_MISSING) != 0;
	c->width = data[1];
	c->base = (int64_t)planes_get_u64(data + 2);
	data = planes_get(
		data + PACK_CHUNK_HEADER, c->low, n, c->width > 32 ? 32 : c->width);
	if (c->width > 32)
		data = planes_get(data, c->high, n, c->width - 32);
	return data;
}

/* The integers of a chunk; INT64_MIN is missing. */
static void chunk_i64(const struct chunk *c, uint32_t n, int64_t *out)
{
	uint64_t base = (uint64_t)c->base;
	if (c->width <= 32) {
		uint32_t ones = c->width == 32 ? UINT32_MAX : (1u << c->width) - 1;
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			out[i] = (int64_t)(base + c->low[i]);
		for (uint32_t i = 0; c->missing && i < n; i++)
			out[i] = c->low[i] == ones ? INT64_MIN : out[i];
		return;
	}
	uint64_t ones = UINT64_MAX >> (64 - c->width);
	for (uint32_t i = 0; i < n; i++) {
		uint64_t offset = (uint64_t)c->high[i] << 32 | c->low[i];
		out[i] = c->missing && offset == ones ? INT64_MIN
						      : (int64_t)(base + offset);
	}
}

/* The same in 32 bits, INT32_MIN is missing; false when they do not fit. */
static bool chunk_i32(const struct chunk *c, uint32_t n, int32_t *out)
{
	if (c->form != FORM_INTEGER)
		return false;
	if (c->width < 31 && c->base > INT32_MIN &&
		c->base <= INT32_MAX - ((int64_t)1 << c->width)) {
		uint32_t ones = c->missing ? (1u << c->width) - 1 : UINT32_MAX;
		uint32_t base = (uint32_t)c->base;
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			out[i] = c->low[i] == ones ? INT32_MIN
						   : (int32_t)(base + c->low[i]);
		return true;
	}
	int64_t wide[PACK_CHUNK];
	bool fits = true;
	chunk_i64(c, n, wide);
	for (uint32_t i = 0; i < n; i++) {
		bool none = wide[i] == INT64_MIN;
		fits &= none || (wide[i] > INT32_MIN && wide[i] <= INT32_MAX);
		out[i] = none ? INT32_MIN : (int32_t)wide[i];
	}
	return fits;
}

/* Values that are to fit below `missing`, which a missing one becomes. */
static bool chunk_narrow(
	const struct chunk *c, uint32_t n, int32_t *wider, int32_t missing)
{
	int32_t bad = 0;

	if (!chunk_i32(c, n, wider))
		return false;
#pragma omp simd reduction(| : bad)
	for (uint32_t i = 0; i < n; i++) {
		wider[i] = wider[i] == INT32_MIN ? missing : wider[i];
		bad |= wider[i];
	}
	return !(bad & ~missing);
}

/* A column of unsigned integers of a narrow type, whose highest value is the missing one.
 */
#define GET_NARROW(name, type, missing)                                               \
	enum status name(                                                             \
		const struct pack_view *v, unsigned column, type *out, struct err *e) \
	{                                                                             \
		struct chunk c;                                                       \
		int32_t wider[PACK_CHUNK];                                            \
		const uint8_t *data = column_of(v, column);                           \
		for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {               \
			uint32_t n = pack_chunk_rows(v->rows, at);                    \
			data = get_chunk(data, n, &c);                                \
			if (!chunk_narrow(&c, n, wider, missing))                     \
				return damaged(e);                                    \
			_Pragma("omp simd") for (uint32_t i = 0; i < n; i++)          \
				out[at + i] = (type)wider[i];                         \
		}                                                                     \
		return ST_OK;                                                         \
	}

GET_NARROW(pack_get_u8, uint8_t, UINT8_MAX)
GET_NARROW(pack_get_u16, uint16_t, UINT16_MAX)

enum status pack_get_i32(
	const struct pack_view *v, unsigned column, int32_t *out, struct err *e)
{
	struct chunk c;
	const uint8_t *data = column_of(v, column);
	for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {
		uint32_t n = pack_chunk_rows(v->rows, at);
		data = get_chunk(data, n, &c);
		if (!chunk_i32(&c, n, out + at))
			return damaged(e);
	}
	return ST_OK;
}

enum status pack_get_i64(
	const struct pack_view *v, unsigned column, int64_t *out, struct err *e)
{
	struct chunk c;
	const uint8_t *data = column_of(v, column);
	for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {
		uint32_t n = pack_chunk_rows(v->rows, at);
		data = get_chunk(data, n, &c);
		if (c.form != FORM_INTEGER)
			return damaged(e);
		chunk_i64(&c, n, out + at);
	}
	return ST_OK;
}

/* The doubles of a chunk of whole numbers. */
static void chunk_scaled(const struct chunk *c, uint32_t n, double *out)
{
	double scale = pack_form_scale(c->form);
	if (c->width < 32 && c->base < (int64_t)PACK_EXACT_MAX &&
		c->base > -(int64_t)PACK_EXACT_MAX) {
		double base = (double)c->base;
		uint32_t ones = c->missing ? (1u << c->width) - 1 : UINT32_MAX;
#pragma omp simd
		for (uint32_t i = 0; i < n; i++) {
			double x = base + (int32_t)c->low[i];
			out[i] = c->low[i] == ones ? (double)NAN : x;
		}
		if (c->form == FORM_INTEGER)
			return;
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			out[i] /= scale;
		return;
	}
	int64_t wide[PACK_CHUNK];
	chunk_i64(c, n, wide);
	for (uint32_t i = 0; i < n; i++)
		out[i] = wide[i] == INT64_MIN ? (double)NAN : (double)wide[i] / scale;
}

void pack_get_f64(const struct pack_view *v, unsigned column, double *out)
{
	struct chunk c;
	const uint8_t *data = column_of(v, column);
	for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {
		uint32_t n = pack_chunk_rows(v->rows, at);
		data = get_chunk(data, n, &c);
		if (c.form != FORM_RAW) {
			chunk_scaled(&c, n, out + at);
			continue;
		}
		for (uint32_t i = 0; i < n; i++) {
			uint64_t bits = (uint64_t)c.high[i] << 32 | c.low[i];
			memcpy(&out[at + i], &bits, sizeof(bits));
		}
	}
}

enum status pack_at(const struct pack_view *v, unsigned column, uint32_t row,
	int64_t *out, struct err *e)
{
	const uint8_t *data = column_of(v, column);
	uint32_t at = 0;
	assert(row < v->rows);
	for (; row - at >= PACK_CHUNK; at += PACK_CHUNK)
		data += PACK_CHUNK_HEADER + chunk_planes(PACK_CHUNK, data[1]);
	if ((data[0] & FORM_MASK) != FORM_INTEGER)
		return damaged(e);
	unsigned width = data[1], low = width > 32 ? 32 : width;
	uint32_t n = pack_chunk_rows(v->rows, at);
	uint64_t base = planes_get_u64(data + 2);
	bool missing = (data[0] & FORM_MISSING) != 0;
	data += PACK_CHUNK_HEADER;
	uint64_t offset = planes_at(data, n, low, row - at);
	if (width > 32)
		offset |= (uint64_t)planes_at(
				  data + planes_bytes(n, low), n, width - 32, row - at)
			  << 32;
	uint64_t ones = width == 0 ? 0 : UINT64_MAX >> (64 - width);
	*out = missing && offset == ones ? INT64_MIN : (int64_t)(base + offset);
	return ST_OK;
}
