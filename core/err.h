/*
 * Errors: every function that can fail returns an enum status and fills an
 * optional struct err with one line for a person (what, where, what to do).
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include <stddef.h>

enum status {
	ST_OK = 0,
	ST_USAGE,     /* the request makes no sense: exit 2 */
	ST_UNOPENED,  /* the book can't be opened or is in use: exit 3 */
	ST_INVALID,   /* the input has errors: exit 4 */
	ST_FORBIDDEN, /* a rule forbids it (cap, lock, freeze): exit 5 */
	ST_IO,        /* I/O error: exit 6 */
	ST_NOTFOUND,  /* no such account, file, column ...: exit 2 */
	ST_DUPLICATE, /* the key stands twice in one file: exit 4 */
	ST_STALE,     /* somebody else changed it meanwhile: exit 5 */
	ST_CORRUPT,   /* the book is damaged: exit 3 */
	ST_NOMEM,     /* exit 6 */
	ST_CANCELLED, /* interrupted, nothing was changed: exit 130 */
};

#define ERR_TEXT_MAX 512

/* A failure as told to a person. A NULL struct err * is always allowed. */
struct err {
	enum status status;
	char text[ERR_TEXT_MAX]; /* UTF-8, one line; data in it is as it came: sanitise */
	const char *origin;      /* "file.c:123" of the place that failed, for logs */
};

#define ERR_STR2(x) #x
#define ERR_STR(x) ERR_STR2(x)
#define ERR_HERE __FILE__ ":" ERR_STR(__LINE__)

#define MUST_USE __attribute__((warn_unused_result))

/* Fills e (when not NULL) and returns status, so that a failure is one line:
 * return err_set(e, ST_INVALID, "arr: %s is not an amount", text); */
#define err_set(e, status, ...) err_fill(e, status, ERR_HERE, __VA_ARGS__)
enum status err_fill(struct err *e, enum status status, const char *origin,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Puts "prefix: " before the text already in e. Returns e's status; without an e the
 * status is not known and ST_INVALID is returned: pass on the one you have instead. */
enum status err_prefix(struct err *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The documented exit code of the command line for a status. */
int err_exit_code(enum status status);

#endif
