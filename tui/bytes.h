/* Bytes: what a writer hands over, kept in one piece. */
#ifndef TUI_BYTES_H
#define TUI_BYTES_H

#include "core/out.h"

struct bytes {   /* all 0 at first */
	char *s; /* owned */
	size_t n, room;
};

/* As an out_sink: arg is the struct bytes. */
enum status bytes_take(void *arg, const char *s, size_t n, struct err *e);
struct text bytes_text(const struct bytes *b); /* borrowed until more is taken */
void bytes_clear(struct bytes *b);

#endif
