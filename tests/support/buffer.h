/*
 * A buffer that grows: a sink for writers, and what tests read from files.
 * A zeroed one is empty; owned until buffer_clear.
 */
#ifndef SUPPORT_BUFFER_H
#define SUPPORT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct buffer {
	char *s; /* NUL-terminated, NULL before the first buffer_add */
	size_t n, size;
};

void buffer_clear(struct buffer *b);
void buffer_add(struct buffer *b, const char *bytes, size_t n); /* aborts: no memory */
void buffer_add_string(struct buffer *b, const char *text);
/* An out_sink; arg is the buffer. */
enum status buffer_sink(void *arg, const char *bytes, size_t n, struct err *e);
/* The sink of a disk that is full; arg is nothing. */
enum status buffer_full(void *arg, const char *bytes, size_t n, struct err *e);
bool buffer_read_file(struct buffer *b, const char *path); /* false: can't be read */

#endif
