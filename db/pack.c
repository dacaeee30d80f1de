/* Packs: writing. */
#include "db/pack_format.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/planes.h"

/* Adding this to a double of less than PACK_EXACT_MAX rounds it to a whole number. */
#define ROUNDER 6755399441055744.0         /* 1.5 * 2^52 */
#define NONE_WIDE (-9223372036854775808.0) /* INT64_MIN as a double */

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
	if (reserve(p, PACK_HEADER) != NULL)
		p->n = PACK_HEADER;
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
static void put_chunk(struct pack *p, const uint8_t head[PACK_CHUNK_HEADER],
	const uint32_t *low, const uint32_t *high, uint32_t n)
{
	uint8_t *to = reserve(p, PACK_CHUNK_MAX);
	if (to == NULL)
		return;
	unsigned width = head[1];
	memcpy(to, head, PACK_CHUNK_HEADER);
	uint8_t *end =
		planes_put(to + PACK_CHUNK_HEADER, low, n, width > 32 ? 32 : width);
	if (width > 32)
		end = planes_put(end, high, n, width - 32);
	p->n += (size_t)(end - to);
}

/* Fills the head of a chunk; gives the base. */
static int64_t put_head(uint8_t head[PACK_CHUNK_HEADER], enum pack_form form, int64_t min,
	int64_t max, bool missing)
{
	bool any = max >= min; /* else all are missing */
	head[0] = (uint8_t)((unsigned)form | (missing ? FORM_MISSING : 0u));
	head[1] = (uint8_t)(any ? width_for((uint64_t)max - (uint64_t)min + missing) : 0);
	planes_put_u64(head + 2, any ? (uint64_t)min : 0);
	return any ? min : 0;
}

/* Appends one chunk of integers; INT32_MIN is missing. */
static void put_narrow(struct pack *p, const int32_t *v, uint32_t n, enum pack_form form)
{
	int32_t min = INT32_MAX, max = INT32_MIN, least = INT32_MAX;
#pragma omp simd reduction(min : min, least) reduction(max : max)
	for (uint32_t i = 0; i < n; i++) {
		int32_t present = v[i] == INT32_MIN ? INT32_MAX : v[i];
		least = v[i] < least ? v[i] : least;
		min = present < min ? present : min;
		max = v[i] > max ? v[i] : max;
	}
	uint8_t head[PACK_CHUNK_HEADER];
	uint32_t low[PACK_CHUNK];
	bool missing = least == INT32_MIN;
	uint32_t base = (uint32_t)put_head(head, form, min, max, missing);
#pragma omp simd
	for (uint32_t i = 0; i < n; i++)
		low[i] = v[i] == INT32_MIN ? UINT32_MAX : (uint32_t)v[i] - base;
	put_chunk(p, head, low, NULL, n);
}

/* Appends one chunk of integers; INT64_MIN is missing. */
static void put_wide(struct pack *p, const int64_t *v, uint32_t n, enum pack_form form)
{
	int64_t min = INT64_MAX, max = INT64_MIN;
	bool missing = false;
	for (uint32_t i = 0; i < n; i++) {
		bool none = v[i] == INT64_MIN;
		missing |= none;
		min = !none && v[i] < min ? v[i] : min;
		max = v[i] > max ? v[i] : max;
	}
	uint8_t head[PACK_CHUNK_HEADER];
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

void pack_u8(struct pack *p, const uint8_t *v)
{
	int32_t wider[PACK_CHUNK];
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK) {
		uint32_t n = pack_chunk_rows(p->rows, at);
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
		uint32_t n = pack_chunk_rows(p->rows, at);
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
		put_narrow(p, v + at, pack_chunk_rows(p->rows, at), FORM_INTEGER);
	p->columns++;
}

void pack_i64(struct pack *p, const int64_t *v)
{
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK)
		put_wide(p, v + at, pack_chunk_rows(p->rows, at), FORM_INTEGER);
	p->columns++;
}

/* The nearest whole number, below PACK_EXACT_MAX. */
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
	static const uint8_t head[PACK_CHUNK_HEADER] = { FORM_RAW, 64 };
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
		if (scaled(v, n, pack_form_scale(form), INT32_MAX, INT32_MIN, whole)) {
			int32_t narrow[PACK_CHUNK];
#pragma omp simd
			for (uint32_t i = 0; i < n; i++)
				narrow[i] = (int32_t)whole[i];
			put_narrow(p, narrow, n, (enum pack_form)form);
			return;
		}
	for (unsigned form = FORM_INTEGER; form < FORM_RAW; form++)
		if (scaled(v, n, pack_form_scale(form), PACK_EXACT_MAX, NONE_WIDE,
			    whole)) {
			int64_t wide[PACK_CHUNK];
			for (uint32_t i = 0; i < n; i++)
				wide[i] = (int64_t)whole[i];
			put_wide(p, wide, n, (enum pack_form)form);
			return;
		}
	put_raw(p, v, n);
}

void pack_f64(struct pack *p, const double *v)
{
	for (uint32_t at = 0; at < p->rows; at += PACK_CHUNK)
		put_doubles(p, v + at, pack_chunk_rows(p->rows, at));
	p->columns++;
}

enum status pack_end(struct pack *p, struct err *e)
{
	if (p->failed)
		return err_set(e, ST_NOMEM, "out of memory");
	assert(p->columns <= PACK_COLUMNS_MAX);
	planes_put_u64(p->data, PACK_TAG | p->columns << 16 | (uint64_t)p->rows << 32);
	planes_put_u64(p->data + 8, planes_checksum(p->data, p->n, PACK_HEADER));
	return ST_OK;
}

void pack_clear(struct pack *p)
{
	free(p->data);
	*p = (struct pack){ 0 };
}
