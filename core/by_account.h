/*
 * By account: rows that are in the order of their accounts.
 */
#ifndef CORE_BY_ACCOUNT_H
#define CORE_BY_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first of n rows of a size that is of the account or of a later one; n: none is. at:
 * where in a row its account is. */
static inline uint32_t by_account_first(
	const void *rows, size_t size, size_t at, uint32_t n, uint32_t account)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;
		uint32_t is;

		memcpy(&is, (const char *)rows + middle * size + at, sizeof(is));
		if (is < account)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

#endif
