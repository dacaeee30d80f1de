/* Packed columns: any bytes are refused or read; what is packed comes back. */
#include "db/pack.h"

#include <math.h>
#include <string.h>

#include "db/planes.h"
#include "tests/support/fuzz.h"

#define COLUMNS_MAX 4
#define ROWS_MAX 3000u
#define HEADER 16u

/* Reads every column in every type. */
static void read_all(const void *data, size_t size, unsigned columns)
{
	static uint8_t a[ROWS_MAX];
	static uint16_t b[ROWS_MAX];
	static int32_t c[ROWS_MAX];
	static int64_t d[ROWS_MAX];
	static double f[ROWS_MAX];
	struct pack_view v;
	enum status st = pack_open(&v, data, size, columns, NULL);
	REQUIRE(st == ST_OK || st == ST_CORRUPT);
	if (st != ST_OK || v.rows > ROWS_MAX)
		return;
	for (unsigned i = 0; i < columns; i++) {
		bool u8 = pack_get_u8(&v, i, a, NULL) == ST_OK;
		bool u16 = pack_get_u16(&v, i, b, NULL) == ST_OK;
		bool i32 = pack_get_i32(&v, i, c, NULL) == ST_OK;
		bool i64 = pack_get_i64(&v, i, d, NULL) == ST_OK;
		pack_get_f64(&v, i, f);
		REQUIRE((!u8 || u16) && (!u16 || i32) && (!i32 || i64));
		for (uint32_t row = 0; row < v.rows; row++) {
			int64_t one;
			bool read = pack_at(&v, i, row, &one, NULL) == ST_OK;
			REQUIRE(!i64 || (read && one == d[row]));
		}
	}
}

/* The input as the payload of a blob whose checksum is right. */
static void read_forged(const uint8_t *data, size_t size)
{
	static uint8_t blob[1 << 16];
	if (size < 2 || size > sizeof(blob) - HEADER)
		return;
	unsigned columns = data[0] % (COLUMNS_MAX + 1);
	uint64_t rows = data[1] * (uint64_t)12;
	memcpy(blob + HEADER, data + 2, size - 2);
	planes_put_u64(blob, 'P' | 1u << 8 | columns << 16 | rows << 32);
	size_t n = HEADER + size - 2;
	planes_put_u64(blob + 8, planes_checksum(blob, n, HEADER));
	read_all(blob, n, columns);
}

/* The input as numbers. */
static void round_trip(const uint8_t *data, size_t size)
{
	static int64_t whole[ROWS_MAX], whole_again[ROWS_MAX];
	static double number[ROWS_MAX], number_again[ROWS_MAX];
	struct pack p = { 0 };
	struct pack_view v;
	uint32_t n = size / 8 < ROWS_MAX ? (uint32_t)(size / 8) : ROWS_MAX;
	memcpy(whole, data, n * sizeof(*whole));
	memcpy(number, data, n * sizeof(*number));
	for (uint32_t i = 0; i < n; i += 2) /* half of them nice ones */
		number[i] = (double)(whole[i] % 1000000) / 100;
	pack_begin(&p, n);
	pack_i64(&p, whole);
	pack_f64(&p, number);
	REQUIRE(pack_end(&p, NULL) == ST_OK);
	REQUIRE(pack_open(&v, p.data, p.n, 2, NULL) == ST_OK);
	REQUIRE(pack_get_i64(&v, 0, whole_again, NULL) == ST_OK);
	pack_get_f64(&v, 1, number_again);
	REQUIRE(memcmp(whole, whole_again, n * sizeof(*whole)) == 0);
	for (uint32_t i = 0; i < n; i++)
		REQUIRE(isnan(number[i]) ? isnan(number_again[i])
					 : !(number[i] < number_again[i]) &&
						   !(number[i] > number_again[i]));
	pack_clear(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (unsigned columns = 0; columns <= COLUMNS_MAX; columns++)
		read_all(data, size, columns);
	read_forged(data, size);
	round_trip(data, size);
	return 0;
}
