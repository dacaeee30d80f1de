/*
 * Out: a buffer in front of a function that takes bytes, for the writers of CSV
 * and JSON. The first failure is kept and ends all further writing.
 */
#ifndef CORE_OUT_H
#define CORE_OUT_H

#include <stddef.h>

#include "core/err.h"
#include "core/text.h"

/* Writes n bytes somewhere; arg is the sink's own. */
typedef enum status (*out_sink)(void *arg, const char *bytes, size_t n, struct err *e);

struct out {
	out_sink sink; /* borrowed with arg until out_finish */
	void *arg;
	struct err failure; /* .status is ST_OK while all is well */
	size_t used;
	char buffer[65536];
};

void out_init(struct out *o, out_sink sink, void *arg);
void out_char(struct out *o, char c);
void out_text(struct out *o, struct text t);
/* Flushes; fills e with, and returns, the first failure of the sink since out_init. */
enum status out_finish(struct out *o, struct err *e) MUST_USE;

#endif
