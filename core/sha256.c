#include "core/sha256.h"

#include <string.h>

static const uint32_t k[64] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
	0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
	0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138,
	0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624,
	0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f,
	0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };

static uint32_t turn(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

/* One round; the eight words change places from round to round instead of being moved. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                              \
	do {                                                                          \
		const uint32_t one = (h) + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + \
				     ((g) ^ ((e) & ((f) ^ (g)))) + k[i] + w[i];       \
		(d) += one;                                                           \
		(h) = one + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +                \
		      (((a) & (b)) ^ ((c) & ((a) ^ (b))));                            \
	} while (0)

static void take_block(uint32_t state[8], const unsigned char *block)
{
	uint32_t w[64];
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4], f = state[5], g = state[6], h = state[7];

	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] +
		       (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
		       (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
	for (int i = 0; i < 64; i += 8) {
		ROUND(a, b, c, d, e, f, g, h, i);
		ROUND(h, a, b, c, d, e, f, g, i + 1);
		ROUND(g, h, a, b, c, d, e, f, i + 2);
		ROUND(f, g, h, a, b, c, d, e, i + 3);
		ROUND(e, f, g, h, a, b, c, d, i + 4);
		ROUND(d, e, f, g, h, a, b, c, i + 5);
		ROUND(c, d, e, f, g, h, a, b, i + 6);
		ROUND(b, c, d, e, f, g, h, a, i + 7);
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
	state[5] += f;
	state[6] += g;
	state[7] += h;
}

#undef ROUND

void sha256_init(struct sha256 *h)
{
	*h = (struct sha256){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
				      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void sha256_add(struct sha256 *h, const void *bytes, size_t n)
{
	const unsigned char *from = bytes;

	while (n > 0) {
		const size_t full = h->bytes % sizeof(h->block);
		const size_t some =
			n < sizeof(h->block) - full ? n : sizeof(h->block) - full;

		memcpy(h->block + full, from, some);
		h->bytes += some;
		from += some;
		n -= some;
		if (full + some == sizeof(h->block))
			take_block(h->state, h->block);
	}
}

void sha256_end(struct sha256 *h, char out[SHA256_HEX])
{
	static const unsigned char one = 0x80, zero = 0;
	static const char digit[] = "0123456789abcdef";
	const uint64_t bits = h->bytes * 8;

	sha256_add(h, &one, 1);
	while (h->bytes % sizeof(h->block) != sizeof(h->block) - sizeof(bits))
		sha256_add(h, &zero, 1);
	for (int shift = 56; shift >= 0; shift -= 8)
		sha256_add(h, &(unsigned char){ (unsigned char)(bits >> shift) }, 1);
	for (int i = 0; i < 2 * SHA256_BYTES; i++)
		out[i] = digit[h->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
	out[2 * SHA256_BYTES] = '\0';
}
