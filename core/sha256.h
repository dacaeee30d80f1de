/*
 * SHA-256 (FIPS 180-4): names bytes so that nobody can make others with the same name.
 */
#ifndef CORE_SHA256_H
#define CORE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_HEX = 2 * SHA256_BYTES + 1 };

struct sha256 {
	uint32_t state[8];
	uint64_t bytes;
	unsigned char block[64]; /* the last, as far as it is full */
};

void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *bytes, size_t n);
/* As hexadecimal digits; h is to be initialised again after it. */
void sha256_end(struct sha256 *h, char out[SHA256_HEX]);

#endif
