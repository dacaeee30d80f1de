#include "db/hash.h"

#include <string.h>

/* Eight bytes, the lowest first, on every machine. */
static void hash_number(struct sha256 *h, uint64_t n)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(n >> 8 * i);
	sha256_add(h, bytes, sizeof(bytes));
}

void hash_text(struct sha256 *h, struct text t)
{
	hash_number(h, t.n);
	sha256_add(h, t.s, t.n);
}

void hash_cell(struct sha256 *h, const struct cell *c)
{
	static const char type[] = { [CELL_MISSING] = '-',
		[CELL_INT] = 'i',
		[CELL_NUMBER] = 'n',
		[CELL_TEXT] = 't' };
	uint64_t bits;
	sha256_add(h, &type[c->type], 1);
	switch (c->type) {
	case CELL_MISSING:
		break;
	case CELL_INT:
		hash_number(h, (uint64_t)c->i);
		break;
	case CELL_NUMBER:
		memcpy(&bits, &c->n, sizeof(bits));
		hash_number(h, bits);
		break;
	case CELL_TEXT:
		hash_text(h, c->t);
		break;
	}
}
