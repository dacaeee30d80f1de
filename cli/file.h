/*
 * Files: reading a whole file (a large one as a mapped copy), or stdin, and writing one
 * so that the target is the old or the new content, never a part.
 */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/err.h"

struct file_bytes {
	const char *bytes; /* a NUL follows the last when it was read, not when mapped */
	size_t size;
	bool mapped;
};

/* path "-" is stdin. Folders, devices and pipes by name are refused; text asks for a
 * NUL at the end (and so for memory). What others do to the file later makes no
 * difference; ST_IO when they do it meanwhile. */
enum status file_read(
	const char *path, bool text, struct file_bytes *out, struct err *e) MUST_USE;
void file_free(struct file_bytes *f);

/* A new file that has no name, in $TMPDIR or /tmp, for its owner alone; -1: it can't be
 * made, and errno says why. */
int file_nameless(void);

/* Whether both paths lead to the same file; "-" is stdin. */
bool file_same(const char *a, const char *b);

/* A new file beside the target, which file_keep puts in the target's place. ST_USAGE for
 * what must not be replaced: what is there unless replace, whatever is no file, and the
 * book, whose path is given. */
struct file_new {
	FILE *to;
	char *path, *target;
};
enum status file_create(const char *target, bool replace, const char *book,
	struct file_new *out, struct err *e) MUST_USE;
enum status file_keep(struct file_new *f, struct err *e) MUST_USE;
void file_drop(struct file_new *f); /* also after file_keep */

#endif
