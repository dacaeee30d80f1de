/*
 * A host in memory: files, folders and books that live as long as the test. Its home is
 * /home/dana, where the program was started too. Its settings have the console begin on
 * the Book screen, whoever looks at it.
 */
#ifndef TESTS_SUPPORT_HOST_MEMORY_H
#define TESTS_SUPPORT_HOST_MEMORY_H

#include "tui/host.h"

struct host_memory;

struct host_memory *host_memory_new(void);
void host_memory_free(struct host_memory **m);
/* Borrowed until host_memory_free; kept, settings and usual_book may be set in it. */
struct host *host_memory_host(struct host_memory *m);

/* Puts a file there (in the place of one of that path); folders come of themselves. */
void host_memory_put(struct host_memory *m, const char *path, const char *text);
/* Its text, NULL: no such file. Borrowed until it is written. */
const char *host_memory_get(const struct host_memory *m, const char *path);
/* What was kept last, NULL: nothing. */
const char *host_memory_kept(const struct host_memory *m);
/* Another console keeps this meanwhile. */
void host_memory_keep(struct host_memory *m, const char *text);
/* From now on writing fails, as on a full disk. */
void host_memory_full(struct host_memory *m, bool full);
/* An empty book that is made from now on in the usual place says where it is. */
void host_memory_place(struct host_memory *m);

#endif
