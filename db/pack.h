/*
 * Pack: columns of numbers as one blob, for what the book holds by the million.
 *
 * A blob has a number of rows and columns known by their position. Every column is a
 * run of chunks of PACK_CHUNK rows, each with its own base and width in bits, so that
 * a constant or missing column costs next to nothing and a sorted one little. Doubles
 * that are whole multiples of 1, 1/100 or 1/10000 are kept as such when that gives
 * exactly the same double back (-0 comes back as 0), all others as they are.
 *
 * In every type one value means missing: 255, 65535, INT32_MIN (DAY_NONE),
 * INT64_MIN (MONEY_NONE), NaN; a column may be read in another type than it was
 * written in. The bytes are the same on every machine and depend on the values alone.
 * A checksum covers all of them: what was damaged is refused with ST_CORRUPT.
 */
#ifndef DB_PACK_H
#define DB_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define PACK_COLUMNS_MAX 32
#define PACK_CHUNK 1024u

/* Writing: begin, the columns one by one, end. { 0 } is an empty one; its memory is
 * used again by the next begin and given back by pack_clear. */
struct pack {
	uint8_t *data; /* the blob, after pack_end; owned */
	size_t n, capacity;
	uint32_t rows;
	unsigned columns;
	bool failed; /* out of memory; told by pack_end */
};

void pack_begin(struct pack *p, uint32_t rows);
/* Each takes the next column: an array of the rows given to begin. */
void pack_u8(struct pack *p, const uint8_t *v);
void pack_u16(struct pack *p, const uint16_t *v);
void pack_i32(struct pack *p, const int32_t *v);
void pack_i64(struct pack *p, const int64_t *v);
void pack_f64(struct pack *p, const double *v);
enum status pack_end(struct pack *p, struct err *e) MUST_USE;
void pack_clear(struct pack *p);

/* Reading: a blob that was opened has been checked and can be read without end. It is
 * borrowed. */
struct pack_view {
	const uint8_t *data;
	uint32_t rows;
	unsigned columns;
	size_t start[PACK_COLUMNS_MAX]; /* where each column begins */
};

/* ST_CORRUPT unless the blob is whole and has exactly so many columns. Columns of later
 * versions are no concern of this function: a table's layout belongs to its schema. */
enum status pack_open(struct pack_view *v, const void *data, size_t n, unsigned columns,
	struct err *e) MUST_USE;
/* Each reads one column into an array of v->rows elements. ST_CORRUPT when a value
 * does not fit the type (the array is then half filled). */
enum status pack_get_u8(
	const struct pack_view *v, unsigned column, uint8_t *out, struct err *e) MUST_USE;
enum status pack_get_u16(const struct pack_view *v, unsigned column, uint16_t *out,
	struct err *e) MUST_USE;
enum status pack_get_i32(
	const struct pack_view *v, unsigned column, int32_t *out, struct err *e) MUST_USE;
enum status pack_get_i64(
	const struct pack_view *v, unsigned column, int64_t *out, struct err *e) MUST_USE;
/* Every column can be read as doubles. */
void pack_get_f64(const struct pack_view *v, unsigned column, double *out);
/* One integer alone, INT64_MIN when it is missing; row is below v->rows. */
enum status pack_at(const struct pack_view *v, unsigned column, uint32_t row,
	int64_t *out, struct err *e) MUST_USE;

#endif
