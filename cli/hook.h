/*
 * A hook: a program of the user's that takes one message on its stdin. It is started as
 * it stands, without a shell: what data holds can never become a command.
 */
#ifndef CLI_HOOK_H
#define CLI_HOOK_H

#include <stdbool.h>

#include "core/err.h"
#include "core/text.h"

#define HOOK_WORDS_MAX 64
#define HOOK_BYTES_MAX 1024
#define HOOK_REASON_MAX 256
#define HOOK_GRACE_MS 2000 /* between TERM and KILL */

/* A command line as words: path of the program and its arguments. */
struct hook {
	char *argv[HOOK_WORDS_MAX + 1]; /* into bytes; NULL behind the last */
	int words;
	char bytes[2 * HOOK_BYTES_MAX];
};

/* Splits at blanks. "..." and '...' keep what stands between them together, also beside
 * other characters; in "..." and outside of quotes a backslash takes the next character
 * as it is. Nothing is expanded. ST_INVALID: a quote is not closed, a backslash stands at
 * the end, too long. No words are fine: out->words is 0. */
enum status hook_split(struct text line, struct hook *out, struct err *e) MUST_USE;

/* ST_USAGE: the program is not named by its full path, or can't be run. */
enum status hook_check(const struct hook *h, struct err *e) MUST_USE;

/* Runs it once with the bytes on its stdin: its stdout is nobody's, of its stderr the
 * first line is kept. It has a process group of its own, which is ended when it takes
 * longer than so many seconds (TERM, a little later KILL), or when the call is cancelled.
 * True: it ended with 0, be it after TERM; else why says what happened, "" when the call
 * was cancelled. */
bool hook_run(
	const struct hook *h, struct text bytes, int seconds, char why[HOOK_REASON_MAX]);

#endif
