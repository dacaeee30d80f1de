/*
 * Pack: encoder and decoder.
 *
 * Blob:   u8 'P', u8 version, u16 columns, u32 rows, u64 checksum, columns
 * Column: a chunk for every PACK_CHUNK rows begun
 * Chunk:  u8 form (enum form, MISSING), u8 width, i64 base, planes
 * All little-endian. An element is base + offset; with MISSING set the offset of all
 * ones is the missing one (width 0: all are). The planes hold the offsets (planes.h),
 * above a width of 32 first their lower 32 bits and then the rest.
 */
#include "db/pack.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/planes.h"

enum form {
	FORM_INTEGER,
	FORM_HUNDREDTHS,
	FORM_TENTHOUSANDTHS,
	FORM_RAW, /* the 64 bits of a double */
	FORM_MASK = 3,
	MISSING = 0x80,
};

static const double form_scale[] = { 1, 100, 10000 };

#define TAG ('P' | 1u << 8) /* with the version of the format */
#define HEADER 16u
#define CHUNK_HEADER 10u
/* A chunk at its largest, to be sure of the room before it is written. */
#define CHUNK_MAX (CHUNK_HEADER + PACK_CHUNK * 8u)

/* Adding this to a double of less than EXACT_MAX rounds it to a whole number. */
#define ROUNDER 6755399441055744.0         /* 1.5 * 2^52 */
#define EXACT_MAX 1125899906842624.0       /* 2^50 */
#define NONE_WIDE (-9223372036854775808.0) /* INT64_MIN as a double */

/* ---- writing -------------------------------------------------------------------- */

/* Room for `more` bytes at the end; NULL once memory has run out. */
static uint8_t *reserve(struct pack *p, size_t more)
{
	if (p->failed)
		return NULL;
	if (p->capacity - p->n < more) {
		size_t capacity = p->capacity + p->capacity / 2;
		if (capacity < p->n + more)
			capacity = p->n + more;
		uint8_t *bigger = realloc(p->data, capacity);
		if (bigger == NULL) {
			p->failed = true;
			return NULL;
		}
		p->data = bigger;
		p->capacity = capacity;
	}
	return p->data + p->n;
}

void pack_begin(struct pack *p, uint32_t rows)
{
	p->n = 0;
	p->rows = rows;
	p->columns = 0;
	p->failed = false;
	if (reserve(p, HEADER) != NULL)
		p->n = HEADER;
}

/* The width for offsets up to `most`: one that needs at most two planes below 32 bits
 * and one or two above, which is what decodes fast. */
static unsigned width_for(uint64_t most)
{
	unsigned width = 0;
	while (width < 64 && most >> width != 0)
		width++;
	unsigned high = width > 32 ? 32 : 0;
	unsigned low = width - high;
	while ((low & (low - 1) & ((low & (low - 1)) - 1)) != 0) /* three bits set */
		low++;
	return high + low;
}

/* Appends the chunk of n elements whose offsets are given in two halves; high is not
 * looked at up to a width of 32. */
static void put_chunk(struct pack *p, const uint8_t head[CHUNK_HEADER],
	const uint32_t *low, const uint32_t *high, uint32_t n)
{
	uint8_t *to = reserve(p, CHUNK_MAX);
	if (to == NULL)
		return;
	unsigned width = head[1];
	memcpy(to, head, CHUNK_HEADER);
	uint8_t *end = planes_put(to + CHUNK_HEADER, low, n, width > 32 ? 32 : width);
	if (width > 32)
		end = planes_put(end, high, n, width - 32);
	p->n += (size_t)(end - to);
}

/* Fills the head of a chunk; gives the base. */
static int64_t put_head(uint8_t head[CHUNK_HEADER], enum form form, int64_t min,
	int64_t max, bool missing)
{
	bool any = max >= min; /* else all are missing */
	head[0] = (uint8_t)((unsigned)form | (missing ? MISSING : 0u));
	head[1] = (uint8_t)(any ? width_for((uint64_t)max - (uint64_t)min + missing) : 0);
	planes_put_u64(head + 2, any ? (uint64_t)min : 0);
	return any ? min : 0;
}

/* Appends one chunk of integers; INT32_MIN is missing. */
static void put_narrow(struct pack *p, const int32_t *v, uint32_t n, enum form form)
{
	int32_t min = INT32_MAX, max = INT32_MIN, least = INT32_MAX;
#pragma omp simd reduction(min : min, least) reduction(max : max)
	for (uint32_t i = 0; i < n; i++) {
		int32_t present = v[i] == INT32_MIN ? INT32_MAX : v[i];
		least = v[i] < least ? v[i] : least;
		min = present < min ? present : min;
		max = v[i] > max ? v[i] : max;
	}
	uint8_t head[CHUNK_HEADER];
	uint32_t low[PACK_CHUNK];
	bool missing = least == INT32_MIN;
	uint32_t base = (uint32_t)put_head(head, form, min, max, missing);
#pragma omp simd
	for (uint32_t i = 0; i < n; i++)
		low[i] = v[i] == INT32_MIN ? UINT32_MAX : (uint32_t)v[i] - base;
	put_chunk(p, head, low, NULL, n);
}

/* Appends one chunk of integers; INT64_MIN is missing. */
static void put_wide(struct pack *p, const int64_t *v, uint32_t n, enum form form)
{
	int64_t min = INT64_MAX, max = INT64_MIN;
	bool missing = false;
	for (uint32_t i = 0; i < n; i++) {
		bool none = v[i] == INT64_MIN;
		missing |= none;
		min = !none && v[i] < min ? v[i] : min;
		max = v[i] > max ? v[i] : max;
	}
	uint8_t head[CHUNK_HEADER];
	uint32_t low[PACK_CHUNK], high[PACK_CHUNK];
	uint64_t base = (uint64_t)put_head(head, form, min, max, missing);
#pragma omp simd
	for (uint32_t i = 0; i < n; i++) {
		uint64_t offset = v[i] == INT64_MIN ? UINT64_MAX : (uint64_t)v[i] - base;
		low[i] = (uint32_t)offset;
		high[i] = (uint32_t)(offset >> 32);
	}
	put_chunk(p, head, low, high, n);
}

/* Rows of the chunk that begins at a row. */
static uint32_t chunk_rows(uint32_t rows, uint32_t at)
{
	return rows - at < PACK_CHUNK ? rows - at : PACK_CHUNK;
}

void pack_u8(struct pack *p, const uint8_t *v)
{
	int32_t wider[PACK_CHUNK];
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK) {
		uint32_t n = chunk_rows(p->rows, at);
#pragma omp simd
		for (uint32_t i = 0; i < n; i++) {
			int32_t x = v[at + i];
			wider[i] = x == UINT8_MAX ? INT32_MIN : x;
		}
		put_narrow(p, wider, n, FORM_INTEGER);
	}
	p->columns++;
}

void pack_u16(struct pack *p, const uint16_t *v)
{
	int32_t wider[PACK_CHUNK];
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK) {
		uint32_t n = chunk_rows(p->rows, at);
#pragma omp simd
		for (uint32_t i = 0; i < n; i++) {
			int32_t x = v[at + i];
			wider[i] = x == UINT16_MAX ? INT32_MIN : x;
		}
		put_narrow(p, wider, n, FORM_INTEGER);
	}
	p->columns++;
}

void pack_i32(struct pack *p, const int32_t *v)
{
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK)
		put_narrow(p, v + at, chunk_rows(p->rows, at), FORM_INTEGER);
	p->columns++;
}

void pack_i64(struct pack *p, const int64_t *v)
{
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK)
		put_wide(p, v + at, chunk_rows(p->rows, at), FORM_INTEGER);
	p->columns++;
}

/* The nearest whole number, below EXACT_MAX. */
static inline double rounded(double x)
{
	return (x + ROUNDER) - ROUNDER;
}

/* Fills out[i] with v[i] * scale as a whole number, NaN with none. False unless that
 * is exact and smaller than limit everywhere. All in doubles, to be vectorised. */
static bool scaled(
	const double *v, uint32_t n, double scale, double limit, double none, double *out)
{
	double wrong = 0;
	/* The first few tell in most cases. */
	for (uint32_t i = 0; i < n && i < 8; i++)
		wrong += v[i] == v[i] && rounded(v[i] * scale) / scale != v[i];
	if (wrong > 0)
		return false;
#pragma omp simd reduction(+ : wrong)
	for (uint32_t i = 0; i < n; i++) {
		double x = v[i] * scale;
		double r = rounded(x);
		double bad = r / scale == v[i] ? 0 : 1;
		bad = fabs(x) < limit ? bad : 1;
		wrong += v[i] == v[i] ? bad : 0;
		out[i] = v[i] == v[i] ? r : none;
	}
	return !(wrong > 0);
}

static void put_raw(struct pack *p, const double *v, uint32_t n)
{
	static const uint8_t head[CHUNK_HEADER] = { FORM_RAW, 64 };
	uint32_t low[PACK_CHUNK], high[PACK_CHUNK];
	for (uint32_t i = 0; i < n; i++) {
		uint64_t bits;
		memcpy(&bits, &v[i], sizeof(bits));
		low[i] = (uint32_t)bits;
		high[i] = (uint32_t)(bits >> 32);
	}
	put_chunk(p, head, low, high, n);
}

static void put_doubles(struct pack *p, const double *v, uint32_t n)
{
	double whole[PACK_CHUNK];
	for (unsigned form = FORM_INTEGER; form < FORM_RAW; form++)
		if (scaled(v, n, form_scale[form], INT32_MAX, INT32_MIN, whole)) {
			int32_t narrow[PACK_CHUNK];
#pragma omp simd
			for (uint32_t i = 0; i < n; i++)
				narrow[i] = (int32_t)whole[i];
			put_narrow(p, narrow, n, (enum form)form);
			return;
		}
	for (unsigned form = FORM_INTEGER; form < FORM_RAW; form++)
		if (scaled(v, n, form_scale[form], EXACT_MAX, NONE_WIDE, whole)) {
			int64_t wide[PACK_CHUNK];
			for (uint32_t i = 0; i < n; i++)
				wide[i] = (int64_t)whole[i];
			put_wide(p, wide, n, (enum form)form);
			return;
		}
	put_raw(p, v, n);
}

void pack_f64(struct pack *p, const double *v)
{
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK)
		put_doubles(p, v + at, chunk_rows(p->rows, at));
	p->columns++;
}

enum status pack_end(struct pack *p, struct err *e)
{
	if (p->failed)
		return err_set(e, ST_NOMEM, "out of memory");
	assert(p->columns <= PACK_COLUMNS_MAX);
	planes_put_u64(p->data, TAG | p->columns << 16 | (uint64_t)p->rows << 32);
	planes_put_u64(p->data + 8, planes_checksum(p->data, p->n, HEADER));
	return ST_OK;
}

void pack_clear(struct pack *p)
{
	free(p->data);
	*p = (struct pack){ 0 };
}

/* ---- reading -------------------------------------------------------------------- */

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
	if (left < CHUNK_HEADER || (data[0] & ~(unsigned)(FORM_MASK | MISSING)) != 0)
		return 0;
	unsigned width = data[1];
	if (width > 64 || (data[0] == FORM_RAW && width != 64) ||
		data[0] == (FORM_RAW | MISSING))
		return 0;
	size_t bytes = CHUNK_HEADER + chunk_planes(n, width);
	return bytes <= left ? bytes : 0;
}

enum status pack_open(
	struct pack_view *v, const void *data, size_t n, unsigned columns, struct err *e)
{
	const uint8_t *bytes = data;
	assert(columns <= PACK_COLUMNS_MAX);
	uint64_t head = n < HEADER ? 0 : planes_get_u64(bytes);
	if ((uint32_t)head != (TAG | columns << 16) ||
		planes_get_u64(bytes + 8) != planes_checksum(bytes, n, HEADER))
		return damaged(e);
	*v = (struct pack_view){
		.data = bytes, .rows = (uint32_t)(head >> 32), .columns = columns
	};
	size_t at = HEADER;
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
	enum form form;
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
	c->form = (enum form)(data[0] & FORM_MASK);
	c->missing = (data[0] & MISSING) != 0;
	c->width = data[1];
	c->base = (int64_t)planes_get_u64(data + 2);
	data = planes_get(data + CHUNK_HEADER, c->low, n, c->width > 32 ? 32 : c->width);
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

enum status pack_get_u8(
	const struct pack_view *v, unsigned column, uint8_t *out, struct err *e)
{
	struct chunk c;
	int32_t wider[PACK_CHUNK];
	const uint8_t *data = column_of(v, column);
	for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {
		uint32_t n = chunk_rows(v->rows, at);
		data = get_chunk(data, n, &c);
		if (!chunk_narrow(&c, n, wider, UINT8_MAX))
			return damaged(e);
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			out[at + i] = (uint8_t)wider[i];
	}
	return ST_OK;
}

enum status pack_get_u16(
	const struct pack_view *v, unsigned column, uint16_t *out, struct err *e)
{
	struct chunk c;
	int32_t wider[PACK_CHUNK];
	const uint8_t *data = column_of(v, column);
	for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {
		uint32_t n = chunk_rows(v->rows, at);
		data = get_chunk(data, n, &c);
		if (!chunk_narrow(&c, n, wider, UINT16_MAX))
			return damaged(e);
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			out[at + i] = (uint16_t)wider[i];
	}
	return ST_OK;
}

enum status pack_get_i32(
	const struct pack_view *v, unsigned column, int32_t *out, struct err *e)
{
	struct chunk c;
	const uint8_t *data = column_of(v, column);
	for (uint32_t at = 0; at < v->rows; at += PACK_CHUNK) {
		uint32_t n = chunk_rows(v->rows, at);
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
		uint32_t n = chunk_rows(v->rows, at);
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
	double scale = form_scale[c->form];
	if (c->width < 32 && c->base < (int64_t)EXACT_MAX &&
		c->base > -(int64_t)EXACT_MAX) {
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
		uint32_t n = chunk_rows(v->rows, at);
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
		data += CHUNK_HEADER + chunk_planes(PACK_CHUNK, data[1]);
	if ((data[0] & FORM_MASK) != FORM_INTEGER)
		return damaged(e);
	unsigned width = data[1], low = width > 32 ? 32 : width;
	uint32_t n = chunk_rows(v->rows, at);
	uint64_t base = planes_get_u64(data + 2);
	bool missing = (data[0] & MISSING) != 0;
	data += CHUNK_HEADER;
	uint64_t offset = planes_at(data, n, low, row - at);
	if (width > 32)
		offset |= (uint64_t)planes_at(
				  data + planes_bytes(n, low), n, width - 32, row - at)
			  << 32;
	uint64_t ones = width == 0 ? 0 : UINT64_MAX >> (64 - width);
	*out = missing && offset == ones ? INT64_MIN : (int64_t)(base + offset);
	return ST_OK;
}
