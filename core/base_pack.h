/*
 * A base packed: the columns that scores and alerts are made from, but for the ARR, each
 * in the narrowest form that gives it back bit for bit. Whoever tries policies on all
 * accounts holds them so, at a quarter of what they take unpacked.
 */
#ifndef CORE_BASE_PACK_H
#define CORE_BASE_PACK_H

#include "core/base.h"

struct base_pack {
	uint32_t first_id, n, size; /* accounts; bytes */
	int32_t as_of, spike_days;
	uint8_t *bytes; /* owned */
};

enum status base_pack(
	const struct base *b, struct base_pack *out, struct err *e) MUST_USE;
/* Into a base that base_init made; arr, csm, contracted and until are not in it. */
void base_unpack(const struct base_pack *p, struct base *out);
void base_pack_clear(struct base_pack *p);

#endif
