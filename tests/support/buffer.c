/* A buffer that grows. */
#include "tests/support/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_clear(struct buffer *b)
{
	free(b->s);
	*b = (struct buffer){ NULL, 0, 0 };
}

void buffer_add(struct buffer *b, const char *bytes, size_t n)
{
	if (b->n + n + 1 > b->size) {
		b->size = (b->n + n + 1) * 2;
		b->s = realloc(b->s, b->size);
		if (b->s == NULL)
			abort();
	}
	if (n > 0)
		memcpy(b->s + b->n, bytes, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void buffer_add_string(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

enum status buffer_sink(void *arg, const char *bytes, size_t n, struct err *e)
{
	(void)e;
	buffer_add(arg, bytes, n);
	return ST_OK;
}

enum status buffer_full(void *arg, const char *bytes, size_t n, struct err *e)
{
	(void)arg;
	(void)bytes;
	(void)n;
	return err_set(e, ST_IO, "disk full");
}

bool buffer_read_file(struct buffer *b, const char *path)
{
	char chunk[4096];
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return false;
	buffer_add(b, "", 0);
	for (size_t n; (n = fread(chunk, 1, sizeof(chunk), f)) > 0;)
		buffer_add(b, chunk, n);
	bool whole = !ferror(f);
	fclose(f);
	return whole;
}
