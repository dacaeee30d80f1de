/*
 * Kept: what the console remembers from one run to the next, as sections of
 * "key = value" lines: views, the books opened last, how each was left. What changed is
 * written through the host as soon as the screen shows what follows from it, since a disk
 * may take its time; when that fails, the console says so and goes on.
 *
 * Sections are words, keys and values one line, blanks at their ends don't count. What is
 * none is not kept: texts that may be anything are encoded.
 */
#ifndef TUI_KEPT_H
#define TUI_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/text.h"

struct app;
struct host;

struct kept_line {
	char *section, *key, *value; /* owned */
};

struct kept {
	struct kept_line *line; /* owned; in the order of the file, sections together */
	size_t n;
	/* What was set since it was written, value NULL: taken away; owned. Another
	 * console keeps things in the same place, so that only these are written. */
	struct kept_line *set;
	size_t sets;
};

/* From the text of the last run; a line that makes no sense is left out. */
void kept_init(struct kept *k, const char *text);
void kept_clear(struct kept *k);

/* Any text as one that can be kept, and back, cut to what fits. These characters, beside
 * control characters, are written as numbers: KEPT_KEY for what is to be a key. */
#define KEPT_KEY "=[]#;"
void kept_encode(struct text t, const char *numbers, char *out, size_t size);
void kept_decode(struct text t, char *out, size_t size);

/* What is kept for a book goes by its path. False: it has no place of its own to be known
 * by. */
enum { KEPT_BOOK_MAX = 4096 };
bool kept_book(const char *path, char key[KEPT_BOOK_MAX]);

/* NULL: nothing is kept under it. Borrowed until it is set. */
const char *kept_find(const struct kept *k, const char *section, const char *key);
const char *kept_get(const struct app *a, const char *section, const char *key);
/* The i-th line of a section, NULL past the last; borrowed until something is set. */
const struct kept_line *kept_at(const struct app *a, const char *section, size_t i);
/* Whether a text is a value. */
bool kept_fits(const char *value);
/* Value NULL, or one that is none, takes the line away. */
void kept_set(struct app *a, const char *section, const char *key, const char *value);
/* Writes it, if anything changed. True: that failed, and there is something to show. */
bool kept_write(struct app *a);

#endif
