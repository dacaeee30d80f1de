/*
 * The storage port of core/store.h in memory, naive and obviously right: the measure
 * for the book on disk, and the store of tests that do not need one. It is strict
 * where a database would be lax: a change outside a transaction, cells of the wrong
 * type and references to nothing are refused.
 */
#ifndef TESTS_SUPPORT_FAKE_STORE_H
#define TESTS_SUPPORT_FAKE_STORE_H

#include "core/store.h"

/* An empty book; returns owned, closed through its ops. The caps are 10, 30 and 100 %
 * until a policy is saved. Its backup is refused with ST_FORBIDDEN. */
struct store *fake_store_new(void);

/* Another store with the same in it, outside a transaction; its texts are the other's,
 * which must outlive it. Returns owned. */
struct store *fake_store_copy(struct store *from);

/* As if the book had begun so many seconds later. */
void fake_store_begun(struct store *s, int64_t seconds);

/* FNV-1a over everything the port tells about the book, also of other stores: equal
 * books have equal digests. Not inside a batch. */
uint64_t fake_digest(struct store *s);

#endif
