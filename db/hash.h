/*
 * Values on their way into a SHA-256: each with its type and its length, so that no two
 * lists of values have the same bytes.
 */
#ifndef DB_HASH_H
#define DB_HASH_H

#include "core/record.h"
#include "core/sha256.h"

void hash_text(struct sha256 *h, struct text t);
void hash_cell(struct sha256 *h, const struct cell *c);

#endif
