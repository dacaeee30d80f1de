#include "tui/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

enum status bytes_take(void *arg, const char *s, size_t n, struct err *e)
{
	struct bytes *b = arg;

	(void)e;
	if (n > b->room - b->n) {
		b->room = 2 * (b->n + n);
		b->s = mem_resize(b->s, b->room, 1);
	}
	if (n > 0)
		memcpy(b->s + b->n, s, n);
	b->n += n;
	return ST_OK;
}

struct text bytes_text(const struct bytes *b)
{
	return (struct text){ b->s, b->n };
}

void bytes_clear(struct bytes *b)
{
	free(b->s);
	*b = (struct bytes){ 0 };
}
