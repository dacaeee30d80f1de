/*
 * Texts that want to be more than text: sequences for terminals, controls, bytes that are
 * no UTF-8, characters without a width, commands for whoever passes them on.
 */
#ifndef TESTS_SUPPORT_HOSTILE_H
#define TESTS_SUPPORT_HOSTILE_H

#include "core/arena.h"
#include "core/text.h"
#include "tests/support/buffer.h"

enum { HOSTILE_N = 300, HOSTILE_LONGEST = 4096 };

/* Number i of them, 0 .. HOSTILE_N - 1; in the arena. None holds a NUL. */
struct text hostile_text(int i, struct arena *a);
/* The published list of naughty strings, when it is at hand ($TIERDESK_SHARED): its
 * lines, each once, in the file, which is the caller's to clear. Returns how many; 0: it
 * is not. */
size_t hostile_listed(struct buffer *file, struct text *out, size_t most);
/* What is as wide when it is shown, and says the same in printable ASCII, but is plain
 * all through: the tokens as letters, other characters as ж and 字. Long texts and words
 * are their own twins, since tokens do not break at the end of a line as letters do. */
struct text hostile_twin(struct text t, struct arena *a);
/* Whether a character of a twin stands for another one. */
#define HOSTILE_NARROW "ж"
#define HOSTILE_WIDE "字"

#endif
