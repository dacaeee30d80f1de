/* Out: bytes collect in the buffer and leave when it is full. */
#include "core/out.h"

#include <string.h>

void out_init(struct out *o, out_sink sink, void *arg)
{
	o->sink = sink;
	o->arg = arg;
	o->failure = (struct err){ .status = ST_OK };
	o->used = 0;
}

static void flush(struct out *o)
{
	if (o->used > 0 && o->failure.status == ST_OK)
		o->failure.status = o->sink(o->arg, o->buffer, o->used, &o->failure);
	o->used = 0;
}

void out_char(struct out *o, char c)
{
	if (o->used == sizeof(o->buffer))
		flush(o);
	o->buffer[o->used++] = c;
}

void out_text(struct out *o, struct text t)
{
	while (t.n > 0) {
		if (o->used == sizeof(o->buffer))
			flush(o);
		size_t room = sizeof(o->buffer) - o->used;
		size_t n = t.n < room ? t.n : room;
		memcpy(o->buffer + o->used, t.s, n);
		o->used += n;
		t.s += n;
		t.n -= n;
	}
}

enum status out_finish(struct out *o, struct err *e)
{
	flush(o);
	if (o->failure.status != ST_OK && e != NULL)
		*e = o->failure;
	return o->failure.status;
}
