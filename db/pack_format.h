/*
 * The format of packs (pack.h), for pack.c, which writes it, and pack_read.c.
 *
 * Blob:   u8 'P', u8 version, u16 columns, u32 rows, u64 checksum, columns
 * Column: a chunk for every PACK_CHUNK rows begun
 * Chunk:  u8 form (enum pack_form, FORM_MISSING), u8 width, i64 base, planes
 * All little-endian. An element is base + offset; with FORM_MISSING set the offset of
 * all ones is the missing one (width 0: all are). The planes hold the offsets (planes.h),
 * above a width of 32 first their lower 32 bits and then the rest.
 */
#ifndef DB_PACK_FORMAT_H
#define DB_PACK_FORMAT_H

#include "db/pack.h"

enum pack_form {
	FORM_INTEGER,
	FORM_HUNDREDTHS,
	FORM_TENTHOUSANDTHS,
	FORM_RAW, /* the 64 bits of a double */
	FORM_MASK = 3,
	FORM_MISSING = 0x80,
};

/* What whole numbers of a form are divided by; raw ones are none. */
static inline double pack_form_scale(enum pack_form form)
{
	return form == FORM_INTEGER ? 1 : form == FORM_HUNDREDTHS ? 100 : 10000;
}

#define PACK_TAG ('P' | 1u << 8) /* with the version of the format */
#define PACK_HEADER 16u
#define PACK_CHUNK_HEADER 10u
/* A chunk at its largest, to be sure of the room before it is written. */
#define PACK_CHUNK_MAX (PACK_CHUNK_HEADER + PACK_CHUNK * 8u)

#define PACK_EXACT_MAX 1125899906842624.0 /* 2^50: doubles below it have decimals */

/* Rows of the chunk that begins at a row. */
static inline uint32_t pack_chunk_rows(uint32_t rows, uint32_t at)
{
	return rows - at < PACK_CHUNK ? rows - at : PACK_CHUNK;
}

#endif
