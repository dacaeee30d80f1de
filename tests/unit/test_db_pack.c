/* Packed columns: what goes in comes out, in little room, and damage is noticed. */
#include "db/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/planes.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define HEADER 16u

static uint64_t random_state = 88172645463325252u;

static uint64_t random_bits(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static const uint32_t row_counts[] = { 0, 1, 2, 3, 7, 8, 9, 63, 1023, 1024, 1025, 2048,
	3000, 4096 };

/* ---- integers ---- */

static void check_i64(const int64_t *v, uint32_t n, size_t most_bytes)
{
	struct pack p = { 0 };
	struct pack_view view;
	int64_t *out = malloc((n + 1) * sizeof(*out));
	assert_non_null(out);
	pack_begin(&p, n);
	pack_i64(&p, v);
	assert_int_equal(pack_end(&p, NULL), ST_OK);
	assert_true(p.n <= most_bytes);
	assert_int_equal(pack_open(&view, p.data, p.n, 1, NULL), ST_OK);
	assert_int_equal(view.rows, n);
	assert_int_equal(pack_get_i64(&view, 0, out, NULL), ST_OK);
	assert_memory_equal(v, out, n * sizeof(*out));
	for (uint32_t i = 0; i < n; i += 1 + n / 50) {
		int64_t one;
		assert_int_equal(pack_at(&view, 0, i, &one, NULL), ST_OK);
		assert_true(one == v[i]);
	}
	pack_clear(&p);
	free(out);
}

static void test_integers_of_every_width(void **state)
{
	static int64_t v[4096];
	(void)state;
	for (unsigned bits = 0; bits <= 64; bits++)
		for (size_t c = 0; c < LENGTH(row_counts); c++)
			for (int missing = 0; missing < 2; missing++) {
				uint32_t n = row_counts[c];
				uint64_t mask = bits == 64 ? UINT64_MAX
							   : ((uint64_t)1 << bits) - 1;
				for (uint32_t i = 0; i < n; i++) {
					v[i] = (int64_t)(random_bits() & mask);
					if (bits < 63)
						v[i] -= (int64_t)(mask / 3);
					if (missing && random_bits() % 5 == 0)
						v[i] = INT64_MIN;
				}
				check_i64(v, n, HEADER + 4096 * 8 + 40);
			}
}

static void test_extreme_integers(void **state)
{
	static const int64_t rows[][4] = {
		{ INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN },
		{ INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX },
		{ INT64_MIN + 1, INT64_MAX, 0, -1 },
		{ INT64_MIN, INT64_MIN + 1, INT64_MAX, 0 },
		{ INT64_MIN, INT64_MAX, INT64_MAX, INT64_MAX },
		{ INT32_MIN, INT32_MAX, 0, 0 },
		{ 0, UINT32_MAX, INT64_MIN, 0 },
		{ 0, (int64_t)UINT32_MAX + 1, INT64_MIN, 0 },
		{ 0, 0, INT64_MIN, 0 },
		{ 0, 0, 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_i64(rows[i], 4, SIZE_MAX);
}

/* Bytes of 4096 values; a tenth of a byte is for the heads of the chunks. */
static void test_room(void **state)
{
	static int64_t v[4096];
	static const struct {
		uint32_t range;
		bool missing;
		double bytes;
	} rows[] = { { 1, false, 0 }, { 2, false, 0.125 }, { 4, false, 0.25 },
		{ 26, false, 0.625 }, { 100, false, 1 }, { 256, false, 1 },
		{ 256, true, 1.125 }, { 4000, false, 1.5 }, { 65536, false, 2 },
		{ 1000001, false, 2.5 }, { 1000000000, false, 4 } };
	(void)state;
	for (size_t r = 0; r < LENGTH(rows); r++) {
		for (uint32_t i = 0; i < LENGTH(v); i++)
			v[i] = 1000000 + (int64_t)(random_bits() % rows[r].range);
		v[0] = 1000000;
		v[1] = 1000000 + rows[r].range - 1;
		if (rows[r].missing)
			v[2] = INT64_MIN;
		check_i64(v, LENGTH(v), (size_t)((rows[r].bytes + 0.1) * LENGTH(v)));
	}
	for (uint32_t i = 0; i < LENGTH(v); i++)
		v[i] = INT64_MIN;
	check_i64(v, LENGTH(v), 100);
}

/* ---- all types side by side ---- */

static void test_columns_of_every_type(void **state)
{
	enum { N = 2500 };
	static uint8_t a[N], a2[N];
	static uint16_t b[N], b2[N];
	static int32_t c[N], c2[N];
	static int64_t d[N], d2[N];
	static double f[N], f2[N];
	struct pack p = { 0 };
	struct pack_view v;
	(void)state;
	for (int round = 0; round < 20; round++) {
		for (uint32_t i = 0; i < N; i++) {
			a[i] = (uint8_t)random_bits();
			b[i] = (uint16_t)random_bits();
			c[i] = (int32_t)random_bits();
			d[i] = (int64_t)random_bits() >> round * 3;
			f[i] = (double)(int64_t)random_bits();
		}
		pack_begin(&p, N); /* the memory is used again */
		pack_u8(&p, a);
		pack_u16(&p, b);
		pack_i32(&p, c);
		pack_i64(&p, d);
		pack_f64(&p, f);
		assert_int_equal(pack_end(&p, NULL), ST_OK);
		assert_int_equal(pack_open(&v, p.data, p.n, 5, NULL), ST_OK);
		pack_get_f64(&v, 4, f2);
		assert_int_equal(pack_get_i64(&v, 3, d2, NULL), ST_OK);
		assert_int_equal(pack_get_i32(&v, 2, c2, NULL), ST_OK);
		assert_int_equal(pack_get_u16(&v, 1, b2, NULL), ST_OK);
		assert_int_equal(pack_get_u8(&v, 0, a2, NULL), ST_OK);
		assert_memory_equal(a, a2, sizeof(a));
		assert_memory_equal(b, b2, sizeof(b));
		assert_memory_equal(c, c2, sizeof(c));
		assert_memory_equal(d, d2, sizeof(d));
		assert_memory_equal(f, f2, sizeof(f));
	}
	pack_clear(&p);
}

/* A column may be read in another type, as long as its values fit. */
static void test_other_types(void **state)
{
	static const struct {
		int64_t value;
		bool u8, u16, i32;
	} rows[] = {
		{ 0, true, true, true },
		{ 254, true, true, true },
		{ 256, false, true, true },
		{ 65534, false, true, true },
		{ 65536, false, false, true },
		{ INT32_MAX, false, false, true },
		{ (int64_t)INT32_MAX + 1, false, false, false },
		{ -1, false, false, true },
		{ INT32_MIN + 1, false, false, true },
		{ INT32_MIN, false, false, false },
		{ INT64_MIN, true, true, true },
	};
	struct pack p = { 0 };
	struct pack_view v;
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int64_t in[2] = { rows[i].value, 7 };
		uint8_t a[2];
		uint16_t b[2];
		int32_t c[2];
		double f[2];
		bool none = rows[i].value == INT64_MIN;
		pack_begin(&p, 2);
		pack_i64(&p, in);
		assert_int_equal(pack_end(&p, NULL), ST_OK);
		assert_int_equal(pack_open(&v, p.data, p.n, 1, NULL), ST_OK);
		assert_int_equal(pack_get_u8(&v, 0, a, NULL) == ST_OK, rows[i].u8);
		assert_int_equal(pack_get_u16(&v, 0, b, NULL) == ST_OK, rows[i].u16);
		assert_int_equal(pack_get_i32(&v, 0, c, NULL) == ST_OK, rows[i].i32);
		pack_get_f64(&v, 0, f);
		assert_true(f[1] == 7);
		if (rows[i].u8)
			assert_int_equal(a[0], none ? 255 : rows[i].value);
		if (rows[i].u16)
			assert_int_equal(b[0], none ? 65535 : rows[i].value);
		if (rows[i].i32)
			assert_int_equal(c[0], none ? INT32_MIN : rows[i].value);
		assert_true(none ? isnan(f[0]) : f[0] == (double)rows[i].value);
	}
	pack_clear(&p);
}

/* ---- doubles ---- */

static void check_f64(const double *v, uint32_t n, double most_bytes)
{
	struct pack p = { 0 };
	struct pack_view view;
	double *out = malloc((n + 1) * sizeof(*out));
	assert_non_null(out);
	pack_begin(&p, n);
	pack_f64(&p, v);
	assert_int_equal(pack_end(&p, NULL), ST_OK);
	assert_true((double)p.n <= HEADER + 10 * (n / 1024 + 1) + most_bytes * n + 8);
	assert_int_equal(pack_open(&view, p.data, p.n, 1, NULL), ST_OK);
	pack_get_f64(&view, 0, out);
	for (uint32_t i = 0; i < n; i++) {
		int64_t one;
		assert_true(isnan(v[i]) ? isnan(out[i]) : v[i] == out[i]);
		/* a whole number, or refused */
		if (pack_at(&view, 0, i, &one, NULL) == ST_OK)
			assert_true(one == INT64_MIN ? isnan(v[i]) : (double)one == v[i]);
	}
	pack_clear(&p);
	free(out);
}

static void test_doubles(void **state)
{
	static double v[3000];
	static const struct {
		double scale;
		int64_t range;
		double bytes;
	} rows[] = { { 1, 29, 0.625 }, { 100, 5000, 2 }, { 10000, 1000001, 3 },
		{ 1, (int64_t)1 << 45, 6 }, { 1, (int64_t)1 << 52, 8 }, { 3, 1000, 8 },
		{ 1e-12, 1000, 8 }, { 1000000, 1000, 8 } };
	(void)state;
	for (size_t r = 0; r < LENGTH(rows); r++)
		for (int missing = 0; missing < 2; missing++) {
			for (uint32_t i = 0; i < LENGTH(v); i++) {
				v[i] = (double)(random_bits() % (uint64_t)rows[r].range) /
				       rows[r].scale;
				if (random_bits() % 2)
					v[i] = -v[i];
				if (missing && random_bits() % 3 == 0)
					v[i] = (double)NAN;
			}
			check_f64(v, LENGTH(v), rows[r].bytes + 0.375);
		}
	for (uint32_t i = 0; i < LENGTH(v); i++)
		v[i] = (double)NAN;
	check_f64(v, LENGTH(v), 0);
}

static void test_odd_doubles(void **state)
{
	static const double rows[] = { 0, -0.0, 1e308, -1e308, 5e-324, INFINITY,
		-INFINITY, NAN, 0.1, 0.01, 0.0001, 0.00001, 1.0 / 3, 2147483647,
		2147483648, -2147483648.0, -2147483649.0, 4503599627370496,
		9007199254740994, 9223372036854775808.0, 1125899906842624,
		1125899906842623, 123456789012345, 0.005, 21474836.47, 214748.3647,
		99999.9999 };
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		double v[3] = { rows[i], (double)NAN, 1 };
		check_f64(v, 1, 8);
		check_f64(v, 2, 8);
		check_f64(v, 3, 8);
	}
	check_f64(rows, LENGTH(rows), 8);
}

/* One odd value costs room in its own chunk only. */
static void test_odd_one_out(void **state)
{
	static double v[4096];
	(void)state;
	for (uint32_t i = 0; i < LENGTH(v); i++)
		v[i] = i % 16;
	v[2000] = 1.0 / 3;
	check_f64(v, LENGTH(v), (8 + 3 * 0.5) / 4);
}

/* ---- damage ---- */

static void pack_sample(struct pack *p, uint32_t n)
{
	static uint16_t at[3000];
	static double value[3000];
	for (uint32_t i = 0; i < n; i++) {
		at[i] = (uint16_t)i;
		value[i] = i % 7 == 0 ? (double)NAN : i % 90;
	}
	pack_begin(p, n);
	pack_u16(p, at);
	pack_f64(p, value);
	assert_int_equal(pack_end(p, NULL), ST_OK);
}

static void test_every_flip_is_noticed(void **state)
{
	struct pack p = { 0 };
	struct pack_view v;
	(void)state;
	pack_sample(&p, 300);
	for (size_t i = 0; i < p.n; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			p.data[i] ^= (uint8_t)(1u << bit);
			assert_int_equal(pack_open(&v, p.data, p.n, 2, NULL), ST_CORRUPT);
			p.data[i] ^= (uint8_t)(1u << bit);
		}
	assert_int_equal(pack_open(&v, p.data, p.n, 2, NULL), ST_OK);
	pack_clear(&p);
}

static void test_cut_and_grown(void **state)
{
	struct pack p = { 0 };
	struct pack_view v;
	struct err e = { .status = ST_OK };
	(void)state;
	pack_sample(&p, 1500);
	for (size_t n = 0; n < p.n; n++) {
		/* in memory of its own, so that reading too far is noticed */
		uint8_t *copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy, p.data, n);
		assert_int_equal(pack_open(&v, copy, n, 2, &e), ST_CORRUPT);
		free(copy);
	}
	assert_string_not_equal(e.text, "");
	assert_int_equal(pack_open(&v, NULL, 0, 2, NULL), ST_CORRUPT);
	assert_int_equal(pack_open(&v, p.data, p.n, 1, NULL), ST_CORRUPT);
	assert_int_equal(pack_open(&v, p.data, p.n, 3, NULL), ST_CORRUPT);
	uint8_t *longer = calloc(1, p.n + 1);
	assert_non_null(longer);
	memcpy(longer, p.data, p.n);
	assert_int_equal(pack_open(&v, longer, p.n + 1, 2, NULL), ST_CORRUPT);
	free(longer);
	pack_clear(&p);
}

/* Whoever can make a checksum still can't make the reader run astray. */
static void test_forged(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
	} rows[] = {
		{ HEADER, 4 },      /* no such form */
		{ HEADER, 0x40 },   /* nor such a flag */
		{ HEADER, 3 },      /* raw, but not of 64 bits */
		{ HEADER, 0x83 },   /* raw with missing ones */
		{ HEADER + 1, 65 }, /* wider than there is */
		{ HEADER + 1, 64 }, /* more than the blob has */
		{ HEADER + 1, 0 },  /* less */
		{ 4, 0 },           /* fewer rows */
		{ 4, 255 },         /* more rows */
		{ 7, 255 },         /* a great many rows */
	};
	struct pack p = { 0 };
	struct pack_view v;
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		pack_sample(&p, 300);
		p.data[rows[i].at] = rows[i].value;
		planes_put_u64(p.data + 8, planes_checksum(p.data, p.n, HEADER));
		assert_int_equal(pack_open(&v, p.data, p.n, 2, NULL), ST_CORRUPT);
	}
	pack_sample(&p, 300); /* and a byte too many */
	uint8_t *longer = calloc(1, p.n + 1);
	assert_non_null(longer);
	memcpy(longer, p.data, p.n);
	planes_put_u64(longer + 8, planes_checksum(longer, p.n + 1, HEADER));
	assert_int_equal(pack_open(&v, longer, p.n + 1, 2, NULL), ST_CORRUPT);
	free(longer);
	pack_clear(&p);
}

/* The format is the same on every machine and does not drift. */
static void test_bytes(void **state)
{
	static const uint8_t bytes[] = { 'P', 1, 2, 0, 3, 0, 0, 0, /* checksum */
		0x5A, 0x0B, 0x7E, 0x94, 0x08, 0x1E, 0x3F, 0x9D,
		/* 5, 255, 6: two bits for 0, 3 (missing), 1; base 5 */
		0x80, 2, 5, 0, 0, 0, 0, 0, 0, 0, 0x1C,
		/* 0.5, 0.75, 1: hundredths from 50, six bits in planes of 2 and 4 */
		1, 6, 50, 0, 0, 0, 0, 0, 0, 0, 0x24, 0xC0, 0x06 };
	static const uint8_t a[] = { 5, 255, 6 };
	static const double b[] = { 0.5, 0.75, 1 };
	struct pack p = { 0 };
	(void)state;
	pack_begin(&p, 3);
	pack_u8(&p, a);
	pack_f64(&p, b);
	assert_int_equal(pack_end(&p, NULL), ST_OK);
	assert_int_equal(p.n, sizeof(bytes));
	assert_memory_equal(p.data, bytes, sizeof(bytes));
	pack_clear(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_integers_of_every_width),
		cmocka_unit_test(test_extreme_integers),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_columns_of_every_type),
		cmocka_unit_test(test_other_types),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_odd_doubles),
		cmocka_unit_test(test_odd_one_out),
		cmocka_unit_test(test_every_flip_is_noticed),
		cmocka_unit_test(test_cut_and_grown),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
